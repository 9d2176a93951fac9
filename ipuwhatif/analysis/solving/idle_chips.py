"""What is said of a layout that leaves chips idle, or that runs another global batch than was asked for."""

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import chips_text
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.layouts.pinned_splits import meets
from ipuwhatif.model.shown import shown_to_work
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def layout_notes(catalog: Catalog, case: Case, layout: Layout) -> tuple[str, ...]:
    """A sentence each; none where all chips work and the batch is as asked for."""
    notes = []
    chips, word = case.choice.chips, catalog.systems[case.choice.system].chip_word
    idle = chips - layout.replicas * layout.replica_chips
    if idle > 0:
        told = tr("{idle} of {chips} stay idle", idle=format_number(idle), chips=chips_text(word, chips))
        reason = _reason(catalog, case, layout, idle)
        notes.append(tr("{told}: {reason}", told=told, reason=reason) if reason else told)
    pinned = case.pins.global_batch
    if pinned is not None and pinned != layout.global_batch:
        parts = (layout.replicas, layout.micro_batch, layout.gradient_accumulation)
        notes.append(
            tr(
                "a global batch of {pinned} runs as {batch}, {replicas} replicas × micro-batch {micro} × "
                "accumulation {accumulation}",
                pinned=format_number(pinned),
                batch=format_number(layout.global_batch),
                **dict(zip(("replicas", "micro", "accumulation"), map(format_number, parts), strict=True)),
            )
        )
    return tuple(notes)


def _reason(catalog: Catalog, case: Case, layout: Layout, idle: int) -> str:
    """Why chips stay idle; "" where an entry left them so."""
    if idle < layout.replica_chips:
        taken = format_number(layout.replica_chips)
        if layout.replica_chips == layout.pipeline_stages:
            return tr("a pipeline takes {stages}", stages=taken)
        return tr("a replica takes {chips}", chips=taken)
    pins, replicas = case.pins, case.choice.chips // layout.replica_chips
    most = shown_to_work(catalog, case).batches[1]
    least = (pins.micro_batch or 1) * (pins.gradient_accumulation or 1)
    if pins.global_batch is None and least > 1 and most and least * replicas * layout.samples_per_pack > most:
        return tr(
            "all of them would make a global batch of {least} or more; {most} is the largest of this job",
            least=format_number(round(least * replicas * layout.samples_per_pack)),
            most=format_number(most),
        )
    batch = pins.global_batch or most
    if batch and batch / layout.samples_per_pack < replicas:
        return tr("a global batch of {batch} has no sample for each of them", batch=format_number(batch))
    if pins.global_batch is not None and not meets(pins, pins.global_batch / layout.samples_per_pack, replicas):
        return tr("no split over all of them comes within 1 % of a global batch of {batch}", batch=format_number(batch))
    return tr("with all of them at work the job would take longer") if case.policy == BEST else ""
