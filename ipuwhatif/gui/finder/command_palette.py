"""Find anything: a line to type into, and the views, systems, jobs, levers and commands that have its words.

Return does what is chosen, Esc closes; what cannot be done is said there, and the text stays. Nothing is chosen of
itself where nothing is called what was typed, or where it may mean several things.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from ipuwhatif.gui.finder.entry import Entry, Findable
from ipuwhatif.gui.finder.found_rows import ROW, FoundRows, RowPainter
from ipuwhatif.gui.finder.matching import WORDS, found, is_sure
from ipuwhatif.gui.finder.overlay import Overlay
from ipuwhatif.gui.finder.palette_entries import entries
from ipuwhatif.gui.finder.typed_commands import commands
from ipuwhatif.gui.finder.unknown import unknown
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

WIDTH, TOP, ROWS = 700, 56, 12  # logical pixels, and rows that show at once
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


class CommandPalette(Overlay):
    """Everything that it offers is asked of its window anew each time it is opened."""

    def __init__(self, window: Findable) -> None:
        assert isinstance(window, QWidget)
        super().__init__(window)
        self._window = window
        self._offered: tuple[Entry, ...] = ()
        self.line = _Line(self)
        self.list = QListView(self)
        self.fault = QLabel(self)
        self._model = FoundRows(self)
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
        self._offered = entries(self._window)
        self.line.setText(text)
        self._find(text)
        self.open_at((self.over.width() - WIDTH) // 2, TOP, self.line)
        self.line.selectAll()

    def _find(self, text: str) -> None:
        """Follow the typed text: names come first, then what it is as a command, then names that have its words."""
        matches, told = found(self._offered, text), ""
        typed: tuple[Entry, ...] = ()
        try:
            typed = commands(text, self._window)
        except InputError as error:
            told = str(error)
        named = [entry for rank, entry in matches if rank <= WORDS and text.strip()]
        others = [entry for rank, entry in matches if rank > WORDS or not text.strip()]
        shown = _each_once((*named, *typed, *others))
        sure = bool(named or len(typed) == 1 or (not typed and is_sure(text, matches)))
        if shown and not sure and typed:
            told = tr("That may mean any of these: choose one.")
        elif shown:
            told = ""
        elif not told and self._window.world is not None:
            told, shown = unknown(text, self._offered, self._window.world.catalog)
            sure = False
        self._model.show_entries(shown)
        # Nothing is chosen before something is typed: Return alone does nothing.
        self.list.setCurrentIndex(self._model.index(0 if shown and sure else -1))
        self._show_told(told, faulty=not (shown and typed))

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
            self._show_told(str(error))

    def _show_told(self, text: str, faulty: bool = True) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        set_faulty(self.line, bool(text) and faulty)
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
        self.line.setPlaceholderText(
            tr("Find a view, system, job, lever or command; or type 1 min, ipu-pod 48, compute gain 1.3")
        )
        self.line.setAccessibleName(tr("Find anything"))
        self.line.setAcceptDrops(False)  # a file that is dropped here is meant for the window
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowPainter(self.list))
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


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The first of those that do the same."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        kept.setdefault((entry.text, entry.kind), entry)
    return tuple(kept.values())
