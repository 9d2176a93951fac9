"""Several systems on one workload, beside the same systems with no lever moved."""

from dataclasses import replace

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Comparison
from ipuwhatif.analysis.world import World
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.edits import lever_texts
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.units import InputError


def compare(world: World, document: Document, draws: int | None = None) -> Comparison:
    """Projections of the document's systems in its order. InputError where no system is ticked or one cannot run."""
    if not document.systems:
        raise InputError("no system is ticked: pick at least one")
    cases = [case_of(document, choice, world.levers, world.catalog) for choice in document.systems]
    unmoved = replace(document, levers={})
    plain = [case_of(unmoved, choice, world.levers, world.catalog) for choice in document.systems]
    together = project_all(world, [*cases, *plain] if cases != plain else cases, draws)
    keys = [choice.key for choice in document.systems]
    reference = keys.index(document.reference) if document.reference in keys else 0
    return Comparison(
        projections=together[: len(cases)],
        baseline=together[len(cases) :] if cases != plain else None,
        reference=reference,
        settings=lever_texts(document, world.levers, world.catalog),
    )
