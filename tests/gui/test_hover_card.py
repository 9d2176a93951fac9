"""The card under the pointer: beside the thing that it tells of, inside the window, its words never markup."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from ipuwhatif.figures.tips import Tip
from ipuwhatif.gui.hover_card import beside, plain_words, tip_words

ROOM, CARD = QRect(0, 0, 800, 600), QSize(200, 100)


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("corner", [(0, 0), (740, 0), (0, 560), (740, 560), (300, 300), (10, 300)])
def test_that_a_card_lies_in_the_window_and_not_on_the_thing(corner: tuple[int, int], upright: bool) -> None:
    thing = QRect(QPoint(*corner), QSize(60, 40))
    card = QRect(beside(thing, thing.center(), CARD, ROOM, upright), CARD)
    assert ROOM.contains(card) and not card.intersects(thing)


def test_that_a_card_stands_over_a_bar_near_the_pointer_and_beside_a_line() -> None:
    bar, line, pointer = QRect(100, 300, 600, 30), QRect(400, 50, 10, 500), QPoint(400, 310)
    over = QRect(beside(bar, pointer, CARD, ROOM), CARD)
    assert over.bottom() < bar.top() and over.left() <= pointer.x() <= over.right()
    right = QRect(beside(line, pointer, CARD, ROOM, upright=True), CARD)
    assert right.left() > line.right() and right.top() <= pointer.y() <= right.bottom()


def test_that_names_of_a_stranger_are_no_markup_on_a_card() -> None:
    words = tip_words(Tip("<b>zebra</b>", value="1 & 2 min"), "Click")
    assert plain_words(words) == "<b>zebra</b>. 1 & 2 min. Click"
