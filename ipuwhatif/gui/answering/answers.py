"""Asks the analysis for the window and turns faults into words; the window itself computes nothing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.analysis.beside import compare_beside
from ipuwhatif.analysis.compare import compare, reasons_not_to_run
from ipuwhatif.analysis.results import Comparison
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import RELATIVE, Catalog, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.own_headline import with_own_headline
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.scenarios.names import basis_name
from ipuwhatif.gui.answering.fault_texts import fault_text, names_of, stand_in_text
from ipuwhatif.gui.answering.last_asked import last_asked
from ipuwhatif.gui.answering.price_answers import bills_asked, purchases_asked
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, EVIDENCE, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.reply import UNDO, Reply, WayOut
from ipuwhatif.gui.answering.view_options import CHANGE, ENERGY, FINISH, MEMORY, MONEY, SHARES, ViewOptions
from ipuwhatif.gui.answering.ways_out import too_early, ways_to_run, ways_to_state, ways_to_tick
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Beside
from ipuwhatif.scenario.headlines import page_of
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import PER_MONEY, PER_SYSTEM, Scenario
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import InputError, Said, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.cost.economics import Economics

DRAWS_WHILE_DRAGGING = 64
Size = tuple[int, int]


def answer(
    world: World, question: str, scenario: Scenario, size: Size, dragging: bool = False, look: ViewOptions | None = None
) -> Reply:
    """The answer to one of QUESTIONS, laid out for a chart of `size` logical pixels.

    While a slider is dragged fewer draws make the intervals; the median is the same.
    """
    look = look or ViewOptions(scenario.systems[0] if scenario.systems else None)
    reply = _answer(world, question, scenario, size, dragging, look)
    if reply.figure is None or not scenario.headlines:
        return reply
    page = page_of(question, look.view_of(question))
    return replace(reply, figure=with_own_headline(reply.figure, scenario, page))


def _answer(world: World, question: str, scenario: Scenario, size: Size, dragging: bool, look: ViewOptions) -> Reply:
    """The same with the headlines by rule."""
    relative = world.catalog.workloads[scenario.workload].kind == RELATIVE
    try:
        if question == EVIDENCE or (question == BREAKDOWN and look.view_of(question) == CHANGE):
            from ipuwhatif.gui.answering.record_answers import record_answer

            return replace(record_answer(world, question, scenario, size, look), layouts=_layouts(world, scenario))
        if relative:
            return _stated(world.catalog, scenario)
        if not scenario.systems:
            told = tr("No system is ticked. Tick one on the left to see its projected training time.")
            return Reply(None, told, ways=ways_to_tick(scenario))
        if question == BREAKDOWN and look.view_of(question) == MEMORY:
            return _memory(world, scenario, size, look.beside)
        if question == BREAKDOWN and look.view_of(question) == FINISH:
            from ipuwhatif.gui.answering.finish_answers import finish_answer

            return finish_answer(world, scenario, size, DRAWS_WHILE_DRAGGING if dragging else None)
        reply = _projected(world, question, scenario, size, dragging, look)
        return _per_system(reply, scenario) if question in (SCALING, BREAKDOWN, SENSITIVITY) else reply
    except InputError as error:
        lacks_systems = not scenario.systems and not relative
        ways = ways_to_tick(scenario) if lacks_systems else (WayOut(tr("Undo"), act=UNDO),)
        return Reply(None, sentence(str(error)), ways=ways)


def _per_system(reply: Reply, scenario: Scenario) -> Reply:
    """The answer of a tab that compares nothing, with a word where another basis is chosen for Compare."""
    if scenario.basis == PER_SYSTEM:
        return reply
    told = tr("Times of whole systems; “{basis}” is for Compare.", basis=basis_name(scenario.basis))
    return replace(reply, message="\n".join(part for part in (reply.message, told) if part))


def _layouts(world: World, scenario: Scenario) -> Mapping[str, Layout]:
    """The layouts of the ticked systems that can run the job, where the answer itself needs none."""
    if world.catalog.workloads[scenario.workload].kind == RELATIVE:
        return MappingProxyType({})
    reasons = reasons_not_to_run(world, scenario)
    choices = [choice for choice in scenario.systems if choice not in reasons]
    cases = [case_of(scenario, choice, world.levers, world.catalog) for choice in choices]
    found = choose_layouts(world.catalog, cases, world.calibration.center) if cases else ()
    return MappingProxyType({choice.key: layout for choice, layout in zip(choices, found, strict=True)})


def _projected(world: World, question: str, scenario: Scenario, size: Size, dragging: bool, look: ViewOptions) -> Reply:
    """The answer to a question about the projected times of the ticked systems."""
    draws = DRAWS_WHILE_DRAGGING if dragging else None
    if question == SENSITIVITY:
        return _sensitivity(world, scenario, size, look.selection or scenario.systems[0], look.beside)
    if question == COST:
        return _cost(world, scenario, size, draws, look.view_of(question), look)
    if question in (COMPARE, BREAKDOWN):
        return _compare(world, scenario, size, draws, question, look)
    from ipuwhatif.gui.answering.scaling_answers import scaling_answer

    return scaling_answer(world, scenario, size, dragging, draws, look)


def _stated(catalog: Catalog, scenario: Scenario) -> Reply:
    """The card of a job that is known by a stated ratio only; systems say nothing about it."""
    from ipuwhatif.analysis.relative import relative
    from ipuwhatif.figures.statement import statement_card

    return Reply(None, card=statement_card(relative(catalog, scenario)))


def _compare(
    world: World, scenario: Scenario, size: Size, draws: int | None, question: str, look: ViewOptions
) -> Reply:
    """Systems side by side, or their parts.

    Systems that cannot run the job do not hide the others: the chart leaves them out, and the message says why.
    """
    try:
        comparison = last_asked(compare, world, scenario, draws)
    except InputError:
        reasons = _reasons(world, scenario)
        if not reasons:  # it is not the systems
            raise
        ways = ways_to_run(world, scenario, reasons, alone=True)
        message = fault_text(world.catalog, scenario, None, reasons)
        return Reply(None, message, _detail(reasons), reasons=reasons, ways=ways)
    reasons = {each.choice: told(each.reason) for each in comparison.missing}
    reference = comparison.projections[comparison.reference].choice
    shown = comparison if look.beside is None else compare_beside(world, scenario, comparison, look.beside, draws)
    asked = purchases_asked(comparison, scenario) if question == COMPARE and scenario.basis == PER_MONEY else None
    if asked is not None and len(asked.lacking) == len(shown.projections):
        shown, scenario = replace(shown, units=()), replace(scenario, basis=PER_SYSTEM)  # until there is a price
        asked = replace(asked, words=run_on((asked.words, tr("Times are shown until then."))))
    if question == COMPARE:
        figure = compare_figure(shown, scenario, *size, scale=look.scale or None)
    else:
        figure = _parts_figure(shown, look.view_of(question) == SHARES, size)
    message = fault_text(world.catalog, scenario, reference, reasons, brief=True)
    early, later = too_early(world, scenario, [each.choice for each in comparison.projections])
    return Reply(
        figure,
        "\n".join(part for part in (message, early) if part),
        fault_text(world.catalog, scenario, reference, reasons),
        MappingProxyType({each.choice.key: each.layout for each in comparison.projections}),
        reasons,
        prices=asked,
        ways=(*(ways_to_run(world, scenario, reasons) if reasons else ()), *later) if draws is None else (),
    )


def _cost(world: World, scenario: Scenario, size: Size, draws: int | None, measure: str, look: ViewOptions) -> Reply:
    """What it takes to train once; what is lacking for some systems is said over what can be told without it."""
    from ipuwhatif.analysis.cost.economics import economics_of

    comparison, other = last_asked(compare, world, scenario, draws), None
    if look.beside is not None:
        comparison, other = compare_beside(world, scenario, comparison, look.beside, draws), look.beside.scenario
    answered = economics_of(world, scenario, comparison, other)
    layouts = {each.choice.key: each.layout for each in answered.comparison.projections}
    lacking = [bill for bill in answered.bills if bill.quantity(measure) is None]
    asked = bills_asked(answered, world.catalog) if measure == MONEY else None
    reasons = [(bill.projection.choice, bill.lacking.get(measure, "")) for bill in lacking]
    told = _lacking_text(world.catalog, reasons, len(lacking) == len(answered.bills))
    figure, until = _until_stated(answered, scenario, measure, size)
    if asked is not None and until:
        asked = replace(asked, words=run_on((asked.words, until)))
    return Reply(
        figure,
        run_on(part for part in (told, until) if part),
        layouts=MappingProxyType(layouts),
        prices=asked,
        ways=ways_to_state(world, scenario, lacking, measure) if asked is None and draws is None else (),
    )


def _until_stated(answered: "Economics", scenario: Scenario, measure: str, size: Size) -> tuple[Figure, str]:
    """The figure of a measure; while no system has it that of energy, else of times, and words that say so."""
    from ipuwhatif.figures.cost.cost import cost_figure

    known = [each for each in (measure, ENERGY) if any(bill.quantity(each) is not None for bill in answered.bills)]
    if not known:
        times = replace(answered.comparison, units=())
        figure = compare_figure(times, replace(scenario, basis=PER_SYSTEM), *size)
        return figure, tr("Times are shown until then.")
    until = "" if known[0] == measure else tr("Energy is shown until then.")
    return cost_figure(answered, scenario, known[0], *size), until


def _lacking_text(catalog: Catalog, lacking: Sequence[tuple[SystemChoice, Said]], all_lack: bool) -> str:
    """What to state for which systems; empty where nothing is lacking."""
    if not lacking:
        return ""
    reasons = dict.fromkeys(_without_name(what) for _, what in lacking if what)
    words = tr("; ").join(reasons)
    if all_lack and len(reasons) == 1:
        return sentence(words)
    return sentence(tr("{names}: {what}", names=names_of(catalog, [choice for choice, _ in lacking]), what=words))


def _without_name(what: Said) -> str:
    """ "state a price" of "state a price for IPU-POD16 (16 IPUs)": the names stand before it."""
    from ipuwhatif.analysis.cost.reasons import NoPrice

    return tr("state a price") if isinstance(what, NoPrice) else told(what)


def _memory(world: World, scenario: Scenario, size: Size, shown: Beside | None) -> Reply:
    """What fills a chip of each system; those that cannot run the job have a row as well where that can be told."""
    from ipuwhatif.analysis.memory import beside, memory
    from ipuwhatif.figures.breakdown.memory import memory_figure

    own = found = last_asked(memory, world, scenario)
    if shown is not None:
        found = beside((shown.letter, own), (shown.other, last_asked(memory, world, shown.scenario)))
    missing = {each.choice: told(each.reason) for each in own.missing}
    return Reply(
        memory_figure(found, *size),
        fault_text(world.catalog, scenario, None, missing, brief=True),
        fault_text(world.catalog, scenario, None, missing),
        MappingProxyType({row.choice.key: row.holding.layout for row in own.rows if row.fits and row.holding.layout}),
        {**missing, **{row.choice: told(row.reason) for row in own.rows if row.reason}},
    )


def _parts_figure(comparison: Comparison, share: bool, size: Size) -> Figure:
    from ipuwhatif.analysis.breakdown import breakdown_of
    from ipuwhatif.figures.breakdown.breakdown import breakdown_figure

    return breakdown_figure(breakdown_of(comparison), share, *size)


def _sensitivity(world: World, scenario: Scenario, size: Size, choice: SystemChoice, shown: Beside | None) -> Reply:
    """What the time of one system hangs on, under a second scenario too; of the next that runs where it has none."""
    from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity, with_second
    from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure

    lines, own = list[str](), dict[SystemChoice, str]()
    try:
        answered = last_asked(sensitivity, world, scenario, choice)
    except InputError:
        reasons = _reasons(world, scenario)
        if choice not in reasons:  # it is not the system
            raise
        others = [each for each in scenario.systems if each not in reasons]
        if not others:
            ways = ways_to_run(world, scenario, reasons, alone=True)
            message = fault_text(world.catalog, scenario, None, reasons)
            return Reply(None, message, _detail(reasons), reasons=reasons, ways=ways)
        own = {choice: reasons[choice]}
        lines.append(stand_in_text(world.catalog, choice, others[0]))
        choice = others[0]
        answered = last_asked(sensitivity, world, scenario, choice)
    if shown is not None:
        try:
            answered = with_second(
                answered, shown.letter, last_asked(sensitivity, world, shown.scenario, choice), shown.other
            )
        except InputError as error:
            lines.append(tr("Scenario {letter}: {reason}", letter=shown.other, reason=sentence(str(error))))
    layouts = MappingProxyType({choice.key: answered.projection.layout})
    figure, ways = sensitivity_figure(answered, *size), ways_to_run(world, scenario, own) if own else ()
    return Reply(figure, "\n".join(lines), _detail(own), layouts, own, ways=ways)


def _reasons(world: World, scenario: Scenario) -> dict[SystemChoice, str]:
    """Why each system that cannot run the job cannot, in words."""
    return {choice: told(reason) for choice, reason in reasons_not_to_run(world, scenario).items()}


def _detail(reasons: Mapping[SystemChoice, str]) -> str:
    return "\n".join(dict.fromkeys(sentence(reason) for reason in reasons.values()))
