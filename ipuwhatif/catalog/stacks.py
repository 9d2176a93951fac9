"""States of the software: releases, named by date, and published states of a framework."""

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.records import Record

POINTS, HULL = "points", "hull"
LIFTS = (POINTS, HULL)


class Release(Record, frozen=True):
    """The state of the software stack, named by date."""

    key: str  # "2021-12"
    mlperf_round: str  # "v1.1"; empty for a release to come, of which only the drift of software tells
    origin: Origin
    #: What a closed score is lifted to where its runs met the target sooner: POINTS of a recipe family as they are
    #: measured, or the lower HULL of all points of the benchmark; empty: to nothing.
    lifted_to: str = ""


#: A container or recipe that a vendor published, and a framework as people run it.
VENDOR, FRAMEWORK = "vendor", "framework"
SOFTWARE_CLASSES = (VENDOR, FRAMEWORK)
#: What decides the physics of a step: one kernel for attention, which writes no score to memory; the ops of a
#: transformer's layer joined by hand; images with their channels first, which matrix units read badly; a vocabulary
#: brought to a multiple of 8 words, which they read well; elementwise ops that nobody joined; an optimizer that takes
#: each tensor by itself.
FUSED_ATTENTION, FUSED_LAYERS = "fused-attention", "fused-layers"
CHANNELS_FIRST, PADDED = "channels-first", "padded"
NOT_COMPILED, UNFUSED_UPDATE = "not-compiled", "unfused-update"
SOFTWARE_TRAITS = (FUSED_ATTENTION, FUSED_LAYERS, CHANNELS_FIRST, PADDED, NOT_COMPILED, UNFUSED_UPDATE)


class Software(Record, frozen=True):
    """A published state of a framework, such as a container of a vendor, that is not what entries of a round ran."""

    key: str  # "pytorch-21.03"
    name: str  # "PyTorch, container 21.03"
    framework: str  # "pytorch"; "vendor" and "framework" where only the class is known
    date: str  # "2021-03"
    origin: Origin
    stack: str = VENDOR  # who sees to its speed: one of SOFTWARE_CLASSES
    traits: tuple[str, ...] = ()  # of SOFTWARE_TRAITS
    of_language: bool = False  # runs language models and nothing else here
