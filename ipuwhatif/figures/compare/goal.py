"""The reply to a goal seek in words: what meets the target, how sure that is, or the limit that binds."""

from collections.abc import Mapping

from ipuwhatif.analysis.results import CALIBRATED
from ipuwhatif.analysis.seek.answer import ANY, CHIPS, GoalAnswer
from ipuwhatif.analysis.seek.limits import largest_parts
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.charts.spec import Footnote, Headline, HeadlinePart, Why, WhyRow
from ipuwhatif.figures.footnotes import footnotes
from ipuwhatif.figures.headline import projected_word
from ipuwhatif.figures.job_titles import division, is_stated, time_words
from ipuwhatif.figures.phrasing import basis_text, chips_text, layout_text, listed, sentence
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.scenarios.lever_words import name_within, unit_text
from ipuwhatif.figures.scenarios.names import whose_name
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.why import projection_why
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told


class GoalCard(Record, frozen=True):
    """What a goal seek shows. `answer` is one sentence; rows are facts behind it; `why` is that of its projection."""

    title: str
    answer: str
    rows: tuple[WhyRow, ...]
    notes: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    why: Why


def goal_card(answer: GoalAnswer, world: World) -> GoalCard:
    """The card of an answer; all numbers are projections, none is compared with an official result."""
    projection = answer.projection
    case = projection.case
    system = world.catalog.systems[answer.choice.system]
    name = system.name if answer.over == CHIPS else system_name(answer.choice, world.catalog)
    kind = () if is_stated(projection.job) else (division(case.recipe),)
    title = tr(
        "{job}: {timed} of {target} on {name}, software as of {release}",
        job=tr(", ").join((told(projection.job.name), *kind)),
        timed=time_words(projection.job, case.samples),
        target=own_time_text(answer.target_s),
        name=name,
        release=case.release,
    )
    notes = (
        *((tr("moved levers: {settings}", settings=listed(answer.settings)),) if answer.settings else ()),
        *answer.notes,
        *(note for note in projection.notes if note not in answer.notes),
    )
    return GoalCard(
        title=title,
        answer=_sentence(answer, world),
        rows=_rows(answer, world),
        notes=tuple(sentence(note) for note in notes),
        footnotes=footnotes(()),
        why=projection_why(projection),
    )


def goal_headline(answer: GoalAnswer, world: World) -> Headline:
    """The reply to the question that was asked: what meets the target, or the least time that can be had."""
    projection = answer.projection
    over_chips = answer.over == CHIPS
    name = world.catalog.systems[answer.choice.system].name
    whose = name if over_chips else system_name(answer.choice, world.catalog)
    target, time = own_time_text(answer.target_s), time_text(projection.time_to_train_s.median)
    word = projected_word([(projection.name, projection.basis == CALIBRATED)], answer.settings)
    if answer.values is not None:
        values = value_words(answer.values, answer.choice, world)
        told = tr("{target} on {name}: {values}, {time}", target=target, name=whose, values=values, time=time)
    elif over_chips:
        chips = chips_text(world.catalog.systems[answer.choice.system].chip_word, projection.choice.chips)
        told = tr(
            "{target} is out of reach of {name}: {time} with {chips} is the least",
            target=target,
            name=whose,
            time=time,
            chips=chips,
        )
    else:
        told = tr("{target} is out of reach of {name}: {time} is the least", target=target, name=whose, time=time)
    return Headline((HeadlinePart(told, goal_key(answer.choice)), HeadlinePart(word)))


def goal_line(answer: GoalAnswer, world: World) -> str:
    """What a headline has no room for: why nothing reaches the target, or how sure it is that it is met."""
    time = answer.projection.time_to_train_s
    if answer.values is None:
        return sentence(answer.reason)
    chances = tr(
        "{low} to {high} with {level} % probability",
        low=time_text(time.low),
        high=time_text(time.high),
        level=format_number(100.0 * time.level),
    )
    if answer.certain is None:
        return sentence(tr("{chances}; nothing meets it in nine draws of ten", chances=chances))
    certain = value_words(answer.certain, answer.choice, world)
    return sentence(tr("{chances}; nine draws in ten meet it with {values}", chances=chances, values=certain))


def goal_key(choice: SystemChoice) -> str:
    """What a click on the reply asks the why of."""
    return f"goal/{choice.system}"


def value_words(values: Mapping[str, float], choice: SystemChoice, world: World) -> str:
    """What is moved and to which value: "56 IPUs", "IPU compute gain 1.550 ×", "no change"."""
    return listed([_value_text(name, value, choice, world) for name, value in values.items()]) or tr("no change")


def _value_text(name: str, value: float, choice: SystemChoice, world: World) -> str:
    if name == CHIPS:
        return chips_text(world.catalog.systems[choice.system].chip_word, round(value))
    scope, _, key = name.rpartition(".")
    lever = world.levers[key]
    # Four digits, so that the value as printed meets the target as well as the value found.
    number = format_number(value) if lever.whole else format_number(value, 4)
    return tr(
        "{whose} {lever} {number} {unit}",
        whose=whose_name(scope, world.catalog),
        lever=name_within(lever),
        number=number,
        unit=unit_text(lever),
    )


def _sentence(answer: GoalAnswer, world: World) -> str:
    projection = answer.projection
    if answer.values is None:
        return tr("Nothing reaches it: {reason}.", reason=told(answer.reason))
    return tr(
        "{values}: projected {time}, {low} to {high} with {level} % probability; {basis}.",
        values=value_words(answer.values, answer.choice, world),
        time=time_text(projection.time_to_train_s.median),
        low=time_text(projection.time_to_train_s.low),
        high=time_text(projection.time_to_train_s.high),
        level=format_number(100.0 * projection.time_to_train_s.level),
        basis=basis_text(projection.basis, projection.beyond),
    )


def _rows(answer: GoalAnswer, world: World) -> tuple[WhyRow, ...]:
    projection = answer.projection
    rows = []
    if answer.present is not None:
        rows.append(WhyRow(tr("Now"), time_text(answer.present.time_to_train_s.median), answer.present.name))
    if answer.values is None:
        time = projection.time_to_train_s
        rows.append(
            WhyRow(
                tr("Nearest"),
                time_text(time.median),
                tr(
                    "{name}; {low} to {high} with {level} % probability; {basis}",
                    name=projection.name,
                    low=time_text(time.low),
                    high=time_text(time.high),
                    level=format_number(100.0 * time.level),
                    basis=basis_text(projection.basis, projection.beyond),
                ),
            )
        )
    rows += [
        _end_row(tr("At the low end of the interval"), answer.hopeful, answer, world),
        _end_row(tr("At its high end"), answer.certain, answer, world),
        WhyRow(tr("Largest parts"), told(largest_parts(projection))),
        WhyRow(tr("Layout"), layout_text(projection.layout)),
        WhyRow(tr("Nearest evidence"), listed([_evidence(each) for each in projection.evidence]) or tr("none")),
    ]
    return tuple(rows)


def _end_row(name: str, values: Mapping[str, float] | None, answer: GoalAnswer, world: World) -> WhyRow:
    certain = values is answer.certain
    detail = tr("nine draws in ten stay below the target then") if certain and values is not None else ""
    if values is None:
        within = tr("combination") if answer.over == ANY else tr("value")
        text = tr("nothing reaches the target") if answer.over == CHIPS else tr("no {what} in range", what=within)
        return WhyRow(name, text)
    return WhyRow(name, value_words(values, answer.choice, world), detail)


def _evidence(official: OfficialResult) -> str:
    return tr(
        "{submitter} {system}, {round}",
        submitter=official.submitter,
        system=official.system_name,
        round=official.mlperf_round,
    )
