"""What draws tell of plans: the intervals of `project`, and shares of draws as one would count them by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.solving.solve import solve_drawn
from ipuwhatif.analysis.sweep import run
from ipuwhatif.analysis.sweep.drawn import all_of, leading
from ipuwhatif.analysis.sweep.plan import read_plan
from ipuwhatif.analysis.sweep.run import sweep, sweep_to_files
from ipuwhatif.analysis.world import load_world
from ipuwhatif.model.parameters import FloatArray
from tests.analysis.sweep.plans import case_of_row, plans
from tests.refusals import refused

WORLD = load_world()
SHARES = [
    "share_under_target", "share_fastest", "share_on_front_chips", "share_on_front_energy", "share_on_front_money"
]  # fmt: skip
AXES = {
    "workload": ["resnet50", "bert-large"],
    "system": ["ipu-pod", "dgx-a100"],
    "chips": [16, 24, 64, 256],
    "compute_gain": [0.9, 1.1],
    "gpu.price": ["2 USD/GPU-hour 2024", "3 USD/GPU-hour 2024"],
}
PLAN: dict[str, Any] = {"axes": AXES, "keep": [*SHARES, "time_to_train_s", "money", "energy_kwh"], "target": "25 min"}


@settings(max_examples=12, deadline=None)
@given(values=plans(), data=st.data())
def test_that_intervals_and_basis_are_those_of_project(values: dict[str, Any], data: st.DataObject) -> None:
    rows = sweep(WORLD, read_plan({**values, "keep": ["time_low_s", "time_high_s", "basis"]}, WORLD))
    for _ in range(min(3, len(rows))):
        row = rows.iloc[data.draw(st.integers(0, len(rows) - 1))].to_dict()
        answer = project(WORLD, case_of_row(WORLD, row))
        time = answer.time_to_train_s
        # numpy rounds the end of an array otherwise than its middle, and in a sweep a plan may stand in either
        assert (row["time_low_s"], row["time_high_s"]) == pytest.approx((time.low, time.high), rel=1e-14)
        assert row["basis"] == answer.basis


def on_front(times: FloatArray, against: FloatArray) -> FloatArray:
    """Which plans lead in each draw, by comparing all with all; shape (draws, plans)."""
    leads = np.ones(times.shape, dtype=bool)
    for plan in range(times.shape[1]):
        time, other = times[:, [plan]], against[:, [plan]]
        better = (times <= time) & (against <= other) & ((times < time) | (against < other))
        leads[:, plan] = ~better.any(axis=1)
    return leads


FEW = st.sampled_from([1.0, 2.0, 3.0, 4.0])


@settings(max_examples=200, deadline=None)
@given(data=st.data(), draws=st.integers(1, 4), count=st.integers(1, 7))
def test_that_leaders_are_those_of_comparing_all_with_all(data: st.DataObject, draws: int, count: int) -> None:
    times = data.draw(arrays.arrays(float, (draws, count), elements=FEW))
    against = data.draw(arrays.arrays(float, (draws, count), elements=FEW))
    group = np.array(data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    leaders = leading(all_of(np.arange(count), group, times, against))
    found = set(zip(leaders.draw.tolist(), leaders.plan.tolist(), strict=True))
    known = set()
    for each in (0, 1):
        some = np.flatnonzero(group == each)
        draw, place = np.nonzero(on_front(times[:, some], against[:, some]))
        known |= set(zip(draw.tolist(), some[place].tolist(), strict=True))
    assert found == known


def test_that_shares_are_those_counted_by_hand() -> None:
    rows = sweep(WORLD, read_plan(PLAN, WORLD))
    cases = [
        case_of_row(WORLD, {name: value for name, value in row.items() if "price" not in name})
        for row in rows.to_dict("records")
    ]
    times = np.concatenate([solve_drawn(WORLD, [case]).times for case in cases], axis=1)
    np.testing.assert_array_equal(rows["share_under_target"], (times <= 1500.0).mean(axis=0))
    for workload in AXES["workload"]:
        some = np.flatnonzero(rows["workload"] == workload)
        own = rows.iloc[some]
        seconds = own["time_to_train_s"].to_numpy()
        for name, against in (
            ("share_fastest", np.zeros((1, len(some)))),
            ("share_on_front_chips", own["chips"].to_numpy()[None]),
            ("share_on_front_energy", own["energy_kwh"].to_numpy() / seconds * times[:, some]),
        ):
            known = on_front(times[:, some], np.broadcast_to(against, (len(times), len(some)))).mean(axis=0)
            told = own[name].to_numpy()
            assert (told > 0.0).sum() > 1
            np.testing.assert_allclose(told, known, atol=1e-12)
    assert rows.loc[rows["system"] == "ipu-pod", "share_on_front_money"].isna().all()  # nobody states what they cost
    dear = rows["gpu.price"] == "3 USD/GPU-hour 2024"
    assert (rows.loc[dear, "share_on_front_money"] == 0.0).all()
    assert rows.loc[~dear & (rows["system"] == "dgx-a100"), "share_on_front_money"].max() > 0.5


def test_that_plans_are_held_against_those_that_agree_in_what_is_named() -> None:
    rows = sweep(WORLD, read_plan({**PLAN, "keep": ["share_fastest"], "within": ["workload", "chips"]}, WORLD))
    by_group = rows[rows["gpu.price"] != "3 USD/GPU-hour 2024"].groupby(["workload", "chips"], observed=True)
    assert by_group["share_fastest"].sum().tolist() == pytest.approx([1.0] * 8)


@pytest.mark.parametrize("ending", [".parquet", ".csv"])
def test_that_shares_in_files_are_those_in_memory_however_they_are_cut(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"plans{ending}"
    sweep_to_files(WORLD, read_plan(PLAN, WORLD), path, chunk=7)
    known = sweep(WORLD, read_plan(PLAN, WORLD))
    read = pandas.read_parquet(path) if ending == ".parquet" else pandas.read_csv(path)
    assert list(read.columns) == list(known.columns)
    exactly = ending == ".parquet"
    pandas.testing.assert_frame_equal(
        read,
        known,
        check_exact=exactly,
        rtol=1e-15 if exactly else 1e-12,
        check_dtype=exactly,
        check_categorical=exactly,
    )
    assert not list(tmp_path.glob("**/*.npz"))


def test_that_a_kill_while_parts_are_tidied_away_changes_no_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, unlink = tmp_path / "plans.parquet", Path.unlink

    def stop(self: Path, missing_ok: bool = False) -> None:
        if self.name == "_part-0000001.npz":
            raise KeyboardInterrupt
        unlink(self, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", stop)
        with pytest.raises(KeyboardInterrupt):
            sweep_to_files(WORLD, read_plan(PLAN, WORLD), path, chunk=20)
    assert len(list(path.glob("*.npz"))) == 2
    sweep_to_files(WORLD, read_plan(PLAN, WORLD), path)
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), sweep(WORLD, read_plan(PLAN, WORLD)), rtol=1e-14)
    assert not list(path.glob("*.npz"))


def test_that_a_sweep_that_was_stopped_before_its_shares_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plans.parquet"

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(run, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            sweep_to_files(WORLD, read_plan(PLAN, WORLD), path, chunk=20)
    assert len(list(path.glob("*.npz"))) == 3 and not list(path.glob("part-*"))
    sweep_to_files(WORLD, read_plan(PLAN, WORLD), path)
    pandas.testing.assert_frame_equal(pandas.read_parquet(path), sweep(WORLD, read_plan(PLAN, WORLD)), rtol=1e-14)


def test_that_questions_about_draws_that_nothing_answers_are_refused() -> None:
    with refused('plan, $: share_under_target needs a target: target = "30 min"'):
        read_plan({"axes": AXES, "keep": ["share_under_target"]}, WORLD)
    with refused("plan, $: 'share_fastest' is known only at the end: nothing is filtered by it"):
        read_plan({"axes": AXES, "filter": {"share_fastest": {"at_least": 0.8}}}, WORLD)
    with refused("plan, $: key 'within': 'wrkload' is unknown; nearest: workload"):
        read_plan({"axes": AXES, "within": ["wrkload"]}, WORLD)
