"""The track record: errors, coverage and widths of each back-test as plain numbers, as JSON and as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from ipuwhatif.calibration.backtest import Answer, Protocol
from ipuwhatif.calibration.naive import QUANTITIES
from ipuwhatif.texts import tr

LEVEL = 0.8
SMALLEST_COVERAGE_TEST = 10  # rows below which coverage cannot be told from chance


@dataclass(frozen=True, slots=True)
class Score:
    """One quantity of one back-test. Errors and widths as shares; `p_value` is None below ten rows."""

    quantity: str
    rows: int
    mape: float
    median: float
    worst: float
    worst_row: str
    covered: int
    p_value: float | None
    mean_width: float  # half-width of the interval over the median
    naive_mape: float | None
    naive_median: float | None
    naive_rows: int


def scores(protocol: Protocol, submitter: str | None = None) -> tuple[Score, ...]:
    """A score per quantity over the answers, of one submitter or of all."""
    answers = [answer for answer in protocol.answers if submitter in (None, answer.entry.submitter)]
    return tuple(_score(answers, quantity) for quantity in QUANTITIES) if answers else ()


def true_sample_mape(protocol: Protocol, submitter: str | None = None) -> float:
    """Mean absolute error of time to train when the samples that were needed are given: what physics can control."""
    errors = [
        abs(answer.time_with_true_samples / answer.entry.score_s - 1.0)
        for answer in protocol.answers
        if submitter in (None, answer.entry.submitter)
    ]
    return float(np.mean(errors))


def binomial_p_value(covered: int, rows: int, level: float = LEVEL) -> float:
    """Two-sided exact test of the coverage: the chance of an outcome no likelier than this one."""
    chances = [comb(rows, k) * level**k * (1.0 - level) ** (rows - k) for k in range(rows + 1)]
    return min(1.0, sum(chance for chance in chances if chance <= chances[covered] * (1.0 + 1e-9)))


def _score(answers: Sequence[Answer], quantity: str) -> Score:
    errors = [abs(answer.error(quantity)) for answer in answers]
    worst = int(np.argmax(errors))
    covered = sum(answer.low[quantity] <= answer.measured[quantity] <= answer.high[quantity] for answer in answers)
    widths = [(answer.high[quantity] - answer.low[quantity]) / 2.0 / answer.predicted[quantity] for answer in answers]
    naive = [
        abs(value / answer.measured[quantity] - 1.0)
        for answer in answers
        if (value := answer.naive[quantity]) is not None
    ]
    return Score(
        quantity=quantity,
        rows=len(answers),
        mape=float(np.mean(errors)),
        median=float(np.median(errors)),
        worst=answers[worst].error(quantity),
        worst_row=answers[worst].entry.key,
        covered=covered,
        p_value=binomial_p_value(covered, len(answers)) if len(answers) >= SMALLEST_COVERAGE_TEST else None,
        mean_width=float(np.mean(widths)),
        naive_mape=float(np.mean(naive)) if naive else None,
        naive_median=float(np.median(naive)) if naive else None,
        naive_rows=len(naive),
    )


def as_json(protocols: Sequence[Protocol]) -> list[dict[str, object]]:
    """The whole record as plain values: scores per submitter and every answered and unanswered row."""
    return [
        {
            "protocol": protocol.key,
            "title": protocol.title,
            "scores": {
                name: [
                    {field: getattr(score, field) for field in Score.__dataclass_fields__}
                    for score in scores(protocol, submitter)
                ]
                for name, submitter in (("all", None), ("Graphcore", "Graphcore"), ("NVIDIA", "NVIDIA"))
            },
            "time_with_true_samples_mape": true_sample_mape(protocol) if protocol.answers else None,
            "rows": [
                {
                    "entry": answer.entry.key,
                    "predicted": answer.predicted,
                    "low": answer.low,
                    "high": answer.high,
                    "measured": answer.measured,
                    "naive": answer.naive,
                }
                for answer in protocol.answers
            ],
            "unanswered": [{"entry": row.key, "reason": reason} for row, reason in protocol.unanswered],
        }
        for protocol in protocols
    ]


def as_text(protocols: Sequence[Protocol]) -> str:
    """A table per back-test, by submitter, with the rival beside it and the unanswered rows named."""
    lines: list[str] = []
    for protocol in protocols:
        lines += [protocol.title, "-" * len(protocol.title), _HEADER]
        for submitter in ("Graphcore", "NVIDIA", None):
            lines += [_line(submitter or tr("both"), score) for score in scores(protocol, submitter)]
        share = _percent(true_sample_mape(protocol)).strip()
        lines.append(tr("time with the true samples: MAPE {share}", share=share))
        reasons: dict[str, list[str]] = {}
        for row, reason in protocol.unanswered:
            reasons.setdefault(reason, []).append(row.key)
        for reason, keys in reasons.items():
            lines.append(tr("not answered, {reason}: {count} rows", reason=reason, count=len(keys)))
            lines += [f"    {key}" for key in keys] if reason != "not part of this question" else []
        lines.append("")
    return "\n".join(lines)


_HEADER = (
    f"{'':10}{'':12}{'rows':>5}{'MAPE':>9}{'median':>9}{'covered':>10}{'p':>7}{'± width':>9}"
    f"{'a/n + b':>10}{'median':>9}{'rows':>6}   worst row"
)


def _line(name: str, score: Score) -> str:
    chance = "-" if score.p_value is None else f"{score.p_value:.2f}"
    return (
        f"{name:10}{score.quantity:12}{score.rows:5d}{_percent(score.mape):>9}{_percent(score.median):>9}"
        f"{f'{score.covered}/{score.rows}':>10}{chance:>7}{_percent(score.mean_width):>9}"
        f"{_percent(score.naive_mape):>10}{_percent(score.naive_median):>9}{score.naive_rows:6d}"
        f"   {100.0 * score.worst:+.1f} %  {score.worst_row}"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100.0 * share:.1f} %"


def as_markdown(protocols: Sequence[Protocol]) -> str:
    """The table of the README: mean absolute errors by back-test and submitter, with the rival's beside ours."""
    lines = [
        "| left out | entries | throughput | samples | time | time, true samples | `a/n + b`, throughput / time |",
        "|---|---|---|---|---|---|---|",
    ]
    for protocol in protocols:
        for submitter in ("Graphcore", "NVIDIA"):
            found = {score.quantity: score for score in scores(protocol, submitter)}
            ours = [_percent(found[quantity].mape) for quantity in QUANTITIES]
            true = _percent(true_sample_mape(protocol, submitter))
            rival = " / ".join(_percent(found[quantity].naive_mape) for quantity in ("throughput", "time"))
            title = "nothing (in-sample)" if protocol.key == "in-sample" else protocol.title
            rows = f"{submitter}, {found['time'].rows}"
            lines.append(f"| {title} | {rows} | {' | '.join(ours)} | {true} | {rival} |")
    return "\n".join(lines)
