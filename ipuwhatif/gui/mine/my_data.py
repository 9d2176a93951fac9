"""My data: everything that is the user's own in a list, with what each holds, and what can be done with it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from ipuwhatif.gui.mine.asking import MineAsking
from ipuwhatif.gui.mine.reading import read_beside
from ipuwhatif.gui.mine.taking import drop, import_file, take
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.importers.chips import brought_chip
from ipuwhatif.importers.mine import CHIP, my_catalog, my_faults, visiting
from ipuwhatif.importers.prices.reader import takes_prices
from ipuwhatif.importers.profiles import PROFILE
from ipuwhatif.importers.readers import READERS, ending_of
from ipuwhatif.importers.results.reader import RESULTS, is_plain_table
from ipuwhatif.importers.store import Brought, Kept, read_store
from ipuwhatif.scenario.files.storage import write_file
from ipuwhatif.scenario.own_edits import set_profile
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

if TYPE_CHECKING:
    from ipuwhatif.gui.mine.table_form import TableKind
    from ipuwhatif.gui.window import MainWindow
    from ipuwhatif.importers.tables.reading import Proposal

LIST_WIDTH = 300


class MyData(QDialog):
    """Lets the window beneath it be worked with, and outlives that it is built anew with what was imported."""

    def __init__(self, window: "MainWindow", asking: MineAsking | None = None) -> None:
        super().__init__(window)
        self._over = window
        self.asking = MineAsking(self) if asking is None else asking
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("My data – IPU What-If"))
        self.resize(860, 520)
        self.list, self.text = QListWidget(self), QPlainTextEdit(self)
        self.origin, self.faults, self.nothing = QLabel(self), QLabel(self), QLabel(self)
        hint = tr("A chip with its systems as a TOML file; results as a table, a log or a summary; a price list")
        self.bring = self._button(tr("Import…"), self._import, hint)
        hint = tr("A price list as CSV, XLSX or TOML: its prices are offered, and never a default")
        self.prices = self._button(tr("Import prices…"), self.import_prices, hint)
        self.new = self._button(tr("New chip…"), self._new, tr("A form that writes the same file"))
        self.export = self._button(tr("Export…"), self._export, tr("The file, to hand it on or to change it"))
        hint = tr("A profile of results that projections follow, under a name of yours")
        self.believe = self._button(tr("Believe these…"), self._believe, hint)
        self.follow = self._button(tr("Follow"), self._follow, tr("Projections of the open scenario follow it"))
        self.keep = self._button(tr("Keep"), self._keep, tr("It is here while the program runs; keep it"))
        self.remove = self._button(tr("Remove…"), self._remove, "")
        self._word()
        self._lay_out()
        self.listed: tuple[Kept, ...] = ()
        self._brought: frozenset[tuple[str, str]] = frozenset()
        self.list.currentRowChanged.connect(self._show)
        self.refresh()

    def again(self) -> Callable[[], QDialog]:
        return partial(show_my_data, self._over, self.list.currentRow())

    def refresh(self) -> None:
        """What there is now; what is looked at stays."""
        before = None if self.shown is None else (self.shown.kind, self.shown.name)
        here = visiting()
        self._brought = frozenset((each.kind, each.name) for each in here)
        self.listed = (*read_store().kept, *here)
        words = {each.kind: tr(each.word) for each in READERS}
        self.list.clear()
        for each in self.listed:
            item = QListWidgetItem(f"{each.name}\n{words.get(each.kind, each.kind)} · {self._origin(each)}", self.list)
            item.setToolTip(each.hash)
        places = [place for place, each in enumerate(self.listed) if (each.kind, each.name) == before]
        self.list.setCurrentRow(places[0] if places else 0 if self.listed else -1)
        self.faults.setText("\n".join(tr("Left out: {fault}", fault=told(fault)) for fault in my_faults()))
        self.faults.setVisible(bool(self.faults.text()))
        self.nothing.setVisible(not self.listed)
        self.list.setVisible(bool(self.listed))
        self._show()

    @property
    def shown(self) -> Kept | None:
        """The one that is looked at."""
        row = self.list.currentRow()
        return self.listed[row] if 0 <= row < self.list.count() else None

    def _show(self) -> None:
        shown = self.shown
        self.text.setPlainText("" if shown is None else shown.text)
        self.origin.setText("" if shown is None else f"{self._origin(shown)} · SHA-256 {shown.hash[:12]}")
        visiting = shown is not None and (shown.kind, shown.name) in self._brought
        self.believe.setVisible(shown is not None and shown.kind == RESULTS)
        self.follow.setVisible(shown is not None and shown.kind == PROFILE)
        self.keep.setVisible(visiting)
        self.remove.setEnabled(shown is not None and not visiting)
        self.export.setEnabled(shown is not None)

    def _origin(self, thing: Kept) -> str:
        return tr("{origin}; edited since", origin=told(thing.origin)) if thing.edited else told(thing.origin)

    def _import(self) -> None:
        path = self.asking.path_to_import()
        if path is not None:
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Import a file or a folder; of a table of results or prices it is asked first which column is what."""
        if read_beside(self, path.name, lambda: takes_prices(path)):
            self.map_prices(path)
        elif read_beside(self, path.name, lambda: is_plain_table(path)):
            self._map_results(path)
        elif import_file(self._over, path, self.asking):
            self.refresh()

    def _map_results(self, path: Path) -> None:
        """A table of results: its columns are looked at first."""
        from ipuwhatif.gui.mine.results_form import RESULTS_TABLE
        from ipuwhatif.importers.results.table import propose

        self._map(path, propose, RESULTS_TABLE)

    def map_prices(self, path: Path) -> None:
        """A price list: its columns are looked at first. One that was exported from here needs no look."""
        from ipuwhatif.gui.mine.prices_form import PRICES_TABLE
        from ipuwhatif.importers.prices.price_list import propose
        from ipuwhatif.importers.prices.reader import is_exported

        if is_exported(path):
            if import_file(self._over, path, self.asking):
                self.refresh()
            return
        self._map(path, propose, PRICES_TABLE)

    def _map(self, path: Path, propose: "Callable[[Path], Proposal]", kind: "TableKind") -> None:
        from ipuwhatif.gui.mine.table_form import TableForm

        try:
            proposal = read_beside(self, path.name, lambda: propose(path))
        except InputError as error:
            self.asking.tell(str(error))
            return
        if proposal is not None:
            form = TableForm(path, proposal, my_catalog(), kind, self)
            form.read.connect(lambda thing: self._take(form, thing))
            form.open()

    def import_prices(self) -> None:
        """Ask for a price list and import it; whatever a table is called, it is read as one."""
        path = self.asking.path_to_import()
        if path is not None:
            self.map_prices(path)

    def _take(self, form: QDialog, thing: Brought) -> None:
        if take(self._over, [thing], self.asking):
            form.accept()
            self.refresh()

    def _new(self) -> None:
        from ipuwhatif.gui.mine.chip_form import ChipForm

        form = ChipForm(self)
        form.written.connect(lambda text: self._take(form, brought_chip(text, tr("form"))))
        form.open()

    def _keep(self) -> None:
        shown = self.shown
        if shown is None:
            return
        made = Brought(shown.kind, shown.name, shown.text, self._origin(shown))
        thing = brought_chip(shown.text, told(shown.origin)) if shown.kind == CHIP else made
        if take(self._over, [thing], self.asking):
            self.refresh()

    def _believe(self) -> None:
        """The results that are shown as a profile, each of them asked about."""
        from ipuwhatif.analysis.learnt.believable import believable
        from ipuwhatif.analysis.world import load_world
        from ipuwhatif.gui.mine.believe_form import BelieveForm

        shown = self.shown
        if shown is None:
            return
        world = load_world()
        try:
            found = believable(world, read_store(), [shown.name], self._over.question.scenario.software)
        except InputError as error:
            self.asking.tell(str(error))
            return
        form = BelieveForm(found, shown.name, world, self)
        form.made.connect(lambda thing, follow: self._take_profile(form, thing, follow))
        form.open()

    def _take_profile(self, form: QDialog, thing: Brought, follow: bool) -> None:
        if not take(self._over, [thing], self.asking):
            return
        form.accept()
        self.refresh()
        if follow:
            self._follow(thing.name)

    def _follow(self, name: str = "") -> None:
        name = name or (self.shown.name if self.shown else "")
        question = self._over.question
        if name and question.scenario.profile != name:
            question.apply(set_profile(question.scenario, name))

    def _export(self) -> None:
        shown = self.shown
        path = None if shown is None else self.asking.path_to_export(f"{shown.name}{ending_of(shown.kind)}")
        if shown is None or path is None:
            return
        try:
            write_file(path, shown.text.encode())
        except InputError as error:
            self.asking.tell(str(error))

    def _remove(self) -> None:
        shown = self.shown
        if shown is not None and drop(self._over, shown, self.asking):
            self.refresh()

    def _button(self, text: str, act: Callable[[], None], hint: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(hint)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _word(self) -> None:
        """What each part is called, and what stands where there is nothing."""
        self.list.setFixedWidth(LIST_WIDTH)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(tr("My data"))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("What it holds"))
        self.nothing.setText(
            tr(
                "Nothing yet. Import a file of a chip of your own, or write one with the form: it becomes a system "
                "like any other, marked as your own, with an interval as wide as a data sheet alone is. Import your "
                "own results too: they stand in Evidence beside the official ones. Price lists are offered wherever a "
                "price is to be stated."
            )
        )
        for label in (self.origin, self.faults, self.nothing):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_role(self.origin, "caption")
        set_role(self.faults, "warning")

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        for button in (self.bring, self.prices, self.new):
            row.addWidget(button)
        row.addStretch(1)
        left.addLayout(row)
        right = QVBoxLayout()
        right.addWidget(self.text, 1)
        right.addWidget(self.origin)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for button in (self.believe, self.follow, self.keep, self.export, self.remove):
            acts.addWidget(button)
        right.addLayout(acts)
        halves = QHBoxLayout()
        halves.setSpacing(2 * GAP)
        halves.addLayout(left)
        halves.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.addLayout(halves, 1)
        whole.addWidget(self.faults)


def show_my_data(window: "MainWindow", row: int = 0) -> MyData:
    """Open it over a window, at a row of the list, or bring the one that is open to the front."""
    dialog = next((each for each in window.findChildren(MyData) if each.isVisible()), None)
    if dialog is None:
        dialog = MyData(window)
        dialog.list.setCurrentRow(row)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog
