"""Published figures: what ran, on which system, with which software, held against the words of their rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog, PublishedResult
from ipuwhatif.units import InputError

Rows = Callable[[str], list[dict[str, str]]]
Paired = list[tuple[PublishedResult, dict[str, str]]]


@pytest.fixture(scope="module")
def paired(catalog: Catalog, evidence_rows: Rows) -> Paired:
    rows = evidence_rows("published_results_to_2021.csv")
    return list(zip(catalog.published[: len(rows)], rows, strict=True))


def test_that_rows_without_a_workload_are_runs_of_two_phases_or_of_unknown_memory(paired: Paired) -> None:
    assert [(result.model, result.variant, result.platform) for result, _ in paired if result.workload is None] == [
        ("BERT-Large pretraining", "Ph1+Ph2", "32x DGX A100 80GB"),
        ("BERT-Large pretraining", "", "32x DGX-2H V100"),
        ("BERT-Large pretraining", "", "32x DGX A100"),
    ]
    assert [result.platform for result, _ in paired if result.choice is None] == ["32x DGX A100"]


def test_that_the_ipu_figures_of_efficientnet_are_of_the_other_network(catalog: Catalog, paired: Paired) -> None:
    for result, row in paired:
        if row["model"] == "EfficientNet-B4":
            assert result.choice is not None
            family = catalog.systems[result.choice.system].family
            assert result.workload == ("efficientnet-b4-g16" if family == "ipu" else "efficientnet-b4"), result.key


def test_that_system_and_chips_are_those_of_the_platform(catalog: Catalog, paired: Paired) -> None:
    for result, row in paired:
        if result.choice is None:
            continue
        assert result.choice.chips == result.accelerators
        system = catalog.systems[result.choice.system]
        name = catalog.chips[system.chip].name
        for words in ("A100", "V100", "RTX 2080"):
            assert (words in row["platform"]) == (words in name), result.key
        for memory in ("16GB", "32GB", "40GB", "80GB"):
            if memory in row["platform"]:
                assert memory.replace("GB", " GB") in name, result.key


def test_that_every_container_to_2021_is_software_of_the_catalog(catalog: Catalog, paired: Paired) -> None:
    used = {result.software_key for result, _ in paired}
    assert used - {""} <= set(catalog.software) and len(used) == 9
    # figures whose container is not named
    assert {row["sdk_or_container"] for result, row in paired if not result.software_key} == {"", "tf2"}
    for result, row in paired:
        if result.software_key:
            software = catalog.software[result.software_key]
            assert row["sdk_or_container"].endswith(software.date[2:].replace("-", "."))
            assert row["precision"]


def test_that_half_precision_follows_the_row_or_the_job(paired: Paired) -> None:
    for result, row in paired:
        if row["precision"]:
            assert result.half_precision == row["precision"].startswith("AMP"), result.key
        else:
            assert result.half_precision == ("Zhang & Zohren" not in row["source_title"]), result.key


def test_that_the_kind_of_a_figure_is_told(paired: Paired) -> None:
    for result, row in paired:
        assert result.kind_of_figure == ("throughput" if row["throughput"] else "time_to_train")
        assert (result.kind_of_figure == "throughput") == (result.unit == "samples/s")


@pytest.mark.parametrize(
    ("model", "chips", "software", "value"),
    [
        ("EfficientNet-B4", 8, "pytorch-20.12", 2341),
        ("EfficientNet-B4", 8, "pytorch-21.03", 2570),
        ("EfficientNet-B4", 8, "tensorflow2-21.02", 2984),
        ("EfficientNet-B4", 8, "tensorflow2-21.09", 3550),
    ],
)
def test_that_the_four_rows_of_efficientnet_are_told_apart(
    catalog: Catalog, model: str, chips: int, software: str, value: float
) -> None:
    found = [
        result.value
        for result in catalog.published
        if (result.model, result.software_key, result.half_precision) == (model, software, True)
        and result.choice is not None
        and result.choice.key == f"dgx-a100:{chips}"
        and result.kind_of_figure == "throughput"
    ]
    assert found == [value]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("published.json", '"workload": "deeplob"', '"workload": "deeplo"', "workload 'deeplo' is unknown; nearest: "),
        ("published.json", '"system": "dgx-2"', '"system": "dgx-3"', "system 'dgx-3' is unknown; nearest: "),
        ("published.json", '"families": ["gpu"]', '"families": ["gpus"]', "family 'gpus' is unknown; nearest: gpu"),
        ("published.json", '"1x IPU"', '"IPU-POD16"', "duplicate key 'IPU-POD16'"),
        ("published.json", '"1x GeForce RTX 2080"', '"32x DGX A100"', "256 chips are out of range for rtx-2080"),
        ("software.json", '"container": "tf 21.02"', '"container": "tf 21.09"', "duplicate key 'tf 21.09'"),
        ("software.json", '"key": "tensorflow2-21.02"', '"key": "tensorflow2-21.09"', "duplicate key"),
    ],
)
def test_that_a_damaged_translation_is_refused(copied: Path, file: str, old: str, new: str, named: str) -> None:
    path = copied / "catalog" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert named in str(caught.value)
