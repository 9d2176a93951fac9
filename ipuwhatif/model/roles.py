"""Which parameter plays which role for a kind of case: the one place where parameter names are put together."""

from ipuwhatif.catalog.priors import Curve
from ipuwhatif.catalog.types import STATED, Catalog, Chip, Software, System, Workload
from ipuwhatif.model.parameters import anchor_release, known, parameter_index
from ipuwhatif.networks.decoder import DECODERS, Decoder
from ipuwhatif.records import dataclass
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted

ROLES = (
    "memory_efficiency",
    "memory_effect",
    "launch",
    "launch_effect",
    "graph_launch",
    "step_fixed",
    "clock_share",
    "update",
    "off_chip_efficiency",
    "link_efficiency",
    "network_efficiency",
    "network_latency",
    "network_effect",
    "overlap",
    "link_latency",
    "drift",
    "micro_effect",
    "software_effect",
    "submitter_effect",
    "chip_effect",
    "matmul_effect",
    "step_drift",
    "step_effect",
    "host_effect",
    "start_up",
    "joining",
    "joining_growth",
    "start_up_drift",
    "start_up_effect",
    "evaluation",
    "checkpoint",
    "product_efficiency",
    "product_start",
    "attention_share",
    "activation_traffic",
    "weight_traffic",
    "tensor_exposed",
    "context_exposed",
    "stage_exposed",
    "gradient_exposed",
    "layer_start",
    "step_start",
    "graph_start",
    "scale_loss",
    "round_gain",
    "young_loss",
    "adapter_cost",
    "language_chip",
    "tabled_effect",
    "slope",
    "floor",
    "floor_effect",
    "critical_batch",
    "critical_batch_effect",
    "rise",
    "rise_effect",
    "far_batch",
    "far_rise",
    "optimizer_penalty",
    "recipe_effect",
    "horizon",
    "horizon_ratio",
    "horizon_slope",
)
#: What joins the chips of a domain -> the parameter that says how much of it a collective reaches.
LINK_EFFICIENCY = {
    "ipu-link": "link_efficiency.ipu",
    "nvlink": "link_efficiency.gpu",
    "bridge": "link_efficiency.bridge",
    "pcie": "link_efficiency.pcie",
    "pcie-switch": "link_efficiency.pcie-switch",
    "ici": "link_efficiency.ici",
}
#: Traits of a job that decide its physics: a network of matrix products for the most part (others are convolutions); a
#: network so small that starting its ops is all there is to a step.
TRANSFORMER, SMALL_STEPS = "transformer", "small-steps"
#: A decoder-only transformer whose step is cut over tensor, context, pipeline and data parallel chips, and is timed by
#: parameters of its own.
LANGUAGE = "language"
#: Jobs without MLPerf entries start and evaluate as the job with entries that is most like them.
LIKE = "resnet50"


@dataclass(frozen=True, slots=True)
class ToldBy:
    """The releases that tell how the software of another departs from the drift: its own wherever there are entries."""

    chip: str  # by entries of the chip's family
    stack: str  # by entries of any chip with the same stack


def physics_of(architecture: str) -> str:
    """Which physics an architecture follows: chips with a large shared memory behind caches run as GPUs do."""
    return "ipu" if architecture == "ipu" else "gpu"


def stack_of(architecture: str) -> str:
    """Whose software and hosts a chip is run by: "ipu", "gpu", or "other" for the rest."""
    return architecture if architecture in ("ipu", "gpu") else "other"


def software_of(catalog: Catalog, workload: Workload, architecture: str, release: str, key: str) -> Software | None:
    """The published software that a case runs: the one it names, else the workload's default as of its release.

    None where entries of a round tell what ran, and off GPUs, for which no framework has been published here.
    """
    if architecture != "gpu" or not (key or workload.frameworks):
        return None
    if key:
        return catalog.software[key]
    states = [each for each in catalog.software.values() if each.framework == workload.frameworks[0]]
    known = [each for each in states if each.date <= release]
    return max(known, key=lambda each: each.date) if known else min(states, key=lambda each: each.date)


def convergence_curve(workload: str, chip: Chip, recipe: str, release: str) -> Curve:
    """Which curve the samples of a job follow: entries of one kind of system and recipe share one."""
    # A chip never ran the recipes of before it came.
    ran = max(release, chip.since)
    return known().curve_of(workload, stack_of(chip.architecture), chip.generation, recipe, ran)


def roles_of(
    workload: Workload,
    chip: Chip,
    system: System,
    release: str,
    recipe: str,
    optimizer: str,
    software: Software | None,
    told: ToldBy,
) -> dict[str, str]:
    """The parameter that plays each role for a kind of case; "one" and "zero" where a role is not played.

    told: the releases that tell how this one departs from the drift.
    """
    if LANGUAGE in workload.traits:
        return _of_language(workload, chip)
    physics, stack = physics_of(chip.architecture), stack_of(chip.architecture)
    is_ipu, stated = physics == "ipu", workload.kind == STATED
    small_steps = SMALL_STEPS in workload.traits
    run = f"{stack}.{LIKE if stated else workload.key}"
    # Departures from the drift are known for the releases and workloads of entries only.
    departs = stack != "other" and not stated and software is None
    reference = _is_reference(chip)
    transformer = TRANSFORMER in workload.traits
    generation = known().generations[chip.generation]
    network = stack if system.listed else "servers"  # of vendors' own systems, or of clouds and servers of others

    def effect(name: str, release: str) -> str:
        return f"{name}.{run}.{release}" if departs and release != anchor_release() else "one"

    step = {
        "memory_efficiency": f"memory_efficiency.{physics}",
        "memory_effect": f"memory_effect.{chip.generation}" if generation.own_memory else "one",
        "launch": f"launch.{physics}",
        "launch_effect": "small_step_launch.gpu" if small_steps and not is_ipu else "one",
        "graph_launch": "one" if is_ipu else "graph_launch.gpu",
        # Small steps: a compiled program waits for its host, a framework is nothing but calls.
        "step_fixed": f"step_fixed.{physics}" if not small_steps else "small_step_fixed.ipu" if is_ipu else "zero",
        "clock_share": f"clock_share.{physics}",
        "update": f"update.{physics}.{optimizer}",
        "off_chip_efficiency": "off_chip_efficiency.ipu" if is_ipu else "one",
        "link_efficiency": LINK_EFFICIENCY.get(system.link_class, "link_efficiency.other"),
        "network_efficiency": _of_class("network_efficiency", system, network),
        "network_latency": _of_class("network_latency", system, network),
        "network_effect": effect("network_effect", told.stack) if is_ipu else "one",
        "link_latency": "zero" if is_ipu else _of_class("link_latency", system, "gpu"),
        "overlap": "zero" if is_ipu else "overlap.gpu",
        "drift": f"drift.{stack}" if software is None else "one",  # a published state is no release's
        "micro_effect": effect("micro_effect", told.chip),
        "software_effect": "one" if software is None else f"software_effect.{software.key}",
        "submitter_effect": "one",
        "chip_effect": "one" if reference else f"chip_effect.{chip.generation}",
        "matmul_effect": "one" if reference or not transformer else f"matmul_effect.{chip.generation}",
        "young_loss": "young_loss.gpu" if physics == "gpu" and software is None else "zero",
        "step_drift": f"step_drift.{stack}" if software is None else "one",
        "step_effect": effect("step_effect", told.chip),
        "host_effect": f"host_effect.{chip.generation}" if generation.own_host else "one",
        "start_up": f"start_up.{run}",
        "joining": f"joining.{stack}",
        "joining_growth": f"joining_growth.{stack}",
        "start_up_drift": f"start_up_drift.{stack}",
        "start_up_effect": effect("start_up_effect", told.chip),
        "evaluation": f"evaluation.{run}",
        "checkpoint": f"checkpoint.{run}",
    }
    if stated:
        return _NOT_PLAYED | step | dict.fromkeys(CONVERGENCE_ROLES, "one")
    curve = convergence_curve(workload.key, chip, recipe, release)
    return _NOT_PLAYED | step | _convergence(workload.key, curve, told.stack, optimizer)


def _of_class(kind: str, system: System, other: str) -> str:
    """Of machines of the system's class of network where that is told, else of another kind of machine."""
    own = f"{kind}.{system.network_class}"
    return own if own in parameter_index() else f"{kind}.{other}"


def _of_language(workload: Workload, chip: Chip) -> dict[str, str]:
    """Language models share no parameter with other jobs."""
    has_target, adapted = workload.kind != STATED, decoder_of(workload).adapter > 0
    return _NOT_PLAYED | {
        **{role: f"{role}.language" for role in LANGUAGE_ROLES},
        "start_up_drift": "one",
        "start_up": "start_up.language" if has_target else "zero",
        "joining": "zero",
        "evaluation": f"evaluation.language.{workload.key}" if has_target else "zero",
        "checkpoint": "zero",
        "adapter_cost": "adapter_cost.language" if adapted else "one",
        "language_chip": "one" if _is_reference(chip) else f"language_chip.{chip.generation}",
        "tabled_effect": f"tabled_effect.language.{workload.key}" if has_target else "one",
    }


def is_language_model(workload: Workload) -> bool:
    """Whether a job is timed as a language model."""
    return LANGUAGE in workload.traits


def decoder_of(workload: Workload) -> Decoder:
    """The sizes of a language model."""
    return DECODERS[workload.network]


LANGUAGE_ROLES = ROLES[ROLES.index("product_efficiency") : ROLES.index("adapter_cost")]
CONVERGENCE_ROLES = ROLES[ROLES.index("slope") :]
_NOT_PLAYED = dict.fromkeys(ROLES, "one")


def _is_reference(chip: Chip) -> bool:
    generations = known().generations
    if chip.generation not in generations:
        told = tr("generation {key} of {chip} has no prior", key=quoted(chip.generation), chip=chip.name)
        raise InputError(f"priors/generations.json: {told}")
    return bool(generations[chip.generation].reference_of)


def _convergence(key: str, curve: Curve, told_by: str, optimizer: str) -> dict[str, str]:
    """key: of the workload. told_by: the release whose recipes those of the case are."""
    index = parameter_index()
    departs = told_by != anchor_release() and not curve.fixed

    def if_known(name: str, other: str) -> str:
        return name if name in index else other

    return {
        "slope": f"slope.{key}",
        "floor": f"floor.{key}",
        "floor_effect": f"floor_effect.{curve.key}",
        "critical_batch": f"critical_batch.{key}",
        "critical_batch_effect": f"critical_batch_effect.{curve.bends_as}",
        "rise": f"rise.{key}",
        "rise_effect": f"rise_effect.{curve.bends_as}",
        "far_batch": f"far_batch.{key}",
        "far_rise": f"far_rise.{key}",
        "optimizer_penalty": if_known(f"{optimizer}_penalty.{key}", "one"),
        "recipe_effect": f"recipe_effect.{curve.key}.{told_by}" if departs else "one",
        "horizon": if_known(f"horizon.{key}", "zero"),
        "horizon_ratio": if_known(f"horizon_ratio.{curve.key}", if_known(f"horizon_ratio.{key}", "one")),
        "horizon_slope": if_known(f"horizon_slope.{key}", "zero"),
    }
