"""The parameter that plays each role of the time of a step, of start-up and of evaluation."""

from ipuwhatif.catalog.stacks import (
    Software,
)
from ipuwhatif.catalog.types import LANGUAGE, STATED, TRANSFORMER, Chip, System, Workload
from ipuwhatif.model.parameters import anchor_release, known, parameter_index
from ipuwhatif.model.reasons import NoPrior
from ipuwhatif.model.roles.convergence import convergence_curve, roles_of_convergence
from ipuwhatif.model.roles.kinds import physics_of, stack_of
from ipuwhatif.model.roles.language import decoder_of, roles_of_language
from ipuwhatif.model.roles.names import CONVERGENCE_ROLES, NOT_PLAYED
from ipuwhatif.model.roles.software import roles_of_software
from ipuwhatif.records import Record
from ipuwhatif.units import RefusedError

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
#: Jobs without MLPerf entries start and evaluate as the job with entries that is most like them.
LIKE = "resnet50"


class ToldBy(Record, frozen=True):
    """The releases that tell how the software of another departs from the drift: its own wherever there are entries."""

    chip: str  # by entries of the chip's family
    stack: str  # by entries of any chip with the same stack


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
        return roles_of_language(workload, chip, software, adapted=decoder_of(workload, layers).adapter > 0)
    stack, stated = stack_of(chip.architecture), workload.kind == STATED
    run = f"{stack}.{LIKE if stated else workload.key}"
    # Departures from the drift are known for the releases and workloads of entries only.
    departs = stack != "other" and not stated and software is None

    def effect(name: str, release: str) -> str:
        return f"{name}.{run}.{release}" if departs and release != anchor_release() else "one"

    step = {
        **_of_step(workload, chip, optimizer),
        **_of_network(system, chip, software),
        **_of_release(stack, software),
        **_of_run(chip, stack, run),
        "network_effect": effect("network_effect", told.stack) if physics_of(chip.architecture) == "ipu" else "one",
        "micro_effect": effect("micro_effect", told.chip),
        "step_effect": effect("step_effect", told.chip),
        "start_up_effect": effect("start_up_effect", told.chip),
        **roles_of_software(workload, chip, software),
    }
    if stated:
        return NOT_PLAYED | step | dict.fromkeys(CONVERGENCE_ROLES, "one")
    curve = convergence_curve(workload.key, chip, recipe, release)
    return NOT_PLAYED | step | roles_of_convergence(workload.key, curve, told.stack, optimizer)


def _of_step(workload: Workload, chip: Chip, optimizer: str) -> dict[str, str]:
    """What a chip reaches in a step: its memory, its launches, its update."""
    physics = physics_of(chip.architecture)
    is_ipu, small_steps = physics == "ipu", SMALL_STEPS in workload.traits
    reference, generation = _is_reference(chip), known().generations[chip.effects]
    with_matmul = TRANSFORMER in workload.traits and not reference
    return {
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
        "submitter_effect": "one",
        "chip_effect": "one" if reference else f"chip_effect.{chip.effects}",
        "matmul_effect": f"matmul_effect.{chip.effects}" if with_matmul else "one",
    }


def _of_network(system: System, chip: Chip, software: Software | None) -> dict[str, str]:
    """What joins the chips: of vendors' own systems, or of clouds and servers of others."""
    network = stack_of(chip.architecture) if system.listed else "servers"
    is_ipu = physics_of(chip.architecture) == "ipu"
    return {
        "link_efficiency": LINK_EFFICIENCY.get(system.link_class, "link_efficiency.other"),
        "network_efficiency": _of_class("network_efficiency", system, network),
        "network_latency": _of_class("network_latency", system, network),
        "link_latency": "zero" if is_ipu else _of_class("link_latency", system, "gpu"),
        "overlap": "zero" if is_ipu else "overlap.gpu" if software is None else "overlap.framework",
        "young_loss": "young_loss.gpu" if not is_ipu and software is None else "zero",
    }


def _of_release(stack: str, software: Software | None) -> dict[str, str]:
    """The drift of software from round to round; a published state is no release's."""
    if software is not None:
        return {"drift": "one", "step_drift": "one"}
    return {"drift": f"drift.{stack}", "step_drift": f"step_drift.{stack}"}


def _of_run(chip: Chip, stack: str, run: str) -> dict[str, str]:
    """What a run takes beside its steps: to start, to join its chips, to evaluate and to keep its state."""
    return {
        "host_effect": f"host_effect.{chip.effects}" if known().generations[chip.effects].own_host else "one",
        "start_up": f"start_up.{run}",
        "joining": f"joining.{stack}",
        "joining_growth": f"joining_growth.{stack}",
        "start_up_drift": f"start_up_drift.{stack}",
        "evaluation": f"evaluation.{run}",
        "checkpoint": f"checkpoint.{run}",
    }


def _of_class(kind: str, system: System, other: str) -> str:
    """Of machines of the system's class of network where that is told, else of another kind of machine."""
    own = f"{kind}.{system.network_class}"
    return own if own in parameter_index() else f"{kind}.{other}"


def _is_reference(chip: Chip) -> bool:
    generations = known().generations
    if chip.effects not in generations:
        raise RefusedError(NoPrior(chip.effects, chip.name))
    return bool(generations[chip.effects].reference_of)
