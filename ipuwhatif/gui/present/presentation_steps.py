"""The steps that a presentation shows: those of a story, or the charts of a scenario in the order of a talk."""

from collections.abc import Sequence

from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.tables import fault
from ipuwhatif.catalog.types import RELATIVE, OfficialResult
from ipuwhatif.charts.spec import Figure, Headline, HeadlinePart
from ipuwhatif.gui.answering.answers import Size, answer
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, QUESTIONS, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.reply import Reply
from ipuwhatif.gui.answering.view_options import ARTICLE, VIEWS, Change, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import MOST_SCENARIOS, Document
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.stories import FILE, Story, StoryStep
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest, quoted


def document_steps(document: Document, world: World) -> tuple[StoryStep, ...]:
    """Every scenario side by side with its systems, then the other charts of the active one."""
    steps = [_step(document, index, COMPARE) for index in range(len(document.scenarios))]
    if world.catalog.workloads[document.scenario.workload].kind != RELATIVE:
        steps += [_step(document, document.active, question) for question in (SCALING, BREAKDOWN, SENSITIVITY, COST)]
    return tuple(steps)


def _step(document: Document, index: int, question: str) -> StoryStep:
    title = document.titles[index] or (document.letter(index) if len(document.scenarios) > 1 else "")
    return StoryStep(title=title, text="", speaker="", question=question, scenario=document.scenarios[index])


def is_asked_for(step: StoryStep) -> bool:
    """Whether a step is shown only when it is asked for: what a job costs, and the check of every claim."""
    return step.question == COST or step.view == ARTICLE


def shown_steps(steps: Sequence[StoryStep], with_all: bool) -> tuple[StoryStep, ...]:
    """The steps of a presentation, without those that are to be asked for."""
    return tuple(step for step in steps if with_all or not is_asked_for(step))


def check_steps(story: Story) -> None:
    """InputError, with file and place, for a step that names a tab or a view that the window has not."""
    for index, step in enumerate(story.steps):
        for name, known in ((step.question, QUESTIONS), (step.view, ("", *VIEWS.get(step.question, ())))):
            if name not in known:
                near = quoted(nearest(name, known) or "")
                told = tr("no tab or view {name}; the nearest is {near}", name=quoted(name), near=near)
                raise fault(FILE, f"$.stories[{story.key}].steps[{index}]", told)


def answer_step(world: World, step: StoryStep, scenario: Scenario, size: Size, dragging: bool = False) -> Reply:
    """What a step shows, of its scenario or of one whose lever was moved."""
    chosen = next((each for each in scenario.systems if each.key == step.selection), None)
    look = ViewOptions(chosen or (scenario.systems[0] if scenario.systems else None), step.view)
    if step.change:
        before, after = (_official(world, key) for key in step.change)
        look = replace(look, change=Change(step.title, before, after))
    return answer(world, step.question, scenario, size, dragging, look)


def step_figures(world: World, steps: Sequence[StoryStep], size: Size) -> list[Figure]:
    """The charts of steps for a file: each says the step's title, and its text above the notes.

    A step without a chart leaves the others theirs, and the first says why; InputError where none has one.
    """
    figures: list[Figure] = []
    reasons: list[str] = []
    for step in steps:
        reply = answer_step(world, step, step.scenario, size)
        if reply.figure is None:
            reasons.append(tr("A chart is left out: {reason}", reason=reply.message or step.title))
            continue
        figure, said = reply.figure, reply.figure.headline.text
        notices = (*(text for text in (step.text, said) if text), *figure.notices)
        figures.append(replace(figure, headline=Headline((HeadlinePart(step.title),), by_rule=said), notices=notices))
    if not figures:
        raise InputError(reasons[0] if reasons else tr("there is nothing to draw; ask for at least one figure"))
    return [replace(figures[0], notices=(*figures[0].notices, *reasons)), *figures[1:]]


def steps_document(steps: Sequence[StoryStep]) -> Document:
    """A document of the scenarios that steps show, each once, as many as a document holds."""
    scenarios = [step.scenario for step in steps]
    kept = [each for index, each in enumerate(scenarios) if each not in scenarios[:index]][:MOST_SCENARIOS]
    return Document(tuple(kept), ("",) * len(kept))


def _official(world: World, key: str) -> OfficialResult:
    return next(entry for entry in world.catalog.official if entry.key == key)
