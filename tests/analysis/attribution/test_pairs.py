"""Which official results may stand against each other."""

import pytest

from ipuwhatif.analysis.attribution.attribution import attribute_official
from ipuwhatif.analysis.attribution.pairs import official_pairs
from ipuwhatif.catalog.load import load_catalog

CATALOG = load_catalog()
WORKLOADS = ("resnet50", "bert-large")


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_every_pair_can_be_split_and_is_there_once(workload: str) -> None:
    pairs = official_pairs(CATALOG, workload)
    assert len({frozenset((first.key, second.key)) for first, second in pairs}) == len(pairs) > 10
    for first, second in pairs:
        answer = attribute_official(first, second)
        assert answer.workload == workload and first.division == second.division


@pytest.mark.parametrize("workload", WORKLOADS)
def test_that_a_system_in_successive_rounds_comes_before_two_vendors_in_one(workload: str) -> None:
    pairs = official_pairs(CATALOG, workload)
    successive = [first.mlperf_round < second.mlperf_round for first, second in pairs]
    assert successive == sorted(successive, reverse=True) and True in successive and False in successive
    for first, second in pairs[: sum(successive)]:
        assert (first.submitter, first.choice) == (second.submitter, second.choice)
    for first, second in pairs[sum(successive) :]:
        assert {first.submitter, second.submitter} == {"Graphcore", "NVIDIA"}, "no vendor stands beside itself"
        assert first.mlperf_round == second.mlperf_round


def test_that_the_first_pair_is_the_smallest_ipu_system_in_the_last_two_rounds() -> None:
    first, second = official_pairs(CATALOG, "resnet50")[0]
    assert [first.key, second.key] == [
        f"{mlperf_round}/Graphcore/ipu-pod16-TF1/resnet/closed" for mlperf_round in ("v1.0", "v1.1")
    ]


def test_that_an_entry_stands_beside_the_nearest_in_chip_count() -> None:
    keys = {(first.key, second.key) for first, second in official_pairs(CATALOG, "resnet50")}
    assert (
        "v1.1/NVIDIA/dgxa100_n8_ngc21.09_mxnet/resnet/closed",
        "v1.1/Graphcore/ipu-pod64-TF1/resnet/closed",
    ) in keys


def test_that_bert_of_another_quality_target_is_in_no_pair_with_a_later_round() -> None:
    for first, second in official_pairs(CATALOG, "bert-large"):
        assert (first.mlperf_round == "v0.7") == (second.mlperf_round == "v0.7")


def test_that_a_job_without_entries_has_no_pair() -> None:
    assert official_pairs(CATALOG, "vit-b16") == ()
