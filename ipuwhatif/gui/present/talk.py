"""A talk: its steps, which one is told, and the scenario of each as the speaker has left it. It shows nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ipuwhatif.analysis.world import World
from ipuwhatif.gui.answering.answers import Size
from ipuwhatif.gui.answering.reply import Reply
from ipuwhatif.gui.present.presentation_steps import answer_step, shown_steps
from ipuwhatif.scenario.levers import Lever
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.stories import StoryStep


class Talk(QObject):
    """`story` is the key of what it tells; empty: the document's own charts.

    Signals: `turned` when another step is told, or the same in other words; `moved` when its scenario has changed,
    with whether a hand still moves it; `taken` with scenario and title of a step that is wanted in the document,
    `given_back` when it found no room there.
    """

    turned = Signal()
    moved = Signal(bool)
    taken = Signal(object, str)
    given_back = Signal()

    def __init__(self, world: World, steps: Sequence[StoryStep], story: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.story = story
        self._world = world
        self._steps = tuple(steps)
        self.with_all = False
        self.index = 0
        self._taken: list[Scenario] = []
        self._moved_to: dict[int, Scenario] = {}  # by index among all steps, where the lever was moved

    @property
    def steps(self) -> tuple[StoryStep, ...]:
        """The steps that are shown: cost and article check only when they were asked for."""
        return shown_steps(self._steps, self.with_all)

    @property
    def step(self) -> StoryStep:
        return self.steps[self.index]

    @property
    def next_step(self) -> StoryStep | None:
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None

    @property
    def scenario(self) -> Scenario:
        """That of the step, as its lever was left."""
        return self._scenario_of(self.step)

    @property
    def lever(self) -> Lever | None:
        """The lever that the step lets move, where it has one."""
        lever = self._world.levers.get(self.step.lever.rpartition(".")[2])
        return lever if lever is not None and lever.default is not None else None

    @property
    def lever_value(self) -> float:
        """Where the lever of the step stands."""
        assert self.lever is not None and self.lever.default is not None
        return self.scenario.levers.get(self.step.lever, self.lever.default)

    def turn_to(self, index: int) -> None:
        """Tell another step, the nearest that there is."""
        self.index = min(max(0, index), len(self.steps) - 1)
        self.turned.emit()

    def ask_for_all(self) -> None:
        """Show cost and article check too, or hide them again; the step stays where that is possible."""
        here = self.step
        self.with_all = not self.with_all
        self.turn_to(self.steps.index(here) if here in self.steps else self.index)

    def renew(self, world: World, steps: Sequence[StoryStep]) -> None:
        """Go on where it is in another language; the document's own charts, which are `steps` of none, stay."""
        self._world, self._steps = world, tuple(steps) or self._steps
        self.turn_to(self.index)

    def set_lever(self, value: float, dragging: bool = False) -> None:
        """Move the lever of the step; the step keeps that."""
        lever = self.lever
        if lever is not None:
            moved = self.scenario.with_lever(self.step.lever, None if value == lever.default else value)
            self._moved_to[self._steps.index(self.step)] = moved
            self.moved.emit(dragging)

    def reset_lever(self) -> None:
        """The lever as the story has it."""
        self._moved_to.pop(self._steps.index(self.step), None)
        self.turned.emit()

    @property
    def can_take(self) -> bool:
        """Each scenario is taken once."""
        return self.scenario not in self._taken

    def take(self) -> None:
        if self.can_take:
            self._taken.append(self.scenario)
            self.taken.emit(self.scenario, self.step.title if self.story else "")

    def give_back(self, scenario: Scenario) -> None:
        """A scenario that was not taken after all can be taken again."""
        self._taken.remove(scenario)
        self.given_back.emit()

    def answer(self, size: Size, dragging: bool = False) -> Reply:
        """What the step shows, laid out for a chart of `size`."""
        return answer_step(self._world, self.step, self.scenario, size, dragging)

    def answer_next(self, size: Size) -> Reply | None:
        """What the next step will show; None after the last."""
        step = self.next_step
        return None if step is None else answer_step(self._world, step, self._scenario_of(step), size)

    def _scenario_of(self, step: StoryStep) -> Scenario:
        return self._moved_to.get(self._steps.index(step), step.scenario)
