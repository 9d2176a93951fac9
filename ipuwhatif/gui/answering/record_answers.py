"""Answers about the record: evidence, data sheets, roofline, article check, track record, and a change split in causes.

Each is brought in with the first question about it: none is on the way to the first page.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, OfficialResult, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.last_asked import last_asked
from ipuwhatif.gui.answering.question import BREAKDOWN
from ipuwhatif.gui.answering.reply import Reply, WayOut
from ipuwhatif.gui.answering.view_options import (
    ARTICLE,
    ENTRIES,
    ERRORS,
    HARDWARE,
    LEARNT,
    MINE,
    NEXT,
    OF_BACK_TESTS,
    PROBABILITIES,
    RESULTS,
    Change,
    ViewOptions,
)
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.own_edits import set_measurement
from ipuwhatif.scenario.scenario import PER_SYSTEM, Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.calibration.protocols import Protocol

Size = tuple[int, int]


def record_answer(world: World, question: str, scenario: Scenario, size: Size, look: ViewOptions) -> Reply:
    """The answer of the view that is looked at. InputError where there is none, with what to do."""
    view = look.view_of(question)
    if question == BREAKDOWN:
        return Reply(_change(world, look, size))
    if view in (ENTRIES, HARDWARE):
        return Reply(_evidence(world, scenario, size, view), wide=True)
    if view == RESULTS:
        return Reply(_results(scenario, size, look), wide=True)
    if view == MINE:
        return Reply(_own(world, scenario, size), wide=True)
    if view == LEARNT:
        return _learnt(world, scenario, size, look)
    if view == NEXT:
        return Reply(_next(world, scenario, size), wide=True)
    if view == ARTICLE:
        return Reply(_article(world, size), wide=True)
    if view in OF_BACK_TESTS:
        return Reply(_record(world, look.protocol, view, size), wide=True)
    return Reply(_roofline(world, scenario, size), wide=True)


def _evidence(world: World, scenario: Scenario, size: Size, scope: str) -> Figure:
    from ipuwhatif.analysis.evidence import evidence
    from ipuwhatif.figures.evidence.evidence import evidence_figure

    found = last_asked(evidence, world, scenario, "hardware" if scope == HARDWARE else "workload")
    return evidence_figure(found, scenario, world.catalog, *size)


def _results(scenario: Scenario, size: Size, look: ViewOptions) -> Figure:
    from ipuwhatif.analysis.suite_results import Wanted, suite_results
    from ipuwhatif.figures.evidence.suite_results import suite_results_figure

    return suite_results_figure(suite_results(look.wanted or Wanted()), scenario.show_official, *size)


def _own(world: World, scenario: Scenario, size: Size) -> Figure:
    from ipuwhatif.analysis.own_results import own_results
    from ipuwhatif.figures.evidence.own_results import own_results_figure
    from ipuwhatif.importers.results.reader import kept_results

    found = own_results(world, scenario, kept_results(world.catalog))
    return own_results_figure(found, scenario, world.catalog, *size)


def _learnt(world: World, scenario: Scenario, size: Size, look: ViewOptions) -> Reply:
    """What the user's own runs move; before there is one the projections, with a field for what a run took."""
    from ipuwhatif.analysis.learnt.moved import moved
    from ipuwhatif.analysis.solving.own_site import measured_of
    from ipuwhatif.figures.learnt.moved import moved_figure

    choice = look.selection or next(iter(scenario.systems), None)
    if choice is None or measured_of(world, scenario):
        return Reply(moved_figure(last_asked(moved, world, scenario), scenario, world.catalog, *size), wide=True)
    from ipuwhatif.analysis.compare import compare
    from ipuwhatif.figures.compare.compare import compare_figure

    told = tr("Projections follow none of your results yet. Choose a profile under Scenario, or state a run:")
    plain = replace(scenario, basis=PER_SYSTEM)
    figure = compare_figure(compare(world, plain), plain, *size)
    return Reply(figure, told, ways=(_way_to_learn(world, scenario, choice),))


def _way_to_learn(world: World, scenario: Scenario, choice: SystemChoice) -> WayOut:
    """A field for what was measured on a system, which projections follow from then on."""
    from ipuwhatif.analysis.uncertainty.measured import read_measurement

    def read(text: str) -> Edit:
        found = replace(read_measurement(world, scenario, choice, text), learnt=True)
        return set_measurement(scenario, choice, found, world.catalog)

    name = tr("Measured on {name}", name=system_name(choice, world.catalog))
    return WayOut(name, read=read, example=tr("33 min"), tip=tr("A time to train or a training throughput"))


def _next(world: World, scenario: Scenario, size: Size) -> Figure:
    from ipuwhatif.analysis.learnt.next_run import next_run
    from ipuwhatif.figures.learnt.next_run import next_figure
    from ipuwhatif.importers.results.reader import kept_results

    found = next_run(world, scenario, kept_results(world.catalog).results)
    return next_figure(found, scenario, world.catalog, *size)


def _roofline(world: World, scenario: Scenario, size: Size) -> Figure:
    from ipuwhatif.analysis.roofline import roofline
    from ipuwhatif.figures.roofline.roofline import roofline_figure

    if world.catalog.workloads[scenario.workload].kind == RELATIVE:
        raise InputError(tr("this job is known by a stated ratio only: there is no network to draw a roofline of"))
    if not scenario.systems:
        raise InputError(tr("no system is ticked: tick one on the left to see what its chip reaches"))
    figure = roofline_figure(last_asked(roofline, world, scenario), scenario, *size)
    told = tr("The roofline does not follow your own results: it is as evidence alone tells it.")
    return _told(world, (scenario,), figure, told)


def _article(world: World, size: Size) -> Figure:
    from ipuwhatif.analysis.article.claims import check_claims
    from ipuwhatif.figures.article.article import article_figure

    return article_figure(last_asked(check_claims, world), world, *size)


def _record(world: World, key: str, view: str, size: Size) -> Figure:
    from ipuwhatif.calibration.speeds import load_speed_record
    from ipuwhatif.figures.track_record.speed_record import PREFIX, speed_record_figure
    from ipuwhatif.figures.track_record.track_record import FIRST_SHOWN, track_record_figure

    if key.startswith(PREFIX):
        tests = {PREFIX + test.key: test for test in load_speed_record(world.catalog)}
        return speed_record_figure(tests[key], world.catalog, *size)
    protocols = {protocol.key: protocol for protocol in _back_tests(SharedCatalog(world.catalog))}
    shown = protocols.get(key, protocols[FIRST_SHOWN])
    if view == PROBABILITIES:
        from ipuwhatif.figures.track_record.probabilities import probability_figure

        return probability_figure(shown, world.catalog, *size)
    return track_record_figure(shown, world.catalog, view == ERRORS, *size)


@lru_cache(maxsize=1)
def _back_tests(shared: SharedCatalog) -> "tuple[Protocol, ...]":
    """The stored back-tests, read once: thousands of answers, which every view of them would read again."""
    from ipuwhatif.calibration.record import load_record

    return load_record(shared.catalog)


def _change(world: World, look: ViewOptions, size: Size) -> Figure:
    """The change between two scenarios on the system that is looked at, or between two official results."""
    from ipuwhatif.analysis.attribution.attribution import attribute, attribute_official
    from ipuwhatif.figures.attribution.attribution import attribution_figure
    from ipuwhatif.scenario.moved_levers import moved_levers
    from ipuwhatif.scenario.resolve import case_of

    change = look.change
    if change is None:
        raise InputError(tr("there is nothing to compare with yet: move a lever, or add a scenario with +"))
    if isinstance(change.before, OfficialResult) and isinstance(change.after, OfficialResult):
        return attribution_figure(attribute_official(change.before, change.after), world.catalog, *size)
    ends = [_case_end(end, look.selection) for end in (change.before, change.after)]
    before, after = (case_of(scenario, choice, world.levers, world.catalog) for scenario, choice in ends)
    if before == after:
        raise InputError(tr("both ends ask the same of this system: look at another one, or move a lever"))
    settings = moved_levers(ends[1][0], world.levers, world.catalog)
    figure = attribution_figure(last_asked(attribute, world, before, after), world.catalog, *size, settings=settings)
    told = tr("This split does not follow your own results: both ends are as evidence alone tells them.")
    return _told(world, [scenario for scenario, _ in ends], figure, told)


def _told(world: World, scenarios: Sequence[Scenario], figure: Figure, told: str) -> Figure:
    """A figure that follows nothing of the user's, with a word about that where the scenarios do."""
    from ipuwhatif.analysis.solving.own_site import measured_of

    if not any(measured_of(world, scenario) for scenario in scenarios):
        return figure
    return replace(figure, notices=(told, *figure.notices))


def _case_end(end: Scenario | OfficialResult, selection: SystemChoice | None) -> tuple[Scenario, SystemChoice]:
    if selection is None or not isinstance(end, Scenario):
        raise InputError(tr("tick a system on the left: its time is what is split"))
    return end, selection


def changes_of(
    world: World, scenarios: tuple[Scenario, ...], names: tuple[str, ...], active: int
) -> tuple[Change, ...]:
    """The changes that can be split: from no lever moved, from every other scenario, and between official results."""
    from ipuwhatif.analysis.attribution.pairs import official_pairs
    from ipuwhatif.scenario.resolve import as_found

    here = scenarios[active]
    found = []
    if here.levers:
        found.append(Change(tr("No lever moved → {name}", name=names[active]), as_found(here), here))
    found += [
        Change(tr("{first} → {second}", first=names[index], second=names[active]), other, here)
        for index, other in enumerate(scenarios)
        if index != active and other.workload == here.workload
    ]
    found += [Change(_pair_name(*pair), *pair) for pair in official_pairs(world.catalog, here.workload)]
    return tuple(found)


def _pair_name(before: OfficialResult, after: OfficialResult) -> str:
    if before.mlperf_round == after.mlperf_round:
        return tr(
            "Official: {first} {first_system} → {second} {second_system}, {round}, {division}",
            first=before.submitter,
            first_system=before.system_name,
            second=after.submitter,
            second_system=after.system_name,
            round=after.mlperf_round,
            division=tr(after.division),
        )
    return tr(
        "Official: {submitter} {system}, {division}, {first} → {second}",
        submitter=after.submitter,
        system=after.system_name,
        division=tr(after.division),
        first=before.mlperf_round,
        second=after.mlperf_round,
    )
