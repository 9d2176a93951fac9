"""Which pipelines of a job fit the memory of a chip, and what is said where none does, or the chips are too few."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ipuwhatif.catalog.names import chips_text
from ipuwhatif.catalog.types import FRAMEWORK, LANGUAGE, STATED, Chip, System, Workload
from ipuwhatif.model.case import PinnedCut
from ipuwhatif.model.language.language_cuts import (
    MICRO_BATCHES,
    RECOMPUTE,
    SHARED_MICRO_BATCHES,
    Cut,
    compiled_cuts,
    cuts,
    fewest_chips,
    held_by,
    shared_cuts,
)
from ipuwhatif.model.language.language_memory import bytes_needed as bytes_of_language
from ipuwhatif.model.language.language_memory import least_bytes
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
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.precision import BF16, FP8, PRECISIONS
from ipuwhatif.model.roles import COMPILED, decoder_of, kernels_of, software_of
from ipuwhatif.model.shown import Cutting, Kind, Shown, cutting_of, shown_of
from ipuwhatif.model.statics import SharedCatalog
from ipuwhatif.networks.decoder import Decoder
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import dataclass
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, format_quantity

PIPELINE_STAGES = (1, 2, 4, 8, 16)
#: Chips of a stage, and stages, up to which language models without entries are cut where that fits.
USUAL_WIDTH, USUAL_STAGES = 8, 8
#: Chips that entries of language models, with the cut that was read, ran on.
LANGUAGE_ARCHITECTURES = ("gpu", "gaudi", "tpu")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A number of stages that fits: what its fullest stage holds, and the largest micro-batch beside it."""

    stages: int
    blocks: int  # on the most loaded stage; 0 without a pipeline
    off_chip: bool  # the optimizer state is streamed from the machine's memory
    micro_batch: int
    tensor: int = 1  # tensor and context parallel chips of each stage
    context: int = 1
    interleaving: int = 1  # pieces of the network on a stage
    recomputed: float = 0.0  # share of the layers
    precision: str = ""  # of the products of a language model
    gathers: int = 0  # of the weights in a micro-batch, where replicas share them
    by_product: bool = False

    @property
    def chips(self) -> int:
        """Chips of a replica."""
        return self.stages * self.tensor * self.context

    @property
    def interleaved_by(self) -> int:
        """What the micro-batches must divide by: pieces take turns over all stages (Megatron-LM's schedule)."""
        return self.stages if self.interleaving > 1 else 1

    @property
    def bits(self) -> int:
        """Of a number in a product; 16 but for language models."""
        return PRECISIONS[self.precision].bits if self.precision else 16

    @property
    def by_blocks(self) -> bool:
        """Whether each block of values has a scale of its own."""
        return bool(self.precision) and PRECISIONS[self.precision].by_blocks

    @property
    def held(self) -> tuple[float, ...]:
        """What decides the memory of a language model, in the order of `Held`."""
        cut = (self.tensor, self.context, self.stages, self.interleaving, self.recomputed)
        return *cut, self.bits, float(self.gathers > 0), float(self.by_product)


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
    decoder: Decoder | None = None  # sizes of a language model
    fewest: int = 0  # chips that a language model fits on
    shares_weights: bool = False  # replicas of a language model share weights, gradients and state
    as_people_do: bool = False  # a framework that people run
    sixteen_bit: bool = False  # unless 8 bit is asked for: frameworks, and jobs that no entry on such chips told of
    in_graph: bool = False  # a language model runs inside CUDA graphs where its micro-batches are small

    @property
    def least_chips(self) -> int:
        """The fewest chips that the job runs on."""
        return self.fewest or self.pipelines[0].chips

    @property
    def is_ipu(self) -> bool:
        return self.chip.architecture == "ipu"


@lru_cache(maxsize=512)
def plan_of(shared: SharedCatalog, kind: Kind) -> Plan:
    """The plan of a kind of cases. InputError where no number of chips can run it, or its pins exclude each other."""
    plan = draft_of(shared, kind)
    if plan.decoder is not None:
        return _language_plan(plan, cutting_of(shared, kind))
    fitting = _fitting(plan, kind.pins.micro_batch)
    if not fitting:
        raise InputError(_nowhere(plan))
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
        raise InputError(_not_laid_out(workload, system, chip))
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
    )
    _check_batch_pins(plan)
    if kind.cut != PinnedCut() and LANGUAGE not in workload.traits:
        raise InputError(
            tr(
                "{workload} is not cut that way: tensor and context parallel, precision and recompute are for language "
                "models",
                workload=workload.name,
            )
        )
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


def is_laid_out(workload: Workload, chip: Chip) -> bool:
    """Whether anybody has shown how such a job is laid out on such a chip: a language model has no entry on an IPU."""
    return LANGUAGE not in workload.traits or chip.architecture in LANGUAGE_ARCHITECTURES


def _not_laid_out(workload: Workload, system: System, chip: Chip) -> str:
    """What is said of a language model on chips that no entry of one ran on."""
    needed, held = least_bytes(decoder_of(workload)), chip.value("memory_size") * system.maximum_chips
    if needed > held:
        return tr(
            "{workload} does not fit: weights, gradients and Adam's state take {need}, {chips} of {system} hold {held}",
            workload=workload.name,
            need=format_quantity(needed, "B"),
            chips=chips_text(system.chip_word, system.maximum_chips),
            system=system.name,
            held=format_quantity(held, "B"),
        )
    return tr(
        "no entry shows how {workload} is laid out on a chip such as {chip}", workload=workload.name, chip=chip.name
    )


def _language_plan(plan: Plan, shown: Cutting) -> Plan:
    """The cuts to try: those that entries ran where one of them fits, else all. InputError where none does."""
    pins, sizes, shares = plan.kind.pins, plan.decoder, plan.shares_weights
    assert sizes is not None
    most = plan.system.maximum_chips
    some, precision = possible_cuts(plan, shown)
    bits = PRECISIONS[precision].bits
    fewest = _fewest_chips(plan, some, bits, room(plan.chip, plan.kind.memory))
    if not 0 < fewest <= most:
        raise InputError(
            tr(
                "{workload} does not fit on any number of chips of {system}: {reason}",
                workload=plan.workload,
                system=plan.system.name,
                reason=_language_shortage(plan, some[-1], bits, most),
            )
        )
    pipelines = tuple(
        Pipeline(
            cut.stages,
            -(-sizes.layers // cut.stages) if cut.stages > 1 else 0,
            False,
            pins.micro_batch or _largest_micro_batch(shown, shares),
            cut.tensor,
            cut.context,
            cut.interleaving,
            cut.recomputed,
            precision,
            cut.gathers,
            cut.by_product,
        )
        for cut in some
    )
    return replace(plan, pipelines=pipelines, fewest=fewest, in_graph=shown.in_graph and not shares)


def possible_cuts(plan: Plan, shown: Cutting) -> tuple[tuple[Cut, ...], str]:
    """The cuts of a language model to try as its pins let them, and what its products run in.

    They are those that entries ran where one of them fits somewhere, else all. InputError where pins leave none.
    """
    precision, possible = _precision(plan, shown), _cuts_of(plan, shown)
    bits = PRECISIONS[precision].bits
    ran = () if plan.as_people_do else tuple(cut for cut in possible if _is_shown(cut, shown))
    fits_somewhere = 0 < _fewest_chips(plan, ran, bits, room(plan.chip)) <= plan.system.maximum_chips if ran else False
    if fits_somewhere and not _is_pinned(plan.kind):
        possible = ran
    some = tuple(cut for cut in possible if _meets_pins(cut, plan.kind))
    if not some:
        raise InputError(_no_such_cut(plan, possible))
    return some, precision


def _fewest_chips(plan: Plan, some: tuple[Cut, ...], bits: int, free: float) -> int:
    """The fewest chips with so many bytes free that one of the cuts fits on; 0: none."""
    assert plan.decoder is not None
    micro = plan.kind.pins.micro_batch or 1
    return fewest_chips(plan.decoder, some, bits, free, micro, most_replicas(plan))


def _cuts_of(plan: Plan, shown: Cutting) -> tuple[Cut, ...]:
    """All cuts of a language model that its software knows."""
    assert plan.decoder is not None
    if plan.chip.architecture == COMPILED:
        return compiled_cuts(plan.decoder, plan.system.chips_per_domain, shown.recomputed)
    if plan.shares_weights:
        return shared_cuts()
    return cuts(plan.decoder, plan.system.chips_per_domain, plan.system.maximum_chips)


def _largest_micro_batch(shown: Cutting, shares: bool) -> int:
    return SHARED_MICRO_BATCHES[-1] if shares else shown.micro_batch or MICRO_BATCHES[-1]


def batch_asked(plan: Plan) -> float:
    """The one batch of a language model: the pinned or the published one; 0 where it is chosen among several."""
    return float(plan.kind.pins.global_batch or (plan.shown.published and plan.shown.batches[1]) or 0.0)


def most_replicas(plan: Plan) -> float:
    """Replicas of a language model that its largest batch has work for."""
    pins = plan.kind.pins
    at_once = (pins.micro_batch or 1) * (pins.gradient_accumulation or 1)
    return max(1.0, (batch_asked(plan) or plan.shown.batches[1]) // at_once)


def _is_shown(cut: Cut, shown: Cutting) -> bool:
    """Whether entries of the job ran a cut; of a job without entries, whether it is of the size of those of others.

    Compiled programs compute as many layers again as those of entries, or all.
    """
    if cut.by_product:
        return cut.recomputed in {1.0, *shown.recomputed} and (not shown.widths or cut.tensor in shown.widths)
    if shown.cuts:
        return (cut.tensor, cut.context, cut.stages) in shown.cuts
    return cut.tensor * cut.context <= USUAL_WIDTH and cut.stages <= USUAL_STAGES


def _precision(plan: Plan, shown: Cutting) -> str:
    """What products run in: as pinned, else 8 bit where the chip can and its last entries did. InputError where the
    data sheet has no rate for what is pinned."""
    pinned = plan.kind.cut.precision
    if not pinned:
        wide = plan.sixteen_bit or shown.sixteen_bit or not PRECISIONS[FP8].runs_on(plan.chip)
        return BF16 if wide else FP8
    if not PRECISIONS[pinned].runs_on(plan.chip):
        known = ", ".join(key for key, precision in PRECISIONS.items() if precision.runs_on(plan.chip))
        raise InputError(
            tr(
                "the data sheet of the {chip} has no rate for {precision}: possible are {known}",
                chip=plan.chip.name,
                precision=pinned,
                known=known,
            )
        )
    return pinned


def _is_pinned(kind: Kind) -> bool:
    """Whether the user holds any part of the cut."""
    return kind.pins.pipeline_stages is not None or kind.cut != PinnedCut()


def _meets_pins(cut: Cut, kind: Kind) -> bool:
    pins, together = kind.cut, cut.stages if cut.interleaving > 1 else 1
    return (
        kind.pins.pipeline_stages in (None, cut.stages)
        and (kind.pins.gradient_accumulation or together) % together == 0
        and pins.tensor_parallel in (None, cut.tensor)
        and pins.context_parallel in (None, cut.context)
        and (not pins.recompute or RECOMPUTE[pins.recompute] == cut.recomputed)
    )


def _no_such_cut(plan: Plan, possible: Sequence[Cut]) -> str:
    """What is said where no cut has the pinned parts: each of them with the values that there are."""
    kind = plan.kind
    asked = (
        (tr("tensor parallel {count}"), kind.cut.tensor_parallel, {cut.tensor for cut in possible}),
        (tr("context parallel {count}"), kind.cut.context_parallel, {cut.context for cut in possible}),
        (tr("{count} pipeline stages"), kind.pins.pipeline_stages, {cut.stages for cut in possible}),
    )
    wrong = next((each for each in asked if each[1] is not None and each[1] not in each[2]), None)
    if wrong is None:
        return tr("no cut of {workload} has all of the pinned parts: leave one of them out", workload=plan.workload)
    words, count, counts = wrong
    return tr(
        "{what} does not go with {workload} on {system}: possible are {possible}",
        what=words.format(count=count),
        workload=plan.workload,
        system=plan.system.name,
        possible=", ".join(str(each) for each in sorted(counts)),
    )


def _language_shortage(plan: Plan, cut: Cut, bits: int, chips: int) -> str:
    """What a chip lacks where a cut takes as many chips as there are, and its replicas share the optimizer's state."""
    return tr(
        "weights, Adam's state and activations need {need} of each chip; of its {memory}, {room} are there for that",
        need=format_quantity(float(_bytes_of_cuts(plan, (cut,), bits, chips)[0]), "B"),
        memory=format_quantity(plan.chip.value("memory_size") * plan.kind.memory, "B"),
        room=format_quantity(room(plan.chip, plan.kind.memory), "B"),
    )


def _bytes_of_cuts(plan: Plan, some: tuple[Cut, ...], bits: int, chips: int) -> FloatArray:
    """Bytes that cuts take of each chip with as many replicas as the chips and the batch let them, shape (cuts,)."""
    assert plan.decoder is not None
    replicas = np.array([replicas_of(plan, cut, chips) for cut in some])
    micro = np.array([float(plan.kind.pins.micro_batch or 1)])
    return bytes_of_language(plan.decoder, held_by(some, bits), replicas, micro)


def replicas_of(plan: Plan, cut: Cut, chips: int) -> float:
    """Replicas of a language model that the chips, and its largest batch, have room for."""
    return max(1.0, min(float(chips // cut.chips), most_replicas(plan)))


def least_cut(plan: Plan, some: Sequence[Cut], bits: int, chips: int) -> Cut:
    """Of the cuts that so few chips can fill the one that takes least of each, or of all where none of these can."""
    assert plan.decoder is not None
    small = tuple(cut for cut in some if cut.chips <= chips) or cuts(plan.decoder, plan.system.chips_per_domain, chips)
    return small[int(np.argmin(_bytes_of_cuts(plan, small, bits, chips)))]


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
    if part is None or batch is None or batch // part * plan.least_chips <= chips:
        return
    needed = batch // part
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {product}, and a global batch of {batch} takes {replicas} "
            "replicas, {chips} of the {there}",
            product=_product_text(plan),
            batch=format_number(batch),
            replicas=format_number(needed),
            chips=chips_text(word, needed * plan.least_chips),
            there=format_number(chips),
        )
    )


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
    if pinned is not None and smaller:
        return tr(
            "a micro-batch of {pinned} of {workload} does not fit on a {chip}: the largest that does is {largest}",
            pinned=format_number(pinned),
            workload=plan.workload,
            chip=plan.chip.name,
            largest=format_number(max(_largest(plan, each.stages, each.blocks, pinned)[0] for each in smaller)),
        )
    deepest = depths_of(plan)[-1]
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
    if plan.decoder is not None:
        return _too_few_for_language(plan, chips, smallest)
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
    deepest = max(stages for stages in depths_of(plan) if stages <= chips)
    return tr(
        "{workload} does not fit on {chips}: the smallest number that does is {smallest} {word}s ({reason})",
        workload=plan.workload,
        chips=count,
        smallest=smallest,
        word=word,
        reason=_shortage(plan, deepest),
    )


def _too_few_for_language(plan: Plan, chips: int, smallest: int) -> str:
    """The least that a chip would need with the cut that asks least of it."""
    some = [
        Cut(
            each.tensor,
            each.context,
            each.stages,
            each.interleaving,
            each.recomputed,
            each.gathers,
            each.by_product,
        )
        for each in plan.pipelines
    ]
    bits = plan.pipelines[0].bits
    return tr(
        "{workload} does not fit on {chips}: the smallest number that does is {smallest} {word}s ({reason})",
        workload=plan.workload,
        chips=chips_text(plan.system.chip_word, chips),
        smallest=format_number(smallest),
        word=plan.system.chip_word,
        reason=_language_shortage(plan, least_cut(plan, some, bits, chips), bits, chips),
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
