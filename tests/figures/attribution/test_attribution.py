"""The waterfall: bars join and end at the time after, signs say the direction, ratios stand where the rules allow."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF

from ipuwhatif.analysis.attribution.attribution import Attribution, attribute, attribute_official, find_entry
from ipuwhatif.analysis.attribution.pairs import official_pairs
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import BAR, OFFICIAL, PROJECTED
from ipuwhatif.export.csv_file import csv_text
from ipuwhatif.export.notes import notes_text
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.attribution.attribution import attribution_figure
from ipuwhatif.model.case import Case, Gains
from tests.figures.compare.test_compare import axis_rects, label_rects

WORLD = load_world()
CATALOG = WORLD.catalog
PAIRS = [pair for workload in ("resnet50", "bert-large") for pair in official_pairs(CATALOG, workload)]
POD64 = [f"{mlperf_round}/Graphcore/ipu-pod64-TF1/resnet/closed" for mlperf_round in ("v1.0", "v1.1")]
BERT = [f"{mlperf_round}/Graphcore/ipu-pod16-POPART-closed/bert/closed" for mlperf_round in ("v1.0", "v1.1")]


def official(keys) -> Attribution:
    return attribute_official(*(find_entry(CATALOG, key) for key in keys))


def case(system: str, chips: int, release: str = "2021-12", gains: Gains | None = None) -> Case:
    return Case("resnet50", SystemChoice(system, chips), release, "closed", gains=gains or Gains())


def projected(*cases: Case) -> Attribution:
    return attribute(WORLD, *cases)


PROJECTIONS = {
    "two releases": (case("ipu-pod", 64, "2021-06"), case("ipu-pod", 64)),
    "two systems": (case("dgx-a100", 8), case("ipu-pod", 64)),
    "a lever": (case("ipu-pod", 16), case("ipu-pod", 16, gains=Gains(compute=1.02))),
}


def assert_set_apart(chart) -> None:
    rects = label_rects(chart) + axis_rects(chart)
    page = QRectF(0, 0, chart.width, chart.height)
    for index, rect in enumerate(rects):
        assert page.contains(rect), rect
        assert not any(rect.intersects(other) for other in rects[:index]), rect


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[1].key)
def test_that_any_two_official_results_are_well_set_and_add_up(qapp, pair) -> None:
    answer = attribute_official(*pair)
    chart = attribution_figure(answer, CATALOG, 990, 430).chart
    assert_set_apart(chart)
    assert "…" not in chart.title + chart.subtitle
    first, *parts, last = sorted(chart.bars, key=lambda bar: bar.row)
    assert (first.start, first.end) == (0.0, answer.before.time_s)
    assert parts[0].start == first.end and all(one.end == two.start for one, two in pairwise(parts))
    assert parts[-1].end == pytest.approx(answer.after.time_s) and last.end == answer.after.time_s
    for bar, part in zip(parts, answer.parts, strict=True):
        assert bar.end - bar.start == pytest.approx(part.seconds, abs=1e-6)
        assert chart.x_axis.low <= min(bar.start, bar.end) and max(bar.start, bar.end) <= chart.x_axis.high


@pytest.mark.parametrize("what", PROJECTIONS)
@pytest.mark.parametrize("size", [(990, 430), (660, 420), (1366, 768)])
def test_that_projections_are_well_set_with_their_intervals(qapp, what, size) -> None:
    answer = projected(*PROJECTIONS[what])
    figure = attribution_figure(
        answer, CATALOG, *size, settings=("IPU compute gain 1.02 ×",) if what == "a lever" else ()
    )
    chart = figure.chart
    assert_set_apart(chart)
    assert chart.marks == () and {each.style for each in chart.intervals} == {PROJECTED}
    for interval, end in zip(chart.intervals, (answer.before, answer.after), strict=True):
        time = end.projection.time_to_train_s
        assert (interval.low, interval.median, interval.high) == (time.low, time.median, time.high)
        assert interval.high <= chart.x_axis.high
    keys = [why.key for why in figure.why]
    assert len(set(keys)) == len(keys)
    drawn = {each.key for each in (*chart.intervals, *chart.bars, *chart.lines)}
    assert drawn <= set(keys)
    assert "MLPerf® Training v1" not in figure.headline.text


def test_that_labels_carry_signed_seconds_and_scores_as_published() -> None:
    chart = attribution_figure(official(POD64), CATALOG).chart
    assert [label.text for label in chart.labels] == [
        "14.48 min",
        "−2.36 min",
        "−1.69 min",
        "−22.8 s",
        "−1.55 min",
        "8.50 min",
    ]
    assert [tick.text for tick in chart.y_axis.ticks][0::5] == ["before: v1.0", "after: v1.1"]
    assert [mark.style for mark in chart.marks] == [OFFICIAL, OFFICIAL]
    assert [mark.key for mark in chart.marks] == [f"official/{key}" for key in POD64]


def test_that_faster_and_slower_differ_in_sign_place_and_tint() -> None:
    chart = attribution_figure(official(BERT), CATALOG).chart
    parts = sorted(chart.bars, key=lambda bar: bar.row)[1:-1]
    texts = [label.text for label in chart.labels][1:-1]
    slower = [text.startswith("+") for text in texts]
    assert slower == [bar.end > bar.start for bar in parts] == [False, False, False, True]
    assert len({bar.tint for bar in parts}) == 2
    assert {entry.tint for entry in chart.legend if entry.style == BAR} == {bar.tint for bar in parts}
    assert [entry.text for entry in chart.legend if entry.style == BAR] == [
        "− faster: takes time away",
        "+ slower: adds time",
    ]


def test_that_the_headline_says_the_finding() -> None:
    text = attribution_figure(official(POD64), CATALOG).headline.text
    assert text.startswith(
        "ResNet-50: IPU-POD64 (64 IPUs) from v1.0 to v1.1: 41.3 % less time; its largest part is thro"
    )
    assert text.endswith("official MLPerf® Training v1.0 and v1.1 results [1] [2]")
    vendors = ["v1.1/NVIDIA/dgxa100_ngc21.09_pytorch/bert/closed", BERT[1]]
    text = attribution_figure(official(vendors), CATALOG).headline.text
    assert "IPU-POD16 (16 IPUs) takes 1.63 × as long as DGX A100 (8 GPUs); throughput carries most of it" in text


def test_that_no_ratio_is_stated_where_scores_or_intervals_cannot_be_told_apart() -> None:
    for answer, words in (
        (official(BERT), "the scores lie within their scatter"),
        (projected(*PROJECTIONS["a lever"]), "28.5 min → 28.0 min"),  # of one system: both times, and no ratio
    ):
        text = attribution_figure(answer, CATALOG).headline.text
        assert words in text and "%" not in text and "×" not in text


def test_that_no_ratio_is_stated_between_two_divisions() -> None:
    keys = [f"v1.1/Graphcore/ipu-pod64-POPART-{division}/bert/{division}" for division in ("closed", "open")]
    figure = attribution_figure(official(keys), CATALOG)
    assert "%" not in figure.headline.text and "Not the same division: closed and open." in figure.notices


def test_that_the_table_adds_up_and_says_what_is_not_official() -> None:
    answer = official(BERT)
    table = attribution_figure(answer, CATALOG).table
    *parts, whole, measured = table.rows
    assert len(table.tints) == len(table.rows) == len(answer.parts) + 2
    assert sum(row[5].number for row in parts) == pytest.approx(whole[5].number)
    assert sum(row[6].number for row in parts) == pytest.approx(whole[6].number) == pytest.approx(100.0)
    assert [cell.text for cell in whole[:4]] == ["official score", "34.49", "32.70", "min"]
    assert measured[0].text == "measured time, not official" and measured[2].text == "29.78"
    assert [row[3].text for row in parts] == ["sequences/s", "sequences", "s", ""]


def test_that_the_whole_has_no_relative_change_where_projections_overlap() -> None:
    rows = attribution_figure(projected(*PROJECTIONS["a lever"]), CATALOG).table.rows
    assert rows[-1][0].text == "projected, whole" and rows[-1][4].text == "–"


def test_that_footnotes_and_notices_go_with_official_ends() -> None:
    figure = attribution_figure(official(POD64), CATALOG)
    text = notes_text(figure)
    assert "14.48 min" in text and "8.50 min" in text and "not the same version" in text.lower()
    assert "they are no official metrics" in text
    assert "MLPerf " not in text.replace("MLPerf® ", "").replace("MLPerf_", "")
    assert csv_text(figure).splitlines()[0].startswith("Part,Before,After,Unit,Change of the factor (%)")


def test_that_every_part_has_a_reason_with_both_sources() -> None:
    answer = official(POD64)
    replies = {why.key: why for why in attribution_figure(answer, CATALOG).why}
    for part in answer.parts:
        rows = [row for section in replies[f"attribution/{part.key}"].sections for row in section.rows]
        assert [row.origin for row in rows if row.origin] == [
            end.official.origin for end in (answer.before, answer.after)
        ]
    rows = replies["attribution/throughput"].sections[0].rows
    assert [row.value for row in rows][:3] == ["79,184 images/s", "100,364 images/s", "+26.7 %"]


def test_that_it_can_be_painted(qapp) -> None:
    for answer in (official(POD64), projected(*PROJECTIONS["two releases"])):
        chart = attribution_figure(answer, CATALOG).chart
        assert len({render_png(chart, theme, 1.0) for theme in ("light", "dark")}) == 2
