"""The track record in print, on answers made by hand."""

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.figures.track_record.printed_record import as_text
from ipuwhatif.records import replace
from tests.calibration import answers

CATALOG = load_world().catalog


@pytest.fixture(scope="module")
def protocols() -> tuple[Protocol, ...]:
    return answers.back_tests(CATALOG)


def test_that_rows_without_an_answer_are_named_once_with_their_reason(protocols: tuple[Protocol, ...]) -> None:
    text = as_text(protocols, CATALOG)
    for row, reason in protocols[0].unanswered:
        assert text.count(f"    {row.key}\n") + text.endswith(f"    {row.key}") == 1
        assert f"not answered, {reason}: " in text


def test_that_one_entry_without_an_answer_is_one_entry(protocols: tuple[Protocol, ...]) -> None:
    (first, _), *_ = protocols[0].unanswered
    alone = replace(protocols[0], unanswered=((first, "nobody asked"),))
    two = replace(protocols[0], unanswered=tuple((row, "nobody asked") for row, _ in protocols[0].unanswered[:2]))
    assert "not answered, nobody asked: 1 entry\n" in as_text([alone], CATALOG)
    assert "not answered, nobody asked: 2 entries\n" in as_text([two], CATALOG)


def test_that_the_text_has_each_group_with_its_rival_and_its_coverage(protocols: tuple[Protocol, ...]) -> None:
    part = as_text(protocols, CATALOG).split("leave one size out\n")[1].split("leave one chip family out\n")[0]
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
