"""The reply to "where does that number come from?": formula, parts, inputs, layout and evidence behind it."""

from collections.abc import Sequence

from ipuwhatif.analysis.results import Input, Missing, Projection, Quantity, ScalingCurve
from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import chips_label
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.figures.footnotes import category, retrieval, suite_version
from ipuwhatif.figures.job_titles import division, time_words, workload_name
from ipuwhatif.figures.phrasing import (
    basis_text,
    curve_key,
    key_of,
    layout_text,
    missing_key,
    official_key,
    point_basis,
    point_key,
    point_name,
    sentence,
)
from ipuwhatif.figures.scaling.shown_points import shown_points
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.changed_settings import changed_rows
from ipuwhatif.figures.why.formula import formula_rows, interval_text, part_rows
from ipuwhatif.figures.why.term_words import input_origin
from ipuwhatif.model.case import BEST, Assumed, Gains, is_pinned
from ipuwhatif.texts import tr
from ipuwhatif.units import format_minutes, format_number, told


def projection_why(projection: Projection) -> Why:
    """Everything behind one projected time."""
    time = projection.time_to_train_s
    return Why(
        key=key_of(projection),
        title=projection.name,
        value=time_text(time.median),
        summary=tr(
            "Projected {timed}, {interval} with {level} % probability; {basis}.",
            timed=time_words(projection.job, projection.case.samples),
            interval=interval_text(time),
            level=format_number(100.0 * time.level, 2),
            basis=basis_text(projection.basis, projection.beyond),
        ),
        sections=Lazy(lambda: _sections(projection)),
        basis=basis_text(projection.basis, projection.beyond),
    )


def _sections(projection: Projection) -> tuple[WhySection, ...]:
    """Told when somebody asks: a drag makes many replies that nobody opens."""
    sections = (
        WhySection(tr("Formula"), formula_rows(projection), is_formula=True),
        WhySection(tr("Moved by you"), changed_rows(projection)),
        WhySection(tr("Where the time goes"), part_rows(projection)),
        WhySection(
            tr("Inputs"),
            tuple(map(_input_row, projection.inputs)),
        ),
        WhySection(tr("Layout"), layout_rows(projection.layout)),
        WhySection(tr("Evidence nearby"), tuple(_evidence_row(projection, each) for each in projection.evidence)),
        WhySection(tr("Notes"), tuple(WhyRow(told(note), "") for note in projection.notes)),
    )
    return tuple(section for section in sections if section.rows)


def _input_row(given: Input) -> WhyRow:
    origin = input_origin(given)
    return WhyRow(told(given.what), told(given.value), _source(origin.title, origin.kind), origin)


def is_whole(why: Why) -> bool:
    """Whether a reply has the formula in it: that of a point of a curve has not, until its projection is asked for."""
    return any(section.is_formula for section in why.sections)


def missing_why(missing: Missing) -> Why:
    """Why a system cannot run the job."""
    return Why(missing_key(missing.choice), missing.name, tr("no projection"), sentence(missing.reason), ())


def curve_why(curve: ScalingCurve, timed: str) -> Why:
    """What a scaling curve shows, chip count by chip count; `timed` says of what: "time to train"."""
    rows = []
    for index in shown_points(curve):
        quantity = Quantity(curve.median[index], curve.low[index], curve.high[index])
        basis = basis_text(*point_basis(curve, index))
        value = time_text(quantity.median)
        rows.append(
            WhyRow(chips_label(curve.chip_word, curve.chips[index]), value, f"{interval_text(quantity)} · {basis}")
        )
    return Why(
        key=curve_key(curve),
        title=curve.name,
        value=tr("{first} to {last}", first=time_text(curve.median[0]), last=time_text(curve.median[-1])),
        summary=tr(
            "Projected {timed} from {first} to {last}. Solid where the evidence reaches, dashed beyond it. "
            "Ask why at one of its sizes to see formula, inputs and sources.",
            timed=timed,
            first=chips_label(curve.chip_word, curve.chips[0]),
            last=chips_label(curve.chip_word, curve.chips[-1]),
        ),
        sections=(WhySection(tr("Along the chip count"), tuple(rows)),),
    )


def point_why(curve: ScalingCurve, index: int, timed: str) -> Why:
    """What a scaling curve knows of one of its chip counts; `analysis.point` has the rest when it is asked for."""
    chips = curve.chips[index]
    quantity = Quantity(curve.median[index], curve.low[index], curve.high[index])
    batch = format_number(curve.layouts[index].global_batch)
    rows = [WhyRow(tr("Global batch"), batch, tr("of the layout with the least time"))]
    if curve.baseline_median is not None:
        rows.append(WhyRow(tr("Baseline"), time_text(curve.baseline_median[index]), tr("no lever moved")))
    for official in curve.official:
        if official.chips == chips:
            name = tr("Official result, {submitter}", submitter=official.submitter)
            detail = f"{suite_version(official)}, {division(official.division)}; {retrieval(official)}"
            rows.append(WhyRow(name, format_minutes(official.score_s), detail, official.origin))
    return Why(
        key=point_key(curve, chips),
        title=point_name(curve, chips),
        value=time_text(quantity.median),
        summary=tr(
            "Projected {timed}, {interval} with {level} % probability; {basis}.",
            timed=timed,
            interval=interval_text(quantity),
            level=format_number(100.0 * quantity.level, 2),
            basis=basis_text(*point_basis(curve, index)),
        ),
        sections=(WhySection(tr("At this chip count"), tuple(rows)),),
        basis=basis_text(*point_basis(curve, index)),
    )


def official_why(official: OfficialResult, name: str, catalog: Catalog) -> Why:
    """Everything known about one official score; `name` is our name of the system."""
    system = tr("{chips} × {accelerator}", chips=format_number(official.chips), accelerator=official.accelerator)
    entry = (
        WhyRow(
            tr("Entry"), tr("{submitter}, {system}", submitter=official.submitter, system=official.system_name), system
        ),
        WhyRow(
            tr("Benchmark"),
            suite_version(official),
            f"{workload_name(official.workload, catalog.workloads)}, {division(official.division)}",
        ),
        WhyRow(tr("Category"), category(official)),
        WhyRow(tr("Source"), official.origin.title, retrieval(official), official.origin),
    )
    return Why(
        key=official_key(official),
        title=name,
        value=format_minutes(official.score_s),
        summary=tr(
            "Official {suite} result, as published: the mean of the runs without the fastest and the slowest.",
            suite=suite_version(official),
        ),
        sections=(
            WhySection(tr("Entry"), entry),
            WhySection(tr("Runs"), _run_rows(official)),
            WhySection(tr("How it was run"), _how_rows(official)),
        ),
    )


def layout_rows(layout: Layout, chosen: bool = True) -> tuple[WhyRow, ...]:
    """A layout part by part; chosen: it is that of a projection, and has a policy and a batch."""
    rows = [
        WhyRow(tr("Replicas"), format_number(layout.replicas), tr("data parallel")),
        WhyRow(tr("Micro-batch"), format_number(layout.micro_batch)),
        WhyRow(tr("Pipeline stages"), format_number(layout.pipeline_stages)),
    ]
    if chosen:
        policy = tr("best: a search for the least time that fits") if layout.policy == BEST else tr("as submitted")
        rows = [
            WhyRow(tr("Policy"), policy),
            WhyRow(tr("Global batch"), format_number(layout.global_batch)),
            *rows[:2],
            WhyRow(tr("Gradient accumulation"), format_number(layout.gradient_accumulation)),
            *rows[2:],
        ]
    if layout.precision:
        rows += _cut_rows(layout)
    if layout.samples_per_pack != 1.0:
        rows.append(WhyRow(tr("Samples per pack"), format_number(layout.samples_per_pack, 3)))
    if layout.optimizer:
        rows.append(WhyRow(tr("Optimizer"), layout.optimizer.upper()))
    if layout.in_network:
        rows.append(WhyRow(tr("Gradients"), tr("summed by the network's switches"), "SHARP"))
    return tuple(rows)


def _cut_rows(layout: Layout) -> list[WhyRow]:
    """How a language model is cut over the chips of a replica, and how it computes."""
    rows = [
        WhyRow(tr("Tensor parallel"), format_number(layout.tensor_parallel), tr("chips that share each product")),
        WhyRow(tr("Context parallel"), format_number(layout.context_parallel), tr("chips that share a sequence")),
        WhyRow(tr("Precision"), layout.precision.upper(), tr("of products")),
        WhyRow(tr("Recomputed layers"), tr("{percent} %", percent=format_number(100.0 * layout.recomputed, 2))),
    ]
    if layout.pipeline_stages > 1:
        rows.insert(2, WhyRow(tr("Pieces of a stage"), format_number(layout.interleaving), tr("interleaved")))
    return rows


def _evidence_row(projection: Projection, official: OfficialResult) -> WhyRow:
    name = tr(
        "{submitter}, {system} ({chips})",
        submitter=official.submitter,
        system=official.system_name,
        chips=chips_label(projection.chip_word, official.chips),
    )
    detail = f"{suite_version(official)}, {division(official.division)}"
    if _same_question(projection, official):
        residual = 100.0 * (projection.time_to_train_s.median / official.score_s - 1.0)
        side = tr("above") if residual >= 0.0 else tr("below")
        detail += tr("; the projection is {percent} % {side} it", percent=format_number(abs(residual), 2), side=side)
    return WhyRow(name, format_minutes(official.score_s), detail, official.origin)


def _same_question(projection: Projection, official: OfficialResult) -> bool:
    case = projection.case
    asked = (case.workload, projection.choice, case.release, case.recipe)
    if is_pinned(case) or (case.gains, case.assumed) != (Gains(), Assumed()):
        return False
    if case.software or case.layers or case.samples is not None:
        return False
    return asked == (official.workload, official.choice, official.release, official.division)


def _run_rows(official: OfficialResult) -> tuple[WhyRow, ...]:
    runs = tr(
        "{succeeded} of {expected} runs reached the target",
        succeeded=official.runs_succeeded,
        expected=official.runs_expected,
    )
    failed = tr("a failed run counts as the slowest") if official.runs_succeeded < official.runs_expected else ""
    rows = [
        WhyRow(tr("Runs"), runs, failed),
        WhyRow(tr("Fastest"), format_minutes(official.fastest_s)),
        WhyRow(tr("Slowest"), format_minutes(official.slowest_s)),
    ]
    if official.time_scale != 1.0:
        explained = tr(
            "A run that converged in fewer samples than the reference is scaled up to it by the rules of the suite: "
            "the score is the measured {measured} times {factor}.",
            measured=format_minutes(official.measured_s),
            factor=format_number(official.time_scale),
        )
        rows.append(
            WhyRow(tr("Correction in the log"), tr("{factor} ×", factor=format_number(official.time_scale)), explained)
        )
    return tuple(rows)


def _how_rows(official: OfficialResult) -> tuple[WhyRow, ...]:
    rows = [
        WhyRow(tr("Global batch"), format_number(official.global_batch), official.optimizer.upper()),
        WhyRow(tr("Samples to target"), format_number(official.samples_to_target, 4)),
        WhyRow(tr("Measured"), format_minutes(official.measured_s), tr("mean of the scored runs on the clock")),
    ]
    timed = ((tr("Training"), official.training_s), (tr("Start-up, evaluation, checkpoints"), official.overhead_s))
    rows += [WhyRow(name, time_text(seconds)) for name, seconds in timed if seconds is not None]
    if official.initialisation_s is not None:
        before = tr("before the clock starts: no part of the score")
        rows.append(WhyRow(tr("Initialisation"), time_text(official.initialisation_s), before))
    if official.layout is not None:
        rows.append(WhyRow(tr("Layout"), layout_text(official.layout)))
    return tuple(rows)


def _source(title: str, kind: str) -> str:
    return tr("{title}; not sourced", title=title) if kind == "recalled" else title


def curve_whys(curves: Sequence[ScalingCurve], timed: str, catalog: Catalog) -> tuple[Why, ...]:
    """A Why for every curve, every point of it and every official result beside it, each key once."""
    replies: dict[str, Why] = {}
    for curve in curves:
        replies[curve_key(curve)] = curve_why(curve, timed)
        for index, chips in enumerate(curve.chips):
            replies[point_key(curve, chips)] = point_why(curve, index, timed)
        for official in curve.official:
            replies[official_key(official)] = official_why(official, point_name(curve, official.chips), catalog)
    return tuple(replies.values())


def whys(projections: Sequence[Projection]) -> tuple[Why, ...]:
    """A Why for every projection and every official result beside one, each key once."""
    replies = {why.key: why for why in (projection_why(each) for each in projections)}
    for each in projections:
        if each.official is not None:
            replies[official_key(each.official)] = official_why(each.official, each.name, each.world.catalog)
    return tuple(replies.values())
