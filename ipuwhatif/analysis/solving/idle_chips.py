"""What is said of a layout that leaves chips idle, or that runs another global batch than was asked for."""

from ipuwhatif.analysis.solving.notes import (
    BatchRunsAs,
    BatchTooLarge,
    IdleChips,
    IdleReason,
    NoSampleForEach,
    NoSplit,
    ReplicaTakes,
)
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.layouts.pinned_splits import meets
from ipuwhatif.model.shown import shown_to_work
from ipuwhatif.units import Said


def layout_notes(catalog: Catalog, case: Case, layout: Layout) -> tuple[Said, ...]:
    """None where all chips work and the batch is as asked for."""
    notes: list[Said] = []
    chips, word = case.choice.chips, catalog.systems[case.choice.system].chip_word
    idle = chips - layout.replicas * layout.replica_chips
    if idle > 0:
        notes.append(IdleChips(idle, chips, word, _reason(catalog, case, layout, idle)))
    pinned = case.pins.global_batch
    if pinned is not None and pinned != layout.global_batch:
        parts = (layout.replicas, layout.micro_batch, layout.gradient_accumulation)
        notes.append(BatchRunsAs(pinned, layout.global_batch, *parts))
    return tuple(notes)


def _reason(catalog: Catalog, case: Case, layout: Layout, idle: int) -> Said:
    """Why chips stay idle; "" where an entry left them so."""
    if idle < layout.replica_chips:
        return ReplicaTakes(layout.replica_chips, layout.replica_chips == layout.pipeline_stages)
    pins, replicas = case.pins, case.choice.chips // layout.replica_chips
    most = shown_to_work(catalog, case).batches[1]
    least = (pins.micro_batch or 1) * (pins.gradient_accumulation or 1)
    if pins.global_batch is None and least > 1 and most and least * replicas * layout.samples_per_pack > most:
        return BatchTooLarge(round(least * replicas * layout.samples_per_pack), most)
    batch = pins.global_batch or most
    if batch and batch / layout.samples_per_pack < replicas:
        return NoSampleForEach(batch)
    if pins.global_batch is not None and not meets(pins, pins.global_batch / layout.samples_per_pack, replicas):
        return NoSplit(batch)
    return IdleReason.LONGER if case.policy == BEST else ""
