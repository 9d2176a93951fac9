"""Which pipelines of a job fit the memory of a chip, and what is said where none does, or the chips are too few."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ipuwhatif.catalog.names import chips_text
from ipuwhatif.catalog.types import Chip, System
from ipuwhatif.model.memory import (
    Need,
    Sizes,
    blocks_per_stage,
    bytes_needed,
    largest_micro_batch,
    needs,
    room,
    sizes_of,
)
from ipuwhatif.model.shown import Kind, Shown, shown_of
from ipuwhatif.model.statics import SharedCatalog
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import dataclass
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, format_quantity

PIPELINE_STAGES = (1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A number of stages that fits: what its fullest stage holds, and the largest micro-batch beside it."""

    stages: int
    blocks: int  # on the most loaded stage; 0 without a pipeline
    off_chip: bool  # the optimizer state is streamed from the machine's memory
    micro_batch: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be tried for a kind of cases."""

    kind: Kind
    workload: str  # its name, for messages
    system: System
    chip: Chip
    shown: Shown
    sizes: Sizes
    pipelines: tuple[Pipeline, ...]  # to try, the shortest first
    samples_per_pack: float
    normalised: bool  # the network has batch normalisations

    @property
    def is_ipu(self) -> bool:
        return self.chip.architecture == "ipu"


@lru_cache(maxsize=512)
def plan_of(shared: SharedCatalog, kind: Kind) -> Plan:
    """The plan of a kind of cases. InputError where no number of chips can run it, or its pins exclude each other."""
    catalog = shared.catalog
    system = catalog.systems[kind.system]
    chip = catalog.chips[system.chip]
    shown = shown_of(shared, kind)
    workload = catalog.workloads[kind.workload]
    network = workload.network
    graph = network_for(network, chip.architecture, kind.layers)
    sizes = sizes_of(network, chip.architecture, kind.layers)
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
    )
    _check_batch_pins(plan)
    _check_micro_batch(plan)
    fitting = _fitting(plan, kind.pins.micro_batch)
    if not fitting:
        raise InputError(_nowhere(plan))
    pipelines = _to_try(plan, fitting)
    if kind.memory != 1.0 and kind.pins.pipeline_stages is None:
        pipelines = _with_usual(shared, kind, pipelines, fitting)
    return replace(plan, pipelines=pipelines)


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
    first = plan.pipelines[0].stages
    if first > chips:
        raise InputError(_too_few(plan, chips, first))
    _check_replicas(plan, chips)


def state_off_chip(plan: Plan, stages: int, *, otherwise: bool) -> bool:
    """Whether a pipeline of the plan streams its optimizer state; `otherwise` where it has no such pipeline."""
    return next((each.off_chip for each in plan.pipelines if each.stages == stages), otherwise)


def _replica_batch(plan: Plan) -> int | None:
    """Samples of a replica's step where the batch and both of its parts are pinned; None where one of them is open."""
    pins = plan.kind.pins
    if pins.global_batch is None or pins.micro_batch is None or pins.gradient_accumulation is None:
        return None
    return round(pins.micro_batch * pins.gradient_accumulation * plan.samples_per_pack)


def _product_text(plan: Plan) -> str:
    """The parts of a pinned batch: "micro-batch 12 × accumulation 40 = 480"."""
    pins = plan.kind.pins
    packed = tr(" × {count} a pack", count=format_number(plan.samples_per_pack)) if plan.samples_per_pack != 1 else ""
    return tr(
        "micro-batch {micro} × accumulation {accumulation}{packed} = {product}",
        micro=format_number(pins.micro_batch or 0),
        accumulation=format_number(pins.gradient_accumulation or 0),
        packed=packed,
        product=format_number(_replica_batch(plan) or 0),
    )


def _check_batch_pins(plan: Plan) -> None:
    part, batch = _replica_batch(plan), plan.kind.pins.global_batch
    if part is None or batch is None or batch % part == 0:
        return
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {product} does not go into a global batch of {batch}; the "
            "nearest is {near}",
            product=_product_text(plan),
            batch=format_number(batch),
            near=format_number(max(1, round(batch / part)) * part),
        )
    )


def _check_replicas(plan: Plan, chips: int) -> None:
    part, batch, word = _replica_batch(plan), plan.kind.pins.global_batch, plan.system.chip_word
    if part is None or batch is None or batch // part * plan.pipelines[0].stages <= chips:
        return
    needed = batch // part
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {product}, and a global batch of {batch} takes {replicas} "
            "replicas, {chips} of the {there}",
            product=_product_text(plan),
            batch=format_number(batch),
            replicas=format_number(needed),
            chips=chips_text(word, needed * plan.pipelines[0].stages),
            there=format_number(chips),
        )
    )


def _check_micro_batch(plan: Plan) -> None:
    pinned, largest = plan.kind.pins.micro_batch, plan.shown.micro_batch
    if pinned is None or pinned <= largest:
        return
    if not plan.shown.published:
        most = tr("the largest that an entry ran is {largest}", largest=largest)
    elif plan.shown.assumed:
        most = tr("the largest that is assumed is {largest}", largest=largest)
    else:
        most = tr("the largest in the evidence is {largest}", largest=largest)
    raise InputError(
        tr(
            "a micro-batch of {pinned} is not known to fit on a {chip}: {most}",
            pinned=pinned,
            chip=plan.chip.name,
            most=most,
        )
    )


def _fitting(plan: Plan, micro_batch: int | None) -> list[Pipeline]:
    """All pipelines whose fullest stage fits a chip with a micro-batch of at least `micro_batch` (or 1)."""
    found = []
    for stages in _depths(plan):
        loaded = blocks_per_stage(plan.sizes, stages, plan.kind.release)
        largest, off_chip = _largest(plan, stages, loaded, micro_batch or plan.shown.micro_batch)
        if largest >= (micro_batch or 1):
            found.append(Pipeline(stages, loaded, off_chip, min(largest, plan.shown.micro_batch)))
    return found


def _depths(plan: Plan) -> list[int]:
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
            raise InputError(
                tr(
                    "{stages} pipeline stages do not fit {workload} on a {chip}: possible are {possible}",
                    stages=pinned,
                    workload=plan.workload,
                    chip=plan.chip.name,
                    possible=", ".join(str(each.stages) for each in fitting),
                )
            )
        return tuple(each for each in fitting if each.stages == pinned)
    if plan.shown.stages:
        deepest = next((each.stages for each in fitting if each.stages >= plan.shown.stages), fitting[-1].stages)
        return tuple(each for each in fitting if each.stages <= deepest)
    holding = next((each for each in fitting if not each.off_chip), fitting[-1])
    return (fitting[0],) if holding is fitting[0] else (fitting[0], holding)


def _nowhere(plan: Plan) -> str:
    """What is said where no number of chips fits."""
    pinned = plan.kind.pins.micro_batch
    smaller = _fitting(plan, None) if pinned is not None else []
    if smaller:
        return tr(
            "a micro-batch of {pinned} of {workload} does not fit on a {chip}: the largest that does is {largest}",
            pinned=pinned,
            workload=plan.workload,
            chip=plan.chip.name,
            largest=max(each.micro_batch for each in smaller),
        )
    deepest = _depths(plan)[-1]
    return tr(
        "{workload} does not fit on any number of chips of {system}: {reason}",
        workload=plan.workload,
        system=plan.system.name,
        reason=_shortage(plan, deepest),
    )


def _too_few(plan: Plan, chips: int, smallest: int) -> str:
    """What is said where a pipeline needs more chips than there are."""
    word, pinned = plan.system.chip_word, plan.kind.pins.pipeline_stages
    count = chips_text(word, chips)
    if pinned is not None:
        return tr(
            "{workload} in {stages} pipeline stages does not fit on {chips}: "
            "the smallest number that does is {smallest} {word}s",
            workload=plan.workload,
            stages=pinned,
            chips=count,
            smallest=smallest,
            word=word,
        )
    deepest = max(stages for stages in _depths(plan) if stages <= chips)
    return tr(
        "{workload} does not fit on {chips}: the smallest number that does is {smallest} {word}s ({reason})",
        workload=plan.workload,
        chips=count,
        smallest=smallest,
        word=word,
        reason=_shortage(plan, deepest),
    )


def _shortage(plan: Plan, stages: int) -> str:
    """What a chip lacks: "in 2 pipeline stages a chip needs 742 MB, and 720 of its 900 MB are there for it"."""
    loaded = blocks_per_stage(plan.sizes, stages, plan.kind.release)
    figures = {
        "need": format_quantity(
            bytes_needed(_needs(plan, stages, loaded, off_chip=plan.is_ipu), plan.kind.pins.micro_batch or 1), "B"
        ),
        "room": format_quantity(room(plan.chip, plan.kind.memory), "B"),
        "memory": format_quantity(plan.chip.value("memory_size") * plan.kind.memory, "B"),
    }
    if stages == 1:
        return tr("a chip would need {need}; of its {memory}, {room} are there for that", **figures)
    return tr(
        "in {stages} pipeline stages a chip would need {need}; of its {memory}, {room} are there for that",
        stages=stages,
        **figures,
    )
