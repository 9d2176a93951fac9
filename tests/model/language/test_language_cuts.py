"""Cuts of a language model, the memory that each takes, and the layouts that are searched among them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.calibration.entries import is_language
from ipuwhatif.calibration.store import load
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import TARGET, Chip, OfficialResult, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, PinnedCut, Pins
from ipuwhatif.model.language.language_cuts import COMPILED_WIDTHS, Cut, cuts, fewest_chips, held_by, pieces
from ipuwhatif.model.language.language_memory import Held, bytes_needed, parameters_held
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.memory import room
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.networks.decoder import DECODERS
from ipuwhatif.records import replace
from ipuwhatif.units import InputError
from tests.model.reasons import reason_told
from tests.model.space import PINS

CATALOG = load_catalog()
CENTER = load().center
ENTRIES = [each for each in CATALOG.official if usable(each) and is_language(each.workload)]
LLAMA = DECODERS["llama31-405b"]


def held(**changes: float) -> Held:
    usual = {"tensor": 1, "context": 1, "stages": 1, "interleaving": 1, "recomputed": 0, "bits": 16}
    return Held(**{name: np.array(float(value)) for name, value in (usual | changes).items()})


def bytes_of(workload: str, layout: Layout, chip: Chip) -> float:
    """What the fullest chip of a layout holds."""
    compiled = chip.architecture == "tpu"
    cut = Cut(
        layout.tensor_parallel,
        layout.context_parallel,
        layout.pipeline_stages,
        layout.interleaving,
        layout.recomputed,
        layout.gathers,
        compiled,
    )
    share, counts = held_by((cut,), PRECISIONS[layout.precision].bits), (layout.replicas, layout.micro_batch)
    return float(bytes_needed(DECODERS[workload], share, *(np.array([float(count)]) for count in counts))[0])


def layout_of(workload: str, system: str, chips: int, pins: Pins = Pins(), recipe: str = "closed"):  # noqa: B008
    case = Case(workload, SystemChoice(system, chips), "2025-06", recipe, pins=pins)
    return choose_layouts(CATALOG, [case], CENTER)[0]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_that_what_an_entry_ran_fits_its_chips(entry: OfficialResult) -> None:
    layout, chip = entry.layout, CATALOG.chip_of(entry.choice)
    assert bytes_of(entry.workload, layout, chip) <= room(chip)


def test_that_a_chip_holds_its_part_of_the_weights() -> None:
    assert parameters_held(LLAMA, held()) == pytest.approx(LLAMA.parameters, rel=1e-5)
    whole = parameters_held(DECODERS["gpt3-175b"], held(tensor=4, stages=8))
    assert whole == pytest.approx(DECODERS["gpt3-175b"].parameters / 32, rel=0.03)


def test_that_replicas_share_the_state_and_recomputation_saves_activations() -> None:
    one, many = (float(bytes_needed(LLAMA, held(), np.array(count), np.array(1.0))) for count in (1.0, 8.0))
    assert one - many == pytest.approx(12 * LLAMA.parameters * 7 / 8, rel=1e-5)
    again = float(bytes_needed(LLAMA, held(recomputed=1), np.array(1.0), np.array(1.0)))
    assert again < one


def test_that_adapters_leave_only_the_weights_to_hold() -> None:
    sizes = DECODERS["llama2-70b-lora"]
    needed = float(bytes_needed(sizes, held(bits=8, recomputed=1), np.array(1.0), np.array(1.0)))
    assert sizes.parameters < needed < 1.3 * sizes.parameters


def test_that_pieces_divide_the_layers_of_a_stage() -> None:
    assert pieces(DECODERS["gpt3-175b"], 8) == 12
    assert pieces(LLAMA, 8) == 8
    assert pieces(LLAMA, 1) == 1


def test_that_cuts_divide_the_heads_and_stay_inside_a_domain() -> None:
    found = cuts(LLAMA, domain=4, most=64)
    assert max(cut.tensor for cut in found) == 4
    assert all(cut.chips <= 64 for cut in found)


def test_that_fewer_chips_suffice_with_more_memory() -> None:
    some = cuts(LLAMA, domain=8, most=16384)
    small, large = (fewest_chips(LLAMA, some, True, size, 1) for size in (72e9, 160e9))
    assert 0 < large < small


def test_that_what_does_not_fit_says_what_it_needs_and_what_does() -> None:
    with pytest.raises(InputError, match=r"Llama 3\.1 405B does not fit on 8 GPUs: .* is \d+ GPUs \(weights, Adam's"):
        layout_of("llama31-405b", "dgx-h100", 8)


def test_that_what_is_larger_than_the_largest_system_is_said_to_be() -> None:
    words = "weights, gradients and Adam's state take 7.31 TB, 1,024 IPUs of IPU-POD hold 922 GB"
    with pytest.raises(InputError, match=f"Llama 3.1 405B does not fit: {words}"):
        layout_of("llama31-405b", "ipu-pod", 256)


def test_that_chips_without_an_entry_of_the_kind_are_refused() -> None:
    with pytest.raises(InputError, match="no entry shows how"):
        layout_of("llama31-8b", "ipu-pod", 256, recipe="stated")


@pytest.mark.parametrize(
    ("workload", "system", "chips"),
    [("llama2-70b-lora", "dgx-h100", 64), ("llama31-405b", "gb200-nvl72", 1536), ("gpt3-175b", "dgx-h100", 1024)],
)
def test_that_a_searched_layout_multiplies_out(workload: str, system: str, chips: int) -> None:
    layout = layout_of(workload, system, chips)
    assert layout.replicas * layout.micro_batch * layout.gradient_accumulation == layout.global_batch
    assert layout.replicas * layout.replica_chips <= chips
    if layout.interleaving > 1:
        assert layout.gradient_accumulation % layout.pipeline_stages == 0


def test_that_a_search_finds_what_entries_ran() -> None:
    """Llama 2 70B LoRA on 64 H100: TP 4 × CP 2 × DP 8 at batch 8, as every entry of the size."""
    layout = layout_of("llama2-70b-lora", "dgx-h100", 64)
    assert (layout.tensor_parallel, layout.context_parallel, layout.replicas, layout.global_batch) == (4, 2, 8, 8)


def test_that_pinned_parts_are_kept() -> None:
    layout = layout_of("gpt3-175b", "dgx-h100", 512, Pins(global_batch=1536, pipeline_stages=8, micro_batch=1))
    assert (layout.global_batch, layout.pipeline_stages, layout.micro_batch) == (1536, 8, 1)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_that_any_pinned_batch_of_a_language_model_has_a_layout_or_a_reason(data: st.DataObject) -> None:
    workload = data.draw(st.sampled_from(sorted(DECODERS)))
    system = data.draw(
        st.sampled_from(["dgx-a100", "a100-40gb-x4", "dgx-h100", "gb200-nvl72", "gaudi2", "l40s", "tpu-v5e", "tpu-v6e"])
    )
    largest = CATALOG.systems[system].maximum_chips
    chips = min(largest, data.draw(st.sampled_from([1, 2, 4, 8, 16, 72, 512]) | st.integers(1, largest)))
    recipe, pins = CATALOG.workloads[workload].recipes[0], data.draw(PINS)
    case = Case(workload, SystemChoice(system, chips), "2025-06", recipe, pins=pins)
    if not reason_told(CATALOG, case):
        (layout,) = choose_layouts(CATALOG, [case], CENTER)
        for part in ("micro_batch", "pipeline_stages", "gradient_accumulation"):
            assert getattr(pins, part) in (None, getattr(layout, part)), part
        chip = CATALOG.chip_of(case.choice)
        assert bytes_of(workload, layout, chip) <= room(chip)


def test_that_a_batch_too_small_for_its_replicas_is_run_on_fewer_chips() -> None:
    """A batch of one has work for one replica, which must hold all of the optimizer's state."""
    one = layout_of("llama31-405b", "dgx-a100", 256, Pins(global_batch=1))
    assert (one.replicas, one.global_batch, one.replica_chips) == (1, 1, 256)
    few = Case("llama31-405b", SystemChoice("dgx-a100", 64), "2025-06", "closed", pins=Pins(global_batch=1))
    assert "the smallest number that does is 128 GPUs" in reason_told(CATALOG, few)


def test_that_pinned_parts_of_a_batch_are_kept_where_convergence_was_not_measured() -> None:
    layout = layout_of("llama2-70b-lora", "a100-40gb-x4", 8, Pins(micro_batch=1, gradient_accumulation=1))
    assert (layout.micro_batch, layout.gradient_accumulation, layout.global_batch) == (1, 1, layout.replicas)


@pytest.mark.parametrize(
    ("cut", "found"),
    [
        (PinnedCut(tensor_parallel=8), ("tensor_parallel", 8)),
        (PinnedCut(context_parallel=2), ("context_parallel", 2)),
        (PinnedCut(precision="bf16"), ("precision", "bf16")),
        (PinnedCut(recompute="full"), ("recomputed", 1.0)),
        (PinnedCut(recompute="selective"), ("recomputed", 0.0)),
    ],
)
def test_that_a_pinned_part_of_the_cut_is_kept(cut: PinnedCut, found: tuple[str, object]) -> None:
    case = Case("gpt3-175b", SystemChoice("dgx-h100", 512), "2025-06", "closed", cut=cut)
    layout = choose_layouts(CATALOG, [case], CENTER)[0]
    assert getattr(layout, found[0]) == found[1]


@pytest.mark.parametrize(
    ("workload", "system", "cut", "words"),
    [
        ("gpt3-175b", "dgx-h100", PinnedCut(tensor_parallel=3), r"tensor parallel 3 does not go .* are 1, 2, 4, 8"),
        ("gpt3-175b", "dgx-a100", PinnedCut(precision="fp8"), "no rate for fp8: possible are bf16"),
        ("gpt3-175b", "dgx-h100", PinnedCut(precision="mxfp8"), "no rate for mxfp8: possible are bf16, fp8"),
        ("gpt3-175b", "hgx-h200", PinnedCut(precision="fp4"), "no rate for fp4: possible are bf16, fp8"),
        ("resnet50", "dgx-a100", PinnedCut(tensor_parallel=2), "ResNet-50 is not cut that way"),
    ],
)
def test_that_a_cut_that_is_not_possible_is_refused(workload: str, system: str, cut: PinnedCut, words: str) -> None:
    case = Case(workload, SystemChoice(system, 512), "2025-06", "closed", cut=cut)
    with pytest.raises(InputError, match=words):
        choose_layouts(CATALOG, [case], CENTER)


def test_that_an_entrys_own_cut_is_not_pinned() -> None:
    cut = PinnedCut(tensor_parallel=8)
    case = Case("llama31-405b", SystemChoice("dgx-h100", 512), "2025-06", "closed", AS_SUBMITTED, cut=cut)
    with pytest.raises(InputError, match="has its own cut"):
        choose_layouts(CATALOG, [case], CENTER)


def test_that_more_chips_never_train_longer() -> None:
    from ipuwhatif.model.lower import lower
    from ipuwhatif.model.time_to_train import evaluate

    cases = [Case("llama31-405b", SystemChoice("hgx-h200", count), "2025-06", "closed") for count in (256, 512, 1024)]
    times = evaluate(lower(CATALOG, cases, choose_layouts(CATALOG, cases, CENTER)), CENTER).time_to_train[0]
    assert times[0] > times[1] > times[2]


@pytest.mark.parametrize("system", ["tpu-v5e", "tpu-v5p", "tpu-v6e"])
def test_that_the_share_computed_again_is_the_least_that_fits_the_largest_micro_batch_of_a_chip(system: str) -> None:
    ran = [each for each in ENTRIES if each.choice.system == system]
    (share,) = {each.layout.recomputed for each in ran}
    chip = CATALOG.chips[system]
    fuller = [replace(each.layout, recomputed=share - 0.05) for each in ran]
    assert any(bytes_of("gpt3-175b", layout, chip) > room(chip) for layout in fuller)


@pytest.mark.parametrize("workload", sorted(DECODERS))
@pytest.mark.parametrize("system", ["tpu-v5e", "tpu-v5p", "tpu-v6e", "tpu-v4", "tpu-v3"])
def test_that_tpus_share_weights_beside_tensor_parallel_chips(workload: str, system: str) -> None:
    layout = layout_of(workload, system, 1024, recipe=CATALOG.workloads[workload].recipes[0])
    chip = CATALOG.chips[system]
    assert layout.gathers == 2
    assert layout.tensor_parallel in COMPILED_WIDTHS
    assert (layout.pipeline_stages, layout.context_parallel) == (1, 1)
    in_eight = "peak_flops_8" in chip.data and CATALOG.workloads[workload].kind == TARGET  # as entries of such jobs
    assert layout.precision == ("fp8" if in_eight else "bf16")
    assert layout.replicas * layout.micro_batch * layout.gradient_accumulation == layout.global_batch
    assert bytes_of(workload, layout, chip) <= room(chip)


def test_that_a_search_on_tpus_keeps_to_the_widths_that_entries_of_the_job_ran() -> None:
    assert layout_of("gpt3-175b", "tpu-v5p", 1024, Pins(global_batch=2048)).tensor_parallel in (1, 8, 16)
    case = Case("gpt3-175b", SystemChoice("tpu-v5p", 1024), "2025-06", "closed", cut=PinnedCut(tensor_parallel=4))
    assert choose_layouts(CATALOG, [case], CENTER)[0].tensor_parallel == 4


def test_that_a_slice_too_small_for_a_model_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(InputError, match=r"405B does not fit on 256 TPUs: .* of its 16 GB, 14\.4 GB are there"):
        layout_of("llama31-405b", "tpu-v5e", 256)


def test_that_cuts_of_tpus_are_no_evidence_for_gpus() -> None:
    layout = layout_of("gpt3-175b", "dgx-h100", 1024)
    assert layout.gathers == 0
    assert (layout.tensor_parallel, layout.pipeline_stages) != (8, 1)
