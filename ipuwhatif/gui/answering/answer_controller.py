"""Asks once for everything that changed since the last time, and shows it: in the page, the panels and the drawer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.explainer import Explainer
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, EVIDENCE, SCALING, SENSITIVITY, Question
from ipuwhatif.gui.answering.reply import UNDO, Goal, Reply, WayOut
from ipuwhatif.gui.answering.sought_levers import sought_levers
from ipuwhatif.gui.answering.view_options import (
    ARTICLE,
    CHANGE,
    ENTRIES,
    ERRORS,
    HARDWARE,
    OF_BACK_TESTS,
    RECORD,
    RESULTS,
    ROOFLINE,
)
from ipuwhatif.gui.chart.chart_gestures import ChartGestures
from ipuwhatif.gui.chart.tight import tight
from ipuwhatif.gui.free_memory import give_back
from ipuwhatif.gui.tables.sorting import systems_of
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import use_values
from ipuwhatif.texts import tr
from ipuwhatif.units import told

if TYPE_CHECKING:
    from ipuwhatif.gui.chart.canvas import ChartCanvas
    from ipuwhatif.gui.levers.levers_panel import LeversPanel
    from ipuwhatif.gui.page.chart_rooms import Page, Room
    from ipuwhatif.gui.page.drawer import WhyDrawer
    from ipuwhatif.gui.page.workspace import Workspace
    from ipuwhatif.gui.panels.systems_panel import SystemsPanel

IN_ROWS = (COMPARE, BREAKDOWN, SENSITIVITY, COST)  # whose charts need no more height than their rows
LEAST_CHART = 270  # height of any other chart; with less room it scrolls
#: Height of what the page says in place of a chart before it is known: of most charts, and by view.
SAID = 100
SAID_BY = {ENTRIES: 166, RESULTS: 124, HARDWARE: 81, ROOFLINE: 82, ARTICLE: 108, RECORD: 130, ERRORS: 118}
NEAR = 16  # by how much a chart may be stretched, in logical pixels, before it is made anew at once
ANSWERS_BETWEEN = 32  # after which memory that is free goes back
SETTLING = 2  # answers in one go at most, beside the first


class AnswerController(QObject):
    """Signals: `answered` after every figure or message that is shown, `system_sought` when one is to be found.

    `taken` with a line that tells what a goal seek has put into the scenario.
    """

    answered = Signal()
    system_sought = Signal()
    taken = Signal(str)

    def __init__(
        self,
        world: World,
        question: Question,
        workspace: "Workspace",
        canvas: "ChartCanvas",
        drawer: "WhyDrawer",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._world, self._question, self._workspace = world, question, workspace
        self._canvas, self._drawer = canvas, drawer
        self._levers: LeversPanel | None = None
        self._systems: SystemsPanel | None = None
        self._reply: Reply | None = None
        self.shown = COMPARE  # the question on show
        self.timer = QTimer(self)  # what changes in one go is asked about once, after what was clicked is painted
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(lambda: self.answer())
        self._is_due, self._closed, self._count = False, False, 0  # that counts answers which no hand waits for
        self._saved: dict[tuple[str, str], int] = {}  # height of what the page says in place of each chart
        self.explainer = Explainer(world, question, workspace, drawer, self)
        self._gestures = ChartGestures(canvas, question, world, self)
        self._connect()
        self._lay_out_page()

    def answer(self, settling: int = SETTLING) -> None:
        """Ask for the present question and show what it says; `settling` is how often the page may move for it."""
        if self._closed:
            return
        question, workspace, dragging = self._question, self._workspace, self._question.dragging
        if dragging:
            workspace.tools.show_target(question.scenario.target_s)
        else:
            self._show_tools()
        look = replace(workspace.tools.look(question.selection), beside=question.shown_beside)
        page = self.shown, look.view_of(self.shown)
        width, room = workspace.rooms.expected(page)
        least = room if self.shown in IN_ROWS else max(room, LEAST_CHART)
        saved = self._saved.get(page, SAID_BY.get(page[1], SAID))
        reply = answer(self._world, self.shown, question.scenario, (width, least + saved), dragging, look)
        if not dragging:
            workspace.show_prices(reply.prices)
        if reply.figure is None:
            self._show_words(reply)
        else:
            high = reply.figure.chart.height > room + saved
            self._saved[page] = self._show_figure(reply.figure, reply, room if high else None, dragging)
        self._reply = reply
        self._show_side()
        if not dragging:
            self._follow_selection()
            near = NEAR if self.shown == EVIDENCE else 0  # a chart of all evidence takes its time
            unlike = abs(self._saved.get(page, saved) - saved) > near
            if settling and (self._has_moved(page, (width, room)) or unlike):
                self.answer(settling - 1)
                return
            self._count += 1
            if self._count % ANSWERS_BETWEEN == 0:
                give_back()
        self.answered.emit()

    def stop(self) -> None:
        """Let go of what was to be asked."""
        self.timer.stop()
        self._is_due = False

    def close(self) -> None:
        """Its window or its language goes: whatever still changes or fires, nothing is asked any more."""
        self.stop()
        self._closed = True

    def customEvent(self, event: QEvent) -> None:
        if self._is_due:
            self.stop()
            self.answer()

    def _changed(self) -> None:
        """Ask soon. Under a slider the answer comes before any painting, so that slider and chart are painted once."""
        if not self._question.dragging:
            self.timer.start()
        elif not self._is_due:
            self._is_due = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def hold(self, levers: "LeversPanel", systems: "SystemsPanel") -> None:
        """From here on the panels at the side follow the answers."""
        self._levers, self._systems = levers, systems
        self._show_side()

    def _show_side(self) -> None:
        """The layouts that were taken, and why systems cannot run the job."""
        if self._reply is not None and self._levers is not None and self._systems is not None:
            self._levers.show_layouts(self._reply.layouts)
            if not self._question.dragging:
                self._systems.show_reasons(self._reply.reasons)

    def _has_moved(self, page: "Page", room: "Room") -> bool:
        """Lay the page out at once; whether the chart has another room than the one that it was drawn for.

        Words over a chart and rows under it take room that is known only once they are set: nothing is painted before.
        """
        self._lay_out_page()
        self.stop()
        return any(abs(now - then) > NEAR for now, then in zip(self._workspace.rooms.now(page), room, strict=True))

    @staticmethod
    def _lay_out_page() -> None:
        for _ in range(2):  # the page's own layout, then that of what it has laid out
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def turned(self, question: str) -> None:
        """Another tab: another question."""
        self.shown = question
        self._workspace.tools.show_question(question)
        self.timer.start()

    def show_change(self, before: int) -> None:
        """Choose the change from another scenario to the one that is looked at."""
        self._show_tools()
        tools, earlier = self._workspace.tools, self._question.document.scenarios[before]
        for index in range(tools.change.count()):
            change = tools.change.itemData(index)
            if change.before == earlier and change.after == self._question.scenario:
                tools.change.setCurrentIndex(index)
        self.timer.start()

    def _show_words(self, reply: Reply) -> None:
        """A stated ratio, or why there is no answer; neither has numbers to explain."""
        if reply.card is not None:
            self._workspace.show_statement(reply.card)
        else:
            self._workspace.show_message(reply.message, reply.detail, self._possible(reply.ways))
        self._drawer.dismiss()

    def _show_figure(self, figure: Figure, reply: Reply, room: int | None, dragging: bool) -> int:
        """Show a figure; by how much its chart is lower here than in a picture, which has its titles in it.

        room: of a chart that needs more than it was asked to take; any other fills what there is.
        """
        workspace, chart = self._workspace, on_page(tight(figure.chart))
        message = "" if workspace.asks_for_prices else reply.message
        if not dragging:
            workspace.fault_ways.show_ways(reply.ways)
        workspace.show_figure(figure, message, reply.detail, dragging, reply.wide)
        fault = workspace.tools.fault_shown
        workspace.show_goal(Goal(fault, is_fault=True) if fault else reply.goal, dragging)
        self._canvas.fit_height(0 if room is None else chart.height, room or 0)
        self._canvas.set_spec(chart, dragging, figure.why)
        self.explainer.follow(dragging)
        return figure.chart.height - chart.height

    def _possible(self, ways: tuple[WayOut, ...]) -> list[WayOut]:
        """What can be done now, the step that would be undone by its name; none that has nothing to do with it."""
        step = self._question.undo_stack.undoText() if self._can_matter() else ""
        named = [replace(way, words=tr("Undo: {step}", step=step)) if way.act == UNDO else way for way in ways]
        return [way for way in named if way.act != UNDO or step]

    def _can_matter(self) -> bool:
        """Whether the last step can have changed what runs: a target, a price, a day or a headline cannot."""
        before, now = self._question.step_before, self._question.scenario
        kept = {name: getattr(now, name) for name in ("target_s", "prices", "start", "headlines", "subject", "scales")}
        return before is not None and replace(before, **kept) != now

    def _take_way(self, way: WayOut) -> None:
        """Do what the user chose where there was no answer."""
        if way.edit is not None:
            self._question.apply(way.edit)
        elif way.act == UNDO:
            self._question.undo_stack.undo()
        elif self._systems is not None:
            self.system_sought.emit()

    def _show_tools(self) -> None:
        """What the tools beside the tabs offer: systems, levers to seek over, changes, back-tests, the target."""
        tools, question = self._workspace.tools, self._question
        scenario = question.scenario
        tools.show_systems(scenario.systems, question.selection, self._world.catalog)
        tools.start.show_day(scenario.start)
        tools.show_target(scenario.target_s)
        if self.shown == SCALING:
            tools.show_levers(sought_levers(self._world, question.selection))
        view = tools.look(None).view
        if view == CHANGE:
            from ipuwhatif.gui.answering.record_answers import changes_of

            document = question.document
            names = tuple(scenario_name(document, index) for index in range(len(document.scenarios)))
            tools.show_changes(changes_of(self._world, document.scenarios, names, document.active))
        elif view in OF_BACK_TESTS:
            from ipuwhatif.figures.track_record.speed_record import SPEED_TESTS
            from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, PROTOCOLS

            offered = {**PROTOCOLS, **SPEED_TESTS}
            tools.show_protocols({key: tr(name) for key, name in offered.items()}, FIRST_SHOWN)
        elif view == RESULTS:
            tools.filters.fill()

    def _follow_selection(self) -> None:
        """The table's row of the selected system, where each row is one of the ticked systems."""
        figure, selection = self._workspace.figure, self._question.selection
        systems = [] if figure is None else systems_of(figure.table, self._question.scenario.systems)
        if selection in systems:
            self._workspace.table.select(systems.index(selection))

    def _selected(self) -> None:
        """Another system is looked at: what depends on it is asked anew."""
        self._follow_selection()
        if self.shown in (SCALING, SENSITIVITY) or self._workspace.tools.look(None).view == CHANGE:
            self.timer.start()

    def _row_selected(self, row: int) -> None:
        figure = self._workspace.figure
        if figure is not None and self.shown != EVIDENCE and 0 <= row < len(figure.table.rows):
            self._question.select(self._question.choice_of(figure.table.rows[row][0].key, self._world.catalog))

    def _use(self, goal: Goal) -> None:
        """Take what a goal seek found over into the scenario."""
        if goal.system is not None and goal.values:
            world = self._world
            edit = use_values(self._question.scenario, goal.system, dict(goal.values), world.levers, world.catalog)
            self._question.apply(edit)
            self.taken.emit(tr("Put into the scenario: {edit}", edit=told(edit.name)))

    def _connect(self) -> None:
        question, workspace = self._question, self._workspace
        question.changed.connect(self._changed)
        for signal in (question.settled, workspace.tools.changed, self._canvas.resized):
            signal.connect(self.timer.start)
        question.selected.connect(self._selected)
        workspace.asked.connect(self.explainer.explain)
        workspace.turned.connect(self.turned)
        workspace.goal_used.connect(self._use)
        workspace.way_taken.connect(self._take_way)
        workspace.table.row_selected.connect(self._row_selected)
        workspace.tools.chosen.connect(question.select)
        self._canvas.clicked.connect(self.explainer.explain)
