"""The commands that ask what if: goal seek, sensitivity and breakdown, as text, JSON or a chart."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.options import drawn, writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_choices, add_job, add_measured, add_question
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.breakdown import Breakdown, Stack
    from ipuwhatif.analysis.seek.answer import GoalAnswer
    from ipuwhatif.analysis.uncertainty.swings import Sensitivity, Swing
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Catalog, SystemChoice
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.figures.compare.goal import GoalCard
    from ipuwhatif.scenario.scenario import Scenario


def add_commands(subcommands: Subcommands) -> tuple[Parser, ...]:
    """The parsers of `seek`, `sensitivity` and `breakdown`."""
    goal = subcommands.add_parser("seek", help=tr("what brings the time of a system to a target"))
    tornado = subcommands.add_parser("sensitivity", help=tr("what the time of a system hangs on"))
    parts = subcommands.add_parser("breakdown", help=tr("where the time of several systems goes"))
    for parser in (goal, tornado):
        parser.add_argument("-w", "--workload", required=True, metavar="WORKLOAD", help=tr("for example resnet50"))
        parser.add_argument(
            "-s",
            "--system",
            required=True,
            metavar="SYSTEM",
            help=tr("for example ipu-pod:64; over chips also ipu-pod"),
        )
        add_choices(parser)
    goal.add_argument("--target", required=True, metavar="TIME", help=tr('the time to meet, for example "1 min"'))
    goal.add_argument(
        "--over",
        default="chips",
        metavar="WHAT",
        help=tr("chips, a lever such as ipu.compute_gain, or any: the cheapest combination of gains (default: chips)"),
    )
    goal.set_defaults(answer=seek)
    tornado.set_defaults(answer=sensitivity)
    add_question(parts)
    parts.add_argument("--share", action="store_true", help=tr("parts of each time over the whole of it"))
    parts.set_defaults(answer=breakdown, reference=None)
    for parser in (goal, tornado, parts):
        add_job(parser)
    for parser in (tornado, parts):
        add_output(parser)
    for parser in (goal, tornado, parts):
        add_measured(parser)
    return goal, tornado, parts


def seek(command: argparse.Namespace) -> int:
    """What brings a system's projected time to a target: chips, a lever, or the cheapest combination of gains."""
    from ipuwhatif.analysis.seek.seek import seek as seek_goal
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.text import goal_text
    from ipuwhatif.figures.compare.goal import goal_card
    from ipuwhatif.scenario.times import parse_time

    target = parse_time(command.target)
    world = load_world()
    scenario, choice = _one_system(command, _sized(command, world.catalog), world.catalog)
    answer = seek_goal(world, scenario, choice, target, _over(command.over, scenario, choice, world))
    card = goal_card(answer, world)
    return console.answer(command.json, lambda: goal_text(card), lambda: _seek_json(answer, card, scenario, world))


def sensitivity(command: argparse.Namespace) -> int:
    """A tornado: what the time of one system hangs on."""
    from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity as tornado
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure

    write = writer_of(command)
    world = load_world()
    scenario, choice = _one_system(command, command.system, world.catalog)
    answer = tornado(world, scenario, choice)
    figure = sensitivity_figure(answer)
    return drawn(command, figure, write, scenario, lambda: _sensitivity_json(answer, figure, world))


def breakdown(command: argparse.Namespace) -> int:
    """The parts of the time of several systems, in time or as shares of it."""
    from ipuwhatif.analysis.breakdown import breakdown as break_down
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.figures.breakdown.breakdown import breakdown_figure

    write = writer_of(command)
    world = load_world()
    scenario = comparison_scenario(command, world.catalog)
    answer = break_down(world, scenario)
    figure = breakdown_figure(answer, command.share)
    return drawn(command, figure, write, scenario, lambda: _breakdown_json(answer, scenario, figure, world))


def _one_system(command: argparse.Namespace, system: str, catalog: "Catalog") -> "tuple[Scenario, SystemChoice]":
    """The scenario of one system, and the system."""
    from ipuwhatif.cli.questions.scenarios import comparison_scenario

    scenario = comparison_scenario(
        argparse.Namespace(**{**vars(command), "systems": system, "reference": None}), catalog
    )
    if len(scenario.systems) != 1:
        raise InputError(tr("{command} asks about one system; name one, such as ipu-pod:64", command=command.command))
    return scenario, scenario.systems[0]


def _sized(command: argparse.Namespace, catalog: "Catalog") -> str:
    """The system as typed; over chips a family without a count will do, since the count is what is sought."""
    from ipuwhatif.analysis.seek.answer import CHIPS
    from ipuwhatif.model.case import BEST

    name = command.system.strip().casefold()
    if command.over != CHIPS:
        return str(command.system)
    if command.layout != BEST:
        raise InputError(
            tr(
                "seeking chips searches the layout at each chip count, so --layout {policy} counts for nothing; "
                "leave it out, or seek a lever",
                policy=command.layout,
            )
        )
    # A name that is a preset and a family, such as dgx-a100, is read as the preset: over chips that says the same.
    return f"{name}:{catalog.systems[name].chips_per_machine}" if name in catalog.systems else str(command.system)


def _over(text: str, scenario: "Scenario", choice: "SystemChoice", world: "World") -> str:
    """What is moved, as typed: "chips", "any", a lever, or a lever of the system's family or of the system itself."""
    from ipuwhatif.analysis.seek.answer import ANY, CHIPS
    from ipuwhatif.analysis.seek.seek import lever_name

    scope, _, key = text.strip().rpartition(".")
    family = world.catalog.systems[choice.system].family
    if text in (CHIPS, ANY) or not scope:
        return text.strip()
    if scope not in (family, choice.key):
        raise InputError(
            tr(
                "lever {name} does not move {system}; the nearest is {near}",
                name=quoted(text),
                system=choice.key,
                near=lever_name(scenario, choice, key, world),
            )
        )
    return text.strip()


def _seek_json(answer: "GoalAnswer", card: "GoalCard", scenario: "Scenario", world: "World") -> dict[str, Any]:
    """Values by what is moved: "chips", or a lever's name. `projection` has the answer, or the nearest, put in."""
    from ipuwhatif.cli.as_json import projection_json

    return {
        "workload": scenario.workload,
        "system": answer.choice.system if answer.over == "chips" else answer.choice.key,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "levers": dict(scenario.levers),
        "over": answer.over,
        "target_s": answer.target_s,
        "found": answer.values is not None,
        "answer": _values_json(answer.values),
        "at_low_end": _values_json(answer.hopeful),
        "at_high_end": _values_json(answer.certain),
        "text": card.answer,
        "reason": told(answer.reason) or None,
        "largest_part": answer.binds,
        "present_s": None if answer.present is None else answer.present.time_to_train_s.median,
        "projection": projection_json(answer.projection, world.catalog),
        "notes": list(card.notes),
        "footnotes": [note.text for note in card.footnotes],
    }


def _values_json(values: Mapping[str, float] | None) -> dict[str, float] | None:
    """Values with whole numbers written as such."""
    if values is None:
        return None
    return {name: int(value) if value.is_integer() else value for name, value in values.items()}


def _sensitivity_json(answer: "Sensitivity", figure: "Figure", world: "World") -> dict[str, Any]:
    """Swings in seconds, the largest first. `together` holds changes against the centre."""
    from ipuwhatif.cli.as_json import projection_json

    center = answer.swings.center_s
    return {
        "headline": figure.headline.text,
        "projection": projection_json(answer.projection, world.catalog),
        "settings": [told(setting) for setting in answer.settings],
        "swings": [_swing_json(each, center) for each in answer.swings.swings],
        "together": [
            {
                "kind": each.kind,
                "fast_s": each.fast_s,
                "fast_sum_s": each.fast_sum_s,
                "slow_s": each.slow_s,
                "slow_sum_s": each.slow_sum_s,
                "interaction": each.interaction,
            }
            for each in answer.swings.together
        ],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _swing_json(swing: "Swing", center_s: float) -> dict[str, Any]:
    from ipuwhatif.figures.sensitivity.sensitivity_words import plain_settings, swing_name

    low, high = swing.values or plain_settings(swing)
    return {
        "key": swing.key,
        "kind": swing.kind,
        "name": swing_name(swing),
        "from": low,
        "to": high,
        "from_s": swing.low_s,
        "to_s": swing.high_s,
        "size_s": swing.size(center_s),
        "parameters": [
            {"name": part.parameter.name, "center": part.center, "low": part.low, "high": part.high}
            for part in swing.parts
        ],
    }


def _breakdown_json(answer: "Breakdown", scenario: "Scenario", figure: "Figure", world: "World") -> dict[str, Any]:
    return {
        "workload": scenario.workload,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "levers": dict(scenario.levers),
        "headline": figure.headline.text,
        "systems": [_stack_json(each, world) for each in answer.stacks],
        "missing": [{"system": each.choice.key, "reason": told(each.reason)} for each in answer.comparison.missing],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _stack_json(stack: "Stack", world: "World") -> dict[str, Any]:
    """A projection with the shares of its parts, which add up to 1, and its parts with no lever moved."""
    from ipuwhatif.cli.as_json import projection_json

    before = {each.part: each.before_s for each in stack.slices if each.before_s is not None}
    return {
        **projection_json(stack.projection, world.catalog),
        "shares": {each.part: each.share for each in stack.slices},
        "baseline_breakdown_s": before or None,
    }
