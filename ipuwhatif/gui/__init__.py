"""The Qt app. Every module here shows something or passes on what the user did; none computes."""

import builtins

import PySide6.QtCore  # noqa: F401

# For the sake of `from __feature__ import ...`, PySide6 reads the source of every module that is imported after it and
# keeps it: a fifth of the start and of the memory. Nothing here asks for a feature, so imports are Python's own again.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
