"""Hand-made answers for figures: the first-start comparison with the scores of the evidence, and a scaling answer."""

from ipuwhatif.analysis.reasons import DataSheet, Figure
from ipuwhatif.analysis.results import (
    CALIBRATED,
    Comparison,
    Input,
    Projection,
    Quantity,
    Scaling,
    ScalingCurve,
    Term,
)
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.model.case import Case, Gains
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario

ORIGIN = Origin(
    producer="MLCommons",
    title="MLPerf® Training v1.1 results",
    locator="https://github.com/mlcommons/training_results_v1.1",
    published="2021-12",
    read=None,
    kind="read",
)
NAMES = {
    "ipu-pod:16": "IPU-POD16 (16 IPUs)",
    "ipu-pod:64": "IPU-POD64 (64 IPUs)",
    "ipu-pod:128": "IPU-POD128 (128 IPUs)",
    "ipu-pod:256": "IPU-POD256 (256 IPUs)",
    "ipu-pod:512": "IPU-POD512 (512 IPUs)",
    "dgx-a100:8": "DGX A100 (8 GPUs)",
    "dgx-a100:64": "8 × DGX A100 (64 GPUs)",
}
# minutes: score, fastest, slowest; batch; samples to target; correction in the log; runs that succeeded of expected
SCORES = {
    ("resnet50", "ipu-pod:16"): (28.3345, 28.3306, 28.3392, 3200, 48684346, 1.0, (4, 5)),
    ("resnet50", "ipu-pod:64"): (8.50372, 8.49167, 8.50617, 3840, 48684346, 1.0, (4, 5)),
    ("resnet50", "ipu-pod:128"): (5.67176, 5.65853, 5.68345, 5120, 52527847, 1.0, (4, 5)),
    ("resnet50", "ipu-pod:256"): (3.79489, 3.77703, 3.80318, 10240, 57652515, 1.0, (4, 5)),
    ("resnet50", "dgx-a100:8"): (29.1466, 28.8957, 29.1629, 3264, 44840845, 1.0, (5, 5)),
    ("resnet50", "dgx-a100:64"): (4.53374, 4.5266, 4.53673, 3264, 44840845, 1.0, (4, 5)),
    ("bert-large", "ipu-pod:16"): (32.6968, 31.7473, 34.7447, 3072, 2517005, 1.098, (10, 10)),
    ("bert-large", "ipu-pod:64"): (10.5637, 9.59283, 11.9341, 3072, 2473385, 1.118, (10, 10)),
    ("bert-large", "dgx-a100:8"): (20.0032, 17.6772, 22.556, 448, 2775192, 1.0, (10, 10)),
    ("bert-large", "dgx-a100:64"): (3.03806, 2.84138, 3.23458, 3072, 3195648, 1.0, (10, 10)),
}


def choice(key: str) -> SystemChoice:
    system, chips = key.split(":")
    return SystemChoice(system, int(chips))


def family(key: str) -> str:
    return "ipu" if key.startswith("ipu") else "gpu"


def layout(key: str, batch: int) -> Layout:
    replicas = choice(key).chips
    return Layout("best", batch, replicas, 1, max(1, batch // replicas // 2), 2, optimizer="lars")


def official(key: str, workload: str = "resnet50", **changes) -> OfficialResult:
    score, fastest, slowest, batch, samples, scale, (succeeded, expected) = SCORES[workload, key]
    ipu = family(key) == "ipu"
    submitter = "Graphcore" if ipu else "NVIDIA"
    folder = f"ipu-pod{choice(key).chips}" if ipu else f"dgxa100_n{choice(key).chips // 8}_ngc21.09"
    result = OfficialResult(
        key=f"v1.1/{submitter}/{folder}/{workload}/closed",
        mlperf_round="v1.1",
        release="2021-12",
        division="closed",
        submitter=submitter,
        system_name=f"IPU-POD{choice(key).chips}" if ipu else folder,
        workload=workload,
        choice=choice(key),
        accelerator="Graphcore IPU GC200" if ipu else "NVIDIA A100-SXM4-80GB (400W)",
        chips=choice(key).chips,
        status="onprem",
        score_s=score * 60,
        fastest_s=fastest * 60,
        slowest_s=slowest * 60,
        global_batch=batch,
        optimizer="lars" if workload == "resnet50" else "lamb",
        samples_to_target=float(samples),
        evaluations=9.0,
        time_scale=scale,
        measured_s=score * 60 / scale,
        training_s=score * 57 / scale,
        evaluation_s=10.0,
        overhead_s=score * 3 / scale,
        runs_succeeded=succeeded,
        runs_expected=expected,
        layout=None,
        origin=ORIGIN,
    )
    return replace(result, **changes)


def projection(
    key: str, minutes: float, workload: str = "resnet50", width: float = 0.045, scored: bool = True, **changes
) -> Projection:
    """A projection with a median in minutes and an interval of ± `width`, with the official score if there is one."""
    seconds = minutes * 60
    result = official(key, workload) if scored and (workload, key) in SCORES else None
    batch = result.global_batch if result else 4096
    parts = {"compute": 0.6, "memory": 0.2, "collective": 0.1, "evaluation": 0.05, "start_up": 0.05, "update": 0.0}
    made = Projection(
        case=Case(workload, choice(key), "2021-12", "closed"),
        choice=choice(key),
        name=NAMES.get(key, f"{key} ({choice(key).chips} chips)"),
        family=family(key),
        chip_word="IPU" if family(key) == "ipu" else "GPU",
        time_to_train_s=Quantity(seconds, seconds * (1 - width), seconds * (1 + width * 1.15)),
        throughput_samples_per_s=Quantity(29000.0, 28000.0, 30000.0),
        samples_to_target=Quantity(4.87e7, 4.7e7, 5.0e7),
        layout=layout(key, batch),
        breakdown_s={part: share * seconds for part, share in parts.items()},
        basis=CALIBRATED,
        beyond=(),
        sourced=True,
        official=result,
        evidence=(result,) if result else (),
        terms=(
            Term("throughput", 29068.0, "samples/s", stated=False, language=False),
            Term("samples_to_target", 48.7e6, "samples", stated=False, language=False, count=batch),
        ),
        inputs=(Input(DataSheet("peak_flops", "GC200"), Figure(250e12, "FLOP/s"), ORIGIN),),
        notes=(),
        world=load_world(),
    )
    return replace(made, **changes)


FIRST_TIMES = {"ipu-pod:16": 28.2, "ipu-pod:64": 8.57, "ipu-pod:256": 3.81, "dgx-a100:8": 29.0, "dgx-a100:64": 4.55}
BERT_TIMES = {"ipu-pod:16": 32.1, "ipu-pod:64": 10.7, "dgx-a100:8": 20.2, "dgx-a100:64": 3.02}


def comparison(
    times: dict[str, float] | None = None, workload: str = "resnet50", reference: str = "dgx-a100:8", **more
):
    times = times or FIRST_TIMES
    projections = tuple(projection(key, minutes, workload, **more) for key, minutes in times.items())
    return Comparison(projections, None, list(times).index(reference))


def with_lever(before: Comparison, gain: float = 1.3) -> Comparison:
    """The same comparison with every IPU projection `gain` times as quick, the old one as its baseline."""

    def moved(each: Projection) -> Projection:
        time = each.time_to_train_s
        part = 1 / gain if each.family == "ipu" else 1.0
        case = replace(each.case, gains=Gains(compute=1 / part))
        return replace(each, case=case, time_to_train_s=Quantity(time.median * part, time.low * part, time.high * part))

    projections = tuple(moved(each) for each in before.projections)
    return Comparison(projections, before.projections, before.reference, (f"IPU compute gain {gain:.2f} ×",))


def scenario(**changes) -> Scenario:
    return replace(FIRST_START, **changes)


def curve(
    system: str = "ipu-pod",
    name: str = "IPU-POD",
    chips: tuple[int, ...] = (16, 32, 64, 128, 256, 512, 1024),
    **changes,
) -> ScalingCurve:
    ipu = system.startswith("ipu")
    median = tuple((400.0 / count + 2.0) * 60 * (1.0 if ipu else 0.55) for count in chips)
    spread = tuple(0.04 + 0.0002 * count for count in chips)
    made = ScalingCurve(
        system=system,
        name=name,
        family="ipu" if ipu else "gpu",
        chip_word="IPU" if ipu else "GPU",
        chips=chips,
        median=median,
        low=tuple(value * (1 - part) for value, part in zip(median, spread, strict=True)),
        high=tuple(value * (1 + part) for value, part in zip(median, spread, strict=True)),
        sourced=True,
        calibrated=tuple(count <= 256 for count in chips),
        beyond=tuple(() if count <= 256 else ("chips",) for count in chips),
        layouts=tuple(Layout("best", 64 * count, count, 1, 8, 8) for count in chips),
        baseline_median=None,
        official=tuple(official(f"{system}:{count}") for count in chips if ("resnet50", f"{system}:{count}") in SCORES),
    )
    return replace(made, **changes)


def scaling(*curves: ScalingCurve, settings: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> Scaling:
    chosen = curves or (curve(), curve("dgx-a100", "DGX A100", (8, 16, 32, 64, 128, 256)))
    return Scaling("resnet50", "closed", "2021-12", chosen, notes, load_world(), settings)
