"""What stands under the pointer on a chart: a card says it at once, and the arrow keys read it too."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import TARGET
from ipuwhatif.gui.answering.question import COST, QUESTIONS, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.view_options import ENERGY
from ipuwhatif.gui.chart.chart_hits import box_of, elements_of
from ipuwhatif.gui.hover_card import HoverCard, plain_words
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_target
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.chart.test_canvas import canvas_of, pixels
from tests.gui.conftest import figure_of, settle


def card_of(window: MainWindow) -> HoverCard | None:
    return next((card for card in window.findChildren(HoverCard) if card.isVisible()), None)


def said(window: MainWindow) -> str:
    card = card_of(window)
    return "" if card is None else plain_words(card.text())


def hover(window: MainWindow, place: QPoint) -> None:
    """Move the pointer there; no time passes."""
    canvas = canvas_of(window)[0]
    QTest.mouseMove(canvas.viewport(), QPoint(1, 1))
    QTest.mouseMove(canvas.viewport(), place)


def leave(window: MainWindow) -> None:
    hover(window, QPoint(1, 1))


def along(window: MainWindow, part: float) -> QPoint:
    """A place so far along the plot, near its top."""
    frame = plot_frame(canvas_of(window)[1])
    return QPointF(frame.left + part * frame.width, frame.top + 3).toPoint()


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(canvas_of(window)[0], key)


def turned(window: MainWindow, question: str) -> MainWindow:
    window.turn_to(question, ENERGY if question == COST else "")
    settle()
    return window


def test_that_a_bar_says_name_value_interval_basis_and_what_a_click_does(window: MainWindow) -> None:
    spec, row = canvas_of(window)[1], figure_of(window).table.rows[0]
    interval = spec.intervals[0]
    hover(window, box_of(spec, interval).bottomRight().toPoint() - QPoint(2, 2))
    words = said(window)
    low, high = row[3].text.split(" – ")
    for part in (row[0].text, f"{row[2].text} min", f"{low} min – {high} min", "inside the data", "Click:"):
        assert part in words


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_whatever_is_drawn_says_something_beside_itself_and_inside_the_window(
    window: MainWindow, question: str
) -> None:
    spec = canvas_of(turned(window, question))[1]
    told = 0
    for element in elements_of(spec)[::7]:
        box = box_of(spec, element)
        hover(window, box.center().toPoint())
        card = card_of(window)
        if card is None:  # another thing lies over its middle, which has no words
            continue
        told += 1
        assert window.rect().contains(card.geometry())
        shown = card.geometry().translated(-canvas_of(window)[0].mapTo(window, QPoint(0, 0)))
        assert not shown.contains(box.center().toPoint())
    assert told
    leave(window)
    assert card_of(window) is None


def test_that_the_name_of_a_row_and_the_legend_are_told_of_too(window: MainWindow) -> None:
    spec = canvas_of(window)[1]
    frame = plot_frame(spec)
    hover(window, QPointF(frame.left - 30, frame.y(1.0)).toPoint())
    assert figure_of(window).table.rows[1][0].text in said(window)
    hover(window, box_of(spec, spec.legend[0]).center().toPoint())
    assert "8 of 10" in said(window)


def test_that_only_what_the_pointer_is_on_is_painted_differently(window: MainWindow) -> None:
    canvas, spec = canvas_of(window)
    before, box = pixels(canvas.grab().toImage()), box_of(spec, spec.intervals[-1])
    hover(window, box.bottomRight().toPoint() - QPoint(2, 2))
    settle()
    changed = np.argwhere(np.abs(pixels(canvas.grab().toImage()) - before).max(axis=2) > 8)
    assert len(changed)
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    assert box.adjusted(-6, -6, 6, 6).contains(QPointF(left, top))
    assert box.adjusted(-6, -6, 6, 6).contains(QPointF(right, bottom))


def test_that_a_line_along_chips_snaps_to_a_chip_count_and_reads_every_curve(window: MainWindow) -> None:
    spec = canvas_of(turned(window, SCALING))[1]
    place = QPoint(round(plot_frame(spec).x(64.0)), along(window, 0.5).y())
    hover(window, place + QPoint(3, 0))
    first = said(window)
    assert first.startswith("Chips 64.")
    hover(window, place - QPoint(3, 0))
    assert said(window) == first
    rows = [row for row in figure_of(window).table.rows if row[1].text == "64"]
    assert len(rows) > 1
    for row in rows:
        low, high = row[3].text.split(" – ")
        assert f"{row[2].text} min" in first and f"{low} min – {high} min" in first
        assert row[-1].text in first or "inside" in row[-1].text
    values = sorted(rows, key=lambda row: row[2].number or 0.0)
    places = [first.index(f"{row[2].text} min") for row in values]
    assert places == sorted(places)


def test_that_a_curve_that_has_no_such_size_is_named(window: MainWindow) -> None:
    turned(window, SCALING)
    hover(window, along(window, 0.99))
    assert "No such size: IPU-POD" in said(window)


def test_that_arrow_keys_go_along_chips_and_return_asks_for_the_why_there(window: MainWindow) -> None:
    canvas = canvas_of(turned(window, SCALING))[0]
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    first = said(window)
    press(window, Qt.Key.Key_Right)
    second = said(window)
    assert first and second and first != second
    assert canvas.accessibleDescription() == second
    press(window, Qt.Key.Key_Left)
    assert said(window) == first
    press(window, Qt.Key.Key_Return)
    assert window.drawer.why is not None
    chips = first.split(".")[0].removeprefix("Chips ")
    quickest = window.drawer.why.title
    assert f"({chips} " in quickest
    canvas.setFocus()
    press(window, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert window.drawer.why.title != quickest


def test_that_escape_hides_the_card_before_it_closes_anything(window: MainWindow) -> None:
    window.explain("projection/ipu-pod:16")
    canvas = canvas_of(window)[0]
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert card_of(window) is not None
    press(window, Qt.Key.Key_Escape)
    assert card_of(window) is None and window.drawer.isVisible()


def test_that_a_click_on_a_curve_asks_for_its_nearest_chip_count(window: MainWindow) -> None:
    canvas, spec = canvas_of(turned(window, SCALING))
    frame, reading = plot_frame(spec), next(each for each in spec.readings if each.x == 32.0)
    QTest.mouseClick(
        canvas.viewport(),
        Qt.MouseButton.LeftButton,
        pos=QPointF(frame.x(reading.x), frame.y(reading.value)).toPoint(),
    )
    assert window.drawer.why is not None and window.drawer.why.title == "IPU-POD (32 IPUs)"


def test_that_tips_say_what_can_be_dragged(window: MainWindow) -> None:
    turned(window, SENSITIVITY)
    spec = canvas_of(window)[1]
    for bar in spec.bars[::4]:
        row = [each for each in spec.bars if each.row == bar.row]
        hover(window, box_of(spec, bar).center().toPoint())
        assert ("Drag" in said(window)) == any(each.drag for each in row)
    window.question.apply(set_target(FIRST_START, 600.0))
    spec = canvas_of(turned(window, SCALING))[1]
    line = next(each for each in spec.lines if each.style == TARGET)
    hover(window, QPointF(along(window, 0.3).x(), plot_frame(spec).y(line.y[0])).toPoint())
    assert "10.0 min" in said(window) and "Drag it" in said(window)


def test_that_nothing_is_told_while_a_slider_moves(window: MainWindow) -> None:
    hover(window, box_of(canvas_of(window)[1], canvas_of(window)[1].intervals[0]).center().toPoint())
    assert card_of(window) is not None and window.levers is not None
    window.question.begin_gesture(dragging=True)
    window.levers.rows["compute_gain"].moved.emit(1.3)
    settle()
    assert card_of(window) is None
    window.question.end_gesture()
