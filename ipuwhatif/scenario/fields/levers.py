"""Levers that a file sets, each for a family, for all systems or for one of them."""

from functools import partial

from ipuwhatif.catalog.documents import Node
from ipuwhatif.scenario.fields.reading import MOST_SETTINGS, ObjectReader
from ipuwhatif.scenario.files.reasons import LeverOutside, Named, TooManyLevers, UnknownHere, UnknownName
from ipuwhatif.scenario.levers import EVERY, Lever
from ipuwhatif.scenario.reasons import LeverValue
from ipuwhatif.units import nearest


def settings(reading: ObjectReader) -> dict[str, float]:
    node = reading.node.child("levers")
    names = node.names()
    if len(names) > MOST_SETTINGS:
        raise node.refuse(TooManyLevers(MOST_SETTINGS))
    values = {name: reading.either(name, partial(_setting, reading, node, name), None) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _setting(reading: ObjectReader, node: Node, name: str) -> float:
    value, lever = node.number(name), _lever(reading, node, name)
    whole = float(round(value)) if lever.whole else value
    near = min(max(whole, lever.minimum), lever.maximum)
    if value != near:
        raise node.refuse(LeverOutside(name, LeverValue(lever, near)))
    return value


def _lever(reading: ObjectReader, node: Node, name: str) -> Lever:
    """The lever of a setting's name, "ipu.compute_gain" or "ipu-pod:64.global_batch"."""
    scope, _, key = name.rpartition(".")
    families = {system.family for system in reading.catalog.systems.values()} | {EVERY}
    family = scope
    if ":" in scope:
        choice = reading.choice(scope, node)
        family = reading.catalog.systems[choice.system].family if choice.key == scope else ""
    lever = reading.levers.get(key)
    if family not in families or lever is None or not lever.is_for(family):
        if reading.lenient:
            raise node.refuse(UnknownHere(name))
        scopes = {scope: family} if family in families else {each: each for each in sorted(families)}
        choices = [
            f"{each}.{lever.key}" for each in scopes for lever in reading.levers.values() if lever.is_for(scopes[each])
        ]
        raise node.refuse(UnknownName(Named.LEVER, name, str(nearest(name, choices))))
    return lever
