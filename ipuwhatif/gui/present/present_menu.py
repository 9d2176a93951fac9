"""The part of the View menu that presents: the document's own charts, or a story, in a window of their own."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.menu_action import Place
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.scenarios import scenario_commands
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.present.presentation import Presentation
    from ipuwhatif.scenario.scenario import Scenario
    from ipuwhatif.scenario.stories import Story, StoryStep


class Presented(Protocol):
    """A window, as far as this menu knows it."""

    theme_name: str
    question: Question
    world: "World | None"


class PresentMenu(QObject):
    """One presentation at a time. Stories are read when somebody looks for them."""

    def __init__(self, menu: QMenu, shown: Presented) -> None:
        super().__init__(menu)
        self._shown = shown
        self._window: QWidget = menu.window() if not isinstance(shown, QWidget) else shown
        self.presentation: Presentation | None = None
        self.told: tuple[Story, ...] = ()
        self.present = QAction(tr("Present"), self)
        self.present.setShortcut(QKeySequence("F5"))
        self.present.setToolTip(tr("The charts of this document over the whole screen; P opens the presenter view"))
        self.present.triggered.connect(lambda: self._show())
        menu.addAction(self.present)
        self.stories = menu.addMenu(tr("Present a story"))
        self.stories.setObjectName(Place.STORIES)
        self.stories.setToolTipsVisible(True)
        self.stories.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """The stories, once, as soon as the model is there."""
        if self._shown.world is None or self.told:
            return
        from ipuwhatif.figures.scenarios.stories import told_stories
        from ipuwhatif.gui.present.presentation_steps import check_steps

        try:
            told = told_stories(self._shown.world.catalog, self._shown.world.levers)
            for story in told:
                check_steps(story)
        except InputError as error:  # an incomplete installation; whatever else works still does
            show_fault(self._window, str(error))
            return
        self.told = told
        for story in told:
            action = self.stories.addAction(story.title)
            action.setToolTip(plain_tip(story.summary))
            action.triggered.connect(partial(self._show, story.key))

    def set_theme(self, name: str) -> None:
        if self.presentation is not None:
            self.presentation.set_theme(name)

    def release(self) -> "Presentation | None":
        """Let go of the presentation that runs, for the menu of another language."""
        presentation, self.presentation = self.presentation, None
        if presentation is not None:
            presentation.talk.taken.disconnect(self._take)
            presentation.closed.disconnect(self._forget)
        return presentation

    def adopt(self, presentation: "Presentation | None") -> None:
        """Go on with a presentation in the language of this menu, where it is."""
        if presentation is not None and self._shown.world is not None:
            presentation.renew(self._shown.world, self._steps(presentation.talk.story))
            self._hold(presentation)

    def _steps(self, story: str) -> "Sequence[StoryStep]":
        """Those of a story by its key; none for the document's own charts."""
        self.fill()
        return next((each.steps for each in self.told if each.key == story), ())

    def _show(self, story: str = "", _checked: bool = False) -> None:
        from ipuwhatif.gui.present.presentation import Presentation
        from ipuwhatif.gui.present.presentation_steps import document_steps

        world = self._shown.world
        if world is None:
            return
        if self.presentation is not None:
            self.presentation.close()
        steps = self._steps(story) or document_steps(self._shown.question.document, world)
        presentation = Presentation(world, steps, self._shown.theme_name, self._window, story=story)
        self._hold(presentation)
        presentation.start()

    def _hold(self, presentation: "Presentation") -> None:
        self.presentation = presentation
        presentation.talk.taken.connect(self._take)
        presentation.closed.connect(self._forget)

    def _forget(self) -> None:
        self.presentation = None

    def _take(self, scenario: "Scenario", title: str) -> None:
        """A step's scenario, behind those of the document."""
        try:
            scenario_commands.take(self._shown.question, scenario, title)
        except InputError as error:
            if self.presentation is not None:
                self.presentation.talk.give_back(scenario)
                show_fault(self.presentation.front, str(error))
