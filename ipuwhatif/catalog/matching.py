"""Which MLPerf entries ran on which system of the catalog, by patterns over the cells of the entry's row.

A rule names submitters (any, where it names none) and one pattern a column; an entry that fits two systems is refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row
from ipuwhatif.catalog.types import System, SystemChoice
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.units import nearest

COLUMNS = (
    "round",
    "benchmark",
    "system",
    "accelerator_model_name",
    "accelerator_memory_capacity",
    "accelerator_interconnect",
    "accelerators_per_node",
    "host_processor_model_name",
)
"""Columns that a rule may have a pattern for."""
_MODEL = "accelerator_model_name"
_ACCELERATORS, _SOCKETS = "accelerators_total", "host_sockets_total"


class EntryRule(Record, frozen=True):
    """Entries of one system: from these submitters, or from any but some, and every pattern found in its column."""

    system: str
    submitters: tuple[str, ...]  # empty: any
    other_than: tuple[str, ...]
    patterns: tuple[tuple[str, str], ...]  # column and regular expression
    count: str  # the column that counts the chips
    left_out: str  # why the model is not to learn from entries of this rule; empty: it may

    def fits(self, row: Row) -> bool:
        """Whether an entry ran on this system."""
        submitter = row.text("submitter")
        named = submitter in self.submitters or (not self.submitters and submitter not in self.other_than)
        return named and all(_is_found(pattern, row.cells.get(column, "")) for column, pattern in self.patterns)


@lru_cache(maxsize=8192)
def _is_found(pattern: str, cell: str) -> bool:
    """Whether a pattern is found in a cell; many entries share their cells."""
    return re.search(pattern, cell) is not None


def read_entry_rule(node: Node, system: str) -> EntryRule:
    """The rule of a node of `systems.json`; refused without a pattern, so that no rule takes every entry."""
    patterns = node.child("patterns")
    for column in patterns.names():
        if column not in COLUMNS:
            raise patterns.refuse(Flawed(Flaw.COLUMN_UNKNOWN, column, nearest=nearest(column, COLUMNS)))
    checked = tuple((column, _checked(patterns, column)) for column in patterns.names())
    if not checked:
        raise node.refuse(Flaw.NO_RULE_WITHOUT_PATTERN)
    count = node.text("count", _ACCELERATORS)
    if count not in (_ACCELERATORS, _SOCKETS):
        raise node.refuse(Flawed(Flaw.COLUMN_UNKNOWN, count, nearest=nearest(count, (_ACCELERATORS, _SOCKETS))))
    submitters = node.texts("submitters") if node.has("submitters") else ()
    other_than = node.texts("other_than") if node.has("other_than") else ()
    left_out = node.text("left_out", "")
    node.close()
    return EntryRule(system, submitters, other_than, checked, count, left_out)


def _checked(node: Node, column: str) -> str:
    pattern = node.text(column)
    try:
        re.compile(pattern)
    except re.error as error:
        raise node.refuse(Flawed(Flaw.PATTERN_BROKEN, pattern, str(error))) from None
    return pattern


@cache
def load_entry_rules() -> tuple[EntryRule, ...]:
    """The rules of the shipped systems, read once."""
    systems = read_document(resource("catalog"), "systems.json").children("systems")
    return tuple(
        read_entry_rule(entry, node.text("key"))
        for node in systems
        if node.has("entries")
        for entry in node.children("entries")
    )


def by_model(rules: Sequence[EntryRule], rows: Iterable[Row]) -> dict[str, tuple[EntryRule, ...]]:
    """The rules that may fit a row, by what it calls its accelerator: few of them, and few such names."""
    names = {row.text(_MODEL) for row in rows}
    return {
        name: tuple(rule for rule in rules if _is_found(dict(rule.patterns).get(_MODEL, ""), name)) for name in names
    }


def reason_left_out(row: Row, rules: Sequence[EntryRule]) -> str:
    """Why the model is not to learn from an entry, by the rules that it fits; empty where it may."""
    return next((rule.left_out for rule in rules if rule.left_out and rule.fits(row)), "")


def entry_choice(row: Row, rules: Sequence[EntryRule], systems: Mapping[str, System]) -> SystemChoice | None:
    """The system and chip count that an entry ran on; None where there is no such system, or a rule leaves it out."""
    found = {rule.system: rule for rule in rules if not rule.left_out and rule.fits(row)}
    if not found:
        return None
    if len(found) > 1:
        raise row.refuse(Flawed(Flaw.TWO_SYSTEMS, ", ".join(found)))
    ((system, rule),) = found.items()
    chips = row.whole(rule.count)
    if not systems[system].minimum_chips <= chips <= systems[system].maximum_chips:
        raise row.refuse(Flawed(Flaw.CHIPS_OUT_OF_RANGE, system, chips))
    return SystemChoice(system, chips)
