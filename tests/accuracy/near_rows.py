"""Whether rows near by help ResNet-50 and BERT as they help language models: `python -m tests.accuracy.near_rows`.

Minutes. Each fold is fitted as ever; then a Gaussian process over what the fit missed on the entries that it saw, near
in job, kind of chip, round and chips, moves what it says of those that it did not. Spreads are the likeliest of the
fold (`calibration.near_rows`). Mean and median absolute errors of throughput without and with it: it is left out for
these jobs, since entries of NVIDIA's own are moved toward the servers of its partners.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ipuwhatif.calibration.backtest import seen_catalog
from ipuwhatif.calibration.entries import case_of_entry, is_language
from ipuwhatif.calibration.fit import fit
from ipuwhatif.calibration.folds import Fold, plans_of_curves
from ipuwhatif.calibration.near.near_rows import MOST_MISSED, likeliest
from ipuwhatif.calibration.observations import observe
from ipuwhatif.calibration.rivals.naive import chips_of, measured_value
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.layouts.layout import submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, natural
from ipuwhatif.model.time_to_train import throughput_of

TRIED = ("leave-one-size-out", "leave-one-submitter-out")
REACH = 1.0  # doublings of the chips in which what is shared falls by 1 / e


def missed(catalog: Catalog, center: FloatArray, rows: Sequence[OfficialResult]) -> FloatArray:
    """ln(predicted / measured throughput)."""
    layouts = [submitted(row.layout) for row in rows if row.layout is not None]
    inputs = lower(catalog, [case_of_entry(row) for row in rows], layouts)
    measured = np.array([measured_value(row, "throughput") for row in rows])
    return np.log(throughput_of(inputs, natural(center[None]))[0] / measured)


def near(catalog: Catalog, first: Sequence[OfficialResult], second: Sequence[OfficialResult]) -> FloatArray:
    """How much two entries have in common, 0 to 1; shape (first, second)."""

    def kind(row: OfficialResult) -> tuple[str, ...]:
        assert row.choice is not None
        return str(row.workload), catalog.chip_of(row.choice).generation, row.release

    same = np.array([[kind(one) == kind(other) for other in second] for one in first], dtype=np.float64)
    sizes = [np.log2([chips_of(row) for row in rows]) for rows in (first, second)]
    return same * np.exp(-np.abs(np.subtract.outer(*sizes)) / REACH)


def tried(catalog: Catalog, fold: Fold) -> Iterator[tuple[OfficialResult, float, float]]:
    """Each left-out row with what is missed of it without rows near by and with them."""
    seen = seen_catalog(catalog, fold)
    center = fit(observe(seen, fold.training, fold.points, fold.published)).center
    before = np.clip(missed(seen, center, fold.training), -MOST_MISSED, MOST_MISSED)
    among = near(seen, fold.training, fold.training)
    shared, own = likeliest(np.linalg.cholesky(among + 1e-9 * np.eye(len(before))), before)
    told = np.linalg.solve(shared**2 * among + own**2 * np.eye(len(before)), before)
    shift = shared**2 * near(seen, fold.tested, fold.training) @ told
    without = missed(seen, center, fold.tested)
    yield from zip(fold.tested, without.tolist(), (without - shift).tolist(), strict=True)


def main() -> None:
    catalog = load_catalog()
    rows = tuple(row for row in catalog.official if usable(row) and not is_language(row.workload))
    for key, _, folds in plans_of_curves(catalog, rows):
        if key not in TRIED:
            continue
        found = [each for fold in folds for each in tried(catalog, fold)]
        nvidia = [each for each in found if each[0].submitter.startswith("NVIDIA") and each[0].mlperf_round >= "v1.0"]
        for name, some in (("NVIDIA's own, v1.0 on", nvidia), ("all", found)):
            errors = [np.abs(np.expm1([each[place] for each in some])) for place in (1, 2)]
            told = "  ".join(f"{each.mean():.1%} (median {np.median(each):.1%})" for each in errors)
            print(f"{key:24} {name:22} {len(some):4} rows: without, with rows near by  {told}", flush=True)


if __name__ == "__main__":
    main()
