"""Whom a lever is set for, and by what systems are compared and laid out, as values that can be told."""

from enum import StrEnum

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.records import Record
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.units import Said


class Everybody(StrEnum):
    """The scope of a lever that is set for all systems."""

    ALL = "all"


class FamilyName(Record, frozen=True):
    family: str


class BasisName(Record, frozen=True):
    basis: str


class PolicyName(Record, frozen=True):
    policy: str


def scope_name(scope: str, catalog: Catalog) -> Said:
    """Whose lever it is: a family, all systems, or the name of one."""
    if ":" not in scope:
        return Everybody.ALL if scope == EVERY else FamilyName(scope)
    system, _, chips = scope.partition(":")
    return system_name(SystemChoice(system, int(chips)), catalog)
