"""The table under the chart: numbers aligned on the decimal point, a click on a cell asks for its why."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ipuwhatif.charts.palette import color
from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.gui.tables.cell_card import CellCard
from ipuwhatif.gui.tables.model import FALLING, RISING, Index, TableModel
from ipuwhatif.gui.tables.sorting import is_sorted
from ipuwhatif.gui.theme import CAPTION
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.gui.tables.evidence_table import RowsView

PADDING, SWATCH, ROW = 7, 10, 20
NARROWEST = 130  # how far a column of words gives way before it may be left out
MOST_MEASURED = 4096
# As numbers, since a flag of Python's costs more to test than a cell to paint.
SELECTED, FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_NUMBER = re.compile(r"^([^\d]*[\d,]+)(.*)$")


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: a swatch of the system's colour in the first column, decimal points in one line."""

    def __init__(self, table: "FigureTable | RowsView") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        spec = self._table.spec
        painter.save()
        state = option.state.value
        selected = bool(state & SELECTED)
        if selected:
            painter.fillRect(option.rect, option.palette.highlight())
        rect = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if index.column() == 0:
            swatch = QRect(rect.left(), rect.center().y() - SWATCH // 2 + 1, SWATCH, SWATCH)
            painter.fillRect(swatch, QColor(color(spec.tints[index.row()], self._table.theme_name)))
            rect = rect.adjusted(SWATCH + 8, 0, 0, 0)
        painter.setPen(option.palette.highlightedText().color() if selected else option.palette.windowText().color())
        text = spec.rows[index.row()][index.column()].text
        if spec.columns[index.column()].align == "decimal":
            self._paint_number(painter, rect, text, index.column())
        else:
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, LEFT, shown)
        if state & FOCUSED:
            painter.setPen(option.palette.accent().color())
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_number(self, painter: QPainter, rect: QRect, text: str, column: int) -> None:
        """The number with its point where the column has it; by places, which is faster than by rectangles."""
        head, tail = split_number(text)
        point, metrics = rect.right() + 1 - self._table.tail_width(column), self._table.fontMetrics()
        base = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(point - self._table.advance(head), base, head)
        painter.drawText(point, base, tail)


def read_by_rows(view: QTableView) -> None:
    """What every table here has in common: one row is looked at, and Tab leaves the table."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(ROW)
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.horizontalHeader().setHighlightSections(False)


class FigureTable(QTableView):
    """Signals: `asked` with the key of a clicked cell, `row_selected` with the row that is looked at."""

    asked = Signal(str)
    row_selected = Signal(int)

    def __init__(self, theme: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme_name = theme
        self._tails: dict[int, int] = {}  # widths from the decimal point on, by column
        self._natural: list[int] = []
        self._advances: dict[str, int] = {}
        self._least: list[int] = []  # that a column can do with
        self._heads: dict[str, tuple[int, int]] = {}
        self._order = "", False  # title of the column that rows were sorted by last, and whether they fall
        self._model = TableModel(self)
        self.setModel(self._model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(tr("Table of the figure"))
        read_by_rows(self)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._click)
        CellCard(self)
        self.selectionModel().currentRowChanged.connect(lambda current, _: self.row_selected.emit(current.row()))

    @property
    def spec(self) -> TableSpec:
        return self._model.spec

    def set_theme(self, theme: str) -> None:
        self.theme_name = theme
        self.viewport().update()

    def show_spec(self, spec: TableSpec, dragging: bool = False) -> None:
        """Show the cells; column widths follow the widest text of each column.

        While a slider is dragged columns only grow, so that nothing jumps.
        """
        tails, natural = self._tails, self._natural
        self._point(spec)
        same = spec.columns == self.spec.columns
        self._tails, self._least = {}, []
        self._model.show_spec(spec)
        self._natural = [self._natural_width(number) for number in range(len(spec.columns))]
        if dragging and same:
            self._natural = [max(pair) for pair in zip(self._natural, natural, strict=True)]
            self._tails = {number: max(tail, tails[number]) for number, tail in self._tails.items()}
        if (self._natural, self._tails) != (natural, tails):
            self._set_widths()
            self.viewport().update()

    def show_order(self, title: str, falling: bool) -> None:
        """From here on the column of this title has an arrow while the rows stand in its order."""
        self._order = (title, falling)
        self.show_spec(self.spec)  # that may be their order already

    @property
    def order(self) -> tuple[int, bool] | None:
        """The column that rows are sorted by, and whether they fall along it."""
        arrow = self._model.arrow
        return None if arrow is None else (arrow[0], arrow[1] == FALLING)

    def _point(self, spec: TableSpec) -> None:
        title, falling = self._order
        column = next((number for number, each in enumerate(spec.columns) if each.title == title), None)
        self._model.arrow = None
        if column is not None and len(spec.rows) > 1 and is_sorted(spec, column, falling):
            self._model.arrow = column, FALLING if falling else RISING
        self.horizontalHeader().viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def _natural_width(self, number: int) -> int:
        advance, texts = self.advance, [row[number].text for row in self.spec.rows]
        if self.spec.columns[number].align == "decimal":
            split = [split_number(text) for text in texts]
            self._tails[number] = max((advance(tail) for _, tail in split), default=0)
            width = self._tails[number] + max((advance(head) for head, _ in split), default=0)
        else:
            width = max((advance(text) for text in texts), default=0)
        width += 2 * PADDING + 2 + (SWATCH + 8 if number == 0 else 0)
        title = self._model.title(number)
        if title not in self._heads:
            self._heads[title] = self._head_widths(number)
        hint, least = self._heads[title]
        self._least.append(max(width, least))
        return max(width, hint)

    def _head_widths(self, number: int) -> tuple[int, int]:
        """What Qt asks for, and what the title needs: that is enough in a table of numbers, and where room is short."""
        hint = self.horizontalHeader().sectionSizeHint(number)
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        least = min(hint, QFontMetrics(font).horizontalAdvance(self._model.title(number)) + 2 * PADDING + 1)
        return (least if self.spec.columns[-1].align == "decimal" else hint), least

    def advance(self, text: str) -> int:
        """Width of a text in the table's font; each is measured once."""
        if text not in self._advances:
            if len(self._advances) > MOST_MEASURED:
                self._advances.clear()
            self._advances[text] = self.fontMetrics().horizontalAdvance(text)
        return self._advances[text]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._advances.clear()
            self._heads.clear()

    def _set_widths(self) -> None:
        """Columns of words give way, the widest first, so that the table fits; what is cut shows as a tool tip.

        Where that is not enough, they are left out from the right, in a table that ends with the basis of its numbers;
        that stays.
        """
        widths, room = list(self._natural), self.viewport().width()
        if sum(widths) > room:
            widths = list(map(min, widths, self._least))
        words = [number for number, column in enumerate(self.spec.columns) if number and column.align != "decimal"]
        basis = bool(words) and words[-1] == len(widths) - 1
        while (
            basis
            and len(words) > 1
            and sum(widths) - sum(max(widths[number] - NARROWEST, 0) for number in words) > room
        ):
            widths[words.pop(-2)] = 0
        for number, width in enumerate(widths):
            self.setColumnHidden(number, width == 0)
        while words and sum(widths) > room:
            widest = max(words, key=lambda number: widths[number])
            if widths[widest] <= NARROWEST:
                break
            widths[widest] -= min(sum(widths) - room, max(1, widths[widest] // 20))
        left = room - sum(widths[:-1])
        if basis:  # words at the end take the room that is left, or give way
            widths[-1] = max(left, NARROWEST)
        elif len(widths) > 1:  # numbers spread over it, or keep theirs: the table scrolls
            each = max(left - widths[-1], 0) // (len(widths) - 1)
            widths[1:] = [width + each for width in widths[1:]]
        for number, width in enumerate(widths):
            if width and self.columnWidth(number) != width:
                self.setColumnWidth(number, width)

    def tail_width(self, column: int) -> int:
        """Room kept right of the decimal point."""
        return self._tails.get(column, 0)

    def height_for(self, rows: int) -> int:
        """The height that shows so many rows under the head."""
        sideways = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if sideways else 0
        return self.horizontalHeader().sizeHint().height() + rows * ROW + bar

    def select(self, row: int) -> None:
        if 0 <= row < len(self.spec.rows) and self.currentIndex().row() != row:
            self.updateGeometries()  # or the scroll bar would still reach as far as the rows of before
            self.setCurrentIndex(self._model.index(row, max(0, self.currentIndex().column())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        asks = self.asks(index)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def asks(self, index: Index) -> bool:
        """Whether a click there asks for the why: of a number or a word; the name of a system only selects its row."""
        if not index.isValid():
            return False
        key = self._model.cell(index).key
        return bool(key) and not (index.column() == 0 and key.startswith("projection/"))

    def _click(self, index: Index) -> None:
        if self.asks(index):
            self._ask(index)

    def _ask(self, index: Index) -> None:
        if index.isValid() and self._model.cell(index).key:
            self.asked.emit(self._model.cell(index).key)


@lru_cache(maxsize=MOST_MEASURED)
def split_number(text: str) -> tuple[str, str]:
    """A printed number before and from its decimal point on: "28.3" gives "28" and ".3"."""
    match = _NUMBER.match(text)
    return (match.group(1), match.group(2)) if match else ("", text)
