"""Results that are written read back as the same, and a damaged row is refused alone."""

import json

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.importers.results.own_table import is_own_table, json_text, read_own_table, table_text
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from tests.refusals import rows_of

RESULTS = (
    OwnResult(
        place="runs.csv, row 2",
        system="=our box, new",
        chips=8,
        job="bert-large",
        measurement=Measurement(TIME, 1230.25),
        choice=SystemChoice("dgx-a100", 8),
        workload="bert-large",
        global_batch=448,
        samples=2.7e6,
        submitter="us",
        division="closed",
        mlperf_round="v5.0",
        release="2025-06",
        runs=10,
        by_rules=True,
        notes=("one", "two"),
    ),
    OwnResult("log", "other", None, "rgat", Measurement(THROUGHPUT, 3900.0)),
)


def test_what_is_written_reads_back_as_the_same(catalog):
    text = table_text(RESULTS)
    assert is_own_table(text) and "\n=our" not in text  # a sheet would take it for a formula
    assert read_own_table(text, "mine", catalog).results == RESULTS


def test_the_json_holds_the_same_cells():
    first, second = json.loads(json_text(RESULTS))
    assert (first["on"], first["time_s"], first["by_rules"]) == ("dgx-a100:8", 1230.25, "yes")
    assert (second["time_s"], second["throughput_samples_per_s"], second["chips"]) == (None, 3900.0, None)


def test_a_row_that_was_damaged_is_refused_by_its_place(catalog):
    lines = table_text(RESULTS).splitlines()
    for old, new, reason in (
        ("1230.25", "-3", "column 'time_s': '-3' is not a number above 0"),
        ("1230.25", "", "write either a time or a throughput"),
        ("2025-06", "2025-07", "release '2025-07' is unknown"),
        ("dgx-a100:8", "dgx-a100:9999", None),
        (",yes,", ",", "the row has not as many cells as the head"),
    ):
        found = read_own_table("\n".join([lines[0], lines[1].replace(old, new), *lines[2:]]), "mine", catalog)
        place, fault = rows_of(found.refused)[0]
        assert found.results == RESULTS[1:] and place == "mine, row 2"
        assert reason is None or fault == reason
