"""Evidence rows as Cases with what was measured: the only view of the evidence that the fit has.

Everything a back-test leaves out is left out here, before anything is fitted: entries and reference points alike.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ipuwhatif.calibration.entries import VENDORS, case_of_entry, usable
from ipuwhatif.calibration.published import PublishedRow
from ipuwhatif.calibration.recipes import architecture_of, recipe_key
from ipuwhatif.catalog.types import Catalog, Layout, OfficialResult, ReferencePoint, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case
from ipuwhatif.model.layout import submitted
from ipuwhatif.model.lower import Inputs, lower
from ipuwhatif.model.parameters import SUBMITTERS, FloatArray, parameter_index
from ipuwhatif.records import dataclass

#: Family of reference points -> the convergence group whose curve they lie on.
REFERENCE_GROUPS = {
    ("resnet50", "ngc"): "resnet50/gpu",
    ("resnet50", "tpu"): "resnet50/tpu",
    ("bert-large", "reference"): "bert-large/reference",
}


@dataclass(frozen=True, slots=True)
class Observations:
    """Rows and points ready for the model. Arrays over rows are NaN where the log does not separate a time."""

    rows: tuple[OfficialResult, ...]
    inputs: Inputs | None  # of the rows; None when there are none
    throughput: FloatArray  # samples/s while training
    measured_s: FloatArray
    samples: FloatArray
    loose: npt.NDArray[np.bool_]  # of others than the vendors that the model is judged on first
    same_recipe: FloatArray  # rows that share the row's recipe, itself included
    evaluation_s: FloatArray
    start_up_s: FloatArray
    overhead_s: FloatArray
    points: tuple[ReferencePoint, ...]
    point_inputs: Inputs | None
    point_samples: FloatArray
    published: tuple[PublishedRow, ...]
    published_inputs: Inputs | None


def observe(
    catalog: Catalog,
    rows: Sequence[OfficialResult],
    points: Sequence[ReferencePoint],
    published: Sequence[PublishedRow] = (),
) -> Observations:
    """Observations of usable rows, reference points and published figures, in their order."""
    kept = tuple(row for row in rows if usable(row))
    known = [row.layout for row in kept if row.layout is not None]
    inputs = lower(catalog, [case_of_entry(row) for row in kept], known) if kept else None
    evaluation = _numbers(row.evaluation_s for row in kept)
    overhead = _numbers(_overhead(row) for row in kept)
    return Observations(
        rows=kept,
        inputs=None if inputs is None else _with_submitters(_without_floor(inputs), catalog, kept),
        loose=np.array([row.submitter not in VENDORS for row in kept], dtype=bool),
        throughput=_numbers(_training_throughput(row) for row in kept),
        measured_s=_numbers(row.measured_s for row in kept),
        same_recipe=_same_recipe(catalog, kept),
        samples=_numbers(row.samples_to_target for row in kept),
        evaluation_s=evaluation,
        start_up_s=np.where(overhead > evaluation, overhead - evaluation, np.nan),
        overhead_s=np.where(np.isnan(evaluation), overhead, np.nan),
        points=tuple(points),
        point_inputs=_point_inputs(catalog, points) if points else None,
        point_samples=_numbers(point.samples for point in points),
        published=tuple(published),
        published_inputs=lower(catalog, [row.case for row in published], [row.layout for row in published])
        if published
        else None,
    )


def _with_submitters(inputs: Inputs, catalog: Catalog, rows: Sequence[OfficialResult]) -> Inputs:
    """GPU entries of others than the chip's vendor are as fast as their submitter's set-up lets them."""
    for position, row in enumerate(rows):
        assert row.choice is not None
        if row.submitter in SUBMITTERS and architecture_of(catalog, row.choice.system) == "gpu":
            inputs.role["submitter_effect"][position] = parameter_index()[f"submitter_effect.{row.submitter}"]
    return inputs


def _same_recipe(catalog: Catalog, rows: Sequence[OfficialResult]) -> FloatArray:
    keys = [
        recipe_key(architecture_of(catalog, row.choice.system), case_of_entry(row), submitted(row.layout))
        for row in rows
        if row.layout is not None and row.choice is not None
    ]
    return np.array([keys.count(key) for key in keys], dtype=np.float64)


def _separated(row: OfficialResult) -> bool:
    """Whether the log tells training from the rest: the BERT logs of NVIDIA's code do not in these rounds."""
    return not (row.workload == "bert-large" and row.submitter != "Graphcore")


def _training_throughput(row: OfficialResult) -> float | None:
    if row.training_s is None or not _separated(row):
        return None
    return row.samples_to_target / row.training_s


def _overhead(row: OfficialResult) -> float | None:
    return row.overhead_s if _separated(row) else None


def _without_floor(inputs: Inputs) -> Inputs:
    """What ran, not what was scored: the rule that scales a score up to the reference point is no convergence."""
    return replace(inputs, reference_floor=np.zeros(inputs.size))


def _point_inputs(catalog: Catalog, points: Sequence[ReferencePoint]) -> Inputs:
    """Inputs whose convergence part is right for the points; the rest of the model is not asked."""
    cases = [Case(point.workload, SystemChoice("dgx-a100", 8), "2021-12", "closed", AS_SUBMITTED) for point in points]
    layouts = [
        Layout(
            AS_SUBMITTED,
            global_batch=point.global_batch,
            replicas=8,
            pipeline_stages=1,
            micro_batch=1,
            gradient_accumulation=1,
            optimizer=point.optimizer,
            horizon_samples=point.horizon_samples,
        )
        for point in points
    ]
    inputs = _without_floor(lower(catalog, cases, layouts))
    index = parameter_index()
    for role in ("floor_effect", "critical_batch_effect", "rise_effect"):
        groups = [REFERENCE_GROUPS[point.workload, point.recipe_family] for point in points]
        inputs.role[role] = np.array([index[f"{role}.{group}"] for group in groups], dtype=np.intp)
    return inputs


def _numbers(values: object) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)  # type: ignore[attr-defined]
