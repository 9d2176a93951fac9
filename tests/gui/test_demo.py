"""The demo of one minute, step by step as it is shown to a customer, with mouse and keys on the real window."""

from pathlib import Path

from pptx import Presentation
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.gui.answering.question import COMPARE, SCALING
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, projected, settle

POD16_V11 = "official/v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"


def click_mark(window: MainWindow, key: str) -> None:
    assert window.canvas is not None and window.canvas.spec is not None
    mark = next(each for each in window.canvas.spec.marks if each.key == key)
    frame = plot_frame(window.canvas.spec)
    place = window.canvas.viewport().rect().topLeft()
    place.setX(round(frame.x(mark.x)))
    place.setY(round(frame.y(mark.y)))
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def type_into(window: MainWindow, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_that_the_demo_of_one_minute_runs_from_the_first_page_to_a_slide(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    # 1. start
    assert window.question.scenario == FIRST_START and window.shown_question == COMPARE
    assert "28.33 min" in figure_of(window).headline.text

    # 2. the official score: its source, and the projection beside it
    click_mark(window, POD16_V11)
    assert window.drawer.isVisible() and window.drawer.value.text() == "28.33 min"
    said = window.drawer.body.toPlainText()
    assert "Source" in said and "Graphcore" in window.drawer.body.toPlainText()
    assert abs(projected(window)["IPU-POD16 (16 IPUs)"] / 28.33 - 1.0) < 0.02
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not window.drawer.isVisible()

    # 3. BERT-Large: the system with twice the chips takes longer, and that is said
    QTest.mouseClick(window.workspace.headline.bert_link, Qt.MouseButton.LeftButton)
    settle()
    assert window.question.scenario.workload == "bert-large"
    assert "takes 1.63 × as long as DGX A100" in figure_of(window).headline.text

    # 4. Scaling with a gain; the ghost of the baseline stays
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.shown_question == SCALING and window.levers is not None
    window.question.select(SystemChoice("ipu-pod", 16))
    before = dict(zip(*curve_of(window), strict=True))
    type_into(window, window.levers.rows["compute_gain"].field, "1.3")
    after = dict(zip(*curve_of(window), strict=True))
    assert after[16.0] < before[16.0]
    ghosts = [line for line in figure_of(window).chart.lines if line.style == "ghost"]
    assert len(ghosts) == 1 and ghosts[0].y[ghosts[0].x.index(16.0)] == before[16.0]

    # 5. one minute: chips, or the reason
    type_into(window, window.workspace.tools.target, "1 min")
    assert window.workspace.goal.isVisible()
    words = figure_of(window).headline.text
    assert words.startswith(("1 min on IPU-POD: ", "1 min is out of reach of IPU-POD: ")) and "projected" in words

    # 6. the slide: headline, a chart that can be edited, and the footnotes as text
    path = tmp_path / "bert.pptx"
    window.menus.exports.export_to(path)
    qtbot.waitUntil(path.exists, timeout=30_000)
    slide, _ = Presentation(str(path)).slides  # and the sources
    texts = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert figure_of(window).headline.text in texts and "MLPerf®" in texts and "compute gain 1.30 ×" in texts
    assert [shape for shape in slide.shapes if shape.has_chart]

    # and every step can be taken back
    while window.question.undo_stack.canUndo():
        window.question.undo_stack.undo()
    settle()
    assert window.question.scenario == FIRST_START


def curve_of(window: MainWindow) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Chips and seconds of the IPU-POD's curve, where it is solid or dashed."""
    lines = [
        line for line in figure_of(window).chart.lines if line.key == "projection/ipu-pod" and line.style == "projected"
    ]
    return tuple(x for line in lines for x in line.x), tuple(y for line in lines for y in line.y)
