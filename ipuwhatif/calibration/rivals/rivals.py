"""What simple rules say of an entry that was left out: a constant share of the peak, and the nearest entry scaled.

Both know what the fold leaves in and the layout that is given. The nearest entry has an interval as well, as wide as
entries that are left in were missed by the nearest of theirs ("split conformal": Vovk, Gammerman and Shafer 2005,
"Algorithmic Learning in a Random World", section 2.2).
"""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np

from ipuwhatif.calibration.entries import architecture, case_of_entry
from ipuwhatif.calibration.protocols import Rival
from ipuwhatif.calibration.rivals.naive import QUANTITIES, chips_of, measured_value
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.case import Case
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.model.precision import BF16, PRECISIONS
from ipuwhatif.model.roles.language import decoder_of, is_language_model
from ipuwhatif.model.roles.software import kernels_of, software_of
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import Record

PASSES = 3.0  # over the products of a network in a training step, in units of the forward pass
#: Share of rows that an interval is meant to hold.
HELD = 0.8
#: How far apart two entries are, beside the logarithm of the ratio of their chips, where they differ in something.
APART = {"job": 20.0, "architecture": 10.0, "generation": 3.0, "division": 2.0, "release": 1.0, "system": 0.5}
#: Left-in entries of the job from which the width of its interval is told; of fewer that of all jobs is.
ENOUGH = 10
THROUGHPUT, SAMPLES, TIME = QUANTITIES


class _Rows(Record, frozen=True):
    """Entries as arrays: what tells them apart, shape (kinds, rows), logarithms of chips and of what is measured."""

    kinds: tuple[tuple[str, ...], ...]
    chips: FloatArray
    rate: Mapping[str, FloatArray]  # log of what a quantity is divided by to be alike on all chips
    measured: Mapping[str, FloatArray]  # log of the quantity so divided


def peak_rate(catalog: Catalog, case: Case, layout: Layout) -> float:
    """FLOP/s of all chips of a case, dense, in the precision of its layout."""
    chip = catalog.chip_of(case.choice)
    peak = PRECISIONS[layout.precision or BF16].peak
    return case.choice.chips * chip.value(peak if peak in chip.data else "peak_flops")


def training_flops(catalog: Catalog, case: Case) -> float:
    """FLOPs of a sample in training, by the products of its network."""
    chip, workload = catalog.chip_of(case.choice), catalog.workloads[case.workload]
    if is_language_model(workload):
        sizes = decoder_of(workload, case.layers)
        return PASSES * 2.0 * sizes.tokens * (sizes.layers * sizes.layer_products + sizes.head_weights)
    software = software_of(catalog, workload, chip.architecture, case.release, case.software)
    return PASSES * network_for(workload.network, chip.architecture, case.layers, kernels_of(software)).forward_flops


def rivals_of(
    seen: Catalog, training: Sequence[OfficialResult], tested: Sequence[OfficialResult]
) -> list[dict[str, Rival]]:
    """By quantity, of each tested entry, from those that are left in."""
    known, asked = _rows(seen, training), _rows(seen, tested)
    apart = _distances(asked, known)
    among = _distances(known, known)
    np.fill_diagonal(among, np.inf)
    found: list[dict[str, Rival]] = [{} for _ in tested]
    for quantity in QUANTITIES:
        values = known.measured[quantity]
        missed = np.abs(values - values[among.argmin(axis=1)])
        nearest = apart.argmin(axis=1)
        for place, each in enumerate(found):
            alike = _alike(known, asked, place, quantity)
            if not alike.any():
                each[quantity] = Rival(None, None, None)
                continue
            same_job = apart[place] < APART["job"]
            told = missed[same_job] if same_job.sum() >= ENOUGH else missed
            scale = asked.rate[quantity][place]
            each[quantity] = Rival(
                constant=float(np.exp(values[alike].mean() + scale)),
                nearest=float(np.exp(values[nearest[place]] + scale)),
                half_width=float(np.sort(told)[min(ceil(HELD * (len(told) + 1)), len(told)) - 1]),
            )
    return found


def _alike(known: _Rows, asked: _Rows, place: int, quantity: str) -> np.ndarray:
    """Entries whose mean is asked: of the job on the architecture, of the job, and of any job for a share of a peak."""
    job, chip = (
        np.array([each == asked.kinds[kind][place] for each in known.kinds[kind]], dtype=bool) for kind in (0, 1)
    )
    if not job.any():
        return np.ones(len(job), dtype=bool) if quantity == THROUGHPUT else job
    return job & chip if (job & chip).any() else job


def _rows(seen: Catalog, rows: Sequence[OfficialResult]) -> _Rows:
    cases = [case_of_entry(row) for row in rows]
    layouts = [row.layout for row in rows if row.layout is not None]
    peak = np.log([peak_rate(seen, case, layout) for case, layout in zip(cases, layouts, strict=True)])
    work = np.log([training_flops(seen, case) for case in cases])
    rate = {THROUGHPUT: peak - work, SAMPLES: np.zeros(len(rows)), TIME: -peak}
    return _Rows(
        kinds=(
            tuple(str(row.workload) for row in rows),
            tuple(architecture(row, seen) for row in rows),
            tuple(seen.chip_of(case.choice).generation for case in cases),
            tuple(row.division for row in rows),
            tuple(row.release for row in rows),
            tuple(case.choice.system for case in cases),
        ),
        chips=np.log([chips_of(row) for row in rows]),
        rate=rate,
        measured={name: np.log([measured_value(row, name) for row in rows]) - rate[name] for name in QUANTITIES},
    )


def _distances(first: _Rows, second: _Rows) -> FloatArray:
    """How far entries lie apart, shape (first, second)."""
    apart = np.abs(np.subtract.outer(first.chips, second.chips))
    for weight, here, there in zip(APART.values(), first.kinds, second.kinds, strict=True):
        codes = {each: code for code, each in enumerate(dict.fromkeys((*here, *there)))}
        one, other = (_codes(codes, names) for names in (here, there))
        apart += weight * (one[:, None] != other)
    return np.asarray(apart)


def _codes(codes: Mapping[str, int], names: Sequence[str]) -> IntArray:
    return np.array([codes[name] for name in names], dtype=np.intp)
