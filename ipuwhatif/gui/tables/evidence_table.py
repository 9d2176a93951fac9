"""A long table that can be searched and sorted: a line of free text over rows, and a click that asks for the why.

The cells are painted as under a chart; what is hidden or moved is the proxy's business, the spec stays as it is.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.charts.spec import Cell, TableSpec
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.tables.cell_card import CellCard
from ipuwhatif.gui.tables.model import Index, TableModel
from ipuwhatif.gui.tables.sorting import sorting_key
from ipuwhatif.gui.tables.table import PADDING, ROW, SWATCH, CellDelegate, read_by_rows, split_number
from ipuwhatif.gui.theme import CAPTION, GAP, set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: In logical pixels: most of a column of words, which the last exceeds where there is room; the search line; the arrow
#: of a sorted column.
WIDEST, FILTER_WIDTH, ARROW = 230, 260, 16


class RowsProxy(QSortFilterProxyModel):
    """Rows that hold every word of a text in any of their columns, sorted by number where a column has numbers."""

    def __init__(self, model: TableModel) -> None:
        super().__init__(model)
        self._model = model
        self._words: list[str] = []
        self.setSourceModel(model)

    def filter_by(self, text: str) -> None:
        """Show the rows that hold each of these words, whatever their case."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def cell(self, index: Index) -> Cell:
        """The cell that stands at a place of the view."""
        return self._model.cell(self.mapToSource(index))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A title that is set flush right gives way to the arrow of its column."""
        text = super().headerData(section, orientation, role)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return text
        right = self._model.spec.columns[section].align == "decimal"
        return f"{text}\u2003" if right and section == self.sortColumn() else text

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        text = "\n".join(cell.text for cell in self._model.spec.rows[row]).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Empty cells stand last, whichever way a column is sorted."""
        first, second = self._model.cell(left), self._model.cell(right)
        if not (first.text and second.text):
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return bool(first.text or second.text) and bool(first.text) == ascending
        return sorting_key(first) < sorting_key(second)


class RowDelegate(CellDelegate):
    """Paints the cell of the spec that a place of the view stands for."""

    def __init__(self, view: "RowsView") -> None:
        super().__init__(view)
        self._proxy = view.proxy

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, self._proxy.mapToSource(index))


class RowsView(QTableView):
    """The rows. Signals: `asked` with the key of a cell, `typed` with a letter that belongs to the search."""

    asked = Signal(str)
    typed = Signal(str)

    def __init__(self, theme: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme_name = theme
        self._tails: list[int] = []
        self.source = TableModel(self)
        self.proxy = RowsProxy(self.source)
        self.setModel(self.proxy)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(tr("Table of the evidence"))
        read_by_rows(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)  # a third click brings the order of the figure back
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.clicked.connect(self._ask)
        CellCard(self)

    @property
    def spec(self) -> TableSpec:
        return self.source.spec

    def tail_width(self, column: int) -> int:
        """Room kept right of the decimal point."""
        return self._tails[column]

    def show_spec(self, spec: TableSpec) -> None:
        """Show the cells; another set of columns is no longer sorted by one of the old."""
        if spec.columns != self.spec.columns:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.source.show_spec(spec)
        self.set_widths()

    def set_widths(self) -> None:
        """Each column as wide as its widest text, hidden rows included, so that nothing jumps while one searches."""
        self._tails = [0] * len(self.spec.columns)
        whole = [self._width_of(number) for number in range(len(self.spec.columns))]
        most = WIDEST + 2 * PADDING + 2 + SWATCH + 8
        widths = [min(width, max(most, self._head_width(number))) for number, width in enumerate(whole)]
        if widths:
            left = self.viewport().width() - sum(widths)
            for number, width in enumerate(whole):  # long texts take what is left
                more = min(width - widths[number], max(left, 0))
                widths[number], left = widths[number] + more, left - more
            widths[-1] += max(left, 0)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)
        self.viewport().update()

    def _width_of(self, number: int) -> int:
        advance, texts = self.advance, {row[number].text for row in self.spec.rows}  # each is measured once
        if self.spec.columns[number].align == "decimal":
            split = [split_number(text) for text in texts]
            self._tails[number] = max((advance(tail) for _, tail in split), default=0)
            width = self._tails[number] + max((advance(head) for head, _ in split), default=0)
        else:
            width = max((advance(text) for text in texts), default=0)
        width += 2 * PADDING + 2 + (SWATCH + 8 if number == 0 else 0)
        return max(width, self._head_width(number))

    def advance(self, text: str) -> int:
        """Width of a text in the table's font, for whoever paints a cell."""
        return self.fontMetrics().horizontalAdvance(text)

    def _head_width(self, number: int) -> int:
        """The title with its arrow: Qt would keep more than twice the room of the arrow."""
        font = QFont(self.font())
        font.setPixelSize(CAPTION)
        return QFontMetrics(font).horizontalAdvance(self.spec.columns[number].title) + 2 * PADDING + ARROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._tails:
            self.set_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and getattr(self, "_tails", None):
            self.set_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return asks for the why, a letter goes to the search; arrows are Qt's."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        asks = index.isValid() and bool(self.proxy.cell(index).key)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def asks(self, source: Index) -> bool:
        """Whether a click on a cell of the spec asks for the why."""
        return bool(self.source.cell(source).key)

    def ask_first(self) -> None:
        """Ask for the why of the current row, or of the first that is shown."""
        current = self.currentIndex()
        self._ask(current if current.isValid() else self.proxy.index(0, 0))

    def go_in(self) -> None:
        """Take the keyboard, with a row to start from."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.proxy.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, index: Index) -> None:
        if index.isValid() and self.proxy.cell(index).key:
            self.asked.emit(self.proxy.cell(index).key)


class EvidenceTable(QWidget):
    """A table, and its `finder`: a search line that whoever shows the table puts beside it.

    Signal: `asked` with the key of a cell that was clicked.
    """

    asked = Signal(str)

    def __init__(self, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = QWidget(self)
        self.search = QLineEdit(self.finder)
        keep(self.search, "find evidence")
        self.search.setPlaceholderText(tr("Search all columns"))
        self.search.setAccessibleName(tr("Search the table"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(FILTER_WIDTH // 2)
        self.search.setMaximumWidth(FILTER_WIDTH)
        self.count = QLabel(self.finder)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.count, "caption")
        self.view = RowsView(theme, self)
        line = QHBoxLayout(self.finder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.count)
        line.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._filter)
        self.view.typed.connect(self._search_for)
        self.view.asked.connect(self.asked)

    def show_spec(self, spec: TableSpec) -> None:
        """Show a table; what is searched for and sorted by stays."""
        self.view.show_spec(spec)
        self._show_count()

    def height_for(self, rows: int) -> int:
        """The height that shows so many rows under the head, with the bar under them where the table scrolls."""
        header = self.view.horizontalHeader()
        sideways = header.length() > self.view.viewport().width()
        bar = self.view.horizontalScrollBar().sizeHint().height() if sideways else 0
        return header.sizeHint().height() + rows * ROW + bar

    def set_theme(self, name: str) -> None:
        self.view.theme_name = name
        self.view.viewport().update()

    def controls(self) -> list[QWidget]:
        """What can have the keyboard, in its order."""
        return [self.search, self.view]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search line Return asks for a why, down goes into the rows, Escape clears it."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.view.ask_first()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.view.go_in()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _search_for(self, letter: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(letter)

    def _filter(self, text: str) -> None:
        self.view.proxy.filter_by(text)
        self._show_count()

    def _show_count(self) -> None:
        model: QAbstractItemModel = self.view.proxy
        shown, of_all = model.rowCount(), len(self.view.spec.rows)
        if shown == of_all:
            text = tr("1 row") if of_all == 1 else tr("{count} rows", count=format_number(of_all))
        else:
            text = tr("{shown} of {count} rows", shown=format_number(shown), count=format_number(of_all))
        self.count.setText(text)
