"""What the speaker sees of a talk: what to say, this step and the next, the time, and whatever is to be moved."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.on_page import on_page
from ipuwhatif.figures.phrasing import sentences
from ipuwhatif.gui.answering.question import QUESTIONS, question_names
from ipuwhatif.gui.present.step_card import StepCard
from ipuwhatif.gui.present.step_lever import StepLever
from ipuwhatif.gui.present.talk import Talk
from ipuwhatif.gui.present.talk_clock import TalkClock
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.texts import tr

LEAST_WIDTH, LEAST_HEIGHT = 960, 600
USUAL_SIZE = QSize(1180, 700)  # of a window beside others, in logical pixels
#: Of what to say, which is read standing; of titles and steps; of headlines, in a window of the usual size.
NOTES_SIZE, TITLE_SIZE, HEADLINE_SIZE = 24, 15, 12
SMALL_CHART = (700, 380)  # for which the picture of the next step is laid out


class PresenterWindow(QWidget):
    """Signals: `left` when it was closed, `page_asked`, `swap_asked` and `end_asked` for its buttons."""

    left = Signal()
    page_asked = Signal()
    swap_asked = Signal()
    end_asked = Signal()

    def __init__(self, talk: Talk, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(USUAL_SIZE)
        self._talk = talk
        self._figure: Figure | None = None
        self.notes = QPlainTextEdit(self)
        self.count, self.clock = QLabel(self), TalkClock(self)
        self.back, self.on = QPushButton(self), QPushButton(self)
        self.now, self.next = StepCard(theme_name, self), StepCard(theme_name, self)
        self.steps_name, self.steps = QLabel(self), QListWidget(self)
        self.lever, self.take = StepLever(talk, self), QPushButton(self)
        self.page, self.all = QCheckBox(self), QCheckBox(self)
        self.swap, self.end = QPushButton(self), QPushButton(self)
        self._soon = QTimer(self)  # the next step is worked out when this one is on the screen
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_next)
        self._lay_out()
        self._connect()
        self._turned()

    def show_answer(self, figure: Figure | None, headline: str) -> None:
        """What the audience sees now."""
        self._figure = figure
        step = self._talk.step
        chart = None if figure is None else on_page(figure.chart)
        self.now.show_step(step.title or ("" if chart is None else chart.title), headline, chart)
        notices = "" if figure is None else sentences(figure.notices)
        told = step.speaker or notices or tr("No notes for this step.")
        if told != self.notes.toPlainText():
            self.notes.setPlainText(told)
        self._show_take()

    def show_place(self, page_shown: bool, screens: bool) -> None:
        """Whether the audience has its page, and whether there is another screen for it."""
        self.page.setChecked(page_shown)
        self.swap.setEnabled(screens)

    def set_theme(self, name: str) -> None:
        for card in (self.now, self.next):
            card.chart.set_theme(name)

    def stop(self) -> None:
        """Work nothing out any more."""
        self._soon.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = max(1.0, min(self.width() / USUAL_SIZE.width(), self.height() / USUAL_SIZE.height()))
        cards = (self.now, self.next)
        sizes = {NOTES_SIZE: (self.notes,), TITLE_SIZE: (self.steps, *(each.title for each in cards))}
        sizes[HEADLINE_SIZE] = tuple(each.headline for each in cards)
        for size, widgets in sizes.items():
            for widget in widgets:
                widget.setStyleSheet(f"font-size: {round(size * scale)}px")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.hide()  # which else comes after this
        self.left.emit()

    def _turned(self) -> None:
        """Another step, or the same in other words."""
        talk = self._talk
        self._name()
        self.count.setText(tr("{place} of {count}", place=talk.index + 1, count=len(talk.steps)))
        self.back.setEnabled(talk.index > 0)
        self.on.setEnabled(talk.next_step is not None)
        self.all.setChecked(talk.with_all)
        titles = [f"{index + 1}  {self._title_of(index)}" for index in range(len(talk.steps))]
        if titles != [self.steps.item(row).text() for row in range(self.steps.count())]:
            self.steps.clear()
            self.steps.addItems(titles)
        self.steps.setCurrentRow(talk.index)
        self._show_take()
        self._soon.start()

    def _title_of(self, index: int) -> str:
        step = self._talk.steps[index]
        return step.title or dict(zip(QUESTIONS, question_names(), strict=True))[step.question]

    def _show_next(self) -> None:
        reply, step = self._talk.answer_next(SMALL_CHART), self._talk.next_step
        if reply is None or step is None:
            self.next.show_step(tr("This is the last step"), "", None)
            return
        figure = reply.figure
        headline = reply.message if figure is None else figure.headline.text
        chart = None if figure is None else on_page(figure.chart)
        self.next.show_step(self._title_of(self._talk.index + 1), headline, chart)

    def _show_take(self) -> None:
        self.take.setEnabled(self._talk.can_take)

    def _connect(self) -> None:
        talk = self._talk
        talk.turned.connect(self._turned)
        talk.moved.connect(self._show_take)
        talk.taken.connect(self._show_take)
        talk.given_back.connect(self._show_take)
        self.on.clicked.connect(lambda: talk.turn_to(talk.index + 1))
        self.back.clicked.connect(lambda: talk.turn_to(talk.index - 1))
        self.take.clicked.connect(talk.take)
        for asked in (self.steps.itemClicked, self.steps.itemActivated):
            asked.connect(lambda item: talk.turn_to(self.steps.row(item)))
        self.all.clicked.connect(talk.ask_for_all)
        self.page.clicked.connect(self.page_asked)
        self.swap.clicked.connect(self.swap_asked)
        self.end.clicked.connect(self.end_asked)

    def _name(self) -> None:
        """What stands on and behind the controls."""
        self.setWindowTitle(tr("Presenter – IPU What-If"))
        self.clock.name()
        self.now.heading.setText(tr("On the audience's page"))
        self.next.heading.setText(tr("Next"))
        self.steps_name.setText(tr("All steps"))
        self.notes.setAccessibleName(tr("What to say"))
        self.steps.setAccessibleName(tr("All steps"))
        for button, text, name, told in (
            (self.back, "‹", tr("Step before"), tr("Step before (←, Page Up)")),
            (
                self.on,
                "›",
                tr("Next step"),
                tr("Next step (→, Page Down, Space); ↑ and ↓ scroll the page"),
            ),
            (self.take, tr("Take into the document"), "", tr("A copy of this step's scenario, to go on from (T)")),
            (
                self.page,
                tr("Audience's page"),
                "",
                tr("Over the whole screen (F5); P hides and shows this window"),
            ),
            (
                self.all,
                tr("Cost and article check too"),
                "",
                tr("Steps that wait until they are asked for (A)"),
            ),
            (self.swap, tr("Swap screens"), "", tr("The page onto this screen, this window onto the other one (S)")),
            (self.end, tr("End"), "", tr("Both windows close (Esc)")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(told)

    def _lay_out(self) -> None:
        set_role(self.count, "value")
        set_role(self.steps_name, "heading")
        self.notes.setReadOnly(True)
        self.notes.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        for button in (self.back, self.on, self.take, self.swap, self.end):
            button.setAutoDefault(True)
        # By Tab only: whatever a mouse has clicked, a clicker's keys go on leading through the steps.
        for widget in (self.notes, self.back, self.on, self.steps, self.take, self.page, self.all, self.swap, self.end):
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(self._head())
        column.addLayout(self._body(), 1)
        lever = QHBoxLayout()
        lever.addWidget(self.lever, 1)
        lever.addWidget(self.take)
        column.addLayout(lever)
        foot = QHBoxLayout()
        for widget in (self.page, self.all, self.swap):
            foot.addWidget(widget)
            foot.addSpacing(2 * GAP)
        foot.addStretch(1)
        foot.addWidget(self.end)
        column.addLayout(foot)
        order: list[QWidget] = [self.notes, self.back, self.on, self.steps, self.lever.slider, self.take]
        order += [self.page, self.all, self.swap, self.end, self.clock.reset]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(self.clock)
        head.addStretch(1)
        for widget in (self.count, self.back, self.on):
            head.addWidget(widget)
        return head

    def _body(self) -> QGridLayout:
        """Pictures at the left, what to say at the right, with the steps under it."""
        body = QGridLayout()
        body.setHorizontalSpacing(3 * GAP)
        body.addWidget(self.now, 0, 0)
        body.addWidget(self.next, 1, 0)
        body.addWidget(self.notes, 0, 1)
        steps = QVBoxLayout()
        steps.addWidget(self.steps_name)
        steps.addWidget(self.steps, 1)
        body.addLayout(steps, 1, 1)
        for index, share in enumerate((5, 4)):
            body.setRowStretch(index, share)
        for index, share in enumerate((5, 6)):
            body.setColumnStretch(index, share)
        return body
