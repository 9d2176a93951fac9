"""Charts that Office has no form for, as points with the chart's own ticks and words: numbers as drawn."""

import pytest
from pptx import Presentation

from ipuwhatif.analysis.evidence import evidence
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import OFFICIAL, PAIR, TARGET, Figure
from ipuwhatif.export.office.native.native import MOST_MARKS, native_chart
from ipuwhatif.export.office.native.native_series import (
    BESIDE_AXIS,
    HELPERS,
    LANE,
    LEADER,
    POINTS,
    REACH,
    STROKE,
    TORNADO,
    UNDER_AXIS,
    WHISKER,
    WORDS,
    NativeChart,
    Series,
)
from ipuwhatif.export.office.slides import write_slides
from ipuwhatif.figures.evidence.evidence import evidence_figure
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.view_options import VIEWS, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.office_files import cells, converted, pages
from tests.figures.finish.test_finish import FAILING, drawn

WORLD = load_world()
#: Views whose marks, lines and words stand where the chart has them.
DRAWN = (
    "evidence/hardware",
    "evidence/roofline",
    "evidence/article",
    "evidence/errors",
    "evidence/probabilities",
    "breakdown/finish",
)


@pytest.fixture(scope="module")
def views() -> dict[str, Figure]:
    """The figure of every view of the window that needs nothing but the systems."""
    found = {}
    for question, own in VIEWS.items():
        for view in own:
            figure = answer(
                WORLD, question, FIRST_START, (960, 540), look=ViewOptions(FIRST_START.systems[0], view)
            ).figure
            if figure is not None:
                found[f"{question}/{view}"] = figure
    return found


def native_of(figure: Figure) -> NativeChart:
    native = native_chart(figure)
    assert native is not None
    return native


def of_style(native: NativeChart, style: str) -> list[Series]:
    return [each for each in native.series if each.style == style]


def test_that_every_view_is_a_native_chart_but_one_of_nothing_and_one_of_too_much(views) -> None:
    pictures = {name: figure for name, figure in views.items() if native_chart(figure) is None}
    assert set(pictures) == {"evidence/mine", "evidence/results"}
    assert not pictures["evidence/mine"].chart.marks
    assert len(pictures["evidence/results"].chart.marks) > MOST_MARKS


@pytest.mark.parametrize("name", DRAWN)
def test_that_every_mark_is_a_point_where_it_is_drawn(views, name: str) -> None:
    chart, native = views[name].chart, native_of(views[name])
    rows, x_unit, y_unit = chart.y_axis.scale == "rows", chart.x_axis.per_unit, chart.y_axis.per_unit
    wanted = sorted(
        (mark.x / (x_unit or 1.0), chart.y_axis.high + 0.5 - mark.y if rows else mark.y / y_unit)
        for mark in chart.marks
    )
    points = {
        (x, y)
        for each in native.series
        if each.style not in (*HELPERS, LANE, REACH, STROKE, WHISKER)
        for x, y in zip(each.x, each.values, strict=True)
    }
    for x, y in wanted:
        assert any(x == pytest.approx(a, rel=1e-4) and y == pytest.approx(b, rel=1e-4, abs=1e-9) for a, b in points)


@pytest.mark.parametrize("name", DRAWN)
def test_that_ticks_and_words_are_those_of_the_chart(views, name: str) -> None:
    chart, native = views[name].chart, native_of(views[name])
    told = [
        text for style in (UNDER_AXIS, BESIDE_AXIS, WORDS) for each in of_style(native, style) for text in each.texts
    ]
    for tick in (*chart.x_axis.ticks, *chart.y_axis.ticks):
        assert tick.text in told
    for label in chart.labels:
        assert label.text in told
    assert native.shape == POINTS


def test_that_words_off_their_ops_have_lines_to_them(views) -> None:
    chart, native = views["evidence/roofline"].chart, native_of(views["evidence/roofline"])
    led = [label for label in chart.labels if label.rim]
    starts = [x for each in of_style(native, LEADER) for x in each.x[::3]]
    ends = [x for each in of_style(native, LEADER) for x in each.x[1::3]]
    words = [x for each in of_style(native, WORDS) for x in each.x]
    assert len(starts) == len(led) > 1
    for label in led:  # a rim is at most 2 % of the plot wide, its log axis is 3 powers of ten long
        assert any(end == pytest.approx(label.x, rel=0.15) for end in ends)
    edges = [label for label in led if label.anchor != "center"]
    assert sum(any(start == pytest.approx(x, rel=1e-4) for x in words) for start in starts) >= len(edges)


@pytest.mark.parametrize("name", DRAWN)
def test_that_words_stand_inside_the_axes(views, name: str) -> None:
    native = native_of(views[name])
    assert native.x_axis is not None
    for each in of_style(native, WORDS):
        for x, y in zip(each.x, each.values, strict=True):
            assert native.x_axis.low <= x <= native.x_axis.high
            assert native.values.low <= y <= native.values.high


def test_that_no_line_runs_on_under_the_words_beside_a_plot(views) -> None:
    axis = native_of(views["evidence/errors"]).x_axis
    assert axis is not None and axis.plot_end is not None
    assert axis.plot_end == pytest.approx(views["evidence/errors"].chart.x_axis.high, rel=1e-5)
    assert axis.high > 1.2 * axis.plot_end


def test_that_roofs_are_lines_with_their_names_and_larger_ops_larger_points(views) -> None:
    figure = views["evidence/roofline"]
    native, whys = native_of(figure), {each.key: each.title for each in figure.why}
    for line in figure.chart.lines:
        (drawn,) = [each for each in native.series if each.name == whys[line.key]]
        assert drawn.x == pytest.approx(line.x, rel=1e-4)
        assert drawn.values == pytest.approx([y / 1e12 for y in line.y], rel=1e-4)
        assert drawn.dashed == line.dashed
    assert len({each.size for each in native.series}) > 3


def test_that_the_deadline_of_finish_is_a_line_and_each_curve_has_marks_of_its_colour() -> None:
    figure = drawn(FAILING)
    native = native_of(figure)
    days = [line.x[0] / 86_400.0 for line in figure.chart.lines if line.style == TARGET]
    assert [each.x for each in of_style(native, TARGET)] == [(pytest.approx(day),) * 2 for day in days]
    hues = {(each.tint.hue, each.tint.variety) for each in of_style(native, PAIR)}
    assert hues == {(mark.tint.hue, mark.tint.variety) for mark in figure.chart.marks}


def test_that_official_results_in_rows_are_as_published(views) -> None:
    figure = views["evidence/results"]
    chart = replace(figure.chart, marks=figure.chart.marks[:50])
    native = native_of(replace(figure, chart=chart))
    minutes = sorted(x for each in of_style(native, OFFICIAL) for x in each.x)
    assert minutes == pytest.approx(sorted(round(mark.x / 60.0, 2) for mark in chart.marks))


def test_that_speeds_are_points_with_their_digits_on_intervals_of_the_model() -> None:
    scenario = replace(FIRST_START, workload="efficientnet-b4", recipe="stated")
    figure = evidence_figure(evidence(WORLD, scenario), scenario, WORLD.catalog)
    native = native_of(figure)
    assert "images/s" in native.values.title
    shown = sorted(value for each in native.series if each.style not in (*HELPERS, WHISKER) for value in each.values)
    assert shown == pytest.approx(sorted(mark.y for mark in figure.chart.marks), rel=1e-5)
    (spans,) = of_style(native, WHISKER)
    ends = sorted(end for line in figure.chart.lines for end in line.y)
    assert sorted(value for value in spans.values if value is not None) == pytest.approx(ends, rel=5e-3)


def test_that_stated_ratios_are_hatched_bars_with_their_words() -> None:
    scenario = replace(FIRST_START, workload="insurance", recipe="stated")
    figure = evidence_figure(evidence(WORLD, scenario), scenario, WORLD.catalog)
    native = native_of(figure)
    (bars,) = native.series
    assert native.shape == TORNADO and bars.dashed
    assert bars.values == tuple(bar.end for bar in figure.chart.bars)
    assert bars.texts == tuple(label.text for label in figure.chart.labels)


def test_that_a_caption_says_nothing_that_its_chart_does_not_name_and_nothing_in_part(views, tmp_path) -> None:
    path = tmp_path / "deck.pptx"
    write_slides(path, list(views.values()))
    shown = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in Presentation(str(path)).slides
    ]
    for texts, figure in zip(shown, views.values(), strict=False):
        if figure.chart.kind != "evidence" or native_chart(figure) is None:
            continue
        assert not any("submitted by" in text for text in texts[1:2])
        assert not any(text.endswith("…") for text in texts)


def test_that_libreoffice_shows_ticks_words_and_numbers_of_each(views, tmp_path) -> None:
    figures = [views[name] for name in DRAWN]
    path = tmp_path / "deck.pptx"
    write_slides(path, figures)
    opened = Presentation(str(path))
    charts = [[shape.chart for shape in slide.shapes if shape.has_chart] for slide in opened.slides][: len(DRAWN)]
    assert [len(each) for each in charts] == [1] * len(DRAWN)
    for (chart,), figure in zip(charts, figures, strict=True):
        held = {value for value in cells(chart.part.chart_workbook.xlsx_part.blob).values() if isinstance(value, float)}
        series = [each for each in native_of(figure).series if each.style not in HELPERS]
        assert {float(v) for each in series for v in each.values if v is not None} <= held
    shown = pages(converted(path, "pdf", tmp_path))
    for page, figure in zip(shown, figures, strict=False):
        told = page.replace(" ", "")
        for each in (*figure.chart.x_axis.ticks, *figure.chart.labels):
            assert each.text.replace(" ", "") in told
