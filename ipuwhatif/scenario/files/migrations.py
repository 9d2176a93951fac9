"""Scenario files of older versions, turned one by one into what this version writes.

A migration gets the object of one version and returns that of the next, or raises InputError where the old one is
faulty.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ipuwhatif.scenario.files.reasons import KeyOfLaterVersion, NeverWritten
from ipuwhatif.units import RefusedError

Migration = Callable[[dict[str, object]], dict[str, object]]


def _several(values: dict[str, object]) -> dict[str, object]:
    """Version 1 held one scenario without a title, a target, a basis, prices and measurements."""
    scenario: dict[str, object] = {key: value for key, value in values.items() if key not in ("format", "version")}
    added: dict[str, object] = {"title": None, "target_s": None, "basis": "system", "prices": {}, "measurements": {}}
    return {"format": values["format"], "version": 2, "active": "A", "scenarios": [{**scenario, **added}]}


def _without_answers(values: dict[str, object]) -> dict[str, object]:
    """Version 2 kept no answers."""
    scenarios = values.get("scenarios")
    if not isinstance(scenarios, list) or not all(isinstance(each, dict) for each in scenarios):
        return {**values, "version": 3}  # told where it is read
    if any("kept" in each for each in scenarios):
        raise RefusedError(KeyOfLaterVersion("kept", 2))
    return {**values, "version": 3, "scenarios": [{**each, "kept": None} for each in scenarios]}


def _without_headlines(values: dict[str, object]) -> dict[str, object]:
    """Version 3 knew no subject and no headlines of the user's own, in scenarios and in those that answers are of."""
    scenarios = values.get("scenarios")
    if not isinstance(scenarios, list) or not all(isinstance(each, dict) for each in scenarios):
        return {**values, "version": 4}  # told where it is read
    return {**values, "version": 4, "scenarios": [_with_headlines(each) for each in scenarios]}


def _with_headlines(scenario: dict[str, object]) -> dict[str, object]:
    added: dict[str, object] = {"subject": None, "headlines": {}}
    for key in added:
        if key in scenario:
            raise RefusedError(KeyOfLaterVersion(key, 3))
    kept = scenario.get("kept")
    if isinstance(kept, dict) and isinstance(kept.get("scenario"), dict):
        scenario = {**scenario, "kept": {**kept, "scenario": _with_headlines(kept["scenario"])}}
    return {**scenario, **added}


#: From a version to the next. Version 1 is the first that was ever written, so nothing leads up to it.
MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: _several, 2: _without_answers, 3: _without_headlines})


def migrated(
    values: dict[str, object], version: int, current: int, migrations: Mapping[int, Migration]
) -> dict[str, object]:
    """The object of a file of `version` as version `current` would hold it. InputError for one nobody has written."""
    for old in range(version, current):
        if old not in migrations:
            raise RefusedError(NeverWritten(version, min([*migrations, current])))
        values = migrations[old](values)
    return values
