"""A field for what the user has measured on a system, beside the projection of it: typed or pasted, and taken back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from ipuwhatif.catalog.types import Workload
from ipuwhatif.gui.panels.typed_row import TypedRow
from ipuwhatif.gui.theme import reset_pixmap
from ipuwhatif.scenario.measurements import Measurement, examples
from ipuwhatif.texts import tr
from ipuwhatif.units import told


class MeasurementRow(TypedRow):
    """`typed` has a Measurement, or None where the field was emptied; `reset` takes the measurement back.

    `followed` says whether projections are to follow it.
    """

    followed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        self._workload: Workload | None = None
        self._meaning: Callable[[str], Measurement] | None = None
        super().__init__(tr("Your own measurement"), self._read, tr("Take the measurement back"), parent)
        self.field.setToolTip(tr("A time to train or a training throughput; it is not part of the fit"))
        self.follow = QCheckBox(tr("Project from it"), self)
        self.follow.setToolTip(
            tr("Other systems, sizes and what-ifs follow it, the nearer they are the more; ghosts show what they were")
        )
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.addWidget(self.follow, grid.rowCount(), 0, 1, 3)
        self.follow.clicked.connect(self.followed)

    def show_measurement(
        self, text: str, workload: Workload, meaning: Callable[[str], Measurement], followed: bool = False
    ) -> None:
        """Show what has been measured on a system that runs a workload; a text that is being typed stays.

        meaning: reads a typed text as a measurement of that system. followed: whether projections follow it.
        """
        self.follow.setVisible(bool(text))
        self.follow.setChecked(followed)
        self._meaning = meaning
        if workload != self._workload:
            self._workload = workload
            self.field.setPlaceholderText(tr("for example {examples}", examples=told(examples(workload))))
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
