"""From a scenario to the model's question: the only place where lever scopes become pins and gains of a Case."""

from collections.abc import Mapping

from ipuwhatif.catalog.types import RELATIVE, STATED, Catalog, SystemChoice
from ipuwhatif.model.case import Assumed, Case, Gains, PinnedCut, Pins
from ipuwhatif.model.precision import BY_BITS
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import APART, ASSUMED, ASSUMPTION, COST, CUT, EVERY, GAIN, PIN, RUN, Lever, Levers
from ipuwhatif.scenario.reasons import NoProductsOfBits, RatioOnly
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError

#: One object each, so that cases of a sweep are told apart by identity.
NO_GAINS, AS_FITTED, NO_PINS, NO_CUT = Gains(), Assumed(), Pins(), PinnedCut()


def scopes_of(choice: SystemChoice, catalog: Catalog) -> tuple[str, str, str]:
    """Everybody a setting that holds for one system can be for, the narrowest first."""
    return choice.key, catalog.systems[choice.system].family, EVERY


def settings_for(scenario: Scenario, choice: SystemChoice, catalog: Catalog) -> dict[str, tuple[str, float]]:
    """What is set for one system, by the key of the lever: for whom, and to what; the narrower scope wins."""
    scopes = scopes_of(choice, catalog)
    found: dict[str, tuple[str, float]] = {}
    for name, value in scenario.levers.items():
        scope, _, key = name.rpartition(".")
        if scope in scopes and (key not in found or scopes.index(scope) < scopes.index(found[key][0])):
            found[key] = scope, value
    return found


def case_of(scenario: Scenario, choice: SystemChoice, levers: Levers, catalog: Catalog) -> Case:
    """The Case of one system of the scenario, with every lever resolved; a lever that is not set keeps its default.

    InputError for a workload that is known by a stated ratio only: there is no network to project.
    """
    workload = catalog.workloads[scenario.workload]
    if workload.kind == RELATIVE:
        raise RefusedError(RatioOnly(scenario.workload))

    set_to = settings_of(scenario, choice, levers, catalog)
    pins = {field: round(value) for field, value in set_to[PIN].items()}
    return Case(
        workload=scenario.workload,
        choice=choice,
        release=scenario.release,
        recipe=scenario.recipe,
        policy=scenario.policy,
        pins=Pins(**pins) if pins else NO_PINS,
        gains=Gains(**set_to[GAIN]) if set_to[GAIN] else NO_GAINS,
        assumed=Assumed(**set_to[ASSUMED]) if set_to[ASSUMED] else AS_FITTED,
        software=scenario.software,
        layers=scenario.layers or workload.sizes,
        samples=scenario.samples if workload.kind == STATED else None,
        cut=_cut(set_to[CUT]) if set_to[CUT] else NO_CUT,
    )


def _cut(values: Mapping[str, float]) -> PinnedCut:
    """How a language model is cut, from the fields of CUT levers."""
    held = {field: round(value) for field, value in values.items()}
    bits, recomputed = held.get("product_bits"), held.get("recompute_layers")
    return PinnedCut(
        tensor_parallel=held.get("tensor_parallel"),
        context_parallel=held.get("context_parallel"),
        precision="" if bits is None else _precision(bits),
        recompute="" if recomputed is None else "full" if recomputed else "none",
    )


def _precision(bits: int) -> str:
    if bits not in BY_BITS:
        raise RefusedError(NoProductsOfBits(bits))
    return BY_BITS[bits]


def settings_of(
    scenario: Scenario, choice: SystemChoice, levers: Levers, catalog: Catalog
) -> dict[str, dict[str, float]]:
    """What is set for one system, by what it acts on (GAIN, ASSUMED, PIN, CUT, COST, RUN) and the field there."""
    found: dict[str, dict[str, float]] = {GAIN: {}, ASSUMED: {}, PIN: {}, CUT: {}, COST: {}, RUN: {}}
    for key, (_, value) in settings_for(scenario, choice, catalog).items():
        found[levers[key].target][levers[key].field] = value
    return found


def as_found(scenario: Scenario) -> Scenario:
    """The scenario with no lever and no assumption moved: the baseline of everything that is asked about it."""
    return replace(scenario, levers={})


def under_assumptions(scenario: Scenario, levers: Levers) -> Scenario:
    """The scenario with its assumptions and no lever moved: the baseline as the user takes the world to be."""
    kept = {name: value for name, value in scenario.levers.items() if _lever(name, levers).kind == ASSUMPTION}
    return replace(scenario, levers=kept)


def acts_on_time(name: str, levers: Levers) -> bool:
    """Whether a lever of a scenario, by its name there, can change a time at all: prices and the like do not."""
    return _lever(name, levers).target not in APART


def _lever(name: str, levers: Levers) -> Lever:
    return levers[name.rpartition(".")[2]]
