"""Every official result of any benchmark from v2.0 on that was asked for. Nothing is projected here.

A run that was handed in more than once is shown wherever it was published, and counted once.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from ipuwhatif.analysis.refusals import NoChipsBetween, NoResultWith, ResultPart
from ipuwhatif.catalog.evidence.suite_results import (
    FolderWithoutRow,
    SuiteResult,
    SuiteResults,
    load_folders_without_row,
    load_suite_results,
)
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError, nearest


class Wanted(Record, frozen=True):
    """What results are asked for; what is empty asks for any. Words are compared whatever their case."""

    rounds: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()  # as MLPerf® calls them: "llama2_70b_lora"
    submitters: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()  # names of chips, or any part of how an accelerator is called
    divisions: tuple[str, ...] = ()
    least: int = 0  # chips of an entry
    most: int = 0  # 0: any number


class Found(Record, frozen=True):
    """The results that fit, in the order of their table, among all that are known."""

    wanted: Wanted
    results: tuple[SuiteResult, ...]
    known: SuiteResults
    without_row: tuple[FolderWithoutRow, ...]

    @property
    def runs(self) -> int:
        """How many runs the results are of: those that were handed in again count once."""
        return len({each.run for each in self.results})


_chip = attrgetter("chip")


def suite_results(wanted: Wanted) -> Found:
    """The results that fit. InputError, with the nearest that there is, for a word that no result has."""
    known = load_suite_results()
    if wanted.most and wanted.most < wanted.least:
        raise RefusedError(NoChipsBetween(wanted.least, wanted.most))
    kept = [result for result in known.results if wanted.least <= result.chips <= (wanted.most or result.chips)]
    for part, words, name_of in (
        (ResultPart.ROUND, wanted.rounds, attrgetter("mlperf_round")),
        (ResultPart.BENCHMARK, wanted.benchmarks, attrgetter("benchmark")),
        (ResultPart.SUBMITTER, wanted.submitters, attrgetter("submitter")),
        (ResultPart.CHIP, wanted.chips, _chip),
        (ResultPart.DIVISION, wanted.divisions, attrgetter("division")),
    ):
        if words:
            asked = [_with_name(part, word, known.results, name_of) for word in words]
            kept = [result for result in kept if any(result.key in keys for keys in asked)]
    return Found(wanted, tuple(kept), known, load_folders_without_row())


def _with_name(
    part: ResultPart, word: str, results: Sequence[SuiteResult], name_of: Callable[[SuiteResult], str]
) -> frozenset[str]:
    """The keys of the results with a name; of chips, where none is called so, a part of what the submitter wrote."""
    found = [each for each in results if name_of(each).casefold() == word.casefold()]
    if not found and name_of is _chip and word:
        found = [each for each in results if word.casefold() in each.accelerator.casefold()]
    if found:
        return frozenset(each.key for each in found)
    names = list(dict.fromkeys(name_of(each) for each in results))
    near = nearest(word, names) or names[0]
    raise RefusedError(NoResultWith(part, word, near))


def drawn_once(results: Iterable[SuiteResult]) -> tuple[SuiteResult, ...]:
    """The results with a score, of each run the first."""
    first: dict[str, SuiteResult] = {}
    for result in results:
        if result.score_s is not None:
            first.setdefault(result.run, result)
    return tuple(first.values())


def counts(results: Sequence[SuiteResult]) -> dict[str, dict[str, int]]:
    """How many entries there are, by round and then by benchmark."""
    found: dict[str, dict[str, int]] = {}
    for result in results:
        of_round = found.setdefault(result.mlperf_round, {})
        of_round[result.benchmark] = of_round.get(result.benchmark, 0) + 1
    return found
