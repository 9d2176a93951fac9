"""The article check as a figure: a row a statement, in words and places what the evidence says, nothing left out."""

import re
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from ipuwhatif.analysis.article.claims import VERDICTS, Verdict, check_claims
from ipuwhatif.analysis.article.tolerances import agreeing_range
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import GHOST, OFFICIAL, PAIR, PROJECTED, Figure
from ipuwhatif.export.csv_file import csv_text
from ipuwhatif.export.notes import notes_text
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.article.article import article_figure, claim_officials, safe_words, verdict_counts
from ipuwhatif.figures.article.article_words import reading_text, source_origin
from ipuwhatif.units import told
from tests.figures.compare.test_compare import axis_rects, label_rects
from tests.refusals import refused

WORLD = load_world()
CHECKED = check_claims(WORLD)
BY_KEY = {verdict.claim.key: verdict for verdict in CHECKED}


@pytest.fixture(scope="module")
def figure() -> Figure:
    return article_figure(CHECKED, WORLD, 990, 430)


def assert_set_apart(chart) -> None:
    rects = label_rects(chart) + axis_rects(chart)
    page = QRectF(0, 0, chart.width, chart.height)
    for index, rect in enumerate(rects):
        assert page.contains(rect), rect
        assert not any(rect.intersects(other) for other in rects[:index]), rect


@pytest.mark.parametrize("size", [(990, 430), (660, 420), (1366, 768)])
def test_that_all_statements_are_well_set(qapp, size) -> None:
    chart = article_figure(CHECKED, WORLD, *size).chart
    assert_set_apart(chart)
    assert "…" not in chart.title + chart.subtitle
    assert chart.width == size[0] and chart.height > size[1]


@given(st.lists(st.sampled_from(CHECKED), min_size=1, max_size=22, unique_by=lambda verdict: verdict.claim.key))
def test_that_any_of_the_statements_are_well_set(qapp, verdicts: list[Verdict]) -> None:
    chart = article_figure(verdicts, WORLD, 990, 430).chart
    assert_set_apart(chart)
    low, high = chart.x_axis.low, chart.x_axis.high
    assert all(low <= mark.x <= high for mark in chart.marks)
    assert all(low <= each.low <= each.median <= each.high <= high for each in chart.intervals)


def test_that_no_statement_is_missing_or_twice(figure: Figure) -> None:
    names = [tick.text for tick in figure.chart.y_axis.ticks]
    assert len(names) == len(figure.table.rows) == len(figure.why) == len(CHECKED) == 22
    assert {row[0].text for row in figure.table.rows} == {told(verdict.claim.subject) for verdict in CHECKED}
    keys = [why.key for why in figure.why]
    assert len(set(keys)) == len(keys) and {row[0].key for row in figure.table.rows} == set(keys)
    assert {mark.key for mark in figure.chart.marks} | {each.key for each in figure.chart.intervals} == set(keys)


def test_that_verdicts_are_said_in_words_above_their_rows(figure: Figure) -> None:
    heads = {label.text: label.y for label in figure.chart.labels if label.bold}
    assert list(heads) == [
        "Confirmed: 3",
        "Confirmed with a condition: 11",
        "Not supported: 2",
        "Cannot be checked: 6",
    ]
    rows = {tick.value: tick.text for tick in figure.chart.y_axis.ticks}
    for verdict in CHECKED:
        row = next(row for row, text in rows.items() if told(verdict.claim.subject).startswith(text.removesuffix("…")))
        above = max((y, text) for text, y in heads.items() if y < row)[1]
        assert above.lower().startswith(verdict.verdict)


def test_that_a_mark_lies_in_the_bar_where_its_case_agrees(figure: Figure) -> None:
    bars = {each.key: each for each in figure.chart.intervals if each.style == GHOST}
    for verdict in CHECKED:
        key = f"claim/{verdict.claim.key}"
        marks = sorted(mark.x for mark in figure.chart.marks if mark.key == key)
        if agreeing_range(verdict.claim) is None:
            assert marks == []
            continue
        assert marks == pytest.approx(sorted(case.value / verdict.claim.value for case in verdict.cases))
        inside = [bars[key].low <= case.value / verdict.claim.value <= bars[key].high for case in verdict.cases]
        assert inside == [case.holds for case in verdict.cases]


def test_that_values_that_agree_are_those_that_the_check_accepts() -> None:
    expected = {
        "resnet-pod16-time": (28.33 * 0.995, 28.33 * 1.005),
        "resnet-gain-pod16": (23.0, 25.0),
        "pod16-vs-dgx-resnet": (0.7, 1.3),
        "bert-8x-7min": (-inf, 7.0),
        "finance-10x": (10.0, inf),
    }
    for key, span in expected.items():
        assert agreeing_range(BY_KEY[key].claim) == pytest.approx(span)
    assert agreeing_range(BY_KEY["one-minute"].claim) is None
    assert agreeing_range(BY_KEY["insurance-5x"].claim) is None


def test_that_only_scores_as_published_are_official_marks(figure: Figure) -> None:
    official = {mark.key.removeprefix("claim/") for mark in figure.chart.marks if mark.style == OFFICIAL}
    times = {"resnet-pod16-time", "resnet-pod64-time", "resnet-pod256-time", "bert-pod16-half-hour", "bert-8x-7min"}
    assert official == times
    assert {mark.style for mark in figure.chart.marks} == {OFFICIAL, PAIR}
    (entry,) = [entry for entry in figure.chart.legend if entry.style == OFFICIAL]
    assert "MLPerf® Training v1.1, closed division, submitted by Graphcore" in entry.text.replace("\n", " ")


def test_that_the_hope_shows_the_reply_of_the_model_and_no_verdict_on_it(figure: Figure) -> None:
    (reply,) = [each for each in figure.chart.intervals if each.style == PROJECTED]
    assert reply.key == "claim/one-minute"
    projection = BY_KEY["one-minute"].sources[0].projection
    assert reply.median == pytest.approx(projection.time_to_train_s.median / 60.0)
    assert "the model's reply" in [label.text for label in figure.chart.labels]
    row = next(row for row in figure.table.rows if row[0].key == "claim/one-minute")
    assert row[3].text == "cannot be checked" and row[4].text.startswith("Not as a fact: a hope")


def test_that_the_headline_counts_every_verdict(figure: Figure) -> None:
    counts = verdict_counts(CHECKED)
    assert list(counts) == list(VERDICTS) and sum(counts.values()) == 22
    said = "3 confirmed, 11 confirmed with a condition, 2 not supported, 6 cannot be checked"
    assert figure.headline.text == f"Article check, 22 statements: {said}."


def test_that_conditions_are_part_of_what_can_be_said(figure: Figure) -> None:
    for verdict in CHECKED:
        said = safe_words(verdict)
        assert said.endswith(".") and said[0].isupper()
        assert "MLPerf" not in re.sub("MLPerf®", "", said)
        if verdict.verdict != "confirmed" and verdict.claim.condition:
            assert told(verdict.claim.condition).split(";")[0].replace("MLPerf", "")[:20] in said.replace("MLPerf®", "")
        for case in verdict.cases if len(verdict.cases) > 1 else ():
            assert reading_text(case) in said
    assert safe_words(BY_KEY["bert-pod16-half-hour"]) == "BERT closed on IPU-POD16: 32.70 min."


def test_that_each_side_has_the_same_columns_and_tint(figure: Figure) -> None:
    assert len(set(figure.table.tints)) == 1
    assert len({mark.tint for mark in figure.chart.marks}) == 1
    assert all(cell.text for row in figure.table.rows for cell in row)
    assert {row[5].text for row in figure.table.rows} == {"Graphcore, as reported by AET, 2021-12-30"}


def test_that_a_reason_has_every_source_with_its_origin(figure: Figure) -> None:
    for why in figure.why:
        verdict = BY_KEY[why.key.removeprefix("claim/")]
        sections = {section.title: section.rows for section in why.sections}
        assert sections["Statement"][0].origin == verdict.claim.origin
        origins = [source_origin(source) for source in verdict.sources]
        assert [row.origin for row in sections.get("Sources", ())] == origins
        assert len(sections.get("Cases", ())) == len(verdict.cases)
        assert len(sections.get("Beside it", ())) == len(verdict.beside)
    pod16 = next(why for why in figure.why if why.key == "claim/pod16-vs-dgx-resnet")
    assert "27.57 min" in [row.value for section in pod16.sections for row in section.rows]


def test_that_every_official_result_is_in_a_footnote(figure: Figure) -> None:
    text = notes_text(figure)
    for official in claim_officials(CHECKED):
        assert f"{official.score_s / 60.0:,.2f} min" in text and official.system_name in text
    assert "MLPerf " not in text.replace("MLPerf® ", "").replace("MLPerf_", "")


def test_that_it_can_be_painted_and_written(qapp, figure: Figure) -> None:
    assert all(render_png(figure.chart, theme, 1.0).startswith(b"\x89PNG") for theme in ("light", "dark"))
    assert csv_text(figure).splitlines()[0] == (
        "Statement,Stated,Computed,Verdict,What can safely be said,Attributed to"
    )


def test_that_no_statement_is_told() -> None:
    with refused("there is no statement to check"):
        article_figure((), WORLD)
