"""Asks the analysis for the window and turns faults into words; the window itself computes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ipuwhatif.analysis.compare import compare, reasons_not_to_run
from ipuwhatif.analysis.relative import relative
from ipuwhatif.analysis.results import Scaling
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.figures.compare import compare_figure
from ipuwhatif.figures.scaling import scaling_figure
from ipuwhatif.figures.spec import Figure
from ipuwhatif.figures.statement import StatementCard, statement_card
from ipuwhatif.figures.words import listed, sentence
from ipuwhatif.gui.question import COMPARE
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.edits import policy_name
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

DRAWS_WHILE_DRAGGING = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure, or the words that stand in its place; where some systems cannot run, words beside a figure.

    `detail`: the model's own words, for whoever wants to know more. `batches`: the global batch of each system that
    has an answer, by its key. `reasons`: why systems cannot run the job. `card`: what stands in the place of charts
    for a job that is known by a stated ratio only.
    """

    figure: Figure | None
    message: str = ""
    detail: str = ""
    batches: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[SystemChoice, str] = field(default_factory=lambda: MappingProxyType({}))
    card: StatementCard | None = None


def answer(world: World, question: str, document: Document, size: tuple[int, int], dragging: bool = False) -> Answer:
    """The answer to COMPARE or SCALING, laid out for a chart of `size` logical pixels.

    While a slider is dragged fewer draws make the intervals; the median is the same.
    """
    if world.catalog.workloads[document.workload].kind == RELATIVE:
        return _stated(world.catalog, document)
    if not document.systems:
        return Answer(None, tr("No system is ticked. Tick one on the left to see its projected training time."))
    draws = DRAWS_WHILE_DRAGGING if dragging else None
    try:
        return (_compare if question == COMPARE else _scaling)(world, document, size, draws)
    except InputError as error:
        return Answer(None, sentence(str(error)))


def _stated(catalog: Catalog, document: Document) -> Answer:
    """The card of a job that is known by a stated ratio only; systems say nothing about it."""
    alone = replace(document, systems=(), reference="")
    return Answer(None, card=statement_card(relative(catalog, alone), alone, catalog))


def _compare(world: World, document: Document, size: tuple[int, int], draws: int | None) -> Answer:
    """Systems that cannot run the job do not hide the others: the chart leaves them out, and the message says why."""
    try:
        comparison = compare(world, document, draws)
    except InputError:
        reasons = reasons_not_to_run(world, document)
        if not reasons:  # it is not the systems
            raise
        return Answer(None, _fault_text(world.catalog, document, None, reasons), _detail(reasons), reasons=reasons)
    reasons = {each.choice: each.reason for each in comparison.missing}
    reference = comparison.projections[comparison.reference].choice
    return Answer(
        compare_figure(comparison, document, *size),
        _fault_text(world.catalog, document, reference, reasons),
        _detail(reasons),
        MappingProxyType({each.choice.key: each.layout.global_batch for each in comparison.projections}),
        reasons,
    )


def _detail(reasons: Mapping[SystemChoice, str]) -> str:
    return "\n".join(dict.fromkeys(sentence(reason) for reason in reasons.values()))


def _fault_text(
    catalog: Catalog, document: Document, reference: SystemChoice | None, reasons: Mapping[SystemChoice, str]
) -> str:
    """What is left out and why, in a sentence for each kind of reason; and who is the reference now, if that changed.

    `reference` is that of the answer, None where there is none. Each sentence stands on a line of its own.
    """
    lacking = [choice for choice in reasons if _lacks_an_entry(catalog, document, choice)]
    lines = [_no_entry_text(catalog, document, lacking)] if lacking else []
    for reason in dict.fromkeys(reason for choice, reason in reasons.items() if choice not in lacking):
        names = _names(catalog, [choice for choice, each in reasons.items() if each == reason])
        lines.append(tr("{names}: {reason}.", names=names, reason=reason.removesuffix(".")))
    if reference is not None and reference.key != document.reference:
        lines.append(tr("The reference is {name} now.", name=system_name(reference, catalog)))
    return "\n".join(lines)


def _entries(catalog: Catalog, document: Document) -> tuple[SystemChoice, ...]:
    """The systems whose layout as submitted is known for the document's workload, recipe and release."""
    asked = (document.workload, document.recipe, document.release)
    return tuple(
        entry.choice
        for entry in catalog.official
        if entry.choice is not None
        and entry.layout is not None
        and (entry.workload, entry.division, entry.release) == asked
    )


def _lacks_an_entry(catalog: Catalog, document: Document, choice: SystemChoice) -> bool:
    return document.policy == AS_SUBMITTED and choice not in _entries(catalog, document)


def _no_entry_text(catalog: Catalog, document: Document, lacking: Sequence[SystemChoice]) -> str:
    entries = _entries(catalog, document)
    order = list(catalog.systems)
    known = sorted(set(entries), key=lambda each: (order.index(each.system), each.chips))
    return tr(
        "No {recipe} entry as of {release} for {systems}: {known}; choose the layout “{best}”.",
        recipe=document.recipe,
        release=document.release,
        systems=_names(catalog, lacking),
        known=tr("entries exist for {systems}", systems=_names(catalog, known)) if known else tr("no entry exists"),
        best=policy_name(BEST),
    )


def _names(catalog: Catalog, choices: Iterable[SystemChoice]) -> str:
    """ "IPU-POD32 and Bow Pod64"; a system that has no name of its own, with its chips."""
    return listed(
        [(short_name if choice.key in catalog.preset_names else system_name)(choice, catalog) for choice in choices]
    )


def _scaling(world: World, document: Document, size: tuple[int, int], draws: int | None) -> Answer:
    """From one machine to the largest system of the families on show."""
    families = [world.catalog.systems[choice.system] for choice in document.systems]
    low = min(*(each.chips_per_machine for each in families), *(choice.chips for choice in document.systems))
    high = max(each.maximum_chips for each in families)
    answered = scaling(world, document, low, high, draws)
    return Answer(scaling_figure(answered, document, *size), batches=_batches(answered, document))


def _batches(answered: Scaling, document: Document) -> Mapping[str, int]:
    """The global batch of each ticked system that has a point on a curve."""
    batches = {
        SystemChoice(curve.system, chips).key: batch
        for curve in answered.curves
        for chips, batch in zip(curve.chips, curve.batches, strict=True)
    }
    ticked = [choice.key for choice in document.systems if choice.key in batches]
    return MappingProxyType({key: batches[key] for key in ticked})
