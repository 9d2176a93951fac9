"""Options that several commands share: what is asked about, stated of it, measured of it, and what it costs."""

from ipuwhatif.cli.parser import Parser, count, one_of
from ipuwhatif.cli.questions.prices import EXAMPLE
from ipuwhatif.model.case import BEST, LAYOUT_POLICIES
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.texts import tr

FIRST_SYSTEMS = ",".join(choice.key for choice in FIRST_START.systems)


def add_pins(parser: Parser) -> None:
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


def add_own(parser: Parser) -> None:
    parser.add_argument("--own", action="store_true", help=tr("mark what you have imported of these systems"))


def add_question(parser: Parser, systems: str = FIRST_SYSTEMS) -> None:
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
    add_choices(parser)


def add_measured(parser: Parser) -> None:
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


def add_prices(parser: Parser) -> None:
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


def add_choices(parser: Parser) -> None:
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


def add_job(parser: Parser) -> None:
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
        help=tr(
            "whose software GPUs run: mlperf, vendor, framework, pytorch or jax, or a release such as pytorch-21.03"
        ),
    )
