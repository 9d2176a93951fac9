"""The charts of a talk: those of a scenario in their usual order, or chosen ones of several scenarios in any order."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType

from ipuwhatif.analysis.beside import check_one_job, compare_beside
from ipuwhatif.analysis.breakdown import breakdown_of
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.cost.economics import MEASURES, economics_of
from ipuwhatif.analysis.results import Comparison, Scaling
from ipuwhatif.analysis.scaling import scaling, whole_range
from ipuwhatif.analysis.seek.seek import seek
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.chosen import Chosen, usual_choice
from ipuwhatif.export.ways import Way, scaled_ways
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.cost.cost import cost_figure
from ipuwhatif.figures.job_titles import division
from ipuwhatif.figures.own_headline import with_own_headline
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.scaling.scaling_answer import with_answer
from ipuwhatif.figures.scenarios.documents import scenario_name
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Beside, Document
from ipuwhatif.scenario.headlines import page_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

SIZE = (960, 540)
NO_SCALES: Mapping[str, str] = MappingProxyType({})
#: Charts that can hold a second scenario.
BESIDE_CHARTS = ("compare", "scaling", "breakdown", "shares", "cost")
_DIVISIONS = " / "
_SHORT = 24  # letters of a scenario's title that a chart's has room for
_Makers = Mapping[str, Callable[[str], tuple[Figure, str]]]


def deck(world: World, scenario: Scenario, scales: Mapping[str, str] = NO_SCALES) -> list[Figure]:
    """The usual charts of one scenario; see `deck_of`."""
    return deck_of(world, Document((scenario,)), scales=scales)


def deck_of(
    world: World,
    document: Document,
    chosen: Sequence[Chosen] = (),
    scales: Mapping[str, str] = NO_SCALES,
    beside: int | None = None,
) -> list[Figure]:
    """A figure for each chosen chart, in their order; none chosen: the usual ones of the active scenario.

    Under several scenarios each title begins with the letter of its own. `scales` are those of the axes of time, "log"
    or "linear", of "compare" and "scaling" where they are not the usual; `beside` is the place of a scenario that
    stands beside the active one. A chart that has no answer leaves the others theirs, and the first says why;
    InputError where none has one.
    """
    chosen = chosen or usual_choice(document)
    makers = _makers_of(world, document, chosen, beside)
    several = len(makers) > 1
    figures: list[Figure] = []
    reasons: list[str] = []
    for each in chosen:
        try:
            figure = _figure(makers, document, each, scales.get(each.chart, ""))
        except InputError as error:
            reasons.append(str(error))
            continue
        if beside is not None and each.place == document.active and each.chart in BESIDE_CHARTS:
            figure = _beside(figure, document, beside)
        figures.append(_named(figure, document, each.place) if several else figure)
    if not figures:
        raise InputError(reasons[0])
    return [_with_reasons(figures[0], reasons), *figures[1:]]


def ways_of(
    world: World,
    document: Document,
    chosen: Sequence[Chosen],
    scales: Mapping[str, str] = NO_SCALES,
    beside: int | None = None,
) -> list[tuple[Way, ...]]:
    """The same charts for a page, each once, with its ways: under every scenario that was chosen for it, that of the
    first first, and on the other scale. What is left out is said as in `deck_of`.
    """
    makers = _makers_of(world, document, chosen, beside)
    found: dict[str, list[Way]] = {}
    reasons: list[str] = []
    for each in chosen:
        name = scenario_name(document, each.place) if len(makers) > 1 else ""
        try:
            figure = _figure(makers, document, each, scales.get(each.chart, ""))
            ways = scaled_ways(each.chart, figure, partial(_figure, makers, document, each), name)
        except InputError as error:
            reasons.append(str(error))
            continue
        found.setdefault(each.chart, []).extend(ways)
    if not found:
        raise InputError(reasons[0])
    (first, *rest), *others = map(tuple, found.values())
    return [(replace(first, figure=_with_reasons(first.figure, reasons)), *rest), *others]


def _makers_of(world: World, document: Document, chosen: Sequence[Chosen], beside: int | None) -> Mapping[int, _Makers]:
    """What makes the charts of each scenario that was chosen, by its place."""
    return {
        place: chart_makers(
            world,
            document.scenarios[place],
            document.beside(beside) if beside is not None and place == document.active else None,
        )
        for place in {each.place for each in chosen}
    }


def _figure(makers: Mapping[int, _Makers], document: Document, each: Chosen, scale: str) -> Figure:
    figure, page = makers[each.place][each.chart](scale)
    return with_own_headline(figure, document.scenarios[each.place], page)


def _beside(figure: Figure, document: Document, beside: int) -> Figure:
    """The figure with what its two scenarios are called, and with both of their divisions."""
    first, second = (document.scenarios[place].recipe for place in (document.active, beside))
    chart = figure.chart
    named = sentence(tr("; ").join(scenario_name(document, place) for place in (document.active, beside)))
    title = (
        chart.title
        if first == second
        else chart.title.replace(division(first), _DIVISIONS.join(map(division, (first, second))))
    )
    return replace(figure, chart=replace(chart, title=title, subtitle=f"{named}\n{chart.subtitle}"))


def _with_reasons(figure: Figure, reasons: Sequence[str]) -> Figure:
    told = [tr("A chart is left out: {reason}.", reason=reason) for reason in dict.fromkeys(reasons)]
    return replace(figure, notices=(*figure.notices, *told)) if told else figure


def _named(figure: Figure, document: Document, place: int) -> Figure:
    """The figure with the letter of its scenario in the title, and its title among the notices."""
    said = tr("Scenario {name}", name=scenario_name(document, place))
    letter = scenario_name(document, place) if len(document.titles[place]) <= _SHORT else document.letter(place)
    title = tr("{letter} · {name}", letter=letter, name=figure.chart.title)
    return replace(figure, chart=replace(figure.chart, title=title), notices=(said, *figure.notices))


def chart_makers(world: World, scenario: Scenario, shown: Beside | None = None) -> _Makers:
    """What makes each chart of a scenario, by its name, with the page that a headline of the user's own is kept under.

    Each takes the scale of its time axis, empty for the usual one, and raises InputError where it has no answer. What
    several charts need is asked once. `shown` stands beside the scenario.
    """

    @cache
    def compared() -> Comparison:
        _check_projected(world, scenario)
        return compare(world, scenario)

    @cache
    def both() -> Comparison:
        return compared() if shown is None else compare_beside(world, scenario, compared(), shown)

    @cache
    def curves() -> Scaling:
        return _curves(world, scenario, shown)

    def first() -> SystemChoice:
        return compared().projections[0].choice

    return {
        "compare": lambda scale: (compare_figure(both(), scenario, *SIZE, scale=scale or None), "compare"),
        "scaling": lambda scale: (_scaling(world, scenario, first(), curves(), scale), "scaling"),
        "breakdown": lambda _: (breakdown_figure(breakdown_of(both()), False, *SIZE), "breakdown/times"),
        "shares": lambda _: (breakdown_figure(breakdown_of(both()), True, *SIZE), "breakdown/shares"),
        "memory": lambda _: (_memory(world, scenario), "breakdown/memory"),
        "sensitivity": lambda _: (sensitivity_figure(sensitivity(world, scenario, first()), *SIZE), "sensitivity"),
        "cost": lambda _: _cost(world, scenario, both(), shown),
        "evidence": lambda _: (_evidence(world, scenario), "evidence/entries"),
        "roofline": lambda _: (_roofline(world, scenario), "evidence/roofline"),
    }


def _check_projected(world: World, scenario: Scenario) -> None:
    """InputError for a job that is known by a stated ratio only, and where no system is ticked."""
    if not scenario.systems or world.catalog.workloads[scenario.workload].kind == RELATIVE:
        raise InputError(tr("this scenario has no chart: tick a system, and choose a job that can be projected"))


def _curves(world: World, scenario: Scenario, shown: Beside | None) -> Scaling:
    answered = scaling(world, scenario, *whole_range(world.catalog, scenario))
    if shown is None:
        return answered
    other = shown.scenario
    check_one_job((shown.letter, scenario.workload), (shown.other, other.workload))
    curves = scaling(world, other, *whole_range(world.catalog, other)).curves
    return replace(answered, beside=curves, beside_letter=shown.other, letter=shown.letter)


def _scaling(world: World, scenario: Scenario, choice: SystemChoice, curves: Scaling, scale: str) -> Figure:
    """The curves; where a target is sought, the headline says what brings a system to it."""
    figure = scaling_figure(curves, scenario, *SIZE, scale=scale)
    if scenario.target_s is None:
        return figure
    found = seek(world, scenario, choice, scenario.target_s)
    return with_answer(figure, curves, found, world, scenario.show_official)


def _cost(world: World, scenario: Scenario, compared: Comparison, shown: Beside | None) -> tuple[Figure, str]:
    """The first measure that can be told of any system."""
    bills = economics_of(world, scenario, compared, None if shown is None else shown.scenario)
    told = [each for each in MEASURES if any(bill.quantity(each) is not None for bill in bills.bills)]
    if not told:
        raise InputError(tr("nothing is known of what these systems cost: state a price or their power"))
    return cost_figure(bills, scenario, told[0], *SIZE), page_of("cost", told[0])


def _memory(world: World, scenario: Scenario) -> Figure:
    from ipuwhatif.analysis.memory import memory
    from ipuwhatif.figures.breakdown.memory import memory_figure

    _check_projected(world, scenario)
    return memory_figure(memory(world, scenario), *SIZE)


def _evidence(world: World, scenario: Scenario) -> Figure:
    from ipuwhatif.analysis.evidence import evidence
    from ipuwhatif.figures.evidence.evidence import evidence_figure

    return evidence_figure(evidence(world, scenario), scenario, world.catalog, *SIZE)


def _roofline(world: World, scenario: Scenario) -> Figure:
    from ipuwhatif.analysis.roofline import roofline
    from ipuwhatif.figures.roofline.roofline import roofline_figure

    _check_projected(world, scenario)
    return roofline_figure(roofline(world, scenario), scenario, *SIZE)
