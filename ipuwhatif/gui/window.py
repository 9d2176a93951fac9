"""The window: it holds a document, asks for figures and shows them. It computes nothing.

A shell of plain Qt is painted first; model and canvas are loaded once it stands.
"""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.palette import theme
from ipuwhatif.files import resource
from ipuwhatif.gui.answering.question import BREAKDOWN, Question
from ipuwhatif.gui.answering.view_options import CHANGE
from ipuwhatif.gui.menus import Menus
from ipuwhatif.gui.page.drawer import WhyDrawer
from ipuwhatif.gui.page.headline_actions import HeadlineActions
from ipuwhatif.gui.page.panes import Panes
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.panels.late_pages import price_table, statement_page
from ipuwhatif.gui.panels.sidebar import Sidebar
from ipuwhatif.gui.rebuilt_window import RebuiltWindow
from ipuwhatif.gui.theme import LIGHT, apply_theme, dress
from ipuwhatif.scenario.edits import set_show_official
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, Document
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Catalog
    from ipuwhatif.gui.answering.answer_controller import AnswerController
    from ipuwhatif.gui.chart.canvas import ChartCanvas
    from ipuwhatif.gui.finder.command_palette import CommandPalette
    from ipuwhatif.gui.levers.levers_panel import LeversPanel
    from ipuwhatif.gui.quick_bar import QuickBar
    from ipuwhatif.gui.scenarios.scenario_bar import ScenarioBar

LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
#: After which the first answer is painted: a window system takes until its next frame to ask for that.
PAINTED_MS = 20


class MainWindow(RebuiltWindow):
    """Signals: `answered` after every figure or message that is shown.

    `moved` with a line that tells how numbers have moved since the document was saved.
    """

    answered = Signal()
    moved = Signal(str)

    def __init__(
        self,
        document: Document = FIRST_DOCUMENT,
        theme_name: str = LIGHT,
        folder: Path | None = None,
        file: Path | None = None,
    ) -> None:
        super().__init__(folder, file)
        self.theme_name = theme_name
        dress(self, theme_name)
        self.setWindowIcon(QIcon(str(resource("icons", "ipuwhatif.png"))))
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1366, 768)
        self.question = Question(document, self)
        self.build()
        self.question.changed.connect(self._show_kept)
        self.explain_asked.connect(self.explain)
        self.buttons_switched.connect(self.show_buttons)
        self.world_grown.connect(self.build_with_imported)
        QTimer.singleShot(0, self, self.load)

    def build(self) -> None:
        """The shell: everything that holds a text but the document itself."""
        self.side = Sidebar(self)
        self.workspace = Workspace(self.theme_name, self)
        self.drawer = WhyDrawer(self.theme_name, self)
        self.canvas: ChartCanvas | None = None
        self.levers: LeversPanel | None = None
        self.world: World | None = None
        self.controller: AnswerController | None = None
        self.scenario_bar: ScenarioBar | None = None
        self.quick: QuickBar | None = None  # in the scenario bar
        self.finder: CommandPalette | None = None  # with the first thing that is to be found
        self._lay_out()
        self.headline = HeadlineActions(self)
        self.menus = Menus(self.menuBar(), self)
        self.files_kept.connect(self.menus.refresh)
        self.network_taken.connect(self.menus.exports.told.tell)
        self.menus.find_asked.connect(self._find)
        self.menus.scenarios.prices_asked.connect(self.workspace.open_prices)
        self.workspace.tools.mine.clicked.connect(self.menus.mine.trigger)
        self._connect()

    def load(self) -> None:
        """Bring in model, panels and canvas, once; the shell stands already."""
        if self.world is not None or self.closed:
            return
        from ipuwhatif.analysis.world import load_world
        from ipuwhatif.gui.answering.answer_controller import AnswerController
        from ipuwhatif.gui.chart.canvas import ChartCanvas
        from ipuwhatif.gui.context_menus import ContextMenus

        try:
            self.world = load_world()
        except InputError as error:  # a broken resource: the window stands and says which
            self.workspace.show_message(str(error))
            self.answered.emit()
            return
        self.keep_files(self.question, self.world)
        self.world = load_world()  # the first file may have brought something along
        self.canvas = ChartCanvas(self.theme_name, self.workspace)
        self.workspace.hold(self.canvas, partial(statement_page, self), partial(price_table, self))
        self.controller = AnswerController(self.world, self.question, self.workspace, self.canvas, self.drawer, self)
        self.controller.answered.connect(self.menus.refresh)
        self.menus.axes.follow(self.canvas)
        self.contexts = ContextMenus(self)
        self.controller.answered.connect(self.headline.show_links)
        self.controller.taken.connect(self.menus.exports.told.tell)
        self.controller.answered.connect(self.answered)
        self.controller.system_sought.connect(self.find_system)
        self.controller.explainer.explained.connect(self._explain_on)
        self._show_kept()
        self.turn_to(self.place.tab)
        self.controller.stop()  # what the tab asks for is asked here
        self.controller.answer()
        if self.place.why:
            self.explain(self.place.why)
        QTimer.singleShot(PAINTED_MS, self, self.load_side)

    def load_side(self) -> None:
        """Bring in the panels at the side, once: the first answer is on the screen before them."""
        if self.closed or self.levers is not None or self.world is None or self.controller is None:
            return
        from ipuwhatif.gui.term_tips import explain_labels

        self.side.hold(self.question, self.world)
        self.choices, self.job, self.systems = self.side.choices, self.side.job, self.side.systems
        self.levers = self.side.levers
        self.controller.hold(self.levers, self.systems)
        self._hold_scenarios(self.world.catalog)
        self._set_icons()
        self.side.rebuilt.connect(self.order_keys)
        self.side.rebuilt.connect(lambda: explain_labels(self.side))
        explain_labels(self.side)
        self.order_keys()

    def _show_kept(self) -> None:
        """What the document was saved with, over the page, where that is not what is projected now."""
        workspace, document = self.workspace, self.question.document
        if self.world is None or not (document.kept or workspace.notice):
            return
        if workspace.notice is None:
            from ipuwhatif.gui.page.kept_notice import KeptNotice

            notice = KeptNotice(self.theme_name, workspace)
            notice.told.connect(self.moved)
            notice.agreed.connect(self._use_new_numbers)
            workspace.hold_notice(notice)
            if self.levers is not None:
                self.order_keys()
        workspace.notice.follow(self.world, document)

    def _use_new_numbers(self) -> None:
        """The user agrees: what the document was saved with goes, as a step that can be undone."""
        from ipuwhatif.gui.page.kept_notice import agreed_name

        self.question.change(self.question.document.with_kept(), agreed_name())

    def _hold_scenarios(self, catalog: "Catalog") -> None:
        """The letters of the document's scenarios, at the right of the menus."""
        from ipuwhatif.gui.quick_bar import QuickBar
        from ipuwhatif.gui.scenarios.scenario_bar import ScenarioBar

        assert self.world is not None
        self.scenario_bar = ScenarioBar(self.question, catalog, self.world.levers, self)
        self.menuBar().setCornerWidget(self.scenario_bar, Qt.Corner.TopRightCorner)
        self.scenario_bar.show()
        self.quick = QuickBar(self.menus, self.theme_name, self.scenario_bar)
        self.scenario_bar.take_in(self.quick)
        self.show_buttons()
        self.menus.scenarios.rename_asked.connect(self.scenario_bar.rename)
        for asked in (self.scenario_bar.compare_asked, self.menus.scenarios.compare_asked):
            asked.connect(self._split_change)

    def _split_change(self, before: int, after: int) -> None:
        """Show the change from one scenario to another, split into its causes."""
        self.question.turn_to(after)
        self.turn_to(BREAKDOWN, CHANGE)
        if self.controller is not None:
            self.controller.show_change(before)

    def _find(self) -> None:
        """Find anything that the window has or does."""
        if self.world is None:
            return
        self.menus.presents.fill()
        if self.finder is None:
            from ipuwhatif.gui.finder.command_palette import CommandPalette

            self.finder = CommandPalette(self)
        self.finder.open()

    def turn_to(self, question: str, view: str = "") -> None:
        """Show one of QUESTIONS, and in it one of its views."""
        self.workspace.turn_to(question)
        self.workspace.tools.turn_to(view)

    def explain(self, key: str) -> None:
        """Open the drawer for a number or mark, and look at its system."""
        if self.controller is not None:
            self.controller.explainer.explain(key)

    def set_theme(self, name: str) -> None:
        """Repaint everything in another theme; charts are built anew."""
        self.theme_name = name
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, name)
        dress(self, name)
        self.workspace.set_theme(name)
        self.drawer.set_theme(name)
        self.menus.presents.set_theme(name)
        self.menus.refresh()
        if self.canvas is not None and self.levers is not None:
            self._set_icons()
            self.canvas.set_theme(name)  # last, as it paints the whole window
        self.preferred.emit("theme", name)

    def _set_icons(self) -> None:
        """The reset buttons in the colour of the theme."""
        for panel in (self.side, self.workspace.statement):
            if panel is not None:
                panel.set_icons(theme(self.theme_name).muted_text)
        if self.quick is not None:
            self.quick.set_theme(self.theme_name)

    def show_buttons(self) -> None:
        if self.quick is not None and self.scenario_bar is not None:
            self.quick.setVisible(self.place.buttons_shown)
            self.scenario_bar.refresh()

    def show_official(self, shown: bool) -> None:
        self.question.apply(set_show_official(self.question.scenario, shown))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not event.isAccepted():
            return
        self._keep_place()
        self.menus.exports.close()
        if self.controller is not None:
            self.controller.close()

    def _connect(self) -> None:
        self.drawer.closed.connect(self._follow_panes)
        self.workspace.notes.folded.connect(self.menus.show_panes)
        for grown in (self.workspace.tools.filters.built, self.workspace.stated):
            grown.connect(self.order_keys)

    def order_keys(self) -> None:
        """The tab key reads the window: scenarios, choices, systems, levers, the page, the drawer."""
        if self.levers is None:
            return
        bar = [] if self.scenario_bar is None else self.scenario_bar.controls()
        controls = [*bar, *self.side.controls(), *self.workspace.controls()]
        for before, after in pairwise([*controls, *self.drawer.controls()]):
            self.setTabOrder(before, after)

    def _lay_out(self) -> None:
        self.panes = Panes(self.side, self.workspace, self.drawer, self.place, self)
        self.setCentralWidget(self.panes)
