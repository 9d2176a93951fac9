"""Which entries count, and why the others do not."""

from collections.abc import Callable

import pytest

from ipuwhatif.catalog.evidence.usable import reason_left_out, usable
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.records import replace
from tests.catalog.tables import LANGUAGE, classic

Entry = Callable[[str], OfficialResult]
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


@pytest.fixture
def entry(catalog: Catalog) -> Entry:
    return {row.key: row for row in catalog.official}.__getitem__


def test_that_a_usable_row_has_no_reason_and_any_other_has_one(catalog: Catalog) -> None:
    for row in catalog.official:
        assert usable(row) == (reason_left_out(row) == "")
    language = [usable(row) for row in catalog.official if row.workload in LANGUAGE]
    assert (sum(usable(row) for row in classic(catalog)), sum(language)) == (512, 138)


def test_that_each_reason_is_the_true_one(entry: Entry) -> None:
    good = entry(POD16)
    assert reason_left_out(good) == ""
    assert reason_left_out(replace(good, submitter="Dell")) == ""
    assert "another task" in reason_left_out(replace(good, workload=None))
    assert "no data sheet" in reason_left_out(replace(good, choice=None))
    assert "layout was not published" in reason_left_out(replace(good, layout=None))
    assert "lower quality target" in reason_left_out(entry("v0.7/NVIDIA/dgxa100_ngc20.06_pytorch/bert/closed"))
    assert "ran tinygrad" in reason_left_out(entry("v5.0/tinycorp/tinybox_8xMI300X/bert/closed"))
    assert "open entry" in reason_left_out(entry("v0.7/Fujitsu/gx_V100x8_fjmxnet/resnet/open"))


def test_that_gpu_entries_of_all_submitters_can_be_compared(catalog: Catalog) -> None:
    gpus = [
        row
        for row in classic(catalog)
        if usable(row)
        and row.choice
        and catalog.systems[row.choice.system].family == "gpu"
        and row.release >= "2020-07"
    ]
    assert len([row for row in gpus if row.release <= "2021-12"]) == 100
    assert len(gpus) == 419 and all(row.division == "closed" for row in gpus)
