"""Whose levers the panels show, and what is moved for others: reached without looking at another system."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.resolve import scopes_of
from ipuwhatif.texts import tr
from ipuwhatif.units import told


class WhoseLevers(QWidget):
    """A list of the ticked systems over the levers. `wanted` carries the key of a lever that is moved for another."""

    wanted = Signal(str)

    def __init__(self, question: Question, catalog: Catalog, levers: Levers, parent: QWidget) -> None:
        super().__init__(parent)
        self._question, self._catalog, self._levers = question, catalog, levers
        self._shown: object = None
        self.box, self.elsewhere = ListBox(self), QLabel(self)
        self._lay_out()
        self.box.activated.connect(lambda index: question.show_levers_of(self.box.itemData(index)))
        self.elsewhere.linkActivated.connect(self._go)
        for changed in (question.changed, question.levered):
            changed.connect(self.refresh)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.box, self.elsewhere]

    def refresh(self) -> None:
        """Follow the question; a slider that is dragged changes nothing here until another lever is moved."""
        scenario, choice = self._question.scenario, self._question.levers_of
        relative = self._catalog.workloads[scenario.workload].kind == RELATIVE
        self.setVisible(choice is not None and not relative)
        shown = (scenario.systems, choice, tuple(scenario.levers.items()))
        if choice is None or relative or shown == self._shown:
            return
        self._shown = shown
        with QSignalBlocker(self.box):
            self.box.clear()
            for each in scenario.systems:
                self.box.addItem(system_name(each, self._catalog), each)
            self.box.setCurrentIndex(scenario.systems.index(choice))
        links = [
            f'<a href="{escape(name)}" style="text-decoration:none">{escape(words)}</a>'
            for name, words in self._moved_elsewhere(choice)
        ]
        self.elsewhere.setText(tr("Moved for others: {levers}", levers=tr(", ").join(links)) if links else "")
        self.elsewhere.setVisible(bool(links))

    def _moved_elsewhere(self, choice: SystemChoice) -> Iterator[tuple[str, str]]:
        """Levers that act on other ticked systems and not on this one, each with its words."""
        scenario, own = self._question.scenario, scopes_of(choice, self._catalog)
        for name, value in scenario.levers.items():
            scope, _, key = name.rpartition(".")
            if scope not in own and self._holder(scope) is not None:
                yield name, told(set_lever(scenario, scope, self._levers[key], value, self._catalog).name)

    def _holder(self, scope: str) -> SystemChoice | None:
        """The first ticked system that a setting is for."""
        systems = self._question.scenario.systems
        return next((each for each in systems if scope in scopes_of(each, self._catalog)), None)

    def _go(self, name: str) -> None:
        scope, _, key = name.rpartition(".")
        self._question.show_levers_of(self._holder(scope))
        self.wanted.emit(key)

    def _lay_out(self) -> None:
        title = QLabel(tr("Levers of"), self)
        set_role(title, "caption")
        title.setFixedWidth(60)
        title.setBuddy(self.box)
        self.box.setAccessibleName(tr("System whose levers are shown"))
        self.box.setToolTip(tr("Another system's levers, without looking at another system on the charts"))
        self.box.setMinimumContentsLength(4)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        set_role(self.elsewhere, "caption")
        self.elsewhere.setTextFormat(Qt.TextFormat.RichText)
        self.elsewhere.setWordWrap(True)
        self.elsewhere.setAccessibleName(tr("Levers that are moved for other systems"))
        self.elsewhere.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        row, layout = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(3)
        row.addWidget(title)
        row.addWidget(self.box, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.elsewhere)
