"""Reference points: samples, scatter in samples, recipe families, learning-rate horizons."""

from collections.abc import Callable

import pytest

from ipuwhatif.catalog.types import Catalog
from tests.catalog.tables import classic_points

Rows = Callable[[str], list[dict[str, str]]]


def _rows(evidence_rows: Rows) -> list[dict[str, str]]:
    return [*evidence_rows("mlperf_rcps_to_v1.1.csv"), *evidence_rows("mlperf_rcps_v2.0_to_v5.0.csv")]


def test_that_points_agree_with_the_table(catalog: Catalog, evidence_rows: Rows) -> None:
    for point, row in zip(classic_points(catalog), _rows(evidence_rows), strict=True):
        assert point.key == f"{row['round']}/{row['rcp']}"
        assert (point.global_batch, point.runs) == (int(row["batch_size"]), int(row["runs"]))
        assert point.samples == float(row["samples_mean"])
        # the scatter in the unit of the row, from the runs that the row lists
        runs = [float(run) for run in row["epochs_to_converge_list"].split()]
        mean = sum(runs) / len(runs)
        deviation = (sum((run - mean) ** 2 for run in runs) / len(runs)) ** 0.5
        assert point.standard_deviation / point.samples == pytest.approx(deviation / mean, rel=0.01)


def test_that_recipe_families_agree_with_the_creators_where_they_are_named(
    catalog: Catalog, evidence_rows: Rows
) -> None:
    families = {"NVIDIA": "ngc", "Google": "tpu"}
    for point, row in zip(classic_points(catalog), _rows(evidence_rows), strict=True):
        if point.workload == "bert-large":
            assert point.recipe_family == "reference"
        elif row["creator"]:
            assert point.recipe_family == families[row["creator"]]


def test_that_each_family_of_resnet_needs_more_samples_at_a_larger_batch(catalog: Catalog) -> None:
    for mlperf_round in ("v1.0", "v1.1"):
        for family in ("ngc", "tpu"):
            points = [
                point
                for point in catalog.references
                if (point.mlperf_round, point.recipe_family) == (mlperf_round, family)
            ]
            samples = [point.samples for point in sorted(points, key=lambda point: point.global_batch)]
            assert len(samples) > 2
            assert samples == sorted(samples)


def test_that_horizons_in_epochs_and_in_steps_mean_the_same(catalog: Catalog) -> None:
    """v1.0 writes the horizon of batch 1,632 as 35 epochs, v1.1 as 27,476 steps."""
    horizons = {point.key: point.horizon_samples for point in catalog.references}
    for name in ("resnet_ref_1632", "resnet_ref_3264", "resnet_ref_4096", "resnet_ref_13056", "resnet_ref_32768"):
        assert horizons[f"v1.0/{name}"] == pytest.approx(horizons[f"v1.1/{name}"], rel=1e-3)
    assert horizons["v1.1/bert_ref_3072"] == 1141 * 3072
