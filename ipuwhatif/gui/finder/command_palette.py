"""Find anything: a line to type into and the commands, jobs, systems and levers that have its words.

Return does what is chosen, Esc closes; what cannot be done is said there, and the text stays.
"""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ipuwhatif.gui.finder.overlay import Overlay
from ipuwhatif.gui.finder.palette_commands import command
from ipuwhatif.gui.finder.palette_entries import Entry, Findable, entries, found
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

WIDTH, TOP, ROW, ROWS = 620, 56, 26, 12  # logical pixels, and rows that show at once
KEYS_GAP = 14
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


class CommandPalette(Overlay):
    """Signals: `lever_wanted` with the key of a lever whose field is to take the keyboard."""

    lever_wanted = Signal(str)

    def __init__(self, window: Findable) -> None:
        super().__init__(window)
        self._window = window
        self._offered: tuple[Entry, ...] = ()
        self.line = _Line(self)
        self.list = QListView(self)
        self.fault = QLabel(self)
        self._model = _Entries(self)
        self._lay_out()
        self.line.textEdited.connect(self._find)
        self.line.moved.connect(self._move)
        self.line.returnPressed.connect(self._run)
        self.list.clicked.connect(self._run)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What the list offers now, the best first."""
        return self._model.entries

    def open(self, text: str = "") -> None:
        """Show it over the window; what can be chosen is asked anew."""
        self._offered = entries(self._window, self.lever_wanted.emit)
        self.line.setText(text)
        self._find(text)
        self.open_at((self.parentWidget().width() - WIDTH) // 2, TOP, self.line)
        self.line.selectAll()

    def _find(self, text: str) -> None:
        """Follow the typed text: a command that it is stands first."""
        matches, typed, reason = found(self._offered, text), None, ""
        try:
            typed = command(text, self._window)
        except InputError as error:
            reason = str(error)
        self._model.show_entries((typed, *matches) if typed is not None else tuple(matches))
        if self.shown:
            # Nothing is chosen before something is typed: Return alone does nothing.
            self.list.setCurrentIndex(self._model.index(0 if text.strip() else -1))
            reason = ""
        elif not reason:
            reason = tr("Nothing is called that. A time, a lever with its value or a size can be typed as well.")
        self._show_fault(reason)

    def _move(self, step: int) -> None:
        count, row = len(self.shown), self.list.currentIndex().row()
        if count:
            row = row + step if row >= 0 or step > 0 else -1  # from nothing chosen, up is the last
            row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)  # the arrows go round, pages stop
            self.list.setCurrentIndex(self._model.index(row))

    def _run(self) -> None:
        """Do what is chosen, the palette out of the way; where it cannot be done it comes back and says why."""
        row, text = self.list.currentIndex().row(), self.line.text()
        if not 0 <= row < len(self.shown):
            return
        entry = self.shown[row]
        self.dismiss()
        try:
            entry.act()
        except InputError as error:
            self.open(text)
            self._show_fault(str(error))

    def _show_fault(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        set_faulty(self.line, bool(text))
        self._fit()

    def _fit(self) -> None:
        """As high as what it shows, up to some rows."""
        rows = min(len(self.shown), ROWS, max(1, (self.parentWidget().height() - TOP - 100) // ROW))
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(max(rows, 1) * ROW)
        self.layout().activate()
        self.resize(WIDTH, self.layout().totalHeightForWidth(WIDTH) if self.fault.text() else self.sizeHint().height())

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Find anything"))
        self.setFixedWidth(WIDTH)
        self.line.setPlaceholderText(tr("Find a command, job, system or lever; or type 1 min, compute gain 1.3, …"))
        self.line.setAccessibleName(tr("Find anything"))
        self.line.setAcceptDrops(False)  # a file that is dropped here is meant for the window
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Found"))
        set_role(self.list, "found")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        set_role(self.fault, "warning")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP - 2)
        layout.addWidget(self.line)
        layout.addWidget(self.fault)
        layout.addWidget(self.list)


class _Line(QLineEdit):
    """Where the text is typed; keys that move through the list go there. `moved` by a number of rows."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _MOVES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class _Entries(QAbstractListModel):
    """The entries as a list; `DETAIL` and `KEYS` are for the right end of a row."""

    DETAIL, KEYS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: CommandPalette) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, shown: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self.entries = shown
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        values = {
            Qt.ItemDataRole.DisplayRole: entry.text,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(filter(None, (entry.text, entry.detail, entry.keys))),
            self.DETAIL: entry.detail,
            self.KEYS: entry.keys,
        }
        return values.get(role)


class _Delegate(QStyledItemDelegate):
    """A row: the name at the left, what choosing it does in grey and its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        palette, metrics = option.palette, QFontMetrics(option.font)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        for text, quiet in ((index.data(_Entries.KEYS), False), (index.data(_Entries.DETAIL), True)):
            if text:
                grey = palette.color(QPalette.ColorRole.PlaceholderText if quiet and not chosen else role)
                self._write(painter, room, text, grey, Qt.AlignmentFlag.AlignRight)
                room.setRight(room.right() - metrics.horizontalAdvance(text) - KEYS_GAP)
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        self._write(painter, room, text, palette.color(role), Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, room: QRect, text: str, colour: object, side: Qt.AlignmentFlag) -> None:
        painter.setPen(colour)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
