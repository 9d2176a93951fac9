"""Published records of what stops a run: how often, for how long; each with its origin, offered and never a default."""

from functools import lru_cache
from pathlib import Path

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import read_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.units import Said

FILE = "interruptions.json"


class Counted(Record, frozen=True):
    """Failures that were counted, in so many days on so many chips."""

    failures: float
    days: float
    chips: float

    @property
    def rate(self) -> float:
        """Failures per 1,000 chip-days."""
        return 1000.0 * self.failures / (self.days * self.chips)


class PublishedTerm(Record, frozen=True):
    """One figure for one lever of the run, in that lever's unit."""

    key: str  # "llama3"
    lever: str  # "failure_rate"
    value: float
    name: Said  # of the run that it is of
    origin: Origin
    counted: Counted | None = None  # what a rate of failures was worked out from


@lru_cache(maxsize=1)
def load_published_terms() -> tuple[PublishedTerm, ...]:
    """The shipped figures, in the order of their file. InputError where it is faulty."""
    return read_published_terms(resource("economics"))


def read_published_terms(folder: Path) -> tuple[PublishedTerm, ...]:
    """The figures of `folder/interruptions.json`. InputError names file, figure and reason."""
    root = read_document(folder, FILE)
    terms: dict[tuple[str, str], PublishedTerm] = {}
    for node in root.children("figures"):
        term = _term(node)
        if (term.key, term.lever) in terms:
            raise node.refuse(Flawed(Flaw.DUPLICATE, term.key))
        terms[term.key, term.lever] = term
    root.close()
    return tuple(terms.values())


def _term(node: Node) -> PublishedTerm:
    counted = _counted(node.child("counted")) if node.has("counted") else None
    value = node.number("value") if counted is None else float(f"{counted.rate:.4g}")
    origin = read_origin(node.child("origin"))
    term = PublishedTerm(node.text("key"), node.text("lever"), value, text_of(node.text("name")), origin, counted)
    node.close()
    if not value > 0.0:
        raise node.refuse(Flawed(Flaw.KEY_NOT_ABOVE_0, "value"))
    return term


def _counted(node: Node) -> Counted:
    counted = Counted(*(node.number(name) for name in ("failures", "days", "chips")))
    node.close()
    if not min(counted.days, counted.chips) > 0.0:
        raise node.refuse(Flawed(Flaw.KEY_NOT_ABOVE_0, "days"))
    return counted
