"""The kept answers of a scenario file, read as strictly as the scenario that they belong to.

Of a file of a newer version they are read where they are understood as a whole, and left out where they are not.
"""

from types import MappingProxyType

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.scenario.fields.scenario import FieldReader
from ipuwhatif.scenario.files.kept_answers import KeptAnswers, Times, check_hash, check_times
from ipuwhatif.scenario.files.reasons import NULL, NotInItsScenario
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, nearest, reason_of

KEPT = "kept"


def read_kept(
    node: Node, scenario: Scenario, lenient: bool, left_out: list[str], catalog: Catalog, levers: Levers
) -> KeptAnswers | None:
    """The answers kept beside a scenario of a file; `node` holds both. InputError for any fault, unless lenient."""
    if lenient and not node.has(KEPT):
        return None
    try:
        kept = node.optional_child(KEPT)
        return None if kept is None else _kept(kept, scenario, catalog, levers)
    except InputError:
        if not lenient:
            raise
        left_out.append(KEPT)
        return None


def _kept(node: Node, scenario: Scenario, catalog: Catalog, levers: Levers) -> KeptAnswers:
    evidence, model = (_hash(node, name) for name in ("evidence", "model"))
    other = node.optional_child("scenario")
    answered = scenario if other is None else FieldReader(other, False, catalog, levers).scenario()
    times = _times(node.child("times"), answered)
    node.close()
    return KeptAnswers(evidence, model, answered, MappingProxyType(times))


def _hash(node: Node, name: str) -> str:
    text = node.text(name)
    try:
        check_hash(text)
    except InputError as error:
        raise node.refuse(reason_of(error)) from error
    return text


def _times(node: Node, scenario: Scenario) -> dict[str, Times]:
    """The times by system; every system is one of the scenario's, so that there are not more of them."""
    keys = [choice.key for choice in scenario.systems]
    found = {}
    for key in node.names():
        if key not in keys:
            raise node.refuse(NotInItsScenario(key, nearest(key, keys) or NULL))
        found[key] = _of_system(node.child(key))
    return found


def _of_system(node: Node) -> Times:
    times = Times(
        node.number("median_s"), node.number("low_s"), node.number("high_s"), node.optional_number("official_s")
    )
    node.close()
    try:
        check_times(times)
    except InputError as error:
        raise node.refuse(reason_of(error)) from error
    return times
