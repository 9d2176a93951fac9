"""The case that asks for an entry again."""

from collections.abc import Callable

from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.model.case import AS_SUBMITTED

Entry = Callable[[str], OfficialResult]
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def test_that_an_entry_becomes_the_case_that_asks_for_it_again(entry: Entry) -> None:
    case = case_of_entry(entry(POD16))
    assert (case.workload, case.choice.key, case.release) == ("resnet50", "ipu-pod:16", "2021-12")
    assert (case.recipe, case.policy) == ("closed", AS_SUBMITTED)
