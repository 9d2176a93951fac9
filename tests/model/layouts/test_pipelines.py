"""Which pipelines are tried, and what is said where none fits."""

import re

import pytest

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case, Pins
from ipuwhatif.model.layouts.pipelines import plan_of
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace
from tests.model.prior import CATALOG, layout_of
from tests.model.reasons import reason_told


def case(workload: str, system: str, chips: int, **pins: int) -> Case:
    recipe = CATALOG.workloads[workload].recipes[0]
    return Case(workload, SystemChoice(system, chips), "2021-12", recipe, pins=Pins(**pins))


def plan(of: Case) -> Plan:
    return plan_of(SharedCatalog(CATALOG), Kind.of(of))


def stages(of: Case) -> list[int]:
    return [each.stages for each in plan(of).pipelines]


def test_that_a_job_with_entries_tries_the_shortest_pipeline_and_the_one_that_holds_its_optimizer() -> None:
    first, second = plan(case("bert-large", "ipu-pod", 64)).pipelines
    assert (first.stages, first.off_chip, second.stages, second.off_chip) == (4, True, 8, False)
    assert stages(case("resnet50", "ipu-pod", 16)) == [1]
    assert stages(case("bert-large", "dgx-a100", 8)) == [1]


def test_that_a_published_job_keeps_its_pipeline_and_takes_a_shorter_one_on_fewer_chips() -> None:
    assert stages(case("gpt2-medium", "ipu-pod", 64)) == [4, 8]
    assert layout_of(case("gpt2-medium", "ipu-pod", 64)).pipeline_stages == 8
    assert layout_of(case("gpt2-medium", "ipu-pod", 7)).pipeline_stages == 4


def test_that_a_smaller_chip_takes_a_deeper_pipeline_or_a_smaller_micro_batch() -> None:
    assert layout_of(case("gpt2-medium", "rtx-2080", 8)).pipeline_stages == 2
    assert layout_of(case("gpt2-small", "dgx-2", 1)).micro_batch == 16
    assert layout_of(case("gpt2-small", "dgx-1", 1)).micro_batch < 16


REFUSED = [
    (
        case("bert-large", "ipu-pod", 1),
        r"on 1 IPU: the smallest number that does is 4 IPUs \(a chip would need 1\.\d+ GB",
    ),
    (
        case("gpt2-xl", "ipu-pod", 4),
        r"on 4 IPUs: the smallest number that does is 16 IPUs \(in 4 pipeline stages a chip would need",
    ),
    (
        case("gpt2-xl", "rtx-2080", 1),
        r"on any number of chips of GeForce RTX 2080: in 8 pipeline stages a chip would need",
    ),
    (
        case("gpt2-xl", "dgx-1", 1),
        r"on 1 GPU: the smallest number that does is 8 GPUs \(a chip would need 34.4 GB; of its 16 GB",
    ),
    (
        case("gpt2-medium", "dgx-1", 1, micro_batch=8),
        r"a micro-batch of 8 of GPT-2 medium does not fit on a .*: the largest that does is \d+",
    ),
    (
        case("gpt2-medium", "dgx-a100", 1, micro_batch=99),
        r"a micro-batch of 99 of GPT-2 medium does not fit on a A100 80 GB: the largest that does is 21",
    ),
    (
        case("resnet50", "ipu-pod", 16, micro_batch=1024),
        r"a micro-batch of 1,024 of ResNet-50 does not fit on a GC200 IPU: the largest that does is 69",
    ),
    (
        case("bert-large", "ipu-pod", 64, pipeline_stages=2),
        r"2 pipeline stages do not fit BERT-Large on a GC200 IPU: possible are 4, 8, 16",
    ),
    (case("insurance", "ipu-pod", 64), r"known by a stated ratio only"),
]


@pytest.mark.parametrize(("question", "words"), REFUSED)
def test_that_a_refusal_names_the_reason_and_what_does_fit(question: Case, words: str) -> None:
    reason = reason_told(CATALOG, question)
    assert "\n" not in reason
    assert re.search(words, reason), reason


@pytest.mark.parametrize(
    ("workload", "system"), [("bert-large", "ipu-pod"), ("gpt2-xl", "dgx-1"), ("gpt2-large", "bow-pod")]
)
def test_that_the_number_a_refusal_names_fits_and_one_less_does_not(workload: str, system: str) -> None:
    smallest = plan(case(workload, system, 64)).pipelines[0].stages
    assert reason_told(CATALOG, case(workload, system, smallest)) == ""
    assert f"is {smallest} " in reason_told(CATALOG, case(workload, system, smallest - 1))


def test_that_the_sizes_of_an_emulator_decide_whether_it_fits() -> None:
    small = case("weather-emulator", "rtx-2080", 1)
    assert reason_told(CATALOG, small) == ""
    assert "on any number of chips" in reason_told(CATALOG, replace(small, layers=(100_000, 100_000, 10)))
