"""Evidence rows as Cases with what was measured: the only view of the evidence that the fit has.

Everything a back-test leaves out is left out here, before anything is fitted: entries and reference points alike.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ipuwhatif.calibration.entries import case_of_entry, is_language, separates_training, vendors
from ipuwhatif.calibration.published import PublishedRow
from ipuwhatif.calibration.recipes import recipe_key
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog, OfficialResult, ReferencePoint, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, anchor_release, known, parameter_index
from ipuwhatif.records import Record, replace


class Observations(Record, frozen=True):
    """Entries, published figures and reference points as cases in this order, and what was measured of each.

    Arrays have the shape (cases,); they are NaN where a log does not separate a time or a source does not tell it.
    """

    rows: tuple[OfficialResult, ...]
    published: tuple[PublishedRow, ...]
    points: tuple[ReferencePoint, ...]
    inputs: Inputs | None  # None when there is nothing
    throughput: FloatArray  # samples/s while training
    measured_s: FloatArray
    samples: FloatArray
    evaluation_s: FloatArray
    start_up_s: FloatArray
    overhead_s: FloatArray
    loose: npt.NDArray[np.bool_]  # of others than the vendors that the model is judged on first
    same_recipe: FloatArray  # entries that share the case's recipe, itself included
    same_cell: FloatArray | None = None  # entries of one language model on as many chips of a kind, itself included


def observe(
    catalog: Catalog,
    rows: Sequence[OfficialResult],
    points: Sequence[ReferencePoint],
    published: Sequence[PublishedRow] = (),
) -> Observations:
    """Observations of usable rows, published figures and reference points, but those of language models."""
    kept = tuple(row for row in rows if usable(row) and not is_language(row.workload))
    points = [point for point in points if not is_language(point.workload)]
    evaluation = _numbers(row.evaluation_s for row in kept)
    overhead = _numbers(_overhead(row) for row in kept)
    untold = np.full(len(published) + len(points), np.nan)
    return Observations(
        rows=kept,
        published=tuple(published),
        points=tuple(points),
        inputs=_inputs(catalog, kept, published, points) if kept or published or points else None,
        throughput=_numbers(
            [
                *(_training_throughput(row) for row in kept),
                *(row.throughput for row in published),
                *(None for _ in points),
            ]
        ),
        measured_s=np.append(_numbers(row.measured_s for row in kept), untold),
        samples=_numbers(
            [*(row.samples_to_target for row in kept), *(None for _ in published), *(point.samples for point in points)]
        ),
        evaluation_s=np.append(evaluation, untold),
        start_up_s=np.append(np.where(overhead > evaluation, overhead - evaluation, np.nan), untold),
        overhead_s=np.append(np.where(np.isnan(evaluation), overhead, np.nan), untold),
        loose=np.array(
            [*(row.submitter not in vendors() for row in kept), *(True for _ in published), *(False for _ in points)],
            dtype=bool,
        ),
        same_recipe=np.append(_same_recipe(catalog, kept), np.ones(len(untold))),
    )


def observe_language(
    catalog: Catalog, rows: Sequence[OfficialResult], published: Sequence[PublishedRow] = ()
) -> Observations:
    """Observations of the usable entries of language models, and of their speeds in frameworks: they share no parameter
    with other jobs.

    A score is scaled to the reference points, and so are the samples here. Evaluation and start-up are told apart in
    most logs, so that the time as a whole says nothing more; those of TPUs tell their sum or, in v4.1, nothing but the
    whole time. Near-copies of one entry together say little more than one: the entries of a cell, of one job on as many
    chips of a kind, share its weight. So do the published speeds of one job, precision and framework on as many chips
    of a kind.
    """
    kept = tuple(row for row in rows if usable(row) and is_language(row.workload))
    cells: list[tuple[object, ...]] = [
        *((row.workload, catalog.chip_of(row.choice).key, row.choice.chips) for row in kept if row.choice),
        *(_published_cell(catalog, row) for row in published),
    ]
    count, untold = len(kept) + len(published), np.full(len(published), np.nan)
    overhead, evaluation = _numbers(row.overhead_s for row in kept), _numbers(row.evaluation_s for row in kept)
    return Observations(
        rows=kept,
        published=tuple(published),
        points=(),
        inputs=_inputs(catalog, kept, published, ()) if count else None,
        throughput=_numbers([*map(_training_throughput, kept), *(row.throughput for row in published)]),
        measured_s=np.append(
            _numbers(row.measured_s * row.time_scale if row.training_s is None else None for row in kept), untold
        ),
        samples=np.append(_numbers(row.samples_to_target * row.time_scale for row in kept), untold),
        evaluation_s=np.append(evaluation, untold),
        start_up_s=np.append(np.where(overhead > evaluation, overhead - evaluation, np.nan), untold),
        overhead_s=np.append(_numbers(_evaluation_and_start_up(row) for row in kept), untold),
        loose=np.ones(count, dtype=bool),
        same_recipe=np.array([cells.count(cell) for cell in cells], dtype=np.float64),
        same_cell=np.array([cells.count(cell) for cell in cells], dtype=np.float64),
    )


def _evaluation_and_start_up(row: OfficialResult) -> float | None:
    """Their sum where a log of chips that share weights does not tell them apart; other parameters are theirs alone."""
    shares = row.layout is not None and row.layout.gathers > 0
    return row.overhead_s if shares and row.evaluation_s is None else None


def _published_cell(catalog: Catalog, row: PublishedRow) -> tuple[object, ...]:
    chip, framework = catalog.chip_of(row.case.choice).key, catalog.software[row.case.software].framework
    return row.case.workload, chip, row.case.choice.chips, row.layout.precision, framework


def _inputs(
    catalog: Catalog,
    rows: Sequence[OfficialResult],
    published: Sequence[PublishedRow],
    points: Sequence[ReferencePoint],
) -> Inputs:
    """What ran, not what was scored: the rule that scales a score up to the reference point is no convergence."""
    cases = [*map(case_of_entry, rows), *(row.case for row in published), *map(_case_of_point, points)]
    layouts = [
        *(row.layout for row in rows if row.layout is not None),
        *(row.layout for row in published),
        *map(_layout_of_point, points),
    ]
    inputs = lower(catalog, cases, layouts)
    inputs = replace(inputs, reference_floor=np.zeros(inputs.size))
    _on_their_curves(inputs, points, first=len(rows) + len(published))
    return _with_submitters(inputs, catalog, rows)


def _with_submitters(inputs: Inputs, catalog: Catalog, rows: Sequence[OfficialResult]) -> Inputs:
    """Entries of others than the chip's vendor are as fast as their submitter's set-up lets them."""
    for position, row in enumerate(rows):
        assert row.choice is not None
        submitter = None if is_language(row.workload) else known().submitters.get(row.submitter)
        if submitter and submitter.architecture == catalog.chip_of(row.choice).architecture:
            inputs.role["submitter_effect"][position] = parameter_index()[f"submitter_effect.{row.submitter}"]
    return inputs


def _same_recipe(catalog: Catalog, rows: Sequence[OfficialResult]) -> FloatArray:
    keys = [
        recipe_key(catalog.chip_of(row.choice), case_of_entry(row), submitted(row.layout))
        for row in rows
        if row.layout is not None and row.choice is not None
    ]
    return np.array([keys.count(key) for key in keys], dtype=np.float64)


def _training_throughput(row: OfficialResult) -> float | None:
    return row.samples_to_target / row.training_s if row.training_s and separates_training(row) else None


def _overhead(row: OfficialResult) -> float | None:
    return row.overhead_s if separates_training(row) else None


def _case_of_point(point: ReferencePoint) -> Case:
    """A case whose convergence part is right for a point; the rest of the model is not asked."""
    return Case(point.workload, SystemChoice("dgx-a100", 8), anchor_release(), "closed", AS_SUBMITTED)


def _layout_of_point(point: ReferencePoint) -> Layout:
    return Layout(
        AS_SUBMITTED,
        global_batch=point.global_batch,
        replicas=8,
        pipeline_stages=1,
        micro_batch=1,
        gradient_accumulation=1,
        optimizer=point.optimizer,
        horizon_samples=point.horizon_samples,
    )


def _curve_of(point: ReferencePoint) -> str:
    """The curve that the points of a family lie on."""
    (curve,) = (
        each.key
        for each in known().curves
        if each.workload == point.workload and point.recipe_family in each.references
    )
    return curve


def _on_their_curves(inputs: Inputs, points: Sequence[ReferencePoint], first: int) -> None:
    """Let the cases of points, which begin at `first`, follow the curve of their family."""
    groups = [_curve_of(point) for point in points]
    for role in ("floor_effect", "critical_batch_effect", "rise_effect"):
        inputs.role[role][first:] = [parameter_index()[f"{role}.{group}"] for group in groups]


def _numbers(values: object) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)  # type: ignore[attr-defined]
