"""How answers are said: names, basis, ratios and intervals in the words that every chart, table and headline shares."""

from collections.abc import Sequence

from ipuwhatif.analysis.results import CALIBRATED, EXTRAPOLATED, Projection, Quantity, ScalingCurve
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import chips_label
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Tint
from ipuwhatif.figures.legal import legal
from ipuwhatif.model.case import BEST
from ipuwhatif.records import replace
from ipuwhatif.texts import run_on, tr
from ipuwhatif.units import Said, format_number, told

#: By how much a system is lighter under a scenario beside the one that is looked at.
LIGHTER = 0.45
BESIDE = "@"  # between the key of a projection and the letter of the scenario that it is of


def projection_key(choice: SystemChoice) -> str:
    """What a click on a projected number asks the why of."""
    return f"projection/{choice.key}"


def key_of(projection: Projection) -> str:
    """What a click on a projected number asks the why of; of a scenario beside the one looked at, with its letter."""
    key = projection_key(projection.choice)
    return f"{key}{BESIDE}{projection.scenario}" if projection.scenario else key


def row_tint(projection: Projection) -> Tint:
    """The tint of a system; under a scenario beside the one looked at, a lighter one."""
    tint = system_tint(projection.family, projection.choice.chips, projection.choice.system)
    return replace(tint, shade=min(1.0, tint.shade + LIGHTER)) if projection.scenario else tint


def missing_key(choice: SystemChoice) -> str:
    """What a click on a system that cannot run the job asks the why of."""
    return f"missing/{choice.key}"


def official_key(official: OfficialResult) -> str:
    """What a click on an official score asks the why of."""
    return f"official/{official.key}"


def short_name(name: str) -> str:
    """A system's name without its chip count, for a sentence that has named the count already."""
    return name.split(" (")[0]


def chips_text(word: str, count: int) -> str:
    """A number of chips in a sentence, where some languages say it otherwise than in a name."""
    many = tr(word) if count == 1 else tr("{word}s", word=tr(word))
    return tr("{count} {word}", count=format_number(count), word=many)


def basis_text(basis: str, beyond: Sequence[str] = ()) -> str:
    """The basis of a projection in words, with the axes along which it leaves the evidence."""
    return tr("model, {basis}", basis=short_basis(basis, beyond))


def short_basis(basis: str, beyond: Sequence[str] = (), sourced: bool = True) -> str:
    """The basis for a table's cell: "beyond the data: chips", and whether a figure behind it has no source."""
    if basis == CALIBRATED:
        text = tr("inside the data")
    else:
        text = tr("beyond the data: {axes}", axes=tr(", ").join(map(tr, beyond))) if beyond else tr("beyond the data")
    return text if sourced else tr("{basis}; not sourced", basis=text)


def remark_text(projection: Projection) -> str:
    """What stands beside a value on a chart: "beyond the data", "not sourced", idle chips; empty: nothing."""
    beyond = "" if projection.basis == CALIBRATED else tr("beyond the data")
    unsourced = "" if projection.sourced else tr("not sourced")
    return tr("; ").join(each for each in (beyond, unsourced, idle_text(projection)) if each)


def idle_text(projection: Projection) -> str:
    """ "uses 16 of 64 IPUs", where a layout leaves chips idle; else empty."""
    layout, chips = projection.layout, projection.choice.chips
    used = layout.replicas * layout.replica_chips
    if used >= chips:
        return ""
    return tr("uses {used} of {chips}", used=format_number(used), chips=chips_label(projection.chip_word, chips))


def short_row_name(projection: Projection) -> str:
    """What a slide says for the name, where chips stay idle: "Bow Pod1024 (uses 512 of 1,024 IPUs)"; else empty."""
    idle = idle_text(projection)
    return tr("{name} ({note})", name=short_name(projection.name), note=idle) if idle else ""


def curve_key(curve: ScalingCurve) -> str:
    """What a click on a scaling curve asks the why of."""
    return f"projection/{curve.system}"


def point_key(curve: ScalingCurve, chips: int) -> str:
    """What a click on one chip count of a curve asks the why of."""
    return projection_key(SystemChoice(curve.system, chips))


def point_name(curve: ScalingCurve, chips: int) -> str:
    """ "IPU-POD (64 IPUs)"."""
    return tr("{name} ({chips})", name=curve.name, chips=chips_label(curve.chip_word, chips))


def point_basis(curve: ScalingCurve, index: int) -> tuple[str, tuple[str, ...]]:
    """The basis of one point of a curve, and the axes along which it leaves the evidence."""
    return CALIBRATED if curve.calibrated[index] else EXTRAPOLATED, curve.beyond[index]


def moved_text(settings: Sequence[Said]) -> str:
    """Moved levers in words, where there is room for two of them: "IPU compute gain 1.30 ×" or "3 levers moved"."""
    return tr("{count} levers moved", count=len(settings)) if len(settings) > 2 else listed(settings)


def moved_clause(settings: Sequence[Said]) -> tuple[str, ...]:
    """The same as a sentence of its own, of which there is none where nothing is moved."""
    return (sentence(moved_text(settings)),) if settings else ()


def overlap(first: Quantity, second: Quantity) -> bool:
    """Whether two intervals share a value, so that no ratio between their medians may be stated."""
    return first.low <= second.high and second.low <= first.high


def ratio_text(ratio: float, rough: bool = False) -> str:
    """A ratio of times for a table: "takes 1.63 × as long" or "70.8 % less time"; rough: "about 71 % less time"."""
    if is_nearly_one(ratio, rough):
        return tr("{percent} % more time", percent=percent_more(ratio, rough))
    if ratio >= 1.0:
        return tr("takes {ratio} × as long", ratio=times_text(ratio, rough))
    return tr("{percent} % less time", percent=percent_less(ratio, rough))


def ratio_phrase(ratio: float, rough: bool = False) -> str:
    """A ratio of times as a verb phrase: "takes 1.63 × as long as" or "takes about 71 % less time than"."""
    if is_nearly_one(ratio, rough):
        return tr("takes {percent} % more time than", percent=percent_more(ratio, rough))
    if ratio >= 1.0:
        return tr("takes {ratio} × as long as", ratio=times_text(ratio, rough))
    return tr("takes {percent} % less time than", percent=percent_less(ratio, rough))


def times_text(ratio: float, rough: bool = False) -> str:
    """A ratio from 1 on: "1.63"; rough, where one side lies beyond the data, "about 1.6"."""
    if rough:
        return tr("about {number}", number=format_number(ratio, 2))
    return format_number(ratio, 3)


def is_nearly_one(ratio: float, rough: bool) -> bool:
    """Whether a ratio from 1 on would print as 1, as if nothing had changed."""
    return 1.0 <= ratio < (1.05 if rough else 1.005)


def percent_more(ratio: float, rough: bool) -> str:
    """How much more a ratio from 1 on is, in percent: "0.443"; rough "about 0.44"."""
    number = format_number(100.0 * (ratio - 1.0), 2 if rough else 3)
    return tr("about {number}", number=number) if rough else number


def percent_less(ratio: float, rough: bool = False) -> str:
    """How much less a ratio below 1 is, in percent: "70.8"; rough, where one side lies beyond the data, "about 71"."""
    percent, least = 100.0 * (1.0 - ratio), 2 if rough else 3
    # 99.97 % must not read "100 %": that would say that it takes no time at all.
    digits = next(
        digits for digits in range(least, 18) if float(format_number(percent, digits)) < 100.0 or digits == 17
    )
    number = format_number(percent, digits)
    return tr("about {number}", number=number) if rough else number


def score_range(official: OfficialResult) -> Quantity:
    """An official score with its scatter: that of its runs, or that of the suite's benchmarks, whichever is wider."""
    part = legal().score_scatter.get(official.workload or "", max(legal().score_scatter.values()))
    low = min(official.fastest_s, official.score_s * (1.0 - part))
    high = max(official.slowest_s, official.score_s * (1.0 + part))
    return Quantity(official.score_s, low, high)


def may_compare(first: OfficialResult, second: OfficialResult) -> bool:
    """Whether two official scores may stand in one comparison: same benchmark, round and division."""
    return (first.workload, first.mlperf_round, first.division) == (
        second.workload,
        second.mlperf_round,
        second.division,
    )


def layout_text(layout: Layout) -> str:
    """A layout in short: policy, global batch, and the pipeline where there is one."""
    policy = tr("best") if layout.policy == BEST else tr("as submitted")
    batch = tr("batch {batch}", batch=format_number(layout.global_batch))
    if layout.precision:
        return f"{policy} · {batch} · {cut_text(layout)}"
    if layout.pipeline_stages == 1:
        return f"{policy} · {batch}"
    replicas, stages = format_number(layout.replicas), layout.pipeline_stages
    return f"{policy} · {batch} · " + tr("{replicas} × {stages} stages", replicas=replicas, stages=stages)


def cut_text(layout: Layout) -> str:
    """How a language model is cut over its chips, in the field's short forms: "TP 4 × PP 8 × DP 16"."""
    ways = (
        ("TP", layout.tensor_parallel),
        ("CP", layout.context_parallel),
        ("PP", layout.pipeline_stages),
        ("DP", layout.replicas),
    )
    return " × ".join(f"{name} {count}" for name, count in ways if count > 1 or name == "DP")


def sentence(note: Said) -> str:
    """A note as a sentence: a capital first, a full stop last."""
    text = told(note)
    return tr("{note}.", note=text[:1].upper() + text[1:].rstrip(".。"))


def sentences(notes: Sequence[str]) -> str:
    """Notices as one text, each ended by one full stop."""
    return run_on(tr("{note}.", note=note.rstrip(".。")) for note in notes)


def listed(items: Sequence[Said]) -> str:
    """Names in a row: "A, B and C", each once, in the order given."""
    names = list(dict.fromkeys(map(told, items)))
    if len(names) < 2:
        return "".join(names)
    return tr("{first} and {last}", first=tr(", ").join(names[:-1]), last=names[-1])
