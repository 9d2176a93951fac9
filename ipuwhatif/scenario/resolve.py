"""From a scenario to the model's question: the only place where lever scopes become pins and gains of a Case."""

from ipuwhatif.catalog.types import RELATIVE, STATED, Catalog, SystemChoice
from ipuwhatif.model.case import Case, Gains, Pins
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError


def setting(scenario: Scenario, choice: SystemChoice, key: str, catalog: Catalog) -> float | None:
    """What the scenario sets a lever to for one system, or `None`; the system's own setting wins over its family's."""
    own = scenario.levers.get(f"{choice.key}.{key}")
    return own if own is not None else scenario.levers.get(f"{catalog.systems[choice.system].family}.{key}")


def case_of(scenario: Scenario, choice: SystemChoice, levers: Levers, catalog: Catalog) -> Case:
    """The Case of one system of the scenario, with every lever resolved; a lever that is not set keeps its default.

    InputError for a workload that is known by a stated ratio only: there is no network to project.
    """
    workload = catalog.workloads[scenario.workload]
    if workload.kind == RELATIVE:
        raise InputError(no_network_text(scenario.workload))

    def gain(key: str) -> float:
        value = setting(scenario, choice, key, catalog)
        default = levers[key].default
        return value if value is not None else (1.0 if default is None else default)

    batch = setting(scenario, choice, "global_batch", catalog)
    return Case(
        workload=scenario.workload,
        choice=choice,
        release=scenario.release,
        recipe=scenario.recipe,
        policy=scenario.policy,
        pins=Pins(global_batch=None if batch is None else round(batch)),
        gains=Gains(compute=gain("compute_gain"), link_bandwidth=gain("link_bandwidth_gain"), clock=gain("clock")),
        software=scenario.software,
        layers=scenario.layers,
        samples=scenario.samples if workload.kind == STATED else None,
    )


def no_network_text(workload: str) -> str:
    """Why a job that is known by a stated ratio is not projected, and how to ask about it instead."""
    return tr(
        "{workload} is known by a stated ratio only, there is no network to project: give what the job takes you "
        'today, ipuwhatif project -w {workload} --baseline-time "70.5 h"',
        workload=workload,
    )
