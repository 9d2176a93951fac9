"""Plans drawn at random, and the question of `project` that a row of their table stands for."""

from typing import Any

from hypothesis import strategies as st

from ipuwhatif.analysis.sweep.kinds import stack_key
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace
from ipuwhatif.scenario.amount import parse_amount
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START

FAMILIES = ("ipu", "bow", "gpu", "other", "cpu")
GAINS = (
    "compute_gain", "communication_gain", "clock", "link_bandwidth_gain", "samples_gain", "on_chip_memory_gain",
    "software_rounds", "dense_convolution", "matmul", "attention", "critical_batch", "samples_rise", "host_wait",
    "update_time", "evaluation_time", "network_latency", "memory_efficiency", "launch_cost",
)  # fmt: skip
ENTERED = {
    "workload": ["resnet50", "bert-large"],
    "system": ["ipu-pod", "dgx-a100", "bow-pod:64", "dgx-1", "tpu-v4", "gaudi", "epyc-7742"],
    "release": ["2019-07", "2020-07", "2021-06", "2021-12", "2022-06", "2024-06"],
    "recipe": ["closed", "open"],
    "stack": ["mlperf", "vendor", "pytorch"],
    "global_batch": [512, 1000, 3264],
    "micro_batch": [2, 12, 40],
    "pipeline_stages": [1, 4],
}
SPOKEN = {
    "workload": ["llama2-70b-lora", "llama31-8b", "gpt3-175b"],
    "system": ["hgx-h200", "dgx-h100:64", "tpu-v5p", "gb200-nvl72"],
    "release": ["2024-06", "2025-06"],
    "stack": ["mlperf", "framework"],
    "precision": ["bf16", "fp8"],
    "recompute": ["none", "full"],
    "tensor_parallel": [1, 4, 8],
    "amount": ["2 G tokens", "10 G tokens"],
}
STATED = {
    "workload": ["efficientnet-b4", "gpt2-xl", "hmc", "weather-emulator"],
    "system": ["ipu-pod", "dgx-a100", "bow-pod"],
    "release": ["2020-07", "2021-12"],
    "amount": ["3 M samples", "20 epochs"],
    "stack": ["pytorch", "tensorflow2"],
    "gradient_accumulation": [1, 8],
}


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan of a few hundred points at most, as a TOML file would say it."""
    offered = draw(st.sampled_from([ENTERED, SPOKEN, STATED]))
    always = ("workload", "system")
    named = [
        *always,
        *draw(st.lists(st.sampled_from([each for each in offered if each not in always]), max_size=3, unique=True)),
    ]
    axes: dict[str, Any] = {
        name: draw(st.lists(st.sampled_from(offered[name]), min_size=1, max_size=2, unique=True)) for name in named
    }
    axes["chips"] = draw(
        st.lists(st.sampled_from([1, 4, 7, 16, 64, 100, 256, 300, 1024]), min_size=3, max_size=5, unique=True)
    )
    for lever in draw(st.lists(st.sampled_from(GAINS), max_size=3, unique=True)):
        scope = draw(st.sampled_from(["", "", *(f"{family}." for family in FAMILIES)]))
        axes[scope + lever] = draw(st.lists(st.floats(0.7, 1.5), min_size=1, max_size=3, unique=True))
    if draw(st.integers(0, 4)) == 0 and offered is ENTERED:
        axes |= {"layout": ["as-submitted"], "chips": [8, 16, 64, 128, 256], "release": ["2021-12"]}
    axes = dict(draw(st.permutations(list(axes.items()))))
    return {"axes": axes}


def case_of_row(world: World, row: dict[str, Any]) -> Case:
    """What `project` would be asked about a row, by way of a scenario."""
    catalog = world.catalog
    said = {name: value for name, value in row.items() if value == value and value is not None}
    workload, choice = catalog.workloads[said["workload"]], SystemChoice(said["system"], int(said["chips"]))
    release = said.get("release", usual_release(workload, catalog))
    levers = {
        name if "." in name else f"all.{name}": said[name] for name in said if name.rpartition(".")[2] in world.levers
    }
    scenario = replace(
        FIRST_START,
        workload=workload.key,
        recipe=said.get("recipe", workload.recipes[0]),
        release=release,
        systems=(choice,),
        policy=said.get("layout", BEST),
        levers=levers,
        samples=parse_amount(said["amount"], workload) if "amount" in said else None,
        software=stack_key(SharedCatalog(catalog), said["stack"], workload.key, release) if "stack" in said else "",
    )
    case = case_of(scenario, choice, world.levers, catalog)
    if "recompute" in said:
        case = replace(case, cut=replace(case.cut, recompute="full" if RECOMPUTE[said["recompute"]] else "none"))
    if "precision" in said:
        assert said["precision"] in PRECISIONS
        case = replace(case, cut=replace(case.cut, precision=said["precision"]))
    return case
