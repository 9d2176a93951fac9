"""Which parameter plays which role for a kind of case: the one place where parameter names are put together."""

from ipuwhatif.catalog.priors.priors import Curve
from ipuwhatif.catalog.software import software_as_of
from ipuwhatif.catalog.stacks import (
    CHANNELS_FIRST,
    FRAMEWORK,
    FUSED_ATTENTION,
    FUSED_LAYERS,
    NOT_COMPILED,
    PADDED,
    UNFUSED_UPDATE,
    Software,
)
from ipuwhatif.catalog.types import LANGUAGE, STATED, TRANSFORMER, Catalog, Chip, System, Workload
from ipuwhatif.model.parameters import anchor_release, known, parameter_index
from ipuwhatif.networks.decoder import Decoder, decoder_sizes
from ipuwhatif.networks.library import ENTRIES, Kernels
from ipuwhatif.records import Record
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
    "stack_effect",
    "stack_fit",
    "framework_effect",
    "framework_fit",
    "software_effect",
    "channels_effect",
    "sixteen_bit",
    "elementwise_traffic",
    "framework_launch",
    "framework_step",
    "update_effect",
    "input_loss",
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
    "language_published",
    "language_class",
    "language_framework",
    "language_software",
    "language_traffic",
    "language_casts",
    "block_casts",
    "wide_layers",
    "attention_before",
    "sharded_exposed",
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
#: Whose programs a compiler lays over all chips: they share products and weights, whatever software is named.
COMPILED = "tpu"
#: What joins the chips of a domain -> the parameter that says how much of it a collective reaches.
LINK_EFFICIENCY = {
    "ipu-link": "link_efficiency.ipu",
    "nvlink": "link_efficiency.gpu",
    "bridge": "link_efficiency.bridge",
    "pcie": "link_efficiency.pcie",
    "pcie-switch": "link_efficiency.pcie-switch",
    "ici": "link_efficiency.ici",
}
#: Trait of a job: a network so small that starting its ops is all there is to a step.
SMALL_STEPS = "small-steps"
IMAGES = "images"  # what a job on pictures counts
#: The last release whose chips the kernels of frameworks that people run were written for.
FRAMEWORK_KERNELS = "2022-06"
#: Jobs without MLPerf entries start and evaluate as the job with entries that is most like them.
LIKE = "resnet50"


class ToldBy(Record, frozen=True):
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
    return software_as_of(catalog, key or workload.frameworks[0], release)


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
    *,
    layers: tuple[int, ...] = (),
) -> dict[str, str]:
    """The parameter that plays each role for a kind of case; "one" and "zero" where a role is not played.

    told: the releases that tell how this one departs from the drift. layers: sizes of the network that a user sets.
    """
    if LANGUAGE in workload.traits:
        return _of_language(workload, chip, software, adapted=decoder_of(workload, layers).adapter > 0)
    physics, stack = physics_of(chip.architecture), stack_of(chip.architecture)
    is_ipu, stated = physics == "ipu", workload.kind == STATED
    small_steps = SMALL_STEPS in workload.traits
    run = f"{stack}.{LIKE if stated else workload.key}"
    # Departures from the drift are known for the releases and workloads of entries only.
    departs = stack != "other" and not stated and software is None
    reference = _is_reference(chip)
    transformer = TRANSFORMER in workload.traits
    generation = known().generations[chip.effects]
    network = stack if system.listed else "servers"  # of vendors' own systems, or of clouds and servers of others

    def effect(name: str, release: str) -> str:
        return f"{name}.{run}.{release}" if departs and release != anchor_release() else "one"

    step = {
        "memory_efficiency": f"memory_efficiency.{physics}",
        "memory_effect": f"memory_effect.{chip.effects}" if generation.own_memory else "one",
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
        "overlap": "zero" if is_ipu else "overlap.gpu" if software is None else "overlap.framework",
        "drift": f"drift.{stack}" if software is None else "one",  # a published state is no release's
        "micro_effect": effect("micro_effect", told.chip),
        "submitter_effect": "one",
        "chip_effect": "one" if reference else f"chip_effect.{chip.effects}",
        "matmul_effect": "one" if reference or not transformer else f"matmul_effect.{chip.effects}",
        "young_loss": "young_loss.gpu" if physics == "gpu" and software is None else "zero",
        "step_drift": f"step_drift.{stack}" if software is None else "one",
        "step_effect": effect("step_effect", told.chip),
        "host_effect": f"host_effect.{chip.effects}" if generation.own_host else "one",
        "start_up": f"start_up.{run}",
        "joining": f"joining.{stack}",
        "joining_growth": f"joining_growth.{stack}",
        "start_up_drift": f"start_up_drift.{stack}",
        "start_up_effect": effect("start_up_effect", told.chip),
        "evaluation": f"evaluation.{run}",
        "checkpoint": f"checkpoint.{run}",
    }
    step |= _of_software(workload, chip, software)
    if stated:
        return _NOT_PLAYED | step | dict.fromkeys(CONVERGENCE_ROLES, "one")
    curve = convergence_curve(workload.key, chip, recipe, release)
    return _NOT_PLAYED | step | _convergence(workload.key, curve, told.stack, optimizer)


def _of_software(workload: Workload, chip: Chip, software: Software | None) -> dict[str, str]:
    """What a published state of a framework takes longer than tuned entries, from what all have in common to its own.

    Where only the class is known, the effect of its framework stays at its prior, with the width of it.
    """
    if software is None:
        return {"framework_step": "zero", "input_loss": "zero"}
    framework, transformer = software.framework, TRANSFORMER in workload.traits
    fused = not {FUSED_ATTENTION, FUSED_LAYERS}.isdisjoint(software.traits)
    network = "convolution" if not transformer else "fused-transformer" if fused else "transformer"

    def where(trait: str, name: str) -> str:
        return name if trait in software.traits else "one"

    return {
        "stack_effect": f"stack_effect.{software.stack}",
        "stack_fit": f"stack_fit.{software.stack}.{network}",
        "framework_effect": f"framework_effect.{framework}",
        "framework_fit": f"framework_fit.{framework}.{'transformer' if transformer else 'convolution'}",
        "software_effect": f"software_effect.{software.key}",
        "channels_effect": "one" if transformer else where(CHANNELS_FIRST, "channels_effect.first"),
        "sixteen_bit": "sixteen_bit.gpu" if transformer and known().generations[chip.effects].eight_bit else "one",
        "elementwise_traffic": where(NOT_COMPILED, "elementwise_traffic.not-compiled"),
        "framework_launch": f"framework_launch.{framework}",
        "framework_step": f"framework_step.{software.stack}",
        "update_effect": where(UNFUSED_UPDATE, "update_effect.unfused"),
        # Pictures are read and decoded by a host that its chips share; tokens are not worth mentioning.
        "input_loss": "input_loss.framework" if workload.sample_word == IMAGES else "zero",
    }


def kernels_of(software: Software | None) -> Kernels:
    """What the software of a case brings along; nothing apart where entries tell."""
    if software is None:
        return ENTRIES
    traits = software.traits
    return Kernels(FUSED_ATTENTION in traits, PADDED in traits, NOT_COMPILED not in traits, wide_loss=True)


def _of_class(kind: str, system: System, other: str) -> str:
    """Of machines of the system's class of network where that is told, else of another kind of machine."""
    own = f"{kind}.{system.network_class}"
    return own if own in parameter_index() else f"{kind}.{other}"


def _of_language(workload: Workload, chip: Chip, software: Software | None, *, adapted: bool) -> dict[str, str]:
    """Language models share no parameter with other jobs."""
    has_target = workload.kind != STATED
    own_chip = f"language_chip.{chip.effects}"
    return _NOT_PLAYED | {
        **{role: f"{role}.language" for role in LANGUAGE_ROLES},
        "start_up_drift": "one",
        "start_up": "start_up.language" if has_target else "zero",
        "joining": "zero",
        "evaluation": f"evaluation.language.{workload.key}" if has_target else "zero",
        "checkpoint": "zero",
        "adapter_cost": "adapter_cost.language" if adapted else "one",
        "language_chip": own_chip if own_chip in parameter_index() else "one",
        "sharded_exposed": "sharded_exposed.language",
        "block_casts": "block_casts.language",
        "wide_layers": "wide_layers.language",
        **_of_language_software(chip, software),
        **(_of_compiled(has_target=has_target) if chip.architecture == COMPILED else {}),
        "tabled_effect": f"tabled_effect.language.{workload.key}" if has_target else "one",
    }


def _of_compiled(*, has_target: bool) -> dict[str, str]:
    """What a compiler that lays a program over all chips hides of their traffic, and how it evaluates."""
    return {
        "tensor_exposed": "tensor_exposed.language.compiled",
        "sharded_exposed": "sharded_exposed.language.compiled",
        "evaluation": "evaluation.language.compiled" if has_target else "zero",
    }


def _of_language_software(chip: Chip, software: Software | None) -> dict[str, str]:
    """What published software adds to what entries ran: a published state is no release's, and its chips are not young.

    Frameworks that people run bring attention that was written for the chips of before FRAMEWORK_KERNELS.
    """
    if software is None:
        return {"language_casts": "zero"}
    old_kernels = software.stack == FRAMEWORK and chip.since > FRAMEWORK_KERNELS
    return {
        "round_gain": "zero",
        "young_loss": "zero",
        "language_published": "language_published.language",
        "language_class": f"language_class.{software.stack}",
        "language_framework": f"language_framework.{software.framework}",
        "language_software": f"language_software.{software.key}" if software.of_language else "one",
        "language_traffic": f"language_traffic.{software.framework}",
        "language_casts": f"language_casts.{software.framework}",
        "attention_before": "attention_before.language" if old_kernels else "one",
    }


def is_language_model(workload: Workload) -> bool:
    """Whether a job is timed as a language model."""
    return LANGUAGE in workload.traits


def decoder_of(workload: Workload, layers: tuple[int, ...] = ()) -> Decoder:
    """The sizes of a language model, by `layers` where a case sets them."""
    return decoder_sizes(workload.network, layers)


LANGUAGE_ROLES = ROLES[ROLES.index("product_efficiency") : ROLES.index("adapter_cost")]
CONVERGENCE_ROLES = ROLES[ROLES.index("slope") :]
_NOT_PLAYED = dict.fromkeys(ROLES, "one")


def _is_reference(chip: Chip) -> bool:
    generations = known().generations
    if chip.effects not in generations:
        told = tr("generation {key} of {chip} has no prior", key=quoted(chip.effects), chip=chip.name)
        raise InputError(f"priors/generations.json: {told}")
    return bool(generations[chip.effects].reference_of)


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
