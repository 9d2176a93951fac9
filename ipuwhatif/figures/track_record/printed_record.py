"""The track record in print: every back-test by group of entries, its rivals, and the speeds that documents print."""

from collections.abc import Sequence

from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.report import in_sample_of, percent, speed_cells, unanswered
from ipuwhatif.calibration.rivals.rival_report import COMPARED, rival_cells
from ipuwhatif.calibration.rivals.rival_scores import rival_scores
from ipuwhatif.calibration.scores import GroupScore, Score, group_scores
from ipuwhatif.calibration.speeds import SpeedTest, scores
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.texts import tr

_HEADER = ("rows", "MAPE", "median", "in-sample", "covered", "p", "± width", "a/n + b", "median", "rows", "worst row")
_SPEED_HEADER = ("figures", "cells", "MAPE", "ratio", "covered", "± width", "MFU", "nearest")
_RIVAL_HEADER = ("rows", "model", "MFU", "a/n + b", "nearest", "score", "nearest's")


def as_text(protocols: Sequence[Protocol], catalog: Catalog) -> str:
    """A table per back-test, by group, with the rival beside it; at the end the rows without an answer."""
    in_sample = in_sample_of(protocols)
    lines: list[str] = []
    for protocol in protocols:
        lines += [*_headed(tr(protocol.title)), _line("", *_HEADER)]
        for group in group_scores(protocol, catalog, in_sample):
            lines += _group_lines(group)
        lines.append("")
    reasons: dict[str, list[str]] = {}
    for row, reason in unanswered(protocols):
        reasons.setdefault(reason, []).append(row.key)
    for reason, keys in reasons.items():
        several = tr("not answered, {reason}: {count} entries", reason=reason, count=len(keys))
        lines.append(tr("not answered, {reason}: 1 entry", reason=reason) if len(keys) == 1 else several)
        lines += [f"    {key}" for key in keys]
    return "\n".join(lines)


def rivals_as_text(protocols: Sequence[Protocol], catalog: Catalog) -> str:
    """Mean absolute errors, and interval scores of the model and of the nearest entry (lower is better)."""
    lines: list[str] = []
    for protocol in protocols:
        found = rival_scores(protocol, catalog, COMPARED)
        if found:
            lines += _headed(tr("rivals: {what}", what=tr(protocol.title)))
            rows = ((f"  {tr(each.title)}, {tr(each.quantity)}", rival_cells(each)) for each in found)
            lines += [f"{name:46}" + _right(cells, 10) for name, cells in (("", _RIVAL_HEADER), *rows)]
            lines.append("")
    return "\n".join(lines).rstrip("\n")


def speeds_as_text(tests: Sequence[SpeedTest]) -> str:
    """A line for each way of leaving printed speeds out and for how well their software is known from the others.

    Errors are means over cells; MFU and nearest are those of the rivals.
    """
    lines: list[str] = []
    for test in tests:
        lines += _headed(tr("speeds that documents print: {what}", what=tr(test.title)))
        rows = ((f"  {tr(score.known)}", speed_cells(score)) for score in scores(test))
        lines += [f"{name:24}" + _right(cells, 11) for name, cells in (("", _SPEED_HEADER), *rows)]
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _headed(title: str) -> tuple[str, str]:
    return title, "-" * len(title)


def _right(cells: Sequence[str], width: int) -> str:
    return "".join(f"{cell:>{width}}" for cell in cells)


def _group_lines(group: GroupScore) -> list[str]:
    mapes = (group.true_samples_mape, group.searched_layout_mape)
    medians = (group.true_samples_median, group.searched_layout_median)
    names = (tr("time, true samples"), tr("time, layout searched"))
    further = zip(names, (group.rows, group.searched_layout_rows), mapes, medians, strict=True)
    return [
        tr(group.title),
        *(_line(f"  {tr(score.quantity)}", *_cells(score, group.rows)) for score in group.scores),
        *(
            _line(f"  {name}", str(rows), percent(mape), percent(median), *[""] * (len(_HEADER) - 3))
            for name, rows, mape, median in further
        ),
    ]


def _cells(score: Score, rows: int) -> tuple[str, ...]:
    return (
        str(rows),
        percent(score.mape),
        percent(score.median),
        percent(score.in_sample_mape),
        f"{score.covered}/{rows}",
        "-" if score.p_value is None else f"{score.p_value:.2f}",
        percent(score.mean_width),
        percent(score.naive_mape),
        percent(score.naive_median),
        str(score.naive_rows),
        f"{100.0 * score.worst:+.1f} %  {score.worst_row}",
    )


def _line(name: str, *cells: str) -> str:
    widths = (5, 9, 9, 11, 10, 7, 9, 10, 9, 6)
    numbers = "".join(f"{cell:>{width}}" for cell, width in zip(cells[:-1], widths, strict=True))
    return f"{name:24}{numbers}   {cells[-1]}".rstrip()
