"""Two scenarios of a document side by side: one comparison whose rows come in pairs, a system under each of them."""

from collections.abc import Sequence

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.refusals import TwoWorkloads
from ipuwhatif.analysis.results import Comparison, Projection
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.files.document import Beside
from ipuwhatif.scenario.moved_levers import Lettered
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError


class Side(Record, frozen=True):
    """One of the two scenarios: its letter in the document, and its own comparison."""

    letter: str
    comparison: Comparison


def beside(first: Side, second: Side, looked_at: str) -> Comparison:
    """The rows of both, each system's pair together and every name with its letter; a pair is compared with `first`.

    looked_at: the letter of the scenario whose reference and subject count. InputError for two jobs: their times say
    nothing about each other.
    """
    check_one_job(*((side.letter, side.comparison.projections[0].case.workload) for side in (first, second)))
    main, rows = (first if first.letter == looked_at else second), _rows(first, second)
    chosen = [(side, side.comparison.projections[row]) for side, row in rows]
    places = {(side.letter, each.choice): place for place, (side, each) in enumerate(chosen)}
    reference = main.comparison.projections[main.comparison.reference].choice
    before = [(side.comparison.baseline or side.comparison.projections)[row] for side, row in rows]
    moved = any(side.comparison.baseline for side in (first, second))
    return Comparison(
        projections=tuple(_named(each, side.letter, looked_at) for side, each in chosen),
        baseline=tuple(before) if moved else None,
        reference=places[main.letter, reference],
        settings=tuple(
            Lettered(side.letter, setting) for side in (first, second) for setting in side.comparison.settings
        ),
        missing=main.comparison.missing,
        units=tuple(side.comparison.units[row] for side, row in rows if side.comparison.units),
        subject=main.comparison.subject,
        first=first.letter,
        pairs=tuple(places.get((first.letter, each.choice)) if side is second else None for side, each in chosen),
    )


def compare_beside(
    world: World, scenario: Scenario, comparison: Comparison, shown: Beside, draws: int | None = None
) -> Comparison:
    """A scenario's comparison with that of another, by what is looked at: one basis, official results or none."""
    other = replace(shown.scenario, basis=scenario.basis, prices=scenario.prices, show_official=scenario.show_official)
    sides = Side(shown.letter, comparison), Side(shown.other, compare(world, other, draws))
    first, second = sorted(sides, key=lambda side: side.letter)
    return beside(first, second, looked_at=shown.letter)


def check_one_job(first: tuple[str, str], second: tuple[str, str]) -> None:
    """InputError for two scenarios, each by letter and workload, whose times say nothing about each other."""
    if first[1] != second[1]:
        raise RefusedError(TwoWorkloads(first[0], second[0]))


def _rows(first: Side, second: Side) -> list[tuple[Side, int]]:
    """Rows of both in the order of the first: each system under the first scenario, then under the second."""
    found: dict[SystemChoice, list[tuple[Side, int]]] = {}
    for side in (first, second):
        for row, each in enumerate(side.comparison.projections):
            found.setdefault(each.choice, []).append((side, row))
    return [row for pair in found.values() for row in pair]


def _named(projection: Projection, letter: str, looked_at: str) -> Projection:
    """What is not looked at is told apart by its letter wherever a click asks for it."""
    name = f"{letter} · {projection.name}"
    return replace(projection, name=name, scenario="" if letter == looked_at else letter)


def pairs_of(comparison: Comparison) -> Sequence[tuple[int, int]]:
    """Rows of each system that stands under both scenarios: under the first, under the second."""
    return [(before, row) for row, before in enumerate(comparison.pairs) if before is not None]
