"""What has moved since the document was saved: a line over the page that unfolds into a table, until agreed to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.analysis.kept_answers import Moves, moves_of
from ipuwhatif.figures.kept_answers import moved_line, moved_table
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.tables.table import FigureTable
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.scenario.files.document import Document

MOST_ROWS = 6  # of the table that show at once


def agreed_name() -> str:
    """What agreeing is called, on the button and among the steps that can be undone."""
    return tr("Use the new numbers")


class FoldedLine(QLabel):
    """A text on one line, with an ellipsis where it is longer than that; whole once words wrap."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            super().paintEvent(event)
            return
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter, room, int(where), self.palette(), self.isEnabled(), text, self.foregroundRole()
            )


class KeptNotice(QFrame):
    """Signals: `agreed` when the user takes the new numbers, `told` with a line that was not told before.

    `folded` when the table was opened or closed.
    """

    agreed = Signal()
    told = Signal(str)
    folded = Signal()

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept: object = None
        self._names: object = None  # what the rows are called by: which scenarios were edited, and how many there are
        self._moves = Moves()
        self.fold = QToolButton(self)
        self.fold.setCheckable(True)
        self.fold.setAccessibleName(tr("What has moved, in a table"))
        self.fold.setToolTip(tr("What has moved, in a table"))
        set_role(self.fold, "fold")
        keep(self.fold, "kept answers")
        self.line = FoldedLine(self)
        set_role(self.line, "notice")
        self.agree = QPushButton(agreed_name(), self)
        self.agree.setToolTip(tr("The numbers that were saved are kept until then, in the file too; it can be undone"))
        self.table = FigureTable(theme_name, self)
        self.table.setAccessibleName(tr("What has moved"))
        self.fold.toggled.connect(self._show_table)
        self.agree.clicked.connect(self.agreed)
        self._lay_out()
        self._show_table(False)
        self.hide()

    def follow(self, world: "World", document: "Document") -> None:
        """Show what the document has kept beside what is projected now; nothing where it has kept nothing."""
        pairs = zip(document.kept, document.scenarios, strict=False)
        edited = [kept is not None and kept.scenario != scenario for kept, scenario in pairs]
        names = edited, len(document.scenarios)
        fresh = document.kept != self._kept
        if not fresh and names == self._names:  # nothing of it under a slider
            return
        if fresh:
            self._kept, self._moves = document.kept, moves_of(world, document)
        self._names, moved = names, bool(self._moves.moves)
        if moved:
            self.table.show_spec(moved_table(self._moves, document))
            self._fit()
        if fresh:
            self.line.setText(moved_line(self._moves))
        self.setVisible(moved)
        if fresh and moved:
            self.told.emit(self.line.text())

    @property
    def is_unfolded(self) -> bool:
        return self.fold.isChecked()

    def set_theme(self, name: str) -> None:
        self.table.set_theme(name)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.fold, self.agree, self.table]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The table as high as its rows, or as those that show at once."""
        self.table.setFixedHeight(self.table.height_for(min(len(self.table.spec.rows), MOST_ROWS)))

    def _show_table(self, shown: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.line.setWordWrap(shown)
        self.table.setVisible(shown)
        self.folded.emit()

    def _lay_out(self) -> None:
        self.setObjectName("notice")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.fold)
        row.addWidget(self.line, 1)
        row.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.table)
