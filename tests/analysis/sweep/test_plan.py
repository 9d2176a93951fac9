"""Plans are read strictly: what nothing answers is refused in one sentence, with the key and the nearest."""

from pathlib import Path
from typing import Any

import pytest

from ipuwhatif.analysis.sweep.blocks import plans as count_plans
from ipuwhatif.analysis.sweep.blocks import units_of
from ipuwhatif.analysis.sweep.plan import load_plan, read_plan
from ipuwhatif.analysis.world import load_world
from ipuwhatif.records import replace
from tests.refusals import refused

WORLD = load_world()
ASKED = {"workload": ["resnet50"], "system": ["ipu-pod:16"]}
AXES, TOP = "plan.toml, $.axes: ", "plan.toml, $: "
FOUR = ("clock", "compute_gain", "matmul", "attention")


def with_axis(name: str, value: Any) -> dict[str, Any]:
    return {"axes": {**ASKED, name: value}}


def values_of(name: str, value: Any) -> tuple[Any, ...]:
    plan = read_plan(with_axis(name, value), WORLD)
    return next(axis.values for axis in plan.axes if axis.name == name)


def test_that_lists_ranges_and_grids_are_read() -> None:
    assert values_of("clock", [0.9, 1.1]) == (0.9, 1.1)
    assert values_of("clock", 1.1) == (1.1,)
    assert values_of("clock", "1.1 ×") == (1.1,)
    assert values_of("clock", {"from": 0.8, "to": 1.2, "step": 0.1}) == (0.8, 0.9, 1.0, 1.1, 1.2)
    assert values_of("ipu.clock", {"from": 0.8, "to": 1.2, "count": 3}) == (0.8, 1.0, 1.2)
    assert values_of("link_latency_gain", {"from": 0.25, "to": 4, "count": 5, "scale": "log"}) == (0.25, 0.5, 1, 2, 4)
    assert values_of("chips", {"from": 4, "to": 64, "count": 5, "scale": "log"}) == (4, 8, 16, 32, 64)
    assert values_of("chips", [64, 16, 16]) == (16, 64)


def test_that_plans_are_counted_by_what_acts_on_each_system() -> None:
    axes = {
        "workload": ["resnet50", "bert-large"],
        "system": ["ipu-pod", "dgx-a100", "bow-pod:64"],
        "chips": [16, 64, 4320],
        "ipu.clock": [0.9, 1.0],
        "gpu.clock": [0.9, 1.0, 1.1],
        "stack": ["mlperf", "pytorch"],
    }
    blocks = read_plan({"axes": axes}, WORLD).blocks(WORLD)
    assert [block.size for block in blocks] == [2 * 2 * 2, 2 * 2 * 3 * 3, 2]
    numbers = [number for unit in units_of(blocks, 0, count_plans(blocks)) for number in unit.numbers.tolist()]
    assert numbers == list(range(46))


@pytest.mark.parametrize("start", [0, 1, 5, 7, 19])
@pytest.mark.parametrize("size", [1, 2, 3, 11, 40])
def test_that_any_cut_of_the_numbers_holds_each_plan_once(start: int, size: int) -> None:
    axes = {**ASKED, "system": ["ipu-pod"], "chips": [4, 16, 64], "clock": [0.9, 1.0, 1.1], "utilisation": [50, 60]}
    blocks = read_plan({"axes": {**axes, "release": ["2021-06", "2021-12"]}}, WORLD).blocks(WORLD)
    units = list(units_of(blocks, start, start + size))
    assert [number for unit in units for number in unit.numbers.tolist()] == list(range(36))[start : start + size]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({}, TOP + "key 'axes' is missing"),
        ({"axes": {"workload": "resnet50"}}, AXES + "a sweep needs an axis system"),
        ({"axes": ASKED, "keeps": ["basis"]}, TOP + "key 'keeps' is unknown; nearest: keep"),
        (with_axis("ipu.compute_gian", [1]), AXES + "axis 'ipu.compute_gian' is unknown; nearest: ipu.compute_gain"),
        (with_axis("gpus.clock", [1]), AXES + "axis 'gpus.clock' is unknown; nearest: gpu.clock"),
        (with_axis("ipu.system", ["ipu-pod"]), AXES + "axis 'ipu.system' is unknown; nearest: system"),
        (
            with_axis("chips", {"from": 1, "to": 10**12, "step": 1}),
            AXES + "axis 'chips': 1,000,000,000,000 values are too many for an axis; the most is 100,000",
        ),
        (
            with_axis("clock", {"from": 0.8, "to": 1.2, "count": 10**12}),
            AXES + "axis 'clock': 1,000,000,000,000 values are too many for an axis; the most is 100,000",
        ),
        (
            {"axes": {**ASKED, **{name: {"from": 0.8, "to": 1.2, "count": 1000} for name in FOUR}}},
            "these are 1,000,000,000,000 plans; the most is 10,000,000,000",
        ),
        (
            with_axis("clock", {"from": 1.2, "to": 0.8, "count": 3}),
            AXES + "axis 'clock': it ends at 0.8, below its beginning at 1.2",
        ),
        (
            with_axis("clock", {"from": 0.8, "to": 1.2}),
            AXES + "axis 'clock': a range has a step or a count of values: one of the two",
        ),
        (
            with_axis("clock", {"from": 0.8, "to": 1.2, "steps": 1}),
            AXES + "axis 'clock': key 'steps' is unknown; nearest: step",
        ),
        (with_axis("clock", []), AXES + "axis 'clock': it has no value"),
        (
            with_axis("clock", [9]),
            AXES + "axis 'clock': Clock of '9' is outside 0.70 to 1.50 ×; the nearest is 1.50 ×",
        ),
        (with_axis("clock", [float("nan")]), AXES + "axis 'clock': 'nan' is no number"),
        (
            with_axis("global_batch", [1.5]),
            AXES + "axis 'global_batch': Global batch of '1.5' is no whole number; the nearest is 2 samples",
        ),
        (
            {"axes": {**ASKED, "workload": ["resnet"]}},
            AXES + "axis 'workload': 'resnet' is unknown; nearest: resnet50",
        ),
        ({"axes": {**ASKED, "workload": [5]}}, AXES + "axis 'workload': '5' is no text"),
        (
            {"axes": {**ASKED, "system": ["ipu-pod"]}},
            AXES + "axis 'system': 'ipu-pod' needs an axis chips, or a chip count: ipu-pod:4",
        ),
        (
            {"axes": {**ASKED, "system": ["ipu-pud:16"]}},
            AXES + "axis 'system': unknown system 'ipu-pud:16'; nearest: ipu-pod:16",
        ),
        (
            {"axes": {**ASKED, "system": ["ipu-pod"], "chips": [5000]}},
            "axis chips: 'ipu-pod' has 1 to 1,024 IPUs, and none of the values is among them",
        ),
        (with_axis("chips", [0]), AXES + "axis 'chips': '0' is no number of chips"),
        (with_axis("chips", [float("inf")]), AXES + "axis 'chips': 'inf' is no number of chips"),
        (with_axis("chips", [10**30]), AXES + f"axis 'chips': '{10**30}' is no number of chips"),
        (with_axis("clock", [[1]]), AXES + "axis 'clock': '[1]' is no number"),
        ({"axes": ASKED, "keep": ["time"]}, TOP + "key 'keep': 'time' is unknown; nearest: time_low_s"),
        ({"axes": ASKED, "keep": []}, TOP + "key 'keep': it has no value"),
        (
            {"axes": ASKED, "target": "soon"},
            TOP + "key 'target': 'soon' is no time; write for example 1.5 h, 90 min, 1 h 30 min or 3 days",
        ),
        (
            {"axes": ASKED, "filter": {"time_to_train_s": {"atmost": 3}}},
            "plan.toml, $.filter.time_to_train_s: key 'atmost' is unknown; nearest: at_most",
        ),
        (
            with_axis("price", ["27 USD"]),
            "axis 'price': '27 USD' has no date; write since when it holds: 149,995 USD 2021-06, 27.2 USD/h 2021, "
            "2 USD/chip-hour 2025",
        ),
        (
            with_axis("price", ["27 USD/h 2021", "3 EUR/h 2021"]),
            "the prices '27 USD/h 2021' and '3 EUR/h 2021' are in two currencies",
        ),
        (
            {"axes": {**ASKED, "system": ["ipu-pod"], "chips": [16, 64], "price": ["27 USD/h 2021"]}},
            "axis 'price': '27 USD/h 2021' is of one system, and ipu-pod has several sizes here; state it for a chip: "
            "2.99 USD/GPU-hour 2024",
        ),
    ],
)
def test_that_a_plan_that_nothing_answers_is_refused(values: dict[str, Any], line: str) -> None:
    with refused(line):
        read_plan(values, WORLD, "plan.toml")


def test_that_a_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"x" * 1_000_001)
    with refused(f"{path} is larger than 1,000,000 bytes"):
        load_plan(path, WORLD)
    path.write_bytes(b"\xff")
    with refused("plan.toml, byte 0: not UTF-8 text"):
        load_plan(path, WORLD)
    path.write_bytes(b"axes = [")
    with refused("plan.toml, $: broken TOML: Invalid value (at end of document)"):
        load_plan(path, WORLD)
    with refused(f"{tmp_path / 'none.toml'} cannot be read: No such file or directory"):
        load_plan(tmp_path / "none.toml", WORLD)


def test_that_a_plan_has_a_key_of_its_own() -> None:
    same, other = with_axis("clock", [0.9, 1.1]), with_axis("clock", [0.9, 1.2])
    assert read_plan(same, WORLD).key == read_plan(dict(same), WORLD).key != read_plan(other, WORLD).key


@pytest.mark.parametrize("field", ["center", "draws", "noise"])
def test_that_a_model_that_was_fitted_anew_goes_on_with_no_sweep_of_the_old_one(field: str) -> None:
    fitted = replace(WORLD.calibration, **{field: 1.01 * getattr(WORLD.calibration, field)})
    asked = with_axis("clock", [0.9, 1.1])
    assert read_plan(asked, replace(WORLD, calibration=fitted)).key != read_plan(asked, WORLD).key
    shaped = replace(WORLD.calibration, shapes={})
    assert read_plan(asked, replace(WORLD, calibration=shaped)).key != read_plan(asked, WORLD).key
