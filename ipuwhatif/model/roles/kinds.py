"""Whose physics, and whose software and hosts, a chip follows."""


def physics_of(architecture: str) -> str:
    """Which physics an architecture follows: chips with a large shared memory behind caches run as GPUs do."""
    return "ipu" if architecture == "ipu" else "gpu"


def stack_of(architecture: str) -> str:
    """Whose software and hosts a chip is run by: "ipu", "gpu", or "other" for the rest."""
    return architecture if architecture in ("ipu", "gpu") else "other"
