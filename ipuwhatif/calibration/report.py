"""The track record as JSON with all rows, and as Markdown: every back-test by group of entries, and README's table."""

from collections.abc import Sequence
from math import isfinite
from textwrap import fill
from typing import Any

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.protocols import IN_SAMPLE, Prediction, Protocol
from ipuwhatif.calibration.rivals.rival_report import rivals_as_markdown
from ipuwhatif.calibration.scores import GroupScore, group_scores
from ipuwhatif.calibration.speeds import SpeedScore, SpeedTest, scores
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.records import asdict

PAGE = "track_record.md"  # beside the record in resources/calibration
#: Groups that stand in the table; the narrow ones only where the accuracy is asked of them.
_MAIN_GROUPS = ("ipu", "nvidia", "gpu", "other", "bow", "nvidia-v1-on", "gpu-late", "language")
_WITH_NARROW_GROUPS = ("leave-one-size-out", "largest")


def as_json(protocols: Sequence[Protocol], catalog: Catalog) -> dict[str, Any]:
    """The whole record as plain values: scores by group, every answered row, and the unanswered with their reasons."""
    in_sample = in_sample_of(protocols)
    return {
        "level": LEVEL,
        "protocols": [
            {
                "protocol": protocol.key,
                "title": protocol.title,
                "groups": [asdict(group) for group in group_scores(protocol, catalog, in_sample)],
                "rows": [_row_json(answer) for answer in protocol.answers],
            }
            for protocol in protocols
        ],
        "unanswered": [{"entry": row.key, "reason": reason} for row, reason in unanswered(protocols)],
    }


#: Back-tests and groups that the README tells of: what was left out as a user's own question would be.
_TOLD = {
    "leave-one-size-out": ("ipu", "bow", "nvidia-v1-on"),
    "leave-one-submitter-out": ("gpu-late",),
    "next-round": ("gpu-late",),
    "as-of-2021-12": ("bow",),
    "leave-one-family-out": ("ipu", "gpu-late"),
    "language-cell": ("language",),
    "language-chip": ("language",),
    "language-as-of": ("language",),
}


def as_short_markdown(protocols: Sequence[Protocol], catalog: Catalog) -> str:
    """The table of the README: mean (median) absolute errors of what was left out, and the rival beside."""
    lines = ["| left out | entries | throughput | time | times covered | `a/n + b`, time |", f"|{'---|' * 6}"]
    in_sample = in_sample_of(protocols)
    for protocol in protocols:
        for group in group_scores(protocol, catalog, in_sample):
            if group.key in _TOLD.get(protocol.key, ()):
                entries, throughput, _, time, _, _, covered, _, rival = _markdown_cells(group)
                cells = (protocol.title, entries, throughput, time, covered, rival.split(" / ")[1])
                lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def whole_markdown(protocols: Sequence[Protocol], tests: Sequence[SpeedTest], catalog: Catalog) -> str:
    """The page that `make track-record` writes beside the record: every table, and what its columns are."""
    entries = (
        "Made by `make track-record`. Mean absolute error (median in brackets) on entries of MLPerf® Training v0.6 to "
        "v5.0, those of ResNet-50 and BERT up to v1.1 unless a group says otherwise, layout and batch given unless "
        "said. Covered: times inside the 80 % interval. A size leaves with the entries of all submitters of that size "
        "(published throughputs of frameworks stay in, but those of a chip that leaves)."
    )
    speeds = (
        "Speeds that documents print, left out by document and by framework, of which then only the class is known; "
        "errors are means over cells (document, job, software and kind of chip), beside two rivals that know the same "
        "figures: a constant share of the peak, and the nearest figure scaled."
    )
    rivals = (
        "The same entries by simpler rules that know what each back-test leaves in: a constant share of the peak rate, "
        "`a/n + b`, and the nearest entry scaled by work and peak rate; mean absolute errors on the rows that all of "
        "them answer. Interval scores are means of the logarithm, lower is better: the width of the 80 % interval and "
        "ten times what a row lies outside of it; around the nearest entry, of an interval as wide as entries that are "
        "left in were missed by the nearest of theirs."
    )
    of_rivals = (fill(rivals, 120), rivals_as_markdown(protocols, catalog))
    of_speeds = (fill(speeds, 120), speeds_as_markdown(tests))
    tables = (fill(entries, 120), as_markdown(protocols, catalog), *of_rivals, *of_speeds)
    return "\n\n".join(("# Track record", *tables)) + "\n"


def as_markdown(protocols: Sequence[Protocol], catalog: Catalog) -> str:
    """Mean (median) absolute errors by back-test and main group, in-sample and rival beside.

    Covered: times inside the 80 % interval.
    """
    lines = [
        "| left out | entries | throughput | samples | time | time, true samples | time, layout searched |"
        " times covered | in-sample, throughput / time | `a/n + b`, throughput / time |",
        f"|{'---|' * 10}",
    ]
    in_sample = in_sample_of(protocols)
    for protocol in protocols:
        title = "nothing (in-sample)" if protocol.key == IN_SAMPLE else protocol.title
        for group in group_scores(protocol, catalog, in_sample):
            narrow = group.key in ("ipu-closed", "nvidia-v1") and protocol.key in _WITH_NARROW_GROUPS
            if group.key in _MAIN_GROUPS or narrow:
                lines.append(f"| {title} | {' | '.join(_markdown_cells(group))} |")
    return "\n".join(lines)


def speeds_as_json(tests: Sequence[SpeedTest]) -> list[dict[str, Any]]:
    """Printed speeds that were left out: scores by how well their software is known, and every figure."""
    return [
        {
            "test": test.key,
            "title": test.title,
            "scores": [asdict(score) for score in scores(test)],
            "rows": [asdict(answer) for answer in test.answers],
        }
        for test in tests
    ]


def speeds_as_markdown(tests: Sequence[SpeedTest]) -> str:
    """Printed speeds that were left out: means over cells, and both rivals."""
    lines = [
        "| left out | software known by | figures (cells) | error | predicted / printed | cells covered | half-width"
        " | constant MFU | nearest figure |",
        f"|{'---|' * 9}",
    ]
    for test in tests:
        for score in scores(test):
            figures, cells, error, ratio, covered, width, constant, nearest = speed_cells(score)
            told = f"{figures} ({cells}) | {error} | {ratio} | {covered} | {width} | {constant} | {nearest}"
            lines.append(f"| {test.title} | {score.known} | {told} |")
    return "\n".join(lines)


def speed_cells(score: SpeedScore) -> tuple[str, ...]:
    """Counts, errors and rivals of a score in print."""
    return (
        str(score.figures),
        str(score.cells),
        percent(score.error),
        f"{score.ratio:.2f}",
        f"{100.0 * score.covered / score.cells:.0f} %",
        percent(score.width),
        percent(score.constant),
        percent(score.nearest),
    )


def unanswered(protocols: Sequence[Protocol]) -> tuple[tuple[OfficialResult, str], ...]:
    """Each entry that no back-test can answer, once, with the reason."""
    found = {row.key: (row, reason) for protocol in protocols for row, reason in protocol.unanswered}
    return tuple(found.values())


def in_sample_of(protocols: Sequence[Protocol]) -> Protocol | None:
    """The one that leaves nothing out."""
    return next((protocol for protocol in protocols if protocol.key == IN_SAMPLE), None)


def _row_json(answer: Prediction) -> dict[str, Any]:
    """One entry; times in seconds, throughput in samples/s. `score_s` is official, what is predicted is not."""
    entry, searched = answer.entry, answer.time_with_searched_layout
    return {
        "entry": entry.key,
        "submitter": entry.submitter,
        "system": entry.choice.key if entry.choice is not None else None,
        "round": entry.mlperf_round,
        "division": entry.division,
        "workload": entry.workload,
        "predicted": answer.predicted,
        "low": answer.low,
        "high": answer.high,
        "measured": answer.measured,
        "naive": answer.naive,
        "time_with_true_samples_s": answer.time_with_true_samples,
        "time_with_searched_layout_s": searched if isfinite(searched) else None,
        "score_s": entry.score_s,
    }


def _markdown_cells(group: GroupScore) -> list[str]:
    time, throughput = group.of("time"), group.of("throughput")
    return [
        f"{group.title}: {group.rows}",
        *(_mean_and_median(score.mape, score.median) for score in group.scores),
        _mean_and_median(group.true_samples_mape, group.true_samples_median),
        _mean_and_median(group.searched_layout_mape, group.searched_layout_median),
        f"{time.covered} of {group.rows}",
        f"{percent(throughput.in_sample_mape)} / {percent(time.in_sample_mape)}",
        f"{percent(throughput.naive_mape)} / {percent(time.naive_mape)}",
    ]


def _mean_and_median(mean: float | None, median: float | None) -> str:
    return "-" if mean is None else f"{percent(mean)} ({percent(median)})"


def percent(share: float | None) -> str:
    """A share in per cent, a dash for none."""
    return "-" if share is None else f"{100.0 * share:.1f} %"
