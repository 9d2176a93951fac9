"""The reply to "where does that number come from?": the formula with its values, the inputs with their origins."""

import numpy as np

from ipuwhatif.analysis.results import Input, Term
from ipuwhatif.analysis.solving.first_runs import old_software_note
from ipuwhatif.analysis.solving.idle_chips import layout_notes
from ipuwhatif.analysis.solving.solve import Solution
from ipuwhatif.analysis.solving.stated import layout_source, published_nearby, stated_notes, work_text
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import RECALLED, Datum, Origin
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import STATED, OwnChip, PublishedResult
from ipuwhatif.model.case import AS_SUBMITTED, Case, is_pinned
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.model.roles.convergence import convergence_curve
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.step import pipeline_fill
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number, format_quantity

#: Attributes of chips and systems that the model reads, with the words for them.
CHIP_INPUTS = {
    "peak_flops": marked("Peak arithmetic rate"),
    "peak_flops_8": marked("Peak arithmetic rate in 8 bit"),
    "peak_flops_4": marked("Peak arithmetic rate in 4 bit"),
    "best_product": marked("Best product that was measured"),
    "memory_bandwidth": marked("Memory bandwidth"),
    "memory_size": marked("Memory"),
    "clock": marked("Clock"),
}
#: Read for language models alone.
OF_LANGUAGE = ("peak_flops_8", "peak_flops_4", "best_product")
SYSTEM_INPUTS = {
    "link_bandwidth": marked("Link bandwidth a chip"),
    "network_bandwidth": marked("Network bandwidth a chip"),
    "streaming_bandwidth": marked("Streaming memory bandwidth a chip"),
}


def terms_of(world: World, solution: Solution, column: int) -> tuple[Term, ...]:
    """The formula from the whole to its parts, at the central parameters."""
    case = solution.cases[column]
    workload = world.catalog.workloads[case.workload]
    stated = workload.kind == STATED
    center, layout, inputs = solution.center, solution.layouts[column], solution.inputs
    steps = float(center.samples[0, column] / layout.global_batch)
    language = is_language_model(workload)
    fill = (layout.pipeline_stages - 1) / layout.interleaving if language else float(pipeline_fill(inputs)[column])
    micro = layout.gradient_accumulation + fill
    seconds = {part: float(values[0, column]) for part, values in center.parts.items()}
    whole = (
        Term(
            "time_to_train",
            tr("Time") if stated else tr("Time to train"),
            tr("start-up + steps · step time")
            if stated
            else tr("start-up + steps · step time + evaluations · (evaluation + checkpoint)"),
            format_duration(float(center.time_to_train[0, column])),
        ),
        Term(
            "samples_to_target",
            tr("Samples") if stated else tr("Samples to target"),
            work_text(workload, case) if stated else _samples_text(layout, language),
            format_number(round(float(center.samples[0, column]))),
        ),
        Term(
            "throughput",
            tr("Training throughput"),
            tr("global batch / step time"),
            tr("{rate} samples/s", rate=format_number(round(float(center.throughput[0, column])))),
        ),
        Term(
            "step_time",
            tr("Step time"),
            tr("{micro} micro-batch times + update + collective + host", micro=format_number(round(micro))),
            format_duration(float(center.step_time[0, column])),
        ),
        Term(
            "steps",
            tr("Steps"),
            tr("samples / global batch") if stated else tr("samples to target / global batch"),
            format_number(round(steps)),
        ),
        *_evaluations(solution, column),
    )
    return whole + tuple(
        Term(part, name, equation, format_duration(seconds[part]))
        for part, (name, equation) in (_language_texts() if language else _part_texts()).items()
    )


def _samples_text(layout: Layout, language: bool) -> str:
    batch = format_number(layout.global_batch)
    if language:
        return tr("between the reference points, at global batch {batch}", batch=batch)
    return tr("convergence curve at global batch {batch}", batch=batch)


def _evaluations(solution: Solution, column: int) -> tuple[Term, ...]:
    """How often the job is evaluated; none where it never is."""
    if not solution.center.parts["evaluation"][0, column] > 0.0:
        return ()
    every = np.broadcast_to(solution.inputs.evaluation_every, solution.center.samples.shape[1:])[column]
    count = format_number(float(solution.center.samples[0, column] / every), 3)
    return (Term("evaluations", tr("Evaluations"), tr("samples to target / samples between two"), count),)


def _part_texts() -> dict[str, tuple[str, str]]:
    return {
        "compute": (
            tr("Arithmetic"),
            tr("steps · accumulation · Σ FLOPs / (peak · efficiency), ops bound by arithmetic"),
        ),
        "memory": (tr("Memory"), tr("steps · accumulation · Σ bytes / (bandwidth · efficiency), ops bound by memory")),
        "launch": (tr("Launch"), tr("steps · accumulation · kernels or supersteps · launch time")),
        "pipeline_bubble": (tr("Pipeline bubble"), tr("steps · 2 (stages − 1) · micro-batch time")),
        "collective": (tr("All-reduce"), tr("steps · (bytes / bus bandwidth not overlapped + latency)")),
        "update": (tr("Weight update"), tr("steps · parameters a chip · time a parameter")),
        "host_wait": (tr("Host wait"), tr("steps · synchronisation with the host")),
        "evaluation": (tr("Evaluation"), tr("evaluations · evaluation samples · cost of one / throughput")),
        "checkpoint": (tr("Checkpoint"), tr("evaluations · time to move the weights out")),
        "start_up": (tr("Start-up"), tr("time on the clock before training, by chips and release")),
    }


def _language_texts() -> dict[str, tuple[str, str]]:
    """The same of a language model."""
    return _part_texts() | {
        "compute": (
            tr("Arithmetic"),
            tr("steps · accumulation · FLOPs of products and attention / (best product · share)"),
        ),
        "memory": (tr("Memory"), tr("steps · accumulation · bytes of activations and weights / bandwidth")),
        "launch": (tr("Launch"), tr("steps · layers of a stage · time to start one")),
        "pipeline_bubble": (tr("Pipeline bubble"), tr("steps · (stages − 1) / pieces of a stage · micro-batch time")),
        "collective": (
            tr("All-reduce"),
            tr("steps · (accumulation · tensor, context and pipeline traffic + sum of the gradients), not hidden"),
        ),
    }


def inputs_of(world: World, case: Case) -> tuple[Input, ...]:
    """The figures that the projection rests on, each with its origin; a conflicting figure is named beside it."""
    catalog = world.catalog
    system = catalog.systems[case.choice.system]
    chip = catalog.chips[system.chip]
    workload = catalog.workloads[case.workload]
    found: list[Input] = []
    for attribute, words in CHIP_INPUTS.items():
        if attribute in chip.data and (attribute not in OF_LANGUAGE or is_language_model(workload)):
            found.append(_input(tr("{what}, {where}", what=tr(words), where=chip.name), chip.data[attribute]))
    for attribute, words in SYSTEM_INPUTS.items():
        if attribute in system.data:
            found.append(_input(tr("{what}, {where}", what=tr(words), where=system.name), system.data[attribute]))
    for datum in workload.data.values():
        if datum.value == 0.0:
            continue  # a workload without epochs has no data set to speak of
        found.append(_input(tr("{workload}: {what}", workload=workload.name, what=datum_words(datum)), datum))
    return (
        *found,
        *_convergence_inputs(world, case),
        *_layout_input(world, case),
        *_published(world, case),
        _calibration_input(world),
    )


def datum_words(datum: Datum) -> str:
    """What a figure of the catalog is called, by its key: "evaluation samples"."""
    return tr(datum.key.rsplit(".", 1)[-1].replace("_", " "))


def _input(name: str, datum: Datum) -> Input:
    value = format_quantity(datum.value, datum.unit)
    printed = dict.fromkeys(format_quantity(other.value, other.unit) for other in datum.alternatives)
    others = tr(", ").join(other for other in printed if other != value)
    return Input(
        name, tr("{value} (also printed: {others})", value=value, others=others) if others else value, datum.origin
    )


def _convergence_inputs(world: World, case: Case) -> tuple[Input, ...]:
    """The reference convergence points nearest to the scored rules of the round, as one input a point family."""
    own = [point for point in world.catalog.references if point.workload == case.workload]
    language = is_language_model(world.catalog.workloads[case.workload])
    scored = max((point.mlperf_round for point in own), default="") if language else "v1.1"
    points = [point for point in own if point.mlperf_round == scored]
    if not points:
        return ()
    low, high = min(point.global_batch for point in points), max(point.global_batch for point in points)
    named = tr("Reference convergence points, MLPerf® {round}", round=scored)
    sizes = {"count": len(points), "low": format_number(low), "high": format_number(high)}
    if language:
        return (Input(named, tr("{count} points, batch {low} to {high}", **sizes), points[0].origin),)
    curve = convergence_curve(case.workload, world.catalog.chip_of(case.choice), case.recipe, case.release)
    value = tr("{count} points, batch {low} to {high}; curve {group}", **sizes, group=curve.key)
    return (Input(named, value, points[0].origin),)


def _layout_input(world: World, case: Case) -> tuple[Input, ...]:
    """Where the layout of a job without entries comes from."""
    row = layout_source(world.catalog, case) if world.catalog.workloads[case.workload].kind == STATED else None
    if row is None:
        return ()
    micro, stages = format_number(row.micro_batch), row.pipeline_stages
    value = tr("micro-batch {micro}", micro=micro)
    if stages > 1:
        value = tr("micro-batch {micro}, {stages} stages", micro=micro, stages=stages)
    return (Input(tr("Layout, as published or assumed"), value, row.origin),)


def _published(world: World, case: Case) -> tuple[Input, ...]:
    """Printed figures of a job without entries, or in a framework, as they stand in their sources."""
    if world.catalog.workloads[case.workload].kind != STATED and not case.software:
        return ()
    return tuple(
        Input(
            tr(
                "Printed: {platform}, {chips} {word}",
                platform=row.platform,
                chips=format_number(row.accelerators),
                word=tr("chip") if row.accelerators == 1 else tr("chips"),
            ),
            " ".join(word for word in (row.bound, _printed(row), row.software) if word),
            row.origin,
        )
        for row in published_nearby(world.catalog, case)
    )


def _printed(row: PublishedResult) -> str:
    if row.unit == "s":
        return format_duration(row.value)
    return f"{format_number(row.value, 4)} {row.unit}"


def _calibration_input(world: World) -> Input:
    last = max(entry.mlperf_round for entry in world.catalog.official)
    origin = Origin(
        producer="ipuwhatif",
        title=tr("Calibration on MLPerf® entries up to {last} and published figures", last=last),
        locator=None,
        published=None,
        read=None,
        kind="derived",
        note=tr("rebuilt by make calibrate from evidence {hash}", hash=world.calibration.evidence_hash[:12]),
    )
    value = tr("{count} draws", count=len(world.calibration.draws))
    return Input(tr("Efficiencies, overheads and convergence curves"), value, origin)


def notes_of(world: World, case: Case, layout: Layout) -> tuple[str, ...]:
    """What must be said beside the number."""
    stated = world.catalog.workloads[case.workload].kind == STATED
    notes: list[str] = [*stated_notes(world.catalog, case, layout)] if stated else []
    notes += layout_notes(world.catalog, case, layout)
    if case.release == anchor_release() and case.recipe == "closed":
        notes.append(tr("samples to target are never below the reference convergence point, as v1.1 closed scores"))
    if case.policy == AS_SUBMITTED:
        unpinned = not is_pinned(case)
        notes.append(
            tr("layout, batch and recipe of the submitted entry")
            if unpinned
            else tr("layout and recipe of the submitted entry, with the pinned parts changed")
        )
    old = old_software_note(world.catalog, case.choice, case.release)
    if old:
        notes.append(old)
    if case.choice.system in world.catalog.own:
        notes.append(own_chip_note(world.catalog.own[case.choice.system]))
    recalled = recalled_data(world, case)
    if recalled:
        names = tr(", ").join(map(datum_words, recalled))
        system = world.catalog.systems[case.choice.system]
        notes.append(tr("not sourced, from memory: {names} of {system}", names=names, system=system.name))
    return tuple(notes)


def own_chip_note(own: OwnChip) -> str:
    """What must be said of a chip that the user brought in."""
    return tr(
        "{chip} is a chip of your own (file {hash}): nobody measured it here, and what it reaches of its data sheet is "
        "a guess",
        chip=own.chip.name,
        hash=own.hash[:12],
    )


def recalled_data(world: World, case: Case) -> tuple[Datum, ...]:
    """Figures of the chip and the system that are in no source that was read."""
    system = world.catalog.systems[case.choice.system]
    data = (*world.catalog.chips[system.chip].data.values(), *system.data.values())
    return tuple(datum for datum in data if datum.origin.kind == RECALLED)


def part_name(part: str) -> str:
    """What a part of the time, a key of `Projection.breakdown_s`, is called: "All-reduce"."""
    return _part_texts()[part][0]
