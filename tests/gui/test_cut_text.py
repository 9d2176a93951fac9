"""No text of the window is cut, and the tool that says so finds those that are."""

import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from ipuwhatif.charts.spec import Label, Tint
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.texts import CHINESE, ENGLISH
from tests.gui.conftest import figure_of, settle
from tools.chart_share import pages
from tools.cut_text import FIRST, PRICED, SCALE, set_scene
from tools.text_room import chart_cuts, cut_texts

LONG = "a word that needs far more room than it has"


@pytest.mark.parametrize("code", [ENGLISH, CHINESE])
def test_that_no_text_is_cut_on_any_tab(window: MainWindow, qapp: QApplication, code: str) -> None:
    window.set_language(code)
    set_scene(window, PRICED)
    cut = {}
    for page in pages(window, qapp):
        found = [f"{each.where}: {each.text}" for each in cut_texts(window) if not each.is_meant]
        if found:
            cut[page] = found
    assert cut == {}


@pytest.mark.parametrize(("scale", "code"), [("1.5", CHINESE), ("2", ENGLISH)])
def test_that_nothing_is_cut_on_a_screen_of_more_pixels(scale: str, code: str) -> None:
    asked = [f"--scale={scale}", f"--language={code}", "--theme=projector", "--size=1366x768", f"--scene={FIRST}"]
    command = [sys.executable, "-m", "tools.cut_text", *asked]
    run = subprocess.run(command, env={**os.environ, SCALE: scale}, check=False, capture_output=True, encoding="utf-8")
    seen, cut, _ = map(int, run.stdout.splitlines()[-1].split())
    assert (run.returncode, cut) == (0, 0) and seen > len(QUESTIONS), run.stdout + run.stderr


def test_that_lists_of_results_take_two_rows_beside_an_explanation(window: MainWindow, qapp: QApplication) -> None:
    for page in pages(window, qapp):
        if page == "results":
            window.explain(figure_of(window).why[0].key)
            settle()
            assert window.drawer.isVisible()
            assert [each for each in cut_texts(window) if not each.is_meant] == []
            boxes = window.workspace.tools.filters.boxes()
            assert len({box.y() for box in boxes}) == 2
            window.drawer.dismiss()
            settle()
            assert len({box.y() for box in boxes}) == 1


def _narrow(widget: QWidget) -> None:
    widget.setFixedSize(60, 24)
    widget.show()
    settle()


def _found(window: MainWindow) -> list[tuple[str, bool]]:
    return [(each.text, each.is_meant) for each in cut_texts(window)]


def test_that_a_label_a_button_and_a_list_without_room_are_found(window: MainWindow) -> None:
    before = _found(window)
    for widget in (QLabel(LONG, window.workspace), QPushButton(LONG, window.workspace)):
        _narrow(widget)
    box = QComboBox(window.workspace)
    box.addItem(LONG)
    _narrow(box)
    assert _found(window).count((LONG, False)) == 3 and len(_found(window)) == len(before) + 3


def test_that_a_text_whose_tip_holds_it_whole_is_meant_to_be_short(window: MainWindow) -> None:
    label = QLabel(LONG, window.workspace)
    label.setToolTip(f"Whole: {LONG}.")
    _narrow(label)
    assert (LONG, True) in _found(window) and (LONG, False) not in _found(window)


def test_that_a_label_beyond_the_edge_of_its_parent_is_found(window: MainWindow) -> None:
    label = QLabel("beyond", window.workspace)
    label.adjustSize()
    label.move(window.workspace.width() - 10, 40)
    label.show()
    settle()
    assert ("beyond", False) in _found(window)


def test_that_labels_of_a_chart_on_each_other_or_outside_are_found(window: MainWindow) -> None:
    chart = figure_of(window).chart
    assert chart_cuts(window.canvas.spec) == []
    label = Label(12.0, 2.0, "a label", Tint("ipu"))
    far = replace(label, text="far out", dx=5000.0)
    found = chart_cuts(replace(window.canvas.spec, labels=(*chart.labels, label, replace(label, text="another"), far)))
    assert [each.text for each in found if each.where == "chart, outside"] == ["far out"]
    assert [each.text for each in found if each.where == "chart, overlap"] == ["a label | another"]
