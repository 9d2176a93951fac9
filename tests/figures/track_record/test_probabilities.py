"""The figure of probabilities: a curve from nothing to all, marks on it, the finding and what is off in words."""

import re

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.calibration.probabilities import probability_scores
from ipuwhatif.calibration.protocols import IN_SAMPLE
from ipuwhatif.calibration.record import load_record
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import PAIR, PROJECTED
from ipuwhatif.figures.track_record.probabilities import probability_figure
from ipuwhatif.records import replace
from tests.refusals import refused

CATALOG = load_world().catalog
RECORD = {protocol.key: protocol for protocol in load_record(CATALOG)}
BY_SIZE = RECORD["leave-one-size-out"]


@pytest.mark.parametrize("key", RECORD)
def test_that_each_back_test_has_a_curve_from_nothing_to_all_and_a_row_a_group(key: str) -> None:
    figure = probability_figure(RECORD[key], CATALOG)
    (curve,) = [line for line in figure.chart.lines if line.style == PROJECTED]
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert list(curve.x) == sorted(curve.x) and list(curve.y) == sorted(curve.y)
    assert len(curve.x) == len(RECORD[key].answers) + 2
    assert len(figure.table.rows) == len(probability_scores(RECORD[key], CATALOG)) == len(figure.table.tints)
    frame = plot_frame(figure.chart)
    assert frame.width > 400 and frame.height > 200


def test_that_marks_stand_where_the_table_says() -> None:
    figure = probability_figure(BY_SIZE, CATALOG)
    score = probability_scores(BY_SIZE, CATALOG)[0]
    marks = {mark.x: mark.y for mark in figure.chart.marks if mark.style == PAIR}
    assert {level: marks[level] for level in score.within} == dict(score.within)
    titles = [column.title for column in figure.table.columns]
    row = dict(zip(titles, figure.table.rows[0], strict=True))
    assert row["Within 80 % (%)"].number == pytest.approx(100 * score.within[0.8], abs=0.05)
    assert row["Inside 80 % (%)"].number == pytest.approx(100 * score.inside[0.8], abs=0.05)
    assert row["Votes"].number == score.votes and row["By chance (%)"].number == pytest.approx(
        100 * score.by_chance, rel=0.05
    )
    assert row["CRPS"].number < row["CRPS of a/n + b"].number


def test_that_the_finding_is_in_the_headline_and_whose_shape_a_row_has_is_said() -> None:
    figure, score = probability_figure(BY_SIZE, CATALOG), probability_scores(BY_SIZE, CATALOG)[0]
    half, most, nearly = (f"{100 * score.within[level]:.0f} %" for level in (0.5, 0.8, 0.95))
    assert figure.headline.text == (
        f"Held out by size, {score.rows} entries: {half} of the official times are within the time of 50 % "
        f"probability, {most} within that of 80 % and {nearly} within that of 95 %."
    )
    assert "never by its own" in figure.notices[0]
    off = [each for each in probability_scores(BY_SIZE, CATALOG) if abs(each.intervals_off) > 0.08]
    assert f"a central interval in {len(off)} of them" in figure.notices[1]
    told = [each.by_chance for each in probability_scores(BY_SIZE, CATALOG) if each.by_chance is not None]
    held = sum(each >= 0.05 for each in told)
    assert f"chance explains what is off in {held} of {len(told)} groups" in figure.notices[2]
    assert figure.notices[-1].startswith("Official results know no failures")


def test_that_the_fit_itself_is_said_to_have_seen_its_entries() -> None:
    notices = probability_figure(RECORD[IN_SAMPLE], CATALOG).notices
    assert any("Nothing was left out here" in notice for notice in notices)


def test_that_a_back_test_without_an_answer_is_refused() -> None:
    with refused("leave-one-size-out has no answer to draw"):
        probability_figure(replace(BY_SIZE, answers=()), CATALOG)


def test_that_footnotes_count_the_entries_and_name_no_table_that_lacks_them() -> None:
    notes = [note.text for note in probability_figure(RECORD[IN_SAMPLE], CATALOG).footnotes]
    numbered = [note for note in notes if note.startswith("[")]
    counts = [int(count) for note in numbered for count in re.findall(r"as published: ([\d,]+) entr(?:y|ies), ", note)]
    assert len(counts) == len(numbered) and sum(counts) == len(RECORD[IN_SAMPLE].answers)
    assert not any("the table" in note.lower() for note in numbered)
