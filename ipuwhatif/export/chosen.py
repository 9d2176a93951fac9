"""What can be chosen to leave in one file: which charts, of which scenarios of a document, and in which order."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, quoted

#: Every chart that can be asked for by its name, with what it is called on screen.
CHARTS: Mapping[str, str] = MappingProxyType(
    {
        "compare": marked("Compare"),
        "scaling": marked("Scaling"),
        "breakdown": marked("Breakdown"),
        "shares": marked("As shares of the time"),
        "memory": marked("Memory"),
        "sensitivity": marked("Sensitivity"),
        "cost": marked("Cost"),
        "evidence": marked("Evidence"),
        "roofline": marked("Roofline of the chips"),
    }
)
USUAL = ("compare", "scaling", "breakdown", "sensitivity", "cost")


class Chosen(Record, frozen=True):
    """One chart of a deck: which of CHARTS, and of which scenario by its place in the document."""

    chart: str
    place: int


def usual_choice(document: Document) -> tuple[Chosen, ...]:
    """The usual charts of the scenario that is looked at."""
    return tuple(Chosen(chart, document.active) for chart in USUAL)


def in_order(charts: Sequence[str], places: Sequence[int]) -> tuple[Chosen, ...]:
    """Each chart under each scenario, one after the other, so that a page turned shows what is another."""
    return tuple(Chosen(chart, place) for chart in charts for place in places)


def place_of(text: str, document: Document) -> int:
    """The place of a scenario by its letter. InputError names those that there are."""
    letters = [document.letter(place) for place in range(len(document.scenarios))]
    if text.upper() not in letters:
        known = tr(", ").join(letters)
        raise InputError(tr("there is no scenario {name}; there is {known}", name=quoted(text), known=known))
    return letters.index(text.upper())
