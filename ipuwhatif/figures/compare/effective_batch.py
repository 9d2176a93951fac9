"""Moved levers as the projections on show took them: a pinned global batch that cannot be split evenly is another."""

from ipuwhatif.analysis.results import Comparison
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.scenario.moved_levers import MovedLever
from ipuwhatif.units import Said

_LEVER = "global_batch"


def with_used_batches(comparison: Comparison) -> Comparison:
    """The comparison with settings that name the global batches that ran, not those that were asked for.

    A batch that was pinned for several systems is named where all of them ran the same.
    """
    ran: dict[tuple[str, float], set[int]] = {}  # by the scope of the pin and the batch that was asked for
    for each in comparison.projections:
        asked, batch = each.case.pins.global_batch, each.layout.global_batch
        if asked is not None:
            for scope in (each.choice.key, each.family, EVERY):
                ran.setdefault((scope, asked), set()).add(batch)

    def used(setting: Said) -> Said:
        if not isinstance(setting, MovedLever) or setting.lever.key != _LEVER or setting.value is None:
            return setting
        batches = ran.get((setting.scope, setting.value), set())
        return replace(setting, value=float(*batches)) if len(batches) == 1 else setting

    settings = tuple(map(used, comparison.settings))
    return comparison if settings == comparison.settings else replace(comparison, settings=settings)
