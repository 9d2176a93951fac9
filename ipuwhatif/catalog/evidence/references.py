"""Reference convergence points: how many samples a recipe needs at a global batch size, as MLCommons measured it."""

import json
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.jobs import WorkloadRule
from ipuwhatif.catalog.origins import OriginRules, file_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import Release
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import ReferencePoint, Workload

FILES = ("mlperf_rcps_to_v1.1.csv", "mlperf_rcps_v2.0_to_v5.0.csv", "mlperf_rcps_llm_v3.0_to_v5.0.csv")
#: Tokens of a sequence of GPT-3: its points count those, and call them samples.
GPT3_TOKENS = 2048
_COLUMNS = "round benchmark rcp batch_size unit runs stdev samples_mean optimizer hyperparams source_file repo"
_LAMB_STEPS, _SGD_STEPS = "opt_learning_rate_training_steps", "opt_learning_rate_decay_steps"
# v1.0 writes some ResNet-50 horizons in epochs under the name of steps; no horizon in steps is as short as this.
_LONGEST_IN_EPOCHS = 200


def read_references(
    folder: Path,
    rules: OriginRules,
    releases: Mapping[str, Release],
    workload_rules: Mapping[str, WorkloadRule],
    workloads: Mapping[str, Workload],
) -> tuple[ReferencePoint, ...]:
    """Every reference point in file order; two of the same round and name are refused.

    Later rounds kept those of v1.1; only what they changed or added is listed again.
    """
    published = {release.mlperf_round: release.origin.published for release in releases.values()}
    points: dict[str, ReferencePoint] = {}
    for row in (row for file in FILES for row in read_table(folder, file, _COLUMNS)):
        mlperf_round = row.choice("round", tuple(published))
        key = f"{mlperf_round}/{row.filled('rcp')}"
        if key in points:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key))
        rule = workload_rules[row.choice("benchmark", tuple(workload_rules))]
        batch = row.whole("batch_size")
        if batch not in rule.families:
            raise row.refuse(Flawed(Flaw.BATCH_IN_NO_FAMILY, batch))
        per_unit = _samples_per_unit(row, workloads[rule.workload])
        each = _samples_per_mean(row)
        points[key] = ReferencePoint(
            key=key,
            workload=rule.workload,
            mlperf_round=mlperf_round,
            recipe_family=rule.families[batch],
            global_batch=batch,
            runs=row.whole("runs"),
            samples=row.number("samples_mean") * each,
            standard_deviation=row.number("stdev") * per_unit * each,
            optimizer=row.text("optimizer"),
            horizon_samples=_horizon(row, batch, per_unit),
            origin=file_origin(rules, row, published[mlperf_round]),
        )
    return tuple(points.values())


def _samples_per_mean(row: Row) -> float:
    """Samples in what a row counts as one: the points of GPT-3 count tokens."""
    return 1.0 / GPT3_TOKENS if row.text("benchmark") == "gpt3" else 1.0


def _samples_per_unit(row: Row, workload: Workload) -> float:
    """Samples in one unit of the row's statistics: 1, or the size of the data set where it counts epochs."""
    epochs = row.choice("unit", ("samples", "epochs")) == "epochs"
    return workload.data["dataset_samples"].value if epochs else 1.0


def _horizon(row: Row, batch: int, per_unit: float) -> float:
    """Samples over which the learning rate decays; 0 where the row does not say."""
    try:
        settings = json.loads(row.filled("hyperparams"))
    except json.JSONDecodeError as error:
        raise row.refuse(Flawed(Flaw.SETTINGS_BROKEN, value=error.msg)) from None
    steps = settings.get(_LAMB_STEPS, settings.get(_SGD_STEPS, 0)) if isinstance(settings, dict) else None
    if isinstance(steps, bool) or not isinstance(steps, (int, float)) or not 0 <= steps < 1e12:
        raise row.refuse(Flaw.SETTINGS_NO_COUNT)
    in_epochs = _LAMB_STEPS not in settings and steps <= _LONGEST_IN_EPOCHS
    return float(steps * (per_unit if in_epochs else batch))
