"""What leaves in one file is ticked and put in order by hand: charts under each scenario, or the steps of a story."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ipuwhatif.export.chosen import CHARTS, USUAL, Chosen
from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.gui.answering.question import EVIDENCE
from ipuwhatif.gui.files.chosen_dialog import ChosenDialog
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.files.file_format import read_content
from tests.export.programs import pdf_text
from tests.gui.conftest import figure_of, settle


@pytest.fixture
def two(window: MainWindow) -> MainWindow:
    """A window with a second scenario, in which IPUs are faster; the first is looked at."""
    window.menus.scenarios.add.trigger()
    lever = window.world.levers["compute_gain"]
    window.question.apply(set_lever(window.question.scenario, "ipu", lever, 1.3, window.world.catalog))
    window.question.turn_to(0)
    settle()
    return window


@pytest.fixture
def saved_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """What says which file the user names."""

    def names(name: str) -> Path:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
        return tmp_path / name

    return names


def opened(window: MainWindow) -> ChosenDialog:
    window.menus.exports.some.trigger()
    settle()
    (dialog,) = (each for each in window.findChildren(ChosenDialog) if each.isVisible())
    return dialog


def lines(dialog: ChosenDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def click_box(dialog: ChosenDialog, text: str) -> None:
    box = dialog.list.visualItemRect(dialog.list.item(lines(dialog).index(text)))
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(9, 9))


def test_that_every_chart_is_offered_and_the_usual_ones_are_ticked(window: MainWindow) -> None:
    dialog = opened(window)
    assert len(lines(dialog)) == len(CHARTS) and not any("·" in line for line in lines(dialog))
    assert dialog.chosen() == tuple(Chosen(chart, 0) for chart in USUAL)
    assert dialog.count.text() == "5 of 9 chosen"
    dialog.reject()


def test_that_charts_of_both_scenarios_are_ticked_and_moved_with_mouse_and_keys(two: MainWindow) -> None:
    dialog = opened(two)
    assert lines(dialog)[:4] == ["Compare · A", "Compare · B", "Scaling · A", "Scaling · B"]
    dialog.none.click()
    assert dialog.chosen() == () and not dialog.go_on.isEnabled()
    click_box(dialog, "Compare · A")
    click_box(dialog, "Scaling · B")
    dialog.list.setCurrentRow(lines(dialog).index("Scaling · B"))
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)  # and off, and on again
    assert dialog.chosen() == (Chosen("compare", 0),)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    for _ in range(5):  # no farther than to the top
        QTest.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.chosen() == (Chosen("scaling", 1), Chosen("compare", 0)) and not dialog.up.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.chosen() == (Chosen("compare", 0), Chosen("scaling", 1)) and dialog.count.text() == "2 of 18 chosen"
    dialog.reject()


def test_that_a_dragged_line_takes_its_tick_along(two: MainWindow) -> None:
    dialog = opened(two)
    assert dialog.list.model().moveRow(
        QModelIndex(), lines(dialog).index("Cost · A"), QModelIndex(), 0
    )  # what a drop does
    assert dialog.chosen()[0] == Chosen("cost", 0) and dialog.count.text() == "5 of 18 chosen"
    dialog.reject()


def test_that_what_was_chosen_is_written_in_its_order(
    two: MainWindow, qtbot: QtBot, saved_to: Callable[[str], Path]
) -> None:
    dialog, path = opened(two), saved_to("talk.pdf")
    dialog.none.click()
    for text in ("Compare · A", "Compare · B"):
        click_box(dialog, text)
    dialog.list.setCurrentRow(1)
    dialog.step(-1)
    dialog.go_on.click()
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert re.findall(r"([AB]) · ResNet-50, closed division: time to train", pdf_text(path)) == ["B", "A"]
    content = carried_in(path.read_bytes(), ".pdf")
    document = read_content(content, "talk", two.world.catalog, two.world.levers).document
    assert document.scenarios == two.question.document.scenarios


def test_that_a_scenario_that_stands_beside_is_on_the_charts_of_every_file(
    two: MainWindow, qtbot: QtBot, saved_to: Callable[[str], Path]
) -> None:
    two.menus.scenarios.pair.trigger()
    settle()
    dialog = opened(two)
    assert lines(dialog)[0] in ("Compare · A beside B", "Compare · B beside A")
    dialog.reject()
    path = saved_to("all.pdf")
    two.menus.exports.deck.trigger()
    qtbot.waitUntil(path.exists, timeout=30_000)
    text = pdf_text(path)
    assert "A · IPU-POD16 (16 IPUs)" in text and "B · IPU-POD16 (16 IPUs)" in text


def test_that_the_steps_of_a_story_become_pages_with_its_words(
    window: MainWindow, qtbot: QtBot, saved_to: Callable[[str], Path]
) -> None:
    dialog, path = opened(window), saved_to("story.pdf")
    dialog.source.setCurrentIndex(1)
    steps = dialog.chosen()
    assert len(steps) < dialog.list.count()  # the article check comes only when it is asked for
    for row in range(2, dialog.list.count()):
        dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.go_on.click()
    qtbot.waitUntil(path.exists, timeout=60_000)
    text, flat = pdf_text(path), " ".join(steps[0].text.split())
    assert steps[0].title in text and steps[1].title in text and steps[2].title not in text and flat in text
    content = carried_in(path.read_bytes(), ".pdf")
    document = read_content(content, "story", window.world.catalog, window.world.levers).document
    assert document.scenarios[0] == steps[0].scenario


def test_that_the_inputs_of_a_workbook_are_those_of_the_scenario_of_its_first_chart(
    two: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    inputs = []
    for place in (0, 1):
        path = tmp_path / f"{place}.xlsx"
        two.menus.exports.export_deck_to(path, (Chosen("compare", place),))
        qtbot.waitUntil(path.exists, timeout=30_000)
        inputs.append([cell.value for row in load_workbook(path)["Inputs"].iter_rows() for cell in row])
    assert inputs[0] != inputs[1]


def switches(path: Path) -> list[str]:
    """What the buttons of a page say."""
    return re.findall(r'<button type="button"[^>]*>([^<]*)</button>', path.read_text(encoding="utf-8"))


def test_that_a_page_of_one_chart_has_every_scenario_and_both_scales(
    two: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "chart.html"
    two.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert switches(path) == ["A", "B", "Logarithmic time axis"] * 2  # over the chart of each scenario
    shown = figure_of(two)
    said = re.findall(r"<h[12][^>]*>([^<]*)</h[12]>", path.read_text(encoding="utf-8"))
    assert said[0] == shown.headline.text and "IPU compute gain 1.30 ×" in said[1]
    widths = set(re.findall(r'viewBox="0 0 (\d+)', path.read_text(encoding="utf-8")))
    assert widths == {str(shown.chart.width)}


def test_that_a_page_of_every_chart_has_every_scenario_and_one_of_chosen_charts_those_alone(
    two: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    every, chosen = tmp_path / "every.html", tmp_path / "chosen.html"
    two.menus.exports.export_deck_to(every)
    qtbot.waitUntil(every.exists, timeout=30_000)
    assert switches(every).count("B") == 10 and switches(every).count("Logarithmic time axis") == 4
    two.menus.exports.export_deck_to(chosen, (Chosen("breakdown", 1),))
    qtbot.waitUntil(chosen.exists, timeout=30_000)
    assert switches(chosen) == []


def test_that_a_page_of_evidence_has_nothing_to_choose_between(two: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    two.turn_to(EVIDENCE)
    settle()
    path = tmp_path / "evidence.html"
    two.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert switches(path) == []
