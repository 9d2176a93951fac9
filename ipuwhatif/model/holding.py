"""What the fullest chip of a layout holds part by part, and where a job does not fit the layout that asks least of it.

The parts come from the functions whose sum the search checks: a layout fits where they do not exceed the memory.
"""

from collections.abc import Mapping

import numpy as np

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.language.language_memory import Held, least_parts, parts_needed
from ipuwhatif.model.language.language_plan import is_laid_out, least_cut, possible_cuts, replicas_of
from ipuwhatif.model.layouts.pipelines import depths_of, draft_of, plan_of
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.memory import (
    MOMENT_BYTES,
    PARTS,
    RESERVE,
    RESERVED,
    blocks_per_stage,
    fullest,
    needs,
    reserve,
)
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.language import COMPILED, decoder_of
from ipuwhatif.model.shown import Kind, cutting_of
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record
from ipuwhatif.units import InputError


class Holding(Record, frozen=True):
    """Bytes on the fullest chip by PARTS, all of them, and the bytes of its memory.

    `layout` is None where nobody knows how the job is laid out: then the parts are the least that any layout takes.
    """

    parts: Mapping[str, float]
    memory: float
    layout: Layout | None

    @property
    def needed(self) -> float:
        """Bytes of all parts together."""
        return sum(self.parts.values())

    @property
    def free(self) -> float:
        """Bytes that remain; below 0 where the parts do not fit."""
        return self.memory - self.needed

    @property
    def fits(self) -> bool:
        """Whether all parts have room, to a billionth of the memory: sums of parts are rounded."""
        return self.free >= -1e-9 * self.memory

    @property
    def beyond(self) -> str:
        """The first part that has no room beside those before it; empty where all have."""
        filled = 0.0
        for part, size in self.parts.items():
            filled += size
            if filled > (1.0 + 1e-9) * self.memory:
                return part
        return ""

    @property
    def memory_to_fit(self) -> float:
        """Bytes of memory of a chip on which the same layout fits: what code and workspace take grows along."""
        return (self.needed - self.parts[RESERVE]) / (1.0 - self.parts[RESERVE] / self.memory)


def holding_of(catalog: Catalog, case: Case, layout: Layout) -> Holding:
    """What a layout of a case holds. InputError where nobody has shown how such a job is laid out."""
    return _holding(draft_of(SharedCatalog(catalog), Kind.of(case)), layout)


def least_holding(catalog: Catalog, case: Case) -> Holding:
    """What the layout holds that asks least of the case's chips as its pins let it, whether it fits or not.

    InputError where its memory cannot be told: no such layout is known, or its pins exclude each other.
    """
    shared, kind, chips = SharedCatalog(catalog), Kind.of(case), case.choice.chips
    chip, workload = catalog.chip_of(case.choice), catalog.workloads[case.workload]
    if not is_laid_out(workload, chip):
        memory = chip.value("memory_size") * kind.memory
        parts = {part: size / chips for part, size in least_parts(decoder_of(workload, case.layers)).items()}
        return Holding(_in_order({RESERVE: reserve(chip, kind.memory), **parts}), memory, None)
    plan = draft_of(shared, kind)
    if plan.decoder is None:
        return _holding(plan, _deepest(plan, chips))
    some, others, precision = possible_cuts(plan, cutting_of(shared, kind))
    cut, micro = least_cut(plan, (*some, *others), PRECISIONS[precision].bits, chips), plan.kind.pins.micro_batch or 1
    replicas = int(replicas_of(plan, cut, chips))
    layout = Layout(
        BEST,
        replicas * micro,
        replicas,
        cut.stages,
        micro,
        1,
        tensor_parallel=cut.tensor,
        context_parallel=cut.context,
        interleaving=cut.interleaving,
        recomputed=cut.recomputed,
        precision=precision,
        gathers=cut.gathers,
    )
    return _holding(plan, layout)


def fewest_to_fit(catalog: Catalog, case: Case) -> int:
    """The fewest chips of the case's system that the job fits on; 0 where it fits on no number of them.

    Where no layout is known it is the fewest that could hold the job at all.
    """
    chip, workload = catalog.chip_of(case.choice), catalog.workloads[case.workload]
    system = catalog.systems[case.choice.system]
    if is_laid_out(workload, chip):
        try:
            return max(plan_of(SharedCatalog(catalog), Kind.of(case)).least_chips, system.minimum_chips)
        except InputError:
            return 0
    free = (1.0 - RESERVED[physics_of(chip.architecture)]) * chip.value("memory_size") * case.gains.on_chip_memory
    fewest = int(np.ceil(sum(least_parts(decoder_of(workload, case.layers)).values()) / free))
    return fewest if fewest <= system.maximum_chips else 0


def _holding(plan: Plan, layout: Layout) -> Holding:
    parts = {RESERVE: reserve(plan.chip, plan.kind.memory), **_parts(plan, layout)}
    return Holding(_in_order(parts), plan.chip.value("memory_size") * plan.kind.memory, layout)


def _in_order(parts: Mapping[str, float]) -> dict[str, float]:
    return {part: parts.get(part, 0.0) for part in PARTS}


def _parts(plan: Plan, layout: Layout) -> dict[str, float]:
    """Bytes by part without what code and workspace take."""
    if plan.decoder is None:
        optimizer = layout.optimizer if layout.optimizer in MOMENT_BYTES else plan.shown.optimizer
        stages, loaded = layout.pipeline_stages, layout.blocks_per_stage
        needed = needs(plan.sizes, plan.chip.architecture, optimizer, stages, loaded, off_chip=layout.off_chip_state)
        return fullest(needed, layout.micro_batch).parts(layout.micro_batch)
    shares = layout.gathers > 0
    values = (
        layout.tensor_parallel,
        layout.context_parallel,
        layout.pipeline_stages,
        layout.interleaving,
        layout.recomputed,
        PRECISIONS[layout.precision].bits,
        shares,
        shares and plan.chip.architecture == COMPILED,
    )
    held = Held(*(np.array(float(value)) for value in values))
    counts = (np.array(float(count)) for count in (layout.replicas, layout.micro_batch))
    return {part: float(size) for part, size in parts_needed(plan.decoder, held, *counts).items()}


def _deepest(plan: Plan, chips: int) -> Layout:
    """The pipeline of a network that takes least of each chip: the pinned one, else the deepest."""
    pins = plan.kind.pins
    stages = pins.pipeline_stages or max(each for each in depths_of(plan) if each <= chips)
    replicas, micro = max(1, chips // stages), pins.micro_batch or 1
    return Layout(
        BEST,
        round(replicas * micro * plan.samples_per_pack),
        replicas,
        stages,
        micro,
        1,
        plan.samples_per_pack,
        blocks_per_stage(plan.sizes, stages, plan.kind.release),
        off_chip_state=plan.is_ipu,
        optimizer=plan.shown.optimizer,
    )
