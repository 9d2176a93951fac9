"""A table of results as it is read: which column is what, in which unit, and what the first rows come to."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
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

from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.importers.results.columns import FIELDS, THROUGHPUT, TIME
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.reader import brought_of
from ipuwhatif.importers.results.table import COMMA, POINT, Proposal, Said, read_table_results
from ipuwhatif.scenario.measurements import measurement_text
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, quoted

UNIT_WIDTH = 100  # holds "images/s"
SHOWN = 8  # rows that are shown as they are read, and faults that are told
UNITS = {TIME: "h", THROUGHPUT: "images/s"}


class TableForm(QDialog):
    """Signals: `read` with what is to be kept, a Brought; whoever takes it closes the form."""

    read = Signal(object)

    def __init__(self, path: Path, proposal: Proposal, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._path, self._catalog = path, catalog
        self.found: Imported | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import {name}", name=path.name))
        self.resize(900, 520)
        self.columns = {field: QComboBox(self) for field in FIELDS}
        self.units = {field: QLineEdit(self) for field in UNITS}
        self.decimal, self.systems = QComboBox(self), QLineEdit(self)
        self.count, self.rows = QLabel(self), QPlainTextEdit(self)
        self._fill(proposal)
        self._lay_out()
        for box in (*self.columns.values(), self.decimal):
            box.currentIndexChanged.connect(self.refresh)
        for field in (*self.units.values(), self.systems):
            field.textChanged.connect(self.refresh)
        self.refresh()

    def said(self) -> Said:
        """What the form says. InputError for a system that is not understood."""
        chosen = {field: box.currentData() for field, box in self.columns.items() if box.currentData()}
        units = {field: box.text().strip() for field, box in self.units.items() if box.text().strip()}
        return Said(chosen, units, self._systems(), self.decimal.currentData(), proposed=False)

    def refresh(self) -> None:
        """Read the table as the form says, and show what comes of it."""
        try:
            self.found = read_table_results(self._path, self._catalog, self.said())
        except InputError as error:
            self.found = None
            self.count.setText(str(error))
            self.rows.clear()
        else:
            self._show(self.found)
        set_role(self.count, "caption" if self.found and not self.found.refused else "warning")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.found and self.found.results))

    def _show(self, found: Imported) -> None:
        good, bad = len(found.results), len(found.refused)
        told = tr(
            "{count} of {all} rows can be read, and are imported",
            count=format_number(good),
            all=format_number(good + bad),
        )
        self.count.setText(told)
        lines = [self._line(each) for each in found.results[:SHOWN]]
        lines += ["…"] if good > SHOWN else []
        lines += [
            tr("Not read: {place}: {reason}", place=each.place, reason=each.reason) for each in found.refused[:SHOWN]
        ]
        self.rows.setPlainText("\n".join(lines))

    def _line(self, result: OwnResult) -> str:
        """ "DGX A100 (8 GPUs) · ResNet-50 · 31.5 min · batch 3,264"."""
        if result.choice is None or result.workload is None:
            return result.system
        workload = self._catalog.workloads[result.workload]
        parts = [
            system_name(result.choice, self._catalog),
            workload.name,
            measurement_text(result.measurement, workload),
            tr("batch {batch}", batch=format_number(result.global_batch)) if result.global_batch else "",
            result.release,
        ]
        return " · ".join(part for part in parts if part)

    def _take(self) -> None:
        if self.found is not None and self.found.results:
            self.read.emit(brought_of(self.found, self._path))

    def _systems(self) -> Mapping[str, SystemChoice]:
        """Names of the table with the systems that they stand for: "our box=dgx-h100:8; other=ipu-pod16"."""
        found = {}
        for part in filter(None, (text.strip() for text in self.systems.text().split(";"))):
            name, equals, system = part.rpartition("=")
            if not (name.strip() and equals):
                raise InputError(tr("{text} names no system; write our box=dgx-h100:8", text=quoted(part)))
            found[name.strip()] = parse_system(system, self._catalog)
        return found

    def _fill(self, proposal: Proposal) -> None:
        for field, box in self.columns.items():
            box.addItem(tr("not in the table"), "")
            for head in proposal.heads:
                box.addItem(head, head)
            box.setCurrentIndex(max(0, box.findData(proposal.columns.get(field, ""))))
            box.setAccessibleName(tr(FIELDS[field]))
        for field, box in self.units.items():
            box.setPlaceholderText(UNITS[field])
            box.setText(proposal.units.get(field, ""))
            box.setFixedWidth(UNIT_WIDTH)
            box.setAccessibleName(tr("unit of the {what}", what=tr(FIELDS[field])))
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
            form.addRow(tr(FIELDS[field]), row)
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
