"""Speeds of frameworks: every row is a question that can be asked again, with its source."""

from collections import Counter
from collections.abc import Callable

from ipuwhatif.catalog.datum import DERIVED
from ipuwhatif.catalog.types import Catalog, PublishedResult

Rows = Callable[[str], list[dict[str, str]]]


def printed(catalog: Catalog) -> list[PublishedResult]:
    return [result for result in catalog.published if result.document]


def test_that_each_row_keeps_its_value_batches_and_system(catalog: Catalog, evidence_rows: Rows) -> None:
    rows = evidence_rows("published_frameworks.csv")
    for result, row in zip(printed(catalog), rows, strict=True):
        assert result.value == float(row["measured"]) and result.unit == "samples/s"
        assert result.choice is not None
        assert (result.choice.system, result.choice.chips) == (row["system"], int(row["chips"]))
        printed_batch, micro_batch = (int(row[name] or 0) for name in ("global_batch", "micro_batch"))
        assert (result.layout is None) == (micro_batch == 0)
        if result.layout is not None:
            assert result.layout.micro_batch == micro_batch and result.layout.replicas == int(row["chips"])
            # a batch that does not divide is met as nearly as whole micro-batches can
            assert abs(result.layout.global_batch - (printed_batch or micro_batch)) <= result.layout.global_batch / 2


def test_that_sequences_of_each_length_are_a_job_of_their_own(catalog: Catalog) -> None:
    jobs = Counter(result.workload for result in printed(catalog))
    assert jobs["bert-large-128"] == 59 and jobs["bert-large-512"] == 53 and jobs["bert-large"] == 0
    assert jobs[None] == 8  # both lengths in one figure


def test_that_a_figure_of_a_repository_leads_to_its_file_at_its_state(catalog: Catalog) -> None:
    locators = {result.origin.locator for result in printed(catalog)}
    assert (
        "https://github.com/NVIDIA/DeepLearningExamples/blob/7bdfc81d/PyTorch/Classification/ConvNets/resnet50v1.5/README.md"
        in locators
    )
    assert "https://arxiv.org/abs/1904.00962" in locators
    assert {result.origin.kind for result in printed(catalog) if "derived" in result.note} == {DERIVED}


def test_that_every_framework_on_gpus_is_a_software_of_the_catalog(catalog: Catalog) -> None:
    unknown = {result.software for result in printed(catalog) if not result.software_key}
    assert {result.choice.system for result in printed(catalog) if result.software in unknown and result.choice} == {
        "gaudi",
        "tpu-v3",
    }
