"""Every answer of a sweep is that of `project`, whatever stands beside it and however it is cut into parts."""

from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.sweep.blocks import plans as count_plans
from ipuwhatif.analysis.sweep.columns import table_of
from ipuwhatif.analysis.sweep.plan import read_plan
from ipuwhatif.analysis.sweep.quantities import CENTRAL
from ipuwhatif.analysis.sweep.store import frame_of
from ipuwhatif.analysis.world import load_world
from tests.analysis.sweep.plans import case_of_row, plans

LOOKED_AT = 4
LAST_BIT = 1e-14
WORLD = load_world()


def rows_of(values: dict[str, Any], chunk: int | None = None) -> pandas.DataFrame:
    plan = read_plan(values, WORLD)
    blocks = plan.blocks(WORLD)
    total = count_plans(blocks)
    starts = range(0, total, chunk or total)
    frames = [frame_of(table_of(WORLD, plan, blocks, start, min(start + (chunk or total), total))) for start in starts]
    return pandas.concat(frames, ignore_index=True)


@settings(max_examples=60, deadline=None)
@given(values=plans(), data=st.data())
def test_that_each_answer_is_that_of_project(values: dict[str, Any], data: st.DataObject) -> None:
    values = {**values, "keep": list(CENTRAL)}
    rows = rows_of(values)
    for _ in range(min(LOOKED_AT, len(rows))):
        row = rows.iloc[data.draw(st.integers(0, len(rows) - 1))].to_dict()
        answer = project(WORLD, case_of_row(WORLD, row))
        # but for a last bit: numpy rounds by where an array lies in memory
        assert row["time_to_train_s"] == pytest.approx(answer.time_to_train_s.median, rel=LAST_BIT)
        assert row["throughput_samples_per_s"] == pytest.approx(answer.throughput_samples_per_s.median, rel=LAST_BIT)
        assert row["samples_to_target"] == pytest.approx(answer.samples_to_target.median, rel=LAST_BIT)
        parts = {name: row[f"{name}_s"] for name in answer.breakdown_s}
        assert parts == pytest.approx(dict(answer.breakdown_s), rel=LAST_BIT, abs=1e-15)
        layout = answer.layout
        assert row["layout_global_batch"] == layout.global_batch
        assert row["layout_replicas"] == layout.replicas
        assert row["layout_pipeline_stages"] == layout.pipeline_stages
        assert row["layout_micro_batch"] == layout.micro_batch
        assert row["layout_gradient_accumulation"] == layout.gradient_accumulation
        assert (row["layout_tensor_parallel"], row["layout_recomputed"]) == (layout.tensor_parallel, layout.recomputed)


@settings(max_examples=20, deadline=None)
@given(values=plans(), chunk=st.integers(1, 40))
def test_that_the_size_of_the_parts_changes_nothing(values: dict[str, Any], chunk: int) -> None:
    whole, parts = rows_of(values), rows_of(values, chunk)
    pandas.testing.assert_frame_equal(whole, parts, rtol=1e-14)
    assert whole["plan"].is_monotonic_increasing and whole["plan"].is_unique


def test_that_a_lever_of_one_family_is_not_counted_for_others() -> None:
    axes = {"workload": "resnet50", "system": ["ipu-pod:16", "dgx-a100:8"], "ipu.clock": [0.9, 1.0, 1.1], "clock": 1.2}
    rows = rows_of({"axes": axes})
    assert rows["system"].tolist() == ["ipu-pod"] * 3 + ["dgx-a100"]
    np.testing.assert_array_equal(rows["ipu.clock"], [0.9, 1.0, 1.1, np.nan])
    np.testing.assert_array_equal(rows["clock"], [np.nan] * 3 + [1.2])
