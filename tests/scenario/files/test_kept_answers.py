"""Answers that are kept in a document: read as strictly as the rest, and never in the way of what was typed."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.records import replace
from ipuwhatif.scenario.files import file_format
from ipuwhatif.scenario.files.document import Document, titled, with_copy, without
from ipuwhatif.scenario.files.file_format import VERSION, document_bytes
from ipuwhatif.scenario.files.kept_answers import KeptAnswers, Times
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.scenario.contents import alone
from tests.scenario.files.test_file_format import JSON, MOVED, content, fault_of, read

EVIDENCE, MODEL = "0" * 64, "f" * 64
TIMES = {"ipu-pod:16": Times(1700.5, 1650.0, 1800.0, 1699.8), "dgx-a100:8": Times(1750.0, 1720.0, 1830.0)}
KEPT = KeptAnswers(EVIDENCE, MODEL, MOVED, TIMES)
SAVED = alone(MOVED).with_kept([KEPT])


def object_of(document: Document = SAVED) -> dict:
    return json.loads(document_bytes(document))["scenarios"][0]["kept"]


def changed(**values: object) -> bytes:
    """A file whose kept answers have some keys changed; `...` leaves a key out."""
    kept = {**object_of(), **values}
    return content(kept={key: value for key, value in kept.items() if value is not ...})


def test_that_answers_are_kept_beside_their_scenario_and_can_be_read_by_people() -> None:
    assert object_of() == {
        "evidence": EVIDENCE,
        "model": MODEL,
        "scenario": None,
        "times": {
            "dgx-a100:8": {"median_s": 1750.0, "low_s": 1720.0, "high_s": 1830.0, "official_s": None},
            "ipu-pod:16": {"median_s": 1700.5, "low_s": 1650.0, "high_s": 1800.0, "official_s": 1699.8},
        },
    }
    assert read(document_bytes(SAVED)).document == SAVED
    assert read(content()).document.kept == ()


def test_that_answers_to_an_edited_scenario_keep_the_scenario_that_they_are_of() -> None:
    edited = SAVED.with_scenario(MOVED.with_lever("gpu.clock", 1.1))
    assert object_of(edited)["scenario"]["levers"] == dict(sorted(MOVED.levers.items()))
    again = read(document_bytes(edited)).document
    assert again == edited and again.kept_at(0).scenario == MOVED


TIME = {"median_s": 1.0, "low_s": 1.0, "high_s": 2.0, "official_s": None}
FAULTS = {
    "no hash": ({"evidence": "b6be"}, "a kept hash is not 64 digits from 0 to f"),
    "capitals": ({"model": "F" * 64}, "a kept hash is not 64 digits from 0 to f"),
    "missing": ({"model": ...}, "key 'model' is missing"),
    "more": ({"colour": "red"}, "key 'colour' is unknown"),
    "text": ({"times": {"ipu-pod:16": {**TIME, "median_s": "1"}}}, "key 'median_s' is not a finite number"),
    "nothing": ({"times": {"ipu-pod:16": {**TIME, "low_s": 0.0}}}, "a kept time is not above 0 and up to 1e+18 s"),
    "negative": ({"times": {"ipu-pod:16": {**TIME, "official_s": -1.0}}}, "a kept time is not above 0"),
    "endless": ({"times": {"ipu-pod:16": {**TIME, "high_s": 1e19}}}, "a kept time is not above 0"),
    "reversed": ({"times": {"ipu-pod:16": {**TIME, "low_s": 3.0}}}, "a kept interval ends before it begins"),
    "more of a time": ({"times": {"ipu-pod:16": {**TIME, "mean_s": 1.0}}}, "key 'mean_s' is unknown"),
    "another system": (
        {"times": {"ipu-pod:17": TIME}},
        "'ipu-pod:17' is not in its scenario; nearest: ipu-pod:16",
    ),
    "a scenario in it": ({"scenario": {"workload": "resnet50"}}, "key 'systems' is missing"),
    "a list": ({"times": []}, "key 'times' is not an object"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_that_a_fault_in_kept_answers_is_told_with_its_place(kind: str) -> None:
    values, told = FAULTS[kind]
    text = fault_of(changed(**values))
    assert told in text and "scenario.scenarios[0].kept" in text


def test_that_a_scenario_inside_holds_neither_a_title_nor_answers_of_its_own() -> None:
    inner = {key: value for key, value in json.loads(content()).items() if key == "scenarios"}["scenarios"][0]
    for name in ("title", "kept"):
        values = {key: value for key, value in inner.items() if key not in ("title", "kept") or key == name}
        assert f"key '{name}' is unknown" in fault_of(changed(scenario=values))


def test_that_a_file_without_the_key_is_refused_and_a_newer_one_is_read_without() -> None:
    assert "key 'kept' is missing" in fault_of(content(kept=...))
    for kept in (..., {"evidence": 3}, {**object_of(), "more": 1}):
        opened = read(content(kept=kept, version=VERSION + 1))
        assert opened.document == alone(MOVED) and opened.newer
        assert opened.left_out == (() if kept is ... else ("kept",))
    assert read(content(kept=object_of(), version=VERSION + 1)).document == SAVED


@settings(max_examples=200)
@given(st.sampled_from(["", *object_of()]), JSON, st.sampled_from([VERSION, VERSION + 1]))
def test_that_random_values_raise_only_our_own_error(name: str, value: object, version: int) -> None:
    kept = {**object_of(), name: value} if name else value
    try:
        opened = read(content(kept=kept, version=version))
    except InputError:
        return
    assert read(document_bytes(opened.document)).document == opened.document


@pytest.mark.parametrize("seed", range(4))
def test_that_random_damage_raises_only_our_own_error(seed: int) -> None:
    chance, whole = random.Random(seed), document_bytes(SAVED)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(data))
            letters = chance.choices(b'019.{}[]",:-eE\x00\xff', k=chance.randint(0, 4))
            data[start : start + chance.randint(0, 6)] = bytes(letters)
        try:
            opened = read(bytes(data))
        except InputError:
            continue
        assert read(document_bytes(opened.document)).document == opened.document


def test_that_what_was_typed_is_saved_where_answers_would_make_a_file_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = document_bytes(SAVED.with_kept())
    monkeypatch.setattr(file_format, "LIMIT_BYTES", len(document_bytes(SAVED)) - 1)
    assert document_bytes(SAVED) == plain


def test_that_the_largest_document_with_all_its_answers_is_far_below_the_limit() -> None:
    times = dict.fromkeys([choice.key for choice in FIRST_START.systems], Times(1.23456, 1.23456, 1.23456, 1.23456))
    size = len(document_bytes(alone(FIRST_START).with_kept([KeptAnswers(EVIDENCE, MODEL, FIRST_START, times)])))
    each = (size - len(document_bytes(alone(FIRST_START)))) / len(times)
    assert 12 * 24 * each < 0.1 * file_format.LIMIT_BYTES


def test_that_answers_stay_with_their_scenario_when_others_come_and_go() -> None:
    document = with_copy(with_copy(SAVED))
    assert document.kept == (KEPT, None, None)
    assert titled(document, 0, "as saved").kept == document.kept
    assert without(document, 1).kept == (KEPT, None)
    assert without(document, 0).kept == ()
    assert document.with_scenario(FIRST_START).turned_to(0).kept == document.kept
    assert document.with_kept() == replace(document, kept=()) and document.with_kept().kept_at(2) is None
