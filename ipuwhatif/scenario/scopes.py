"""Whom a lever is set for: one system, its family or all systems. The narrower setting holds and is the one to move."""

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.changes import ForScope, LeverFor
from ipuwhatif.scenario.edits import Edit, set_lever
from ipuwhatif.scenario.levers import EVERY, FAMILY, SYSTEM, Lever
from ipuwhatif.scenario.resolve import scopes_of, settings_for
from ipuwhatif.scenario.scenario import Scenario


def own_scope(lever: Lever, choice: SystemChoice, catalog: Catalog) -> str:
    """Whom a lever is for unless the user says otherwise."""
    return dict(zip((SYSTEM, FAMILY, EVERY), scopes_of(choice, catalog), strict=True))[lever.scope]


def allowed_scopes(lever: Lever, choice: SystemChoice, catalog: Catalog) -> tuple[str, ...]:
    """Whom a lever can be set for: gains of all systems at once would be no comparison."""
    return tuple(scope for scope in scopes_of(choice, catalog) if ":" in scope or lever.is_for(scope))


def set_scope(scenario: Scenario, lever: Lever, choice: SystemChoice, scope: str, catalog: Catalog) -> Edit:
    """The value that holds for a system, set for somebody else: what held for it before is taken back.

    A lever that is not moved stays as it is.
    """
    held = settings_for(scenario, choice, catalog).get(lever.key)
    if held is None or held[0] == scope:
        return Edit(scenario, LeverFor(lever))
    scopes, changed = scopes_of(choice, catalog), scenario
    for taken in (held[0], *scopes[: scopes.index(scope)]):  # what is narrower would go on holding
        changed = changed.with_lever(f"{taken}.{lever.key}", None)
    return Edit(set_lever(changed, scope, lever, held[1], catalog).scenario, _name(lever, choice, scope, catalog))


def whose(scope: str, choice: SystemChoice, catalog: Catalog) -> ForScope:
    """Whom a setting is for, as a menu says it: "for every IPU system"."""
    return ForScope("", short_name(choice, catalog)) if scope == choice.key else ForScope(scope)


def _name(lever: Lever, choice: SystemChoice, scope: str, catalog: Catalog) -> LeverFor:
    """ "Compute gain for every IPU system"."""
    return LeverFor(lever, ForScope("", system_name(choice, catalog)) if scope == choice.key else ForScope(scope))
