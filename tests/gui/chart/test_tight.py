"""A chart in the window is as wide as its letters let it, and no text leaves the page for that."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.labels import EDGE
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.gui.chart.tight import tight
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.texts import CHINESE, ENGLISH
from tests.figures import samples
from tools.chart_share import drawn_box, text_boxes


@pytest.fixture(params=[ENGLISH, CHINESE])
def language(request: pytest.FixtureRequest) -> None:
    assert use_language(request.param) == ""


def test_that_the_plot_takes_what_names_and_labels_leave(qapp: QApplication, language: None) -> None:
    chart = compare_figure(samples.comparison(), samples.scenario(), 1079, 600).chart
    wide = tight(chart)
    box = drawn_box(wide)
    assert box.width() > drawn_box(chart).width()
    assert box.left() == pytest.approx(EDGE, abs=1.0) and box.right() == pytest.approx(1079 - EDGE, abs=1.0)
    assert (wide.width, wide.height, wide.labels) == (chart.width, chart.height, chart.labels)


def test_that_no_text_leaves_the_page_and_none_touches_another_for_that(qapp: QApplication, language: None) -> None:
    chart = compare_figure(samples.comparison(), samples.scenario(), 700, 400).chart
    boxes = text_boxes(tight(chart))
    assert all(QRectF(0, 0, chart.width, chart.height).contains(box) for box in boxes)
    before = text_boxes(chart)
    touching = [
        (first, second)
        for first in range(len(boxes))
        for second in range(first)
        if boxes[first].intersects(boxes[second]) and not before[first].intersects(before[second])
    ]
    assert touching == []


def test_that_a_chart_that_fills_its_page_stays_as_it_is(qapp: QApplication) -> None:
    chart = tight(compare_figure(samples.comparison(), samples.scenario(), 1079, 600).chart)
    assert tight(chart) == chart
