"""The window: it holds a document, asks for figures and shows them. It computes nothing.

A shell of plain Qt is painted first; model and canvas are loaded once it stands.
"""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipuwhatif.figures.palette import theme
from ipuwhatif.files import resource
from ipuwhatif.gui.drawer import WIDTH as DRAWER_WIDTH
from ipuwhatif.gui.drawer import WhyDrawer
from ipuwhatif.gui.file_window import FileWindow
from ipuwhatif.gui.menus import Menus
from ipuwhatif.gui.question import COMPARE, SCALING, SENSITIVITY, Question
from ipuwhatif.gui.theme import GAP, LIGHT, apply_theme
from ipuwhatif.gui.workspace import Workspace
from ipuwhatif.scenario.document import FIRST_DOCUMENT, Document
from ipuwhatif.scenario.edits import set_show_official, set_workload
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.canvas import ChartCanvas
    from ipuwhatif.gui.levers_panel import LeversPanel

SIDE_WIDTH = 318
IPU, MINUTE = "IPU", 60.0  # the word for a chip, and the target [s], of "Under one minute?"
LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
LEAST_CHART = 340  # height of a chart under the words of a goal; with less room it scrolls
#: Least width beside an open drawer and the levers that leaves a chart its own; below it the drawer takes their place.
ROOM_FOR_BOTH = SIDE_WIDTH + DRAWER_WIDTH + 600


class MainWindow(FileWindow):
    """`answered` after every figure or message that is shown."""

    answered = Signal()

    def __init__(
        self,
        document: Document = FIRST_DOCUMENT,
        theme_name: str = LIGHT,
        folder: Path | None = None,
        file: Path | None = None,
    ) -> None:
        super().__init__(folder, file)
        self.theme_name = theme_name
        self.setWindowIcon(QIcon(str(resource("icons", "ipuwhatif.png"))))
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1366, 768)
        self.question = Question(document, self)
        self.side = QWidget(self)
        self.workspace = Workspace(theme_name, self)
        self.drawer = WhyDrawer(theme_name, self)
        self.canvas: ChartCanvas | None = None
        self.levers: LeversPanel | None = None
        self.world: World | None = None
        self.shown_question = COMPARE
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._answer)
        self._lay_out()
        self.menus = Menus(self.menuBar(), self)
        self.files_kept.connect(self.menus.refresh)
        self._connect()
        QTimer.singleShot(0, self.load)

    def load(self) -> None:
        """Bring in model, panels and canvas, once; the shell stands already."""
        if self.world is not None:
            return
        from ipuwhatif.analysis.world import load_world
        from ipuwhatif.gui.canvas import ChartCanvas
        from ipuwhatif.gui.choices_panel import ChoicesPanel
        from ipuwhatif.gui.job_panel import JobPanel
        from ipuwhatif.gui.levers_panel import LeversPanel
        from ipuwhatif.gui.statement_page import StatementPage
        from ipuwhatif.gui.systems_panel import SystemsPanel

        try:
            self.world = load_world()
        except InputError as error:  # a broken resource: the window stands and says which
            self.workspace.show_message(str(error))
            self.answered.emit()
            return
        self.keep_files(self.question, self.world)
        catalog = self.world.catalog
        self.choices = ChoicesPanel(self.question, catalog, self.side)
        self.job = JobPanel(self.question, catalog, self.side)
        self.systems = SystemsPanel(self.question, catalog, self.side)
        self.levers = LeversPanel(self.question, catalog, self.world.levers, self.side)
        for panel in (self.choices, self.job, self.systems, self.levers):
            self.side_layout.insertWidget(self.side_layout.count() - 1, panel)
        self.canvas = ChartCanvas(self.theme_name, self.workspace)
        self.canvas.clicked.connect(self.explain)
        self.canvas.resized.connect(self._refresh.start)
        self.statement = StatementPage(self.question, catalog, self.workspace)
        self.workspace.hold(self.canvas, self.statement)
        self._set_icons()
        for panel in (self.job, self.systems):
            panel.rebuilt.connect(self._order_keys)
        self._order_keys()
        self._answer()

    def turn_to(self, question: str) -> None:
        """Show one of QUESTIONS."""
        self.workspace.turn_to(question)

    def explain(self, key: str) -> None:
        """Open the drawer for a number or mark, and look at its system."""
        figure = self.workspace.figure
        why = next((each for each in figure.why if each.key == key), None) if figure is not None else None
        if why is not None and self.world is not None:
            self.question.select(self.question.choice_of(key, self.world.catalog))
            self.drawer.explain(why)
            self._share_width()

    def set_theme(self, name: str) -> None:
        """Repaint everything in another theme; charts are built anew."""
        self.theme_name = name
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, name)
        self.workspace.set_theme(name)
        self.drawer.set_theme(name)
        if self.canvas is not None and self.levers is not None:
            self.canvas.set_theme(name)
            self._set_icons()
        self.menus.refresh()

    def _set_icons(self) -> None:
        """The reset buttons in the colour of the theme."""
        assert self.levers is not None
        for panel in (self.job, self.levers, self.statement):
            panel.set_icons(theme(self.theme_name).muted_text)

    def show_official(self, shown: bool) -> None:
        self.question.apply(set_show_official(self.question.scenario, shown))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self._refresh.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """In a narrow window an open drawer takes the place of the levers, so that the chart keeps its width."""
        opened = self.drawer.isVisibleTo(self)
        self.side_scroll.setVisible(not opened or self.width() >= ROOM_FOR_BOTH)

    def _answer(self) -> None:
        """Ask once for everything that changed since the last time, and show it."""
        if self.world is None or self.canvas is None or self.levers is None:
            return
        from ipuwhatif.gui.answers import Look, answer

        tools, selection = self.workspace.tools, self.question.selection
        tools.show_systems(self.question.scenario.systems, selection, self.world.catalog)
        look = Look(selection, tools.share.isChecked(), tools.target_s)
        (width, room), dragging = self.workspace.chart_room(), self.question.dragging
        sought = self.shown_question == SCALING and tools.target_s is not None
        size = width, max(room, LEAST_CHART) if sought else room
        reply = answer(self.world, self.shown_question, self.question.scenario, size, dragging, look)
        if reply.card is not None:
            self.workspace.show_statement(reply.card)
            self.drawer.dismiss()
        elif reply.figure is None:
            self.workspace.show_message(reply.message, reply.detail)
            self.drawer.dismiss()
        else:
            self.workspace.show_figure(reply.figure, reply.message, reply.detail, dragging)
            fault = tools.fault if self.shown_question == SCALING else ""
            self.workspace.show_goal(fault or reply.goal, "" if fault else reply.goal_key, dragging)
            self.canvas.fit_height(reply.figure.chart.height, room)
            self.canvas.set_spec(reply.figure.chart, hold=dragging)
            self._follow_why()
        self.levers.show_batches(reply.batches)
        if not dragging:
            self.systems.show_reasons(reply.reasons)
        if not dragging:
            self._follow_selection()
            self.menus.refresh()
        self.answered.emit()

    def _follow_why(self) -> None:
        """An open drawer moves with its number, and closes when that is no longer shown."""
        figure, why = self.workspace.figure, self.drawer.why
        if figure is None or why is None:
            return
        new = next((each for each in figure.why if each.key == why.key), None)
        if new is None:
            self.drawer.dismiss()
        else:
            self.drawer.explain(new, self.question.dragging)

    def _follow_selection(self) -> None:
        """The table's row of the selected system."""
        figure, selection = self.workspace.figure, self.question.selection
        if figure is None or selection is None or self.shown_question != COMPARE:
            return
        keys = [row[0].key for row in figure.table.rows]
        key = f"projection/{selection.key}"
        if key in keys:
            self.workspace.table.select(keys.index(key))

    def _selected(self) -> None:
        """Another system is looked at: answers about one system are asked anew."""
        self._follow_selection()
        tools = self.workspace.tools
        if self.world is not None:
            tools.show_systems(self.question.scenario.systems, self.question.selection, self.world.catalog)
        if self.shown_question == SENSITIVITY or (self.shown_question == SCALING and tools.target_s is not None):
            self._refresh.start()

    def _seek_minute(self) -> None:
        """The link under the headline: how many IPUs one minute takes, over the curves."""
        if self.world is not None:
            self.question.select_chips(IPU, self.world.catalog)
            self.workspace.tools.set_target(MINUTE)
            self.turn_to(SCALING)

    def _row_selected(self, row: int) -> None:
        figure = self.workspace.figure
        if figure is not None and self.world is not None and 0 <= row < len(figure.table.rows):
            self.question.select(self.question.choice_of(figure.table.rows[row][0].key, self.world.catalog))

    def _turned(self, question: str) -> None:
        self.shown_question = question
        self.workspace.tools.show_question(question)
        self._refresh.start()

    def _next_workload(self) -> None:
        """The link under the headline: the other workload."""
        if self.world is not None:
            self.question.apply(set_workload(self.question.scenario, self._other_workload(), self.world.catalog))

    def _other_workload(self) -> str:
        assert self.world is not None
        return next(key for key in self.world.catalog.workloads if key != self.question.scenario.workload)

    def _connect(self) -> None:
        self.question.changed.connect(self._refresh.start)
        self.question.settled.connect(self._refresh.start)
        self.question.selected.connect(self._selected)
        self.workspace.asked.connect(self.explain)
        self.drawer.closed.connect(self._share_width)
        self.workspace.turned.connect(self._turned)
        self.workspace.table.row_selected.connect(self._row_selected)
        self.workspace.headline.bert.connect(self._next_workload)
        self.workspace.headline.minute.connect(self._seek_minute)
        self.workspace.tools.changed.connect(self._refresh.start)
        self.workspace.tools.chosen.connect(self.question.select)
        self.answered.connect(self._show_links)

    def _show_links(self) -> None:
        """Links lead to what is not shown yet."""
        relative = self.workspace.stack.currentWidget() is self.workspace.page
        ticked = bool(self.question.scenario.systems) and not relative
        self.workspace.headline.bert_link.setVisible(ticked)
        self.workspace.headline.minute_link.setVisible(ticked and self.shown_question != SCALING)
        if self.world is not None:
            name = self.world.catalog.workloads[self._other_workload()].name
            self.workspace.headline.bert_link.setText(tr("See {workload}", workload=name))

    def _order_keys(self) -> None:
        """The tab key reads the window: choices, systems, levers, the page, the drawer."""
        panels = (self.choices, self.job, self.systems, self.levers, self.workspace)
        controls = [control for panel in panels for control in panel.controls()]
        for before, after in pairwise([*controls, self.drawer.close_button, self.drawer.body]):
            self.setTabOrder(before, after)

    def _lay_out(self) -> None:
        self.side.setObjectName("side")
        self.side_layout = QVBoxLayout(self.side)
        self.side_layout.setContentsMargins(2 * GAP, 12, 2 * GAP, GAP)
        self.side_layout.setSpacing(14)
        self.side_layout.addStretch(1)
        self.side_scroll = scroll = QScrollArea(self)
        scroll.setWidget(self.side)
        scroll.setWidgetResizable(True)
        scroll.setFixedWidth(SIDE_WIDTH)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll)
        row.addWidget(self.workspace, 1)
        row.addWidget(self.drawer)
        self.setCentralWidget(centre)
