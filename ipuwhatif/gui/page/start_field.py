"""The day on which a run begins, beside the tabs: typed as a day, empty where none is stated."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipuwhatif.gui.levers.lever_field import LeverField
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import set_faulty
from ipuwhatif.scenario.dates import parse_date
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

WIDTH = 92


class StartField(LeverField):
    """Signals: `stated` with a day, or an empty text where it is taken back; `faulty` when what is typed is none.

    A wrong day is left as it was typed, and `fault` says what is wrong with it; Esc brings back the last good one.
    """

    stated = Signal(str)
    faulty = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.day, self.fault = "", ""
        self.setFixedWidth(WIDTH)
        self.setPlaceholderText("2027-01-01")
        self.setAccessibleName(tr("Day on which the run begins"))
        self._show_fault("")
        self.editingFinished.connect(self._typed)
        self.restored.connect(self._restore)

    def show_day(self, day: str) -> None:
        """The start of the scenario; one that is being typed stays."""
        if day != self.day:
            self.day = day
            self._print()

    def _typed(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip()
        try:
            day = parse_date(text) if text else ""
        except InputError as error:
            self._show_fault(str(error))
            self.faulty.emit()
            return
        self.day = day
        self._print()
        self.stated.emit(day)

    def _restore(self) -> None:
        self._print()
        self.selectAll()
        self.faulty.emit()

    def _print(self) -> None:
        self.setText(self.day)
        self.setModified(False)
        self._show_fault("")

    def _show_fault(self, text: str) -> None:
        self.fault = text
        usual = tr("The day on which the run begins, such as 2027-01-01: then the finish is told as a day")
        self.setToolTip(plain_tip(text) or usual)
        self.setAccessibleDescription(text or usual)
        set_faulty(self, bool(text))
