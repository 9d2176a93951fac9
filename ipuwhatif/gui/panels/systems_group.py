"""One family of systems: a heading that folds, and a box for each system with the reason where it cannot run."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

COLUMNS = 2
WIDE = 126  # logical pixels of a box that does not leave room for another beside it
SMALL = 6  # boxes of a group that stands open of itself


def places(wide: Sequence[bool]) -> list[tuple[int, int, int]]:
    """Row, column and columns of each box in a grid; a wide one has a row of its own.

    Below each row of boxes there is one for the reason of each of its boxes.
    """
    found, row, column = [], 0, 0
    for is_wide in wide:
        if column == COLUMNS or (is_wide and column):
            row, column = row + COLUMNS + 1, 0
        found.append((row, column, COLUMNS if is_wide else 1))
        column = COLUMNS if is_wide else column + 1
    return found


class SystemBox(QCheckBox):
    """A system to tick; `ticked` carries it with what it is now.

    `reason` stands under it in the group, once there was one: most systems never need the label.
    """

    ticked = Signal(object, bool)

    def __init__(self, choice: SystemChoice, catalog: Catalog, parent: QWidget) -> None:
        short = short_name(choice, catalog)
        preset = choice.key in catalog.preset_names
        super().__init__(short if preset else f"{short} ({format_number(choice.chips)})", parent)
        self.choice = choice
        self.full_name = system_name(choice, catalog)
        self.search_text = f"{self.full_name} {choice.key} {catalog.chip_of(choice).name}"
        self.reason: QLabel | None = None
        self.setToolTip(self.full_name)
        self.setAccessibleName(self.full_name)
        self.toggled.connect(lambda present: self.ticked.emit(self.choice, present))

    def show_state(self, ticked: bool, reference: bool) -> None:
        """Ticked or not, and in bold where others are held against it."""
        with QSignalBlocker(self):
            self.setChecked(ticked)
        role = "strong" if reference else ""
        if self.property("role") != role:
            set_role(self, role)
            self.style().polish(self)

    def show_reason(self, reason: str) -> None:
        """Why it cannot run the job; nothing where it can."""
        text = tr("{name}: {reason}", name=self.full_name, reason=reason) if reason else ""
        if self.accessibleDescription() == text:
            return
        self.setAccessibleDescription(text)
        if self.reason is None:
            self.reason = _reason_label(self.parentWidget())
        self.reason.setText(text)
        self.reason.setVisible(bool(text) and self.isVisibleTo(self.parentWidget()))


def _reason_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_role(label, "warning")
    return label


class SystemsGroup(QWidget):
    """Boxes in two columns under a heading with the number of ticked ones; folded, it shows the ticked ones only."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self._boxes: list[SystemBox] = []
        self.opened: bool | None = None  # as the user left it; None before that
        self._words: list[str] = []
        self.heading = QToolButton(self)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setCheckable(True)
        set_role(self.heading, "fold")
        self.heading.clicked.connect(self._fold)
        self.body = QWidget(self)
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.body)

    def hold(self, boxes: Sequence[SystemBox]) -> None:
        """Take these boxes in the place of the former ones."""
        for box in self._boxes:
            for widget in filter(None, (box, box.reason)):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._boxes = list(boxes)
        self.refresh()

    def refresh(self) -> None:
        """Heading, order and what shows, by what is ticked and searched."""
        ticked = sum(box.isChecked() for box in self._boxes)
        opened = bool(self._words) or self._is_open(ticked)
        shown = [box for box in self._boxes if (opened or box.isChecked()) and self._matches(box)]
        for box in self._boxes:
            box.setVisible(box in shown)
            if box.reason is not None:
                box.reason.setVisible(box in shown and bool(box.reason.text()))
        for box, (row, column, over) in zip(
            shown, places([box.sizeHint().width() > WIDE for box in shown]), strict=True
        ):
            self._grid.addWidget(box, row, column, 1, over)
            if box.reason is not None:  # under the row of the boxes, over all columns
                self._grid.addWidget(box.reason, row + 1 + column, 0, 1, COLUMNS)
        self.body.setVisible(bool(shown))
        self.heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.heading.setChecked(opened)
        count = tr("{ticked} of {all}", ticked=ticked, all=len(self._boxes)) if ticked else str(len(self._boxes))
        self.heading.setText(tr("{title} ({count})", title=self._title, count=count))
        self.setVisible(bool(self._boxes) and (not self._words or bool(shown)))

    def show_reasons(self, reasons: Mapping[SystemChoice, str]) -> None:
        """Why ticked systems cannot run the job, each under its box."""
        labels = [box.reason for box in self._boxes]
        for box in self._boxes:
            box.show_reason(reasons.get(box.choice, ""))
        if labels != [box.reason for box in self._boxes]:
            self.refresh()

    def find(self, words: Sequence[str]) -> bool:
        """Show only the boxes with all these words; whether there is any."""
        self._words = list(words)
        self.refresh()
        return any(self._matches(box) for box in self._boxes)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.heading, *self._boxes]

    def _matches(self, box: SystemBox) -> bool:
        text = box.search_text.casefold()
        return all(word in text for word in self._words)

    def _is_open(self, ticked: int) -> bool:
        """As the user left it; before that a small group with something ticked. A folded one shows what is ticked."""
        return ticked > 0 and len(self._boxes) <= SMALL if self.opened is None else self.opened

    def _fold(self) -> None:
        self.opened = self.heading.isChecked()
        self.refresh()
