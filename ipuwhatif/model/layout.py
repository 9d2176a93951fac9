"""How a job is laid over the chips: an entry's own layout, or a search for the least time-to-train that fits.

What fits is read from the entries: the largest micro-batch that any of them ran on a chip, the pipelines they used.
Parts that the user pins are kept; the search fills in the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

import numpy as np

from ipuwhatif.catalog.types import Catalog, Chip, Layout, OfficialResult
from ipuwhatif.model.case import AS_SUBMITTED, BEST, Case, Gains, Pins
from ipuwhatif.model.lower import HEAD_BLOCKS, SharedCatalog, lower
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.networks.library import network_for, samples_per_pack
from ipuwhatif.units import InputError

#: Weights and gradients in fp16; two fp32 moments of the optimizer where they stay on the chip.
RESIDENT_BYTES, MOMENT_BYTES = 4.0, 8.0
#: Share of the memory of an IPU that weights may take; the rest holds activations and code.
WEIGHT_SHARE = 0.6
#: Before v1.1 whole layers (two blocks) were put on a stage, then half layers: 14 and 8 blocks became 13 and 7.
BLOCKS_MOVED_TOGETHER = {"2021-12": 1}
PIPELINE_STAGES = (1, 2, 4, 8, 16)
STEP_BETWEEN_CANDIDATES = 1.12
LARGEST_ACCUMULATION = 4096


@dataclass(frozen=True, slots=True)
class Shown:
    """What entries have shown to work for a workload on an architecture (and, for memory, on a chip)."""

    micro_batch: int  # the largest, on this chip
    smallest_micro_batch: int
    normalised_together: int  # the fewest samples over which an entry took its batch normalisation
    batches: tuple[int, int]  # global batch, smallest and largest, reference points included
    optimizer: str
    graph_micro_batch: int  # largest micro-batch run inside a CUDA graph; 0: none


def choose_layouts(catalog: Catalog, cases: Sequence[Case], parameters: FloatArray) -> tuple[Layout, ...]:
    """A layout for each case by its policy and pins.

    parameters: central values, shape (1, parameters). Raises InputError where nothing fits, or where a layout as
    submitted is asked for and no such entry exists; the message names what does exist.
    """
    # What a chip or link gains does not change what can be tried, so that a slider finds the options again.
    options = [_tried(SharedCatalog(catalog), replace(case, gains=Gains())) for case in cases]
    flat = [(case, layout) for case, layouts in zip(cases, options, strict=True) for layout in layouts]
    if all(len(layouts) == 1 for layouts in options):
        return tuple(layouts[0] for layouts in options)
    inputs = lower(catalog, [case for case, _ in flat], [layout for _, layout in flat])
    times = evaluate(inputs, parameters).time_to_train[0]
    chosen, start = [], 0
    for layouts in options:
        best = int(np.argmin(times[start : start + len(layouts)]))
        chosen.append(layouts[best])
        start += len(layouts)
    return tuple(chosen)


def reason_not_to_fit(catalog: Catalog, case: Case) -> str:
    """Why a case has no layout, or "" when it has one."""
    try:
        _tried(SharedCatalog(catalog), replace(case, gains=Gains()))
    except InputError as fault:
        return str(fault)
    return ""


@lru_cache(maxsize=512)
def _tried(shared: SharedCatalog, case: Case) -> tuple[Layout, ...]:
    return tuple(_options(shared.catalog, case))


def _options(catalog: Catalog, case: Case) -> Iterator[Layout]:
    system = catalog.systems[case.choice.system]
    chip = catalog.chips[system.chip]
    shown = shown_to_work(catalog, case)
    _check_batch_pins(case)
    _check_micro_batch(case, chip, shown)
    if case.policy == AS_SUBMITTED:
        yield _as_submitted(catalog, case, chip, shown)
        return
    found: list[Layout] = []
    for stages in _pipelines(catalog, case, chip):
        found += _for_pipeline(catalog, case, chip, shown, stages)
    yield from _within(found, shown.batches) if case.pins.global_batch is None else found


def _as_submitted(catalog: Catalog, case: Case, chip: Chip, shown: Shown) -> Layout:
    entries = [
        entry
        for entry in catalog.official
        if entry.layout is not None
        and entry.choice is not None
        and (entry.workload, entry.release, entry.division) == (case.workload, case.release, case.recipe)
        and entry.choice.system == case.choice.system
    ]
    layout = next((entry.layout for entry in entries if entry.choice == case.choice), None)
    if layout is None:
        word = catalog.systems[case.choice.system].chip_word
        counts = ", ".join(str(count) for count in sorted({entry.chips for entry in entries}))
        exists = f"entries exist with {counts} {word}s" if counts else "no entry of this kind exists"
        raise InputError(
            f"no {case.recipe} entry as of {case.release} with {case.choice.chips} {word}s of {case.choice.system}: "
            f"{exists}; use the layout policy best"
        )
    if case.pins.pipeline_stages is not None:
        _pipelines(catalog, case, chip)  # refuses a pipeline that does not fit
    blocks = network_for(catalog.workloads[case.workload].network, chip.architecture).blocks
    return _with_pins(submitted(layout), case, chip, shown, blocks)


def submitted(layout: Layout) -> Layout:
    """An entry's layout as the layout of a case: its recipe is the one tuned for its batch."""
    return replace(layout, policy=AS_SUBMITTED, recipe_batch=layout.global_batch)


def _with_pins(layout: Layout, case: Case, chip: Chip, shown: Shown, blocks: int) -> Layout:
    """A submitted layout with the pinned parts changed and the global batch that follows from them."""
    pins = case.pins
    stages = pins.pipeline_stages or layout.pipeline_stages
    replicas = max(1, layout.replicas * layout.pipeline_stages // stages)
    micro = pins.micro_batch or layout.micro_batch
    accumulation = pins.gradient_accumulation or layout.gradient_accumulation
    if pins.global_batch is not None:
        largest = shown.micro_batch if pins.gradient_accumulation is not None else layout.micro_batch
        micro, accumulation = _split(pins, chip, largest, replicas * layout.samples_per_pack)
    loaded = (
        layout.blocks_per_stage if stages == layout.pipeline_stages else _loaded_blocks(blocks, stages, case.release)
    )
    return replace(
        layout,
        replicas=replicas,
        pipeline_stages=stages,
        micro_batch=micro,
        gradient_accumulation=accumulation,
        blocks_per_stage=loaded,
        global_batch=round(replicas * accumulation * micro * layout.samples_per_pack),
    )


def _summary(entries: Sequence[OfficialResult], references: Sequence[int], release: str) -> Shown:
    layouts = [(entry, entry.layout) for entry in entries if entry.layout is not None]
    recent = [(entry, layout) for entry, layout in layouts if entry.release <= release]
    latest = max(recent or layouts, key=lambda pair: pair[0].release)
    graphs = [layout.micro_batch for entry, layout in layouts if layout.cuda_graph and entry.release >= "2021-06"]
    batches = [*(layout.global_batch for _, layout in layouts), *references]
    return Shown(
        micro_batch=max(layout.micro_batch for _, layout in layouts),
        normalised_together=min(layout.micro_batch * layout.batch_norm_group for _, layout in layouts),
        smallest_micro_batch=min(layout.micro_batch for _, layout in layouts),
        batches=(min(batches), max(batches)),
        optimizer=latest[1].optimizer,
        graph_micro_batch=max(graphs, default=0),
    )


def shown_to_work(catalog: Catalog, case: Case) -> Shown:
    """What entries with a published layout have run for the case's workload on its architecture."""
    return _shown(SharedCatalog(catalog), case.workload, catalog.systems[case.choice.system].chip, case.release)


@lru_cache(maxsize=256)
def _shown(shared: SharedCatalog, workload: str, chip: str, release: str) -> Shown:
    catalog = shared.catalog
    architecture = catalog.chips[chip].architecture
    entries = [
        (entry, catalog.systems[entry.choice.system].chip)
        for entry in catalog.official
        if entry.workload == workload and entry.layout is not None and entry.choice is not None
    ]
    alike = [entry for entry, other in entries if catalog.chips[other].architecture == architecture]
    references = [point.global_batch for point in catalog.references if point.workload == workload]
    shown = _summary(alike, references, release)
    same_chip = [entry for entry, other in entries if other == chip]
    return replace(shown, micro_batch=_summary(same_chip, references, release).micro_batch) if same_chip else shown


def _check_batch_pins(case: Case) -> None:
    pins = case.pins
    if None not in (pins.global_batch, pins.micro_batch, pins.gradient_accumulation):
        raise InputError(
            "global batch, micro-batch and gradient accumulation are all pinned: "
            "leave one of them open, it follows from the other two"
        )


def _check_micro_batch(case: Case, chip: Chip, shown: Shown) -> None:
    pinned = case.pins.micro_batch
    if pinned is not None and pinned > shown.micro_batch:
        raise InputError(
            f"a micro-batch of {pinned} is not known to fit on a {chip.name}: "
            f"the largest that an entry ran is {shown.micro_batch}"
        )


def _pipelines(catalog: Catalog, case: Case, chip: Chip) -> list[int]:
    """Numbers of pipeline stages whose share of the weights fits a chip and that the chip count can fill."""
    network = network_for(catalog.workloads[case.workload].network, chip.architecture)
    room = WEIGHT_SHARE * chip.value("memory_size")
    fitting = [
        stages
        for stages in PIPELINE_STAGES
        if network.parameters / stages * RESIDENT_BYTES <= room and (stages == 1 or network.blocks > 0)
    ]
    # The shortest pipeline that fits, and the one that also holds the optimizer's state, as entries did; no deeper.
    deep_enough = [
        stages for stages in fitting if network.parameters / stages * (RESIDENT_BYTES + MOMENT_BYTES) <= room
    ]
    useful = sorted({fitting[0], deep_enough[0] if deep_enough else fitting[-1]})
    pinned = case.pins.pipeline_stages
    if pinned is not None:
        if pinned not in fitting:
            raise InputError(
                f"{pinned} pipeline stages do not fit {case.workload} on a {chip.name}: "
                f"possible are {', '.join(str(stages) for stages in fitting)}"
            )
        useful = [pinned]
    possible = [stages for stages in useful if stages <= case.choice.chips]
    if not possible:
        word = catalog.systems[case.choice.system].chip_word
        chips = f"{case.choice.chips} {word}{'' if case.choice.chips == 1 else 's'}"
        what = case.workload if pinned is None else f"{case.workload} in {pinned} pipeline stages"
        raise InputError(f"{what} does not fit on {chips}: the smallest number that does is {useful[0]} {word}s")
    return possible


def _for_pipeline(catalog: Catalog, case: Case, chip: Chip, shown: Shown, stages: int) -> Iterator[Layout]:
    network = network_for(catalog.workloads[case.workload].network, chip.architecture)
    pack = samples_per_pack(network.key, chip.architecture)
    replicas = case.choice.chips // stages
    resident = network.parameters / stages * (RESIDENT_BYTES + MOMENT_BYTES)
    template = Layout(
        policy=BEST,
        global_batch=0,
        replicas=replicas,
        pipeline_stages=stages,
        micro_batch=1,
        gradient_accumulation=1,
        samples_per_pack=pack,
        blocks_per_stage=_loaded_blocks(network.blocks, stages, case.release) if stages > 1 else 0,
        off_chip_state=chip.architecture == "ipu" and resident > WEIGHT_SHARE * chip.value("memory_size"),
        optimizer=shown.optimizer,
    )
    for micro, accumulation in _batches(case, chip, shown, replicas * pack):
        yield replace(
            template,
            micro_batch=micro,
            gradient_accumulation=accumulation,
            global_batch=round(replicas * pack * micro * accumulation),
            batch_norm_group=min(replicas, _batch_norm_group(micro, shown)) if network.batch_normalisations else 1,
            cuda_graph=micro <= shown.graph_micro_batch and case.release >= "2021-06",
        )


def _batches(case: Case, chip: Chip, shown: Shown, unit: float) -> Iterator[tuple[int, int]]:
    """Micro-batch and gradient accumulation to try; `unit` is the global batch of one sample per replica.

    IPU entries ran one micro-batch and varied the accumulation; GPU entries varied the micro-batch and accumulate
    only where a batch does not fit at once.
    """
    pins = case.pins
    by_accumulation = chip.architecture == "ipu"
    if pins.global_batch is not None:
        yield _split(pins, chip, shown.micro_batch, unit)
        return
    if pins.micro_batch is not None:
        micros: Sequence[int] = [pins.micro_batch]
    elif by_accumulation:
        micros = [shown.micro_batch]
    else:
        micros = _spread(shown.smallest_micro_batch, shown.micro_batch)
    for micro in micros:
        if pins.gradient_accumulation is not None:
            yield micro, pins.gradient_accumulation
        elif by_accumulation or pins.micro_batch is not None or unit * shown.micro_batch < shown.batches[0]:
            yield from ((micro, accumulation) for accumulation in _spread(1, LARGEST_ACCUMULATION))
        else:
            yield micro, 1


def _split(pins: Pins, chip: Chip, largest: int, unit: float) -> tuple[int, int]:
    """Micro-batch and gradient accumulation nearest to a pinned global batch, as entries of the architecture split it.

    largest: of the micro-batches that fit; unit: the global batch of one sample per replica.
    """
    assert pins.global_batch is not None
    per_replica = pins.global_batch / unit
    accumulation = pins.gradient_accumulation
    if accumulation is None and (pins.micro_batch is not None or chip.architecture == "ipu"):
        micro = pins.micro_batch or largest
        return micro, max(1, round(per_replica / micro))
    accumulation = accumulation or max(1, ceil(round(per_replica) / largest))
    return min(largest, max(1, round(per_replica / accumulation))), accumulation


def _within(found: list[Layout], batches: tuple[int, int]) -> list[Layout]:
    """Layouts whose global batch lies where convergence was measured; the nearest ones where none does."""
    smallest, largest = batches
    inside = [layout for layout in found if smallest <= layout.global_batch <= largest]
    if inside:
        return inside
    nearest = min(max(smallest / layout.global_batch, layout.global_batch / largest) for layout in found)
    return [
        layout
        for layout in found
        if max(smallest / layout.global_batch, layout.global_batch / largest) <= nearest * (1.0 + 1e-9)
    ]


def _batch_norm_group(micro_batch: int, shown: Shown) -> int:
    """Chips that must normalise together so that as many samples meet as in any entry; a power of two."""
    return 1 << max(0, ceil(shown.normalised_together / micro_batch) - 1).bit_length()


def _loaded_blocks(blocks: int, stages: int, release: str) -> int:
    together = BLOCKS_MOVED_TOGETHER.get(release, 2)
    return ceil((blocks + HEAD_BLOCKS) / stages / together) * together


@lru_cache(maxsize=64)
def _spread(first: int, last: int) -> tuple[int, ...]:
    """Whole numbers from first to last, each at least STEP_BETWEEN_CANDIDATES times the one before."""
    values, current = [first], float(first)
    while values[-1] < last:
        current = max(current * STEP_BETWEEN_CANDIDATES, values[-1] + 1.0)
        values.append(min(last, round(current)))
    return tuple(values)
