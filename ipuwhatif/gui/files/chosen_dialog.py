"""Asks which charts leave in one file, and in which order: the document's, under each scenario, or a story's steps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.export.chosen import CHARTS, USUAL, Chosen, in_order
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.present.presentation_steps import is_asked_for
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.stories import Story, StoryStep
from ipuwhatif.texts import tr

_WIDTH, _HEIGHT = 460, 520
_ENTRY = Qt.ItemDataRole.UserRole


class Entry(Record, frozen=True):
    """One line of the list, and what it stands for."""

    text: str
    wanted: Chosen | StoryStep
    ticked: bool


class Offer(Record, frozen=True):
    """What can be chosen from at one time."""

    title: str
    entries: tuple[Entry, ...]


def document_offer(document: Document, beside: int | None = None) -> Offer:
    """Every chart under every scenario; the usual ones of the scenario that is looked at are ticked."""
    several = len(document.scenarios) > 1
    names = [f" · {scenario_name(document, index)}" if several else "" for index in range(len(document.scenarios))]
    if beside is not None:
        pair = tr("{name} beside {other}", name=document.letter(document.active), other=document.letter(beside))
        names[document.active] = f" · {pair}"
    entries = tuple(
        Entry(tr(CHARTS[each.chart]) + names[each.place], each, each.chart in USUAL and each.place == document.active)
        for each in in_order(tuple(CHARTS), range(len(names)))
    )
    return Offer(tr("This document"), entries)


def story_offer(story: Story) -> Offer:
    """The steps of a story; those that a presentation shows unasked are ticked."""
    return Offer(story.title, tuple(Entry(step.title, step, not is_asked_for(step)) for step in story.steps))


class ChosenDialog(QDialog):
    """A list whose lines are ticked and dragged; Alt+Up and Alt+Down move one as well."""

    def __init__(self, offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export chosen charts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offers = offers
        self.source = ListBox(self)
        self.source.addItems([offer.title for offer in offers])
        self.source.setAccessibleName(tr("Charts of"))
        self.list = QListWidget(self)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setAccessibleName(tr("Charts in their order"))
        self.up, self.down = QPushButton(tr("Move up"), self), QPushButton(tr("Move down"), self)
        self.all, self.none = QPushButton(tr("Tick all"), self), QPushButton(tr("Tick none"), self)
        self.count = QLabel(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.go_on = self.buttons.button(kinds.Ok)
        self.go_on.setText(tr("Export…"))
        self.buttons.button(kinds.Cancel).setText(tr("Cancel"))
        self._lay_out()
        self._connect()
        self._fill(0)
        self.resize(_WIDTH, _HEIGHT)

    def chosen(self) -> tuple[Chosen | StoryStep, ...]:
        """What is ticked, in the order of the list."""
        items = map(self.list.item, range(self.list.count()))
        return tuple(item.data(_ENTRY).wanted for item in items if item.checkState() == Qt.CheckState.Checked)

    def step(self, steps: int) -> None:
        """The line that is looked at so many places down, as far as the list goes."""
        row = self.list.currentRow()
        index = min(max(row + steps, 0), self.list.count() - 1)
        if row >= 0 and index != row:
            self.list.insertItem(index, self.list.takeItem(row))
            self.list.setCurrentRow(index)

    def tick(self, ticked: bool) -> None:
        """Every line at once."""
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _lay_out(self) -> None:
        told = QLabel(tr("Tick what goes into the file. Drag a line, or press Alt+Up and Alt+Down, to move it."), self)
        told.setWordWrap(True)
        set_role(told, "caption")
        set_role(self.count, "caption")
        side = QVBoxLayout()
        for button in (self.up, self.down, self.all, self.none):
            button.setAutoDefault(False)  # Enter goes on with the export
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        layout.addWidget(self.source)
        layout.addWidget(told)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.source.setVisible(len(self._offers) > 1)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(self._fill)
        self.list.itemChanged.connect(lambda _: self._told())
        self.list.currentRowChanged.connect(lambda _: self._told())
        self.list.model().rowsMoved.connect(lambda *_: self._told())
        for keys, button, steps in (("Alt+Up", self.up, -1), ("Alt+Down", self.down, 1)):
            button.clicked.connect(lambda _checked=False, steps=steps: self.step(steps))
            QShortcut(QKeySequence(keys), self).activated.connect(lambda steps=steps: self.step(steps))
        self.all.clicked.connect(lambda: self.tick(True))
        self.none.clicked.connect(lambda: self.tick(False))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _fill(self, index: int) -> None:
        self.list.clear()
        for entry in self._offers[index].entries:
            item = QListWidgetItem(entry.text)
            kept = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled  # dropped between lines, never onto one
            item.setFlags(kept | Qt.ItemFlag.ItemIsUserCheckable)
            item.setData(_ENTRY, entry)
            item.setCheckState(Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._told()

    def _told(self) -> None:
        """How many are ticked, and which buttons do something."""
        count, row = len(self.chosen()), self.list.currentRow()
        self.count.setText(tr("{count} of {all} chosen", count=count, all=self.list.count()))
        self.go_on.setEnabled(count > 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
