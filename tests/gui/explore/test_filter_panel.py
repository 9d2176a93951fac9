"""Filters as they are typed: in the units that people say, and told where one cannot be read."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.sweep.quantities import TIME_S
from ipuwhatif.gui.explore.explore_window import ExploreWindow
from ipuwhatif.gui.explore.filter_panel import FilterPanel


def look_at(panel: FilterPanel, name: str) -> None:
    panel.column.setCurrentIndex(panel.column.findData(name))


def enter(field: QLineEdit, text: str) -> None:
    field.clear()
    QTest.keyClicks(field, text)
    field.editingFinished.emit()


@pytest.mark.parametrize(
    ("name", "text", "value"), [(TIME_S, "30 min", 1800.0), (CHIPS, "1,024", 1024.0), (ENERGY, "4000 Wh", 4.0)]
)
def test_that_an_end_is_read_in_its_unit(explore: ExploreWindow, name: str, text: str, value: float) -> None:
    panel = explore.plans.side.filters
    look_at(panel, name)
    enter(panel.high, text)
    low, high = panel.filters.ranges[name]
    assert low == float("-inf") and high == pytest.approx(value)
    assert (explore.plans.explored.column(name)[explore.plans.kept] <= value).all()
    enter(panel.low, "1")
    assert panel.filters.ranges[name][1] == high  # what was not touched keeps all of its digits
    enter(panel.low, "")
    enter(panel.high, "")
    assert not panel.filters and explore.plans.kept.all()


def test_that_what_cannot_be_read_is_marked_and_filters_nothing(explore: ExploreWindow) -> None:
    panel = explore.plans.side.filters
    look_at(panel, CHIPS)
    enter(panel.low, "many")
    assert panel.low.property("faulty") and not panel.filters
    assert explore.plans.read.text() == "'many' is no number"
    enter(panel.low, "64")
    assert not panel.low.property("faulty") and panel.told.text() == "Chips from 64"
