"""Memory that is free again goes back to the system: what answers come and go through would pile up in gaps."""

import sys


def give_back() -> None:
    """Takes a few milliseconds with the C library of Linux; others give free memory back by themselves."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every C library of Linux has it
        if trim is not None:
            trim(0)
