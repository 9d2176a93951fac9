"""Footnotes: what the MLPerf® messaging guidelines ask for beside official results, and what a projection is not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Protocol

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.spec import Figure, Footnote
from ipuwhatif.figures.job_titles import division, workload_name
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.phrasing import listed, official_key
from ipuwhatif.texts import run_on, tr, worded_cache
from ipuwhatif.units import format_minutes, format_number

#: Entries that footnotes name one by one; of more they count them by category.
MOST_NAMED = 60

Group = tuple[str, str, str]  # round, division, workload: what one footnote covers


class Scored(Protocol):
    """What every official result says of itself, whether its job has a model here or not."""

    @property
    def mlperf_round(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def origin(self) -> Origin: ...


def footnote_numbers(officials: Sequence[OfficialResult]) -> Mapping[str, int]:
    """Footnote number by the key of each official result, in the order in which they are shown."""
    groups = list(dict.fromkeys(_group(official) for official in officials))
    return {official_key(official): 1 + groups.index(_group(official)) for official in officials}


def references(officials: Sequence[OfficialResult], numbers: Mapping[str, int]) -> str:
    """The reference marks of some official results: "[1]", "[1] [2]"."""
    return " ".join(f"[{number}]" for number in sorted({numbers[official_key(official)] for official in officials}))


def footnotes(
    officials: Sequence[OfficialResult] = (), catalog: Catalog | None = None, tabled: bool = True
) -> tuple[Footnote, ...]:
    """A numbered footnote per round, division and benchmark, then what projections are, then who owns the marks.

    catalog: has the names of their workloads, and is needed where there are any.
    tabled: whether the figure's table has a row an entry, as notes on many entries say.
    """
    workloads = {} if catalog is None else catalog.workloads
    names = tuple(workload_name(official.workload, workloads) for official in officials)
    return _footnotes(tuple(officials), names, tabled)


@worded_cache(maxsize=32)
def _footnotes(officials: tuple[OfficialResult, ...], names: tuple[str, ...], tabled: bool) -> tuple[Footnote, ...]:
    """No lever changes them. names: of their workloads."""
    groups: dict[Group, list[OfficialResult]] = {}
    named: dict[Group, str] = {}
    for official, name in zip(officials, names, strict=True):
        groups.setdefault(_group(official), []).append(official)
        named[_group(official)] = name
    each_named = len(officials) <= MOST_NAMED
    numbered = [
        _official_note(number, named[group], members, each_named, tabled)
        for number, (group, members) in enumerate(groups.items(), start=1)
    ]
    return (*numbered, projected_note(), ownership())


def projected_note() -> Footnote:
    """What a projection is not."""
    return Footnote(
        tr(
            "Projections are estimates by a model that was fitted to {suite} results and to published figures; "
            "they are not {suite} results. {line}",
            suite=legal().suite,
            line=legal().not_verified,
        )
    )


def is_numbered(note: Footnote) -> bool:
    """Whether a footnote is about single entries: "[1] Official ..."."""
    return note.text.startswith("[")


def notes_line(figure: Figure, letters: int) -> str:
    """What stands for the notes of a figure while they are folded: how many, that a projection is no official result,
    and what official results are, or where that is said if it takes more than so many `letters`.
    """
    notes = figure.footnotes
    count = len(figure.notices) + len(notes)
    parts = [tr("1 note") if count == 1 else tr("{count} notes", count=format_number(count)), tr("sources")]
    if projected_note() in notes:
        parts.append(tr("projections are not {suite} results", suite=legal().suite.split()[0]))
    told = [text for text in folded_legend(figure) if len(text) <= letters]
    numbers = [note.text.partition("]")[0] + "]" for note in notes if is_numbered(note)]
    if numbers and not told:
        marks = numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        told.append(tr("official results {marks}", marks=marks))
    return " · ".join((*parts, *told))


def folded_legend(figure: Figure) -> list[str]:
    """What the legend says at full length of marks that the page's own legend names in short."""
    return [run_on(entry.text.split("\n")) for entry in figure.chart.legend if entry.short]


def ownership() -> Footnote:
    """Who owns the marks."""
    return Footnote(legal().ownership, legal().guidelines)


def submitters(officials: Sequence[OfficialResult]) -> str:
    """Who submitted: "Graphcore and NVIDIA"."""
    return listed([official.submitter for official in officials])


def suite_version(official: Scored) -> str:
    """ "MLPerf® Training v1.1"."""
    return f"{legal().suite} {official.mlperf_round}"


def category(official: Scored) -> str:
    """The category of an entry in words, as submitted."""
    return legal().categories.get(official.status, official.status) or tr("category not recorded")


def retrieval(official: Scored) -> str:
    """Where a score was retrieved, and when as far as that is known: unknown stays unsaid."""
    place = official.origin.locator or official.origin.title
    return tr("; ").join((place, *retrieval_dates([official])))


def retrieval_dates(officials: Sequence[Scored]) -> list[str]:
    """When scores were retrieved, of those of which that is known."""
    known = (official.origin.read for official in officials)
    return [tr("retrieved {date}", date=date) for date in known if date is not None]


def retrieved_from(places: str, officials: Sequence[Scored]) -> str:
    """How entries are named, where they were retrieved, and when as far as that is known: unknown stays unsaid."""
    told = tr("; ").join(part for part in (places, listed(retrieval_dates(officials))) if part)
    return tr("Entries are named by submitter, system and source. Retrieved from {places}.", places=told)


def _places(locators: Sequence[str]) -> str:
    """Addresses in one row, what they share said once: "https://host/results/: first, second"."""
    distinct = list(dict.fromkeys(locators))
    levels = zip(*(each.split("/")[:-1] for each in distinct), strict=False)
    shared = list(takewhile(lambda level: len(set(level)) == 1, levels))
    start = "".join(f"{level[0]}/" for level in shared)
    if len(distinct) < 2 or len(shared) < 3:
        return listed(distinct)
    return tr("{start}: {ends}", start=start, ends=tr(", ").join(each.removeprefix(start) for each in distinct))


def _group(official: OfficialResult) -> Group:
    return official.mlperf_round, official.division, official.workload or ""


def _official_note(
    number: int, workload: str, officials: Sequence[OfficialResult], named: bool, tabled: bool
) -> Footnote:
    first = officials[0]
    head = tr(
        "[{number}] Official {suite} results, {workload}, {division}, as published:",
        number=number,
        suite=suite_version(first),
        workload=workload,
        division=division(first.division),
    )
    locators = [official.origin.locator or official.origin.title for official in officials]
    if not named:
        entries = _summary(officials, tabled)
        tail = retrieved_from(listed([each.partition("/tree/")[0] for each in locators]), officials)
    else:
        entries = tr("{note}.", note=tr("; ").join(_entry(official) for official in officials))
        tail = retrieved_from(_places(locators), officials)
    return Footnote(run_on((head, entries, tail)), first.origin)


def _summary(officials: Sequence[OfficialResult], tabled: bool) -> str:
    """How many entries of whom, and of which category each is."""
    count, found = len(officials), Counter(map(category, officials))
    counts = [tr("{category}: {count}", category=each, count=format_number(many)) for each, many in found.items()]
    told = tr(
        "{entries}, submitted by {submitters}; {categories}.",
        entries=tr("1 entry") if count == 1 else tr("{count} entries", count=format_number(count)),
        submitters=submitters(officials),
        categories=next(iter(found)) if len(found) == 1 else tr(", ").join(counts),
    )
    return told if not tabled else run_on((told, tr("The table names submitter, system and accelerators of each.")))


def _entry(official: OfficialResult) -> str:
    scaled = ""
    if official.time_scale != 1.0:
        scaled = tr(
            ", {factor} × the measured time by a correction in the log", factor=format_number(official.time_scale)
        )
    return tr(
        "{submitter}, {system}, {chips} × {accelerator}, {category}: {score}{scaled}",
        submitter=official.submitter,
        system=official.system_name,
        chips=format_number(official.chips),
        accelerator=official.accelerator or tr("accelerators that are not recorded"),
        category=category(official),
        score=format_minutes(official.score_s),
        scaled=scaled,
    )
