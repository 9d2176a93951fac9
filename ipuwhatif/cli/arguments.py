"""The commands with their options and what each says of itself."""

import argparse
from collections.abc import Sequence

from ipuwhatif.cli import (
    commands,
    evidence,
    export,
    opening,
    record,
    sweep,
    what_if,
)
from ipuwhatif.cli.cost import MEASURES
from ipuwhatif.cli.cost import cost as tell_cost
from ipuwhatif.cli.finish import add_options as add_finish_options
from ipuwhatif.cli.memory import memory as tell_memory
from ipuwhatif.cli.options import JOB_OPTIONS
from ipuwhatif.cli.own import learnt, measured, mine, own_results, price_lists
from ipuwhatif.cli.own.network import network as tell_network
from ipuwhatif.cli.own.network import take_network
from ipuwhatif.cli.parser import Parser, Subcommands, add_output, check_output, count, one_of
from ipuwhatif.cli.prices import BASIS_WORDS, EXAMPLE
from ipuwhatif.model.case import BEST, LAYOUT_POLICIES
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
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
        command, unknown = _parser().parse_known_args(words)
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
    from ipuwhatif.export.carried import SUFFIXES

    return word.casefold().endswith((SUFFIX, ".json", *SUFFIXES))


def _unknown_text(words: Sequence[str], options: Sequence[str]) -> str:
    """What is left of a command line that nothing takes, with the option that an unknown one was meant to be."""
    fault = tr("nothing takes {words}", words=", ".join(quoted(word) for word in words[:MOST_TOLD]))
    option = next((word.partition("=")[0] for word in words if word.startswith("--")), "")
    near = misspelt(option, options, 0.7)
    if near is not None:
        return tr("{fault}; the nearest is {word}", fault=fault, word=near)
    return tr("{fault}; --help tells what is taken", fault=fault)


def _parser() -> Parser:
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
        *_add_record(subcommands),
        *evidence.add_commands(subcommands, _add_question, _add_job),
        measured.add_command(subcommands, _add_choices, _add_job),
        sweep.add_command(subcommands),
        _add_export(subcommands),
        *mine.add_commands(subcommands),
        _add_network(subcommands),
        own_results.add_command(subcommands),
        price_lists.add_command(subcommands),
    )
    for subcommand in answering:
        subcommand.add_argument("--json", action="store_true", help=tr("the answer as JSON"))
        subcommand.set_defaults(options=subcommand.options())
    return parser


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
    _add_choices(project)
    _add_job(project)
    project.add_argument(
        "--baseline-time",
        metavar="TIME",
        help=tr('what the job takes you today, "70.5 h"; for jobs that are known by a stated ratio only'),
    )
    project.add_argument(
        "--statement", metavar="STATEMENT", help=tr("which stated ratio, where there are several: weather-europe-cpu")
    )
    _add_pins(project)
    _add_measured(project)
    project.set_defaults(answer=commands.project)
    return project


def _add_pins(parser: Parser) -> None:
    """Parts of the layout that are held, and how a language model is cut over the chips of a replica."""
    parser.add_argument("--global-batch", metavar="N", help=tr("samples that an update of the weights sees"))
    for name, what in (
        ("micro-batch", tr("samples (packs for BERT on IPUs) that pass through a replica at once")),
        ("pipeline-stages", tr("chips that a replica is spread over")),
        ("gradient-accumulation", tr("micro-batches between two updates")),
        ("tensor-parallel", tr("chips that share each product, of a language model")),
        ("context-parallel", tr("chips that share a sequence, of a language model")),
    ):
        parser.add_argument(f"--{name}", type=count, metavar="N", help=what)
    parser.add_argument(
        "--precision",
        type=one_of(tuple(PRECISIONS)),
        metavar="P",
        help=tr("of the products of a language model: bf16, fp8, mxfp8 (blocks have a scale) or fp4"),
    )
    parser.add_argument(
        "--recompute",
        type=one_of(tuple(RECOMPUTE)),
        metavar="MODE",
        help=tr("layers of a language model that the backward pass computes again: none, selective or full"),
    )


def _add_compare(subcommands: Subcommands) -> Parser:
    compare = subcommands.add_parser("compare", help=tr("several systems on one workload"))
    _add_question(compare, systems=",".join(choice.key for choice in FIRST_START.systems))
    _add_job(compare)
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
    _add_prices(compare)
    _add_measured(compare)
    _add_own(compare)
    add_output(compare)
    compare.set_defaults(answer=commands.compare)
    return compare


def _add_scaling(subcommands: Subcommands) -> Parser:
    scaling = subcommands.add_parser("scaling", help=tr("time-to-train along the chip count"))
    _add_question(scaling, systems=",".join(dict.fromkeys(choice.system for choice in FIRST_START.systems)))
    _add_job(scaling)
    scaling.add_argument("--from", dest="low", type=count, default=16, metavar="N", help=tr("chips (default: 16)"))
    scaling.add_argument("--to", dest="high", type=count, default=1024, metavar="N", help=tr("chips (default: 1024)"))
    _add_measured(scaling)
    _add_own(scaling)
    add_output(scaling)
    scaling.set_defaults(answer=commands.scaling)
    return scaling


def _add_own(parser: Parser) -> None:
    parser.add_argument("--own", action="store_true", help=tr("mark what you have imported of these systems"))


def _add_record(subcommands: Subcommands) -> tuple[Parser, ...]:
    """The commands about the record: back-tests, the change between two results, the article check."""
    backtest = subcommands.add_parser("backtest", help=tr("how well the model predicts results that were left out"))
    add_output(backtest)
    backtest.add_argument(
        "--protocol", metavar="PROTOCOL", help=tr("which back-test is written (default: leave-one-size-out)")
    )
    backtest.add_argument(
        "--residuals", action="store_true", help=tr("write the errors by chip instead of predicted against measured")
    )
    backtest.add_argument(
        "--probabilities", action="store_true", help=tr("write how often probabilities held, in the place of both")
    )
    backtest.add_argument("--again", action="store_true", help=tr("fit anew (minutes) instead of the stored record"))
    backtest.set_defaults(answer=record.backtest)

    attribute = subcommands.add_parser("attribute", help=tr("why two official results, or two projections, differ"))
    _add_ends(attribute)
    claims = subcommands.add_parser("claims", help=tr("the article check: each statement, computed from evidence"))
    add_output(claims)
    claims.set_defaults(answer=record.claims)
    return backtest, attribute, claims


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
    seek = subcommands.add_parser("seek", help=tr("what brings the time of a system to a target"))
    tornado = subcommands.add_parser("sensitivity", help=tr("what the time of a system hangs on"))
    breakdown = subcommands.add_parser("breakdown", help=tr("where the time of several systems goes"))
    for parser in (seek, tornado):
        parser.add_argument("-w", "--workload", required=True, metavar="WORKLOAD", help=tr("for example resnet50"))
        parser.add_argument(
            "-s",
            "--system",
            required=True,
            metavar="SYSTEM",
            help=tr("for example ipu-pod:64; over chips also ipu-pod"),
        )
        _add_choices(parser)
    seek.add_argument("--target", required=True, metavar="TIME", help=tr('the time to meet, for example "1 min"'))
    seek.add_argument(
        "--over",
        default="chips",
        metavar="WHAT",
        help=tr("chips, a lever such as ipu.compute_gain, or any: the cheapest combination of gains (default: chips)"),
    )
    seek.set_defaults(answer=what_if.seek)
    tornado.set_defaults(answer=what_if.sensitivity)
    _add_question(breakdown, systems=",".join(choice.key for choice in FIRST_START.systems))
    breakdown.add_argument("--share", action="store_true", help=tr("parts of each time over the whole of it"))
    breakdown.set_defaults(answer=what_if.breakdown, reference=None)
    memory = subcommands.add_parser("memory", help=tr("what fills the memory of a chip, and what would make a job fit"))
    _add_question(memory, systems=",".join(choice.key for choice in FIRST_START.systems))
    _add_pins(memory)
    memory.set_defaults(answer=tell_memory, reference=None)
    finish = subcommands.add_parser(
        "finish", help=tr("when the run is done: failures, restarts, spares and a deadline")
    )
    _add_question(finish, systems=",".join(choice.key for choice in FIRST_START.systems))
    add_finish_options(finish)
    cost = subcommands.add_parser("cost", help=tr("money, energy and carbon to train once, from what you state"))
    _add_question(cost, systems=",".join(choice.key for choice in FIRST_START.systems))
    _add_prices(cost)
    cost.add_argument(
        "--measure",
        type=one_of(MEASURES),
        metavar="MEASURE",
        help=tr("what the chart shows: {words} (default: the first that can be told)", words=", ".join(MEASURES)),
    )
    cost.set_defaults(answer=tell_cost, reference=None)
    moved, following = learnt.add_commands(subcommands)
    for parser in (moved, following):
        _add_question(parser, systems=",".join(choice.key for choice in FIRST_START.systems))
    for parser in (seek, tornado, breakdown, memory, finish, cost, moved, following):
        _add_job(parser)
    for parser in (tornado, breakdown, memory, finish, cost, moved, following):
        add_output(parser)
    for parser in (seek, tornado, breakdown, finish, cost, moved, following):
        _add_measured(parser)
    return seek, tornado, breakdown, memory, finish, cost, moved, following


def _add_question(parser: Parser, systems: str) -> None:
    parser.add_argument(
        "-w",
        "--workload",
        default=FIRST_START.workload,
        metavar="WORKLOAD",
        help=tr("default: {workload}; or a network file, config.json or *.onnx", workload=FIRST_START.workload),
    )
    parser.add_argument(
        "-s",
        "--systems",
        default=systems,
        metavar="SYSTEM[,SYSTEM...]",
        help=tr("default: {systems}", systems=systems),
    )
    _add_choices(parser)


def _add_measured(parser: Parser) -> None:
    parser.add_argument(
        "--measured",
        action="append",
        default=[],
        metavar="SYSTEM=VALUE",
        help=tr(
            'a measurement of yours that projections follow, "ipu-pod:16=30 min" or "dgx-a100=21,000 images/s"; may be '
            "repeated"
        ),
    )
    parser.add_argument(
        "--profile", default="", metavar="NAME", help=tr("a profile of your own results that projections follow")
    )


def _add_prices(parser: Parser) -> None:
    parser.add_argument(
        "--price",
        action="append",
        default=[],
        metavar="PRICE",
        help=tr(
            'what a system costs, "{example}", or an hour of it, "dgx-a100=32.77 USD/h 2021 a quote"; may be repeated',
            example=EXAMPLE,
        ),
    )


def _add_ends(parser: Parser) -> None:
    parser.add_argument(
        "entries",
        nargs="*",
        metavar="ENTRY",
        help=tr("two official results, for example v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"),
    )
    parser.add_argument("-w", "--workload", metavar="WORKLOAD", help=tr("of two projections, for example resnet50"))
    parser.add_argument("-s", "--systems", metavar="SYSTEM[,SYSTEM]", help=tr("of two projections: one system, or two"))
    _add_choices(parser)
    parser.add_argument(
        "--to-release", metavar="RELEASE", help=tr("software of the second projection (default: that of the first)")
    )
    add_output(parser)
    # None tells what was not given: nothing of this goes with two entries. Levers move the second projection.
    parser.set_defaults(answer=record.attribute, release=None, layout=None, **dict.fromkeys(JOB_OPTIONS))


def _add_choices(parser: Parser) -> None:
    parser.add_argument(
        "--release",
        metavar="RELEASE",
        help=tr(
            "software as of (default: {release}, of language models the newest with entries)",
            release=FIRST_START.release,
        ),
    )
    parser.add_argument("--recipe", metavar="RECIPE", help=tr("closed or open (default: the workload's first)"))
    parser.add_argument(
        "--layout",
        type=one_of(LAYOUT_POLICIES),
        default=BEST,
        metavar="POLICY",
        help=tr("{policies} (default: {policy})", policies=tr(" or ").join(LAYOUT_POLICIES), policy=BEST),
    )
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help=tr("move a lever, for example ipu.compute_gain=1.3 or ipu-pod:64.global_batch=3200; may be repeated"),
    )


def _add_job(parser: Parser) -> None:
    """What the user states of a job without a quality target."""
    for name, what in (
        ("epochs", tr("amount of work, of a job without a quality target: 350")),
        ("tokens", tr('the same, of a language model: "10 G"')),
        ("samples", tr('the same, in samples of any such job: "2 M"')),
    ):
        parser.add_argument(f"--{name}", metavar="N", help=what)
    parser.add_argument(
        "--layers",
        metavar="N",
        help=tr("layers of a transformer; of the weather-emulator the sizes from the input to the output: 275,256,182"),
    )
    for name, what in (
        ("width", tr("hidden width of a transformer: 4096")),
        ("heads", tr("its heads of attention: 32")),
        ("kv-heads", tr("its heads of keys and values: 8")),
        ("ffn", tr("width of its feed-forward layers: 14336")),
        ("vocab", tr("its vocabulary: 128256")),
        ("sequence", tr("tokens of a sequence, of a language model that is timed for stated tokens: 8192")),
        ("adapter-rank", tr("of a transformer that is fine-tuned by adapters (LoRA), all other weights frozen: 16")),
    ):
        parser.add_argument(f"--{name}", metavar="N", help=what)
    parser.add_argument(
        "--stack",
        "--software",
        dest="software",
        metavar="STACK",
        help=tr("whose software GPUs run: mlperf, vendor, framework, pytorch, or a release such as pytorch-21.03"),
    )
