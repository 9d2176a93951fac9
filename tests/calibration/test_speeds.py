"""Printed speeds that were left out: rivals, scores by level, and the record as a file."""

from pathlib import Path

import pytest

from ipuwhatif.calibration.published import PublishedRow, published_rows
from ipuwhatif.calibration.speeds import (
    CLASS,
    OTHER_RELEASE,
    RELEASE,
    SpeedAnswer,
    SpeedTest,
    document_of,
    framework_of,
    known_as,
    load_speed_record,
    rivals,
    save_speed_record,
    scores,
)
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import replace
from ipuwhatif.units import InputError

FIGURE = "resnet50/hgx-v100/1/PyTorch NGC 21.03#frameworks:2"


def answer(**changes: object) -> SpeedAnswer:
    base = SpeedAnswer(FIGURE, "a cell", RELEASE, 100.0, 110.0, 90.0, 130.0, 150.0, 80.0)
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> list[PublishedRow]:
    return [row for row in published_rows(catalog) if row.case.software]


def test_that_figures_of_one_cell_count_as_one() -> None:
    near, far = answer(), answer(predicted=200.0, low=150.0, high=250.0)
    (score,) = scores(SpeedTest("document", "", (near, near, near, replace(far, cell="another"))))
    assert (score.figures, score.cells) == (4, 2)
    assert score.error == pytest.approx((0.1 + 1.0) / 2) and score.covered == 1.0
    assert score.ratio == pytest.approx(1.1)  # of figures
    assert score.constant == pytest.approx(0.5) and score.nearest == pytest.approx(0.2)


def test_that_levels_are_scored_apart_in_their_order() -> None:
    found = scores(SpeedTest("document", "", (answer(known=CLASS), answer(), answer(known=OTHER_RELEASE))))
    assert [score.known for score in found] == [RELEASE, OTHER_RELEASE, CLASS]


def test_that_the_nearest_figure_is_scaled_by_chips_work_and_peak(catalog: Catalog, rows: list[PublishedRow]) -> None:
    one, eight = (row for row in rows if document_of(row).endswith("@7bdfc81d"))
    constant, nearest = rivals(catalog, [one], eight)
    assert constant == pytest.approx(8 * one.throughput) and nearest == pytest.approx(8 * one.throughput)


def test_that_software_is_known_by_its_release_its_framework_or_its_class(
    catalog: Catalog, rows: list[PublishedRow]
) -> None:
    row = next(each for each in rows if each.case.software == "pytorch-19.07")
    others = [each for each in rows if each.case.software != "pytorch-19.07"]
    strangers = [each for each in rows if framework_of(catalog, each) != "pytorch"]
    assert [known_as(catalog, kept, row) for kept in (rows, others, strangers)] == [RELEASE, OTHER_RELEASE, CLASS]


def test_that_a_record_is_read_back_as_it_was_written(catalog: Catalog, tmp_path: Path) -> None:
    tests = (SpeedTest("document", "leave one document out", (answer(), answer(known=CLASS))),)
    save_speed_record(tests, catalog.evidence_hash, tmp_path / "speed_record.json")
    assert load_speed_record(catalog, tmp_path) == tests


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        (FIGURE, "resnet50/none", "there is no figure 'resnet50/none'; make it again: make track-record"),
        ('"evidence": "', '"evidence": "x', "of other evidence; make it again: make track-record"),
        ('"low": 90.0', '"low": "few"', "key 'low' is not a finite number"),
    ],
)
def test_that_a_damaged_record_is_refused_with_what_to_do(
    catalog: Catalog, tmp_path: Path, there: str, instead: str, told: str
) -> None:
    path = tmp_path / "speed_record.json"
    save_speed_record((SpeedTest("document", "a title", (answer(),)),), catalog.evidence_hash, path)
    path.write_text(path.read_text(encoding="utf-8").replace(there, instead), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_speed_record(catalog, tmp_path)
    assert told in str(refusal.value)
