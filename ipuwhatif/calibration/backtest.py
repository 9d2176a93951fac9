"""The model tried on rows it has not seen: what is left out is left out of everything that is fitted.

Layout and batch of a left-out row are choices, not results, and are given. What leaves together is told in `folds`.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import groupby

import numpy as np

from ipuwhatif.calibration.ensemble import intervals
from ipuwhatif.calibration.entries import case_of_entry
from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.folds import Fold, LeftIn, all_plans, asked_together, left_in
from ipuwhatif.calibration.observations import observe, observe_language
from ipuwhatif.calibration.protocols import Prediction, Protocol
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.rivals.naive import QUANTITIES, measured_value, naive_prediction
from ipuwhatif.calibration.rivals.rivals import rivals_of
from ipuwhatif.calibration.store import Calibration, from_unbounded
from ipuwhatif.calibration.support.support import support_of
from ipuwhatif.catalog.evidence.usable import reason_left_out, usable
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.layouts.layout import choose_layouts, submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.units import InputError

THREADS = 2  # numpy leaves the interpreter's lock while it works
Progress = Callable[[str, int, int], None]  # what is being done, how many fits are done, how many there are


def run_backtest(catalog: Catalog, progress: Progress | None = None) -> tuple[Protocol, ...]:
    """All protocols; minutes of fits. `progress` may raise to cancel."""
    unanswered = tuple((row, reason_left_out(row)) for row in catalog.official if not usable(row))
    plans = all_plans(catalog)
    asked = asked_together(plans)
    done, found = 0, dict[LeftIn, dict[str, Prediction]]()
    pool = ThreadPoolExecutor(THREADS)
    try:
        for title, folds in groupby(asked.items(), key=lambda each: each[1][0]):
            for known, waiting in [(known, pool.submit(predict, catalog, fold)) for known, (_, fold) in folds]:
                if progress:
                    progress(title, done, len(asked))
                found[known] = {answer.entry.key: answer for answer in waiting.result()}
                done += 1
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(
        Protocol(key, title, tuple(found[left_in(fold)][row.key] for fold in folds for row in fold.tested), unanswered)
        for key, title, folds in plans
    )


def predict(catalog: Catalog, fold: Fold) -> list[Prediction]:
    """Fit to what the fold leaves in and answer for what it leaves out."""
    seen = seen_catalog(catalog, fold)
    known = observe_language(seen, fold.training, fold.published) if fold.of_language else None
    fitted = fit(known or observe(seen, fold.training, fold.points, fold.published))
    return _answers(seen, from_unbounded(fitted.center, fitted.draws, seen.evidence_hash), fold)


def seen_catalog(catalog: Catalog, fold: Fold) -> Catalog:
    """The catalog as if the rest had never been measured, under a hash of its own."""
    known = [row.key for row in fold.training] + [point.key for point in fold.points]
    keys = "\n".join(known + [row.result.key for row in fold.published])
    evidence = sha256(f"{catalog.evidence_hash}\n{keys}".encode()).hexdigest()
    seen = replace(catalog, official=fold.training, references=fold.points, evidence_hash=evidence)
    printed = tuple(row.result for row in fold.published)
    return replace(seen, language_speeds=printed) if fold.of_language else replace(seen, published=printed)


def _answers(seen: Catalog, calibration: Calibration, fold: Fold) -> list[Prediction]:
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
    speed = around.throughput
    searched, rivals = _searched(seen, calibration, cases), rivals_of(seen, fold.training, fold.tested)
    return [
        Prediction(
            entry=row,
            predicted={
                "throughput": float(center.throughput[0, i] * slower[i]),
                "samples": float(plain.samples[0, i]),
                "time": float(center.time_to_train[0, i]),
            },
            low=_ends(speed.low * slower, around_needed.samples.low, around.time.low, i),
            high=_ends(speed.high * slower, around_needed.samples.high, around.time.high, i),
            measured={quantity: measured_value(row, quantity) for quantity in QUANTITIES},
            naive={quantity: naive_prediction(seen, row, quantity) for quantity in QUANTITIES},
            time_with_true_samples=float(wall[i] * row.time_scale),
            time_with_searched_layout=float(searched[i]),
            rivals=rivals[i],
        )
        for i, row in enumerate(fold.tested)
    ]


def _searched(seen: Catalog, calibration: Calibration, cases: Sequence[Case]) -> FloatArray:
    """Time to train with the best layout that the model finds, shape (cases,); NaN where nothing left in shows one."""
    free = [replace(case, policy=BEST) for case in cases]
    try:
        layouts = choose_layouts(seen, free, calibration.center)
    except InputError:
        return np.full(len(cases), np.nan)
    return np.asarray(evaluate(lower(seen, free, layouts), calibration.center).time_to_train[0])


def _separated(row: OfficialResult) -> bool:
    return abs(measured_value(row, "throughput") * row.measured_s / row.samples_to_target - 1.0) > 1e-9


def _ends(throughput: FloatArray, samples: FloatArray, time: FloatArray, i: int) -> dict[str, float]:
    return {"throughput": float(throughput[i]), "samples": float(samples[i]), "time": float(time[i])}
