"""Scenario files of older versions, turned step by step into what this version writes.

A step gets the object of one version and returns that of the next, or raises InputError where the old one is faulty.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

Step = Callable[[dict[str, object]], dict[str, object]]


def _several(values: dict[str, object]) -> dict[str, object]:
    """Version 1 held one scenario without a title, a target, a basis, prices and measurements."""
    scenario: dict[str, object] = {key: value for key, value in values.items() if key not in ("format", "version")}
    added: dict[str, object] = {"title": None, "target_s": None, "basis": "system", "prices": {}, "measurements": {}}
    return {"format": values["format"], "version": 2, "active": "A", "scenarios": [{**scenario, **added}]}


#: From a version to the next. Version 1 is the first that was ever written, so nothing leads up to it.
STEPS: Mapping[int, Step] = MappingProxyType({1: _several})


def migrated(values: dict[str, object], version: int, current: int, steps: Mapping[int, Step]) -> dict[str, object]:
    """The object of a file of `version` as version `current` would hold it. InputError for one nobody has written."""
    for old in range(version, current):
        if old not in steps:
            oldest = min([*steps, current])
            raise InputError(
                tr("version {version} was never written; the oldest is {oldest}", version=version, oldest=oldest)
            )
        values = steps[old](values)
    return values
