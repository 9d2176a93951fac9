"""Language models that cannot fit are refused, with what does not fit and the smallest number of chips that does."""

import re

import pytest

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.roles.language import decoder_of
from tests.model.prior import CATALOG
from tests.model.reasons import reason_told

JOBS = ("llama31-8b", "llama31-70b", "llama31-405b", "gpt3-175b", "mpt-7b", "mpt-13b", "mpt-30b", "mpt-70b")
SMALL = (("h100-pcie", 1), ("a30", 1), ("l4", 1), ("l40s", 4), ("dgx-1", 8), ("tpu-v5e", 4))
LARGE = (("dgx-a100-40gb", 8), ("dgx-h100", 8), ("hgx-h200", 8), ("mi300x", 8), ("dgx-b200", 8), ("gb200-nvl72", 4))
#: Of a trained parameter: weight and gradient in 16 bit, weight and both moments of Adam in 32 bit.
LEAST_BYTES = 16.0

#: What 1,024 of the chips that are there do not hold, however it is cut.
NOWHERE = ("llama31-405b on l4:1", "llama31-405b on a30:1", "llama31-405b on dgx-1:8")


def asked(job: str, system: str, chips: int) -> Case:
    workload = CATALOG.workloads[job]
    return Case(job, SystemChoice(system, chips), "2025-06", workload.recipes[0])


def overfull() -> list[Case]:
    """Those whose weights, gradients and state alone are more than all of the memory."""
    found = []
    for job in JOBS:
        least = LEAST_BYTES * decoder_of(CATALOG.workloads[job]).parameters
        for system, chips in (*SMALL, *LARGE):
            if least > chips * CATALOG.chip_of(SystemChoice(system, chips)).value("memory_size"):
                found.append(asked(job, system, chips))
    return found


def key(case: Case) -> str:
    return f"{case.workload} on {case.choice.key}"


def test_that_there_are_enough_of_them() -> None:
    assert len(overfull()) > 60


@pytest.mark.parametrize("case", overfull(), ids=key)
def test_that_what_cannot_fit_is_refused_with_the_smallest_number_that_does(case: Case) -> None:
    told = reason_told(CATALOG, case)
    assert "weights, Adam's state and activations need" in told
    if "on any number of chips" in told:
        assert key(case) in NOWHERE
        return
    found = re.search(r"the smallest number that does is ([\d,]+) ", told)
    assert found is not None
    smallest, system = int(found[1].replace(",", "")), CATALOG.systems[case.choice.system]
    least = LEAST_BYTES * decoder_of(CATALOG.workloads[case.workload]).parameters
    assert smallest * CATALOG.chips[system.chip].value("memory_size") > least
    assert not reason_told(CATALOG, asked(case.workload, system.key, smallest))
    fewer = smallest - max(system.chips_per_machine, 1)
    if fewer >= system.minimum_chips:
        assert reason_told(CATALOG, asked(case.workload, system.key, fewer))


@pytest.mark.parametrize("system", ["ipu-pod", "bow-pod"])
@pytest.mark.parametrize("job", ["llama31-70b", "llama31-405b", "gpt3-175b"])
def test_that_ipus_are_told_how_far_their_memory_is_from_enough(job: str, system: str) -> None:
    told = reason_told(CATALOG, asked(job, system, 64))
    assert "does not fit: weights, gradients and Adam's state take" in told and "1,024 IPUs" in told
