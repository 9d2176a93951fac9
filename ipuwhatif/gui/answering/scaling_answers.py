"""The answer of the Scaling tab: curves along the chip count, and what brings the looked-at system to the target."""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.analysis.beside import check_one_job
from ipuwhatif.analysis.results import Scaling
from ipuwhatif.analysis.scaling import scaling, whole_range
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Headline, HeadlinePart, WhyRow, WhySection
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.gui.answering.fault_texts import stand_in_text
from ipuwhatif.gui.answering.last_asked import last_asked
from ipuwhatif.gui.answering.reply import Goal, Reply
from ipuwhatif.gui.answering.view_options import ANY, CHIPS, ViewOptions
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import InputError


def scaling_answer(
    world: World, scenario: Scenario, size: tuple[int, int], dragging: bool, draws: int | None, look: ViewOptions
) -> Reply:
    """From one machine to the largest system of the families on show, with what meets the scenario's target."""
    whole = whole_range(world.catalog, scenario)
    low, high = _within(whole, look.chips)
    answered = last_asked(scaling, world, scenario, low, high, draws)
    if look.beside is not None:
        other = look.beside.scenario
        check_one_job((look.beside.letter, scenario.workload), (look.beside.other, other.workload))
        curves = last_asked(
            scaling, world, other, *_within(whole_range(world.catalog, other), look.chips), draws
        ).curves
        answered = replace(answered, beside=curves, beside_letter=look.beside.other, letter=look.beside.letter)
    figure = scaling_figure(answered, scenario, *size, selection=look.selection, scale=look.scale)
    if (low, high) != whole:  # a look from nearer changes nothing of what is said
        curves = last_asked(scaling, world, scenario, *whole, draws).curves
        said = scaling_figure(replace(answered, curves=curves), scenario)
        figure = replace(figure, headline=said.headline)
    reply = Reply(figure, layouts=_layouts(answered, scenario))
    if scenario.target_s is None or look.selection is None:
        return reply
    choice = _with_a_curve(answered, scenario, look.selection)
    if choice != look.selection:
        reply = replace(reply, message=stand_in_text(world.catalog, look.selection, choice))
    if dragging:
        return _dragged_goal(world, scenario, reply, choice, scenario.target_s, look.over)
    return _with_goal(world, scenario, reply, answered, choice, look.over)


def _with_a_curve(answered: Scaling, scenario: Scenario, choice: SystemChoice) -> SystemChoice:
    """The system that is looked at; in the place of one whose family has no curve the first that has."""
    drawn = {curve.system for curve in answered.curves}
    return next((each for each in (choice, *scenario.systems) if each.system in drawn), choice)


def _within(whole: tuple[int, int], wanted: tuple[int, int] | None) -> tuple[int, int]:
    """The part of a range that is looked at; the whole where nothing of it is."""
    low, high = whole if wanted is None else (max(whole[0], wanted[0]), min(whole[1], wanted[1]))
    return (low, high) if low < high else whole


def _with_goal(
    world: World, scenario: Scenario, reply: Reply, answered: Scaling, choice: SystemChoice, over: str
) -> Reply:
    """The curves, with what meets the target in words and the why of that."""
    from ipuwhatif.analysis.seek.seek import seek
    from ipuwhatif.figures.compare.goal import goal_card, goal_key, goal_line
    from ipuwhatif.figures.scaling.scaling_answer import with_answer

    assert scenario.target_s is not None  # who calls has looked
    target_s = scenario.target_s
    asked = _question(world, choice, target_s, over)
    try:
        found = last_asked(seek, world, scenario, choice, target_s, over)
    except InputError as error:
        return replace(reply, goal=Goal(f"{asked} {sentence(str(error))}"))
    card = goal_card(found, world)
    key = goal_key(choice)
    rows = (*card.rows, WhyRow(tr("Notes"), "", run_on(card.notes)))
    why = replace(card.why, key=key, sections=(WhySection(card.title, rows), *card.why.sections))
    assert reply.figure is not None
    figure = with_answer(reply.figure, answered, found, world, scenario.show_official)
    figure = replace(figure, why=(*figure.why, why))
    return replace(reply, figure=figure, goal=Goal(goal_line(found, world), key, found.values or None, system=choice))


def _dragged_goal(
    world: World, scenario: Scenario, reply: Reply, choice: SystemChoice, target_s: float, over: str
) -> Reply:
    """The same at the central parameters alone, as quick as a drag asks for; a combination waits for the release."""
    from ipuwhatif.analysis.seek.seek import seek_center
    from ipuwhatif.figures.compare.goal import value_words

    asked = _question(world, choice, target_s, over)
    if over == ANY:
        return _dragged(reply, tr("{question} Sought on release.", question=asked))
    try:
        values = seek_center(world, scenario, choice, target_s, over)
    except InputError as error:
        return replace(reply, goal=Goal(f"{asked} {sentence(str(error))}"))
    words = tr("nothing reaches it") if values is None else value_words(values, choice, world)
    return _dragged(reply, f"{asked} {sentence(words)}")


def _dragged(reply: Reply, told: str) -> Reply:
    """The reply with an answer in its headline; the line under it keeps its place for what the release says."""
    assert reply.figure is not None
    figure = replace(reply.figure, headline=Headline((HeadlinePart(told),)))
    return replace(reply, figure=figure, goal=Goal(tr("How sure that is, is told on release.")))


def _question(world: World, choice: SystemChoice, target_s: float, over: str) -> str:
    system = world.catalog.systems[choice.system].name
    name = system if over == CHIPS else system_name(choice, world.catalog)
    return tr("{target} on {name}?", target=own_time_text(target_s), name=name)


def _layouts(answered: Scaling, scenario: Scenario) -> Mapping[str, Layout]:
    """The layout of each ticked system that has a point on a curve."""
    layouts = {
        SystemChoice(curve.system, chips).key: layout
        for curve in answered.curves
        for chips, layout in zip(curve.chips, curve.layouts, strict=True)
    }
    return MappingProxyType({each.key: layouts[each.key] for each in scenario.systems if each.key in layouts})
