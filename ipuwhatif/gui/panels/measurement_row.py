"""A field for what the user has measured on a system, beside the projection of it: typed or pasted, and taken back."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from ipuwhatif.catalog.types import Workload
from ipuwhatif.gui.panels.typed_row import TypedRow
from ipuwhatif.gui.theme import reset_pixmap
from ipuwhatif.scenario.measurements import Measurement, examples
from ipuwhatif.texts import tr


class MeasurementRow(TypedRow):
    """`typed` has a Measurement, or None where the field was emptied; `reset` takes the measurement back."""

    def __init__(self, parent: QWidget) -> None:
        self._workload: Workload | None = None
        self._meaning: Callable[[str], Measurement] | None = None
        super().__init__(tr("Your own measurement"), self._read, tr("Take the measurement back"), parent)
        self.field.setToolTip(tr("A time to train or a training throughput; it is not part of the fit"))

    def show_measurement(self, text: str, workload: Workload, meaning: Callable[[str], Measurement]) -> None:
        """Show what has been measured on a system that runs a workload; a text that is being typed stays.

        meaning: reads a typed text as a measurement of that system.
        """
        self._meaning = meaning
        if workload != self._workload:
            self._workload = workload
            self.field.setPlaceholderText(tr("for example {examples}", examples=examples(workload)))
        self.show_text(text, "", bool(text))

    def forget(self) -> None:
        """Drop a text that is being typed: the next one is of another system."""
        self.show_text("", "", False)
        self._print()

    def set_icons(self, colour: str) -> None:
        """Paint the reset button for a theme."""
        self.button.setIcon(QIcon(reset_pixmap(colour, self.devicePixelRatioF())))

    def _read(self, text: str) -> Measurement | None:
        """What a text means; nothing measured for an empty one. InputError says what would be read."""
        return None if not text.strip() or self._meaning is None else self._meaning(text)
