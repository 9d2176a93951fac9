"""What the chart shows, in one line over it: the title, and the subtitle behind it where both fit.

Painted by hand: a label would lay the page out anew with every step of a slider that is named in the subtitle.
"""

import re
from itertools import accumulate

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipuwhatif.charts.palette import theme
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import SMALL, TITLE, body_font
from ipuwhatif.texts import run_on

_CLAUSE = re.compile(r"(?<=[;.] )|(?<=[；。])")
HEIGHT, SPACE = 20, 14  # of the line, and between title and subtitle, in logical pixels


class ChartTitle(QWidget):
    """Title and subtitle of one chart, of a long one its first clauses.

    What does not fit is said by the notes, the tool tip and a screen reader.
    """

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self.title = self.subtitle = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_title(self, title: str, subtitle: str) -> None:
        """Say another title; the height stays."""
        subtitle = run_on(subtitle.split("\n"))
        if (title, subtitle) != (self.title, self.subtitle):
            self.title, self.subtitle = title, subtitle
            self.setAccessibleName(f"{title}. {subtitle}" if subtitle else title)
            self.setToolTip(plain_tip(subtitle))
            self.update()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.update()

    @property
    def title_width(self) -> int:
        """What the title takes, in logical pixels."""
        return self._width(self.title, _bold())

    @property
    def shown(self) -> str:
        """What stands behind the title: all of the subtitle, or as many whole clauses as fit."""
        room = self.width() - self.title_width - SPACE
        parts = [part.rstrip() for part in accumulate(_CLAUSE.split(self.subtitle))]
        fitting = [self.subtitle, *(f"{part.rstrip(';；.。')} …" for part in reversed(parts[:-1])), ""]
        return next(text for text in fitting if self._width(text, _small()) <= room or not text)

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, painter = theme(self._theme), QPainter(self)
        painter.setFont(_bold())
        painter.setPen(tokens.text)
        base = (HEIGHT + painter.fontMetrics().capHeight()) // 2
        painter.drawText(0, base, self.title)
        if shown := self.shown:
            left = self._width(self.title, _bold()) + SPACE
            painter.setFont(_small())
            painter.setPen(tokens.muted_text)
            painter.drawText(left, base, shown)
        painter.end()

    @staticmethod
    def _width(text: str, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(text)


def _bold() -> QFont:
    font = body_font()
    font.setPixelSize(TITLE)
    font.setBold(True)
    return font


def _small() -> QFont:
    font = body_font()
    font.setPixelSize(SMALL)
    return font
