"""What a window holds and a file keeps: scenarios A, B, C …, one of which is looked at."""

from collections.abc import Sequence

from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.files.kept_answers import KeptAnswers
from ipuwhatif.scenario.files.reasons import DocumentFault, DocumentFull, NoTitle
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import RefusedError

MOST_SCENARIOS = 12  # as many as the letters over the chart have room for
LONGEST_TITLE = 60
NETWORK = "network/"  # before the key of a network among what a document brings along


class ScenarioName(Record, frozen=True):
    """The letter of a scenario, and its title where it has one."""

    letter: str
    title: str


class Document(Record, frozen=True):
    """Scenarios in their order, each with a title of the user's own or "", and the place of the active one.

    `kept` are the answers that scenarios were saved with, None for one without; empty where none has any. `own` are
    texts of the user's own chips that its file brought along, by key, and of networks, by their key behind NETWORK.
    """

    scenarios: tuple[Scenario, ...] = (FIRST_START,)
    titles: tuple[str, ...] = ("",)
    active: int = 0
    kept: tuple[KeptAnswers | None, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    profiles: tuple[tuple[str, str], ...] = ()  # the same of profiles, by name

    @property
    def scenario(self) -> Scenario:
        """The scenario that is looked at."""
        return self.scenarios[self.active]

    def letter(self, index: int) -> str:
        """What a scenario is called by its index: "A", "B"."""
        return chr(ord("A") + index)

    def name(self, index: int) -> ScenarioName:
        """What a scenario is called in full: "B: faster links"."""
        return ScenarioName(self.letter(index), self.titles[index])

    def kept_at(self, index: int) -> KeptAnswers | None:
        """The answers that a scenario was saved with."""
        return self.kept[index] if self.kept else None

    def beside(self, index: int) -> "Beside":
        """Another scenario beside the one that is looked at."""
        return Beside(self.letter(self.active), self.letter(index), self.scenarios[index])

    def with_kept(self, kept: Sequence[KeptAnswers | None] = ()) -> "Document":
        """The document with other kept answers, one or None for each scenario; or with none."""
        return replace(self, kept=tuple(kept) if any(each is not None for each in kept) else ())

    def with_scale(self, page: str, scale: str) -> "Document":
        """The document with the axis of time of a page as one of SCALES, in every scenario: they are held together."""
        return replace(self, scenarios=tuple(each.with_scale(page, scale) for each in self.scenarios))

    def with_scenario(self, scenario: Scenario) -> "Document":
        """The document with another active scenario in the place of the present one."""
        scenarios = (*self.scenarios[: self.active], scenario, *self.scenarios[self.active + 1 :])
        return replace(self, scenarios=scenarios)

    def turned_to(self, index: int) -> "Document":
        """The document with another scenario looked at."""
        return replace(self, active=index)


class Beside(Record, frozen=True):
    """A scenario that stands beside the one that is looked at, with the letters of both."""

    letter: str  # of the one that is looked at
    other: str
    scenario: Scenario  # of the other


FIRST_DOCUMENT = Document()  # what the program starts with


def with_copy(document: Document) -> Document:
    """The document with a copy of the active scenario behind the last, looked at. InputError where it is full."""
    if len(document.scenarios) >= MOST_SCENARIOS:
        raise RefusedError(DocumentFull(MOST_SCENARIOS))
    count = len(document.scenarios)
    scenarios, titles = (*document.scenarios, document.scenario), (*document.titles, "")
    copied = replace(document, scenarios=scenarios, titles=titles, active=count)
    return copied.with_kept([*map(document.kept_at, range(count)), None])  # nobody has saved the copy


def without(document: Document, index: int) -> Document:
    """The document without one of its scenarios; the last one stays. The scenario before it is looked at then."""
    if len(document.scenarios) == 1:
        raise RefusedError(DocumentFault.ONE_SCENARIO_AT_LEAST)
    scenarios = (*document.scenarios[:index], *document.scenarios[index + 1 :])
    titles = (*document.titles[:index], *document.titles[index + 1 :])
    active = document.active - (document.active >= index and document.active > 0)
    kept = (*document.kept[:index], *document.kept[index + 1 :])
    return replace(document, scenarios=scenarios, titles=titles, active=active).with_kept(kept)


def titled(document: Document, index: int, title: str) -> Document:
    """The document with a scenario called by a title of the user's own; an empty one takes it back."""
    words = check_title(" ".join(title.split()))
    return replace(document, titles=(*document.titles[:index], words, *document.titles[index + 1 :]))


def check_title(title: str) -> str:
    """The title. InputError for one that is too long, holds what does not print, or nothing but spaces."""
    if len(title) > LONGEST_TITLE or not title.isprintable() or title.isspace():
        raise RefusedError(NoTitle(title, LONGEST_TITLE))
    return title
