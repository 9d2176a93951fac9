"""The words of our own that charts, tables and panels print, each with what it means: one list for tips and help."""

import re
from collections.abc import Sequence

from ipuwhatif.figures.table_terms import Term, table_terms
from ipuwhatif.texts import run_on, tr, worded_cache

_MOST = 3  # terms that one text is explained by
_PLACE = re.compile(r"\\{\w+\\}")  # of a value in a text, escaped


@worded_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every term, in the order in which a reader meets them."""
    return (*_anywhere(), *table_terms())


@worded_cache(maxsize=4096)
def terms_in(text: str) -> tuple[Term, ...]:
    """The terms that a text of ours is made of, the first first; a term within the words of a longer one is not."""
    found: list[tuple[int, int, Term]] = []
    spans = [(match.start(), match.end(), term) for term, pattern in _patterns() for match in pattern.finditer(text)]
    for start, end, term in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= first or last <= start for first, last, _ in found):
            found.append((start, end, term))
    return tuple(dict.fromkeys(term for *_, term in sorted(found, key=lambda span: span[0])))[:_MOST]


def explained(text: str) -> tuple[str, ...]:
    """What a text means that is a word of a table, or what the terms in it mean, a line each: "best: the layout …"."""
    found = terms_alone(text) or terms_in(text)
    return tuple(tr("{term}: {meaning}", term=term.name, meaning=term.text) for term in found)


@worded_cache(maxsize=4096)
def terms_alone(text: str) -> tuple[Term, ...]:
    """The term of a table that a text is as a whole, if any."""
    return next(((term,) for term, pattern in _alone() if pattern.fullmatch(text)), ())


def glossary() -> str:
    """The terms as a page of Markdown, for the help."""
    lines = (f"**{term.name}** – {term.text}" for term in terms())
    return "\n\n".join((f"# {tr('Words that the window uses')}", *lines))


@worded_cache(maxsize=1)
def _patterns() -> Sequence[tuple[Term, "re.Pattern[str]"]]:
    return tuple((term, _pattern((term.name, *term.also))) for term in _anywhere())


@worded_cache(maxsize=1)
def _alone() -> Sequence[tuple[Term, "re.Pattern[str]"]]:
    return tuple((term, _pattern((term.name, *term.also))) for term in table_terms())


def _anywhere() -> tuple[Term, ...]:
    """The terms that are explained wherever they stand, within other words too."""
    return (*_numbers(), *_bases(), *_choices(), *_comparisons(), *_drawn())


def _pattern(texts: Sequence[str]) -> "re.Pattern[str]":
    """Finds any of some texts as whole words, whatever stands in the places of their values."""
    found = (_PLACE.sub(".+?", re.escape(text)) for text in texts)
    return re.compile("|".join(rf"(?<![a-z]){each}(?![a-z])" for each in found), re.IGNORECASE)


def _numbers() -> tuple[Term, ...]:
    return (
        Term(
            tr("official"),
            tr(
                "A score as published in a round of MLPerf® Training: the mean of the submitter's runs without the "
                "fastest and the slowest. It is never adjusted and never mixed with projections."
            ),
            (tr("official result"), tr("official score")),
        ),
        Term(
            tr("projected"),
            tr("What the model says, fitted to published results. It is no MLPerf® result."),
            (tr("projection"), tr("projections")),
        ),
        Term(
            tr("80 % interval"),
            tr(
                "Holds the outcome in 8 of 10 cases, as far as the evidence tells: uncertain parameters, scatter of "
                "convergence and the distance from the nearest entries."
            ),
            (tr("80 % band"),),
        ),
        Term(
            tr("measured by you"),
            tr(
                "A time or a throughput that you typed in. It is no part of the fit; the why says how far the model "
                "lies from it."
            ),
            (tr("your own measurement"),),
        ),
    )


def _bases() -> tuple[Term, ...]:
    return (
        Term(tr("basis"), tr("What a projection rests on: inside the data, or beyond it and along which axis.")),
        Term(
            tr("inside the data"),
            tr(
                "Entries of this kind of chip, workload, division and software surround the question, at batches like "
                "the one that is projected: the model interpolates."
            ),
        ),
        Term(
            tr("beyond the data"),
            tr(
                "The question leaves the evidence along the axes that are named. Each widens the interval as far as is "
                "known; trust it less the farther it goes."
            ),
        ),
        Term(
            tr("not sourced"),
            tr("A figure behind the number is in no source that was read. It widens the interval and makes no ratio."),
        ),
        Term(
            tr("stated"),
            tr("Said by somebody, neither measured here nor projected."),
            (tr("as stated"),),
        ),
    )


def _choices() -> tuple[Term, ...]:
    return (
        Term(
            tr("Division (recipe)"),
            tr(
                "MLPerf® has a closed division, whose entries train the same model by the same rules, and an open one, "
                "which may change both. Each has a recipe of its own: optimizer, schedule and how many samples it "
                "takes."
            ),
            (tr("division"), tr("recipe"), tr("Division")),
        ),
        Term(
            tr("Layout"),
            tr("How a job is cut over the chips: replicas, pipeline stages, micro-batch and global batch."),
            (tr("{replicas} × {stages} stages"),),
        ),
        Term(
            tr("best"),
            tr(
                "The layout with the least time among those that fit in memory, found by a search, as a vendor's "
                "engineer would."
            ),
            (tr("best that fits"),),
        ),
        Term(
            tr("as submitted"),
            tr("The layout and batch of the MLPerf® entry of this system, as it was run."),
        ),
        Term(
            tr("batch"),
            tr("The global batch: samples that all chips together work through between two updates of the weights."),
            (tr("Global batch"), tr("batch {batch}")),
        ),
        Term(
            tr("idle chips"),
            tr("No layout that is allowed fills every chip. The rest stay idle, and the time is that of those in use."),
            (tr("uses {used} of {chips}"),),
        ),
        Term(
            tr("Software on GPUs"),
            tr(
                "Whose software GPUs run: tuned for an MLPerf® round, a vendor's container or recipe, or a framework "
                "as people run it. The command line calls it the stack."
            ),
            (tr("stack"), tr("GPUs run {software}.")),
        ),
        Term(
            tr("Software as of"),
            tr(
                "The state of the software, named by the date of an MLPerf® round: software gets faster from round to "
                "round."
            ),
        ),
    )


def _comparisons() -> tuple[Term, ...]:
    return (
        Term(
            tr("Against the reference"),
            tr(
                "The ratio of a system's time to that of the reference: of two official scores of one benchmark, round "
                "and division, or of two projections, never of one of each."
            ),
            (tr("Against {letter}"), tr("reference")),
        ),
        Term(
            tr("intervals overlap"),
            tr("Both times may be the same as far as is known, so that no ratio of them is stated."),
        ),
        Term(
            tr("within the scatter of runs"),
            tr("Two official scores differ by no more than runs of one system do, so that no ratio is stated."),
        ),
        Term(tr("no difference"), tr("The scenarios change nothing in this time.")),
        Term(
            tr("no ratio: never measured"),
            tr("Nobody has measured such a job on such a chip, so that no ratio of the times is stated."),
        ),
        Term(
            tr("global batches differ"),
            tr(
                "The work is stated, not trained to a target, and what so different a batch does to the quality is not "
                "told: no ratio is stated."
            ),
        ),
        Term(
            tr("no run with software that old"),
            tr("No run of this chip with software of that date or before is known, so that no ratio is stated."),
        ),
        Term(
            tr("counted differently"),
            tr("The two sides are not counted by the same rule, so that no ratio is stated."),
        ),
        Term(
            tr("no projection"),
            tr("No layout fits in the memory of its chips, or none is known for them; a click says more."),
            (tr("left out"),),
        ),
    )


def _drawn() -> tuple[Term, ...]:
    return (
        Term(
            tr("baseline"),
            tr("The same question with every lever where it was; with your assumptions, where it is said so."),
            (tr("no lever moved"),),
        ),
        Term(
            tr("projections cross"),
            tr(
                "Left of it the one system takes less time, right of it the other. Where their intervals overlap it is "
                "open which."
            ),
        ),
        Term(
            tr("ribbon"),
            tr("Along the bottom of the plot: which part of the time is the largest at each chip count."),
        ),
        Term(
            tr("evidence reaches these chip counts"),
            tr("Entries of this system exist at such chip counts, on both sides."),
            (tr("evidence of {name} reaches these chip counts"),),
        ),
        Term(
            tr("lever"),
            tr("What you choose: software, hardware, layout, recipe, cost."),
            (tr("Levers"),),
        ),
        Term(
            tr("assumption"),
            tr("How the world works, where the evidence leaves it open: efficiencies, links, convergence."),
            (tr("Assumptions"),),
        ),
    )


def meaning(texts: Sequence[str]) -> str:
    """What the terms in some texts mean, as one text; those of the first that has any."""
    return run_on(next((lines for lines in map(explained, texts) if lines), ()))
