"""The words of Finish: probabilities, when a run is done, what of it was stated by whom, and the why of one run."""

from collections.abc import Sequence

from ipuwhatif.analysis.finish.finish import INITIALISATION, QUEUE, SURE, Finish, Run, published_terms
from ipuwhatif.analysis.results import CALIBRATED
from ipuwhatif.catalog.interruptions import PublishedTerm
from ipuwhatif.charts.spec import TARGET_KEY, Footnote, Why, WhyRow, WhySection
from ipuwhatif.figures.finish.initialisation_words import initialisation_notices
from ipuwhatif.figures.phrasing import basis_text, chips_text, moved_text
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.scenarios.lever_words import lever_name, value_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.model.interruptions import best_interval, daly_interval, young_interval
from ipuwhatif.scenario.dates import day_of
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, format_quantity, told

_DAY = 86_400.0  # seconds
_ABOVE = 1.01  # mean useful time over the projected time from which on it is said why
#: Parts of the time to the end as they follow each other.
PARTS = ("useful", "checkpoints", "lost", "restarts", "waiting", QUEUE, INITIALISATION)


def finish_key(run: Run) -> str:
    """What a click on a number of a run asks the why of."""
    return f"finish/{run.projection.choice.key}"


def part_name(part: str) -> str:
    """What a part of the time to the end is called."""
    return {
        "useful": tr("Useful time"),
        "checkpoints": tr("Checkpoints"),
        "lost": tr("Lost work"),
        "restarts": tr("Restarts"),
        "waiting": tr("Waiting for repairs"),
        QUEUE: tr("Queue, set-up"),
        INITIALISATION: tr("Initialisation"),
    }[part]


def percent_text(share: float) -> str:
    """A probability in whole percent; what is not quite certain is not told as certain."""
    if share > 0.994:
        return tr("over 99 %")
    return tr("under 1 %") if share < 0.006 else tr("{percent} %", percent=format_number(100.0 * share, 2))


def moment_text(seconds: float, start: str) -> str:
    """A moment of a run: "54.2 days", with the day of the calendar where the start is stated."""
    time = time_text(seconds)
    return tr("{time} ({day})", time=time, day=told(day_of(start, seconds))) if start else time


def deadline_text(seconds: float, start: str) -> str:
    """The deadline in words: "by 2027-03-14", or "within 54 days"; of less than a day no date says enough."""
    if start and seconds >= _DAY:
        return tr("by {day}", day=told(day_of(start, seconds)))
    return tr("within {time}", time=own_time_text(seconds))


def notices(finish: Finish, start: str) -> tuple[str, ...]:
    """What has to be seen beside the numbers: what is counted, what is not, where checkpoints come from."""
    lines = []
    if finish.settings:
        lines.append(tr("Moved levers: {settings}.", settings=moved_text(finish.settings)))
    lines += _stated_texts(finish.runs)
    if finish.fails:
        lines.append(
            tr(
                "Failures come by chance at a steady rate for each chip at work, and each stops the whole run. "
                "Official results and projections know none: MLPerf® rows are timed in one go."
            )
        )
    else:
        lines.append(
            tr(
                "No failures are counted: none is stated. Official results and projections know none, since MLPerf® "
                "rows are timed in one go; the spread is that of the projection alone."
            )
        )
    if any(run.parts["useful"] > _ABOVE * run.projection.time_to_train_s.median for run in finish.runs):
        lines.append(
            tr(
                "Runs also count what can only take longer, such as a batch that nobody tuned a recipe for: half of "
                "them may be done later than the projected time says."
            )
        )
    lines += [checkpoint_text(run) for run in finish.runs if run.stops.checkpoint > 0.0]
    lines += initialisation_notices(finish)
    if start:
        queued = any(QUEUE in run.parts and run.parts[QUEUE] > 0.0 for run in finish.runs)
        begins = tr("The run begins on {day}.", day=start)
        lines.append(tr("The run begins on {day}, with the queue.", day=start) if queued else begins)
    lines += [
        tr("{name}: {basis}.", name=run.projection.name, basis=basis_text(run.projection.basis, run.projection.beyond))
        for run in finish.runs
        if run.projection.basis != CALIBRATED
    ]
    lines += [tr("{name} is left out: {reason}.", name=each.name, reason=told(each.reason)) for each in finish.missing]
    return tuple(lines)


def _stated_texts(runs: Sequence[Run]) -> list[str]:
    """What was stated of the runs in the units that it is taken in, once where it is the same of all."""
    levers = runs[0].projection.world.levers
    said = {
        run.projection.name: tr("; ").join(
            f"{lever_name(levers[key])} {value_text(levers[key], value)}" for key, value in run.stated.items()
        )
        for run in runs
        if run.stated
    }
    if len(said) == len(runs) and len(set(said.values())) == 1:
        return [tr("As stated: {terms}.", terms=next(iter(said.values())))]
    return [tr("{name}, as stated: {terms}.", name=name, terms=terms) for name, terms in said.items()]


def checkpoint_text(run: Run) -> str:
    """How far apart checkpoints are, and by whom."""
    stops = run.stops
    every, cost = time_text(min(stops.interval, run.parts["useful"])), time_text(stops.checkpoint)
    words = {"name": run.projection.name, "every": every, "cost": cost}
    if not stops.rate:
        return tr("{name}: a checkpoint of {cost} every {every}.", **words)
    young, daly = (time_text(rule(stops.rate, stops.checkpoint)) for rule in (young_interval, daly_interval))
    if "checkpoint_interval" in run.stated:
        return tr(
            "{name}: a checkpoint of {cost} every {every}, as stated; best would be every {best}.",
            **words,
            best=time_text(best_interval(stops.rate, stops.checkpoint)),
        )
    return tr(
        "{name}: a checkpoint of {cost} every {every}, which is best (Young 1974: {young}, Daly 2006: {daly}).",
        **words,
        young=young,
        daly=daly,
    )


def published_notes(runs: Sequence[Run]) -> tuple[Footnote, ...]:
    """The published records whose figures the runs were given, each once."""
    levers = runs[0].projection.world.levers
    notes = []
    for term in dict.fromkeys(term for run in runs for term in _taken(run)):
        lever = levers[term.lever]
        text = tr(
            "{lever} {value}: {name}, {producer}, {title}; {note}.",
            lever=lever_name(lever),
            value=value_text(lever, term.value),
            name=told(term.name),
            producer=term.origin.producer,
            title=term.origin.title,
            note=told(term.origin.note),
        )
        notes.append(Footnote(text, term.origin))
    return tuple(notes)


def _taken(run: Run) -> list[PublishedTerm]:
    """The published figures that a run stands at."""
    return [
        term
        for lever, value in run.stated.items()
        for term in published_terms(lever)
        if abs(term.value - value) <= 1e-9 * value
    ]


def run_why(run: Run, start: str, deadline: float | None) -> Why:
    """Everything behind one run: when it is done, where its time goes, what of it is stated."""
    sections = [
        WhySection(tr("Done"), tuple(_done_rows(run, start, deadline))),
        WhySection(tr("Where the mean time goes"), tuple(_part_rows(run))),
        WhySection(tr("What stops it"), tuple(_stop_rows(run))),
    ]
    value = moment_text(run.sure(0.8), start)
    summary = tr(
        "The draws of the projected time, each with failures of its own: {count} runs.",
        count=format_number(len(run.times)),
    )
    return Why(finish_key(run), run.projection.name, value, summary, tuple(sections))


def deadline_why(runs: Sequence[Run], start: str, deadline: float) -> Why:
    """What the target line says of each run."""
    rows = tuple(WhyRow(run.projection.name, percent_text(run.done_by(deadline)), tr("done by then")) for run in runs)
    summary = tr("The share of the drawn runs that are done by then. Drag the line to ask for another time.")
    return Why(TARGET_KEY, tr("Target"), deadline_text(deadline, start), summary, (WhySection(tr("Done"), rows),))


def _done_rows(run: Run, start: str, deadline: float | None) -> list[WhyRow]:
    rows = [WhyRow(percent_text(share), moment_text(run.sure(share), start), tr("done by then")) for share in SURE]
    if deadline is not None:
        rows.append(WhyRow(deadline_text(deadline, start), percent_text(run.done_by(deadline)), tr("the target")))
    return rows


def _part_rows(run: Run) -> list[WhyRow]:
    whole = run.mean
    rows = [
        WhyRow(part_name(part), time_text(run.parts[part]), share_text(run.parts[part] / whole))
        for part in PARTS
        if run.parts[part] > 0.0
    ]
    return [
        *rows,
        WhyRow(tr("Goodput"), share_text(run.goodput), tr("useful time over the time the machines are held")),
    ]


def share_text(share: float) -> str:
    """A share of the time with three digits: "97.6 %"."""
    return tr("{percent} %", percent=format_number(100.0 * share, 3))


def _stop_rows(run: Run) -> list[WhyRow]:
    stops, levers = run.stops, run.projection.world.levers
    rows = []
    if stops.rate:
        chips = chips_text(run.projection.chip_word, run.chips)
        rows += [
            WhyRow(tr("A failure every"), time_text(1.0 / stops.rate), tr("rate × {chips} at work", chips=chips)),
            WhyRow(
                tr("Failures of a run"), format_number(run.failures, 3), tr("on average, those of restarts as well")
            ),
        ]
    if stops.checkpoint:
        state = format_quantity(run.state, "B")
        rows.append(WhyRow(tr("State to be kept"), state, tr("weights, and what the optimizer keeps of them")))
        rows.append(WhyRow(tr("Checkpoints"), time_text(stops.checkpoint), checkpoint_text(run)))
    if stops.short:
        wait = tr("then {time} on average, until a repair is done", time=time_text(stops.wait))
        rows.append(WhyRow(tr("A failure finds no spare"), share_text(stops.short), wait))
    taken = {term.lever: term for term in _taken(run)}
    for key, value in run.stated.items():
        term = taken.get(key)
        detail = tr("as you stated") if term is None else told(term.name)
        rows.append(
            WhyRow(
                lever_name(levers[key]), value_text(levers[key], value), detail, None if term is None else term.origin
            )
        )
    return rows
