"""Asks the analysis for the window and turns faults into words; the window itself computes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ipuwhatif.analysis.compare import compare, reasons_not_to_run
from ipuwhatif.analysis.relative import relative
from ipuwhatif.analysis.results import Comparison, Scaling
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.compare import compare_figure
from ipuwhatif.figures.scaling import scaling_figure
from ipuwhatif.figures.spec import Figure, WhyRow, WhySection
from ipuwhatif.figures.statement import StatementCard, statement_card
from ipuwhatif.figures.ticks import time_text
from ipuwhatif.figures.words import listed, sentence
from ipuwhatif.gui.question import BREAKDOWN, COMPARE, SENSITIVITY
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.scenario.edits import policy_name
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

DRAWS_WHILE_DRAGGING = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure, or the words that stand in its place; where some systems cannot run, words beside a figure.

    `detail`: the model's own words, for whoever wants to know more. `batches`: the global batch of each system that
    has an answer, by its key. `reasons`: why systems cannot run the job. `card`: what stands in the place of charts
    for a job that is known by a stated ratio only. `goal`: what meets the target, with `goal_key`, the key of its why.
    """

    figure: Figure | None
    message: str = ""
    detail: str = ""
    batches: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[SystemChoice, str] = field(default_factory=lambda: MappingProxyType({}))
    card: StatementCard | None = None
    goal: str = ""
    goal_key: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a scenario is looked at: the selected system, parts as shares of the time, the target that is sought [s]."""

    selection: SystemChoice | None = None
    share: bool = False
    target_s: float | None = None


def answer(
    world: World,
    question: str,
    scenario: Scenario,
    size: tuple[int, int],
    dragging: bool = False,
    look: Look | None = None,
) -> Answer:
    """The answer to one of QUESTIONS, laid out for a chart of `size` logical pixels.

    While a slider is dragged fewer draws make the intervals, and no goal is sought; the median is the same.
    """
    look = look or Look(scenario.systems[0] if scenario.systems else None)
    if world.catalog.workloads[scenario.workload].kind == RELATIVE:
        return _stated(world.catalog, scenario)
    if not scenario.systems:
        return Answer(None, tr("No system is ticked. Tick one on the left to see its projected training time."))
    draws = DRAWS_WHILE_DRAGGING if dragging else None
    try:
        if question == SENSITIVITY:
            return _sensitivity(world, scenario, size, look.selection or scenario.systems[0])
        if question in (COMPARE, BREAKDOWN):
            return _compare(world, scenario, size, draws, None if question == COMPARE else look.share)
        reply = _scaling(world, scenario, size, draws)
        if look.target_s is None or look.selection is None:
            return reply
        return _with_goal(world, scenario, reply, look.selection, look.target_s, dragging)
    except InputError as error:
        return Answer(None, sentence(str(error)))


def _stated(catalog: Catalog, scenario: Scenario) -> Answer:
    """The card of a job that is known by a stated ratio only; systems say nothing about it."""
    alone = replace(scenario, systems=(), reference="")
    return Answer(None, card=statement_card(relative(catalog, alone), alone, catalog))


def _compare(world: World, scenario: Scenario, size: tuple[int, int], draws: int | None, share: bool | None) -> Answer:
    """Systems side by side, or their parts, as shares or not, where `share` is not None.

    Systems that cannot run the job do not hide the others: the chart leaves them out, and the message says why.
    """
    try:
        comparison = compare(world, scenario, draws)
    except InputError:
        reasons = reasons_not_to_run(world, scenario)
        if not reasons:  # it is not the systems
            raise
        return Answer(None, _fault_text(world.catalog, scenario, None, reasons), _detail(reasons), reasons=reasons)
    reasons = {each.choice: each.reason for each in comparison.missing}
    reference = comparison.projections[comparison.reference].choice
    return Answer(
        compare_figure(comparison, scenario, *size) if share is None else _parts_figure(comparison, share, size),
        _fault_text(world.catalog, scenario, reference, reasons),
        _detail(reasons),
        MappingProxyType({each.choice.key: each.layout.global_batch for each in comparison.projections}),
        reasons,
    )


def _parts_figure(comparison: Comparison, share: bool, size: tuple[int, int]) -> Figure:
    from ipuwhatif.analysis.breakdown import breakdown_of
    from ipuwhatif.figures.breakdown import breakdown_figure

    return breakdown_figure(breakdown_of(comparison), share, *size)


def _sensitivity(world: World, scenario: Scenario, size: tuple[int, int], choice: SystemChoice) -> Answer:
    """What the time of one system hangs on; words where that system cannot run the job."""
    from ipuwhatif.analysis.sensitivity import sensitivity
    from ipuwhatif.figures.sensitivity import sensitivity_figure

    try:
        answered = sensitivity(world, scenario, choice)
    except InputError:
        reasons = reasons_not_to_run(world, scenario)
        if choice not in reasons:  # it is not the system
            raise
        own = {choice: reasons[choice]}
        return Answer(None, _fault_text(world.catalog, scenario, None, own), _detail(own), reasons=reasons)
    batch = answered.projection.layout.global_batch
    return Answer(sensitivity_figure(answered, *size), batches=MappingProxyType({choice.key: batch}))


def _with_goal(
    world: World, scenario: Scenario, reply: Answer, choice: SystemChoice, target_s: float, dragging: bool
) -> Answer:
    """The curves, with the chips that meet the target in words and their why; while a slider is dragged they wait."""
    from ipuwhatif.analysis.seek import seek
    from ipuwhatif.figures.goal import goal_card

    question = tr("{target} on {name}?", target=time_text(target_s), name=world.catalog.systems[choice.system].name)
    if dragging:
        return replace(reply, goal=tr("{question} Sought when the lever is let go.", question=question))
    try:
        card = goal_card(seek(world, scenario, choice, target_s), world)
    except InputError as error:
        return replace(reply, goal=tr("{question} {answer}", question=question, answer=sentence(str(error))))
    key = f"goal/{choice.system}"
    rows = (*card.rows, WhyRow(tr("Notes"), "", " ".join(card.notes)))
    why = replace(card.why, key=key, sections=(WhySection(card.title, rows), *card.why.sections))
    assert reply.figure is not None
    return replace(
        reply,
        figure=replace(reply.figure, why=(*reply.figure.why, why)),
        goal=tr("{question} {answer}", question=question, answer=card.answer),
        goal_key=key,
    )


def _detail(reasons: Mapping[SystemChoice, str]) -> str:
    return "\n".join(dict.fromkeys(sentence(reason) for reason in reasons.values()))


def _fault_text(
    catalog: Catalog, scenario: Scenario, reference: SystemChoice | None, reasons: Mapping[SystemChoice, str]
) -> str:
    """What is left out and why, in a sentence for each kind of reason; and who is the reference now, if that changed.

    `reference` is that of the answer, None where there is none. Each sentence stands on a line of its own.
    """
    lacking = [choice for choice in reasons if _lacks_an_entry(catalog, scenario, choice)]
    lines = [_no_entry_text(catalog, scenario, lacking)] if lacking else []
    for reason in dict.fromkeys(reason for choice, reason in reasons.items() if choice not in lacking):
        names = _names(catalog, [choice for choice, each in reasons.items() if each == reason])
        lines.append(tr("{names}: {reason}.", names=names, reason=reason.removesuffix(".")))
    if reference is not None and reference.key != scenario.reference:
        lines.append(tr("The reference is {name} now.", name=system_name(reference, catalog)))
    return "\n".join(lines)


def _entries(catalog: Catalog, scenario: Scenario) -> tuple[SystemChoice, ...]:
    """The systems whose layout as submitted is known for the scenario's workload, recipe and release."""
    asked = (scenario.workload, scenario.recipe, scenario.release)
    return tuple(
        entry.choice
        for entry in catalog.official
        if entry.choice is not None
        and entry.layout is not None
        and (entry.workload, entry.division, entry.release) == asked
    )


def _lacks_an_entry(catalog: Catalog, scenario: Scenario, choice: SystemChoice) -> bool:
    return scenario.policy == AS_SUBMITTED and choice not in _entries(catalog, scenario)


def _no_entry_text(catalog: Catalog, scenario: Scenario, lacking: Sequence[SystemChoice]) -> str:
    entries = _entries(catalog, scenario)
    order = list(catalog.systems)
    known = sorted(set(entries), key=lambda each: (order.index(each.system), each.chips))
    return tr(
        "No {recipe} entry as of {release} for {systems}: {known}; choose the layout “{best}”.",
        recipe=scenario.recipe,
        release=scenario.release,
        systems=_names(catalog, lacking),
        known=tr("entries exist for {systems}", systems=_names(catalog, known)) if known else tr("no entry exists"),
        best=policy_name(BEST),
    )


def _names(catalog: Catalog, choices: Iterable[SystemChoice]) -> str:
    """ "IPU-POD32 and Bow Pod64"; a system that has no name of its own, with its chips."""
    return listed(
        [(short_name if choice.key in catalog.preset_names else system_name)(choice, catalog) for choice in choices]
    )


def _scaling(world: World, scenario: Scenario, size: tuple[int, int], draws: int | None) -> Answer:
    """From one machine to the largest system of the families on show."""
    families = [world.catalog.systems[choice.system] for choice in scenario.systems]
    low = min(*(each.chips_per_machine for each in families), *(choice.chips for choice in scenario.systems))
    high = max(each.maximum_chips for each in families)
    answered = scaling(world, scenario, low, high, draws)
    return Answer(scaling_figure(answered, scenario, *size), batches=_batches(answered, scenario))


def _batches(answered: Scaling, scenario: Scenario) -> Mapping[str, int]:
    """The global batch of each ticked system that has a point on a curve."""
    batches = {
        SystemChoice(curve.system, chips).key: batch
        for curve in answered.curves
        for chips, batch in zip(curve.chips, curve.batches, strict=True)
    }
    ticked = [choice.key for choice in scenario.systems if choice.key in batches]
    return MappingProxyType({key: batches[key] for key in ticked})
