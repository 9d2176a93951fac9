"""`evidence`: what is known about a job.

With `--scope results`, evidence is every official result of any benchmark that fits the options.
"""

import argparse
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.options import JOB_OPTIONS, drawn, writer_of
from ipuwhatif.cli.own import own_results
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import FIRST_SYSTEMS
from ipuwhatif.cli.suite_results import FILTERS, add_filters, origin_json, results_json, wanted_of, without_row_json
from ipuwhatif.model.case import BEST
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.evidence import Evidence, EvidenceRow, HardwareRow
    from ipuwhatif.analysis.results import Quantity
    from ipuwhatif.catalog.types import Catalog, Statement
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.scenario import Scenario


#: Options that say nothing about data sheets, and nothing about a job that is known by a stated ratio only.
_OF_NO_SHEET, _OF_NO_RATIO = ("workload", "recipe", "hide_official"), ("systems", "recipe", "hide_official")


#: And nothing about official results of any benchmark, whatever the workload.
_OF_NO_RESULT = ("workload", "systems", "recipe")


#: What evidence is asked for: on a workload, on the hardware of systems, official results of any benchmark, or the
#: user's own.
SCOPES = (WORKLOAD, HARDWARE, RESULTS, MINE) = ("workload", "hardware", "results", "mine")


def add_command(subcommands: Subcommands) -> Parser:
    known = subcommands.add_parser("evidence", help=tr("official results and published figures beside the model"))
    known.add_argument(
        "-w",
        "--workload",
        metavar="WORKLOAD",
        help=tr("default: {workload}", workload=FIRST_START.workload),
    )
    known.add_argument(
        "-s",
        "--systems",
        metavar="SYSTEM[,SYSTEM...]",
        help=tr("in their colours, or whose data sheets are listed (default: {systems})", systems=FIRST_SYSTEMS),
    )
    known.add_argument(
        "--recipe", metavar="RECIPE", help=tr("division on the chart, closed or open (default: the workload's first)")
    )
    known.add_argument(
        "--scope",
        default="workload",
        metavar="SCOPE",
        help=tr("workload, hardware, results, or mine: what you imported (default: workload)"),
    )
    add_filters(known)
    known.add_argument("--hide-official", action="store_true", help=tr("leave official results out"))
    known.set_defaults(answer=evidence, usual_systems=FIRST_SYSTEMS)  # what was not given tells what would say nothing
    add_output(known)
    return known


def evidence(command: argparse.Namespace) -> int:
    """Every row of evidence on a job, the data sheets of systems, or official results of any benchmark."""
    _check_scope(command)
    if command.scope == RESULTS:
        return _results(command)
    return _evidence(command)


def _check_scope(command: argparse.Namespace) -> None:
    """InputError for an unknown scope, and for an option that says nothing about what is asked for."""
    from ipuwhatif.analysis.evidence import unknown_scope

    if command.scope not in SCOPES:
        raise unknown_scope(command.scope, SCOPES)
    if command.scope == RESULTS:
        _refuse_any(_OF_NO_RESULT, _given(command, _OF_NO_RESULT), tr("official results, --scope results"))
        return
    for option, name in FILTERS.items():
        if getattr(command, name) is not None:
            raise InputError(tr("{option} is of official results: add --scope results, or leave it out", option=option))


def _results(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.suite_results import suite_results
    from ipuwhatif.figures.evidence.suite_results import suite_results_figure

    write = writer_of(command)
    found = suite_results(wanted_of(command))
    figure = suite_results_figure(found, not command.hide_official)
    return drawn(command, figure, write, None, lambda: results_json(found, figure, command.hide_official))


def _evidence(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.evidence import evidence as evidence_on
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.figures.evidence.evidence import evidence_figure

    write, world = writer_of(command), load_world()
    scenario = evidence_scenario(command, world.catalog)
    if command.scope == MINE:
        own, figure = own_results.mine(world, scenario)
        return drawn(command, figure, write, scenario, lambda: own_results.own_results_json(own, figure))
    answer = evidence_on(world, scenario, command.scope)
    figure = evidence_figure(answer, scenario, world.catalog)
    return drawn(command, figure, write, scenario, lambda: _evidence_json(answer, scenario, figure))


def evidence_scenario(command: argparse.Namespace, catalog: "Catalog") -> "Scenario":
    """The scenario of the systems; a job that is known by a stated ratio only has evidence, and no systems."""
    from ipuwhatif.analysis.evidence import HARDWARE
    from ipuwhatif.cli.questions.scenarios import comparison_scenario, is_relative

    given = _given(command, (*_OF_NO_SHEET, *_OF_NO_RATIO))
    if command.workload is None:
        command.workload = FIRST_START.workload
    if command.systems is None:
        command.systems = command.usual_systems
    if command.scope == HARDWARE:
        _refuse_any(_OF_NO_SHEET, given, tr("data sheets, --scope hardware"))
    elif is_relative(command, catalog):
        _refuse_any(_OF_NO_RATIO, given, command.workload)
        return replace(FIRST_START, workload=command.workload, recipe=catalog.workloads[command.workload].recipes[0])
    unsaid: dict[str, Any] = {"reference": None, "settings": [], "layout": BEST, "release": None}
    asked = argparse.Namespace(**{**vars(command), **dict.fromkeys(JOB_OPTIONS), **unsaid})
    return replace(comparison_scenario(asked, catalog), show_official=not command.hide_official)


def _given(command: argparse.Namespace, options: Sequence[str]) -> set[str]:
    """The options that were given, of some that are None or off otherwise."""
    return {name for name in options if getattr(command, name) not in (None, False)}


def _refuse_any(options: Sequence[str], given: Collection[str], what: str) -> None:
    """InputError for the first of some options that was given, and says nothing about what is asked about."""
    for name in options:
        if name in given:
            option = "--" + name.replace("_", "-")
            raise InputError(tr("{option} says nothing about {what}; leave it out", option=option, what=what))


def _evidence_json(answer: "Evidence", scenario: "Scenario", figure: "Figure") -> dict[str, Any]:
    from ipuwhatif.analysis.evidence import OFFICIAL

    rows = [row for row in answer.rows if scenario.show_official or row.kind != OFFICIAL]
    return {
        "workload": answer.workload,
        "scope": answer.scope,
        "headline": figure.headline.text,
        "rows": [_row_json(row) for row in rows],
        "hidden_official": len(answer.rows) - len(rows),
        "without_row": [without_row_json(each) for each in answer.without_row],
        "statements": [_statement_json(each) for each in answer.statements],
        "hardware": [_hardware_json(each) for each in answer.hardware],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _row_json(row: "EvidenceRow") -> dict[str, Any]:
    """Seconds, seconds an epoch or samples/s, as `unit` says; what the model says is in-sample."""
    return {
        "kind": row.kind,
        "key": row.key,
        "producer": row.producer,
        "system": row.system,
        "choice": None if row.choice is None else row.choice.key,
        "chips": row.chips or None,
        "dated": row.dated or None,
        "division": None if row.official is None else row.official.division,
        "value": row.value,
        "unit": row.unit,
        "learnt_from": not row.left_out,
        "left_out": row.left_out or None,
        "model_in_sample": None if row.model is None else _quantity(row.model),
        "residual": row.residual,
        "inside": row.inside,
        "origin": origin_json(row.origin),
    }


def _statement_json(statement: "Statement") -> dict[str, Any]:
    return {
        "statement": statement.key,
        "subject": told(statement.subject),
        "baseline": statement.baseline,
        "ratio": statement.ratio,
        "origin": origin_json(statement.origin),
    }


def _hardware_json(row: "HardwareRow") -> dict[str, Any]:
    return {
        "owner": row.owner,
        "attribute": row.attribute,
        "rank": row.rank,
        "value": row.datum.value,
        "unit": row.datum.unit,
        "printed": row.datum.verbatim,
        "origin": origin_json(row.datum.origin),
    }


def _quantity(quantity: "Quantity") -> dict[str, float]:
    return {"median": quantity.median, "low": quantity.low, "high": quantity.high, "level": quantity.level}
