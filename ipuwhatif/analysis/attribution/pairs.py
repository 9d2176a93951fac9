"""Which official results may be compared: a submitter's system in successive rounds, and two vendors' in one round."""

from collections.abc import Iterator, Sequence
from math import log

from ipuwhatif.analysis.attribution.attribution import one_target
from ipuwhatif.calibration.entries import vendors as judged_first
from ipuwhatif.calibration.rivals.naive import chips_of
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import known

Pair = tuple[OfficialResult, OfficialResult]


def official_pairs(catalog: Catalog, workload: str) -> tuple[Pair, ...]:
    """Pairs of entries of a workload that `attribute_official` splits, the most telling first.

    First a submitter's own system in one round and in the next that it entered, the latest first; then, round by round,
    each vendor's entries beside the other vendor's of the same division that is nearest in chip count.
    """
    entries = [entry for entry in catalog.official if entry.workload == workload and entry.choice is not None]
    rounds = sorted({entry.mlperf_round for entry in entries}, reverse=True)
    found = sorted((pair for last in rounds for pair in _successive(entries, last)), key=_of_first_vendor)
    found += [pair for last in rounds for pair in _beside(entries, last)]
    once: dict[frozenset[str], Pair] = {}
    for before, after in found:
        once.setdefault(frozenset((before.key, after.key)), (before, after))
    return tuple(once.values())


def _successive(entries: Sequence[OfficialResult], last: str) -> Iterator[Pair]:
    """Entries of a round, each with the same submitter's on that system in the latest round before."""
    for after in sorted((entry for entry in entries if entry.mlperf_round == last), key=_place):
        before = [
            entry
            for entry in entries
            if (entry.submitter, entry.choice, entry.division) == (after.submitter, after.choice, after.division)
            and entry.mlperf_round < last
            and one_target(entry, after)
        ]
        if before:
            # Of several on one system, that under the same name, else the fastest.
            latest = [entry for entry in before if entry.mlperf_round == max(each.mlperf_round for each in before)]
            yield min(latest, key=lambda entry: (entry.system_name != after.system_name, entry.score_s)), after


def _beside(entries: Sequence[OfficialResult], last: str) -> Iterator[Pair]:
    """Each vendor's entries of a round beside the other vendor's nearest in chip count."""
    vendors = [entry for entry in entries if entry.mlperf_round == last and entry.submitter in judged_first()]
    for first in sorted(vendors, key=_place):
        others = [other for other in vendors if _vendor(other) != _vendor(first) and other.division == first.division]
        if others:
            yield min(others, key=lambda other: (abs(log(chips_of(other) / chips_of(first))), chips_of(other))), first


def _vendor(entry: OfficialResult) -> str:
    """The vendor behind an entry of its chips: NVIDIA submitted some together with a host of them."""
    return known().submitters[entry.submitter].company


def _of_first_vendor(pair: Pair) -> bool:
    """Whether a pair is of another submitter than the vendor that is named first."""
    return pair[1].submitter != judged_first()[0]


def _place(entry: OfficialResult) -> tuple[bool, str, str, int, float]:
    return entry.submitter not in judged_first(), entry.division, entry.submitter, chips_of(entry), entry.score_s
