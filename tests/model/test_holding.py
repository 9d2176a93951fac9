"""The parts of a chip's memory add up to what the search checks, whatever the layout."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, PinnedCut, Pins
from ipuwhatif.model.holding import Holding, fewest_to_fit, holding_of, least_holding
from ipuwhatif.model.language.language_memory import Held, bytes_needed, least_bytes, least_parts, parts_needed
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.memory import PARTS, blocks_per_stage, fullest, needs, reserve, room, sizes_of
from ipuwhatif.model.memory import bytes_needed as bytes_of_network
from ipuwhatif.model.roles.language import decoder_of, is_language_model
from ipuwhatif.units import format_quantity
from tests.model.prior import CATALOG, CENTER
from tests.model.reasons import reason_told
from tests.model.space import cases

DECODERS = {key: decoder_of(each) for key, each in CATALOG.workloads.items() if is_language_model(each)}
SWITCH, SHARE = st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 0.5, 1.0])
ENTRIES = [entry for entry in CATALOG.official if entry.layout and entry.choice and entry.workload]


def case_of(workload: str, system: str, chips: int, pins: Pins = Pins(), cut: PinnedCut = PinnedCut()) -> Case:  # noqa: B008
    recipe = CATALOG.workloads[workload].recipes[0]
    release = "2025-06" if workload in DECODERS else "2021-12"
    return Case(workload, SystemChoice(system, chips), release, recipe, pins=pins, cut=cut)


@settings(max_examples=200)
@given(
    workload=st.sampled_from(sorted(DECODERS)),
    cut=st.tuples(*(st.sampled_from([1.0, 2.0, 4.0, 8.0]) for _ in range(4)), SHARE, SWITCH, SWITCH, SWITCH),
    replicas=st.integers(1, 2048),
    micro_batch=st.integers(1, 128),
)
def test_that_the_parts_of_a_language_model_add_up(
    workload: str, cut: tuple[float, ...], replicas: int, micro_batch: int
) -> None:
    held = Held(*map(np.array, cut))
    counts = np.array([float(replicas), 1.0]), np.array([float(micro_batch), 1.0])
    parts = parts_needed(DECODERS[workload], held, *counts)
    assert all((size >= 0.0).all() for size in parts.values())
    np.testing.assert_allclose(sum(parts.values()), bytes_needed(DECODERS[workload], held, *counts), rtol=1e-12)


@pytest.mark.parametrize("workload", DECODERS)
def test_that_the_least_of_a_language_model_is_told_by_part(workload: str) -> None:
    parts = least_parts(DECODERS[workload])
    assert sum(parts.values()) == least_bytes(DECODERS[workload]) and set(parts) < set(PARTS)


@settings(max_examples=60)
@given(
    network=st.sampled_from(["bert-large", "gpt2-large", "vit-b16", "efficientnet-b4", "resnet50"]),
    architecture=st.sampled_from(["ipu", "gpu"]),
    optimizer=st.sampled_from(OPTIMIZERS),
    stages=st.sampled_from([1, 2, 4, 8]),
    micro_batch=st.integers(1, 64),
    off_chip=st.booleans(),
)
def test_that_the_parts_of_a_network_add_up(
    network: str, architecture: str, optimizer: str, stages: int, micro_batch: int, off_chip: bool
) -> None:
    sizes = sizes_of(network, architecture)
    stages = stages if sizes.blocks else 1
    loaded = blocks_per_stage(sizes, stages, "2021-12")
    needed = needs(sizes, architecture, optimizer, stages, loaded, off_chip=off_chip)
    parts = fullest(needed, micro_batch).parts(micro_batch)
    assert sum(parts.values()) == pytest.approx(bytes_of_network(needed, micro_batch), rel=1e-12)


@settings(max_examples=60)
@given(case=cases())
def test_that_what_a_layout_holds_fits_where_the_search_says_so(case: Case) -> None:
    (layout,) = choose_layouts(CATALOG, [case], CENTER)
    holding = holding_of(CATALOG, case, layout)
    assert holding.fits or case.policy == AS_SUBMITTED  # whose layout is kept on a smaller memory as well
    assert tuple(holding.parts) == PARTS and all(size >= 0.0 for size in holding.parts.values())
    assert holding.needed + holding.free == pytest.approx(holding.memory)
    assert bool(holding.beyond) != holding.fits


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_that_what_an_entry_ran_fits(entry: OfficialResult) -> None:
    assert entry.layout and entry.choice and entry.workload
    case = Case(entry.workload, entry.choice, entry.release, entry.division)
    assert holding_of(CATALOG, case, entry.layout).fits


@pytest.mark.parametrize(
    ("workload", "system", "chips", "part"),
    [
        ("llama31-70b", "hgx-h100", 1, "weights"),
        ("llama31-405b", "hgx-h200", 8, "gradients"),
        ("llama31-405b", "ipu-pod", 64, "weights"),
        ("bert-large", "ipu-pod", 2, "activations"),
    ],
)
def test_that_a_job_without_room_is_told_by_the_bytes_of_its_refusal(
    workload: str, system: str, chips: int, part: str
) -> None:
    case = case_of(workload, system, chips)
    holding, chip = least_holding(CATALOG, case), CATALOG.chip_of(case.choice)
    assert not holding.fits and holding.beyond == part
    without = holding.needed - reserve(chip)
    needed = without * (chips if holding.layout is None else 1)
    assert format_quantity(needed, "B") in reason_told(CATALOG, case)
    assert holding.memory - holding.parts["reserve"] == pytest.approx(room(chip))


def test_that_the_fewest_chips_that_fit_do_and_one_less_does_not() -> None:
    for workload, system in (("llama31-70b", "hgx-h100"), ("llama31-405b", "hgx-h200"), ("bert-large", "ipu-pod")):
        fewest = fewest_to_fit(CATALOG, case_of(workload, system, 1))
        fits = [not reason_told(CATALOG, case_of(workload, system, count)) for count in (fewest, fewest - 1)]
        assert fits == [True, False], workload
    assert fewest_to_fit(CATALOG, case_of("llama31-405b", "ipu-pod", 64)) == 0


def test_that_a_pinned_cut_is_the_one_that_is_told() -> None:
    cut = PinnedCut(tensor_parallel=1, recompute="none", precision="bf16")
    layout = least_holding(CATALOG, case_of("llama31-70b", "hgx-h100", 32, cut=cut)).layout
    assert layout is not None
    assert (layout.tensor_parallel, layout.recomputed, layout.precision) == (1, 0.0, "bf16")


def test_that_a_larger_memory_has_room_for_the_same_layout() -> None:
    holding = least_holding(CATALOG, case_of("bert-large", "ipu-pod", 2))
    share = holding.parts["reserve"] / holding.memory
    parts = {**holding.parts, "reserve": share * holding.memory_to_fit}
    assert Holding(parts, holding.memory_to_fit, holding.layout).fits
    assert not Holding(parts, 0.999 * holding.memory_to_fit, holding.layout).fits
