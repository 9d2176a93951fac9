"""The levers of the selected system: those of its whole family, then its own; the titles say whose they are."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.gui.lever_row import LeverRow
from ipuwhatif.gui.question import Question
from ipuwhatif.gui.theme import reset_pixmap, set_role
from ipuwhatif.scenario.edits import FAMILY_NAMES, set_lever
from ipuwhatif.scenario.levers import FAMILY, SYSTEM, Lever, Levers
from ipuwhatif.scenario.resolve import setting
from ipuwhatif.texts import tr


class LeversPanel(QWidget):
    """Every lever as a row. It holds nothing: values come from the question's scenario."""

    def __init__(self, question: Question, catalog: Catalog, levers: Levers, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._batches: Mapping[str, int] = {}
        self._workload = question.scenario.workload  # whose batches they are
        self.titles = {scope: QLabel(self) for scope in (FAMILY, SYSTEM)}
        self.rows = {key: LeverRow(lever, self) for key, lever in levers.items()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for scope, title in self.titles.items():
            title.setTextFormat(Qt.TextFormat.PlainText)
            set_role(title, "heading")
            layout.addWidget(title)
            for row in self.rows.values():
                if row.lever.scope == scope:
                    layout.addWidget(row)
                    self._connect(row)
            layout.addSpacing(4)
        question.changed.connect(self.refresh)
        question.selected.connect(self.refresh)
        self.refresh()

    def show_batches(self, batches: Mapping[str, int]) -> None:
        """The global batch that the layout policy took for each system: there the slider rests while none is pinned.

        A system that is not among them has none that is known.
        """
        if batches != self._batches or self._workload != self._question.scenario.workload:
            self._batches, self._workload = batches, self._question.scenario.workload
            self.refresh()

    def set_icons(self, colour: str) -> None:
        """Paint the reset buttons for a theme."""
        icon = QIcon(reset_pixmap(colour, self.devicePixelRatioF()))
        for row in self.rows.values():
            row.button.setIcon(icon)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [control for row in self.rows.values() for control in (row.button, row.field, row.slider)]

    def refresh(self) -> None:
        choice = self._question.selection
        relative = self._catalog.workloads[self._question.scenario.workload].kind == RELATIVE
        self.setVisible(choice is not None and not relative)
        if choice is None or relative:
            return
        family = self._catalog.systems[choice.system].family
        self.titles[FAMILY].setText(tr("Levers of every {family} system", family=FAMILY_NAMES.get(family, family)))
        self.titles[SYSTEM].setText(tr("Lever of {name} alone", name=system_name(choice, self._catalog)))
        batches = self._batches if self._workload == self._question.scenario.workload else {}
        for key, row in self.rows.items():
            row.setVisible(family in row.lever.families)
            automatic = batches.get(choice.key) if key == "global_batch" else None
            row.show_value(setting(self._question.scenario, choice, key, self._catalog), automatic)

    def _connect(self, row: LeverRow) -> None:
        row.pressed.connect(lambda: self._question.begin_gesture(dragging=True))
        row.released.connect(self._question.end_gesture)
        row.gesture.connect(self._question.begin_gesture)
        row.moved.connect(lambda value: self._set(row.lever, value))
        row.reset.connect(lambda: self._reset(row.lever))

    def _set(self, lever: Lever, value: float | None) -> None:
        choice = self._question.selection
        if choice is not None:
            scope = self._scope(lever, choice)
            self._question.apply(set_lever(self._question.scenario, scope, lever, value, self._catalog))

    def _reset(self, lever: Lever) -> None:
        self._question.begin_gesture()
        self._set(lever, None)

    def _scope(self, lever: Lever, choice: SystemChoice) -> str:
        """Whom a move is for; a setting of the system's own stays the one that is moved, since it wins."""
        own = f"{choice.key}.{lever.key}" in self._question.scenario.levers
        return choice.key if own or lever.scope == SYSTEM else self._catalog.systems[choice.system].family
