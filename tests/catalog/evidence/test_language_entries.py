"""The entries of language models: every row of the table, how each was cut, and which the model leaves out."""

import csv

from ipuwhatif.catalog.evidence.language_entries import FILE
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.files import resource
from ipuwhatif.networks.decoder import DECODERS

CATALOG = load_catalog()
ROWS = list(csv.DictReader((resource("evidence") / FILE).read_text(encoding="utf-8").splitlines()))
LANGUAGE = [each for each in CATALOG.official if each.workload in ("llama2-70b-lora", "llama31-405b", "gpt3-175b")]


def test_that_no_row_is_lost() -> None:
    assert len(LANGUAGE) == len(ROWS) == 155
    for entry, row in zip(LANGUAGE, ROWS, strict=True):
        assert entry.key == "/".join(row[name] for name in ("round", "submitter", "system", "benchmark", "division"))
        assert entry.score_s == float(row["minutes_score"]) * 60


def test_that_a_layout_multiplies_out_over_the_chips_and_the_batch() -> None:
    laid_out = [each for each in LANGUAGE if each.layout is not None]
    assert len(laid_out) > 120
    for entry in laid_out:
        layout = entry.layout
        assert layout.replicas * layout.replica_chips == entry.chips
        assert layout.replicas * layout.micro_batch * layout.gradient_accumulation == entry.global_batch


def test_that_the_score_is_the_measured_time_scaled_to_the_reference() -> None:
    for entry in LANGUAGE:
        if entry.runs_succeeded == entry.runs_expected:
            assert abs(entry.measured_s * entry.time_scale / entry.score_s - 1.0) < 2e-3


def test_that_rows_left_out_say_why() -> None:
    left_out = {each.submitter for each in LANGUAGE if each.left_out}
    assert {"JuniperNetworks", "Intel-HabanaLabs"} <= left_out
    assert "Google" not in left_out
    assert all(each.layout is None for each in LANGUAGE if each.left_out)


def test_that_layers_that_are_computed_again_are_read_from_the_switches() -> None:
    shares = {each.layout.recomputed for each in LANGUAGE if each.layout is not None and not each.layout.gathers}
    assert shares == {0.0, 21 / 80}


def test_that_pipelines_of_nvidia_are_interleaved() -> None:
    pieces = {
        each.layout.interleaving
        for each in LANGUAGE
        if each.layout is not None and each.layout.pipeline_stages > 1 and each.accelerator.startswith("NVIDIA")
    }
    assert min(pieces) > 1
    assert max(pieces) <= DECODERS["gpt3-175b"].layers // 8


def test_that_reference_points_of_gpt_3_are_counted_in_sequences() -> None:
    points = [each for each in CATALOG.references if each.workload == "gpt3-175b" and each.global_batch == 1536]
    assert {round(each.samples) for each in points} == {583_680}


def test_that_chips_of_a_slice_share_products_and_weights() -> None:
    """The batch is divided by all chips: half a sample each is 8 over 16 tensor parallel ones."""
    google = {each.key: each for each in LANGUAGE if each.submitter == "Google"}
    assert len(google) == 12
    cuts = {
        (each.choice.system, each.layout.tensor_parallel, each.layout.gathers, each.layout.precision)
        for each in google.values()
    }
    assert cuts == {(f"tpu-{chip}", width, 2, "fp8") for chip, width in (("v5e", 16), ("v5p", 8), ("v6e", 1))}
    v5e = google["v3.1/Google/cloud-tpu-v5e-4096-PAX/gpt3/closed"].layout
    assert (v5e.replicas, v5e.micro_batch, v5e.gradient_accumulation, v5e.global_batch) == (256, 8, 1, 2048)


def test_that_chips_of_entries_in_whole_numbers_have_their_rate() -> None:
    rates = {key: CATALOG.chips[f"tpu-{key}"].value("peak_flops_8") for key in ("v5e", "v5p", "v6e")}
    assert rates == {"v5e": 394e12, "v5p": 918e12, "v6e": 1836e12}
    assert not {"tpu-v3", "tpu-v4"} & {key for key, chip in CATALOG.chips.items() if "peak_flops_8" in chip.data}
