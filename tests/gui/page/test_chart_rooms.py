"""What room a chart has, and what it is expected to have on a page that is turned to."""

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ipuwhatif.gui.page.chart_rooms import ChartRooms
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

FIRST, SECOND = ("compare", ""), ("scaling", "")


def test_that_a_page_that_is_turned_back_to_has_the_room_that_it_had(qapp: QApplication) -> None:
    page = QWidget()
    page.resize(400, 300)
    area = QScrollArea(page)
    area.resize(400, 300)
    page.show()
    rooms = ChartRooms(area)
    first = rooms.now(FIRST)
    area.resize(400, 260)  # words over the chart of the other page
    assert rooms.expected(SECOND) == rooms.now(SECOND) == (first[0], first[1] - 40)
    assert rooms.expected(FIRST) == first
    assert rooms.now(FIRST) == rooms.expected(FIRST) != first  # what is, is not guessed
    page.resize(500, 300)
    area.resize(500, 280)
    assert rooms.expected(SECOND) == (first[0] + 100, first[1] - 20)  # in a window of another size it is unknown


def test_that_a_tab_that_was_looked_at_is_laid_out_once(window: MainWindow, monkeypatch) -> None:
    answered: list[int] = []
    answer = window.controller.answer
    monkeypatch.setattr(window.controller, "answer", lambda *settling: (answered.append(1), answer(*settling)))
    for _ in range(2):
        for question in ("scaling", "compare"):
            answered.clear()
            window.turn_to(question)
            settle()
    assert len(answered) == 1
    answered.clear()
    window.turn_to("scaling")
    settle()
    assert len(answered) == 1
