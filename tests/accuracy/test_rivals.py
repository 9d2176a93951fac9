"""The model beside simpler rules on the same left-out rows, as stored: where it does not win, it is said here."""

import pytest

from ipuwhatif.calibration.protocols import IN_SAMPLE, Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.rivals.rival_report import COMPARED, rivals_as_json
from ipuwhatif.calibration.rivals.rival_scores import rival_scores
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.track_record.printed_record import rivals_as_text

CATALOG = load_catalog()
RECORD = load_record(CATALOG)
LEFT_OUT = [protocol for protocol in RECORD if protocol.key != IN_SAMPLE]
#: Groups in which some rule is nearer on average, or whose nearest entry has the better interval score.
LOST = {
    "leave-one-family-out": {
        (
            "IPU-POD, v1.1 closed",
            "throughput",
        ),  # seven rows, whose nearest are those of Bow, the same chip with a faster clock
        ("other accelerators, v2.0 to v5.0", "throughput"),  # whose families are TPU and Gaudi
    },
    # fourteen near copies, on a line of their own
    **{key: {("Llama 3.1 405B", "time")} for key in ("language-row", "language-cell", "language-size")},
    "language-blackwell": {("GPT-3 175B", "throughput")},  # one row
}


@pytest.mark.parametrize("protocol", LEFT_OUT, ids=[protocol.key for protocol in LEFT_OUT])
def test_that_the_model_beats_every_rival_but_where_it_is_said(protocol: Protocol) -> None:
    scores = rival_scores(protocol, CATALOG, COMPARED)
    assert scores
    lost = {(each.title, each.quantity) for each in scores if not each.is_won}
    assert lost == LOST.get(protocol.key, set())


def test_that_every_left_out_row_has_what_the_rivals_say() -> None:
    for protocol in RECORD:
        assert all(set(answer.rivals) == {"throughput", "samples", "time"} for answer in protocol.answers)


def test_that_the_rivals_are_told_in_print_and_as_values() -> None:
    text = rivals_as_text(RECORD, CATALOG)
    assert all(len(line) <= 120 for line in text.splitlines())
    assert text.count("rivals: ") == len(LEFT_OUT)
    told = {each["protocol"]: each["groups"] for each in rivals_as_json(RECORD, CATALOG)}
    assert told[IN_SAMPLE] == [] and told["language-row"][0]["rows"] == 138
