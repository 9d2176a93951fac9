"""The centre of the window: tabs, headline, one chart, its table and its notes. It shows an answer, no more."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QScrollArea, QTabBar, QVBoxLayout, QWidget

from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.answering.reply import Goal
from ipuwhatif.gui.chart.chart_title import ChartTitle
from ipuwhatif.gui.page.chart_rooms import ChartRooms
from ipuwhatif.gui.page.goal_line import GoalLine
from ipuwhatif.gui.page.headline import HeadlineBar
from ipuwhatif.gui.page.notes_bar import NotesBar
from ipuwhatif.gui.page.page_layout import lay_out, place_tools, place_ways
from ipuwhatif.gui.page.page_split import ROWS, PageSplit
from ipuwhatif.gui.page.view_toolbar import ViewToolbar
from ipuwhatif.gui.page.ways_row import EmptyPage, WaysRow
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.figures.statement import StatementCard
    from ipuwhatif.gui.answering.reply import PricesAsked, WayOut
    from ipuwhatif.gui.page.kept_notice import KeptNotice
    from ipuwhatif.gui.panels.price_table import PriceTable
    from ipuwhatif.gui.panels.statement_page import StatementPage
    from ipuwhatif.gui.tables.evidence_table import EvidenceTable

FEWEST_ROWS = 3  # of the table that show at once where the chart needs the room of more
LEAST_WIDTH = 560  # logical pixels, of the smallest chart
LOW = 640  # a workspace lower than that, in logical pixels, leaves its chart the room of table rows


class Workspace(QWidget):
    """`asked` carries the key of whatever was clicked, `turned` the question of the chosen tab.

    `goal_used` carries the goal whose values the user wants in the scenario, `way_taken` what is
    to be done where there is no answer, `stated` nothing: a page of stated ratios has come.
    """

    asked = Signal(str)
    turned = Signal(str)
    goal_used = Signal(object)
    way_taken = Signal(object)
    stated = Signal()

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._lack = ""  # what could not be answered, in words
        self.headline = HeadlineBar(self)
        self.tabs = QTabBar(self)
        self.tools = ViewToolbar(self)
        self.tools.prices.clicked.connect(self.open_prices)
        self.title = ChartTitle(theme_name, self)
        self.split = PageSplit(theme_name, self)
        self.stack, self.table = self.split.stack, self.split.table
        self.chart = QScrollArea(self)
        self.rooms = ChartRooms(self.chart)
        self.empty = EmptyPage(self)
        self.message = self.empty.message
        self.page = QScrollArea(self)
        self._make_statement: Callable[[], StatementPage] | None = None
        self.statement: StatementPage | None = None  # with the first ratio that somebody stated
        self.fault = QLabel(self)
        self.fault_ways = WaysRow(self, "link")
        self.goal = GoalLine(self)
        self._asked_prices: PricesAsked | None = None
        self._make_prices: Callable[[], PriceTable] | None = None
        self.prices: PriceTable | None = None  # with the first price that is to be stated
        self.notice: KeptNotice | None = None  # with the first document whose numbers have moved
        self.notes = NotesBar(theme_name, self)
        self.top, self.beside, self.below = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self.lacking = QBoxLayout(QBoxLayout.Direction.LeftToRight)  # what is lacking, and what can be done about it
        self.under = QHBoxLayout()  # what takes the place of the table
        lay_out(self)
        self.setMinimumWidth(LEAST_WIDTH)  # what stands beside the tabs finds another place where it has none
        self.headline.asked.connect(self.asked)
        self.split.asked.connect(self.asked)
        self.notes.folded.connect(self.fit)
        self.tabs.currentChanged.connect(lambda index: self.turned.emit(QUESTIONS[index]))
        self.goal.asked.connect(self.asked)
        self.goal.used.connect(self.goal_used)
        for ways in (self.empty.ways, self.fault_ways):
            ways.taken.connect(self.way_taken)
            ways.refused.connect(lambda: self._show_fault(self._lack))
        self.show_message(tr("Loading the evidence and the model …"))

    @property
    def figure(self) -> Figure | None:
        """What is shown, or `None` while words stand in its place."""
        return self._figure

    @property
    def wide_table(self) -> "EvidenceTable | None":
        """The table that can be filtered and sorted, once there was one."""
        return self.split.wide_table

    def hold(
        self,
        canvas: QWidget,
        make_statement: "Callable[[], StatementPage]",
        make_prices: "Callable[[], PriceTable] | None" = None,
    ) -> None:
        """Take the canvas in: what is higher than its room scrolls.

        make_statement, make_prices: bring the page of stated ratios and the table of prices, once there is one to show.
        """
        self._make_statement = make_statement
        self._make_prices = make_prices
        self.chart.setWidget(canvas)
        # The page as it will most likely be, so that the first chart is made for the room that it will have.
        self.stack.setCurrentIndex(1)
        for widget in (self.headline.label, self.title, self.notes):
            widget.show()
        self.split.expect_table()
        self.fit()

    def hold_notice(self, notice: "KeptNotice") -> None:
        """Take in what tells that numbers have moved, over everything else."""
        self.notice = notice
        self.top.insertWidget(0, notice)
        notice.folded.connect(self.fit)

    def show_prices(self, asked: "PricesAsked | None") -> None:
        """The table of prices, where an answer needs some or the user has opened it."""
        self._asked_prices = asked
        self.tools.show_prices(asked is not None)
        if self.prices is None and asked is not None and asked.is_needed:
            self._bring_prices()
        if self.prices is not None:
            held = self.focusWidget() is not None and self.prices.isAncestorOf(self.focusWidget())
            self.prices.follow(asked)
            if held and self.prices.isHidden():
                self.tools.prices.setFocus()

    @property
    def asks_for_prices(self) -> bool:
        """Whether the table of prices is on show, and says what is lacking."""
        return self.prices is not None and self.prices.isVisibleTo(self)

    def open_prices(self) -> None:
        """Open the table of all prices, or close it."""
        self._bring_prices()
        if self.prices is None:
            return
        if self.prices.isVisible():
            self.prices.close_table()
        else:
            self.prices.open()

    def _bring_prices(self) -> None:
        if self.prices is None and self._make_prices is not None:
            self.prices = self._make_prices()
            self.under.addWidget(self.prices)
            self.prices.resized.connect(self.fit)
            self.prices.follow(self._asked_prices)

    def show_figure(
        self, figure: Figure, fault: str = "", detail: str = "", dragging: bool = False, wide: bool = False
    ) -> None:
        """Headline, table and notes of a figure; the canvas draws its chart itself. Only what changed is set.

        `fault` says over the chart what could not be answered, `detail` more of it. While a slider is dragged the
        notes wait for its release. A `wide` table can be filtered and sorted.
        """
        self._show_fault(fault)
        self.fault.setToolTip(plain_tip(detail))
        old = self._figure
        self._figure = figure
        self.stack.setCurrentIndex(1)
        self.tabs.show()
        self.tools.show()
        self.title.show_title(figure.chart.title, figure.chart.subtitle)
        if old is None or figure.headline != old.headline:
            self.headline.show_headline(figure.headline, dragging)
        self._show_table(figure, wide, dragging)
        self.title.show()
        self.notes.show()
        if not dragging:
            self.notes.show_notes(figure)
            self.fit()

    def _show_fault(self, lack: str) -> None:
        """What could not be answered, or what is wrong with that which was typed to answer it."""
        self._lack, fault = lack, self.fault_ways.fault or lack
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _show_table(self, figure: Figure, wide: bool, dragging: bool) -> None:
        first = self.wide_table is None
        self.split.show_table(figure.table, wide, dragging)
        if first and self.wide_table is not None:
            self.notes.take_in(self.wide_table.finder)

    def show_goal(self, goal: Goal, dragging: bool = False) -> None:
        """What meets the target; its line takes its room from the table."""
        self.goal.show_goal(goal, dragging)
        if not dragging:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Heights of table and open notes; the chart has the rest.

        A line over the chart takes its room from the table.
        """
        place_tools(self)
        place_ways(self)
        sought = bool(self.goal.goal.words)
        told = self.notice is not None and self.notice.isVisibleTo(self)
        unfolded = 2 * (told and self.notice.is_unfolded)
        few = self.height() < LOW or sought or told
        if self.prices is not None:
            self.prices.fit(self.height())
            self.split.give_way(self.asks_for_prices)
        self.notes.fit(self.height())
        self.split.fit(max(FEWEST_ROWS - sought - unfolded, 1) if few else ROWS)

    def show_message(self, text: str, detail: str = "", ways: "Sequence[WayOut]" = ()) -> None:
        """Words in the place of the chart, nothing ticked or why there is no answer, and what to do about it."""
        self.empty.ways.show_ways(ways)
        self.message.setText(text)
        self.message.setToolTip(plain_tip(detail))
        self.stack.setCurrentIndex(0)
        self._clear()
        self.fit()
        self.tabs.show()
        self.tools.show()

    def show_statement(self, card: "StatementCard") -> None:
        """A stated ratio in the place of the chart; the headline says who stated it, and that nothing is projected."""
        if self.statement is None and self._make_statement is not None:
            self.statement = self._make_statement()
            self.page.setWidget(self.statement)
            self.stated.emit()
        if self.statement is not None:
            self.statement.show_card(card)
        self.stack.setCurrentIndex(2)
        self._clear()
        self.headline.show_headline(card.headline, fixed=True)
        self.tools.hide()

    def _clear(self) -> None:
        """No figure: what goes with one is hidden."""
        self._figure = None
        self.headline.clear()
        self.title.hide()
        self.fault.hide()
        self.fault_ways.hide()
        self.show_goal(Goal(""))
        self.split.hide_table()
        self.notes.hide()

    def set_theme(self, name: str) -> None:
        for each in (self.split, self.title, self.notes, self.notice):
            if each is not None:
                each.set_theme(name)
        if self._figure is not None:
            self.headline.clear()  # the same text would keep the colour of its links
            self.headline.show_headline(self._figure.headline)
            self.notes.show_notes(self._figure)
            self.show_goal(self.goal.goal)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        line = self.headline
        page = [] if self.statement is None else self.statement.controls()
        asked = [self.tabs, line.minute_link, line.bert_link, *self.tools.controls(), line.label, line.editor.field]
        notice = [] if self.notice is None else self.notice.controls()
        prices = [] if self.prices is None else self.prices.controls()
        ways = [*self.fault_ways.controls(), *self.empty.ways.controls()]
        chart = [canvas] if (canvas := self.chart.widget()) is not None else []
        return [
            *notice,
            *asked,
            *ways,
            *page,
            *self.goal.controls(),
            *chart,
            *prices,
            self.table,
            *self.notes.controls(),
        ]

    def turn_to(self, question: str) -> None:
        self.tabs.setCurrentIndex(QUESTIONS.index(question))
