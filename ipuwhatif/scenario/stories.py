"""Stories as data: steps with a text, what the speaker says beside it, and the scenario and chart that they show live.

No number stands in a text: each is on the chart, worked out when it is shown.
"""

from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import FORMAT, VERSION, read_values, scenario_values
from ipuwhatif.scenario.files.reasons import ChangeOf, DocumentFault, Named, NotInItsScenario, UnknownName
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.scenario.typed_levers import parse_setting
from ipuwhatif.units import InputError, nearest, reason_of

FILE = "stories.json"


class StoryStep(Record, frozen=True):
    """One step. Texts are those of the file, to be translated; `question` and `view` name a tab and a view of it."""

    title: str
    text: str
    speaker: str  # what the speaker says, and what comes next
    question: str
    scenario: Scenario
    view: str = ""  # empty: the first of the question
    selection: str = ""  # key of the system that is looked at; empty: the first
    change: tuple[str, ...] = ()  # keys of two official results whose difference is split
    lever: str = ""  # `scope.lever` that can be moved while the step is shown; empty: none


class Story(Record, frozen=True):
    key: str
    title: str
    summary: str
    steps: tuple[StoryStep, ...]


def load_stories(catalog: Catalog, levers: Levers) -> tuple[Story, ...]:
    """The shipped stories. InputError names file, story and reason."""
    return read_stories(resource("stories"), catalog, levers)


def read_stories(folder: Path, catalog: Catalog, levers: Levers) -> tuple[Story, ...]:
    """The stories of `folder/stories.json`; their scenarios are read as strictly as any file."""
    root = read_document(folder, FILE)
    stories = []
    for key, node in keyed(root.children("stories")):
        steps = tuple(_step(each, catalog, levers) for each in node.children("steps"))
        if not steps:
            raise node.refuse(DocumentFault.STORY_WITHOUT_STEPS)
        stories.append(Story(key, node.text("title"), node.text("summary"), steps))
        node.close()
    root.close()
    return tuple(stories)


def _step(node: Node, catalog: Catalog, levers: Levers) -> StoryStep:
    child = node.child("scenario")
    step = StoryStep(
        title=node.text("title"),
        text=node.text("text"),
        speaker=node.text("speaker"),
        question=node.text("question"),
        scenario=_document(child.values(), catalog, levers).scenario,
        view=node.text("view", ""),
        selection=node.text("selection", ""),
        change=node.texts("change") if node.has("change") else (),
        lever=node.text("lever", ""),
    )
    node.close()
    _check(step, node, catalog, levers)
    return step


def _check(step: StoryStep, node: Node, catalog: Catalog, levers: Levers) -> None:
    """Whether what a step names is there."""
    known = [entry.key for entry in catalog.official]
    for key in step.change:
        if key not in known:
            raise node.refuse(UnknownName(Named.RESULT, key, str(nearest(key, known))))
    if len(step.change) not in (0, 2):
        raise node.refuse(ChangeOf(len(step.change)))
    systems = [choice.key for choice in step.scenario.systems]
    if step.selection and step.selection not in systems:
        raise node.refuse(NotInItsScenario(step.selection, str(nearest(step.selection, systems))))
    if step.lever:
        lever = levers.get(step.lever.rpartition(".")[2])
        default = "" if lever is None or lever.default is None else f"{lever.default:g}"
        try:
            parse_setting(f"{step.lever}={default}", levers, catalog)
        except InputError as error:
            raise node.refuse(reason_of(error)) from error


def _document(values: Mapping[str, object], catalog: Catalog, levers: Levers) -> Document:
    """A step says only where its scenario differs from that of the first start."""
    scenario = {"title": None, **scenario_values(FIRST_START), "kept": None, **values}
    whole = {"format": FORMAT, "version": VERSION, "active": "A", "scenarios": [scenario]}
    return read_values(whole, FILE, catalog, levers).document
