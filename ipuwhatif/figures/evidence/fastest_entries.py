"""What official results of one benchmark come to: the shortest time of each kind of chip, on as many chips each."""

from collections.abc import Mapping, Sequence

from ipuwhatif.catalog.evidence.suite_results import Benchmark, SuiteResult
from ipuwhatif.charts.spec import HeadlinePart
from ipuwhatif.figures.evidence.suite_results_words import result_key, score_text
from ipuwhatif.figures.headline import DOT
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

#: Kinds of chips that a headline names at most.
_MOST = 3
_CLOSED = "closed"


def fastest_parts(drawn: Sequence[SuiteResult], benchmarks: Mapping[str, Benchmark]) -> tuple[HeadlinePart, ...]:
    """ "Llama 2 70B LoRA, 8 chips: B200 11.2 min (NVIDIA, v5.0) · H200 23.1 min (Dell, v5.0) · ".

    Nothing of several benchmarks, whose times say nothing of each other, and nothing of the open division.
    """
    closed = [each for each in drawn if each.division == _CLOSED]
    if not closed or len({each.benchmark for each in drawn}) > 1:
        return ()
    by_count: dict[int, list[SuiteResult]] = {}
    for each in closed:
        by_count.setdefault(each.chips, []).append(each)
    chips, shared = max(by_count.items(), key=lambda pair: (len({each.chip for each in pair[1]}), len(pair[1])))
    best: dict[str, SuiteResult] = {}
    for each in sorted(shared, key=_seconds):
        best.setdefault(each.chip, each)
    name = benchmarks[closed[0].benchmark].name
    head = tr("{benchmark}, shortest times on {count} chips: ", benchmark=name, count=format_number(chips))
    if chips == 1:
        head = tr("{benchmark}, shortest times on 1 chip: ", benchmark=name)
    told = [
        part
        for each in list(best.values())[:_MOST]
        for part in (HeadlinePart(_told(each), result_key(each)), HeadlinePart(DOT))
    ]
    return (HeadlinePart(head), *told)


def _told(result: SuiteResult) -> str:
    return tr(
        "{chip} {minutes} min ({submitter}, {round})",
        chip=result.chip,
        minutes=score_text(_seconds(result)),
        submitter=result.submitter,
        round=result.mlperf_round,
    )


def _seconds(result: SuiteResult) -> float:
    assert result.score_s is not None  # what has none is not drawn
    return result.score_s
