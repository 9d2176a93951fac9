"""Roles of language models, which share no parameter with other jobs."""

from ipuwhatif.catalog.stacks import (
    FRAMEWORK,
    Software,
)
from ipuwhatif.catalog.types import LANGUAGE, STATED, Chip, Workload
from ipuwhatif.model.parameters import parameter_index
from ipuwhatif.model.roles.names import LANGUAGE_ROLES, NOT_PLAYED
from ipuwhatif.networks.decoder import Decoder, decoder_sizes

#: Whose programs a compiler lays over all chips: they share products and weights, whatever software is named.
COMPILED = "tpu"
#: The last release whose chips the kernels of frameworks that people run were written for.
FRAMEWORK_KERNELS = "2022-06"


def roles_of_language(workload: Workload, chip: Chip, software: Software | None, *, adapted: bool) -> dict[str, str]:
    """Language models share no parameter with other jobs."""
    has_target = workload.kind != STATED
    own_chip = f"language_chip.{chip.effects}"
    return NOT_PLAYED | {
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
