"""How the parts of the page are placed: rows from the tabs down to the notes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from ipuwhatif.gui.answering.question import question_names
from ipuwhatif.gui.page.page_split import MARGIN
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.gui.page.workspace import Workspace

LEAST_WORDS = 240  # logical pixels of a line of words beside what can be done about them


def lay_out(workspace: "Workspace") -> None:
    for name in question_names():
        workspace.tabs.addTab(name)
    workspace.tabs.setDrawBase(False)
    workspace.tabs.setExpanding(False)
    workspace.tabs.setUsesScrollButtons(False)
    workspace.tabs.setMinimumWidth(workspace.tabs.sizeHint().width())
    workspace.tabs.setAccessibleName(tr("Questions"))
    workspace.fault.setTextFormat(Qt.TextFormat.PlainText)
    workspace.fault.setWordWrap(True)
    workspace.fault.setContentsMargins(0, 4, 0, 0)
    set_role(workspace.fault, "warning")
    workspace.stack.addWidget(workspace.empty)
    workspace.chart.setWidgetResizable(True)
    workspace.chart.setFrameShape(QFrame.Shape.NoFrame)
    workspace.chart.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    workspace.chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    workspace.stack.addWidget(workspace.chart)
    workspace.page.setFrameShape(QFrame.Shape.NoFrame)
    workspace.page.setWidgetResizable(True)
    workspace.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    workspace.stack.addWidget(workspace.page)
    _place(workspace)


def _place(workspace: "Workspace") -> None:
    """Everything in its row; the chart has a margin of its own, so its row goes from edge to edge."""
    layout = QVBoxLayout(workspace)
    layout.setContentsMargins(0, 0, 0, 2)
    layout.setSpacing(0)
    top, beside, below, lacking = workspace.top, workspace.beside, workspace.below, workspace.lacking
    top.setContentsMargins(MARGIN, 0, MARGIN, 0)
    top.setSpacing(0)
    lacking.setSpacing(0)
    lacking.addWidget(workspace.fault, 1)
    lacking.addWidget(workspace.fault_ways, 0, Qt.AlignmentFlag.AlignBottom)
    beside.setSpacing(0)
    beside.addWidget(workspace.tabs, 1)
    beside.addWidget(workspace.headline.links)
    beside.addWidget(workspace.tools)
    below.addStretch(1)
    top.addLayout(beside)
    top.addLayout(below)
    top.addSpacing(2)
    top.addWidget(workspace.headline)
    top.addLayout(lacking)
    top.addWidget(workspace.goal)
    top.addWidget(workspace.title)
    layout.addLayout(top)
    layout.addWidget(workspace.split, 1)
    workspace.under.setContentsMargins(MARGIN, 0, MARGIN, 0)
    layout.addLayout(workspace.under)
    bottom = QVBoxLayout()
    bottom.setContentsMargins(MARGIN, 1, MARGIN, 0)
    bottom.addWidget(workspace.notes)
    layout.addLayout(bottom)


def place_tools(workspace: "Workspace") -> None:
    """The tools beside the tabs, or under them where both do not fit in a row; the links where they have room."""
    links = workspace.headline.links
    workspace.tools.fit(workspace.width() - 2 * MARGIN)
    room = workspace.width() - 2 * MARGIN - workspace.tabs.sizeHint().width()
    asked = workspace.tools.sizeHint().width()
    beside, below = workspace.beside, workspace.below
    place, other = (beside, below) if asked + 2 * GAP <= room else (below, beside)
    if other.indexOf(workspace.tools) >= 0:
        other.removeWidget(workspace.tools)
        place.addWidget(workspace.tools)
    fits = asked + workspace.headline.links_width + 4 * GAP <= room
    workspace.headline.keep_away(2 * GAP if asked and fits else 0)
    if fits and beside.indexOf(links) < 0:
        beside.insertWidget(1, links)
    elif not fits and beside.indexOf(links) >= 0:
        beside.removeWidget(links)
        workspace.headline.hold_links()


def place_ways(workspace: "Workspace") -> None:
    """What can be done about a lack beside its words, or under them where these would stand in a narrow column."""
    left = workspace.width() - 2 * MARGIN - workspace.fault_ways.sizeHint().width()
    words = workspace.fault.fontMetrics().horizontalAdvance(workspace.fault.text())
    ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
    workspace.lacking.setDirection(ways[left < min(words + GAP, LEAST_WORDS)])
