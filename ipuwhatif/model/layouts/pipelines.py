"""Which pipelines of a job fit the memory of a chip, and why none does, or the chips are too few."""

from collections.abc import Sequence
from functools import lru_cache

from ipuwhatif.catalog.stacks import FRAMEWORK
from ipuwhatif.catalog.types import LANGUAGE, STATED
from ipuwhatif.model.case import PinnedCut
from ipuwhatif.model.language.language_plan import is_laid_out, language_plan, not_laid_out, shortage_of_language
from ipuwhatif.model.layouts.pinned_batch import check_batch_pins, check_replicas
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.memory import (
    Need,
    blocks_per_stage,
    bytes_needed,
    largest_micro_batch,
    needs,
    room,
    sizes_of,
)
from ipuwhatif.model.reasons import (
    CutIsForLanguage,
    FitsNowhere,
    MicroBatchTooLarge,
    StagesDoNotFit,
    StageShortage,
    TooFewChips,
)
from ipuwhatif.model.roles.language import COMPILED, decoder_of
from ipuwhatif.model.roles.software import kernels_of, software_of
from ipuwhatif.model.shown import Kind, cutting_of, shown_of, sums_in_network
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, RefusedError

PIPELINE_STAGES = (1, 2, 4, 8, 16)


@lru_cache(maxsize=512)
def plan_of(shared: SharedCatalog, kind: Kind) -> Plan:
    """The plan of a kind of cases. InputError where no number of chips can run it, or its pins exclude each other."""
    plan = draft_of(shared, kind)
    if plan.decoder is not None:
        return language_plan(plan, cutting_of(shared, kind))
    fitting = _fitting(plan, kind.pins.micro_batch)
    if not fitting:
        raise RefusedError(_nowhere(plan))
    pipelines = _to_try(plan, fitting)
    if kind.memory != 1.0 and kind.pins.pipeline_stages is None:
        pipelines = _with_usual(shared, kind, pipelines, fitting)
    return replace(plan, pipelines=pipelines)


def draft_of(shared: SharedCatalog, kind: Kind) -> Plan:
    """The plan before anybody asks what fits: it has no pipelines. InputError where nobody knows how it is laid out."""
    catalog = shared.catalog
    system = catalog.systems[kind.system]
    chip = catalog.chips[system.chip]
    workload = catalog.workloads[kind.workload]
    if not is_laid_out(workload, chip):
        raise RefusedError(not_laid_out(workload, system, chip, kind.layers))
    shown = shown_of(shared, kind)
    network = workload.network
    kernels = kernels_of(software_of(catalog, workload, chip.architecture, kind.release, kind.software))
    graph = network_for(network, chip.architecture, kind.layers, kernels)
    sizes = sizes_of(network, chip.architecture, kind.layers, kernels)
    plan = Plan(
        kind,
        workload.name,
        system,
        chip,
        shown,
        sizes,
        (),
        workload.samples_per_pack(chip.architecture, kind.release),
        graph.batch_normalisations > 0,
        in_network=sums_in_network(shared, kind.system, kind.release),
    )
    check_batch_pins(plan)
    if kind.cut != PinnedCut() and LANGUAGE not in workload.traits:
        raise RefusedError(CutIsForLanguage(workload.name))
    if LANGUAGE not in workload.traits:
        return plan
    software = software_of(catalog, workload, chip.architecture, kind.release, kind.software)
    spoken = software is not None and software.stack == FRAMEWORK
    return replace(
        plan,
        decoder=decoder_of(workload, kind.layers),
        shares_weights=spoken or chip.architecture == COMPILED,
        as_people_do=spoken,
        sixteen_bit=spoken or (chip.architecture == COMPILED and workload.kind == STATED),
    )


def _with_usual(
    shared: SharedCatalog, kind: Kind, own: tuple[Pipeline, ...], fitting: Sequence[Pipeline]
) -> tuple[Pipeline, ...]:
    """Pipelines of a chip with another size of memory: all that fit, down to the deepest of the chip as it is.

    More memory then never takes a layout away.
    """
    try:
        usual = plan_of(shared, kind._replace(memory=1.0)).pipelines
    except InputError:  # only with more memory does the job fit at all
        usual = ()
    deepest = max(each.stages for each in (*own, *usual))
    return tuple(each for each in fitting if each.stages <= deepest)


def check_chips(plan: Plan, chips: int) -> None:
    """InputError where the chips are too few for any pipeline of the plan, or for the pinned parts of a batch."""
    first = plan.least_chips
    if first > chips:
        raise RefusedError(_too_few(plan, chips, first))
    check_replicas(plan, chips)


def state_off_chip(plan: Plan, stages: int, *, otherwise: bool) -> bool:
    """Whether a pipeline of the plan streams its optimizer state; `otherwise` where it has no such pipeline."""
    return next((each.off_chip for each in plan.pipelines if each.stages == stages), otherwise)


def _fitting(plan: Plan, micro_batch: int | None) -> list[Pipeline]:
    """All pipelines whose fullest stage fits a chip with a micro-batch of at least `micro_batch` (or 1).

    None is searched beyond what was run; a pinned one may be as large as the memory is.
    """
    found = []
    for stages in depths_of(plan):
        loaded = blocks_per_stage(plan.sizes, stages, plan.kind.release)
        largest, off_chip = _largest(plan, stages, loaded, micro_batch or plan.shown.micro_batch)
        if largest >= (micro_batch or 1):
            found.append(
                Pipeline(stages, loaded, off_chip, min(largest, max(plan.shown.micro_batch, micro_batch or 0)))
            )
    return found


def depths_of(plan: Plan) -> list[int]:
    """Pipeline stages that a network can be cut into."""
    return [
        stages
        for stages in PIPELINE_STAGES
        if stages == 1 or stages <= min(plan.sizes.blocks, plan.system.maximum_chips)
    ]


def _largest(plan: Plan, stages: int, loaded: int, wanted: int) -> tuple[int, bool]:
    """The largest micro-batch; IPUs stream the optimizer state where it does not fit beside the micro-batch wanted."""
    on_chip = largest_micro_batch(_needs(plan, stages, loaded, off_chip=False), plan.chip, plan.kind.memory)
    if not plan.is_ipu or on_chip >= wanted:
        return on_chip, False
    streamed = largest_micro_batch(_needs(plan, stages, loaded, off_chip=True), plan.chip, plan.kind.memory)
    return (streamed, True) if streamed > on_chip else (on_chip, False)


def _needs(plan: Plan, stages: int, loaded: int, *, off_chip: bool) -> tuple[Need, ...]:
    return needs(plan.sizes, plan.chip.architecture, plan.shown.optimizer, stages, loaded, off_chip=off_chip)


def _to_try(plan: Plan, fitting: Sequence[Pipeline]) -> tuple[Pipeline, ...]:
    """Of the pipelines that fit, those that are worth a trial, the shortest first.

    Pinned: that one. A published configuration: its own, or the next deeper that fits; shorter ones are for fewer
    chips. Else the shortest that fits, and the shortest that also holds the optimizer's state, as entries did.
    """
    pinned = plan.kind.pins.pipeline_stages
    if pinned is not None:
        if pinned not in [each.stages for each in fitting]:
            possible = tuple(each.stages for each in fitting)
            raise RefusedError(StagesDoNotFit(plan.workload, plan.chip.name, pinned, possible))
        return tuple(each for each in fitting if each.stages == pinned)
    if plan.shown.stages:
        deepest = next((each.stages for each in fitting if each.stages >= plan.shown.stages), fitting[-1].stages)
        return tuple(each for each in fitting if each.stages <= deepest)
    holding = next((each for each in fitting if not each.off_chip), fitting[-1])
    return (fitting[0],) if holding is fitting[0] else (fitting[0], holding)


def _nowhere(plan: Plan) -> MicroBatchTooLarge | FitsNowhere:
    """Why no number of chips fits."""
    pinned = plan.kind.pins.micro_batch
    smaller = _fitting(plan, None) if pinned is not None else []
    if pinned is not None and smaller:
        largest = max(_largest(plan, each.stages, each.blocks, pinned)[0] for each in smaller)
        return MicroBatchTooLarge(plan.workload, plan.chip.name, pinned, largest)
    return FitsNowhere(plan.workload, plan.system.name, _shortage(plan, depths_of(plan)[-1]))


def _too_few(plan: Plan, chips: int, smallest: int) -> TooFewChips:
    """Why a pipeline needs more chips than there are."""
    word, pinned = plan.system.chip_word, plan.kind.pins.pipeline_stages
    if plan.decoder is not None:
        return TooFewChips(plan.workload, word, chips, smallest, shortage=shortage_of_language(plan, chips))
    if pinned is not None:
        return TooFewChips(plan.workload, word, chips, smallest, stages=pinned)
    deepest = max(stages for stages in depths_of(plan) if stages <= chips)
    return TooFewChips(plan.workload, word, chips, smallest, shortage=_shortage(plan, deepest))


def _shortage(plan: Plan, stages: int) -> StageShortage:
    loaded = blocks_per_stage(plan.sizes, stages, plan.kind.release)
    held = _needs(plan, stages, loaded, off_chip=plan.is_ipu)
    return StageShortage(
        stages,
        need=bytes_needed(held, plan.kind.pins.micro_batch or 1),
        free=room(plan.chip, plan.kind.memory),
        memory=plan.chip.value("memory_size") * plan.kind.memory,
    )
