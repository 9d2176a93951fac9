"""The model tried on rows it has not seen: what is left out is left out of everything that is fitted.

Layout and batch of a left-out row are choices, not results, and are given. Rows are the closed entries of Graphcore and
NVIDIA up to v1.1; their open entries take part in the fit, and leave it together with the closed ones of their size.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from ipuwhatif.calibration.ensemble import intervals
from ipuwhatif.calibration.entries import VENDORS, case_of_entry, reason_left_out
from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.naive import QUANTITIES, measured_value, naive_prediction
from ipuwhatif.calibration.observations import observe
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.store import Calibration, from_unbounded
from ipuwhatif.calibration.support import support_of
from ipuwhatif.catalog.types import Catalog, OfficialResult, ReferencePoint
from ipuwhatif.model.layout import submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import evaluate

Progress = Callable[[str, int, int], None]  # what is being done, how many fits are done, how many there are


@dataclass(frozen=True, slots=True)
class Answer:
    """One row as predicted without it: predicted, low, high and measured values by quantity, and the rival's."""

    entry: OfficialResult
    predicted: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    measured: dict[str, float]
    naive: dict[str, float | None]
    time_with_true_samples: float

    def error(self, quantity: str) -> float:
        """Relative error, predicted over measured minus one."""
        return self.predicted[quantity] / self.measured[quantity] - 1.0


@dataclass(frozen=True, slots=True)
class Protocol:
    """One way of leaving rows out, with its answers and the rows that it cannot answer."""

    key: str
    title: str
    answers: tuple[Answer, ...]
    unanswered: tuple[tuple[OfficialResult, str], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows and reference points that are left in, and the rows that are predicted from them."""

    training: tuple[OfficialResult, ...]
    points: tuple[ReferencePoint, ...]
    tested: tuple[OfficialResult, ...]


def closed_rows(catalog: Catalog) -> tuple[OfficialResult, ...]:
    """Every closed entry of the two submitters, answered or not."""
    return tuple(row for row in catalog.official if row.submitter in VENDORS and row.division == "closed")


def run_backtest(catalog: Catalog, progress: Progress | None = None) -> tuple[Protocol, ...]:
    """All protocols; about a minute of fits on two cores. `progress` may raise to cancel."""
    rows = closed_rows(catalog)
    answered = tuple(row for row in rows if not reason_left_out(row))
    unanswered = tuple((row, reason_left_out(row)) for row in rows if reason_left_out(row))
    everything = tuple(row for row in catalog.official if not reason_left_out(row))
    plans = {
        "in-sample": ("in-sample", (Fold(everything, catalog.references, answered),)),
        "leave-one-row-out": (
            "leave one row out",
            tuple(_without(everything, catalog.references, (row,), (row,)) for row in answered),
        ),
        "leave-one-size-out": ("leave one size out", tuple(_size_folds(everything, catalog.references, answered))),
        "largest": ("extrapolate to the largest size", tuple(_largest_folds(everything, catalog.references, answered))),
        "as-of-2021-06": ("as of 2021-06 predict 2021-12", (_next_release_fold(everything, catalog.references),)),
    }
    total = sum(len(folds) for _, folds in plans.values())
    done, protocols = 0, []
    for key, (title, folds) in plans.items():
        answers: list[Answer] = []
        for fold in folds:
            if progress:
                progress(title, done, total)
            answers += predict(catalog, fold)
            done += 1
        tested = {answer.entry.key for answer in answers}
        outside = tuple((row, "not part of this question") for row in answered if row.key not in tested)
        protocols.append(Protocol(key, title, tuple(answers), unanswered + outside))
    return tuple(protocols)


def predict(catalog: Catalog, fold: Fold) -> list[Answer]:
    """Fit to what the fold leaves in and answer for what it leaves out."""
    seen = _left_in(catalog, fold)
    fitted = fit(observe(seen, fold.training, fold.points))
    return _answers(seen, from_unbounded(fitted.center, fitted.draws, seen.evidence_hash), fold)


def _left_in(catalog: Catalog, fold: Fold) -> Catalog:
    """The catalog as if the rest had never been measured, under a hash of its own."""
    keys = "\n".join([row.key for row in fold.training] + [point.key for point in fold.points])
    evidence = sha256(f"{catalog.evidence_hash}\n{keys}".encode()).hexdigest()
    return replace(catalog, official=fold.training, references=fold.points, evidence_hash=evidence)


def _answers(seen: Catalog, calibration: Calibration, fold: Fold) -> list[Answer]:
    cases = [case_of_entry(row) for row in fold.tested]
    layouts = [submitted(row.layout) for row in fold.tested if row.layout is not None]
    scored = with_known_recipes(lower(seen, cases, layouts), seen, cases, layouts)
    # Samples are judged as they were needed, without the rule that lifts a score; time is judged with it.
    needed = replace(scored, reference_floor=np.zeros(scored.size))
    supports = [support_of(seen, case, layout) for case, layout in zip(cases, layouts, strict=True)]
    center, plain = evaluate(scored, calibration.center), evaluate(needed, calibration.center)
    around = intervals(calibration, cases, scored, supports, center)
    around_needed = intervals(calibration, cases, needed, supports, plain)
    true_samples = np.array([row.samples_to_target for row in fold.tested])
    start_up = plain.parts["start_up"][0]
    wall = start_up + (plain.time_to_train[0] - start_up) * true_samples / plain.samples[0]
    # Where the log does not separate training from the rest, throughput is that of the whole run. Start-up weighs less
    # in a longer run, so the samples that were needed are given: their error is counted apart.
    whole_run = true_samples / wall / plain.throughput[0]
    slower = np.where([_separated(row) for row in fold.tested], 1.0, whole_run)
    found: list[Answer] = []
    for i, row in enumerate(fold.tested):
        throughput = around.throughput
        found.append(
            Answer(
                entry=row,
                predicted={
                    "throughput": float(center.throughput[0, i] * slower[i]),
                    "samples": float(plain.samples[0, i]),
                    "time": float(center.time_to_train[0, i]),
                },
                low=_ends(throughput.low * slower, around_needed.samples.low, around.time.low, i),
                high=_ends(throughput.high * slower, around_needed.samples.high, around.time.high, i),
                measured={quantity: measured_value(row, quantity) for quantity in QUANTITIES},
                naive={quantity: naive_prediction(fold.training, row, quantity) for quantity in QUANTITIES},
                time_with_true_samples=float(wall[i] * row.time_scale),
            )
        )
    return found


def _separated(row: OfficialResult) -> bool:
    return abs(measured_value(row, "throughput") * row.measured_s / row.samples_to_target - 1.0) > 1e-9


def _ends(throughput: FloatArray, samples: FloatArray, time: FloatArray, i: int) -> dict[str, float]:
    return {"throughput": float(throughput[i]), "samples": float(samples[i]), "time": float(time[i])}


def _without(
    rows: Sequence[OfficialResult],
    points: Sequence[ReferencePoint],
    left_out: Sequence[OfficialResult],
    tested: Sequence[OfficialResult],
) -> Fold:
    keys = {row.key for row in left_out}
    return Fold(tuple(row for row in rows if row.key not in keys), tuple(points), tuple(tested))


def _size_folds(
    rows: Sequence[OfficialResult], points: Sequence[ReferencePoint], answered: Sequence[OfficialResult]
) -> Iterator[Fold]:
    """One fold per submitter, workload and chip count: every release and division of that size is left out."""
    for group in sorted({_size(row) for row in answered}):
        left_out = [row for row in rows if _size(row) == group]
        yield _without(rows, points, left_out, [row for row in answered if _size(row) == group])


def _largest_folds(
    rows: Sequence[OfficialResult], points: Sequence[ReferencePoint], answered: Sequence[OfficialResult]
) -> Iterator[Fold]:
    """One fold per submitter and workload: the largest size of the last release is left out."""
    for submitter, workload in sorted({(row.submitter, str(row.workload)) for row in answered}):
        alike = [row for row in answered if (row.submitter, row.workload) == (submitter, workload)]
        last = [row for row in alike if row.release == max(other.release for other in alike)]
        group = _size(max(last, key=lambda row: row.chips))
        left_out = [row for row in rows if _size(row) == group]
        yield _without(rows, points, left_out, [row for row in last if _size(row) == group])


def _next_release_fold(rows: Sequence[OfficialResult], points: Sequence[ReferencePoint]) -> Fold:
    """Only what was known in June 2021 is left in: entries and reference points of v1.0 and before."""
    return Fold(
        tuple(row for row in rows if row.release <= "2021-06"),
        tuple(point for point in points if point.mlperf_round <= "v1.0"),
        tuple(row for row in rows if row.release == "2021-12" and row.division == "closed"),
    )


def _size(row: OfficialResult) -> tuple[str, str, int]:
    return row.submitter, str(row.workload), row.chips
