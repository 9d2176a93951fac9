"""What single questions are asked with, beside the tabs: parts as shares, a target, the system that is looked at.

It holds how the scenario is looked at, and nothing of the scenario.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.lever_row import LeverField
from ipuwhatif.gui.question import BREAKDOWN, COMPARE, SCALING, SENSITIVITY
from ipuwhatif.gui.theme import GAP, set_faulty, set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_duration, parse_quantity

TARGET_WIDTH, NAME_LETTERS = 74, 15


class QuestionTools(QWidget):
    """Signals: `changed` when shares or target did, `chosen` with a system to look at.

    A wrong target is left as it was typed, and `fault` says what is wrong with it; Esc brings back the last good one.
    """

    changed = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.target_s: float | None = None
        self.fault = ""
        self.share = QCheckBox(tr("As shares of the time"), self)
        self.target_name = QLabel(tr("Target"), self)
        self.target = LeverField(self)
        self.system_name = QLabel(tr("System"), self)
        self.system = QComboBox(self)
        self._question = COMPARE
        self._lay_out()
        self.share.toggled.connect(self.changed)
        self.target.editingFinished.connect(self._typed)
        self.target.restored.connect(self._restore)
        self.system.activated.connect(lambda index: self.chosen.emit(self.system.itemData(index)))
        self.show_question(COMPARE)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.share, self.target, self.system]

    def show_question(self, question: str) -> None:
        """Only what the question is asked with."""
        self._question = question
        self.share.setVisible(question == BREAKDOWN)
        for widget in (self.target_name, self.target):
            widget.setVisible(question == SCALING)
        for widget in (self.system_name, self.system):
            widget.setVisible(question in (SCALING, SENSITIVITY) and self.system.count() > 0)

    def show_systems(self, systems: Sequence[SystemChoice], selection: SystemChoice | None, catalog: Catalog) -> None:
        """The ticked systems, and which of them is looked at."""
        if [self.system.itemData(index) for index in range(self.system.count())] != list(systems):
            with QSignalBlocker(self.system):
                self.system.clear()
                for choice in systems:
                    self.system.addItem(system_name(choice, catalog), choice)
            self.show_question(self._question)
        self.system.setCurrentIndex(systems.index(selection) if selection in systems else -1)

    def set_target(self, seconds: float | None) -> None:
        """Seek a time [s]; None seeks none."""
        self.target_s = seconds
        self._restore()

    def _typed(self) -> None:
        if not self.target.isModified():
            return
        text = self.target.text().strip()
        try:
            seconds = parse_quantity(text, "s", positive=True) if text else None
        except InputError as error:
            self._show_fault(str(error))
            self.changed.emit()
            return
        self.set_target(seconds)

    def _restore(self) -> None:
        self.target.setText("" if self.target_s is None else format_duration(self.target_s))
        self.target.setModified(False)
        self._show_fault("")
        self.changed.emit()

    def _show_fault(self, text: str) -> None:
        self.fault = text
        self.target.setToolTip(text or tr("a time, such as 1 min: how many chips of the system meet it"))
        self.target.setAccessibleDescription(self.target.toolTip())
        set_faulty(self.target, bool(text))

    def _lay_out(self) -> None:
        self.target.setPlaceholderText(tr("1 min"))
        self.target.setFixedWidth(TARGET_WIDTH)
        self.target.setAccessibleName(tr("Target of the time"))
        self.system.setAccessibleName(tr("System that is looked at"))
        self.system.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.system.setMinimumContentsLength(NAME_LETTERS)
        for label in (self.target_name, self.system_name):
            set_role(label, "caption")
        self._show_fault("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.share, self.target_name, self.target, self.system_name, self.system):
            row.addWidget(widget)
