"""From stated terms to what stops a run: what has to be stated, the state of a checkpoint, chips at work."""

import math

import pytest

from ipuwhatif.analysis.finish.terms import interruptions_of, lacking_terms, state_bytes
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.interruptions import best_interval

DAY = 86_400.0
STATED = {"failure_rate": 0.5, "checkpoint_cost": 20.0, "restart_time": 10.0}


def test_that_nothing_stated_stops_nothing() -> None:
    stops = interruptions_of({}, 16_384, 1e12)
    assert (stops.rate, stops.checkpoint, stops.restart, stops.short) == (0.0, 0.0, 0.0, 0.0)
    assert math.isinf(stops.interval)
    assert lacking_terms({}) == ()


@pytest.mark.parametrize(
    ("stated", "lacks"),
    [
        ({"failure_rate": 1.0}, ("checkpoint_cost", "restart_time")),
        ({"failure_rate": 1.0, "storage_bandwidth": 2000.0}, ("restart_time",)),
        ({"checkpoint_interval": 30.0}, ("checkpoint_cost",)),
        ({**STATED, "spares": 2.0}, ("repair_time",)),
        (STATED, ()),
        ({"spares": 2.0, "queue_time": 3.0}, ()),
    ],
)
def test_that_what_is_stated_asks_for_what_belongs_to_it(stated: dict[str, float], lacks: tuple[str, ...]) -> None:
    assert lacking_terms(stated) == lacks


def test_that_failures_grow_with_the_chips_and_checkpoints_are_the_best_apart() -> None:
    stops = interruptions_of(STATED, 2_000, 0.0)
    assert stops.rate == pytest.approx(1.0 / DAY)
    assert stops.interval == best_interval(stops.rate, 20.0)
    assert interruptions_of({**STATED, "checkpoint_interval": 30.0}, 2_000, 0.0).interval == 1800.0


def test_that_a_stated_stop_comes_before_the_bandwidth() -> None:
    terms = {"failure_rate": 1.0, "restart_time": 1.0, "storage_bandwidth": 2000.0}
    assert interruptions_of(terms, 8, 5.68e12).checkpoint == pytest.approx(2.84)
    assert interruptions_of({**terms, "checkpoint_cost": 7.0}, 8, 5.68e12).checkpoint == 7.0


def test_that_spares_count_with_their_repair_alone() -> None:
    assert interruptions_of(STATED, 2_000, 0.0).short == 0.0
    few = interruptions_of({**STATED, "spares": 0.0, "repair_time": 24.0}, 2_000, 0.0)
    assert (few.short, few.wait) == (1.0, DAY)


def test_that_the_state_is_the_weights_and_what_the_optimizer_keeps(world: World) -> None:
    sizes = (126, 16384, 128, 8, 53248, 128256, 8192)
    large = Case("transformer", SystemChoice("dgx-h100", 4096), "2025-06", "stated", layers=sizes)
    assert state_bytes(world.catalog, large) == pytest.approx(14 * 405.85e9, rel=1e-3)
    small = Case("resnet50", SystemChoice("ipu-pod", 16), "2021-12", "closed")
    assert 10 * 25.5e6 <= state_bytes(world.catalog, small) <= 14 * 25.6e6
    gpus = Case("resnet50", SystemChoice("dgx-a100", 8), "2021-12", "closed")
    assert state_bytes(world.catalog, gpus) > state_bytes(world.catalog, small)
