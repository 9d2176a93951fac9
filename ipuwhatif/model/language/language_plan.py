"""Which cuts of a language model fit the memory of a chip, and why none does."""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.catalog.types import LANGUAGE, Chip, System, Workload
from ipuwhatif.model.case import PinnedCut
from ipuwhatif.model.language.language_cuts import (
    MICRO_BATCHES,
    RECOMPUTE,
    SHARED_MICRO_BATCHES,
    Cut,
    chips_to_fit,
    compiled_cuts,
    cuts,
    fewest_chips,
    held_by,
    shared_cuts,
)
from ipuwhatif.model.language.language_memory import bytes_needed as bytes_of_language
from ipuwhatif.model.language.language_memory import least_bytes
from ipuwhatif.model.layouts.plan import Pipeline, Plan
from ipuwhatif.model.memory import (
    room,
)
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.precision import BF16, FP8, PRECISIONS
from ipuwhatif.model.reasons import (
    CutPart,
    CutPartsExclude,
    FitsNowhere,
    LanguageShortage,
    NoEntry,
    NoRate,
    NoSuchCut,
    StateTooLarge,
)
from ipuwhatif.model.roles.language import COMPILED, decoder_of
from ipuwhatif.model.shown import Cutting, Kind
from ipuwhatif.records import replace
from ipuwhatif.units import RefusedError

#: Chips of a stage, and stages, up to which language models without entries are cut where that fits.
USUAL_WIDTH, USUAL_STAGES = 8, 8
#: Chips that entries of language models, with the cut that was read, ran on.
LANGUAGE_ARCHITECTURES = ("gpu", "gaudi", "tpu")


def language_plan(plan: Plan, shown: Cutting) -> Plan:
    """The cuts to try: those that entries ran where one of them fits, else all that do. InputError where none does."""
    pins, sizes, shares = plan.kind.pins, plan.decoder, plan.shares_weights
    assert sizes is not None
    most = plan.system.maximum_chips
    some, others, precision = possible_cuts(plan, shown)
    bits, free = PRECISIONS[precision].bits, room(plan.chip, plan.kind.memory)
    fewest = _fewest_chips(plan, some, bits, free)
    smaller = tuple(
        cut for cut, chips in zip(others, _chips_to_fit(plan, others, bits, free), strict=True) if chips < fewest
    )
    if not 0 < fewest <= most:
        raise RefusedError(FitsNowhere(plan.workload, plan.system.name, _shortage(plan, some[-1], bits, most)))
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
            fewest if place >= len(some) else 0,
        )
        for place, cut in enumerate((*some, *smaller))
    )
    fewest = _fewest_chips(plan, (*some, *smaller), bits, free)
    return replace(plan, pipelines=pipelines, fewest=fewest, in_graph=shown.in_graph and not shares)


def possible_cuts(plan: Plan, shown: Cutting) -> tuple[tuple[Cut, ...], tuple[Cut, ...], str]:
    """The cuts of a language model to try as its pins let them, those for fewer chips, and what its products run in.

    The first are those that entries ran where one of them fits somewhere, else all; the others, that nobody ran, are
    for fewer chips than these fit on. InputError where pins leave none.
    """
    precision, possible = _precision(plan, shown), _cuts_of(plan, shown)
    bits = PRECISIONS[precision].bits
    ran = () if plan.as_people_do else tuple(cut for cut in possible if _is_shown(cut, shown))
    fits_somewhere = 0 < _fewest_chips(plan, ran, bits, room(plan.chip)) <= plan.system.maximum_chips if ran else False
    if fits_somewhere and not _is_pinned(plan.kind):
        return ran, tuple(cut for cut in possible if cut not in set(ran)), precision
    some = tuple(cut for cut in possible if _meets_pins(cut, plan.kind))
    if not some:
        raise RefusedError(_no_such_cut(plan, possible))
    return some, (), precision


def _chips_to_fit(plan: Plan, some: tuple[Cut, ...], bits: int, free: float) -> FloatArray:
    """The fewest chips with so many bytes free that each of the cuts fits on, shape (cuts,); nan: none."""
    assert plan.decoder is not None
    if not some:
        return np.empty(0)
    micro = plan.kind.pins.micro_batch or 1
    return chips_to_fit(plan.decoder, some, bits, free, micro, most_replicas(plan))


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
        known = tuple(key for key, precision in PRECISIONS.items() if precision.runs_on(plan.chip))
        raise RefusedError(NoRate(plan.chip.name, pinned, known))
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


def _no_such_cut(plan: Plan, possible: Sequence[Cut]) -> NoSuchCut | CutPartsExclude:
    """Why no cut has the pinned parts: the first of them that none has, with the values that there are."""
    kind = plan.kind
    asked = (
        (CutPart.TENSOR, kind.cut.tensor_parallel, {cut.tensor for cut in possible}),
        (CutPart.CONTEXT, kind.cut.context_parallel, {cut.context for cut in possible}),
        (CutPart.STAGES, kind.pins.pipeline_stages, {cut.stages for cut in possible}),
    )
    for part, count, counts in asked:
        if count is not None and count not in counts:
            return NoSuchCut(plan.workload, plan.system.name, part, count, tuple(sorted(counts)))
    return CutPartsExclude(plan.workload)


def _shortage(plan: Plan, cut: Cut, bits: int, chips: int) -> LanguageShortage:
    """What a chip lacks where a cut takes as many chips as there are, and its replicas share the optimizer's state."""
    return LanguageShortage(
        need=float(_bytes_of_cuts(plan, (cut,), bits, chips)[0]),
        free=room(plan.chip, plan.kind.memory),
        memory=plan.chip.value("memory_size") * plan.kind.memory,
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


def shortage_of_language(plan: Plan, chips: int) -> LanguageShortage:
    """What a chip lacks with the cut that asks least of it, where the chips are too few."""
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
    return _shortage(plan, least_cut(plan, some, bits, chips), bits, chips)


def is_laid_out(workload: Workload, chip: Chip) -> bool:
    """Whether anybody has shown how such a job is laid out on such a chip: a language model has no entry on an IPU."""
    return LANGUAGE not in workload.traits or chip.architecture in LANGUAGE_ARCHITECTURES


def not_laid_out(workload: Workload, system: System, chip: Chip, layers: tuple[int, ...]) -> StateTooLarge | NoEntry:
    """Why a language model is not laid out on chips that no entry of one ran on. layers: sizes that a user sets."""
    chips = system.maximum_chips
    needed, held = least_bytes(decoder_of(workload, layers)), chip.value("memory_size") * chips
    if needed > held:
        return StateTooLarge(workload.name, needed, system.chip_word, chips, system.name, held)
    return NoEntry(workload.name, chip.name)
