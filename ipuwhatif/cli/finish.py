"""`finish`: when a run is done, with its failures, checkpoints, restarts and spares, as text, JSON or a chart."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.options import drawn, writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_job, add_measured, add_question
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, parse_quantity, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.finish.finish import Finish, Run
    from ipuwhatif.catalog.types import Catalog
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.scenario import Scenario

#: Options that state a lever of the run, as it is typed or by the key of a published record.
TERMS = {
    "failure_rate": "failure_rate",
    "checkpoint_every": "checkpoint_interval",
    "checkpoint_cost": "checkpoint_cost",
    "storage": "storage_bandwidth",
    "restart": "restart_time",
    "spares": "spares",
    "repair": "repair_time",
    "queue": "queue_time",
    "initialisation": "initialisation_time",
}
AS_ENTRIES = "entries"  # typed for an initialisation: what entries of the job took
#: What states a term that is lacking.
_LACKING_OPTIONS = {
    "checkpoint_cost": '--checkpoint-cost "20 s", --storage "2 TB/s"',
    "restart_time": '--restart "12 min"',
    "repair_time": '--repair "2 d"',
}
INITIALISATION = TERMS["initialisation"]
LEAST_SURE, MOST_SURE = 1.0, 99.0
_SHARES = (0.5, 0.8, 0.95)


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser(
        "finish", help=tr("when the run is done: failures, restarts, spares and a deadline")
    )
    add_question(parser)
    _add_terms(parser)
    add_job(parser)
    add_output(parser)
    add_measured(parser)
    parser.set_defaults(answer=finish, reference=None)
    return parser


def _add_terms(parser: Parser) -> None:
    """What is stated of the run."""
    for option, example in (
        ("by", tr('the deadline, "54 d" or 2027-03-14: how probable it is to be met')),
        ("sure", tr("the probability in percent that the finish is told at (default: 80)")),
        ("start", tr("the day on which the run begins, 2026-12-01: then the finish is told as a day")),
        ("failure-rate", tr('of the chips at work: "419 in 54 d on 16384 chips", "2e-5 /chip-hour" or llama3')),
        ("checkpoint-every", tr('useful work between two checkpoints, "30 min" (default: what is best)')),
        ("checkpoint-cost", tr('how long one stops training, "20 s" or bytecheckpoint')),
        ("storage", tr('in its place the bandwidth that the state is written at, "2 TB/s" or llama3')),
        ("restart", tr('from a failure to training again, "12 min" or megascale')),
        ("spares", tr("machines that stand by (default: always one at hand)")),
        ("repair", tr('until a failed machine is a spare again, "2 d"')),
        ("queue", tr('waiting for the machines and setting them up, "12 h"')),
        ("initialisation", tr('from starting the programs to training, "5 min", or entries: what theirs took')),
    ):
        parser.add_argument(f"--{option}", metavar=option.partition("-")[0].upper(), help=example)


def finish(command: argparse.Namespace) -> int:
    """When each system is done: a distribution, the probability to meet a deadline, and where the time goes."""
    from ipuwhatif.analysis.finish.finish import finish as finish_of
    from ipuwhatif.analysis.finish.finish import lacking
    from ipuwhatif.analysis.finish.reasons import Lacks
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.figures.finish.finish import USUAL, finish_figure
    from ipuwhatif.figures.phrases import told

    write = writer_of(command)
    sure = USUAL if command.sure is None else _probability(command.sure)
    world = load_world()
    scenario = finish_question(command, world.catalog)
    for key in lacking(world, scenario):
        raise InputError(tr("{what}: {option}", what=told(Lacks(key)), option=_LACKING_OPTIONS[key]))
    answer = finish_of(world, scenario)
    figure = finish_figure(answer, scenario, sure=sure)
    return drawn(command, figure, write, scenario, lambda: _finish_json(answer, scenario, figure, sure))


def finish_question(command: argparse.Namespace, catalog: "Catalog") -> "Scenario":
    """The scenario of `finish`: what is stated of the run as levers of all systems, the deadline as its target."""
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.records import replace
    from ipuwhatif.scenario.dates import parse_date, parse_deadline

    start = "" if command.start is None else parse_date(command.start)
    deadline = None if command.by is None else parse_deadline(command.by, start)
    given = {lever: getattr(command, option) for option, lever in TERMS.items()}
    of_entries = (given[INITIALISATION] or "").strip().casefold() == AS_ENTRIES
    if of_entries:
        given[INITIALISATION] = None
    terms = [f"all.{lever}={_as_published(lever, text)}" for lever, text in given.items() if text is not None]
    command = argparse.Namespace(**{**vars(command), "settings": [*command.settings, *terms]})
    scenario = replace(comparison_scenario(command, catalog), start=start, target_s=deadline)
    return _initialised_as_entries(scenario, catalog) if of_entries else scenario


def _initialised_as_entries(scenario: "Scenario", catalog: "Catalog") -> "Scenario":
    """The scenario with what entries of its job took before their clock; InputError where none tells."""
    from ipuwhatif.analysis.finish.initialisation import as_entries_had

    found = as_entries_had(catalog, scenario)
    if not found:
        text = tr(
            "no entry tells how long {workload} takes to initialise; state a time of your own",
            workload=catalog.workloads[scenario.workload].name,
        )
        raise InputError(text)
    for name, minutes in found.items():
        scenario = scenario.with_lever(name, minutes)
    return scenario


def _as_published(lever: str, text: str) -> str:
    """The figure of a published record where the text is its key, else the text."""
    from ipuwhatif.analysis.finish.finish import published_terms

    known = {term.key: term.value for term in published_terms(lever)}
    word = text.strip().casefold()
    if word not in known and known and word[:1].isalpha() and word.isascii():
        raise InputError(
            tr(
                "{text} is no published record of this; known: {known}; or state a figure of your own",
                text=quoted(text),
                known=tr(", ").join(known),
            )
        )
    return repr(known[word]) if word in known else text


def _probability(text: str) -> float:
    """A typed probability, "80" or "80 %", from 0 to 1."""
    try:
        percent = parse_quantity(text.strip().removesuffix("%").strip(), "1")
    except InputError:
        percent = 0.0
    if not LEAST_SURE <= percent <= MOST_SURE:
        raise InputError(tr("{text} is not from 1 to 99 percent; write for example 80", text=quoted(text)))
    return percent / 100.0


def _finish_json(answer: "Finish", scenario: "Scenario", figure: "Figure", sure: float) -> dict[str, Any]:
    return {
        "workload": scenario.workload,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "levers": dict(scenario.levers),
        "settings": [told(setting) for setting in answer.settings],
        "start": scenario.start or None,
        "deadline_s": scenario.target_s,
        "failures_counted": answer.fails,
        "headline": figure.headline.text,
        "systems": [_run_json(run, scenario, sure) for run in answer.runs],
        "missing": [{"system": each.choice.key, "reason": told(each.reason)} for each in answer.missing],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _run_json(run: "Run", scenario: "Scenario", sure: float) -> dict[str, Any]:
    """Seconds; the parts add up to the mean. `checkpoint_interval_s` is null where no checkpoint is taken."""
    from math import isinf

    from ipuwhatif.cli.as_json import quantity_json
    from ipuwhatif.scenario.dates import day_of

    stops, deadline = run.stops, scenario.target_s
    shares = sorted({*_SHARES, sure})
    return {
        "system": run.projection.choice.key,
        "chips": run.projection.choice.chips,
        "chips_at_work": run.chips,
        "projection_basis": run.projection.basis,
        "time_to_train_s": quantity_json(run.projection.time_to_train_s),
        "done_s": [{"probability": each, "s": run.sure(each)} for each in shares],
        "done_on": [{"probability": each, "day": told(day_of(scenario.start, run.sure(each)))} for each in shares]
        if scenario.start
        else None,
        "probability_by_deadline": None if deadline is None else run.done_by(deadline),
        "mean_s": run.mean,
        "parts_s": dict(run.parts),
        "goodput": run.goodput,
        "failures": run.failures,
        "failures_per_s": stops.rate,
        "checkpoint_interval_s": None if isinf(stops.interval) else stops.interval,
        "checkpoint_s": stops.checkpoint,
        "restart_s": stops.restart,
        "no_spare_probability": stops.short,
    }
