"""A small card that says at once what stands under the pointer: beside the thing, never over it, inside the window."""

from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QWidget

from ipuwhatif.figures.tips import Tip

WIDEST = 380  # logical pixels
AWAY, EDGE = 10, 4  # of the card from the thing, and from the edge of the window


class HoverCard(QLabel):
    """A label on the window itself, so that nothing of the page is laid out anew; the mouse goes through it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page.window())
        self.setObjectName("hover")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setMaximumWidth(WIDEST)
        self.setWordWrap(True)
        self.hide()

    def say(self, words: str, page: QWidget, thing: QRect, pointer: QPoint, upright: bool = False) -> None:
        """Show the words, as markup, about a thing on a page near a pointer; both are in the page's coordinates.

        An `upright` thing has its card on its right or left.
        """
        window = page.window()
        if self.parent() is not window:
            self.setParent(window)
        if words != self.text():
            self.setText(words)
            self.resize(self._fitting())
        corner = page.mapTo(window, QPoint(0, 0))
        room = window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        position = beside(thing.translated(corner), pointer + corner, self.size(), room, upright)
        if position != self.pos():
            self.move(position)
        if not self.isVisible():
            self.show()
            self.raise_()

    def _fitting(self) -> QSize:
        """As wide as its words, and high enough for them."""
        self.setWordWrap(False)
        width = min(self.sizeHint().width(), WIDEST)
        self.setWordWrap(True)
        return QSize(width, self.heightForWidth(width))


def beside(thing: QRect, pointer: QPoint, size: QSize, room: QRect, upright: bool = False) -> QPoint:
    """Where a card stands near the pointer: over the thing, else under it, else right or left of it.

    Of an `upright` thing the sides come first.
    """
    left = min(max(pointer.x() - size.width() // 3, room.left()), room.right() - size.width())
    top = min(max(pointer.y() - size.height() // 2, room.top()), room.bottom() - size.height())
    over, under = QPoint(left, thing.top() - AWAY - size.height()), QPoint(left, thing.bottom() + AWAY)
    right, before = QPoint(thing.right() + AWAY, top), QPoint(thing.left() - AWAY - size.width(), top)
    positions = (right, before, over, under) if upright else (over, under, right, before)
    return next((position for position in positions if room.contains(QRect(position, size))), QPoint(left, top))


def tip_words(tip: Tip, click: str = "") -> str:
    """A tip as the markup of a card; `click` says what a click does."""
    head = f"<b>{escape(tip.name)}</b>" if tip.name else ""
    value = f'<span style="font-size:15px"><b>{escape(tip.value)}</b></span>' if tip.value else ""
    lines = [head, small(tip.kind), value, small(tip.interval), small(tip.basis)]
    lines += [*map(small, tip.notes), small(click)]
    return "<br>".join(line for line in lines if line)


def plain_words(words: str) -> str:
    """The markup of a card as a screen reader says it."""
    return QTextDocumentFragment.fromHtml(words).toPlainText().replace("\n", ". ")


def small(text: str) -> str:
    return f'<span style="font-size:12px">{escape(text)}</span>' if text else ""
