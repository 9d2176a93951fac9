"""The track record as a file: there and back again, of the evidence at hand, and refused when it is damaged."""

import json
import subprocess
import sys
from math import isfinite, isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.learnt_shapes import shaped
from ipuwhatif.calibration.protocols import Prediction, Protocol
from ipuwhatif.calibration.record import FILE, load_record, save_record
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import replace
from ipuwhatif.units import InputError
from tests.calibration.answers import answer, answered, unanswered

CATALOG = load_catalog()
ROWS = answered(CATALOG)
HASH = CATALOG.evidence_hash


def protocol(key: str = "by-hand", fits: bool = True) -> Protocol:
    made = (answer(ROWS[0], 0.1, 0.2, 0.3, fits), answer(ROWS[1], -0.2, 0.3))
    return Protocol(key, f"title of {key}", made, unanswered(CATALOG)[:2])


def same(first: Prediction, second: Prediction) -> bool:
    """Equal to the digits that are kept; where nothing fits is not told from where nothing was searched."""
    pairs = [(getattr(first, name)[key], getattr(second, name)[key]) for name in NUMBERS for key in first.predicted]
    pairs.append((first.time_with_true_samples, second.time_with_true_samples))
    if isfinite(first.time_with_searched_layout):
        pairs.append((first.time_with_searched_layout, second.time_with_searched_layout))
    elif not isnan(second.time_with_searched_layout):
        return False
    close = all(a == b if a is None or b is None else a == pytest.approx(b, rel=1e-8) for a, b in pairs)
    return first.entry == second.entry and close


NUMBERS = ("predicted", "low", "high", "measured", "naive")


def test_that_the_shipped_record_belongs_to_the_shipped_evidence() -> None:
    path = Path(__file__).parents[2] / "resources" / "calibration" / FILE
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["evidence"] == HASH, "the evidence has changed: make track-record"
    keys = ("in-sample", "leave-one-row-out", "leave-one-size-out", "largest", "leave-one-submitter-out")
    assert [each.key for each in load_record(CATALOG)] == [
        *keys,
        *("as-of-2021-06", "as-of-2021-12", "next-round", "leave-one-family-out"),
        *("language-row", "language-cell", "language-size", "language-chip", "language-round", "language-job"),
        *("language-h200", "language-blackwell", "language-amd", "language-as-of"),
    ]


def test_that_the_record_is_read_without_what_fits() -> None:
    code = (
        "import sys; from ipuwhatif.calibration.record import load_record; from ipuwhatif.catalog.load import "
        "load_catalog; load_record(load_catalog()); sys.exit('ipuwhatif.calibration.fit' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("fits", [True, False])
def test_that_what_was_saved_comes_back(tmp_path: Path, fits: bool) -> None:
    given_ones = (protocol("first", fits), protocol("second"), Protocol("empty", "no answer", (), ()))
    save_record(given_ones, HASH, tmp_path / FILE)
    back = load_record(CATALOG, tmp_path)
    assert [(each.key, each.title, each.unanswered) for each in back] == [
        (each.key, each.title, each.unanswered) for each in given_ones
    ]
    for first, second in zip(shaped(given_ones, CATALOG), back, strict=True):
        assert len(first.answers) == len(second.answers)
        assert all(same(*pair) for pair in zip(first.answers, second.answers, strict=True))


@given(st.floats(-0.99, 1e6), st.floats(0.0, 0.99), st.none() | st.floats(-0.99, 1e6), st.booleans())
def test_that_any_answer_comes_back(
    tmp_path_factory, error: float, half: float, naive: float | None, fits: bool
) -> None:
    folder = tmp_path_factory.mktemp("record")
    made = (Protocol("any", "any", (answer(ROWS[0], error, half, naive, fits),), ()),)
    save_record(made, HASH, folder / FILE)
    assert same(shaped(made, CATALOG)[0].answers[0], load_record(CATALOG, folder)[0].answers[0])


def test_that_a_record_of_other_evidence_is_refused_with_the_remedy(tmp_path: Path) -> None:
    save_record((protocol(),), HASH, tmp_path / FILE)
    other: Catalog = replace(CATALOG, evidence_hash="of later evidence")
    with pytest.raises(InputError, match=r"other evidence.*make track-record"):
        load_record(other, tmp_path)


DAMAGE = {
    "no evidence": lambda values: values.pop("evidence"),
    "no protocol": lambda values: values["protocols"].clear(),
    "two of one key": lambda values: values["protocols"].append(values["protocols"][0]),
    "a word too many": lambda values: values.update(note="x"),
    "an unknown entry": lambda values: first_answer(values).update(entry="v9.9/Nobody"),
    "a missing quantity": lambda values: first_answer(values)["low"].pop("time"),
    "no number": lambda values: first_answer(values)["low"].update(time="5"),
    "a time of 0": lambda values: first_answer(values)["predicted"].update(time=0.0),
    "low above high": lambda values: first_answer(values)["low"].update(time=1e9),
    "a word too many in an answer": lambda values: first_answer(values).update(measured={}),
    "an unanswered row without reason": lambda values: values["protocols"][0]["unanswered"][0].update(reason=""),
}


def first_answer(values: dict) -> dict:
    return values["protocols"][0]["answers"][0]


@pytest.mark.parametrize("what", DAMAGE)
def test_that_a_damaged_record_is_refused_with_file_and_place(tmp_path: Path, what: str) -> None:
    save_record((protocol(),), HASH, tmp_path / FILE)
    values = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    DAMAGE[what](values)
    (tmp_path / FILE).write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(InputError, match=FILE) as refused:
        load_record(CATALOG, tmp_path)
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=300))
def test_that_random_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("record")
    (folder / FILE).write_bytes(data)
    with pytest.raises(InputError):
        load_record(CATALOG, folder)


def test_that_a_missing_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_record(CATALOG, tmp_path)
