"""Every kind of chart at any size that can be asked for: a plot to draw in, and finite places."""

import math

import pytest

from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.geometry import LEAST_PAGE, bar_span, plot_frame
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.answering.view_options import CHANGE, LEARNT, VIEWS, Change, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario

#: Pixels across and down of the least plot that shows anything.
LEAST_PLOT = (100, 40)
SIZES = [(200, 500), (300, 300), (450, 500), (560, 200), (660, 420), (960, 100), (2000, 500), (200, 100)]
KINDS = [(question, view) for question in QUESTIONS for view in VIEWS.get(question, (question,))]


def asked() -> Scenario:
    """The first start with a lever moved and what money and carbon take."""
    scenario = FIRST_START.with_lever("ipu.compute_gain", 1.3).with_lever("all.carbon_intensity", 300.0)
    for choice in scenario.systems:
        scenario = scenario.with_price(choice.key, Price(27.2, "USD", RENT, "2021", "a quote", OWN))
    return replace(scenario, target_s=600.0)


def chart(question: str, view: str, size: tuple[int, int]) -> ChartSpec:
    scenario = asked()
    if view == LEARNT:
        scenario = scenario.with_measurement("ipu-pod:16", Measurement(TIME, 1_980.0, learnt=True))
    change = Change("A to B", FIRST_START, scenario) if view == CHANGE else None
    figure = answer(
        load_world(), question, scenario, size, look=ViewOptions(scenario.systems[0], view, change=change)
    ).figure
    assert figure is not None
    return figure.chart


@pytest.mark.parametrize(("question", "view"), KINDS)
def test_that_every_chart_has_room_to_draw_in_and_finite_places_at_any_size(qapp, question: str, view: str) -> None:
    for size in SIZES:
        made = chart(question, view, size)
        frame = plot_frame(made)
        assert frame.width >= LEAST_PLOT[0] and frame.height >= LEAST_PLOT[1], size
        assert made.width == max(size[0], LEAST_PAGE[0]) and made.height >= max(size[1], LEAST_PAGE[1])
        assert 0.0 < frame.left < frame.right < made.width and 0.0 < frame.top < frame.bottom < made.height
        assert all(math.isfinite(tick.value) for axis in (frame.x_axis, frame.y_axis) for tick in axis.ticks)
        places = [value for bar in made.bars for value in bar_span(frame, bar)]
        places += [frame.x(label.x) + label.dx for label in made.labels]
        places += [frame.y(label.y) + label.dy for label in made.labels]
        assert all(map(math.isfinite, places))
        assert all(left <= right for left, _, right, _ in (bar_span(frame, bar) for bar in made.bars))
