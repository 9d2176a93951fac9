"""The track record as values and as Markdown, on answers made by hand."""

import json

import pytest

from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.report import as_json, as_markdown, unanswered
from ipuwhatif.catalog.types import Catalog
from tests.calibration import answers


@pytest.fixture(scope="module")
def protocols(catalog: Catalog) -> tuple[Protocol, ...]:
    return answers.back_tests(catalog)


def test_that_entries_without_an_answer_are_told_once(protocols: tuple[Protocol, ...]) -> None:
    assert len(unanswered(protocols)) == len(protocols[0].unanswered) == 102


def test_that_the_record_is_plain_json_with_every_row(protocols: tuple[Protocol, ...], catalog: Catalog) -> None:
    record = json.loads(json.dumps(as_json(protocols, catalog), allow_nan=False))
    assert [each["protocol"] for each in record["protocols"]] == [protocol.key for protocol in protocols]
    for each, protocol in zip(record["protocols"], protocols, strict=True):
        assert [row["entry"] for row in each["rows"]] == [answer.entry.key for answer in protocol.answers]
        rows = {group["key"]: group["rows"] for group in each["groups"]}
        assert rows.get("all", 0) + rows.get("all-late", 0) + rows.get("language", 0) == len(protocol.answers)
    assert record["protocols"][0]["rows"][0]["time_with_searched_layout_s"] > 0
    assert record["protocols"][2]["rows"][0]["time_with_searched_layout_s"] is None
    assert [row["entry"] for row in record["unanswered"]] == [row.key for row, _ in protocols[0].unanswered]


def test_that_the_short_table_has_main_groups_with_in_sample_and_rival_beside(
    protocols: tuple[Protocol, ...], catalog: Catalog
) -> None:
    head, rule, *lines = as_markdown(protocols, catalog).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, rule, *lines)]
    assert {len(each) for each in cells} == {10}
    names = [(each[0], each[1]) for each in cells[2:]]
    assert ("nothing (in-sample)", "GPU systems, all submitters: 106") in names
    assert ("leave one size out", "IPU-POD, v1.1 closed: 7") in names
    assert ("leave one chip family out", "IPU-POD, v1.1 closed: 7") not in names
    assert not any(name.startswith("all") for _, name in names)
    row = cells[2 + names.index(("leave one size out", "NVIDIA, all: 24"))]
    assert row[2:] == [
        *["10.0 % (10.0 %)"] * 3,
        "3.0 % (3.0 %)",
        "5.0 % (5.0 %)",
        "0 of 24",
        "2.0 % / 2.0 %",
        "30.0 % / 30.0 %",
    ]
    last = cells[2 + names.index(("leave one chip family out", "NVIDIA, all: 24"))]
    assert last[6] == "-" and last[9] == "- / -"
