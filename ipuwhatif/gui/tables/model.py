"""The cells of a figure's table as Qt reads them."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ipuwhatif.charts.spec import Cell, TableSpec
from ipuwhatif.figures.terms import meaning
from ipuwhatif.gui.plain import plain_tip

RISING, FALLING = "↑", "↓"  # behind the title of the column that rows are sorted by
Index = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """The cells of a TableSpec as they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = TableSpec((), (), ())
        self.arrow: tuple[int, str] | None = None  # the column that rows are sorted by, and which way that points

    def title(self, column: int) -> str:
        """Of a column, with its arrow."""
        title = self.spec.columns[column].title
        return title if self.arrow is None or self.arrow[0] != column else f"{title} {self.arrow[1]}"

    def show_spec(self, spec: TableSpec) -> None:
        """A table of the same shape only changes its texts, so that selection and widths stay."""
        same = (len(spec.rows), spec.columns) == (len(self.spec.rows), self.spec.columns)
        if same:
            old, self.spec = self.spec, spec
            self._tell_changes(old)
            return
        self.beginResetModel()
        self.spec = spec
        self.endResetModel()

    def _tell_changes(self, old: TableSpec) -> None:
        """Only what differs is painted anew: under a slider that is every repaint's largest part."""
        for row, (before, after) in enumerate(zip(old.rows, self.spec.rows, strict=True)):
            tinted = old.tints[row] != self.spec.tints[row]
            for column, (was, now) in enumerate(zip(before, after, strict=True)):
                if was.text != now.text or (tinted and column == 0):
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def cell(self, index: Index) -> Cell:
        return self.spec.rows[index.row()][index.column()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.spec.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.spec.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index).text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.spec.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align == "decimal" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole):
            return plain_tip(meaning([column.title]))
        return None
