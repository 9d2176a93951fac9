"""Asks the analysis for the window and turns faults into words; the window itself computes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.world import World
from ipuwhatif.figures.compare import compare_figure
from ipuwhatif.figures.scaling import scaling_figure
from ipuwhatif.figures.spec import Figure
from ipuwhatif.gui.question import COMPARE
from ipuwhatif.scenario.document import Document
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

DRAWS_WHILE_DRAGGING = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure, or the words that stand in its place; where some systems cannot run, words beside a figure.

    `batches`: the global batch of each system, by its key.
    """

    figure: Figure | None
    message: str = ""
    batches: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def answer(world: World, question: str, document: Document, size: tuple[int, int], dragging: bool = False) -> Answer:
    """The answer to COMPARE or SCALING, laid out for a chart of `size` logical pixels.

    While a slider is dragged fewer draws make the intervals; the median is the same.
    """
    if not document.systems:
        return Answer(None, tr("No system is ticked. Tick one on the left to see its projected training time."))
    draws = DRAWS_WHILE_DRAGGING if dragging else None
    try:
        return (_compare if question == COMPARE else _scaling)(world, document, size, draws)
    except InputError as error:
        return Answer(None, _sentence(error))


def _compare(world: World, document: Document, size: tuple[int, int], draws: int | None) -> Answer:
    """Systems that cannot run the job do not hide the others: they are left out, and the message says why."""
    faults: tuple[str, ...] = ()
    try:
        comparison = compare(world, document, draws)
    except InputError:
        document, faults = _runnable(world, document)
        comparison = compare(world, document, draws)
    figure = compare_figure(comparison, document, *size)
    batches = {each.choice.key: each.layout.global_batch for each in comparison.projections}
    return Answer(figure, " ".join(faults), MappingProxyType(batches))


def _runnable(world: World, document: Document) -> tuple[Document, tuple[str, ...]]:
    """The document without the systems that cannot run, and why each cannot. InputError where none is left."""
    faults = {}
    for choice in document.systems:
        try:
            compare(world, replace(document, systems=(choice,), reference=choice.key), 2)
        except InputError as error:
            faults[choice] = _sentence(error)
    if len(faults) == len(document.systems):
        raise InputError("\n".join(dict.fromkeys(faults.values())))
    for choice in faults:
        document = document.with_system(choice, False)
    return document, tuple(dict.fromkeys(faults.values()))


def _scaling(world: World, document: Document, size: tuple[int, int], draws: int | None) -> Answer:
    """From one machine to the largest system of the families on show."""
    families = [world.catalog.systems[choice.system] for choice in document.systems]
    low = min(*(each.chips_per_machine for each in families), *(choice.chips for choice in document.systems))
    high = max(each.maximum_chips for each in families)
    return Answer(scaling_figure(scaling(world, document, low, high, draws), document, *size))


def _sentence(error: InputError) -> str:
    return str(error).removesuffix(".") + "."
