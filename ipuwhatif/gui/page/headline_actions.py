"""What the headline does in a window: it is written by hand, its links lead on, and a typed target is sought."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ipuwhatif.gui.answering.question import SCALING, Question
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.scenario.edits import Edit, set_headline, set_start, set_target, set_workload
from ipuwhatif.scenario.headlines import page_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Catalog

IPU, MINUTE = "IPU", 60.0  # the word for a chip, and the target [s], of "Under one minute?"


def _is_near(catalog: "Catalog", workload: str) -> bool:
    """Whether somebody took less than a minute, so that it is worth asking."""
    return any(entry.workload == workload and entry.score_s < MINUTE for entry in catalog.official)


class Headed(Protocol):
    """A window, as far as its headline knows it."""

    question: Question
    workspace: Workspace
    world: "World | None"

    @property
    def shown_question(self) -> str: ...

    def turn_to(self, question: str, view: str = "") -> None: ...


class HeadlineActions(QObject):
    """Edits of the scenario that begin at the headline or at the target beside the tabs."""

    def __init__(self, shown: Headed) -> None:
        super().__init__(shown.workspace)
        self._shown = shown
        headline = shown.workspace.headline
        headline.bert.connect(self._next_workload)
        headline.minute.connect(self.seek_minute)
        headline.written.connect(self.write)
        tools = shown.workspace.tools
        tools.sought.connect(lambda seconds: self._apply(set_target(shown.question.scenario, seconds)))
        tools.start.stated.connect(lambda day: self._apply(set_start(shown.question.scenario, day)))

    @property
    def page(self) -> str:
        """The page that is on show, under which a headline of the user's own is kept."""
        question = self._shown.shown_question
        return page_of(question, self._shown.workspace.tools.look(None).view_of(question))

    @property
    def is_own(self) -> bool:
        """Whether the headline that is on show is the user's own."""
        return self.page in self._shown.question.scenario.headlines

    def edit(self) -> None:
        """Let the user write the headline that is on show."""
        self._shown.workspace.headline.edit()

    def write(self, text: str | None) -> None:
        """Take over a headline of the user's own; None takes the one by rule."""
        headline, question = self._shown.workspace.headline, self._shown.question
        try:
            question.apply(set_headline(question.scenario, self.page, text))
        except InputError as error:
            headline.editor.show_fault(f"{error}.")
            return
        headline.take()

    def seek_minute(self) -> None:
        """The link under the headline: how many IPUs one minute takes, over the curves."""
        world, question = self._shown.world, self._shown.question
        if world is not None:
            question.select_chips(IPU, world.catalog)
            question.apply(set_target(question.scenario, MINUTE))
            self._shown.turn_to(SCALING)

    def show_links(self) -> None:
        """Links lead to what is not shown yet."""
        workspace, world = self._shown.workspace, self._shown.world
        headline, scenario = workspace.headline, self._shown.question.scenario
        ticked = bool(scenario.systems) and workspace.stack.currentWidget() is not workspace.page
        sought = workspace.figure is not None and self._shown.shown_question != SCALING
        headline.bert_link.setVisible(ticked)
        headline.minute_link.setVisible(
            ticked and sought and (world is None or _is_near(world.catalog, scenario.workload))
        )
        if world is not None:
            name = world.catalog.workloads[self._other_workload(world)].name
            headline.bert_link.setText(tr("See {workload}", workload=name))

    def _next_workload(self) -> None:
        world, question = self._shown.world, self._shown.question
        if world is not None:
            question.apply(set_workload(question.scenario, self._other_workload(world), world.catalog))

    def _other_workload(self, world: "World") -> str:
        return next(key for key in world.catalog.workloads if key != self._shown.question.scenario.workload)

    def _apply(self, edit: Edit) -> None:
        """A target or a start that was typed, as an edit of the scenario."""
        self._shown.question.begin_gesture()
        self._shown.question.apply(edit)
