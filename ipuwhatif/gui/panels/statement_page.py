"""The page of a job that is known by a stated ratio only: the user's time, the ratio, who stated it, and no chart."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipuwhatif.catalog.types import RELATIVE, Catalog, Statement
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.panels.typed_row import TypedRow
from ipuwhatif.gui.theme import GAP, reset_pixmap, set_role
from ipuwhatif.scenario.edits import set_baseline_time, set_statement
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import told

WIDTH = 560


class StatementPage(QWidget):
    """One calm card. It holds nothing: the time and the statement are the scenario's."""

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._offered: tuple[Statement, ...] = ()
        self.card = QFrame(self)
        self.title, self.what, self.value = QLabel(self.card), QLabel(self.card), QLabel(self.card)
        self.attribution, self.basis, self.notes = QLabel(self.card), QLabel(self.card), QLabel(self.card)
        self.time = TypedRow(tr("What the job takes you today"), parse_time, tr("Take the time back"), self.card)
        self.time.field.setPlaceholderText(tr("for example 70.5 h"))
        self.subject = QLabel(tr("You run it on"), self.card)
        self.baseline = ListBox(self.card)
        self._word()
        self._lay_out()
        self.time.typed.connect(self._set_time)
        self.time.reset.connect(lambda: self._set_time(None))
        self.baseline.activated.connect(self._choose)

    def show_card(self, card: StatementCard) -> None:
        """The answer in words, beside what the scenario says."""
        self.title.setText(card.title)
        self.value.setText(card.value or "–")
        self.attribution.setText(card.attribution)
        self.notes.setText(run_on(sentence(note) for note in card.notes))
        self._show_choices()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.time.button, self.time.field, self.baseline]

    def set_icons(self, colour: str) -> None:
        """Paint the reset button for a theme."""
        self.time.button.setIcon(QIcon(reset_pixmap(colour, self.devicePixelRatioF())))

    def _show_choices(self) -> None:
        scenario = self._question.scenario
        workload = self._catalog.workloads[scenario.workload]
        if workload.kind != RELATIVE:
            return
        seconds = scenario.baseline_time_s
        self.time.show_text("" if seconds is None else own_time_text(seconds), "", seconds is not None)
        with QSignalBlocker(self.baseline):
            if workload.statements != self._offered:
                self._offered = workload.statements
                self.baseline.clear()
                for statement in workload.statements:
                    self.baseline.addItem(_choice_text(statement), statement.key)
            self.baseline.setCurrentIndex(max(0, self.baseline.findData(scenario.statement)))

    def _set_time(self, seconds: object) -> None:
        time = seconds if isinstance(seconds, float) else None
        self._question.apply(set_baseline_time(self._question.scenario, time))

    def _choose(self, index: int) -> None:
        key = self.baseline.itemData(index)
        self._question.apply(set_statement(self._question.scenario, key, self._catalog))

    def _word(self) -> None:
        """What the labels say and look like."""
        self.card.setObjectName("card")
        self.card.setFixedWidth(WIDTH)
        texts = (self.title, self.what, self.value, self.attribution, self.basis, self.notes, self.subject)
        for label in texts:
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.title, self.attribution, self.notes):
            label.setWordWrap(True)
        for label, role in (
            (self.title, "headline"),
            (self.what, "caption"),
            (self.value, "value"),
            (self.attribution, "strong"),
            (self.basis, "caption"),
            (self.notes, "caption"),
        ):
            set_role(label, role)
        self.what.setText(tr("By the stated ratio it would take"))
        self.basis.setText(tr("Basis: stated. No projection, no interval."))
        self.subject.setBuddy(self.baseline)
        self.baseline.setAccessibleName(tr("What you run the job on today"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(4 * GAP, 3 * GAP, 4 * GAP, 3 * GAP)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addSpacing(2 * GAP)
        for widget in (self.time, self.subject, self.baseline):
            column.addWidget(widget)
        column.addSpacing(2 * GAP)
        for widget in (self.what, self.value, self.attribution, self.basis):
            column.addWidget(widget)
        column.addSpacing(GAP)
        column.addWidget(self.notes)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        page = QVBoxLayout(self)
        page.addSpacing(4 * GAP)
        page.addLayout(middle)
        page.addStretch(1)


def _choice_text(statement: Statement) -> str:
    """ "CPU (stated of weather in Europe, IPU over CPU)"."""
    return tr("{baseline} (stated of {subject})", baseline=statement.baseline, subject=told(statement.subject))
