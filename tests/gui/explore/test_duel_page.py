"""Who wins where, as it is used: a map that is refined, read under the pointer or by arrows, and made a scenario."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from ipuwhatif.analysis.explore.duel import PRICE
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.explore.duel_map import painted
from ipuwhatif.gui.explore.duel_page import DuelPage
from ipuwhatif.gui.explore.explore_window import ExploreWindow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.own_edits import set_price
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from tests.gui.conftest import settle
from tests.gui.explore.conftest import wait_until


@pytest.fixture
def page(explore: ExploreWindow) -> DuelPage:
    explore.pages.setCurrentWidget(explore.duel)
    finish(explore.duel)
    return explore.duel


def finish(page: DuelPage) -> None:
    wait_until(lambda: page.outcomes is not None and not page.progress.isVisible())
    settle()


def test_that_it_asks_about_subject_and_reference_once_it_is_shown(page: DuelPage) -> None:
    assert (page.subject.currentText(), page.reference.currentText()) == ("IPU-POD", "DGX A100")
    assert page.told.text().startswith("IPU-POD is faster in 80 % of the draws or more at ")
    assert page.outcomes.probability.size > 500 and page.map.lines
    assert "IPU-POD is faster" in page.legend.text() and page.figure() is not None


def test_that_a_click_reads_a_place_and_makes_it_a_scenario(window: MainWindow, page: DuelPage) -> None:
    row, column = int(np.flatnonzero(page.outcomes.y == 8)[0]), int(np.flatnonzero(page.outcomes.x == 64)[0])
    at = QPointF(np.log10(64.0), np.log10(8.0))
    spot = page.map.mapFromScene(page.map.getPlotItem().getViewBox().mapViewToScene(at))
    assert not page.use.isEnabled()
    QTest.mouseClick(page.map.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.map.cursor_at == (row, column) and page.read.text().startswith("IPU-POD64 (64 IPUs): ")
    assert page.read.text().endswith("IPU-POD64 (64 IPUs) is faster in over 99 % of the draws")
    QTest.mouseClick(page.use, Qt.MouseButton.LeftButton)
    settle()
    scenario = window.question.scenario
    assert [each.key for each in scenario.systems] == ["ipu-pod:64", "dgx-a100:8"]
    assert (scenario.subject, scenario.reference) == ("ipu-pod:64", "dgx-a100:8")


def test_that_arrows_move_over_the_map(page: DuelPage) -> None:
    page.map.setFocus()
    QTest.keyClick(page.map, Qt.Key.Key_Up)
    row, column = page.map.cursor_at
    QTest.keyClick(page.map, Qt.Key.Key_Right)
    assert page.map.cursor_at == (row, column + 1) and page.use.isEnabled()
    for _ in range(100):
        QTest.keyClick(page.map, Qt.Key.Key_Down)
    assert page.map.cursor_at == (0, column + 1)


def test_that_a_lever_up_the_map_is_set_for_the_subject_alone(window: MainWindow, page: DuelPage) -> None:
    page.up.setCurrentIndex(page.up.findData("compute_gain"))
    assert page.up.currentText() == "Compute gain of IPU-POD"
    finish(page)
    page.map.put_cursor((len(page.outcomes.y) - 1, 2))
    page.map.chosen.emit(*page.map.cursor_at)
    assert page.read.text().startswith("Compute gain of IPU-POD 2.00 · ")
    page.use.click()
    assert dict(window.question.scenario.levers) == {"ipu-pod:4.compute_gain": 2.0}


def test_that_energy_and_money_say_what_they_lack(page: DuelPage) -> None:
    page.measure.setCurrentIndex(page.measure.findData(ENERGY))
    finish(page)
    assert "takes less energy" in page.told.text() and "whole machines" in page.notes.text()
    page.measure.setCurrentIndex(page.measure.findData(MONEY))
    finish(page)
    assert page.told.text() == "At no place of this map both have a figure."
    assert "state a price for IPU-POD" in page.notes.text()


def test_that_its_price_can_run_up_a_map_of_money_and_of_nothing_else(window: MainWindow, page: DuelPage) -> None:
    assert page.up.findData(PRICE) < 0
    price = Price(20.0, "USD", RENT, "2021", "a quote", OWN)
    question = window.question
    question.apply(set_price(question.scenario, SystemChoice("dgx-a100", 8), price, window.world.catalog))
    page.measure.setCurrentIndex(page.measure.findData(MONEY))
    page.up.setCurrentIndex(page.up.findData(PRICE))
    assert page.up.currentText() == "Price of a chip-hour of IPU-POD"
    finish(page)
    page.map.put_cursor((0, 2))
    page.map.chosen.emit(*page.map.cursor_at)
    assert page.read.text().startswith("Price of a chip-hour of IPU-POD 0.625 USD · ")
    assert page.map.up.labelText == "Price of a chip-hour of IPU-POD (USD)"
    page.use.click()
    assert window.question.scenario.prices["ipu-pod:4"].amount == 4 * 0.625
    page.measure.setCurrentIndex(page.measure.findData(ENERGY))
    assert page.up.findData(PRICE) < 0 and page.up.currentData() == CHIPS


def test_that_one_system_and_a_job_without_a_model_are_told(window: MainWindow, page: DuelPage) -> None:
    page.reference.setCurrentIndex(page.reference.findData("ipu-pod"))
    assert page.told.text() == "Choose two systems; these are one." and page.figure() is None
    page.reference.setCurrentIndex(page.reference.findData("dgx-a100"))
    window.question.apply(set_workload(window.question.scenario, "weather", window.world.catalog))
    assert page.told.text().startswith("weather is known by a stated ratio only") and page.outcomes is None


def test_that_what_is_stopped_stays_as_it_is(page: DuelPage) -> None:
    page.ask()
    wait_until(lambda: page.outcomes is not None)
    page.stop.click()
    shape = page.outcomes.probability.shape
    settle()
    assert page.outcomes.probability.shape == shape and not page.stop.isVisible()


def test_that_the_map_leaves_as_a_file(page: DuelPage, tmp_path: Path) -> None:
    page.leaving.export_to(tmp_path / "map.csv")
    wait_until(lambda: not page.leaving.job.running)
    lines = (tmp_path / "map.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Chips of IPU-POD,Chips of DGX A100,") and 100 < len(lines) <= 401


def test_that_colours_are_those_of_the_winner_and_nothing_where_nothing_is_known(page: DuelPage) -> None:
    picture = painted(page.outcomes, "#0000ff", "#ff0000", "#ffffff")
    red, _, blue, alpha = (picture[..., place].astype(int) for place in range(4))
    assert blue[2, -3] > red[2, -3] and red[-3, 2] > blue[-3, 2] and (alpha == 255).all()
    assert QColor(*picture[-3, 2][:3].tolist()).lightness() < 255
