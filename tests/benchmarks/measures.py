"""What is measured: the work, and the calls that do it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.seek.seek import seek_center
from ipuwhatif.analysis.sweep.columns import Table, table_of
from ipuwhatif.analysis.sweep.plan import SweepPlan, read_plan
from ipuwhatif.analysis.uncertainty.sensitivity import swings_of
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, Gains
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.layouts.search import Found, search
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import FloatArray, natural, prior_center
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START
from tests.benchmarks.layer_walk import time_to_train

ENTRIES = (
    ("resnet50", "ipu-pod", (16, 64, 128, 256)),
    ("resnet50", "dgx-a100", (8, 64, 1024, 4320)),
    ("bert-large", "ipu-pod", (16, 64, 128)),
    ("bert-large", "dgx-a100", (8, 64, 1024, 4320)),
)
CENTER = natural(prior_center()[None])


@dataclass(frozen=True, slots=True)
class Work:
    """Cases that differ in workload, system, size and gains, with their layouts and the central parameters."""

    world: World
    cases: tuple[Case, ...]
    layouts: tuple[Layout, ...]
    values: dict[str, float]


def model_work(count: int) -> Work:
    """`count` cases drawn at random, always the same ones."""
    world = load_world()
    plain = [
        Case(workload, SystemChoice(system, chips), "2021-12", "closed", AS_SUBMITTED)
        for workload, system, sizes in ENTRIES
        for chips in sizes
    ]
    layouts = choose_layouts(world.catalog, plain, world.calibration.center)
    generator = np.random.default_rng(1)
    picked = generator.integers(0, len(plain), count)
    gains = generator.uniform(0.5, 2.0, (count, 3)).tolist()
    cases = tuple(replace(plain[row], gains=Gains(*gain)) for row, gain in zip(picked, gains, strict=True))
    names = [parameter.name for parameter in all_parameters()]
    values = dict(zip(names, world.calibration.center[0].tolist(), strict=False))
    return Work(world, cases, tuple(layouts[row] for row in picked), values)


def at_once(work: Work) -> FloatArray:
    """All cases in one call, from Case to seconds; shape (cases,)."""
    inputs = lower(work.world.catalog, work.cases, work.layouts)
    inputs = replace(inputs, reference_floor=np.zeros(inputs.size))
    return np.asarray(evaluate(inputs, work.world.calibration.center).time_to_train[0])


def all_draws(work: Work) -> FloatArray:
    """All cases at all draws; shape (draws, cases)."""
    inputs = lower(work.world.catalog, work.cases, work.layouts)
    return np.asarray(evaluate(inputs, work.world.calibration.draws).time_to_train)


def swept_cases(count: int) -> tuple[Case, ...]:
    """`count` cases whose layouts are searched: every chip count of some systems, two workloads."""
    systems = (("ipu-pod", 4, 1024), ("bow-pod", 4, 1024), ("dgx-a100", 1, 4320))
    swept = (
        Case(workload, SystemChoice(system, chips), "2021-12", "closed")
        for workload in ("resnet50", "bert-large")
        for system, low, high in systems
        for chips in range(low, high + 1)
    )
    return tuple(islice(swept, count))


def sweep_plan(world: World, gains: int) -> SweepPlan:
    """The plans of `swept_cases` that run, at so many link gains each; 12,718 of them for one."""
    axes = {
        "workload": ["resnet50", "bert-large"],
        "system": ["ipu-pod", "bow-pod", "dgx-a100"],
        "chips": {"from": 4, "to": 4320, "step": 1},
        "release": "2021-12",
        "link_bandwidth_gain": [1.0 + each / 100.0 for each in range(gains)],
    }
    return read_plan({"axes": axes, "keep": ["time_to_train_s", "layout_global_batch", "layout_micro_batch"]}, world)


def held_plan(world: World) -> SweepPlan:
    """Layouts of entries at 2,500 link gains each: 10,000 plans."""
    axes = {
        "workload": ["resnet50", "bert-large"],
        "system": ["ipu-pod:16", "ipu-pod:64"],
        "layout": "as-submitted",
        "link_bandwidth_gain": [1.0 + each / 5000.0 for each in range(2500)],
    }
    return read_plan({"axes": axes, "keep": ["time_to_train_s", "layout_global_batch"]}, world)


def drawn_plan(world: World) -> SweepPlan:
    """Plans with their intervals and how often they are under a target: 2,048 of them."""
    axes = {
        "workload": ["resnet50", "bert-large"],
        "system": ["ipu-pod", "dgx-a100"],
        "chips": {"from": 16, "to": 271, "step": 1},
        "release": "2021-12",
        "link_bandwidth_gain": [1.0, 1.1],
    }
    keep = ["time_to_train_s", "time_low_s", "time_high_s", "share_under_target"]
    return read_plan({"axes": axes, "keep": keep, "target": "1 h"}, world)


def swept(world: World, plan: SweepPlan, most: int) -> Table:
    """The first plans of a sweep as a table."""
    return table_of(world, plan, plan.blocks(world), 0, most)


def slid_cases(gain: float) -> tuple[Case, ...]:
    """The five systems of the first start with a slider of the IPUs moved."""
    return tuple(
        Case(
            "resnet50", SystemChoice(system, chips), "2021-12", "closed", gains=Gains(gain if "ipu" in system else 1.0)
        )
        for system, chips in (("ipu-pod", 16), ("ipu-pod", 64), ("ipu-pod", 256), ("dgx-a100", 8), ("dgx-a100", 64))
    )


def searched(catalog: Catalog, cases: tuple[Case, ...]) -> Found:
    """Layouts and seconds of all cases; the model at the centre of its priors is as fast as anywhere."""
    return search(catalog, cases, CENTER)


def walk(work: Work, case: Case, layout: Layout) -> float:
    """One case by the plain walk over its ops."""
    return time_to_train(work.world.catalog, case, layout, work.values)


def dragged_compare(world: World, gain: float) -> None:
    """What one slider event asks of the model on Compare."""
    compare(world, FIRST_START.with_lever("ipu.compute_gain", gain), 64)


def dragged_scaling(world: World, gain: float) -> None:
    """What one slider event asks of the model on Scaling."""
    scaling(world, FIRST_START.with_lever("ipu.compute_gain", gain), 8, 1024, 64)


def sought(world: World, over: str, run: int) -> None:
    """What one move of the target line asks: a lever's value, or chips, with a lever moved already."""
    scenario = FIRST_START.with_lever("ipu.clock", 1.1)
    seek_center(world, scenario, SystemChoice("ipu-pod", 64), 420.0 - run, over)


def tornado(world: World, gain: float) -> None:
    """The tornado of one system under a slider."""
    scenario = FIRST_START.with_lever("ipu.clock", gain)
    swings_of(world, case_of(scenario, SystemChoice("ipu-pod", 64), world.levers, world.catalog))


def exports(world: World) -> list[tuple[str, Callable[[], object], float]]:
    """What leaves the app: a name, what makes its bytes, and the budget in ms."""
    from ipuwhatif.export.office.deck import deck
    from ipuwhatif.export.office.slides import slides_bytes
    from ipuwhatif.export.png import render_png
    from ipuwhatif.export.vector import render_pdf, render_svg

    figures = deck(world, FIRST_START)
    chart = figures[0].chart
    return [
        ("five charts as PowerPoint slides", lambda: slides_bytes(figures), 1000.0),
        ("a chart as PNG of 300 dpi", lambda: render_png(chart, "light", 300.0 / 96.0), 1000.0),
        ("a chart as PDF", lambda: render_pdf(figures[:1]), 100.0),
        ("a chart as SVG", lambda: render_svg(chart), 100.0),
    ]
