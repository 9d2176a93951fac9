"""What the active scenario changes, as a small list; what is about a lever can be set back from there."""

from html import escape

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.finder.overlay import Overlay
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.scenario.deltas import Delta, differences
from ipuwhatif.scenario.edits import set_lever
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import told

WIDEST = 420  # of a line, in logical pixels; a longer one is broken


def base_of(question: Question, index: int) -> Scenario:
    """What a scenario's changes are told against: A, and for A itself the first start."""
    return question.document.scenarios[0] if index else FIRST_START


def base_text(index: int) -> str:
    """The same in words."""
    return tr("Changes against A") if index else tr("Changes against the first start")


def tip_text(question: Question, index: int, levers: Levers, catalog: Catalog) -> str:
    """Name and changes of a scenario as a tool tip; markup, in which every text is escaped."""
    found = differences(question.document.scenarios[index], base_of(question, index), levers, catalog)
    lines = [told(each.text) for each in found] or [tr("none")]
    title = f"<b>{escape(scenario_name(question.document, index))}</b>"
    body = "<br>".join(escape(line) for line in (f"{base_text(index)}:", *lines))
    return f'<p style="white-space:pre">{title}<br>{body}</p>'


class ChangesPopup(Overlay):
    """Opens under a widget, and follows the document while it is open."""

    def __init__(self, question: Question, catalog: Catalog, levers: Levers, window: QWidget) -> None:
        super().__init__(window)
        self._question = question
        self._catalog = catalog
        self._levers = levers
        self.setAccessibleName(tr("Changes"))
        self.rows = QWidget(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GAP, GAP, GAP)
        self.links: dict[str, QPushButton] = {}
        question.changed.connect(self._follow)

    def open_under(self, widget: QWidget) -> None:
        """Show the changes of the active scenario at the right end of a widget."""
        self._fill()
        corner = widget.mapTo(self.over, QPoint(widget.width() - self.width(), widget.height() + 2))
        self.open_at(corner.x(), corner.y(), next(iter(self.links.values()), self))

    def texts(self) -> list[str]:
        """The lines that are on show."""
        labels = (each for each in self.rows.findChildren(QLabel) if each.property("role") != "heading")
        return [label.text() for label in labels]

    def _follow(self) -> None:
        if not self.isVisible():
            return
        if self._found():
            self._fill()
            next(iter(self.links.values()), self).setFocus()
        else:
            self.dismiss()

    def _found(self) -> tuple[Delta, ...]:
        question = self._question
        base = base_of(question, question.document.active)
        return differences(question.scenario, base, self._levers, self._catalog)

    def _fill(self) -> None:
        """New rows: a line each, with a link where it can be set back."""
        old, self.rows = self.rows, QWidget(self)
        self.setFocus()  # the link that was pressed goes, and its keyboard with it
        old.hide()
        old.deleteLater()
        self.links = {}
        grid = QGridLayout(self.rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(4)
        heading = QLabel(base_text(self._question.document.active), self.rows)
        set_role(heading, "heading")
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, delta in enumerate(self._found(), start=1):
            label = QLabel(told(delta.text), self.rows)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if label.sizeHint().width() > WIDEST:
                label.setWordWrap(True)
                label.setFixedWidth(WIDEST)
            grid.addWidget(label, row, 0)
            if delta.lever:
                self.links[delta.lever] = self._link(delta)
                grid.addWidget(self.links[delta.lever], row, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self.rows, 0, 0)
        self.rows.show()
        self.adjustSize()

    def _link(self, delta: Delta) -> QPushButton:
        kept = delta.lever in base_of(self._question, self._question.document.active).levers
        link = QPushButton(tr("As in A") if kept else tr("Reset"), self.rows)
        set_role(link, "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName(tr("Set back: {change}", change=told(delta.text)))
        link.clicked.connect(lambda: self._reset(delta.lever))
        return link

    def _reset(self, name: str) -> None:
        """The lever as it stands in the base, so that the change is none."""
        question = self._question
        scope, _, key = name.rpartition(".")
        value = base_of(question, question.document.active).levers.get(name)
        question.begin_gesture()
        question.apply(set_lever(question.scenario, scope, self._levers[key], value, self._catalog))
