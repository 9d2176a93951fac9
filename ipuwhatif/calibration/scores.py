"""How good the answers of a back-test are, as plain numbers: errors, coverage and widths by group of entries.

Groups are those that the accuracy is asked of: one vendor's systems, one round, every submitter of GPUs.
"""

from collections.abc import Callable, Sequence
from math import comb, isfinite

import numpy as np

from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.calibration.entries import architecture, is_language
from ipuwhatif.calibration.protocols import Prediction, Protocol
from ipuwhatif.calibration.rivals.naive import QUANTITIES
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.records import Record

SMALLEST_COVERAGE_TEST = 10  # rows below which coverage cannot be told from chance
SMALLEST_CHANCE = 0.05  # of the two-sided test of coverage


class Group(Record, frozen=True):
    """Entries that are scored together; `holds` sees an entry and the architecture of its chip."""

    key: str
    title: str
    holds: Callable[[OfficialResult, str], bool]


def _early(row: OfficialResult) -> bool:
    """Of a round to v1.1: later ones are groups of their own, so that figures stay those of the same rows."""
    return row.mlperf_round <= "v1.1"


def _of_nvidia(row: OfficialResult) -> bool:
    """Of NVIDIA, alone or with a partner."""
    return row.submitter.startswith("NVIDIA")


def _late(row: OfficialResult) -> bool:
    """Of a later round, and of a job that had entries before it."""
    return not _early(row) and not is_language(row.workload)


#: Broad groups before the narrow ones that they hold: of two groups with the same rows the first is shown.
GROUPS = (
    Group("ipu", "IPU-POD, closed and open", lambda row, _: row.submitter == "Graphcore" and _early(row)),
    Group(
        "ipu-closed",
        "IPU-POD, v1.1 closed",
        lambda row, _: (row.submitter, row.mlperf_round, row.division) == ("Graphcore", "v1.1", "closed"),
    ),
    Group("nvidia", "NVIDIA, all", lambda row, _: row.submitter == "NVIDIA" and _early(row)),
    Group(
        "nvidia-v1",
        "NVIDIA, v1.0 and v1.1",
        lambda row, _: row.submitter == "NVIDIA" and row.mlperf_round in ("v1.0", "v1.1"),
    ),
    Group("gpu", "GPU systems, all submitters", lambda row, architecture: architecture == "gpu" and _early(row)),
    Group(
        "other",
        "other accelerators and CPUs",
        lambda row, architecture: architecture not in ("ipu", "gpu") and _early(row),
    ),
    Group("all", "all", lambda row, _: _early(row)),
    Group("bow", "Bow Pod, v2.0", lambda row, architecture: architecture == "ipu" and _late(row)),
    Group("nvidia-late", "NVIDIA, v2.0 to v5.0", lambda row, _: _of_nvidia(row) and _late(row)),
    Group(
        "nvidia-v1-on",
        "NVIDIA, v1.0 to v5.0",
        lambda row, _: _of_nvidia(row) and row.mlperf_round >= "v1.0" and not is_language(row.workload),
    ),
    Group("gpu-late", "GPU systems, v2.0 to v5.0", lambda row, architecture: architecture == "gpu" and _late(row)),
    Group(
        "other-late",
        "other accelerators, v2.0 to v5.0",
        lambda row, architecture: architecture not in ("ipu", "gpu") and _late(row),
    ),
    Group("all-late", "all of v2.0 to v5.0", lambda row, _: _late(row)),
    Group("language", "language models", lambda row, _: is_language(row.workload)),
    Group("llama2-70b-lora", "Llama 2 70B LoRA", lambda row, _: row.workload == "llama2-70b-lora"),
    Group("llama31-405b", "Llama 3.1 405B", lambda row, _: row.workload == "llama31-405b"),
    Group("gpt3-175b", "GPT-3 175B", lambda row, _: row.workload == "gpt3-175b"),
)


class Score(Record, frozen=True):
    """One quantity over some answers. Errors and widths as shares of the measured and of the predicted value."""

    quantity: str
    mape: float
    median: float
    worst: float  # with its sign
    worst_row: str
    in_sample_mape: float | None  # of the same rows with nothing left out
    covered: int
    p_value: float | None  # two-sided, of the coverage; None below ten rows
    mean_width: float  # half-width of the interval over the median
    naive_mape: float | None
    naive_median: float | None
    naive_rows: int


class GroupScore(Record, frozen=True):
    """A group's rows in one back-test, with the errors of their time to train in two further ways.

    True samples: the samples that were needed are given, and physics is left. Searched layout: layout and batch are
    those that the model finds best, instead of the submitted ones; it may find none that fits.
    """

    key: str
    title: str
    rows: int
    scores: tuple[Score, ...]  # throughput, samples, time
    true_samples_mape: float
    true_samples_median: float
    searched_layout_mape: float | None
    searched_layout_median: float | None
    searched_layout_rows: int

    def of(self, quantity: str) -> Score:
        """The score of "throughput", "samples" or "time"."""
        return next(score for score in self.scores if score.quantity == quantity)


def group_scores(protocol: Protocol, catalog: Catalog, in_sample: Protocol | None = None) -> tuple[GroupScore, ...]:
    """The groups that this back-test answers for, without those whose rows are all of a group before them."""
    seen = {} if in_sample is None else {answer.entry.key: answer for answer in in_sample.answers}
    found: dict[tuple[str, ...], GroupScore] = {}
    for group in GROUPS:
        answers = [
            answer for answer in protocol.answers if group.holds(answer.entry, architecture(answer.entry, catalog))
        ]
        keys = tuple(answer.entry.key for answer in answers)
        if answers and keys not in found:
            found[keys] = _group_score(group, answers, [seen[key] for key in keys if key in seen])
    return tuple(found.values())


def score(answers: Sequence[Prediction], quantity: str, in_sample: Sequence[Prediction] = ()) -> Score:
    """One quantity over one answer or more; `in_sample` are the answers for the same rows with nothing left out."""
    errors = [abs(answer.error(quantity)) for answer in answers]
    worst = int(np.argmax(errors))
    covered = sum(is_covered(answer, quantity) for answer in answers)
    widths = [(answer.high[quantity] - answer.low[quantity]) / 2.0 / answer.predicted[quantity] for answer in answers]
    naive = [
        abs(value / answer.measured[quantity] - 1.0)
        for answer in answers
        if (value := answer.naive[quantity]) is not None
    ]
    return Score(
        quantity=quantity,
        mape=float(np.mean(errors)),
        median=float(np.median(errors)),
        worst=answers[worst].error(quantity),
        worst_row=answers[worst].entry.key,
        in_sample_mape=float(np.mean([abs(each.error(quantity)) for each in in_sample])) if in_sample else None,
        covered=covered,
        p_value=binomial_p_value(covered, len(answers)) if len(answers) >= SMALLEST_COVERAGE_TEST else None,
        mean_width=float(np.mean(widths)),
        naive_mape=float(np.mean(naive)) if naive else None,
        naive_median=float(np.median(naive)) if naive else None,
        naive_rows=len(naive),
    )


def is_covered(answer: Prediction, quantity: str) -> bool:
    """Whether the measured value lies inside the interval."""
    return answer.low[quantity] <= answer.measured[quantity] <= answer.high[quantity]


def binomial_p_value(covered: int, rows: int, level: float = LEVEL) -> float:
    """Two-sided exact test of the coverage: the chance of an outcome no likelier than this one."""
    chances = [comb(rows, k) * level**k * (1.0 - level) ** (rows - k) for k in range(rows + 1)]
    return min(1.0, sum(chance for chance in chances if chance <= chances[covered] * (1.0 + 1e-9)))


def _group_score(group: Group, answers: Sequence[Prediction], in_sample: Sequence[Prediction]) -> GroupScore:
    true_samples = [abs(answer.time_with_true_samples / answer.entry.score_s - 1.0) for answer in answers]
    searched = [
        abs(answer.time_with_searched_layout / answer.entry.score_s - 1.0)
        for answer in answers
        if isfinite(answer.time_with_searched_layout)
    ]
    return GroupScore(
        key=group.key,
        title=group.title,
        rows=len(answers),
        scores=tuple(score(answers, quantity, in_sample) for quantity in QUANTITIES),
        true_samples_mape=float(np.mean(true_samples)),
        true_samples_median=float(np.median(true_samples)),
        searched_layout_mape=float(np.mean(searched)) if searched else None,
        searched_layout_median=float(np.median(searched)) if searched else None,
        searched_layout_rows=len(searched),
    )
