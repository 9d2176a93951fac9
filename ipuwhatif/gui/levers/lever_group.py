"""Levers of one kind under a heading that folds: "Hardware · 2 moved". A row is built when it is first seen."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.gui.levers.lever_row import LeverRow
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.texts import marked, tr

TITLES = {
    "software": marked("Software"),
    "hardware": marked("Hardware"),
    "layout": marked("Layout"),
    "cut": marked("Cut of a language model"),
    "recipe": marked("Recipe"),
    "cost": marked("Cost"),
    "run": marked("Failures and restarts"),
    "efficiency": marked("Efficiency"),
    "collective": marked("Collective"),
    "convergence": marked("Convergence"),
    "overheads": marked("Overheads"),
    "environment": marked("Environment"),
}


class LeverGroup(QWidget):
    """Rows of levers; folded, it shows the moved ones only, and leaves where they are those that were just moved back.

    `folded` when the user opened or folded it. `wire` is called once with each row that is built.
    """

    folded = Signal()

    def __init__(
        self, group: str, levers: Sequence[Lever], opened: bool, wire: Callable[[LeverRow], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.levers = tuple(levers)
        self.built: dict[str, LeverRow] = {}
        self.opened = opened  # as the user left it
        self._title = tr(TITLES.get(group, group))
        self._wire = wire
        self._moved: frozenset[str] = frozenset()
        self._kept: set[str] = set()  # shown since it was folded: no row goes from under the mouse
        self._words: tuple[str, ...] = ()
        self._offered = True
        self.heading = QToolButton(self)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setCheckable(True)
        set_role(self.heading, "fold")
        self.heading.clicked.connect(self._fold)
        self.body = QWidget(self)
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.body)

    def row(self, key: str) -> LeverRow:
        """The row of a lever, built when it is first asked for; whether it shows is another matter."""
        row = self.built.get(key)
        if row is None:
            lever = next(each for each in self.levers if each.key == key)
            row = LeverRow(lever, self.body)
            row.hide()
            before = [each.key for each in self.levers[: self.levers.index(lever)]]
            self._column.insertWidget(sum(each in self.built for each in before), row)
            self.built[key] = row
            self._wire(row)
        return row

    def show_moved(self, moved: Collection[str], anew: bool) -> None:
        """Which levers are moved; `anew` for another system, of which nothing has been seen yet."""
        self._moved = frozenset(each.key for each in self.levers if each.key in moved)
        if anew:
            self._kept.clear()
        self.refresh()

    def show_offered(self, offered: bool) -> None:
        """Whether the levers act on the job that is asked about; there is nothing to see of those that do not."""
        if offered != self._offered:
            self._offered = offered
            self.refresh()

    def open(self) -> None:
        """Unfold it, as a click on the heading would."""
        if not self.opened:
            self.opened = True
            self.refresh()

    def search(self, words: Sequence[str]) -> bool:
        """Show only the levers with all these words; whether there is any."""
        self._words = tuple(words)
        self.refresh()
        return self._offered and any(self._matches(lever) for lever in self.levers)

    def refresh(self) -> None:
        """Heading and what shows, by what is moved, opened and searched."""
        opened = self.opened or bool(self._words)
        self._kept |= self._moved
        shown = [each.key for each in self.levers if self._matches(each) and (opened or each.key in self._kept)]
        for key in shown:
            self.row(key)
        for key, row in self.built.items():
            row.setVisible(key in shown)
        self.body.setVisible(bool(shown))
        self.heading.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.heading.setChecked(opened)
        count = len(self._moved)
        self.heading.setText(tr("{title} · {count} moved", title=self._title, count=count) if count else self._title)
        self.setVisible(self._offered and (not self._words or bool(shown)))

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        rows = [self.built[each.key] for each in self.levers if each.key in self.built]
        return [self.heading, *(control for row in rows for control in (row.slider, row.button, row.field))]

    def _matches(self, lever: Lever) -> bool:
        text = f"{lever_name(lever)} {lever.key} {self._title} {lever.field}".replace("_", " ").casefold()
        return all(word in text for word in self._words)

    def _fold(self) -> None:
        self.opened = self.heading.isChecked()
        self._kept.clear()
        self.refresh()
        self.folded.emit()
