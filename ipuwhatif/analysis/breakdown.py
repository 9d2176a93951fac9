"""Where the time of each system goes: its parts, in seconds and as shares, in the order in which they are stacked."""

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.results import Comparison, Projection
from ipuwhatif.analysis.world import World
from ipuwhatif.records import Record
from ipuwhatif.scenario.scenario import Scenario


class Slice(Record, frozen=True):
    """One part of a time; `before_s` is the same part with no lever moved, None where none is."""

    part: str  # a key of Projection.breakdown_s
    seconds: float
    share: float  # of the median, from 0 to 1
    before_s: float | None = None


class Stack(Record, frozen=True):
    """The parts of one projection; their seconds add up to its median."""

    projection: Projection
    slices: tuple[Slice, ...]


class Breakdown(Record, frozen=True):
    """The parts of each system of a comparison, in its order."""

    comparison: Comparison
    stacks: tuple[Stack, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys of the parts that any system spends time on."""
        spent = {each.part for stack in self.stacks for each in stack.slices if each.seconds > 0.0}
        return tuple(each.part for each in self.stacks[0].slices if each.part in spent)


def breakdown(world: World, scenario: Scenario, draws: int | None = None) -> Breakdown:
    """The parts of the time of each system of the scenario. InputError where none of them can run."""
    return breakdown_of(compare(world, scenario, draws))


def breakdown_of(comparison: Comparison) -> Breakdown:
    """The same of a comparison that is known already."""
    before = comparison.baseline or (None,) * len(comparison.projections)
    stacks = tuple(_stack(*pair) for pair in zip(comparison.projections, before, strict=True))
    return Breakdown(comparison, stacks)


def _stack(projection: Projection, before: Projection | None) -> Stack:
    total = projection.time_to_train_s.median
    moved = before is not None and before.case != projection.case
    return Stack(
        projection,
        tuple(
            Slice(part, seconds, seconds / total, before.breakdown_s[part] if moved and before else None)
            for part, seconds in projection.breakdown_s.items()
        ),
    )
