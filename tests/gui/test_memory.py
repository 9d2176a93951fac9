"""Memory in the window: a view of Breakdown, with a row for what does not fit, and its exports."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.export.formats import FORMATS
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE
from ipuwhatif.gui.answering.view_options import MEMORY
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, settle
from tests.gui.page.test_view_toolbar import click_bar, turn


def look_at_memory(window: MainWindow) -> None:
    turn(window, BREAKDOWN)
    view = window.workspace.tools.view
    view.setCurrentIndex(view.findData(MEMORY))
    view.activated.emit(view.currentIndex())
    settle()


def test_that_memory_is_a_view_of_breakdown(window: MainWindow) -> None:
    look_at_memory(window)
    assert window.workspace.tools.view.currentText() == "Memory"
    assert figure_of(window).chart.kind == "memory"
    assert len(figure_of(window).chart.y_axis.ticks) == len(FIRST_START.systems)
    assert not window.workspace.fault.isVisible()
    turn(window, COMPARE)
    turn(window, BREAKDOWN)
    assert figure_of(window).chart.kind == "memory"  # the view is kept


def test_that_a_system_without_room_has_a_row_and_is_told_at_the_left(window: MainWindow) -> None:
    systems = (SystemChoice("gb200-nvl72", 72), SystemChoice("ipu-pod", 64))
    window.question.show(
        replace(FIRST_START, workload="llama31-405b", release="2025-06", systems=systems, reference=systems[0].key)
    )
    look_at_memory(window)
    texts = [label.text for label in figure_of(window).chart.labels if label.bold]
    assert texts[0].startswith("188 GB") and texts[1].startswith("does not fit: at least")
    window.question.show(replace(window.question.scenario, systems=systems[1:], reference=systems[1].key))
    settle()
    assert figure_of(window).chart.kind == "memory"  # where Compare has no answer at all


def test_that_a_bar_opens_the_why_of_its_memory(window: MainWindow) -> None:
    look_at_memory(window)
    bar = next(each for each in figure_of(window).chart.bars if each.key == "memory/dgx-a100:8")
    click_bar(window, bar)
    assert window.drawer.isVisible() and "DGX A100 (8 GPUs)" in window.drawer.title.text()
    assert window.question.selection == SystemChoice("dgx-a100", 8)


def test_that_the_lever_of_the_memory_moves_the_bars(window: MainWindow) -> None:
    look_at_memory(window)
    before = [label.text for label in figure_of(window).chart.labels if label.bold]
    window.question.show(window.question.scenario.with_lever("ipu.on_chip_memory_gain", 2.0))
    settle()
    after = [label.text for label in figure_of(window).chart.labels if label.bold]
    assert after != before and after[0].endswith("of 1.8 GB")


@pytest.mark.parametrize("suffix", FORMATS)
def test_that_memory_leaves_the_window_where_no_system_has_room(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    system = SystemChoice("ipu-pod", 64)
    window.question.show(
        replace(FIRST_START, workload="llama31-405b", release="2025-06", systems=(system,), reference=system.key)
    )
    look_at_memory(window)
    path = tmp_path / f"memory{suffix}"
    window.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    if suffix == ".csv":
        assert "no: weights" in path.read_text(encoding="utf-8-sig")
