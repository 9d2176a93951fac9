"""The commands with their options and what each says of itself."""

import argparse
from collections.abc import Sequence

from ipuwhatif.cli import (
    attribution,
    backtest,
    claims,
    commands,
    cost,
    evidence,
    export,
    finish,
    memory,
    opening,
    roofline,
    sweep,
    what_if,
)
from ipuwhatif.cli.own import learnt, measured, mine, own_results, price_lists
from ipuwhatif.cli.own.network import network as tell_network
from ipuwhatif.cli.own.network import take_network
from ipuwhatif.cli.parser import Parser, Subcommands, add_output, check_command, check_output, count, one_of
from ipuwhatif.cli.question_options import (
    add_choices,
    add_job,
    add_measured,
    add_own,
    add_pins,
    add_prices,
    add_question,
)
from ipuwhatif.cli.questions.prices import BASIS_WORDS
from ipuwhatif.scenario.scenario import FIRST_START, SUFFIX
from ipuwhatif.texts import LANGUAGES, library_words, tr
from ipuwhatif.units import InputError, misspelt, quoted

MOST_TOLD = 3  # words of a fault


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed command line; its `answer` is the function that answers it. InputError for any fault.

    `file` is the scenario file that stands in the place of a command, or None.
    """
    words = list(arguments)
    first = next((place for place, word in enumerate(words) if not word.startswith("-")), len(words))
    file = words.pop(first) if first < len(words) and _carries_scenario(words[first]) else None
    if file is not None and len(words) > first:
        raise InputError(
            tr(
                "{file} opens the app, nothing goes with it; leave out {word}",
                file=quoted(file),
                word=quoted(words[first]),
            )
        )
    with library_words():
        parser, known = _parser()
        check_command(words, known)
        command, unknown = parser.parse_known_args(words)
    if unknown:
        raise InputError(_unknown_text(unknown, getattr(command, "options", (opening.LANGUAGE, opening.SMOKE))))
    command.file = file
    if command.smoke and command.command is not None:
        raise InputError(tr("--smoke opens the app, no command goes with it; leave one of them out"))
    check_output(command)
    take_network(command)
    return command


def _carries_scenario(word: str) -> bool:
    """Whether a word names a file of a kind that the window opens: a scenario, or what was exported with one inside."""
    if "." not in word:  # a command: what exports carry need not be known
        return False
    from ipuwhatif.export.embedded_document import SUFFIXES

    return word.casefold().endswith((SUFFIX, ".json", *SUFFIXES))


def _unknown_text(words: Sequence[str], options: Sequence[str]) -> str:
    """What is left of a command line that nothing takes, with the option that an unknown one was meant to be."""
    fault = tr("nothing takes {words}", words=", ".join(quoted(word) for word in words[:MOST_TOLD]))
    option = next((word.partition("=")[0] for word in words if word.startswith("--")), "")
    near = misspelt(option, options, 0.7)
    if near is not None:
        return tr("{fault}; the nearest is {word}", fault=fault, word=near)
    return tr("{fault}; --help tells what is taken", fault=fault)


def _parser() -> tuple[Parser, Subcommands]:
    """The parser, and the commands that it knows."""
    parser = Parser(
        prog="ipuwhatif",
        description=tr(
            "Projected training times of IPU and GPU systems. Without a command: open the app, "
            "on a scenario where a file is given: ipuwhatif plan.ipuwhatif"
        ),
    )
    parser.set_defaults(answer=commands.open_window)
    parser.add_argument(
        "--smoke",
        action="store_true",
        help=tr("open the app without a screen, wait for its first projection, print it and end"),
    )
    parser.add_argument(  # taken before anything is worded; here for the help
        opening.LANGUAGE, metavar="LANGUAGE", help=tr("of every answer and file: {words}", words=", ".join(LANGUAGES))
    )
    subcommands = parser.add_subparsers(metavar="COMMAND", dest="command")

    answering: tuple[Parser, ...] = (
        _add_listing(subcommands),
        _add_project(subcommands),
        _add_compare(subcommands),
        _add_scaling(subcommands),
        *_add_what_if(subcommands),
        backtest.add_command(subcommands),
        attribution.add_command(subcommands),
        claims.add_command(subcommands),
        evidence.add_command(subcommands),
        roofline.add_command(subcommands),
        measured.add_command(subcommands),
        sweep.add_command(subcommands),
        _add_export(subcommands),
        *mine.add_commands(subcommands),
        _add_network(subcommands),
        own_results.add_command(subcommands),
        price_lists.add_command(subcommands),
    )
    for subcommand in answering:
        subcommand.add_argument("--json", action="store_true", help=tr("the answer as JSON"))
        subcommand.set_defaults(options=tuple(subcommand.options))
    return parser, subcommands


def _add_listing(subcommands: Subcommands) -> Parser:
    listing = subcommands.add_parser("list", help=tr("what can be asked about"))
    listing.add_argument("kind", metavar="KIND", type=one_of(tuple(commands.LISTS)), help=", ".join(commands.LISTS))
    listing.set_defaults(answer=commands.list_kind)
    return listing


def _add_project(subcommands: Subcommands) -> Parser:
    project = subcommands.add_parser("project", help=tr("one projection with its parts, interval and sources"))
    project.add_argument(
        "-w",
        "--workload",
        required=True,
        metavar="WORKLOAD",
        help=tr("for example resnet50, or a network file, config.json or *.onnx"),
    )
    project.add_argument("-s", "--system", metavar="SYSTEM", help=tr("for example ipu-pod:64 or dgx-a100"))
    add_choices(project)
    add_job(project)
    project.add_argument(
        "--baseline-time",
        metavar="TIME",
        help=tr('what the job takes you today, "70.5 h"; for jobs that are known by a stated ratio only'),
    )
    project.add_argument(
        "--statement", metavar="STATEMENT", help=tr("which stated ratio, where there are several: weather-europe-cpu")
    )
    add_pins(project)
    add_measured(project)
    project.set_defaults(answer=commands.project)
    return project


def _add_compare(subcommands: Subcommands) -> Parser:
    compare = subcommands.add_parser("compare", help=tr("several systems on one workload"))
    add_question(compare)
    add_job(compare)
    compare.add_argument(
        "--reference",
        metavar="SYSTEM",
        help=tr(
            "the listed system that the others are held against (default: {system} where it is listed, else the first)",
            system=FIRST_START.reference,
        ),
    )
    compare.add_argument(
        "--subject",
        metavar="SYSTEM",
        help=tr("the listed system that the headline speaks of (default: the first beside the reference)"),
    )
    compare.add_argument(
        "--basis",
        type=one_of(BASIS_WORDS),
        default=BASIS_WORDS[0],
        metavar="BASIS",
        help=tr(
            "what systems are compared by: {words} (default: {word})", words=", ".join(BASIS_WORDS), word=BASIS_WORDS[0]
        ),
    )
    add_prices(compare)
    add_measured(compare)
    add_own(compare)
    add_output(compare)
    compare.set_defaults(answer=commands.compare)
    return compare


def _add_scaling(subcommands: Subcommands) -> Parser:
    scaling = subcommands.add_parser("scaling", help=tr("time-to-train along the chip count"))
    add_question(scaling, systems=",".join(dict.fromkeys(choice.system for choice in FIRST_START.systems)))
    add_job(scaling)
    scaling.add_argument("--from", dest="low", type=count, default=16, metavar="N", help=tr("chips (default: 16)"))
    scaling.add_argument("--to", dest="high", type=count, default=1024, metavar="N", help=tr("chips (default: 1024)"))
    add_measured(scaling)
    add_own(scaling)
    add_output(scaling)
    scaling.set_defaults(answer=commands.scaling)
    return scaling


def _add_export(subcommands: Subcommands) -> Parser:
    exported = subcommands.add_parser("export", help=tr("a scenario file as slides, workbook, document or page"))
    exported.add_argument(
        "scenario", metavar="SCENARIO", help=tr("a .ipuwhatif file, a file that was exported, or story:article")
    )
    export.add_choice(exported)
    add_output(exported, required=True)
    exported.set_defaults(answer=export.export)
    return exported


def _add_network(subcommands: Subcommands) -> Parser:
    told = subcommands.add_parser("network", help=tr("parameters, FLOPs and ops of a network file"))
    told.add_argument("network_file", metavar="FILE", help=tr("a config.json of Hugging Face, or an .onnx file"))
    told.add_argument(
        "--size",
        dest="sizes",
        action="append",
        default=[],
        metavar="NAME=N",
        help=tr("size of a dimension that an .onnx file only names, sequence=128; may be repeated"),
    )
    told.add_argument("--keep", action="store_true", help=tr("keep it among your data, as a job by its name"))
    told.add_argument("--yes", action="store_true", help=tr("what is asked about it is right"))
    told.set_defaults(answer=tell_network)
    return told


def _add_what_if(subcommands: Subcommands) -> tuple[Parser, ...]:
    """The commands that ask what if about one system, where the time of several goes, or what they cost."""
    asked = (
        *what_if.add_commands(subcommands),
        memory.add_command(subcommands),
        finish.add_command(subcommands),
        cost.add_command(subcommands),
    )
    return *asked, *learnt.add_commands(subcommands)
