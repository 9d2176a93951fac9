"""Several systems on one workload, beside the same systems with no lever moved."""

from collections.abc import Sequence

from ipuwhatif.analysis.cost.footprint import units_of
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.results import Comparison, Missing
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.reasons import NoneRuns, Question
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.scenario.moved_levers import moved_levers
from ipuwhatif.scenario.own_edits import learnt_from
from ipuwhatif.scenario.resolve import as_found, case_of, under_assumptions
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, Said


def compare(world: World, scenario: Scenario, draws: int | None = None) -> Comparison:
    """Projections of the scenario's systems in its order; those that cannot run the job are `missing`, with reasons.

    InputError where no system is ticked, or where none of them can run.
    """
    if not scenario.systems:
        raise RefusedError(Question.NO_SYSTEM)
    followed = learning(world, scenario)
    asked = (scenario, as_found(scenario), under_assumptions(scenario, world.levers))
    settings = [frozenset(each.levers.items()) for each in asked]  # often the same: then it is the same question
    found = {setting: _cases(world, each) for setting, each in dict(zip(settings, asked, strict=True)).items()}
    reasons = reasons_of(world, [case for cases in found.values() for case in cases])
    choices = [choice for choice in scenario.systems if choice not in reasons]
    if not choices:
        raise RefusedError(NoneRuns(tuple(dict.fromkeys(reasons.values()))))
    cases, plain, assumed = ([case for case in found[setting] if case.choice not in reasons] for setting in settings)
    believed = assumed not in (cases, plain)
    keys = [choice.key for choice in choices]
    reference = keys.index(scenario.reference) if scenario.reference in keys else 0
    # What no lever moves is asked apart: it is kept while a slider is dragged.
    baseline = project_all(world, plain, draws)
    learns = followed is not world
    moved = [case for case, before in zip(cases, plain, strict=True) if learns or case != before]
    changed = iter(project_all(followed, moved, draws))
    return Comparison(
        projections=tuple(
            next(changed) if learns or before.case != case else before
            for case, before in zip(cases, baseline, strict=True)
        ),
        baseline=baseline if moved else None,
        assumed=project_all(world, assumed, draws) if believed else None,
        reference=reference,
        settings=(*moved_levers(scenario, world.levers, world.catalog), *learnt_from(scenario, world.catalog)),
        missing=tuple(_missing(world, choice, reasons[choice]) for choice in scenario.systems if choice in reasons),
        units=units_of(world, scenario, choices),
        subject=scenario.subject,
    )


def reasons_not_to_run(world: World, scenario: Scenario) -> dict[SystemChoice, Said]:
    """Why each system of the scenario that cannot run the job cannot, one each."""
    return reasons_of(world, _cases(world, scenario))


def _cases(world: World, scenario: Scenario) -> list[Case]:
    return [case_of(scenario, choice, world.levers, world.catalog) for choice in scenario.systems]


def reasons_of(world: World, cases: Sequence[Case]) -> dict[SystemChoice, Said]:
    """The same of cases of a scenario, under its levers or without."""
    found = [(case.choice, reason_not_to_fit(world.catalog, case)) for case in cases]
    return {choice: reason for choice, reason in found if reason}


def _missing(world: World, choice: SystemChoice, reason: Said) -> Missing:
    return Missing(choice, system_name(choice, world.catalog), world.catalog.systems[choice.system].family, reason)
