"""Which entries count, and why the others do not."""

from collections.abc import Callable
from dataclasses import replace

from ipuwhatif.calibration.entries import case_of_entry, reason_left_out, usable
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.case import AS_SUBMITTED

Entry = Callable[[str], OfficialResult]
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def test_that_a_usable_row_has_no_reason_and_any_other_has_one(catalog: Catalog) -> None:
    for row in catalog.official:
        assert usable(row) == (reason_left_out(row) == "")
    assert sum(usable(row) for row in catalog.official) == 40


def test_that_each_reason_is_the_true_one(entry: Entry) -> None:
    good = entry(POD16)
    assert reason_left_out(good) == ""
    assert reason_left_out(replace(good, submitter="Dell")) == "submitted by a third party"
    assert "another task" in reason_left_out(replace(good, workload=None))
    assert "does not hold" in reason_left_out(replace(good, choice=None))
    assert "layout was not published" in reason_left_out(replace(good, layout=None))
    assert "lower quality target" in reason_left_out(entry("v0.7/NVIDIA/dgxa100_ngc20.06_pytorch/bert/closed"))


def test_that_an_entry_becomes_the_case_that_asks_for_it_again(entry: Entry) -> None:
    case = case_of_entry(entry(POD16))
    assert (case.workload, case.choice.key, case.release) == ("resnet50", "ipu-pod:16", "2021-12")
    assert (case.recipe, case.policy) == ("closed", AS_SUBMITTED)
