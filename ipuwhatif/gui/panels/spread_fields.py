"""Lifetime and utilisation of whatever is bought, over which its price is spread: two fields under the prices."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.lever_words import lever_name, range_text
from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.scenario.levers import Lever, Levers
from ipuwhatif.scenario.prices.price_edits import spread_value
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.typed_levers import parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

KEYS = ("lifetime_years", "utilisation")
WIDTH = 72


class SpreadFields(QWidget):
    """Signal: `stated` with a lever and its value, or None where the field was emptied."""

    stated = Signal(object, object)

    def __init__(self, levers: Levers, parent: QWidget) -> None:
        super().__init__(parent)
        self._levers = [levers[key] for key in KEYS]
        self._texts = dict.fromkeys(KEYS, "")
        self.fields = {key: LeverField(self) for key in KEYS}
        self.fault = QLabel(self)
        self._lay_out()
        for lever in self._levers:
            field = self.fields[lever.key]
            field.editingFinished.connect(self._when_typed(lever, field))
            field.restored.connect(self._restore)

    def show_values(self, scenario: Scenario, families: Collection[str]) -> None:
        """What is stated for these families; a text that is being typed stays."""
        for lever in self._levers:
            value = spread_value(scenario, families, lever)
            text = "" if value is None else lever.format_number(value)
            changed, self._texts[lever.key] = text != self._texts[lever.key], text
            if changed or not self.fields[lever.key].isModified():
                self._print(lever.key)

    def _when_typed(self, lever: Lever, field: LeverField) -> Callable[[], None]:
        return lambda: self._typed(lever, field)

    def _typed(self, lever: Lever, field: LeverField) -> None:
        if not field.isModified():
            return
        text = field.text().strip()
        try:
            value = parse_value(text, lever) if text else None
        except InputError as error:
            self._show_fault(sentence(str(error)), field)
            return
        field.setModified(False)
        self._show_fault("", field)
        self.stated.emit(lever, value)

    def _restore(self) -> None:
        for key in KEYS:
            self._print(key)

    def _print(self, key: str) -> None:
        field = self.fields[key]
        field.setText(self._texts[key])
        field.setModified(False)
        self._show_fault("", field)

    def _show_fault(self, text: str, field: LeverField) -> None:
        set_faulty(field, bool(text))
        if text or not any(each.property("faulty") for each in self.fields.values()):
            self.fault.setText(text)
            self.fault.setVisible(bool(text))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        told = QLabel(tr("What is bought is spread over"), self)
        row.addWidget(told)
        for lever, words in zip(self._levers, (tr("years, in use"), tr("% of the time")), strict=True):
            field, after = self.fields[lever.key], QLabel(words, self)
            field.setFixedWidth(WIDTH)
            field.setAccessibleName(tr("{lever} of what is bought", lever=lever_name(lever)))
            field.setToolTip(tr("{effect} {range}", effect=tr(lever.effect), range=range_text(lever)))
            row.addWidget(field)
            row.addWidget(after)
        row.addStretch(1)
        set_role(self.fault, "warning")
        self.fault.setWordWrap(True)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.fault)
