"""The command that tells money, energy and carbon of training once, as text, JSON or a chart."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.options import writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output, one_of
from ipuwhatif.cli.question_options import add_job, add_measured, add_prices, add_question
from ipuwhatif.texts import tr
from ipuwhatif.units import printable, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.cost.economics import Bill, Economics
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.scenario import Scenario

#: Those of `analysis.economics`, which the command line does not load before it is asked; the first that can be told is
#: what the chart shows.
MEASURES = ("money", "energy", "carbon")


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("cost", help=tr("money, energy and carbon to train once, from what you state"))
    add_question(parser)
    add_prices(parser)
    parser.add_argument(
        "--measure",
        type=one_of(MEASURES),
        metavar="MEASURE",
        help=tr("what the chart shows: {words} (default: the first that can be told)", words=", ".join(MEASURES)),
    )
    add_job(parser)
    add_output(parser)
    add_measured(parser)
    parser.set_defaults(answer=cost, reference=None)
    return parser


def cost(command: argparse.Namespace) -> int:
    """Money, energy and carbon to train once on several systems, from the prices and settings that are stated."""
    from ipuwhatif.analysis.cost.economics import economics
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.prices import with_costs
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.export.terminal import table_text
    from ipuwhatif.figures.cost.cost import cost_figure

    write = writer_of(command)
    world = load_world()
    scenario = with_costs(command, comparison_scenario(command, world.catalog), world.catalog)
    answer = economics(world, scenario)
    figure = cost_figure(answer, scenario, command.measure or _told(answer))
    written = () if write is None else write(figure, scenario, answer.bills)

    def as_text() -> str:
        offers = (tr("Known price, not applied: {offer}", offer=offer) for offer in _offers(scenario, world))
        paths = (tr("Written: {path}", path=printable(path)) for path in written)
        note = _other_measure(command, answer, scenario)
        return "\n".join((table_text(figure), *([note] if note else []), *offers, *paths))

    return console.answer(command.json, as_text, lambda: _cost_json(answer, scenario, figure, world))


def _told(answer: "Economics") -> str:
    """The first measure that any system has."""
    having = (each for each in MEASURES if any(bill.quantity(each) is not None for bill in answer.bills))
    return next(having, MEASURES[0])


def _other_measure(command: argparse.Namespace, answer: "Economics", scenario: "Scenario") -> str:
    """Why it is not money that is charted, where prices were stated and nobody asked for something else."""
    if command.measure is not None or not scenario.prices or _told(answer) == MEASURES[0]:
        return ""
    lacking = dict.fromkeys(bill.lacking.get(MEASURES[0], "") for bill in answer.bills)
    return tr("No money yet: {what}", what=tr("; ").join(told(each) for each in lacking if each))


def _offers(scenario: "Scenario", world: "World") -> list[str]:
    """The known prices of the systems that have no price, each with its date and origin."""
    from ipuwhatif.catalog.names import system_name
    from ipuwhatif.figures.cost.offers import known_prices
    from ipuwhatif.figures.scenarios.own_figures import price_text

    return [
        tr(
            "{name}: {price}; {origin}",
            name=system_name(choice, world.catalog),
            price=price_text(price),
            origin=price.origin,
        )
        for choice in scenario.systems
        if choice.key not in scenario.prices
        for price in known_prices(choice, world.catalog)
    ]


def _cost_json(answer: "Economics", scenario: "Scenario", figure: "Figure", world: "World") -> dict[str, Any]:
    """Derived numbers by system; what an input is missing for is null, and `lacking` says what to state."""
    from ipuwhatif.cli.as_json import price_json
    from ipuwhatif.figures.cost.offers import known_prices

    return {
        "workload": scenario.workload,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "levers": dict(scenario.levers),
        "basis": "derived",
        "headline": figure.headline.text,
        "systems": [_bill_json(bill) for bill in answer.bills],
        "known_prices": {
            choice.key: [price_json(price) for price in known_prices(choice, world.catalog)]
            for choice in scenario.systems
        },
        "missing": [{"system": each.choice.key, "reason": told(each.reason)} for each in answer.comparison.missing],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _bill_json(bill: "Bill") -> dict[str, Any]:
    from ipuwhatif.cli.as_json import price_json, quantity_json

    return {
        "system": bill.projection.choice.key,
        "chips": bill.projection.choice.chips,
        "projection_basis": bill.projection.basis,
        "time_to_train_s": quantity_json(bill.projection.time_to_train_s),
        "price": None if bill.price is None else price_json(bill.price),
        "currency": bill.currency or None,
        "money": quantity_json(bill.money),
        "energy_kwh": quantity_json(bill.energy_kwh),
        "electricity": quantity_json(bill.electricity),
        "carbon_kg": quantity_json(bill.carbon_kg),
        "power_kw": bill.power.value,
        "power_basis": told(bill.power.words) if bill.power.value is not None else None,
        "power_leaves_out": told(bill.power.leaves_out) or None,
        "lacking": {measure: told(lack) for measure, lack in bill.lacking.items()},
    }
