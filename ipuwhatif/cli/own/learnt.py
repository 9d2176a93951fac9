"""`ipuwhatif learnt`: what your own results move, before and after. `ipuwhatif next`: what to measure next."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.options import drawn, writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_job, add_measured, add_question
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, parse_quantity, quoted

if TYPE_CHECKING:
    from ipuwhatif.analysis.learnt.moved import Moved
    from ipuwhatif.analysis.learnt.next_run import NextRun
    from ipuwhatif.catalog.types import Catalog, SystemChoice
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.model.case import Case


def add_commands(subcommands: Subcommands) -> tuple[Parser, Parser]:
    """The parsers of `learnt` and `next`."""
    learnt = subcommands.add_parser("learnt", help=tr("what your own results move: before, after and why"))
    learnt.set_defaults(answer=tell_learnt, reference=None)
    following = subcommands.add_parser("next", help=tr("what to measure next: what narrows the intervals most"))
    following.add_argument(
        "--minutes",
        metavar="MINUTES",
        help=tr("that a measurement holds its chips (default: {minutes})", minutes="10"),
    )
    following.add_argument(
        "--on",
        metavar="SYSTEM[,SYSTEM...]",
        help=tr("systems that you could have as well; those of -s and of your results are tried anyway"),
    )
    following.set_defaults(answer=tell_next, reference=None)
    for parser in (learnt, following):
        add_question(parser)
        add_job(parser)
        add_output(parser)
        add_measured(parser)
    return learnt, following


def tell_learnt(command: argparse.Namespace) -> int:
    """Before and after for each system."""
    from ipuwhatif.analysis.learnt.moved import moved
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.figures.learnt.moved import moved_figure

    write, world = writer_of(command), load_world()
    scenario = comparison_scenario(command, world.catalog)
    answer = moved(world, scenario)
    figure = moved_figure(answer, scenario, world.catalog)
    return drawn(command, figure, write, scenario, lambda: _moved_json(answer, figure))


def tell_next(command: argparse.Namespace) -> int:
    """The runs that could be measured, the best first."""
    from ipuwhatif.analysis.learnt.next_run import MINUTES, next_run
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.figures.learnt.next_run import next_figure
    from ipuwhatif.importers.results.reader import kept_results

    write, world = writer_of(command), load_world()
    minutes = MINUTES if command.minutes is None else _minutes(command.minutes)
    scenario = comparison_scenario(command, world.catalog)
    results = kept_results(world.catalog).results
    answer = next_run(world, scenario, results, minutes, _systems(command.on, world.catalog))
    figure = next_figure(answer, scenario, world.catalog)
    return drawn(command, figure, write, scenario, lambda: _next_json(answer, figure))


def _minutes(text: str) -> float:
    from ipuwhatif.analysis.learnt.next_run import LEAST_MINUTES, MOST_MINUTES

    try:
        return parse_quantity(text.removesuffix("min").strip(), "1", minimum=LEAST_MINUTES, maximum=MOST_MINUTES)
    except InputError:
        low, high = format_number(LEAST_MINUTES), format_number(MOST_MINUTES)
        told = tr(
            "--minutes {text} is not from {low} to {high}; write for example 10", text=quoted(text), low=low, high=high
        )
        raise InputError(told) from None


def _systems(text: str | None, catalog: "Catalog") -> "tuple[SystemChoice, ...]":
    from ipuwhatif.catalog.names import parse_system

    return tuple(parse_system(each.strip(), catalog) for each in (text or "").split(",") if each.strip())


def _moved_json(answer: "Moved", figure: "Figure") -> dict[str, Any]:
    """Seconds; changes and effects are relative, effects are of a step and add up to its change."""
    from ipuwhatif.cli.as_json import quantity_json

    profile = answer.profile
    return {
        "headline": figure.headline.text,
        "profile": None
        if profile is None
        else {
            "name": profile.name,
            "made": profile.made,
            "method": profile.method,
            "calibration": profile.calibration,
            "other_calibration": answer.other_calibration,
        },
        "measured": [
            {
                **_run_json(run.case),
                "quantity": run.measurement.quantity,
                "value": run.measurement.value,
                "step_over_projected": run.ratio,
            }
            for run in answer.runs
        ],
        "systems": [
            {
                "system": row.after.choice.key,
                "before_s": quantity_json(row.before.time_to_train_s),
                "after_s": quantity_json(row.after.time_to_train_s),
                "change": row.change,
                "interval_left": row.width,
                "step_change": row.step,
                "effects": dict(row.effects),
            }
            for row in answer.rows
        ],
        "notices": list(figure.notices),
    }


def _next_json(answer: "NextRun", figure: "Figure") -> dict[str, Any]:
    """Widths are ln(high / low) of the time to train of each asked system; the best candidate comes first."""
    keys = [each.choice.key for each in answer.asked]
    return {
        "headline": figure.headline.text,
        "minutes": answer.minutes,
        "widths": dict(zip(keys, answer.widths, strict=True)),
        "candidates": [
            {
                **_run_json(each.case),
                "chip_hours": each.chip_hours,
                "expected_widths": dict(zip(keys, each.widths, strict=True)),
                "shrink": answer.shrink(each),
                "shrink_per_chip_hour": each.gain,
            }
            for each in answer.candidates
        ],
        "notices": list(figure.notices),
    }


def _run_json(case: "Case") -> dict[str, Any]:
    return {
        "job": case.workload,
        "system": case.choice.key,
        "chips": case.choice.chips,
        "release": case.release,
        "software": case.software or None,
    }
