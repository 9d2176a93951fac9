"""What a chip must hold, by hand; what was run must fit, what nobody could run must not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.job_layout import PublishedLayout
from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.model.memory import (
    RESERVED,
    UNJOINED_KEPT,
    Sizes,
    blocks_per_stage,
    bytes_needed,
    largest_micro_batch,
    needs,
    room,
    sizes_of,
)
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.roles.software import kernels_of
from ipuwhatif.networks.library import Kernels
from ipuwhatif.records import replace
from tests.catalog.tables import classic
from tests.model.prior import CATALOG

#: Those of language models are held against a memory of their own, in test_language_cuts.
#: Language models have a memory of their own.
PUBLISHED = [row for row in CATALOG.published_layouts if not is_language_model(CATALOG.workloads[row.workload])]
ENTRIES = [entry for entry in classic(CATALOG) if entry.layout and entry.choice and entry.workload]
#: 10 blocks of 1,000 parameters and 300 bytes each, 2,000 parameters and 50 bytes outside of them.
SMALL = Sizes(12_000, 10, 1000.0, 2, 3000.0, 50.0, 40.0)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_that_every_layout_of_an_entry_fits(entry: OfficialResult) -> None:
    assert entry.layout and entry.choice and entry.workload
    chip = CATALOG.chips[CATALOG.systems[entry.choice.system].chip]
    layout = entry.layout
    optimizer = layout.optimizer if layout.optimizer in OPTIMIZERS else "lamb"  # others keep two moments at most
    needed = needs(
        sizes_of(CATALOG.workloads[entry.workload].network, chip.architecture),
        chip.architecture,
        optimizer,
        layout.pipeline_stages,
        layout.blocks_per_stage,
        off_chip=layout.off_chip_state,
    )
    assert bytes_needed(needed, layout.micro_batch) <= room(chip)
    assert largest_micro_batch(needed, chip) >= layout.micro_batch


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row.workload}-{row.architecture}")
def test_that_every_published_layout_fits_a_chip_of_its_generations(row: PublishedLayout) -> None:
    chips = [
        chip
        for chip in CATALOG.chips.values()
        if (chip.generation in row.generations if row.generations else chip.architecture == row.architecture)
    ]
    sizes = sizes_of(CATALOG.workloads[row.workload].network, row.architecture)
    loaded = blocks_per_stage(sizes, row.pipeline_stages, "2021-12")
    fitting = [
        largest_micro_batch(
            needs(sizes, row.architecture, row.optimizer, row.pipeline_stages, loaded, off_chip=off_chip), chip
        )
        for chip in chips
        for off_chip in ((False, True) if row.architecture == "ipu" else (False,))
    ]
    assert max(fitting) >= row.micro_batch


@pytest.mark.parametrize(
    ("workload", "chip", "stages"),
    [
        ("bert-large", "gc200", 1),
        ("bert-large", "gc200", 2),
        ("gpt2-xl", "gc200", 4),
        ("gpt2-xl", "gc200", 8),
        ("gpt2-xl", "rtx-2080", 1),
        ("gpt2-xl", "v100-sxm2-16gb", 1),
        ("gpt2-medium", "rtx-2080", 1),
    ],
)
def test_that_what_is_too_large_for_a_chip_does_not_fit(workload: str, chip: str, stages: int) -> None:
    on = CATALOG.chips[chip]
    sizes = sizes_of(CATALOG.workloads[workload].network, on.architecture)
    loaded = blocks_per_stage(sizes, stages, "2021-12")
    off_chip = on.architecture == "ipu"
    assert largest_micro_batch(needs(sizes, on.architecture, "lamb", stages, loaded, off_chip=off_chip), on) == 0


def test_that_mixed_precision_with_two_moments_takes_sixteen_bytes_a_parameter_on_a_gpu() -> None:
    (need,) = needs(SMALL, "gpu", "lamb", 1, 0, off_chip=False)
    assert need.parameters == 16 * 12_000
    assert need.activations == 3000 + 50
    (momentum,) = needs(SMALL, "gpu", "sgd", 1, 0, off_chip=False)
    assert momentum.parameters == 12 * 12_000


def test_that_an_ipu_keeps_the_inputs_of_blocks_and_one_block() -> None:
    (need,) = needs(SMALL, "ipu", "lamb", 1, 0, off_chip=False)
    assert need.parameters == 12 * 12_000
    assert need.activations == 10 * 40 + 300 + 50
    (streamed,) = needs(SMALL, "ipu", "lamb", 1, 0, off_chip=True)
    assert streamed.parameters == 4 * 12_000


def test_that_a_network_without_blocks_is_computed_again_in_segments() -> None:
    flat = replace(SMALL, blocks=0, block_parameters=0.0, head_blocks=0, kept_in_blocks=700.0, kept_outside=0.0)
    (need,) = needs(flat, "ipu", "lars", 1, 0, off_chip=False)
    assert need.activations == 7 * 40 + 100


def test_that_a_stage_holds_its_blocks_and_what_is_in_flight() -> None:
    loaded = blocks_per_stage(SMALL, 4, "2021-12")
    assert loaded == 3  # (10 + 2) / 4
    fullest, embedding = needs(SMALL, "ipu", "lamb", 4, loaded, off_chip=True)
    assert fullest.parameters == 4 * 3 * 1000
    assert fullest.activations == (2 * 4 - 2 + 3) * 40 + 300
    assert embedding.parameters == 4 * (2000 + 1 * 1000)  # three stages leave one of ten blocks
    assert embedding.activations == 50 + (2 * 4 - 2 + 1) * 40 + 300
    on_gpu, _ = needs(SMALL, "gpu", "lamb", 4, loaded, off_chip=False)
    assert on_gpu.activations == 4 * 3 * 300


@pytest.mark.parametrize(("release", "blocks"), [("2021-06", 4), ("2021-12", 3), ("2022-06", 3)])
def test_that_half_layers_were_put_on_stages_from_one_round_on(release: str, blocks: int) -> None:
    assert blocks_per_stage(SMALL, 4, release) == blocks
    assert blocks_per_stage(SMALL, 1, release) == 0


def test_that_blocks_hand_over_what_a_transformers_attention_puts_out() -> None:
    half_precision = 2
    assert sizes_of("bert-large", "ipu").handed_over == half_precision * 512 * 1024
    assert sizes_of("gpt2-xl", "gpu").handed_over == half_precision * 1024 * 1600


@pytest.mark.parametrize(
    ("network", "blocks"), [("bert-large", 4), ("gpt2-xl", 4), ("vit-b16", 0), ("efficientnet-b4", 0), ("resnet50", 0)]
)
def test_that_a_stage_is_spared_for_what_embedding_and_head_hold(network: str, blocks: int) -> None:
    assert sizes_of(network, "ipu").head_blocks == blocks


@pytest.mark.parametrize("chip", CATALOG.chips.values(), ids=lambda chip: chip.key)
def test_that_a_share_of_every_memory_is_kept_for_the_program(chip) -> None:  # type: ignore[no-untyped-def]
    assert room(chip) == (1 - RESERVED[physics_of(chip.architecture)]) * chip.value("memory_size")


@settings(max_examples=60)
@given(
    network=st.sampled_from(["bert-large", "gpt2-large", "vit-b16", "efficientnet-b4"]),
    architecture=st.sampled_from(["ipu", "gpu"]),
    optimizer=st.sampled_from(OPTIMIZERS),
    stages=st.sampled_from([1, 2, 4, 8]),
)
def test_that_a_deeper_pipeline_holds_fewer_parameters(
    network: str, architecture: str, optimizer: str, stages: int
) -> None:
    sizes = sizes_of(network, architecture)

    def held(depth: int) -> float:
        loaded = blocks_per_stage(sizes, depth, "2021-12")
        return max(each.parameters for each in needs(sizes, architecture, optimizer, depth, loaded, off_chip=False))

    assert held(2 * stages) < held(stages)


def test_that_the_largest_micro_batches_that_a_search_found_fit_and_one_sample_more_does_not() -> None:
    """DeepSpeed's search over GPT-2 on 16 GPUs of 32 GB, the state of the optimizer spread over them."""
    kernels = kernels_of(CATALOG.software["huggingface-deepspeed-4.12"])
    free = room(CATALOG.chips["v100-sxm3-32gb"])
    for name, found in (("gpt2-small", 14), ("gpt2-medium", 6), ("gpt2-large", 3), ("gpt2-xl", 1)):
        sizes = sizes_of(name, "gpu", (), kernels)
        held = sizes.parameters * (4.0 + 12.0 / 16.0)
        fits = [held + count * (sizes.kept_in_blocks + sizes.kept_outside) <= free for count in (found, found + 1)]
        assert fits == [True, False], name


def test_that_fused_attention_keeps_no_scores_and_unjoined_ops_keep_more() -> None:
    entries, fused, unjoined = (
        sizes_of("gpt2-xl", "gpu", (), kernels).kept_in_blocks
        for kernels in (Kernels(), Kernels(fused_attention=True), Kernels(joined=False))
    )
    assert fused < 0.7 * entries and unjoined == pytest.approx(UNJOINED_KEPT * entries)
