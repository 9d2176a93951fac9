"""Figures that vendors and papers printed, each by name, against what the app projects for the same question."""

import pytest

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.model.case import Case, Pins
from ipuwhatif.records import replace

HOUR = 3600.0


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def projected(world: World, workload: str, system: str, **changes: object) -> Projection:
    choice = parse_system(system, world.catalog)
    case = replace(Case(workload, choice, "2021-12", "stated"), **changes)
    return project_all(world, [case])[0]


@pytest.mark.parametrize(("system", "printed_h"), [("ipu-pod16", 20.7), ("ipu-pod256", 1.8)])
def test_that_efficientnet_b4_takes_what_the_article_prints_for_ipu_pods(
    world: World, system: str, printed_h: float
) -> None:
    answer = projected(world, "efficientnet-b4-g16", system)
    assert answer.time_to_train_s.median == pytest.approx(printed_h * HOUR, rel=0.10)
    assert answer.time_to_train_s.low < printed_h * HOUR < answer.time_to_train_s.high
    assert answer.layout.global_batch == 6144


@pytest.mark.parametrize(
    ("software", "printed"),
    [
        ("pytorch-20.12", 2341.0),
        ("pytorch-21.03", 2570.0),
        ("tensorflow2-21.02", 2984.0),
        ("tensorflow2-21.09", 3550.0),
    ],
)
def test_that_efficientnet_b4_on_a_dgx_a100_runs_as_each_framework_and_release_was_published(
    world: World, software: str, printed: float
) -> None:
    answer = projected(world, "efficientnet-b4", "dgx-a100", software=software)
    assert answer.throughput_samples_per_s.median == pytest.approx(printed, rel=0.10)


def test_that_grouped_convolutions_favour_the_ipu_by_the_op_graph_alone(world: World) -> None:
    # The same network on both; no parameter of the model knows the name of a workload without a quality target.
    grouped = {system: projected(world, "efficientnet-b4-g16", system) for system in ("ipu-pod16", "dgx-a100")}
    dense = {
        system: projected(world, "resnet50", system, recipe="closed").throughput_samples_per_s.median
        for system in grouped
    }
    speed = {system: answer.throughput_samples_per_s.median for system, answer in grouped.items()}
    assert speed["ipu-pod16"] / speed["dgx-a100"] > 2.0 * dense["ipu-pod16"] / dense["dgx-a100"]


@pytest.mark.parametrize(
    ("workload", "gpu_s", "ipu_s"),
    [
        ("lob-mlp", 19.0, 4.0),
        ("lob-cnn", 41.0, 4.0),
        ("lob-lstm", 83.0, 31.0),
        ("deeplob", 96.0, 23.0),
        ("deeplob-seq2seq", 215.0, 38.0),
        ("deeplob-attention", 270.0, 41.0),
    ],
)
def test_that_an_order_book_network_runs_as_many_times_faster_on_one_ipu_as_was_measured(
    world: World, workload: str, gpu_s: float, ipu_s: float
) -> None:
    gpu = projected(world, workload, "rtx-2080:1", pins=Pins(micro_batch=32))
    ipu = projected(world, workload, "ipu-pod:1", pins=Pins(micro_batch=16))
    ratio = gpu.time_to_train_s.median / ipu.time_to_train_s.median
    assert ratio == pytest.approx(gpu_s / ipu_s, rel=0.3)
    assert gpu.time_to_train_s.median == pytest.approx(200 * gpu_s, rel=0.4)
    assert ipu.time_to_train_s.median == pytest.approx(200 * ipu_s, rel=0.4)


def test_that_resnet_50_with_differential_privacy_takes_six_hours_on_an_ipu_pod16(world: World) -> None:
    answer = projected(world, "resnet50-dp", "ipu-pod16")
    assert answer.time_to_train_s.median == pytest.approx(6.0 * HOUR, rel=0.15)
