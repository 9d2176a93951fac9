"""The rows of the finder: the name, how it stands, its keys and its kind."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.theme import CAPTION, GAP

ROW = 26  # logical pixels
KIND_WIDTH = 72  # of the column at the right, at least
_TOLD, _KIND, _KEYS, _POSSIBLE = range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 4)
_Index = QModelIndex | QPersistentModelIndex


class FoundRows(QAbstractListModel):
    """Entries as a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, shown: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self.entries = shown
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        values = {
            Qt.ItemDataRole.DisplayRole: entry.text,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(
                filter(None, (entry.text, entry.kind, entry.told, entry.keys))
            ),
            _TOLD: entry.told,
            _KIND: entry.kind,
            _KEYS: entry.keys,
            _POSSIBLE: entry.possible,
        }
        return values.get(role)


class RowPainter(QStyledItemDelegate):
    """From the right: kind, keys, how it stands; the name has the room that they leave and is cut in its middle."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        usual = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = usual if chosen else QPalette.ColorRole.PlaceholderText
        small = QFont(option.font)
        small.setPixelSize(CAPTION)
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        width = KIND_WIDTH
        for role in (_KIND, _KEYS, _TOLD):  # from the right
            text = index.data(role)
            if text:
                _write(painter, room, text, small, option.palette.color(quiet), Qt.AlignmentFlag.AlignRight)
                width = max(width, QFontMetrics(small).horizontalAdvance(text))
                room.setRight(room.right() - width - 2 * GAP)
            width = 0
        colour = option.palette.color(usual if index.data(_POSSIBLE) else quiet)
        _write(painter, room, index.data(), option.font, colour, Qt.AlignmentFlag.AlignLeft)
        painter.restore()


def _write(painter: QPainter, room: QRect, text: str, font: QFont, colour: object, side: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
