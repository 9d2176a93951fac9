"""One family of systems: a heading that folds, and a box for each system with the reason where it cannot run.

A box is built when it is first seen.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.plain import plain_tip
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
        """That it cannot run the job, and why as a tip, as the page says it in full; nothing where it can."""
        text = tr("{name}: {reason}", name=self.full_name, reason=reason) if reason else ""
        if self.accessibleDescription() == text:
            return
        self.setAccessibleDescription(text)
        if self.reason is None:
            self.reason = _reason_label(self.parentWidget())
        self.reason.setText(tr("{name} cannot run this job", name=self.text()) if text else "")
        self.reason.setToolTip(plain_tip(text))
        self.reason.setVisible(bool(text) and not self.isHidden())


def _reason_label(parent: QWidget | None) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_role(label, "warning")
    return label


class SystemsGroup(QWidget):
    """Boxes in two columns under a heading with the number of ticked ones; folded, it shows the ticked ones only.

    `rebuilt` when it shows other boxes than before. `wire` is called once with each box that is built.
    """

    rebuilt = Signal()

    def __init__(self, title: str, catalog: Catalog, wire: Callable[[SystemBox], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self._catalog = catalog
        self._wire = wire
        self.choices: tuple[SystemChoice, ...] = ()
        self._built: dict[SystemChoice, SystemBox] = {}
        self._shown: list[SystemBox] = []
        self._ticked: Collection[SystemChoice] = ()
        self._reference = ""  # key of the system that the others are held against
        self._reasons: Mapping[SystemChoice, str] = {}
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

    def hold(self, choices: Sequence[SystemChoice]) -> None:
        """Offer these systems in the place of the former ones."""
        for box in self._built.values():
            for widget in filter(None, (box, box.reason)):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._built.clear()
        self.choices = tuple(choices)
        self.refresh()

    def box(self, choice: SystemChoice) -> SystemBox:
        """The box of a system, which is built with the first that asks for it."""
        if choice not in self._built:
            self._built[choice] = box = SystemBox(choice, self._catalog, self.body)
            box.hide()
            box.show_state(choice in self._ticked, choice.key == self._reference)
            box.show_reason(self._reasons.get(choice, ""))
            self._wire(box)
        return self._built[choice]

    def show_ticked(self, ticked: Collection[SystemChoice], reference: str) -> None:
        """Which systems are compared, and the key of the one that the others are held against."""
        self._ticked, self._reference = ticked, reference
        for choice, box in self._built.items():
            box.show_state(choice in ticked, choice.key == reference)
        self.refresh()

    def refresh(self) -> None:
        """Heading, order and what shows, by what is ticked and searched."""
        ticked = sum(choice in self._ticked for choice in self.choices)
        opened = bool(self._words) or self._is_open(ticked)
        shown = [
            self.box(choice) for choice in self.choices if (opened or choice in self._ticked) and self._matches(choice)
        ]
        for box in self._built.values():
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
        every = len(self.choices)
        count = tr("{ticked} of {all}", ticked=ticked, all=every) if ticked else str(every)
        self.heading.setText(tr("{title} ({count})", title=self._title, count=count))
        self.setVisible(bool(self.choices) and (not self._words or bool(shown)))
        if shown != self._shown:
            self._shown = shown
            self.rebuilt.emit()

    def show_reasons(self, reasons: Mapping[SystemChoice, str]) -> None:
        """Why ticked systems cannot run the job, each under its box."""
        self._reasons = reasons
        labels = [box.reason for box in self._built.values()]
        for choice, box in self._built.items():
            box.show_reason(reasons.get(choice, ""))
        if labels != [box.reason for box in self._built.values()]:
            self.refresh()

    def search(self, words: Sequence[str]) -> bool:
        """Show only the boxes with all these words; whether there is any."""
        self._words = list(words)
        self.refresh()
        return any(self._matches(choice) for choice in self.choices)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.heading, *(self._built[choice] for choice in self.choices if choice in self._built)]

    def _matches(self, choice: SystemChoice) -> bool:
        if not self._words:
            return True
        chip = self._catalog.chip_of(choice).name
        text = f"{system_name(choice, self._catalog)} {choice.key} {chip}".casefold()
        return all(word in text for word in self._words)

    def _is_open(self, ticked: int) -> bool:
        """As the user left it; before that a small group with something ticked. A folded one shows what is ticked."""
        return ticked > 0 and len(self.choices) <= SMALL if self.opened is None else self.opened

    def _fold(self) -> None:
        self.opened = self.heading.isChecked()
        self.refresh()
