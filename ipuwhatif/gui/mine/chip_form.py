"""A form for a chip of one's own with its systems: it writes the file that could be imported as well."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.catalog.machines import CHIP_NEEDS, CHIP_UNITS, LINK_CLASSES, SYSTEM_NEEDS, SYSTEM_UNITS
from ipuwhatif.catalog.own_chips import KINDS, MOST_CHIPS, NETWORK, TOLD_AS
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.importers.chips import brought_chip
from ipuwhatif.importers.toml import toml_text
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import UNITS, InputError, parse_quantity, split_number, typed

#: Figures of a chip and of a system, with what people call them and an example.
OF_CHIP = {
    "peak_flops": (marked("Dense peak in 16 bit"), "700 TFLOPS"),
    "peak_flops_32": (marked("Dense peak in 32 bit, as frameworks multiply"), "350 TFLOPS"),
    "peak_flops_8": (marked("Dense peak in 8 bit"), "1400 TFLOPS"),
    "peak_flops_4": (marked("Dense peak in 4 bit"), "2800 TFLOPS"),
    "best_product": (marked("Best product that was measured"), "550 TFLOPS"),
    "memory_size": (marked("Memory"), "96 GB"),
    "memory_bandwidth": (marked("Memory bandwidth"), "4000 GB/s"),
    "clock": (marked("Clock"), "1850 MHz"),
    "power": (marked("Rated power"), "600 W"),
}
OF_SYSTEM = {
    "link_bandwidth": (marked("Links of a chip, one direction"), "400 GB/s"),
    "network_bandwidth": (marked("Network of a chip, one direction"), "50 GB/s"),
    "streaming_bandwidth": (marked("Streaming memory bandwidth a chip"), "5 GB/s"),
    "host_bandwidth": (marked("Host bandwidth a chip"), "5 GB/s"),
}
OF_IPU = ("clock", "streaming_bandwidth", "host_bandwidth")
NEEDED = (*CHIP_NEEDS, *SYSTEM_NEEDS, *OF_IPU)
COUNTS = {
    "chips_per_machine": marked("Chips of a machine"),
    "chips_per_domain": marked("Chips that fast links join"),
    "maximum_chips": marked("Most chips of a system"),
}
SOURCES = {"first": marked("first source"), "second": marked("second source")}


class Figure(QWidget):
    """A figure as it is typed, and which source it is from."""

    def __init__(self, base: str, words: str, example: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._base = base
        self.field, self.source = QLineEdit(self), QComboBox(self)
        self.field.setPlaceholderText(example)
        self.field.setAccessibleName(words)
        self.source.setAccessibleName(tr("Source of {what}", what=words))
        for key, name in SOURCES.items():
            self.source.addItem(tr(name), key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.source)

    def value(self, needed: bool) -> dict[str, object] | None:
        """What goes into the file; None for an empty field. InputError for what is no quantity of this kind, or is
        needed and missing."""
        text = self.field.text().strip()
        set_faulty(self.field, needed and not text)
        if not text and needed:
            what, example = self.field.accessibleName(), self.field.placeholderText()
            raise InputError(tr("{what} is missing; write it, such as {example}", what=what, example=example))
        if not text:
            return None
        try:
            in_base = parse_quantity(text, self._base)
            number = split_number(typed(text))
        except InputError:
            set_faulty(self.field, True)
            raise
        if number is None or number.rest not in UNITS:
            return {"value": in_base, "unit": self._base, "origin": self.source.currentData()}
        whole = int(number.value) if number.value.is_integer() else number.value
        return {"value": whole, "unit": number.rest, "origin": self.source.currentData()}


class Source(QWidget):
    """Where figures are from: title, place in it, date and kind."""

    def __init__(self, title: str, place: str, needed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._needed = needed
        self.title, self.locator, self.date = (QLineEdit(self) for _ in range(3))
        self.note, self.kind = QLineEdit(self), QComboBox(self)
        for field, hint in (
            (self.title, title),
            (self.locator, place),
            (self.date, "2025-03"),
            (self.note, tr("for a derived figure: how")),
        ):
            field.setPlaceholderText(hint)
        for kind in KINDS:
            self.kind.addItem(tr(kind), kind)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for name, widget in (
            (tr("Title"), self.title),
            (tr("Place in it"), self.locator),
            (tr("Date"), self.date),
            (tr("Kind"), self.kind),
            (tr("Note"), self.note),
        ):
            form.addRow(name, widget)
            widget.setAccessibleName(name)

    def values(self) -> dict[str, object]:
        """What goes into the file; empty where nothing was typed. InputError where only a part was."""
        typed_in = {
            "title": self.title.text().strip(),
            "locator": self.locator.text().strip(),
            "date": self.date.text().strip(),
            "note": self.note.text().strip(),
        }
        given = {name: text for name, text in typed_in.items() if text}
        for field in (self.title, self.locator, self.date) if given or self._needed else ():
            set_faulty(field, not field.text().strip())
            if not field.text().strip():
                what = tr("{source}: {part}", source=self.accessibleName(), part=field.accessibleName())
                raise InputError(
                    tr("{what} is missing; write it, such as {example}", what=what, example=field.placeholderText())
                )
        return {**given, "kind": self.kind.currentData()} if given else {}


class ChipForm(QDialog):
    """Signals: `written` with a text that can be imported; whoever takes it closes the form."""

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New chip"))
        self.resize(560, 640)
        page = QWidget(self)
        self.name, self.system_name, self.key = QLineEdit(page), QLineEdit(page), QLineEdit(page)
        self.architecture, self.link_class = QComboBox(page), QComboBox(page)
        self.figures = {
            name: Figure({**CHIP_UNITS, **SYSTEM_UNITS}[name], tr(words), example, page)
            for name, (words, example) in {**OF_CHIP, **OF_SYSTEM}.items()
        }
        self.counts = {name: QSpinBox(page) for name in COUNTS}
        self.first = Source(tr("Data sheet of the chip"), tr("page 3, or a web address"), True, page)
        self.second = Source(tr("Told by the vendor"), tr("mail of May 3"), False, page)
        self.fault = QLabel(self)
        self._form = QFormLayout(page)
        self._fill()
        self._lay_out(page)
        self.name.textEdited.connect(self._propose_key)
        self.architecture.currentIndexChanged.connect(self._show_for_architecture)
        self._show_for_architecture()

    def text(self) -> str:
        """The file as the form says it. InputError for the first thing that is missing or no quantity."""
        name = self.name.text().strip()
        if not name:
            raise InputError(tr("the chip has no name; write one"))
        chip = {
            "key": self.key.text().strip() or _key_of(name),
            "name": name,
            "architecture": self.architecture.currentData(),
            **self._of(OF_CHIP),
        }
        system = {
            "name": self.system_name.text().strip() or name,
            **{count: box.value() for count, box in self.counts.items()},
            **({"link_class": self.link_class.currentData()} if self.link_class.currentData() else {}),
            "origin": "first",
            **self._of(OF_SYSTEM),
        }
        sources = {"first": self.first.values(), "second": self.second.values()}
        origins = {source: values for source, values in sources.items() if values}
        return toml_text({"chip": chip, "system": system, "origins": origins})

    def _of(self, figures: Mapping[str, object]) -> dict[str, object]:
        """The figures that were typed."""
        found: dict[str, object] = {}
        for name in figures:
            if self._form.isRowVisible(self.figures[name]):
                value = self.figures[name].value(needed=name in NEEDED and not (name == NETWORK and self._is_alone()))
                if value is not None:
                    found[name] = value
        return found

    def _is_alone(self) -> bool:
        """Whether links join all the chips there can be, so that no network does."""
        return self.counts["maximum_chips"].value() <= self.counts["chips_per_domain"].value()

    def _write(self) -> None:
        try:
            text = self.text()
            brought_chip(text, tr("form"))
        except InputError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        self.fault.hide()
        self.written.emit(text)

    def _propose_key(self, name: str) -> None:
        """A key that goes with the name, until one is typed."""
        if not self.key.isModified():
            self.key.setText(_key_of(name))

    def _show_for_architecture(self) -> None:
        for name in OF_IPU:
            self._form.setRowVisible(self.figures[name], self.architecture.currentData() == "ipu")

    def _fill(self) -> None:
        for architecture in TOLD_AS:
            self.architecture.addItem(architecture.upper() if len(architecture) < 4 else architecture, architecture)
        self.link_class.addItem(tr("another kind"), "")
        for name in LINK_CLASSES:
            self.link_class.addItem(name, name)
        for name, value in (("chips_per_machine", 8), ("chips_per_domain", 8), ("maximum_chips", 1024)):
            self.counts[name].setRange(1, MOST_CHIPS)
            self.counts[name].setValue(value)
            self.counts[name].setMinimumHeight(self.name.sizeHint().height())
        self._add(tr("Name of the chip"), self.name)
        self._add(tr("Key, as it is typed in commands"), self.key)
        self._add(tr("Architecture"), self.architecture)
        for name, (words, _) in OF_CHIP.items():
            self._add(tr(words), self.figures[name])
        self._add(tr("Name of its systems"), self.system_name)
        for name, words in COUNTS.items():
            self._add(tr(words), self.counts[name])
        self._add(tr("Kind of its links"), self.link_class)
        for name, (words, _) in OF_SYSTEM.items():
            self._add(tr(words), self.figures[name])
        self._add(tr("First source"), self.first)
        self._add(tr("Second source"), self.second)

    def _add(self, words: str, widget: QWidget) -> None:
        self._form.addRow(words, widget)
        widget.setAccessibleName(words)

    def _lay_out(self, page: QWidget) -> None:
        self._form.setContentsMargins(GAP, GAP, GAP, GAP)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.hide()
        set_role(self.fault, "warning")
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton(tr("Import it"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.done_button.clicked.connect(self._write)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.fault)
        whole.addWidget(buttons)


def _key_of(name: str) -> str:
    """A key that goes with a name: "my-turbo-9" for "Turbo 9"."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.casefold())
    return "-".join(("my", *words.split()))[:40].rstrip("-")
