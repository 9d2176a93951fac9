"""A table as it is read: which column is what, in which unit, and what the first rows come to."""

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.mine.reading import read_beside
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.store import Brought
from ipuwhatif.importers.tables.reading import COMMA, POINT, Proposal, Said
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, quoted, told

_OPTION = re.compile(r"\s?[(（]--(?:[^()（）]|\([^()]*\))*[)）]")
QUICK_S, LATER_MS = 0.2, 400
UNIT_WIDTH = 140  # holds "USD/GPU-hour"
SHOWN = 8  # rows that are shown as they are read, and faults that are told


class Outcome(Record, frozen=True):
    """What comes of a table as the form says to read it."""

    rows: tuple[str, ...]  # the first ones in words
    count: int
    refused: tuple[Refused, ...]
    thing: Brought | None  # what would be kept


def without_options(text: str) -> str:
    """A fault without what the command line would have: the form has a field for it."""
    return _OPTION.sub("", text)


class TableKind(Record, frozen=True):
    """A kind of table. `outcome` reads one as the form says, and raises InputError where it cannot."""

    fields: Mapping[str, str]  # what a column can hold, in words
    hints: Mapping[str, str]  # an example of what is typed beside a column: its unit, or what every row has
    outcome: Callable[[Path, Catalog, Said], Outcome]


class TableForm(QDialog):
    """A form for a kind of table. Signals: `read` with what is to be kept; whoever takes it closes the form."""

    read = Signal(object)

    def __init__(self, path: Path, proposal: Proposal, catalog: Catalog, kind: TableKind, parent: QWidget) -> None:
        super().__init__(parent)
        self.path, self.catalog, self.kind = path, catalog, kind
        self.found: Outcome | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import {name}", name=path.name))
        self.resize(900, 520)
        self.columns = {field: QComboBox(self) for field in self.kind.fields}
        self.units = {field: QLineEdit(self) for field in self.kind.hints}
        self.decimal, self.systems = QComboBox(self), QLineEdit(self)
        self.count, self.rows = QLabel(self), QPlainTextEdit(self)
        self._took, self._later = 0.0, QTimer(self)  # how long the last look took [s]; a long one waits for the hand
        self._fill(proposal)
        self._lay_out()
        for box in (*self.columns.values(), self.decimal):
            box.currentIndexChanged.connect(self._change)
        for field in (*self.units.values(), self.systems):
            field.textChanged.connect(self._change)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self.refresh)
        self.refresh()

    def said(self) -> Said:
        """What the form says. InputError for a system that is not understood."""
        chosen = {field: box.currentData() for field, box in self.columns.items() if box.currentData()}
        units = {field: box.text().strip() for field, box in self.units.items() if box.text().strip()}
        return Said(chosen, units, self._systems(), self.decimal.currentData(), proposed=False)

    def _change(self) -> None:
        """Something else is to be read; of a long table it is looked at when the typing rests."""
        if self._took < QUICK_S:
            self.refresh()
        else:
            self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
            self._later.start()

    def refresh(self) -> None:
        """Read the table as the form says, and show what comes of it."""
        start = time.perf_counter()
        try:
            said = self.said()
            self.found = read_beside(self, self.path.name, lambda: self.kind.outcome(self.path, self.catalog, said))
        except InputError as error:
            self.found = None
            self.count.setText(without_options(str(error)))
            self.rows.clear()
        else:
            if self.found is None:  # nobody waited for it
                self.count.setText(tr("Reading was cancelled; change something to read it again."))
                self.rows.clear()
            else:
                self._show(self.found)
        self._took = time.perf_counter() - start
        set_role(self.count, "caption" if self.found and not self.found.refused else "warning")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.found and self.found.thing))

    def _show(self, found: Outcome) -> None:
        text = tr(
            "{count} of {all} rows can be read, and are imported",
            count=format_number(found.count),
            all=format_number(found.count + len(found.refused)),
        )
        self.count.setText(text)
        lines = [*found.rows[:SHOWN], *(["…"] if found.count > SHOWN else [])]
        faults = [
            tr("Not read: {place}: {reason}", place=told(each.place), reason=without_options(told(each.reason)))
            for each in found.refused[:SHOWN]
        ]
        self.rows.setPlainText("\n".join((*lines, *faults)))

    def _take(self) -> None:
        if self.found is not None and self.found.thing is not None:
            self.read.emit(self.found.thing)

    def _systems(self) -> Mapping[str, SystemChoice]:
        """Names of the table with the systems that they stand for: "our box=dgx-h100:8; other=ipu-pod16"."""
        found = {}
        for part in filter(None, (text.strip() for text in self.systems.text().split(";"))):
            name, equals, system = part.rpartition("=")
            if not (name.strip() and equals):
                raise InputError(tr("{text} names no system; write our box=dgx-h100:8", text=quoted(part)))
            found[name.strip()] = parse_system(system, self.catalog)
        return found

    def _fill(self, proposal: Proposal) -> None:
        for field, box in self.columns.items():
            box.addItem(tr("not in the table"), "")
            for head in proposal.heads:
                box.addItem(head, head)
            box.setCurrentIndex(max(0, box.findData(proposal.columns.get(field, ""))))
            box.setAccessibleName(tr(self.kind.fields[field]))
        for field, unit in self.units.items():
            unit.setPlaceholderText(self.kind.hints[field])
            unit.setText(proposal.units.get(field, ""))
            unit.setFixedWidth(UNIT_WIDTH)
            unit.setAccessibleName(tr("{what}: unit, or what every row has", what=tr(self.kind.fields[field])))
        for words, key in ((tr("as the table tells"), ""), (tr("comma"), COMMA), (tr("point"), POINT)):
            self.decimal.addItem(words, key)
        self.systems.setPlaceholderText("our box=dgx-h100:8; other=ipu-pod16")

    def _lay_out(self) -> None:
        form = QFormLayout()
        for field, box in self.columns.items():
            row = QHBoxLayout()
            row.addWidget(box, 1)
            if field in self.units:
                row.addWidget(self.units[field])
            form.addRow(tr(self.kind.fields[field]), row)
        form.addRow(tr("Decimals after a"), self.decimal)
        form.addRow(tr("Names of systems"), self.systems)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setWordWrap(True)
        self.rows.setReadOnly(True)
        self.rows.setAccessibleName(tr("The first rows, as they are read"))
        right = QVBoxLayout()
        right.addWidget(self.count)
        right.addWidget(self.rows, 1)
        halves = QHBoxLayout()
        halves.setSpacing(2 * GAP)
        halves.addLayout(form, 2)
        halves.addLayout(right, 3)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.button(kinds.Ok).setText(tr("Import"))
        self.buttons.button(kinds.Cancel).setText(tr("Cancel"))
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(halves, 1)
        whole.addWidget(self.buttons)
