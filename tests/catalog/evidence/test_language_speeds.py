"""Speeds of language models in frameworks: which rows are taken, how each was cut, and what it did a second."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.evidence.language_speeds import FILE
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog, PublishedResult
from ipuwhatif.networks.decoder import DECODERS, of_tokens
from ipuwhatif.units import InputError
from tests.model.prior import CATALOG

Rows = Callable[[str], list[dict[str, str]]]
SPEEDS = CATALOG.language_speeds


def of_software(start: str) -> list[PublishedResult]:
    return [each for each in SPEEDS if each.software_key.startswith(start)]


def test_that_the_dense_models_of_two_frameworks_are_taken() -> None:
    assert (len(of_software("megatron-bridge")), len(of_software("llm-foundry")), len(SPEEDS)) == (76, 216, 292)
    assert not any(each.variant == "LoRA" for each in SPEEDS)


def test_that_every_layout_multiplies_out_over_the_chips_and_the_batch() -> None:
    for each in SPEEDS:
        assert each.layout is not None and each.choice is not None
        layout = each.layout
        assert layout.replica_chips * layout.replicas == each.choice.chips == each.accelerators
        assert layout.global_batch == layout.replicas * layout.micro_batch * layout.gradient_accumulation


def test_that_a_speed_is_that_of_all_chips_in_samples(evidence_rows: Rows) -> None:
    rows = evidence_rows(FILE)
    for each in SPEEDS:
        row = rows[int(each.key.rpartition("#")[2]) - 2]
        chips = int(row["n_accel"]) if row["throughput_scope"] == "per accelerator" else 1
        assert each.value * int(row["sequence_length"]) == pytest.approx(float(row["throughput"]) * chips)


def test_that_sharding_and_recomputation_are_read() -> None:
    kinds = {(each.layout.gathers, each.layout.recomputed) for each in of_software("llm-foundry") if each.layout}
    assert kinds == {(2, 0.0), (2, 1.0), (1, 0.0)}
    bridge = [each.layout for each in of_software("megatron-bridge") if each.layout]
    assert sum(layout.gathers == 2 for layout in bridge) == 12
    assert Counter(layout.precision for layout in bridge) == {"fp8": 38, "mxfp8": 20, "fp4": 18}


def test_that_the_parameters_of_mpt_are_those_that_its_tables_print(evidence_rows: Rows) -> None:
    rows = [row for row in evidence_rows(FILE) if row["framework"].startswith("llm-foundry")]
    assert len(rows) == 216
    for row in rows:
        sizes = of_tokens(DECODERS[row["model"].lower()], int(row["sequence_length"]))
        assert sizes.parameters == int(row["verbatim_figure"].rpartition("|")[2])


def test_that_a_system_that_there_is_not_is_refused(copied: Path) -> None:
    path = copied / "catalog" / "language_speeds.json"
    path.write_text(path.read_text("utf-8").replace('"dgx-b300"', '"dgx-b301"'), "utf-8")
    with pytest.raises(InputError, match="nearest: dgx-b300"):
        load_catalog(copied)


def test_that_software_says_of_which_class_it_is(catalog: Catalog) -> None:
    spoken = {each.framework: each.stack for each in catalog.software.values() if each.of_language}
    assert spoken == {"megatron-bridge": "vendor", "llm-foundry": "framework"}
