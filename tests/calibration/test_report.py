"""The track record in print, on answers made by hand."""

import json

import pytest

from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.report import as_json, as_markdown, as_text, unanswered
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import replace
from tests.calibration import answers


@pytest.fixture(scope="module")
def protocols(catalog: Catalog) -> tuple[Protocol, ...]:
    """Nothing left out, and two back-tests of the vendors' entries, one without a rival or a layout that fits."""
    rows = answers.answered(catalog)
    missing = answers.unanswered(catalog)
    vendors = [row for row in rows if row.submitter in ("Graphcore", "NVIDIA")]
    return (
        Protocol("in-sample", "in-sample", tuple(answers.answer(row, 0.02, 0.05, 0.2) for row in rows), missing),
        Protocol(
            "leave-one-size-out",
            "leave one size out",
            tuple(answers.answer(row, 0.10, 0.05, 0.3) for row in vendors),
            missing,
        ),
        Protocol(
            "leave-one-family-out",
            "leave one chip family out",
            tuple(answers.answer(row, -0.20, 0.5, fits=False) for row in vendors),
            missing,
        ),
    )


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


def test_that_rows_without_an_answer_are_named_once_with_their_reason(
    protocols: tuple[Protocol, ...], catalog: Catalog
) -> None:
    assert len(unanswered(protocols)) == len(protocols[0].unanswered) == 102
    text = as_text(protocols, catalog)
    for row, reason in protocols[0].unanswered:
        assert text.count(f"    {row.key}\n") + text.endswith(f"    {row.key}") == 1
        assert f"not answered, {reason}: " in text


def test_that_one_entry_without_an_answer_is_one_entry(protocols: tuple[Protocol, ...], catalog: Catalog) -> None:
    (first, _), *_ = protocols[0].unanswered
    alone = replace(protocols[0], unanswered=((first, "nobody asked"),))
    two = replace(protocols[0], unanswered=tuple((row, "nobody asked") for row, _ in protocols[0].unanswered[:2]))
    assert "not answered, nobody asked: 1 entry\n" in as_text([alone], catalog)
    assert "not answered, nobody asked: 2 entries\n" in as_text([two], catalog)


def test_that_the_text_has_each_group_with_its_rival_and_its_coverage(
    protocols: tuple[Protocol, ...], catalog: Catalog
) -> None:
    part = as_text(protocols, catalog).split("leave one size out\n")[1].split("leave one chip family out\n")[0]
    lines = part.splitlines()
    assert "a/n + b" in lines[1] and "in-sample" in lines[1]
    start = lines.index("IPU-POD, v1.1 closed")
    assert lines[start + 3].split()[:8] == ["time", "7", "10.0", "%", "10.0", "%", "2.0", "%"]
    assert "0/7" in lines[start + 3] and "30.0 %" in lines[start + 3] and "+10.0 %" in lines[start + 3]
    assert lines[start + 4].split() == ["time,", "true", "samples", "7", "3.0", "%", "3.0", "%"]
    assert lines[start + 5].split() == ["time,", "layout", "searched", "7", "5.0", "%", "5.0", "%"]
    assert [line for line in lines if line and not line.startswith((" ", "-"))] == [
        "IPU-POD, closed and open",
        "IPU-POD, v1.1 closed",
        "NVIDIA, all",
        "NVIDIA, v1.0 and v1.1",
        "all",
        "Bow Pod, v2.0",
        "NVIDIA, v2.0 to v5.0",
        "NVIDIA, v1.0 to v5.0",
        "all of v2.0 to v5.0",
        "language models",
        "Llama 2 70B LoRA",
        "Llama 3.1 405B",
        "GPT-3 175B",
    ]


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
