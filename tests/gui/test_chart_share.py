"""The chart is the page: what is drawn of it takes its part of the window, with panel and five table rows in sight."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.texts import CHINESE, ENGLISH
from tests.gui.conftest import measured, priced
from tools.chart_share import chart_share, legend_boxes, pages, rows_in_sight, text_boxes

#: Of the window's area, by the width of the window.
LEAST = {1366: 0.45, 1920: 0.55}


def crowded(window: MainWindow) -> int:
    """How many entries of a legend stand on other texts, or over the edge of the page."""
    assert window.canvas is not None and window.canvas.spec is not None
    chart = window.canvas.spec
    page, texts, legend = QRectF(0, 0, chart.width, chart.height), text_boxes(chart), legend_boxes(chart)
    others = [*texts, *legend]
    return sum(
        not page.contains(entry) or any(entry is not other and entry.intersects(other) for other in others)
        for entry in legend
    )


@pytest.mark.parametrize("code", [ENGLISH, CHINESE])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scenario", [FIRST_START, measured(priced(FIRST_START))], ids=["first start", "all stated"])
def test_that_the_chart_is_the_page_on_every_tab(
    window: MainWindow, qapp: QApplication, scenario: Scenario, size: tuple[int, int], code: str
) -> None:
    window.question.show(scenario)
    window.resize(*size)
    window.set_language(code)
    small, hidden = {}, {}
    for page in pages(window, qapp):
        share, rows = chart_share(window), rows_in_sight(window)
        if share < LEAST[size[0]]:
            small[page] = round(share, 3)
        if rows < min(5, len(window.workspace.figure.table.rows)) and not window.workspace.asks_for_prices:  # type: ignore
            hidden[page] = rows
        if crowded(window):
            hidden[f"{page}, legend"] = crowded(window)
    assert (small, hidden) == ({}, {})
    assert window.side.isVisible() and (window.width(), window.height()) == size
