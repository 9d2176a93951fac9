"""Published scores come out of the model again with the entry's own layout, and nearly so with the entry left out."""

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case

# workload, recipe, system, chips, release, published minutes, largest deviation, and the same with the row left out
SCORES = [
    ("resnet50", "closed", "ipu-pod", 16, "2021-12", 28.33, 0.02, 0.06),
    ("resnet50", "closed", "ipu-pod", 64, "2021-12", 8.50, 0.02, 0.06),
    ("resnet50", "closed", "ipu-pod", 128, "2021-12", 5.67, 0.02, 0.06),
    ("resnet50", "closed", "ipu-pod", 256, "2021-12", 3.79, 0.02, 0.06),
    ("resnet50", "closed", "ipu-pod", 16, "2021-06", 37.12, 0.02, 0.06),
    ("resnet50", "closed", "ipu-pod", 64, "2021-06", 14.48, 0.02, 0.06),
    ("bert-large", "closed", "ipu-pod", 16, "2021-12", 32.70, 0.04, 0.08),
    ("bert-large", "closed", "ipu-pod", 64, "2021-12", 10.56, 0.04, 0.08),
    ("bert-large", "closed", "ipu-pod", 128, "2021-12", 6.86, 0.04, 0.08),
    ("bert-large", "closed", "ipu-pod", 16, "2021-06", 34.49, 0.04, 0.08),
    ("bert-large", "closed", "ipu-pod", 64, "2021-06", 11.08, 0.04, 0.08),
    ("bert-large", "open", "ipu-pod", 16, "2021-12", 26.05, 0.04, 0.08),
    ("bert-large", "open", "ipu-pod", 64, "2021-12", 8.25, 0.04, 0.08),
    ("bert-large", "open", "ipu-pod", 128, "2021-12", 5.88, 0.04, 0.08),
    ("resnet50", "closed", "dgx-a100", 8, "2021-12", 29.15, 0.03, 0.06),
    ("resnet50", "closed", "dgx-a100", 64, "2021-12", 4.53, 0.03, 0.06),
    ("bert-large", "closed", "dgx-a100", 8, "2021-12", 20.00, 0.05, 0.08),
    ("bert-large", "closed", "dgx-a100", 64, "2021-12", 3.04, 0.05, 0.08),
]


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def record(world: World) -> dict[str, Protocol]:
    """The stored back-tests: `accuracy/test_track_record.py` runs them again and compares every number."""
    return {protocol.key: protocol for protocol in load_record(world.catalog)}


@pytest.mark.parametrize(
    ("workload", "recipe", "system", "chips", "release", "minutes", "deviation", "_left_out"), SCORES
)
def test_that_the_projection_meets_the_published_score(
    world: World,
    workload: str,
    recipe: str,
    system: str,
    chips: int,
    release: str,
    minutes: float,
    deviation: float,
    _left_out: float,
) -> None:
    answer = project(world, Case(workload, SystemChoice(system, chips), release, recipe, AS_SUBMITTED))
    assert answer.time_to_train_s.median / 60.0 == pytest.approx(minutes, rel=deviation)
    assert answer.basis == "calibrated"
    assert answer.official is not None
    assert answer.official.score_s / 60.0 == pytest.approx(minutes, abs=0.005)


@pytest.mark.parametrize(
    ("workload", "recipe", "system", "chips", "release", "minutes", "_deviation", "left_out"), SCORES
)
def test_that_a_score_is_met_when_its_row_is_left_out_of_the_calibration(
    record: dict[str, Protocol],
    workload: str,
    recipe: str,
    system: str,
    chips: int,
    release: str,
    minutes: float,
    _deviation: float,
    left_out: float,
) -> None:
    asked = (workload, recipe, SystemChoice(system, chips), release)
    (answer,) = [
        each
        for each in record["leave-one-row-out"].answers
        if (each.entry.workload, each.entry.division, each.entry.choice, each.entry.release) == asked
    ]
    assert answer.predicted["time"] / 60.0 == pytest.approx(minutes, rel=left_out)
