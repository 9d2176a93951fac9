"""The menus and their keys. An action is enabled when there is something for it to act on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMenuBar

from ipuwhatif.gui.dialogs import show_about, show_fault, show_trust
from ipuwhatif.gui.drawer import WhyDrawer
from ipuwhatif.gui.file_menu import FileMenu, Keeping
from ipuwhatif.gui.question import QUESTIONS, Question
from ipuwhatif.gui.scenario_menu import ScenarioMenu
from ipuwhatif.gui.theme import DARK, LIGHT
from ipuwhatif.gui.workspace import Workspace, question_names
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

PICTURE_SCALE = 2.0
TAB_KEYS = 9  # of the tabs that a digit turns to
FIND = "find"  # name of the action that opens the palette, which does not list it


class Shown(Keeping, Protocol):
    """What the menus act on: a window, as far as they know it."""

    theme_name: str
    question: Question
    workspace: Workspace
    drawer: WhyDrawer

    def turn_to(self, question: str) -> None: ...

    def set_theme(self, name: str) -> None: ...

    def show_official(self, shown: bool) -> None: ...


class Menus(QObject):
    """File, Edit, View, Scenario and Help of one window.

    Signals: `find_asked` for the palette; those of `scenarios` for a title and for a comparison.
    """

    find_asked = Signal()

    def __init__(self, bar: QMenuBar, shown: Shown) -> None:
        super().__init__(bar)
        self._shown = shown
        self._window = bar.window()
        self._bar = bar
        menus = {key: bar.addMenu(title) for key, title in self._titles()}
        for menu in menus.values():
            menu.setToolTipsVisible(True)
        self.files = FileMenu(menus["file"], shown)
        menus["file"].addSeparator()
        self.copy = self._action(
            menus["file"], tr("Copy chart as picture"), "Ctrl+C", self.copy_chart, tr("Its footnotes go along as text")
        )
        self.save_png = self._action(
            menus["file"], tr("Save chart as PNG…"), "Ctrl+E", self._save_png, tr("Its footnotes go beside it as text")
        )
        self.save_csv = self._action(menus["file"], tr("Save table as CSV…"), "Ctrl+Shift+E", self._save_csv)
        menus["file"].addSeparator()
        self._action(menus["file"], tr("Quit"), "Ctrl+Q", self._window.close)
        self._fill_edit(menus["edit"])
        self._fill_view(menus["view"])
        self.scenarios = ScenarioMenu(menus["scenario"], shown)
        self._action(menus["help"], tr("How far to trust it"), "F1", lambda: show_trust(self._window))
        self._action(menus["help"], tr("Keys"), "Ctrl+/", self._show_keys, tr("Every key of this window in one list"))
        self._action(menus["help"], tr("About IPU What-If"), "", lambda: show_about(self._window))
        self.refresh()

    def refresh(self) -> None:
        """Follow the window: what is shown, and in which theme."""
        there = self._shown.workspace.figure is not None
        for action in (self.copy, self.save_png, self.save_csv):
            action.setEnabled(there)
        self.files.refresh()
        self.scenarios.refresh()
        self.dark.setChecked(self._shown.theme_name == DARK)
        self.official.setChecked(self._shown.question.scenario.show_official)

    def _fill_edit(self, menu: QMenu) -> None:
        stack = self._shown.question.undo_stack
        self.undo = stack.createUndoAction(self, tr("Undo"))
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = stack.createRedoAction(self, tr("Redo"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        told = tr("Any command, job, system or lever by its name; or a typed one, such as 1 min")
        self.find = self._action(menu, tr("Find anything…"), "Ctrl+K", self.find_asked.emit, told)
        self.find.setObjectName(FIND)
        self.find.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")])

    def _fill_view(self, menu: QMenu) -> None:
        for number, (question, name) in enumerate(zip(QUESTIONS, question_names(), strict=True), start=1):
            keys = f"Ctrl+{number}" if number <= TAB_KEYS else ""
            self._action(menu, name, keys, partial(self._shown.turn_to, question))
        menu.addSeparator()
        self.dark = self._action(menu, tr("Dark theme"), "Ctrl+D", self._switch_theme)
        self.dark.setCheckable(True)
        told = tr("Scores as they were published, beside the projections")
        self.official = self._action(menu, tr("Official results"), "Ctrl+R", self._switch_official, told)
        self.official.setCheckable(True)
        self.close_why = self._action(menu, tr("Close explanation"), "Esc", self._shown.drawer.dismiss)

    def _show_keys(self) -> None:
        from ipuwhatif.gui.keys_dialog import show_keys

        show_keys(self._bar)

    def copy_chart(self) -> None:
        """The chart as a picture on the clipboard, its footnotes along with it as text."""
        from ipuwhatif.export.notes import notes_text
        from ipuwhatif.export.painter import render_png

        figure = self._shown.workspace.figure
        if figure is None:
            return
        data = QMimeData()
        data.setImageData(QImage.fromData(render_png(figure.chart, self._shown.theme_name, PICTURE_SCALE)))
        data.setText(notes_text(figure))
        QApplication.clipboard().setMimeData(data)

    def save_chart_to(self, path: Path) -> None:
        """The chart as a PNG file with its footnotes beside it. A fault is told in one dialog."""
        from ipuwhatif.export.picture import write_picture

        figure = self._shown.workspace.figure
        if figure is not None:
            self._told(lambda: write_picture(path, (figure,), theme=self._shown.theme_name))

    def save_table_to(self, path: Path) -> None:
        """The table as a CSV file. A fault is told in one dialog."""
        from ipuwhatif.export.csv_file import write_csv

        figure = self._shown.workspace.figure
        if figure is not None:
            self._told(lambda: write_csv(path, figure))

    def _save_png(self) -> None:
        path = self._asked_path(tr("Save chart"), "chart.png", tr("Picture (*.png)"))
        if path is not None:
            self.save_chart_to(path.with_suffix(".png"))

    def _save_csv(self) -> None:
        path = self._asked_path(tr("Save table"), "table.csv", tr("Table (*.csv)"))
        if path is not None:
            self.save_table_to(path.with_suffix(".csv"))

    def _asked_path(self, title: str, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, kinds)
        return Path(chosen) if chosen else None

    def _told(self, write: Callable[[], object]) -> None:
        try:
            write()
        except InputError as error:
            show_fault(self._window, str(error))

    def _switch_theme(self) -> None:
        self._shown.set_theme(LIGHT if self._shown.theme_name == DARK else DARK)

    def _switch_official(self) -> None:
        self._shown.show_official(not self._shown.question.scenario.show_official)

    def _action(self, menu: QMenu, text: str, keys: str, act: Callable[[], object], told: str = "") -> QAction:
        """An action of a menu; `told` says more of it where its name is not enough."""
        action = QAction(text, self)
        if told:
            action.setToolTip(told)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: act())
        menu.addAction(action)
        return action

    @staticmethod
    def _titles() -> tuple[tuple[str, str], ...]:
        return (
            ("file", tr("&File")),
            ("edit", tr("&Edit")),
            ("view", tr("&View")),
            ("scenario", tr("&Scenario")),
            ("help", tr("&Help")),
        )
