"""Plans with everything that they can be looked at by: the columns of a picture, and which of them a filter keeps."""

from collections.abc import Mapping, Sequence

import numpy as np

from ipuwhatif.analysis.explore.costs import AGAINST, Rates, taken_by
from ipuwhatif.analysis.explore.plans import PARTS, Plans, release_words, system_words, varied_levers
from ipuwhatif.analysis.sweep.axes import CHIPS, RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.model.layouts.split_grid import BoolArray
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.records import Record, field

#: Columns whose values are codes of words; whether a plan leaves the data is one, 0 or 1.
WORDED = (SYSTEM, RELEASE, BASIS)


class Explored(Record, frozen=True):
    """Plans, the sweep that they answer, what they take, and whether each leaves the data: nan as long as not known."""

    plan: SweepPlan
    plans: Plans
    rates: Rates
    beyond: FloatArray

    def column(self, name: str) -> FloatArray:
        """One of the names of `columns`, shape (plans,); nan where a plan has no figure."""
        if name == TIME_S:
            return self.plans.time_s
        if name in (SYSTEM, RELEASE):
            return self.plans.system if name == SYSTEM else self.plans.release  # type: ignore[return-value]
        if name == BASIS:
            return self.beyond
        if name in self.plans.values:
            return self.plans.values[name]  # type: ignore[return-value]
        return taken_by(self.plans, self.rates, name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, those of words first."""
        costs = [name for name in AGAINST if name != CHIPS]
        return (*WORDED, CHIPS, TIME_S, *costs, *PARTS, *varied_levers(self.plans))

    def differs(self, name: str) -> bool:
        """Whether plans differ in a column; of what is not known yet, whether they might."""
        if name in (SYSTEM, RELEASE):
            return len((system_words if name == SYSTEM else release_words)(self.plan)) > 1
        values = self.column(name)
        known = np.isfinite(values)
        return name == BASIS or (bool(known.any()) and bool(np.nanmin(values) < np.nanmax(values)))


class Filters(Record, frozen=True):
    """Plans are kept that lie between both ends of a column, and have one of some words; both by name of the column."""

    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.ranges or self.words)

    def kept(self, explored: Explored) -> BoolArray:
        """Which plans pass all of them; what has no figure passes none that asks for it."""
        kept = np.ones(len(explored.plans), dtype=np.bool_)
        for name, (low, high) in self.ranges.items():
            values = explored.column(name)
            kept &= (
                (values >= np.float32(low)) & (values <= np.float32(high))
                if name in explored.plans.values
                else ((values >= low) & (values <= high))
            )
        for name, codes in self.words.items():
            kept &= np.isin(explored.column(name), np.array(sorted(codes)))
        return kept


def with_range(filters: Filters, name: str, ends: tuple[float, float] | None) -> Filters:
    """The filters with another range of a column, or none."""
    ranges = {key: value for key, value in filters.ranges.items() if key != name}
    return Filters(ranges if ends is None else {**ranges, name: ends}, filters.words)


def with_words(filters: Filters, name: str, codes: Sequence[int] | None) -> Filters:
    """The filters with other words of a column, or all."""
    words = {key: value for key, value in filters.words.items() if key != name}
    return Filters(filters.ranges, words if codes is None else {**words, name: frozenset(codes)})
