"""`ipuwhatif results`: what a file or a folder of the user's own holds, held against the model, and written as a table.

`ipuwhatif import` keeps the same, all of it or nothing; `--keep` keeps what could be read. What is kept stands under
`evidence --scope mine`, and `compare --own` marks it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console
from ipuwhatif.cli.parser import Parser, Subcommands
from ipuwhatif.records import asdict, replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, RefusedError, printable, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.own_results import OwnResults
    from ipuwhatif.analysis.world import World
    from ipuwhatif.catalog.types import Catalog, SystemChoice
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.importers.reasons import Refused
    from ipuwhatif.importers.results.own import Imported
    from ipuwhatif.importers.tables.reading import Said
    from ipuwhatif.scenario.scenario import Scenario

COLUMN = "time=Duration (h)"
ENDINGS = (".csv", ".json")  # of tables that are written


def add_command(subcommands: Subcommands) -> Parser:
    """The parser of `results`."""
    told = tr("your own results: an MLPerf® folder, a log, a summary or a table, held against the model")
    parser = subcommands.add_parser("results", help=told)
    parser.add_argument("path", metavar="PATH", help=tr("a submission folder, *.txt, *.log, *.csv, *.xlsx, *.parquet"))
    add_reading(parser)
    parser.add_argument("--keep", action="store_true", help=tr("keep what can be read among your data"))
    parser.add_argument("-o", "--output", metavar="FILE", help=tr("write what can be read as a table: .csv or .json"))
    parser.set_defaults(answer=results)
    return parser


def add_reading(parser: "Parser") -> None:
    """The options that say how results are to be read, where a file leaves it open."""
    parser.add_argument("--round", metavar="ROUND", default="", help=tr("whose rules hold, where nothing says: v5.0"))
    unit = tr("the unit of a column whose head says none, time=min; may be repeated")
    parser.add_argument("--unit", action="append", default=[], metavar="FIELD=UNIT", help=unit)
    add_columns(parser, COLUMN)


def add_columns(parser: "Parser", example: str) -> None:
    """The options that say how any table is to be read."""
    column = tr('which column is what, "{example}"; may be repeated', example=example)
    system = tr('what a name stands for, "our box=dgx-h100:8"; may be repeated')
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=HEAD", help=column)
    parser.add_argument("--system", action="append", default=[], metavar="NAME=SYSTEM", help=system)
    parser.add_argument("--decimal", default="", metavar="WORD", help=tr("comma or point, where it may be either"))


def results(command: argparse.Namespace) -> int:
    """Everything that a path holds, beside the model. InputError where nothing of it can be read."""
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.importers.results.reader import read_results

    if command.output is not None and Path(command.output).suffix.casefold() not in ENDINGS:
        raise InputError(tr("{file} is no table; name a .csv or .json file", file=quoted(command.output)))
    world = load_world()
    found = read_results(Path(command.path), world.catalog, command.round, said_of(command, world.catalog))
    if not found.results:
        raise RefusedError(found.refused[0])
    lines = [*_written(command, found), *_kept(command, found)]
    return _answer(command, world, found, lines)


def mine(world: "World", scenario: "Scenario") -> "tuple[OwnResults, Figure]":
    """What is kept, for `evidence --scope mine`."""
    from ipuwhatif.importers.results.reader import kept_results

    return _figure(world, scenario, kept_results(world.catalog))


def with_own_marks(scenario: "Scenario", catalog: "Catalog") -> "Scenario":
    """The scenario with what is kept of its systems as the user's own measurements. InputError where nothing is."""
    from ipuwhatif.analysis.own_results import own_measurements
    from ipuwhatif.importers.results.reader import kept_results
    from ipuwhatif.scenario.own_edits import set_measurements

    return set_measurements(scenario, own_measurements(scenario, kept_results(catalog).results, catalog)).scenario


def said_of(command: argparse.Namespace, catalog: "Catalog") -> "Said":
    """What the options say of a table and of names. InputError for one that says nothing."""
    from ipuwhatif.importers.tables.reading import COMMA, POINT, Said

    if command.decimal not in ("", COMMA, POINT):
        raise InputError(tr("--decimal is comma or point, not {word}", word=quoted(command.decimal)))
    return Said(
        columns=pairs("--column", command.column, COLUMN),
        units=pairs("--unit", command.unit, "time=min"),
        systems=stated_systems(command.system, catalog),
        decimal=command.decimal,
    )


def stated_systems(texts: Sequence[str], catalog: "Catalog") -> "dict[str, SystemChoice]":
    """What names of a table stand for, "our box=dgx-h100:8" each."""
    from ipuwhatif.catalog.names import parse_system

    found = pairs("--system", texts, "our box=dgx-h100:8")
    return {name: parse_system(system, catalog) for name, system in found.items()}


def pairs(option: str, texts: Sequence[str], example: str) -> dict[str, str]:
    """What an option that may be repeated says, by what it says it of. InputError for one that says nothing."""
    found = {}
    for text in texts:
        name, equals, value = text.rpartition("=") if option == "--system" else text.partition("=")
        if not (name.strip() and equals and value.strip()):
            told = tr("{option} {text}: write {example}", option=option, text=quoted(text), example=quoted(example))
            raise InputError(told)
        found[name.strip()] = value.strip()
    return found


def _written(command: argparse.Namespace, found: "Imported") -> list[str]:
    from ipuwhatif.importers.results.own_table import json_text, table_text
    from ipuwhatif.scenario.files.storage import write_file

    if command.output is None:
        return []
    path = Path(command.output)
    text = json_text(found.results) if path.suffix.casefold() == ".json" else table_text(found.results)
    write_file(path, text.encode())
    return [tr("Written: {path}", path=printable(path))]


def _kept(command: argparse.Namespace, found: "Imported") -> list[str]:
    from ipuwhatif.importers.results.reader import brought_of
    from ipuwhatif.importers.store import keep

    if not command.keep:
        return []
    thing = brought_of(found, Path(command.path))
    keep([thing])
    return [tr("Imported: {kind} {name}", kind=thing.kind, name=thing.name)]


def _answer(command: argparse.Namespace, world: "World", found: "Imported", told: Sequence[str]) -> int:
    from ipuwhatif.export.terminal import table_text

    workload = next((each.workload for each in found.results if each.workload), FIRST_START.workload)
    recipe = world.catalog.workloads[workload].recipes[0]
    answer, figure = _figure(world, replace(FIRST_START, workload=workload, recipe=recipe), found)
    return console.answer(
        command.json, lambda: "\n".join((table_text(figure), *told)), lambda: own_results_json(answer, figure)
    )


def _figure(world: "World", scenario: "Scenario", found: "Imported") -> "tuple[OwnResults, Figure]":
    from ipuwhatif.analysis.own_results import own_results
    from ipuwhatif.figures.evidence.own_results import own_results_figure

    answer = own_results(world, scenario, found)
    return answer, own_results_figure(answer, scenario, world.catalog)


def refused_json(refused: "Refused") -> dict[str, str]:
    """What was not read, and why."""
    return {"place": told(refused.place), "reason": told(refused.reason)}


def own_results_json(answer: "OwnResults", figure: "Figure") -> dict[str, Any]:
    """Seconds or samples/s; what is projected is in the quantity that was measured."""
    return {
        "scope": "mine",
        "headline": figure.headline.text,
        "results": [
            {
                "place": told(row.result.place),
                "system": row.result.system,
                "choice": None if row.result.choice is None else row.result.choice.key,
                "chips": row.result.chips,
                "job": row.result.job,
                "measured": {"quantity": row.result.measurement.quantity, "value": row.result.measurement.value},
                "global_batch": row.result.global_batch,
                "runs": row.result.runs,
                "by_rules": row.result.by_rules,
                "release": row.release,
                "projected": None if row.projected is None else asdict(row.projected),
                "not_projected": told(row.why_not) or None,
                "residual": row.residual,
                "inside": row.inside,
                "official_s": None if row.official is None else row.official.score_s,
                "notes": list(map(told, row.result.notes)),
            }
            for row in answer.rows
        ],
        "refused": [refused_json(each) for each in answer.refused],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }
