"""The painter: the right colours in the right places, at any scale."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ipuwhatif.charts.geometry import handles, plot_frame, strip_span, value_at
from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.data import paint_handles
from ipuwhatif.charts.palette import NEUTRAL, THEMES, color, theme
from ipuwhatif.charts.spec import ASSUMED, CROSSING, OWN, PROJECTED, Label, Tint
from ipuwhatif.charts.styles import OWN_SIZE
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from tests.figures import samples
from tests.figures.scaling import test_scaling_layers as scaling_layers


def picture(chart, name="light", width=None, height=None, **more):
    image = QImage(int(width or chart.width), int(height or chart.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, chart, name, image.width(), image.height(), **more)
    painter.end()
    return image


def count(image, code):
    wanted = QColor(code).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@pytest.fixture(scope="module")
def chart():
    return compare_figure(samples.comparison(), samples.scenario()).chart


@pytest.mark.parametrize("name", THEMES)
def test_that_marks_have_the_colour_of_their_system(qapp, chart, name):
    image = picture(chart, name)
    frame = plot_frame(chart)
    for mark in chart.marks:
        x, y = round(frame.x(mark.x)), round(frame.y(mark.y))
        assert QColor(image.pixel(x, y)).name() == color(mark.tint, name)


@pytest.mark.parametrize("name", THEMES)
def test_that_the_page_has_the_background_of_its_theme(qapp, chart, name):
    image = picture(chart, name)
    corners = [(0, 0), (chart.width - 1, 0), (0, chart.height - 1), (chart.width - 1, chart.height - 1)]
    assert {QColor(image.pixel(*corner)).name() for corner in corners} == {theme(name).background}


def test_that_medians_stand_where_the_spec_puts_them(qapp, chart):
    bare = replace(chart, marks=(), labels=())
    image, frame = picture(bare), plot_frame(bare)
    for interval in bare.intervals:
        x, y = frame.x(interval.median), round(frame.y(interval.row) + frame.bar_height / 4)
        assert QColor(image.pixel(int(x), y)).name() == color(interval.tint, "light")


def test_that_a_larger_picture_is_the_same_picture(qapp, chart):
    small, large = picture(chart), picture(chart, width=chart.width * 2, height=chart.height * 2)
    frame = plot_frame(chart)
    for mark in chart.marks:
        x, y = frame.x(mark.x), frame.y(mark.y)
        assert small.pixel(round(x), round(y)) == large.pixel(round(2 * x), round(2 * y))


def test_that_painting_leaves_the_painter_as_it_was(qapp, chart):
    image = QImage(960, 540, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = painter.transform()
    paint(painter, chart, "light", 960, 540)
    assert painter.transform() == before
    painter.end()


@pytest.mark.parametrize("name", THEMES)
def test_that_a_scaling_chart_shows_solid_dashed_band_and_ghost(qapp, name, scaled_with_ghost):
    image = picture(scaled_with_ghost, name)
    for line in scaled_with_ghost.lines:
        assert count(image, color(line.tint, name)) > 20


@pytest.fixture(scope="module")
def layered():
    """Curves with a shade, a ribbon, a crossing and a target."""
    curves = scaling_layers.curve(), scaling_layers.flatter(30.0)
    return scaling_layers.figure(*curves, target_s=300.0).chart


@pytest.mark.parametrize("name", THEMES)
def test_that_the_ribbon_has_the_colours_of_its_parts(qapp, layered, name):
    image, frame = picture(layered, name), plot_frame(layered)
    for strip in layered.strips:
        top, _ = strip_span(frame, strip)
        assert QColor(image.pixel(round(frame.x(strip.x0)) + 2, round(top) + 2)).name() == color(strip.tint, name)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_dashed_line_has_gaps_and_a_plain_one_has_none(qapp, layered, name):
    frame, (line, *_) = plot_frame(layered), layered.lines
    ends, level = (layered.x_axis.low, layered.x_axis.high), value_at(layered.y_axis, 0.53)
    for dashed in (False, True):
        drawn = replace(line, x=ends, y=(level, level), style=PROJECTED, dashed=dashed)
        image = picture(replace(layered, lines=(drawn,), bands=(), strips=(), marks=(), labels=()), name)
        places = range(round(frame.left) + 4, round(frame.right) - 4)
        seen = [image.pixel(x, round(frame.y(level))) for x in places]
        own = sum(QColor(each).name() == color(line.tint, name) for each in seen) / len(seen)
        assert (own > 0.9) is not dashed and own > 0.3


@pytest.mark.parametrize("name", THEMES)
def test_that_crossings_are_hollow_and_no_handle_stands_where_nothing_can_be_dragged(qapp, layered, name):
    image, frame = picture(layered, name), plot_frame(layered)
    crossings = [(mark.x, mark.y) for mark in layered.marks if mark.style == CROSSING]
    assert crossings and handles(layered)
    for x, y in crossings:
        assert QColor(image.pixel(round(frame.x(x)), round(frame.y(y)))).name() == theme(name).background
    for x, y in handles(layered):  # beside the line itself
        assert QColor(image.pixel(round(frame.x(x)), round(frame.y(y)) + 4)).name() != color(NEUTRAL, name)


@pytest.mark.parametrize("name", THEMES)
def test_that_handles_are_full(qapp, layered, name):
    image = QImage(layered.width, layered.height, QImage.Format.Format_RGB32)
    painter, frame = QPainter(image), plot_frame(layered)
    paint_handles(painter, layered, theme(name))
    painter.end()
    for x, y in handles(layered):
        assert QColor(image.pixel(round(frame.x(x)), round(frame.y(y)))).name() == color(NEUTRAL, name)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_text_off_its_mark_has_a_line_to_it_and_one_beside_it_has_none(qapp, layered, name):
    bare = replace(layered, lines=(), bands=(), strips=(), zones=(), marks=(), intervals=())
    frame, middle = plot_frame(bare), [value_at(axis, 0.5) for axis in (bare.x_axis, bare.y_axis)]
    for rim in (0.0, 8.0):
        label = Label(*middle, "far off", Tint("ipu"), "left", 60.0, 0.0, rim=rim)
        without, found = picture(replace(bare, labels=()), name), picture(replace(bare, labels=(label,)), name)
        x, y = frame.x(label.x), round(frame.y(label.y))
        between = [
            any(found.pixel(round(x) + dx, y + dy) != without.pixel(round(x) + dx, y + dy) for dy in (-1, 0))
            for dx in (2, 12, 30, 50)
        ]
        assert between == ([False, True, True, True] if rim else [False] * 4)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_measurement_of_the_users_own_is_a_hollow_square(qapp, name):
    asked = samples.scenario().with_measurement("ipu-pod:16", Measurement(TIME, 35.0 * 60))
    made = compare_figure(samples.comparison(), asked).chart
    (mark,) = (mark for mark in made.marks if mark.style == OWN)
    image, frame = picture(made, name), plot_frame(made)
    x, y = frame.x(mark.x), frame.y(mark.y)
    assert QColor(image.pixel(round(x), round(y))).name() == theme(name).background
    wanted = QColor(color(mark.tint, name))
    for corner in (-1, 1):  # where a disc has none of its colour
        there = QColor(image.pixel(int(x + corner * OWN_SIZE / 2), int(y + corner * OWN_SIZE / 2)))
        assert all(abs(a - b) < 40 for a, b in zip(there.getRgb(), wanted.getRgb(), strict=True))


def test_that_the_shade_lies_behind_the_plot_where_the_evidence_reaches(qapp, layered):
    bare = replace(layered, bands=(), lines=(), marks=(), labels=(), strips=())
    image, frame, page = picture(bare), plot_frame(bare), theme("light").background
    y = round((frame.y(bare.y_axis.ticks[0].value) + frame.y(bare.y_axis.ticks[1].value)) / 2)
    inside, outside = frame.x(bare.zones[0].x1) - 9, frame.right - 1
    assert QColor(image.pixel(round(inside), y)).name() != page
    assert QColor(image.pixel(round(outside), y)).name() == page


def test_that_a_ghost_under_assumptions_is_an_outline(qapp, chart):
    first = replace(chart.intervals[0], style=ASSUMED)
    bare = replace(chart, intervals=(first,), marks=(), labels=())
    image, frame = picture(bare), plot_frame(bare)
    x = round((frame.x(first.low) + frame.x(first.median)) / 2) + 1
    assert QColor(image.pixel(x, round(frame.y(first.row)) + 3)).name() == theme("light").background
