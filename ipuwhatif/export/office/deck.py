"""The charts of a scenario in the order of a talk: comparison, scaling, parts, what it hangs on, and the cost."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ipuwhatif.analysis.breakdown import breakdown_of
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.economics import MEASURES, economics_of
from ipuwhatif.analysis.scaling import scaling, whole_range
from ipuwhatif.analysis.seek.seek import seek
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.compare.goal import goal_headline
from ipuwhatif.figures.cost.cost import cost_figure
from ipuwhatif.figures.own_headline import with_own_headline
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.headlines import page_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

SIZE = (960, 540)


def deck(world: World, scenario: Scenario, scales: Mapping[str, str] = MappingProxyType({})) -> list[Figure]:
    """Every chart that the scenario has an answer for; none for a job that is known by a stated ratio only.

    `scales` are those of the axes of time, "log" or "linear", of "compare" and "scaling" where they are not the usual.
    InputError where no system of the scenario can run the job.
    """
    if world.catalog.workloads[scenario.workload].kind == RELATIVE or not scenario.systems:
        return []
    comparison = compare(world, scenario)
    bills = economics_of(world, scenario, comparison)
    told = [each for each in MEASURES if any(bill.quantity(each) is not None for bill in bills.bills)]
    first = comparison.projections[0].choice
    makers: dict[str, Callable[[], Figure]] = {
        "compare": lambda: compare_figure(comparison, scenario, *SIZE, scale=scales.get("compare")),
        "scaling": lambda: _scaling(world, scenario, first, scales.get("scaling", "log")),
        "breakdown/times": lambda: breakdown_figure(breakdown_of(comparison), False, *SIZE),
        "sensitivity": lambda: sensitivity_figure(sensitivity(world, scenario, first), *SIZE),
    }
    if told:
        makers[page_of("cost", told[0])] = lambda: cost_figure(bills, scenario, told[0], *SIZE)
    return _made(makers, scenario)


def _scaling(world: World, scenario: Scenario, choice: SystemChoice, scale: str) -> Figure:
    """The curves; where a target is sought, the headline says what brings a system to it."""
    low, high = whole_range(world.catalog, scenario)
    figure = scaling_figure(scaling(world, scenario, low, high), scenario, *SIZE, scale=scale)
    if scenario.target_s is None:
        return figure
    found = seek(world, scenario, choice, scenario.target_s)
    return replace(figure, headline=goal_headline(found, world))


def _made(makers: Mapping[str, Callable[[], Figure]], scenario: Scenario) -> list[Figure]:
    """Figures that have an answer: one that has none leaves the others their slides, and the first says why.

    makers: by the pages that the user's own headlines are kept under.
    """
    figures, reasons = [], []
    for page, make in makers.items():
        try:
            figures.append(with_own_headline(make(), scenario, page))
        except InputError as error:
            reasons.append(tr("A chart is left out: {reason}.", reason=str(error)))
    return [replace(figures[0], notices=(*figures[0].notices, *reasons)), *figures[1:]]
