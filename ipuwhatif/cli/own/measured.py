"""The command that holds a measurement of the user's own against the projection: `ipuwhatif measured`."""

import argparse
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.parser import Parser, Subcommands
from ipuwhatif.cli.question_options import add_choices, add_job
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.uncertainty.measured import Explanation, Held
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import WhySection

WIDTH = 110  # of running text, in characters


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("measured", help=tr("your own measurement, and what would explain the difference"))
    parser.add_argument("-w", "--workload", required=True, metavar="WORKLOAD", help=tr("for example resnet50"))
    parser.add_argument("-s", "--system", required=True, metavar="SYSTEM", help=tr("for example ipu-pod:64"))
    parser.add_argument(
        "--value",
        required=True,
        metavar="MEASURED",
        help=tr('a time to train, "28.4 min", or a training throughput, "3,900 images/s"'),
    )
    add_choices(parser)
    add_job(parser)
    parser.set_defaults(answer=measured)
    return parser


def measured(command: argparse.Namespace) -> int:
    """A measurement against the projection: the residual, the interval, and which parameter alone would explain it."""
    from ipuwhatif.analysis.uncertainty.measured import hold, read_measurement
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import comparison_scenario

    world = load_world()
    asked = argparse.Namespace(**{**vars(command), "systems": command.system, "reference": None})
    scenario = comparison_scenario(asked, world.catalog)
    if len(scenario.systems) != 1:
        raise InputError(tr("measured is about one system; name one, such as ipu-pod:64"))
    choice = scenario.systems[0]
    held = hold(world, scenario, choice, read_measurement(world, scenario, choice, command.value))
    return console.answer(command.json, lambda: _as_text(held), lambda: _as_json(held, world))


def _as_text(held: "Held") -> str:
    from ipuwhatif.figures.footnotes import footnotes
    from ipuwhatif.figures.job_titles import job_words
    from ipuwhatif.figures.why.measured import measured_section

    case = held.projection.case
    title = tr(
        "{job} on {name}, software as of {release}",
        job=job_words(held.projection.job, case.recipe, case.samples),
        name=held.projection.name,
        release=case.release,
    )
    notes = [textwrap.fill(note.text, WIDTH) for note in footnotes(())]
    return "\n\n".join((title, "\n".join(_lines(measured_section(held))), *notes))


def _lines(section: "WhySection") -> Iterator[str]:
    """Names and values in columns, what explains them under each."""
    yield section.title
    widest = max(len(row.name) for row in section.rows if row.value)
    for row in section.rows:
        yield f"  {row.name.ljust(widest)}  {row.value}".rstrip()
        if row.detail:
            yield textwrap.fill(row.detail, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def _as_json(held: "Held", world: "World") -> dict[str, Any]:
    """Seconds or samples/s; `rank` is the part of the draws of the parameters alone below what was measured."""
    from ipuwhatif.cli.as_json import projection_json
    from ipuwhatif.figures.footnotes import footnotes
    from ipuwhatif.figures.why.measured import difference_text, verdict_text

    projected = held.projected
    return {
        "measured": {"quantity": held.measurement.quantity, "value": held.measurement.value},
        "projected": {
            "median": projected.median,
            "low": projected.low,
            "high": projected.high,
            "level": projected.level,
        },
        "residual": held.residual,
        "inside": held.inside,
        "rank": held.rank,
        "text": f"{difference_text(held)}; {verdict_text(held)}",
        "explanations": [_explanation_json(each) for each in held.explanations],
        "not_alone": list(held.not_alone),
        "projection": projection_json(held.projection, world.catalog),
        "footnotes": [note.text for note in footnotes(())],
    }


def _explanation_json(explanation: "Explanation") -> dict[str, Any]:
    """A parameter with its deviations and rank, or a lever, which has neither."""
    values = {"value": explanation.value, "present": explanation.present}
    if explanation.part is None:
        return {"lever": explanation.lever.key if explanation.lever else "", **values}
    return {
        "parameter": explanation.part.parameter.name,
        "group": explanation.group,
        **values,
        "deviations": explanation.deviations,
        "rank": explanation.rank,
    }
