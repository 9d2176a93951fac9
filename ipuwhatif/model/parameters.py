"""What the model does not know for certain: its parameters, each with a physical prior, a unit and a reason.

A parameter lives in an unbounded space where its prior is a bell curve: the logarithm of a positive quantity, the
logit of a share between 0 and 1. Fitting and drawing happen there; the model sees natural values only.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from ipuwhatif.records import dataclass

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

ARCHITECTURES = ("ipu", "gpu")
WORKLOADS = ("resnet50", "bert-large")
OLDER_RELEASES = ("2019-07", "2020-07", "2021-06")  # efficiencies are stated for the latest release, 2021-12
LATEST_RELEASE = "2021-12"
NEXT_RELEASES = ("2022-06",)  # rounds after the latest that has entries here: only the drift tells of them
#: Rounds between a release and the latest with entries, either way.
ROUNDS_APART = {release: age for age, release in enumerate(reversed(OLDER_RELEASES), start=1)} | {
    release: age for age, release in enumerate(NEXT_RELEASES, start=1)
}
REFERENCE_GENERATIONS = ("gc200", "a100")  # efficiencies are stated for GC200 and the A100 80 GB
#: Spread of what a chip reaches against what its data sheet says of the reference chip's efficiencies: little for
#: another board of the same chip, more for another generation, a factor of two for another architecture.
CHIP_SPREAD = {
    "a100-40gb": 0.04,
    "a100-500w": 0.04,
    "a100-pcie-40gb": 0.12,
    "a100-pcie-80gb": 0.08,
    "bow": 0.12,
    "v100": 0.12,
    "v100-450w": 0.12,
    "v100s": 0.12,
    "h100": 0.20,
    "rtx-2080": 0.35,
    "tpu-v3": 0.55,
    "tpu-v4": 0.55,
    "gaudi": 0.55,
    "epyc-7742": 0.55,
    "xeon-8380h": 0.55,
}
STACKS = ("ipu", "gpu", "other")
#: Submitters of GPU systems apart from the chip's own vendor.
SUBMITTERS = (
    "Alibaba",
    "Azure",
    "Baidu",
    "Dell",
    "DellEMC",
    "Fujitsu",
    "GIGABYTE",
    "Google",
    "HPE",
    "Inspur",
    "Lenovo",
    "Supermicro",
    "nettrix",
)
#: Published states of frameworks on GPUs.
SOFTWARE = (
    "pytorch-20.12",
    "pytorch-21.03",
    "pytorch-21.11",
    "tensorflow2-21.02",
    "tensorflow2-21.09",
    "tensorflow1-20.06",
    "mxnet-20.12",
)
OPTIMIZERS = ("sgd", "lars", "lamb")
JOINING_CHIPS = 64.0
CONVERGENCE_GROUPS = (
    "resnet50/ipu",
    "resnet50/gpu",
    "resnet50/gpu-2019-07",  # the recipes of v0.6 took 60 epochs where later ones took 35
    "resnet50/tpu",
    "bert-large/ipu",
    "bert-large/ipu-open",
    "bert-large/gpu",
    "bert-large/reference",
)
#: Curves that stand for one state of the software and have no release effect.
REFERENCE_CURVES = ("resnet50/gpu-2019-07", "resnet50/tpu", "bert-large/reference")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A prior: `median` in natural units, `spread` as one standard deviation in the unbounded space."""

    name: str
    median: float
    spread: float
    transform: str  # "log" or "logit"
    unit: str
    reason: str

    @property
    def center(self) -> float:
        if self.transform == "log":
            return float(np.log(self.median))
        return float(np.log(self.median / (1.0 - self.median)))


# Efficiencies: share of the data sheet's peak that the ops of a class reach. Grouped convolutions: Jia et al. 2019
# (arXiv:1912.03413, Table 5.3) measured 0.4 to 1.4 of 125 TFLOPS for groups of 4 to 16 channels on a V100, and 36 to
# 46 of 124.5 TFLOPS for groups of 8 to 32 channels on a GC2.
_EFFICIENCIES = {
    "ipu": {"dense_convolution": 0.35, "grouped_convolution": 0.30, "matmul": 0.35, "attention": 0.25},
    "gpu": {"dense_convolution": 0.50, "grouped_convolution": 0.008, "matmul": 0.60, "attention": 0.30},
}
EFFICIENCY_CLASSES = tuple(_EFFICIENCIES["ipu"])
# Rate at which the bytes of the op graph pass, over the data sheet's memory bandwidth. It can exceed 1 where caches
# and fused ops keep bytes on the chip.
_MEMORY = {
    "ipu": (0.18, 0.7, "8 of 45 TB/s reached by optimised vector code on the Mk1 IPU (An HPC Cookbook for the IPU)"),
    "gpu": (0.9, 0.4, "streaming kernels reach 70 to 90 % of HBM bandwidth; fusion and caches save bytes"),
}
_LAUNCH = {
    "ipu": (1.5e-6, 0.7, "synchronisation and exchange start of a superstep"),
    "gpu": (4.0e-6, 0.5, "launch of one kernel from the host"),
}
_STEP = {
    "ipu": (1.0e-3, 1.0, "host synchronisation and input wait of a step"),
    "gpu": (1.0e-3, 0.7, "host synchronisation and input wait of a step"),
}
# Seconds per parameter held by a chip, for one weight update. On a GPU every value passes through memory: 60 bytes for
# LAMB (norm of the gradients; both moments, master weight and gradient read, moments and update written; two norms a
# tensor; master and half-precision weight written; gradients packed for the all-reduce: You et al. 2019,
# arXiv:1904.00962, Algorithm 2), 30 for LARS, 24 for SGD with momentum, at three quarters of 2 TB/s.
_UPDATE = {
    ("ipu", "sgd"): 2.0e-10,
    ("ipu", "lars"): 2.0e-10,
    ("ipu", "lamb"): 1.0e-9,
    ("gpu", "sgd"): 1.6e-11,
    ("gpu", "lars"): 2.0e-11,
    ("gpu", "lamb"): 4.0e-11,
}
_START_UP = {
    ("ipu", "resnet50"): (7.0, 0.7),
    ("ipu", "bert-large"): (2.0, 1.0),
    ("gpu", "resnet50"): (0.8, 0.8),
    ("gpu", "bert-large"): (0.7, 0.4),  # not in the logs, so as ResNet-50 starts on the same machines
    ("other", "resnet50"): (2.0, 1.5),
    ("other", "bert-large"): (2.0, 1.5),
}
_JOINING = {"ipu": (4.0, 1.0), "gpu": (0.02, 0.7), "other": (0.2, 1.5)}  # at JOINING_CHIPS chips
# Time of an evaluation sample over the time of a training sample, on the whole system.
_EVALUATION = {
    ("ipu", "resnet50"): (0.8, 0.4),
    ("ipu", "bert-large"): (0.8, 0.5),
    ("gpu", "resnet50"): (0.6, 0.5),
    ("gpu", "bert-large"): (0.33, 0.4),
    ("other", "resnet50"): (0.6, 0.7),
    ("other", "bert-large"): (0.5, 0.7),
}
_CHECKPOINT = {"ipu": (1.0, 0.7), "gpu": (0.02, 0.7), "other": (0.1, 1.5)}
_FLOOR_OF_GROUP = {"bert-large/ipu-open": 0.85, "resnet50/gpu-2019-07": 1.6}
_FLOOR = {"resnet50": 37.0 * 1_281_167, "bert-large": 2.45e6}


def _step_parameters() -> list[Parameter]:
    rows = []
    for chip in ARCHITECTURES:
        for op_class, median in _EFFICIENCIES[chip].items():
            reason = "large products reach 80 to 90 % of peak, a whole network less"
            rows.append(Parameter(f"efficiency.{chip}.{op_class}", median, 0.6, "logit", "1", reason))
        median, spread, reason = _MEMORY[chip]
        rows.append(Parameter(f"memory_efficiency.{chip}", median, spread, "log", "1", reason))
        median, spread, reason = _LAUNCH[chip]
        rows.append(Parameter(f"launch.{chip}", median, spread, "log", "s", reason))
        median, spread, reason = _STEP[chip]
        rows.append(Parameter(f"step_fixed.{chip}", median, spread, "log", "s", reason))
        rows.append(Parameter(f"clock_share.{chip}", 0.5, 1.0, "logit", "1", "part of the step that follows the clock"))
        for optimizer in OPTIMIZERS:
            reason = "optimizer arithmetic and movement of its state"
            spread = 1.5 if chip == "ipu" else 0.5  # what a step of an IPU spends apart from its batches is not known
            rows.append(Parameter(f"update.{chip}.{optimizer}", _UPDATE[chip, optimizer], spread, "log", "s", reason))
    rows.append(Parameter("graph_launch.gpu", 0.25, 0.7, "logit", "1", "launch cost left inside a CUDA graph"))
    rows.append(Parameter("off_chip_efficiency.ipu", 0.7, 0.8, "logit", "1", "share of streaming memory bandwidth"))
    return rows


def _collective_parameters() -> list[Parameter]:
    measured = "235 of 300 GB/s bus bandwidth measured on 8 A100 (ml-engineering, network)"
    return [
        Parameter("link_efficiency.ipu", 0.6, 0.8, "logit", "1", "collectives on the 2D torus"),
        Parameter("link_efficiency.gpu", 0.78, 0.3, "logit", "1", measured),
        Parameter("link_efficiency.bridge", 0.2, 0.8, "logit", "1", "bridges join pairs, the rest goes over PCIe"),
        Parameter("link_efficiency.pcie", 0.3, 0.8, "logit", "1", "every board has its own way to the root"),
        Parameter("link_efficiency.pcie-switch", 0.1, 0.8, "logit", "1", "all boards share the switches to the root"),
        Parameter("link_efficiency.other", 0.5, 0.8, "logit", "1", "links of other accelerators and sockets"),
        Parameter("network_efficiency.ipu", 0.08, 0.8, "logit", "1", "gateway links between racks"),
        Parameter("network_efficiency.gpu", 0.6, 0.6, "logit", "1", "InfiniBand collectives"),
        Parameter("network_efficiency.other", 0.5, 0.8, "logit", "1", "networks of other accelerators"),
        Parameter("network_latency.ipu", 3.0e-4, 1.0, "log", "s", "one hop of a collective between racks"),
        Parameter("network_latency.gpu", 3.0e-4, 0.7, "log", "s", "one level of a collective over machines"),
        Parameter("network_latency.servers", 5.0e-4, 0.8, "log", "s", "the same in clouds and servers of others"),
        Parameter("network_latency.other", 1.0e-4, 1.0, "log", "s", "one level of a collective over machines"),
        Parameter("link_latency.gpu", 1.2e-5, 0.5, "log", "s", "a small all-reduce between GPUs of one machine"),
        Parameter("overlap.gpu", 0.7, 0.7, "logit", "1", "all-reduce hidden behind the backward pass"),
    ]


def _effect_parameters() -> list[Parameter]:
    """What one round, chip, submitter or published framework does differently from the rest."""
    rows = []
    for stack in STACKS:
        spread = 0.03 if stack != "other" else 0.10
        reason = "time of a micro-batch, one round earlier: software gets faster"
        rows.append(Parameter(f"drift.{stack}", 1.02, spread, "log", "1", reason))
        reason = "time of the per-step part, one round earlier"
        rows.append(Parameter(f"step_drift.{stack}", 1.3, 0.25, "log", "1", reason))
        reason = "start-up, one round earlier: it moves between rounds by factors"
        rows.append(Parameter(f"start_up_drift.{stack}", 1.5, 0.5, "log", "1", reason))
    for chip in ARCHITECTURES:
        for workload in WORKLOADS:
            for release, age in ROUNDS_APART.items():
                departure = "departure of a round from the drift"
                name, wide = f"{chip}.{workload}.{release}", age**0.5
                rows.append(Parameter(f"micro_effect.{name}", 1.0, 0.015 * wide, "log", "1", departure))
                rows.append(Parameter(f"step_effect.{name}", 1.0, 0.35 * wide, "log", "1", departure))
                # That of an IPU fell from 142 to 25 s in one round; that of GPUs moved by tens of percents.
                moved = 1.0 if chip == "ipu" else 0.4
                rows.append(Parameter(f"start_up_effect.{name}", 1.0, moved * wide, "log", "1", departure))
    for generation, spread in CHIP_SPREAD.items():
        reason = "efficiency relative to the chip that the parameters were fitted on"
        rows.append(Parameter(f"chip_effect.{generation}", 1.0, spread, "log", "1", reason))
        reason = "what its matrix products reach, relative to its convolutions"
        rows.append(Parameter(f"matmul_effect.{generation}", 1.0, spread, "log", "1", reason))
    for submitter in SUBMITTERS:
        reason = "time of a micro-batch against that of the chip's vendor"
        rows.append(Parameter(f"submitter_effect.{submitter}", 1.0, 0.02, "log", "1", reason))
    for software in SOFTWARE:
        reason = "time of a micro-batch in a published framework against that of tuned entries"
        rows.append(Parameter(f"software_effect.{software}", 1.25, 0.25, "log", "1", reason))
    reason = "launch of a small op from a framework for prototyping against that of tuned entries"
    rows.append(Parameter("small_step_launch.gpu", 8.0, 1.0, "log", "1", reason))
    rows.append(Parameter("small_step_fixed.ipu", 2.0e-4, 1.0, "log", "s", "host cost of a step of a small network"))
    return rows


def _overhead_parameters() -> list[Parameter]:
    rows = []
    for chip in STACKS:
        growth = "exponent over the chips: 0 for a tree of hosts, 1 for one after the other"
        rows.append(Parameter(f"joining_growth.{chip}", 0.7, 0.4, "log", "1", growth))
        median, spread = _JOINING[chip]
        rows.append(Parameter(f"joining.{chip}", median, spread, "log", "s", "joining the hosts of 64 chips"))
        for workload in WORKLOADS:
            median, spread = _START_UP[chip, workload]
            rows.append(Parameter(f"start_up.{chip}.{workload}", median, spread, "log", "s", "clock before training"))
            median, spread = _EVALUATION[chip, workload]
            reason = "evaluation runs the forward pass only, less well fed than training"
            rows.append(Parameter(f"evaluation.{chip}.{workload}", median, spread, "log", "1", reason))
            median, spread = _CHECKPOINT[chip]
            reason = "weights leave the chips and the program changes, once an evaluation"
            rows.append(Parameter(f"checkpoint.{chip}.{workload}", median, spread, "log", "s", reason))
    return rows


def _convergence_parameters() -> list[Parameter]:
    """Curves of a workload's groups are alike: each is the workload's curve with its own, smaller departures."""
    rows = []
    for workload in WORKLOADS:
        resnet = workload == "resnet50"
        for name, median, spread, reason in (
            ("floor", _FLOOR[workload], 0.06, "samples to target at small batches"),
            ("slope", 0.01 if resnet else 0.04, 0.5, "rise of samples with the batch below the critical batch"),
            ("critical_batch", 4_000.0, 0.4, "batch where samples begin to rise"),
            ("rise", 0.2 if resnet else 0.45, 0.4, "exponent beyond the critical batch"),
            ("far_batch", 35_000.0 if resnet else 20_000.0, 0.2, "batch beyond which samples rise faster still"),
            ("far_rise", 0.5 if resnet else 0.3, 0.3, "added exponent beyond the far batch"),
        ):
            unit = "samples" if name in ("floor", "critical_batch", "far_batch") else "1"
            rows.append(Parameter(f"{name}.{workload}", median, spread, "log", unit, reason))
    for group in CONVERGENCE_GROUPS:
        for release, age in ROUNDS_APART.items():
            if group in REFERENCE_CURVES:
                continue
            reason = "recipes are tuned anew for each round"
            rows.append(Parameter(f"recipe_effect.{group}.{release}", 1.0, 0.03 * age**0.5, "log", "1", reason))
        for name, median, spread in (
            ("floor", _FLOOR_OF_GROUP.get(group, 1.0), 0.06),
            ("critical_batch", 1.0, 0.25),
            ("rise", 1.0, 0.12),
        ):
            if name != "floor" and group.endswith("-open"):
                continue  # an open run bends where the closed one does
            reason = "departure of this group's curve from the workload's"
            rows.append(Parameter(f"{name}_effect.{group}", median, spread, "log", "1", reason))
    rows.append(Parameter("sgd_penalty.resnet50", 1.15, 0.03, "log", "1", "momentum SGD against LARS"))
    rows.append(
        Parameter("horizon.bert-large", 0.6, 0.8, "logit", "1", "a longer learning-rate decay needs more samples")
    )
    rows.append(
        Parameter("horizon_ratio.bert-large", 1.28, 0.04, "log", "1", "usual decay length over samples to target")
    )
    return rows


PARAMETERS: tuple[Parameter, ...] = (
    *_step_parameters(),
    *_collective_parameters(),
    *_effect_parameters(),
    *_overhead_parameters(),
    *_convergence_parameters(),
)


def rounds_ago(release: str) -> float:
    """Rounds between a release and the latest with entries; negative for later ones."""
    releases = (*NEXT_RELEASES[::-1], LATEST_RELEASE, *OLDER_RELEASES[::-1])
    return float(releases.index(release) - len(NEXT_RELEASES))


@cache
def parameter_index() -> dict[str, int]:
    """Column of each parameter; "one" and "zero" are columns of constants after the last."""
    index = {parameter.name: column for column, parameter in enumerate(PARAMETERS)}
    return index | {"one": len(PARAMETERS), "zero": len(PARAMETERS) + 1}


def prior_center() -> FloatArray:
    """Prior centres in the unbounded space; shape (parameters,)."""
    return np.array([parameter.center for parameter in PARAMETERS])


def prior_spread() -> FloatArray:
    """Prior standard deviations in the unbounded space; shape (parameters,)."""
    return np.array([parameter.spread for parameter in PARAMETERS])


@cache
def _is_logit() -> npt.NDArray[np.bool_]:
    return np.array([parameter.transform == "logit" for parameter in PARAMETERS])


def natural(unbounded: FloatArray) -> FloatArray:
    """Natural values of draws in the unbounded space.

    unbounded: shape (draws, parameters); returns shape (draws, parameters + 2), the last columns hold 1 and 0.
    """
    values = np.exp(np.clip(unbounded, -60.0, 60.0))
    shares = values / (1.0 + values)
    values = np.where(_is_logit(), shares, values)
    ones = np.ones((len(values), 1))
    return np.concatenate([values, ones, 0.0 * ones], axis=1)
