"""The centre of the window: headline, tabs, one chart, its table and its footnotes. It shows an answer, no more."""

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.figures.palette import theme
from ipuwhatif.figures.spec import Figure, Footnote, TableSpec
from ipuwhatif.figures.words import sentences
from ipuwhatif.gui.drawer import WEB, WhyDrawer
from ipuwhatif.gui.headline import HeadlineBar
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.question import QUESTIONS, SENSITIVITY
from ipuwhatif.gui.reply import Goal
from ipuwhatif.gui.table import FigureTable
from ipuwhatif.gui.theme import CAPTION, set_role
from ipuwhatif.gui.tools import QuestionTools
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.figures.statement import StatementCard
    from ipuwhatif.gui.evidence_table import EvidenceTable
    from ipuwhatif.gui.kept_notice import KeptNotice
    from ipuwhatif.gui.statement_page import StatementPage

ROWS, FEWER_ROWS, FEWEST_ROWS = 6, 4, 3  # of the table that show at once: all of a short one, fewer of a long one
NOTES_MORE = 24  # height of a table row that goes to the footnotes of a tornado
LOW = 640  # a workspace lower than that, in logical pixels, leaves its chart the room of table rows
USUAL_ROWS = 5  # of a first table
WIDE_SHARE = 0.3  # of the workspace's height, for a table that is what is looked at
NOTES_LOW, NOTES_HIGH, NOTES_SHARE = 64, 200, 0.145  # height of the footnotes: a share of the workspace's


class Workspace(QWidget):
    """`asked` carries the key of whatever was clicked, `turned` the question of the chosen tab.

    `goal_used` carries the values that meet the target, when the user wants them in the scenario.
    """

    asked = Signal(str)
    turned = Signal(str)
    goal_used = Signal(object)

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self._figure: Figure | None = None
        self._notes: object = None  # the footnotes and notices that are on show
        self.headline = HeadlineBar(self)
        self.tabs = QTabBar(self)
        self.tools = QuestionTools(self)
        self.stack = QStackedWidget(self)
        self.chart = QScrollArea(self)
        self.message = QLabel(self)
        self.page = QScrollArea(self)
        self.statement: StatementPage | None = None  # as the canvas, brought in once the shell stands
        self.fault = QLabel(self)
        self.goal = QLabel(self)
        self.use_goal = QPushButton(tr("Put it into the scenario"), self)
        self._goal = Goal("")
        self.table = FigureTable(theme_name, self)
        self.wide_table: EvidenceTable | None = None  # with the first table that is what is looked at
        self.notice: KeptNotice | None = None  # with the first document whose numbers have moved
        self.footnotes = QTextBrowser(self)
        self._lay_out()
        self.headline.asked.connect(self.asked)
        self.table.asked.connect(self.asked)
        self.tabs.currentChanged.connect(lambda index: self.turned.emit(QUESTIONS[index]))
        self.goal.linkActivated.connect(lambda address: self.asked.emit(unquote(address)))
        self.use_goal.clicked.connect(lambda: self.goal_used.emit(self._goal.values))
        self.show_message(tr("Loading the evidence and the model …"))

    @property
    def figure(self) -> Figure | None:
        """What is shown, or `None` while words stand in its place."""
        return self._figure

    def hold(self, canvas: QWidget, statement: "StatementPage") -> None:
        """Take the canvas in, and the page of stated ratios: what is higher than its room scrolls."""
        self.chart.setWidget(canvas)
        self.statement = statement
        self.page.setWidget(statement)
        # The page as it will most likely be, so that the first chart is made for the room that it will have.
        self.stack.setCurrentIndex(1)
        for widget in (self.headline.label, self.table, self.footnotes):
            widget.show()
        self._fit()

    def hold_notice(self, notice: "KeptNotice") -> None:
        """Take in what tells that numbers have moved, over everything else."""
        self.notice = notice
        self.layout().insertWidget(0, notice)
        notice.folded.connect(self._fit)

    def chart_room(self) -> tuple[int, int]:
        """Width and height that a chart can have without scrolling, in logical pixels."""
        return self.chart.viewport().width(), self.chart.viewport().height()

    def show_figure(
        self, figure: Figure, fault: str = "", detail: str = "", dragging: bool = False, wide: bool = False
    ) -> None:
        """Headline, table and footnotes of a figure; the canvas draws its chart itself. Only what changed is set.

        `fault` says over the chart what could not be answered, `detail` more of it. While a slider is dragged the
        footnotes wait for its release. A `wide` table can be filtered and sorted.
        """
        self.fault.setText(fault)
        self.fault.setToolTip(plain_tip(detail))
        self.fault.setVisible(bool(fault))
        old = self._figure
        self._figure = figure
        self.stack.setCurrentIndex(1)
        self.tabs.show()
        self.tools.show()
        if old is None or figure.headline != old.headline:
            self.headline.show_headline(figure.headline, dragging)
        if wide:
            self._show_wide(figure.table)
        elif old is None or figure.table != old.table:
            self.table.show_spec(figure.table, dragging)
        if not dragging and (figure.footnotes, figure.notices) != self._notes:
            self._show_notes(figure)
        self.table.setVisible(not wide)
        if self.wide_table is not None:
            self.wide_table.setVisible(wide)
        self.footnotes.show()
        if not dragging:
            self._fit()

    def _show_wide(self, spec: TableSpec) -> None:
        if self.wide_table is None:
            from ipuwhatif.gui.evidence_table import EvidenceTable

            self.wide_table = EvidenceTable(self._theme, self)
            self.wide_table.asked.connect(self.asked)
            self.layout().insertWidget(self.layout().indexOf(self.table), self.wide_table)
        self.wide_table.show_spec(spec)

    def show_goal(self, goal: Goal, dragging: bool = False) -> None:
        """What meets the target, in a line over the chart, with a link to its why. No words, no line.

        While something is dragged the line keeps its height, so that the chart under it does not jump.
        """
        self._goal = goal
        self.goal.setMinimumHeight(self.goal.height() if dragging and self.goal.isVisible() else 0)
        address = escape(quote(goal.key, safe=""))
        why = f' <a href="{address}" style="text-decoration:none">{tr("Why?")}</a>' if goal.key else ""
        self.goal.setText(escape(goal.words) + why)
        self.goal.setVisible(bool(goal.words))
        role = "warning" if goal.is_fault else ""
        if self.goal.property("role") != role:
            set_role(self.goal, role)
            self.goal.style().polish(self.goal)
        self.use_goal.setVisible(bool(goal.values))
        if not dragging:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _place_tools(self) -> None:
        """The tools beside the tabs, or under them where both do not fit in a row."""
        margins = self.layout().contentsMargins()
        room = self.width() - margins.left() - margins.right()
        fits = self.tabs.sizeHint().width() + self.tools.sizeHint().width() <= room
        place, other = (self._beside, self._below) if fits else (self._below, self._beside)
        if other.indexOf(self.tools) >= 0:
            other.removeWidget(self.tools)
            place.addWidget(self.tools)

    def _fit(self) -> None:
        """Heights of table and footnotes; the chart has the rest.

        A line over the chart and long notes on how a tornado was made take their room from the table.
        """
        tornado = self._figure is not None and self._figure.chart.kind == SENSITIVITY
        rows = len(self.table.spec.rows) or USUAL_ROWS
        rows = rows if rows <= ROWS else FEWER_ROWS
        self._place_tools()
        sought = bool(self._goal.words)
        split = self._figure is not None and self._figure.chart.kind == "attribution"  # which repeats its rows
        told = self.notice is not None and self.notice.isVisibleTo(self)
        unfolded = 2 * (told and self.notice.is_unfolded)
        few = self.height() < LOW or tornado or sought or split or told
        least = max(FEWEST_ROWS - sought - unfolded, 1)
        self.table.setFixedHeight(self.table.height_for(min(rows, least) if few else rows))
        notes = NOTES_LOW if sought else min(max(NOTES_LOW, round(NOTES_SHARE * self.height())), NOTES_HIGH)
        if self.wide_table is not None and self.wide_table.isVisibleTo(self):
            notes = NOTES_LOW
            self.wide_table.setFixedHeight(round(WIDE_SHARE * self.height()))
        self.footnotes.setFixedHeight(notes + NOTES_MORE * tornado)

    def show_message(self, text: str, detail: str = "") -> None:
        """Words in the place of the chart: nothing ticked, or why there is no answer."""
        self.message.setText(text)
        self.message.setToolTip(plain_tip(detail))
        self.stack.setCurrentIndex(0)
        self._clear()
        self.tabs.show()
        self.tools.show()

    def show_statement(self, card: "StatementCard") -> None:
        """A stated ratio in the place of everything: no headline, no tabs, no table."""
        if self.statement is not None:
            self.statement.show_card(card)
        self.stack.setCurrentIndex(2)
        self._clear()
        self.tabs.hide()
        self.tools.hide()

    def _clear(self) -> None:
        """No figure: what goes with one is hidden."""
        self._figure = None
        self.headline.clear()
        self.table.show_spec(TableSpec((), (), ()))
        self.fault.hide()
        self.show_goal(Goal(""))
        self.table.hide()
        if self.wide_table is not None:
            self.wide_table.hide()
        self.footnotes.hide()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.table.set_theme(name)
        if self.wide_table is not None:
            self.wide_table.set_theme(name)
        if self.notice is not None:
            self.notice.set_theme(name)
        if self._figure is not None:
            self.headline.clear()  # the same text would keep the colour of its links
            self.headline.show_headline(self._figure.headline)
            self._show_notes(self._figure)
            self.show_goal(self._goal)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        line = self.headline
        page = [] if self.statement is None else self.statement.controls()
        links = [line.label, line.bert_link, line.minute_link]
        goal = [self.goal, self.use_goal]
        notice = [] if self.notice is None else self.notice.controls()
        return [*notice, *links, self.tabs, *self.tools.controls(), *page, *goal, self.table, self.footnotes]

    def turn_to(self, question: str) -> None:
        self.tabs.setCurrentIndex(QUESTIONS.index(question))

    def _show_notes(self, figure: Figure) -> None:
        self._notes = (figure.footnotes, figure.notices)
        self.footnotes.setHtml(self._footnotes_html(figure))

    def _footnotes_html(self, figure: Figure) -> str:
        """Differences that must be seen first, what holds for the whole figure, then the entries one by one.

        Sources on the web are links.
        """
        tokens = theme(self._theme)
        style = f"font-size:{CAPTION}px; margin:0 0 3px 0"
        parts = []
        if figure.notices:
            notices = escape(sentences(figure.notices))
            parts.append(f'<p style="{style}; color:{tokens.text}">{notices}</p>')
        for note in sorted(figure.footnotes, key=_is_numbered):
            link = ""
            if note.origin is not None and note.origin.locator and note.origin.locator.startswith(WEB):
                address = escape(note.origin.locator)
                link = f' <a href="{address}" style="color:{tokens.accent}; text-decoration:none">{tr("source")}</a>'
            parts.append(f'<p style="{style}; color:{tokens.muted_text}">{escape(note.text)}{link}</p>')
        return "".join(parts)

    def _lay_out(self) -> None:
        for name in question_names():
            self.tabs.addTab(name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setMinimumWidth(self.tabs.sizeHint().width())
        self.tabs.setAccessibleName(tr("Questions"))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        set_role(self.message, "message")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.setContentsMargins(0, 8, 0, 0)
        set_role(self.fault, "warning")
        self.goal.setTextFormat(Qt.TextFormat.RichText)
        self.goal.setWordWrap(True)
        self.goal.setContentsMargins(0, 8, 0, 0)
        self.goal.setAccessibleName(tr("What meets the target"))
        self.goal.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.goal.hide()
        self.use_goal.setToolTip(tr("Takes what was found over into the scenario, as one step that can be undone"))
        self.use_goal.hide()
        self.stack.addWidget(self.message)
        self.chart.setWidgetResizable(True)
        self.chart.setFrameShape(QFrame.Shape.NoFrame)
        self.chart.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(self.chart)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setWidgetResizable(True)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(self.page)
        self.footnotes.setOpenLinks(False)
        self.footnotes.anchorClicked.connect(WhyDrawer.open_source)
        self.footnotes.setFrameShape(QFrame.Shape.NoFrame)
        self.footnotes.document().setDocumentMargin(0)
        self.footnotes.setAccessibleName(tr("Footnotes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 12, 8)
        layout.setSpacing(0)
        layout.addWidget(self.headline)
        layout.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.tabs, 1)
        layout.addLayout(row)
        self._beside, self._below = row, QHBoxLayout()
        self._below.addStretch(1)
        layout.addLayout(self._below)
        row.addWidget(self.tools)
        layout.addWidget(self.fault)
        found = QHBoxLayout()
        found.addWidget(self.goal, 1)
        found.addWidget(self.use_goal, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(found)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.table)
        layout.addSpacing(8)
        layout.addWidget(self.footnotes)


def question_names() -> tuple[str, ...]:
    """The names of QUESTIONS, on tabs and in menus."""
    return tr("Compare"), tr("Scaling"), tr("Breakdown"), tr("Sensitivity"), tr("Cost"), tr("Evidence")


def _is_numbered(note: Footnote) -> bool:
    """Whether a footnote is about single entries: "[1] Official ..."."""
    return note.text.startswith("[")
