"""What meets a target, in a line over the chart: how sure that is, a link to its why, and a way into the scenario."""

from html import escape
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ipuwhatif.gui.answering.reply import Goal
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr


class GoalLine(QWidget):
    """Signals: `asked` with the key of its why, `used` with the goal whose values the user wants in the scenario."""

    asked = Signal(str)
    used = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.goal = Goal("")
        self.label, self.use = QLabel(self), QPushButton(tr("Put it into the scenario"), self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setContentsMargins(0, 8, 0, 0)
        self.label.setAccessibleName(tr("What meets the target"))
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.use.setToolTip(tr("Takes what was found over into the scenario, as one step that can be undone"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.use, 0, Qt.AlignmentFlag.AlignBottom)
        self.label.linkActivated.connect(lambda address: self.asked.emit(unquote(address)))
        self.use.clicked.connect(lambda: self.used.emit(self.goal))
        self.hide()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.label, self.use]

    def show_goal(self, goal: Goal, dragging: bool = False) -> None:
        """The line, or none without words.

        While something is dragged it keeps its height, so that the chart under it does not jump.
        """
        self.goal = goal
        self.label.setMinimumHeight(self.label.height() if dragging and self.label.isVisible() else 0)
        address = escape(quote(goal.key, safe=""))
        why = f' <a href="{address}" style="text-decoration:none">{tr("Why?")}</a>' if goal.key else ""
        self.label.setText(escape(goal.words) + why)
        role = "warning" if goal.is_fault else ""
        if self.label.property("role") != role:
            set_role(self.label, role)
            self.label.style().polish(self.label)
        self.use.setVisible(bool(goal.values))
        self.setVisible(bool(goal.words))
