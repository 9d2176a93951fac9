"""The menus and their keys. An action is enabled when there is something for it to act on."""

from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ipuwhatif.gui.answering.question import QUESTIONS, question_names
from ipuwhatif.gui.chart.axis_menu import AxisMenu
from ipuwhatif.gui.dialogs import show_about
from ipuwhatif.gui.files.export_menu import Exporting, ExportMenu
from ipuwhatif.gui.files.file_menu import FileMenu
from ipuwhatif.gui.files.printing import PrintMenu
from ipuwhatif.gui.menu_action import Place, add_action
from ipuwhatif.gui.page.drawer import WhyDrawer
from ipuwhatif.gui.page.headline_actions import HeadlineActions
from ipuwhatif.gui.page.panes import NOTES, SIDE, TABLE, WHY
from ipuwhatif.gui.present.present_menu import Presented, PresentMenu
from ipuwhatif.gui.scenarios.scenario_menu import ScenarioMenu
from ipuwhatif.gui.tables.order_menu import OrderMenu
from ipuwhatif.gui.template_menu import Templated, TemplateMenu
from ipuwhatif.gui.theme import DARK, LIGHT, PROJECTOR
from ipuwhatif.texts import LANGUAGES, language, tr

if TYPE_CHECKING:
    from ipuwhatif.gui.window import MainWindow

TAB_KEYS = 9  # of the tabs that a digit turns to
FIND = "find"  # name of the action that opens the palette, which does not list it


class Shown(Exporting, Presented, Templated, Protocol):
    """What the menus act on: a window, as far as they know it."""

    drawer: WhyDrawer
    headline: HeadlineActions

    def turn_to(self, question: str) -> None: ...

    def set_theme(self, name: str) -> None: ...

    def set_language(self, code: str) -> None: ...

    def show_official(self, shown: bool) -> None: ...

    def shows_pane(self, pane: str) -> bool: ...

    def switch_pane(self, pane: str) -> None: ...

    def switch_buttons(self) -> None: ...


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
        menus["view"].setObjectName(Place.VIEW)
        self.files = FileMenu(menus["file"], shown)
        menus["file"].addSeparator()
        self.exports = ExportMenu(menus["file"], shown)
        self.templates = TemplateMenu(menus["file"], self._window, shown, self.exports.told)
        menus["file"].addSeparator()
        self.prints = PrintMenu(menus["file"], shown, self._window, self.exports.told)
        menus["file"].addSeparator()
        told = tr("Chips and systems of your own: import, show, export, remove")
        self.mine = add_action(self, menus["file"], tr("My data…"), "", self._show_mine, told)
        menus["file"].addSeparator()
        add_action(self, menus["file"], tr("Quit"), "Ctrl+Q", self._window.close)
        self._fill_edit(menus["edit"])
        self._fill_view(menus["view"])
        self.scenarios = ScenarioMenu(menus["scenario"], shown)
        told = tr("All plans around this scenario in one picture, and the best of them")
        add_action(self, menus["scenario"], tr("Explore plans…"), "Ctrl+Shift+X", self._explore, told)
        self._fill_help(menus["help"])
        self.refresh()

    def refresh(self) -> None:
        """Follow the window: what is shown, and in which theme. A slider that is dragged changes nothing of it."""
        if self._shown.question.dragging:
            return
        self.exports.refresh()
        self.files.refresh()
        self.prints.refresh()
        self.scenarios.refresh()
        self.order.refresh()
        self.axes.refresh()
        self.dark.setChecked(self._shown.theme_name == DARK)
        self.projector.setChecked(self._shown.theme_name == PROJECTOR)
        for code, action in self.languages.items():
            action.setChecked(code == language())
        self.official.setChecked(self._shown.question.scenario.show_official)
        self.by_rule.setEnabled(self._shown.headline.is_own)
        self.edit_headline.setEnabled(self._shown.workspace.figure is not None)
        self.show_panes()

    def show_panes(self) -> None:
        """Which panes are there to be seen."""
        for pane, action in self.panes.items():
            action.setChecked(self._shown.shows_pane(pane))
        self.buttons.setChecked(self._shown.place.buttons_shown)

    def _fill_edit(self, menu: QMenu) -> None:
        stack = self._shown.question.undo_stack
        self.undo = stack.createUndoAction(self, tr("Undo"))
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = stack.createRedoAction(self, tr("Redo"))
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addActions([self.undo, self.redo])
        menu.addSeparator()
        own = tr("In your own words; it is kept in the document and goes into files")
        self.edit_headline = add_action(self, menu, tr("Edit headline…"), "Ctrl+H", self._shown.headline.edit, own)
        self.by_rule = add_action(self, menu, tr("Headline by rule"), "", lambda: self._shown.headline.write(None))
        menu.addSeparator()
        self.order = OrderMenu(menu, self._shown)
        menu.addSeparator()
        told = tr("Any command, job, system or lever by its name; or a typed one, such as 1 min")
        self.find = add_action(self, menu, tr("Find anything…"), "Ctrl+K", self.find_asked.emit, told)
        self.find.setObjectName(FIND)
        self.find.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")])

    def _fill_view(self, menu: QMenu) -> None:
        for number, (question, name) in enumerate(zip(QUESTIONS, question_names(), strict=True), start=1):
            keys = f"Ctrl+{number}" if number <= TAB_KEYS else ""
            add_action(self, menu, name, keys, partial(self._shown.turn_to, question)).setData(question)
        menu.addSeparator()
        self._fill_panes(menu)
        menu.addSeparator()
        self.axes = AxisMenu(menu, self._shown)
        menu.addSeparator()
        self.presents = PresentMenu(menu, self._shown)
        menu.addSeparator()
        self.dark = add_action(self, menu, tr("Dark theme"), "Ctrl+D", lambda: self._switch_theme(DARK))
        beamer = tr("Stronger colours and contrast, for a bright room")
        self.projector = add_action(
            self, menu, tr("Projector theme"), "Ctrl+Shift+D", lambda: self._switch_theme(PROJECTOR), beamer
        )
        for action in (self.dark, self.projector):
            action.setCheckable(True)
        languages = menu.addMenu(tr("Language"))
        languages.setObjectName(Place.LANGUAGES)
        self._fill_languages(languages)
        told = tr("Scores as they were published, beside the projections")
        self.official = add_action(self, menu, tr("Show official results"), "Ctrl+R", self._switch_official, told)
        self.official.setCheckable(True)
        self.close_why = add_action(self, menu, tr("Close explanation"), "Esc", self._shown.drawer.dismiss)

    def _fill_panes(self, menu: QMenu) -> None:
        """What can be hidden, so that the chart has its room."""
        self.panes = {
            pane: add_action(self, menu, name, keys, partial(self._shown.switch_pane, pane))
            for pane, name, keys in (
                (SIDE, tr("Side panel"), "Ctrl+B"),
                (TABLE, tr("Table"), "Ctrl+J"),
                (NOTES, tr("Notes and sources"), "Ctrl+Shift+J"),
                (WHY, tr("Explanation"), "Ctrl+I"),
            )
        }
        told = tr("Undo, redo, slide, export and present, beside the menus")
        self.buttons = add_action(self, menu, tr("Tool buttons"), "", self._shown.switch_buttons, told)
        for action in (*self.panes.values(), self.buttons):
            action.setCheckable(True)

    def _fill_help(self, menu: QMenu) -> None:
        for page, name, keys in (
            ("model", tr("How the model works"), "F1"),
            ("basis", tr("What each basis means"), ""),
            ("trust", tr("How far to trust it"), ""),
            ("saying", tr("How to say it"), ""),
            ("words", tr("Words that the window uses"), ""),
        ):
            add_action(self, menu, name, keys, partial(self._show_help, page))
        menu.addSeparator()
        add_action(self, menu, tr("Keys"), "Ctrl+/", self._show_keys, tr("Every key of this window in one list"))
        add_action(self, menu, tr("About IPU What-If"), "", lambda: show_about(self._window))

    def _show_help(self, page: str) -> None:
        from ipuwhatif.gui.help_window import show_help

        show_help(self._window, page)

    def _show_mine(self) -> None:
        from ipuwhatif.gui.mine.my_data import show_my_data

        show_my_data(cast("MainWindow", self._window))

    def _explore(self) -> None:
        from ipuwhatif.gui.explore.explore_window import show_plans

        if self._shown.world is not None:
            shown, window = self._shown, cast("MainWindow", self._window)
            show_plans(self._shown.world, shown.question, shown.theme_name, window)

    def _show_keys(self) -> None:
        from ipuwhatif.gui.keys_dialog import show_keys

        show_keys(self._bar)

    def _fill_languages(self, menu: QMenu) -> None:
        """Each by its own name, so that it is found from any other."""
        self.languages = {
            code: add_action(self, menu, name, "", partial(self._shown.set_language, code))
            for code, name in LANGUAGES.items()
        }
        for action in self.languages.values():
            action.setCheckable(True)

    def _switch_theme(self, name: str) -> None:
        self._shown.set_theme(LIGHT if self._shown.theme_name == name else name)

    def _switch_official(self) -> None:
        self._shown.show_official(not self._shown.question.scenario.show_official)

    @staticmethod
    def _titles() -> tuple[tuple[str, str], ...]:
        return (
            ("file", tr("&File")),
            ("edit", tr("&Edit")),
            ("view", tr("&View")),
            ("scenario", tr("&Scenario")),
            ("help", tr("&Help")),
        )
