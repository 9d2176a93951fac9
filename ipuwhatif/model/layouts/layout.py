"""How a job is laid over the chips: an entry's own layout, or a search for the least time-to-train that fits.

What fits is read from entries and published configurations, and from the memory of the chip. Parts that the user pins
are kept; the search fills in the rest.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import AS_SUBMITTED, Case, PinnedCut, Pins
from ipuwhatif.model.layouts.pinned_splits import pinned_splits
from ipuwhatif.model.layouts.pipelines import check_chips, plan_of, state_off_chip
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.layouts.search import search
from ipuwhatif.model.memory import blocks_per_stage
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.reasons import EntryHasOwnCut, NoEntryOfSize, UpdateNotModelled
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, RefusedError, Said, reason_of


def choose_layouts(catalog: Catalog, cases: Sequence[Case], parameters: FloatArray) -> tuple[Layout, ...]:
    """A layout for each case by its policy and pins.

    parameters: central values, shape (1, parameters). Raises InputError where nothing fits, or where a layout as
    submitted is asked for and no such entry exists; the message names what does exist.
    """
    shared = SharedCatalog(catalog)
    searched = iter(search(catalog, [case for case in cases if case.policy != AS_SUBMITTED], parameters).layouts)
    return tuple(
        _as_submitted(shared, Kind.of(case), case.choice.chips) if case.policy == AS_SUBMITTED else next(searched)
        for case in cases
    )


def reason_not_to_fit(catalog: Catalog, case: Case) -> Said:
    """Why a case has no layout, or "" when it has one."""
    shared, kind, chips = SharedCatalog(catalog), Kind.of(case), case.choice.chips
    try:
        if case.policy == AS_SUBMITTED:
            _as_submitted(shared, kind, chips)
        else:
            check_chips(plan_of(shared, kind), chips)
    except InputError as fault:
        return reason_of(fault)
    return ""


def submitted(layout: Layout) -> Layout:
    """An entry's layout as the layout of a case: its recipe is the one tuned for its batch."""
    return replace(layout, policy=AS_SUBMITTED, recipe_batch=layout.global_batch)


@lru_cache(maxsize=512)
def _as_submitted(shared: SharedCatalog, kind: Kind, chips: int) -> Layout:
    plan = plan_of(shared, kind)
    entries = [
        entry
        for entry in shared.catalog.official
        if entry.layout is not None
        and entry.choice is not None
        and (entry.workload, entry.release, entry.division) == (kind.workload, kind.release, kind.recipe)
        and entry.choice.system == kind.system
    ]
    layout = next((entry.layout for entry in entries if entry.choice is not None and entry.choice.chips == chips), None)
    if layout is None:
        counts = tuple(sorted({entry.chips for entry in entries}))
        raise RefusedError(
            NoEntryOfSize(kind.recipe, kind.release, plan.system.chip_word, chips, plan.system.name, counts)
        )
    if layout.optimizer not in OPTIMIZERS and plan.decoder is None:
        raise RefusedError(UpdateNotModelled(layout.optimizer))
    if kind.cut != PinnedCut():
        raise RefusedError(EntryHasOwnCut())
    if kind.pins != Pins():
        check_chips(plan, chips)
    return _with_pins(submitted(layout), plan)


def _with_pins(layout: Layout, plan: Plan) -> Layout:
    """A submitted layout with the pinned parts changed and the global batch that follows from them."""
    pins = plan.kind.pins
    stages = pins.pipeline_stages or layout.pipeline_stages
    replicas = max(1, layout.replicas * layout.pipeline_stages // stages)
    micro = pins.micro_batch or layout.micro_batch
    accumulation = pins.gradient_accumulation or layout.gradient_accumulation
    same = stages == layout.pipeline_stages
    loaded = layout.blocks_per_stage if same else blocks_per_stage(plan.sizes, stages, plan.kind.release)
    off_chip = layout.off_chip_state if same else state_off_chip(plan, stages, otherwise=False)
    if pins.global_batch is not None:
        largest = plan.shown.micro_batch if pins.gradient_accumulation is not None else layout.micro_batch
        pipeline = Pipeline(stages, loaded, off_chip, largest)
        replicas, micro, accumulation = _split(plan, pipeline, pins.global_batch / layout.samples_per_pack, replicas)
    return replace(
        layout,
        replicas=replicas,
        pipeline_stages=stages,
        micro_batch=micro,
        gradient_accumulation=accumulation,
        blocks_per_stage=loaded,
        off_chip_state=off_chip,
        global_batch=round(replicas * accumulation * micro * layout.samples_per_pack),
    )


def _split(plan: Plan, pipeline: Pipeline, units: float, replicas: int) -> tuple[int, int, int]:
    """Of the splits that meet a pinned batch the one on the most replicas, with the largest micro-batch on them."""
    splits = pinned_splits(plan.kind.pins, units, np.array([[float(replicas)]]), pipeline)
    columns = [each[0, splits.allowed[0]] for each in (splits.replicas, splits.micro_batch, splits.accumulation)]
    best = np.lexsort(columns[1::-1])[-1]
    return tuple(int(each[best]) for each in columns)  # type: ignore[return-value]
