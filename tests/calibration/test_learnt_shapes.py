"""Shapes as the back-tests tell them: by kind, never by a round's own rows, and kept in step with the record."""

import math

import numpy as np
import pytest

from ipuwhatif.calibration.learnt_shapes import (
    distance_of,
    kind_of,
    learnt_shapes,
    shape_of,
    shaped,
    shaped_answer,
    widths,
)
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction, Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.shapes import FILE, HIGH, KINDS, LOW, NORMAL, load_shapes
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.files import resource
from ipuwhatif.records import replace

CATALOG = load_catalog()
RECORD = load_record(CATALOG)
RAW = tuple(
    replace(protocol, answers=tuple(shaped_answer(answer, NORMAL) for answer in protocol.answers))
    for protocol in RECORD
)
LEFT_OUT = [answer for protocol in RECORD if protocol.key != IN_SAMPLE for answer in protocol.answers]


def moved(answer: Prediction, factor: float) -> Prediction:
    return replace(answer, measured={**answer.measured, "time": answer.measured["time"] * factor})


def test_that_the_shipped_shapes_are_those_of_the_shipped_record() -> None:
    stored, learnt = load_shapes(resource("calibration") / FILE), learnt_shapes(RAW, CATALOG)
    assert list(stored) == list(learnt) == list(KINDS)
    for kind in KINDS:
        assert stored[kind] == pytest.approx(learnt[kind], abs=1e-5), "the record has changed: make track-record"


def test_that_a_shape_has_the_quantiles_of_many_rows_and_is_nearly_normal_by_few() -> None:
    rows = np.random.default_rng(1).standard_t(2, 20_000) / 2.0
    assert shape_of(rows.tolist())[LOW : HIGH + 1] == pytest.approx((-0.943, -0.408, 0.0, 0.408, 0.943), abs=0.03)
    assert shape_of([]) == pytest.approx(NORMAL, abs=0.01)
    few = shape_of([0.0, 0.0])
    assert 0.85 * NORMAL[HIGH] < few[HIGH] < NORMAL[HIGH]


def test_that_rows_to_one_side_of_the_middle_leave_a_shape_that_ascends_through_it() -> None:
    shape = shape_of([3.0] * 500)
    assert shape[3] == 0.0 and (np.diff(shape) > 0.0).all()


def test_that_a_row_is_judged_by_a_shape_that_its_round_did_not_tell() -> None:
    judged = next(answer for answer in LEFT_OUT if answer.entry.release == "2022-06")
    kind = kind_of(judged.entry, CATALOG)

    def shape_with(release: str) -> tuple[float, ...]:
        protocols = tuple(
            replace(
                each, answers=tuple(moved(row, 3.0) if row.entry.release == release else row for row in each.answers)
            )
            for each in RAW
        )
        found = (row for each in shaped(protocols, CATALOG) for row in each.answers)
        return next(row.shape for row in found if row.entry.key == judged.entry.key)

    as_is = judged.shape
    assert shape_with("2022-06") == pytest.approx(as_is)
    others = {row.entry.release for row in LEFT_OUT if kind_of(row.entry, CATALOG) == kind} - {"2022-06"}
    assert others and all(shape_with(release) != pytest.approx(as_is) for release in sorted(others)[:3])


def test_that_a_shape_moves_the_ends_of_the_time_alone_and_leaves_its_widths() -> None:
    (first, *_), shape = RAW[1].answers, (-3.0, -1.1, -0.3, 0.0, 0.2, 0.9, 2.7)
    found = shaped_answer(first, shape)
    assert widths(found) == pytest.approx(widths(first)) and distance_of(found) == pytest.approx(distance_of(first))
    below, above = widths(first)
    middle = first.predicted["time"]
    assert found.low["time"] == pytest.approx(middle * math.exp(-1.1 * below))
    assert found.high["time"] == pytest.approx(middle * math.exp(0.9 * above))
    assert (found.low["samples"], found.high["throughput"]) == (first.low["samples"], first.high["throughput"])


def test_that_what_was_seen_tells_no_shape() -> None:
    seen = tuple(Protocol(IN_SAMPLE, each.title, each.answers, each.unanswered) for each in RAW)
    assert learnt_shapes(seen, CATALOG) == {kind: shape_of([]) for kind in KINDS}
