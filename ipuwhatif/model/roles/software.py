"""Roles of software that was published, against what entries of a round ran."""

from ipuwhatif.catalog.software import software_as_of
from ipuwhatif.catalog.stacks import (
    CHANNELS_FIRST,
    FUSED_ATTENTION,
    FUSED_LAYERS,
    NOT_COMPILED,
    PADDED,
    UNFUSED_UPDATE,
    Software,
)
from ipuwhatif.catalog.types import TRANSFORMER, Catalog, Chip, Workload
from ipuwhatif.model.parameters import known
from ipuwhatif.networks.library import ENTRIES, Kernels

IMAGES = "images"  # what a job on pictures counts


def software_of(catalog: Catalog, workload: Workload, architecture: str, release: str, key: str) -> Software | None:
    """The published software that a case runs: the one it names, else the workload's default as of its release.

    None where entries of a round tell what ran, and off GPUs, for which no framework has been published here.
    """
    if architecture != "gpu" or not (key or workload.frameworks):
        return None
    return software_as_of(catalog, key or workload.frameworks[0], release)


def roles_of_software(workload: Workload, chip: Chip, software: Software | None) -> dict[str, str]:
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
