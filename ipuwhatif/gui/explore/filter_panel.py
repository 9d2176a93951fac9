"""Filters of plans at the side: one column at a time, from and to of its numbers or a tick for each of its words."""

import re
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.analysis.explore.explored import WORDED, Explored, Filters, with_range, with_words
from ipuwhatif.analysis.explore.plans import release_words, system_words
from ipuwhatif.analysis.sweep.axes import RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import BASIS, TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.figures.explore.words import column_name, filters_text, value_text
from ipuwhatif.gui.theme import set_faulty, set_role
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.scenario.typed_levers import parse_value
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted, refuse_either, typed

_LIST = 116  # height of the words, which scroll
_NUMBER = re.compile(r"\d{1,12}(,\d{3})*(\.\d{0,9})?", re.ASCII)


class FilterPanel(QWidget):
    """Signals: `changed` with the filters, `failed` with what is wrong with a text that was typed."""

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, world: World, parent: QWidget) -> None:
        super().__init__(parent)
        self._world = world
        self._explored: Explored | None = None
        self.filters = Filters()
        self.column = QComboBox(self)
        self.low, self.high = QLineEdit(self), QLineEdit(self)
        self.words = QListWidget(self)
        self.told = QLabel(self)
        self.reset = QPushButton(tr("Reset filters"), self)
        self._lay_out()
        self.column.currentIndexChanged.connect(lambda: self._show_column())
        self.low.editingFinished.connect(self._typed)
        self.high.editingFinished.connect(self._typed)
        self.words.itemChanged.connect(self._ticked)
        self.reset.clicked.connect(self.clear)

    def _lay_out(self) -> None:
        self.column.setAccessibleName(tr("Filter by"))
        self.low.setAccessibleName(tr("From"))
        self.high.setAccessibleName(tr("To"))
        self.low.setPlaceholderText(tr("From"))
        self.high.setPlaceholderText(tr("To"))
        self.words.setAccessibleName(tr("Values that are kept"))
        self.words.setFixedHeight(_LIST)
        self.words.setTabKeyNavigation(False)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        set_role(self.told, "caption")
        ends = QGridLayout()
        ends.addWidget(self.low, 0, 0)
        ends.addWidget(self.high, 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.column)
        column.addLayout(ends)
        column.addWidget(self.words)
        column.addWidget(self.told)
        column.addWidget(self.reset)

    def follow(self, explored: Explored | None) -> None:
        """Offer the columns in which these plans differ."""
        self._explored = explored
        names = [] if explored is None else [name for name in explored.columns if explored.differs(name)]
        kept = self.column.currentData()
        self.column.blockSignals(True)
        self.column.clear()
        for name in names:
            assert explored is not None
            self.column.addItem(column_name(self._world, name, explored.rates), name)
        self.column.setCurrentIndex(max(self.column.findData(kept), 0) if names else -1)
        self.column.blockSignals(False)
        stale = [name for name in (*self.filters.ranges, *self.filters.words) if name not in names]
        for name in stale:
            self.filters = with_words(with_range(self.filters, name, None), name, None)
        self._show_column()

    def carry_over(self, before: SweepPlan, after: SweepPlan) -> None:
        """Take words over to other plans: what was dropped stays dropped, and what is new is kept."""
        words = {SYSTEM: system_words, RELEASE: release_words}
        for name, kept in list(self.filters.words.items()):
            if name in words:
                old, new = words[name](before), words[name](after)
                dropped = {old[code] for code in range(len(old)) if code not in kept}
                codes = [code for code, word in enumerate(new) if word not in dropped]
                self.filters = with_words(self.filters, name, codes if len(codes) < len(new) else None)

    def clear(self) -> None:
        """No filter any more."""
        self.filters = Filters()
        self._show_column()
        self.changed.emit(self.filters)

    def _show_column(self) -> None:
        name, explored = self.column.currentData(), self._explored
        worded = name in WORDED
        self.words.setVisible(worded)
        for field in (self.low, self.high):
            field.setVisible(bool(name) and not worded)
        self.told.setText("" if explored is None else filters_text(self._world, explored, self.filters))
        self.told.setVisible(bool(self.filters))
        self.reset.setEnabled(bool(self.filters))
        if explored is None or not name:
            return
        if worded:
            self._show_words(name, explored)
            return
        ends = self.filters.ranges.get(name, (-np.inf, np.inf))
        for field, end in zip((self.low, self.high), ends, strict=True):
            set_faulty(field, False)
            field.setText("" if np.isinf(end) else value_text(self._world, explored, name, end))
        values = explored.column(name)
        low, high = (value_text(self._world, explored, name, float(each(values))) for each in (np.nanmin, np.nanmax))
        self.low.setPlaceholderText(tr("from {low}", low=low))
        self.high.setPlaceholderText(tr("to {high}", high=high))

    def _show_words(self, name: str, explored: Explored) -> None:
        self.words.blockSignals(True)
        self.words.clear()
        kept = self.filters.words.get(name)
        for code in _codes(name, explored):
            item = QListWidgetItem(value_text(self._world, explored, name, code), self.words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if kept is None or code in kept else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, code)
        self.words.blockSignals(False)

    def _ticked(self) -> None:
        items = [self.words.item(row) for row in range(self.words.count())]
        kept = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        self._take(with_words(self.filters, self.column.currentData(), kept if len(kept) < len(items) else None))

    def _typed(self) -> None:
        """Both ends as they are typed; one that cannot be read is marked, and nothing is filtered by it."""
        name = self.column.currentData()
        ends: list[float] = []
        if not name or name in WORDED or not (self.low.isModified() or self.high.isModified()):
            return
        held = self.filters.ranges.get(name, (-np.inf, np.inf))
        for field, none in ((self.low, -np.inf), (self.high, np.inf)):
            try:
                if not field.isModified():  # what is shown has fewer digits than what holds
                    ends.append(held[len(ends)])
                else:
                    ends.append(self._read(name, field.text()) if field.text().strip() else none)
            except InputError as fault:
                set_faulty(field, True)
                self.failed.emit(str(fault))
                return
            set_faulty(field, False)
        self._take(with_range(self.filters, name, None if np.isinf(ends).all() else (ends[0], ends[1])))

    def _read(self, name: str, text: str) -> float:
        if name == TIME_S:
            return parse_time(text)
        if name in self._world.levers:
            return parse_value(text, self._world.levers[name])
        number, _, unit = typed(text).partition(" ")
        refuse_either(number)
        sizes = {tr("Wh"): 1e-3, tr("MWh"): 1e3} if name == ENERGY else {}
        if not _NUMBER.fullmatch(number):
            raise InputError(tr("{text} is no number", text=quoted(text)))
        return float(number.replace(",", "")) * sizes.get(unit, 1.0)

    def _take(self, filters: Filters) -> None:
        if filters != self.filters:
            self.filters = filters
            self._show_column()
            self.changed.emit(filters)


def _codes(name: str, explored: Explored) -> Sequence[int]:
    if name == BASIS:
        return (0, 1)
    assert name in (SYSTEM, RELEASE)
    return range(len((system_words if name == SYSTEM else release_words)(explored.plan)))
