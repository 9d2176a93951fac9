"""The model tried on rows it has not seen: what is left out is left out of everything that is fitted.

Layout and batch of a left-out row are choices, not results, and are given. A row leaves with everything of its group:
a size with the entries of all submitters and divisions at that size.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise

import numpy as np

from ipuwhatif.calibration.ensemble import intervals
from ipuwhatif.calibration.entries import architecture, case_of_entry, is_language, vendors
from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.naive import QUANTITIES, chips_of, measured_value, naive_prediction
from ipuwhatif.calibration.observations import observe, observe_language
from ipuwhatif.calibration.protocols import IN_SAMPLE, Answer, Protocol
from ipuwhatif.calibration.published import PublishedRow, date_of, language_rows, published_rows
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.calibration.store import Calibration, from_unbounded
from ipuwhatif.calibration.support import support_of
from ipuwhatif.catalog.evidence.usable import reason_left_out, usable
from ipuwhatif.catalog.types import Catalog, OfficialResult, ReferencePoint, SystemChoice
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.layout import choose_layouts, submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, known
from ipuwhatif.model.rounds import chip_family
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import Record, replace
from ipuwhatif.units import InputError

THREADS = 2  # numpy leaves the interpreter's lock while it works
Progress = Callable[[str, int, int], None]  # what is being done, how many fits are done, how many there are


class Fold(Record, frozen=True):
    """Rows, reference points and published figures that are left in, and the rows that are predicted from them."""

    training: tuple[OfficialResult, ...]
    points: tuple[ReferencePoint, ...]
    published: tuple[PublishedRow, ...]
    tested: tuple[OfficialResult, ...]
    of_language: bool = False  # language models, whose parameters are their own


def run_backtest(catalog: Catalog, progress: Progress | None = None) -> tuple[Protocol, ...]:
    """All protocols; minutes of fits. `progress` may raise to cancel."""
    answerable = [row for row in catalog.official if usable(row)]
    unanswered = tuple((row, reason_left_out(row)) for row in catalog.official if not usable(row))
    language = tuple(row for row in answerable if is_language(row.workload))
    plans = _plans(catalog, tuple(row for row in answerable if not is_language(row.workload)))
    plans = [(*plans[0][:2], (*plans[0][2], _everything_of_language(catalog, language))), *plans[1:]]
    plans += _language_plans(catalog, language)
    total = sum(len(folds) for _, _, folds in plans)
    done, protocols = 0, []
    pool = ThreadPoolExecutor(THREADS)
    try:
        for key, title, folds in plans:
            answers: list[Answer] = []
            for waiting in [pool.submit(predict, catalog, fold) for fold in folds]:
                if progress:
                    progress(title, done, total)
                answers += waiting.result()
                done += 1
            protocols.append(Protocol(key, title, tuple(answers), unanswered))
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(protocols)


def _everything_of_language(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> Fold:
    return Fold(rows, catalog.references, language_rows(catalog), rows, of_language=True)


def _language_plans(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> list[tuple[str, str, tuple[Fold, ...]]]:
    """Key, title and folds of the back-tests of language models."""
    everything = _everything_of_language(catalog, rows)

    def chip(row: OfficialResult) -> str:
        assert row.choice is not None
        return catalog.chip_of(row.choice).key

    newest = max(row.release for row in rows)
    before = max(release for release in catalog.releases if release < newest)
    return [
        ("language-row", "language models: leave one row out", _left_out(everything, rows, lambda row: row.key)),
        (
            "language-cell",
            "language models: leave one job on one number of chips of a kind out",
            _left_out(everything, rows, lambda row: f"{row.workload}/{chip(row)}/{chips_of(row)}"),
        ),
        (
            "language-size",
            "language models: leave one size out",
            _left_out(everything, rows, lambda row: f"{chips_of(row)}"),
        ),
        ("language-chip", "language models: leave one chip out", _without_chips(catalog, everything, chip)),
        (
            "language-round",
            "language models: leave one round out",
            _left_out(everything, rows, lambda row: row.release),
        ),
        (
            "language-as-of",
            f"language models: as of {before} predict {newest}",
            # Reference points are rules of a round, and known before its entries.
            (replace(_as_of(before, newest, catalog, everything, rows), points=catalog.references, of_language=True),),
        ),
    ]


def _plans(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> list[tuple[str, str, tuple[Fold, ...]]]:
    """Key, title and folds of each protocol."""
    judged = tuple(row for row in rows if row.submitter in vendors())
    everything = Fold(rows, catalog.references, published_rows(catalog), rows)
    largest = (*_largest([row for row in judged if row.release <= "2021-12"]), *_largest(judged))
    largest = tuple(dict.fromkeys(largest))
    gpus = tuple(row for row in rows if architecture(row, catalog) == "gpu" and row.release >= "2020-07")

    def size(row: OfficialResult) -> str:
        return f"{architecture(row, catalog)}/{row.workload}/{chips_of(row)}"

    def family(row: OfficialResult) -> str:
        return _family(catalog, row.choice)

    return [
        (IN_SAMPLE, "in-sample", (everything,)),
        ("leave-one-row-out", "leave one row out", _left_out(everything, judged, lambda row: row.key)),
        ("leave-one-size-out", "leave one size out", _left_out(everything, judged, size)),
        ("largest", "extrapolate to the largest size", _left_out(everything, largest, size)),
        ("leave-one-submitter-out", "leave one submitter out", _left_out(everything, gpus, _company)),
        (
            "as-of-2021-06",
            "as of 2021-06 predict 2021-12",
            (_as_of("2021-06", "2021-12", catalog, everything, judged),),
        ),
        ("as-of-2021-12", "as of 2021-12 predict 2022-06", (_as_of("2021-12", "2022-06", catalog, everything, rows),)),
        ("next-round", "each later round from those before it", _each_round(catalog, everything, rows)),
        ("leave-one-family-out", "leave one chip family out", _without_families(catalog, everything, family)),
    ]


def predict(catalog: Catalog, fold: Fold) -> list[Answer]:
    """Fit to what the fold leaves in and answer for what it leaves out."""
    seen = _left_in(catalog, fold)
    known = observe_language(seen, fold.training, fold.published) if fold.of_language else None
    fitted = fit(known or observe(seen, fold.training, fold.points, fold.published))
    return _answers(seen, from_unbounded(fitted.center, fitted.draws, seen.evidence_hash), fold)


def _left_in(catalog: Catalog, fold: Fold) -> Catalog:
    """The catalog as if the rest had never been measured, under a hash of its own."""
    known = [row.key for row in fold.training] + [point.key for point in fold.points]
    keys = "\n".join(known + [row.result.key for row in fold.published])
    evidence = sha256(f"{catalog.evidence_hash}\n{keys}".encode()).hexdigest()
    seen = replace(catalog, official=fold.training, references=fold.points, evidence_hash=evidence)
    printed = tuple(row.result for row in fold.published)
    return replace(seen, language_speeds=printed) if fold.of_language else replace(seen, published=printed)


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
    speed = around.throughput
    searched = _searched(seen, calibration, cases)
    return [
        Answer(
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


def _left_out(
    everything: Fold, tested: Sequence[OfficialResult], group: Callable[[OfficialResult], str]
) -> tuple[Fold, ...]:
    """One fold for each group of tested rows: whoever else is in the group leaves with them."""
    folds = []
    for name in sorted({group(row) for row in tested}):
        training = tuple(row for row in everything.training if group(row) != name)
        folds.append(replace(everything, training=training, tested=tuple(row for row in tested if group(row) == name)))
    return tuple(folds)


def _largest(rows: Sequence[OfficialResult]) -> tuple[OfficialResult, ...]:
    """The rows of the largest size of each vendor, workload and division in the last release."""
    found = []
    for key in sorted({(row.submitter, str(row.workload), row.division) for row in rows}):
        alike = [row for row in rows if (row.submitter, row.workload, row.division) == key]
        last = [row for row in alike if row.release == max(other.release for other in alike)]
        found += [row for row in last if chips_of(row) == max(chips_of(other) for other in last)]
    return tuple(found)


def _as_of(release: str, asked: str, catalog: Catalog, everything: Fold, tested: Sequence[OfficialResult]) -> Fold:
    """Only what was known at a release is left in: entries, reference points and published figures."""
    return Fold(
        tuple(row for row in everything.training if row.release <= release),
        tuple(point for point in everything.points if point.mlperf_round <= catalog.releases[release].mlperf_round),
        tuple(row for row in everything.published if date_of(catalog, row) <= release),
        tuple(row for row in tested if row.release == asked),
    )


def _each_round(catalog: Catalog, everything: Fold, rows: Sequence[OfficialResult]) -> tuple[Fold, ...]:
    """One fold for each round after v2.0, of the rows whose chips have entries before it, known as of the round before.

    A chip in its first round is asked for where whole families are left out.
    """
    releases = sorted({row.release for row in rows})
    folds = []
    for before, release in pairwise(releases):
        if before >= "2022-06":
            known_chips = {_generation(catalog, row.choice) for row in rows if row.release <= before}
            tested = [row for row in rows if _generation(catalog, row.choice) in known_chips]
            folds.append(_as_of(before, release, catalog, everything, tested))
    return tuple(folds)


def _without_families(catalog: Catalog, everything: Fold, family: Callable[[OfficialResult], str]) -> tuple[Fold, ...]:
    """One fold for each chip family: its entries and its published figures leave together."""
    folds = []
    for fold in _left_out(everything, everything.training, family):
        name = family(fold.tested[0])
        kept = tuple(row for row in fold.published if _family(catalog, row.case.choice) != name)
        folds.append(replace(fold, published=kept))
    return tuple(folds)


def _without_chips(catalog: Catalog, everything: Fold, chip: Callable[[OfficialResult], str]) -> tuple[Fold, ...]:
    """One fold for each chip of language models: its entries and its printed speeds leave together."""
    folds = []
    for fold in _left_out(everything, everything.training, chip):
        name = chip(fold.tested[0])
        kept = tuple(row for row in fold.published if catalog.chip_of(row.case.choice).key != name)
        folds.append(replace(fold, published=kept))
    return tuple(folds)


def _company(row: OfficialResult) -> str:
    """The company that submitted; Dell did under two names."""
    submitter = known().submitters.get(row.submitter)
    return submitter.company if submitter else row.submitter


def _generation(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    return catalog.chip_of(choice).generation


def _family(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    return chip_family(catalog.chip_of(choice))
