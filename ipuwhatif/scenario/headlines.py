"""Headlines of the user's own: which pages have one, and what may stand there."""

from ipuwhatif.scenario.reasons import HeadlineFault, HeadlineTooLong
from ipuwhatif.units import RefusedError

#: Every page of the window by its tab and the view on it; files keep headlines under these names.
PAGES = (
    "compare",
    "scaling",
    "breakdown/times",
    "breakdown/shares",
    "breakdown/memory",
    "breakdown/finish",
    "breakdown/change",
    "sensitivity",
    "cost/money",
    "cost/energy",
    "cost/carbon",
    "evidence/entries",
    "evidence/results",
    "evidence/mine",
    "evidence/learnt",
    "evidence/next",
    "evidence/hardware",
    "evidence/roofline",
    "evidence/article",
    "evidence/record",
    "evidence/errors",
    "evidence/probabilities",
)
#: Pages whose axis of time can be switched, and to what.
SCALED, SCALES = ("compare", "scaling"), ("linear", "log")
LONGEST_HEADLINE = 200  # letters: two lines over a chart


def page_of(question: str, view: str) -> str:
    """The page of a tab and the view on it."""
    return f"{question}/{view}" if view else question


def check_headline(text: str) -> str:
    """The headline. InputError for one that is empty, too long, or holds what does not print."""
    if not text.strip():
        raise RefusedError(HeadlineFault.EMPTY)
    if len(text) > LONGEST_HEADLINE:
        raise RefusedError(HeadlineTooLong(LONGEST_HEADLINE, len(text)))
    if not text.isprintable():
        raise RefusedError(HeadlineFault.SEVERAL_LINES)
    return text
