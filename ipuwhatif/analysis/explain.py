"""The reply to "where does that number come from?": the formula with its values, the inputs with their origins."""

from functools import lru_cache, partial

import numpy as np

from ipuwhatif.analysis.reasons import (
    ChipOfYourOwn,
    ConvergencePoints,
    DataSheet,
    Draws,
    Figure,
    Fitted,
    FromMemory,
    InputName,
    MicroBatch,
    OfWorkload,
    PointsUsed,
    PrintedFigure,
    PrintedFor,
    ProjectionNote,
)
from ipuwhatif.analysis.results import Input, Term
from ipuwhatif.analysis.solving.first_runs import old_software_note
from ipuwhatif.analysis.solving.idle_chips import layout_notes
from ipuwhatif.analysis.solving.solve import Solution
from ipuwhatif.analysis.solving.stated import layout_source, published_nearby, stated_notes, work_of
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import RECALLED, Datum
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import STATED, OwnChip
from ipuwhatif.model.case import AS_SUBMITTED, Case, is_pinned
from ipuwhatif.model.parameters import anchor_release
from ipuwhatif.model.roles.convergence import convergence_curve
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.step import pipeline_fill
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.units import Said

#: Attributes of chips and systems that the model reads.
CHIP_INPUTS = ("peak_flops", "peak_flops_8", "peak_flops_4", "best_product", "memory_bandwidth", "memory_size", "clock")
#: Read for language models alone.
OF_LANGUAGE = ("peak_flops_8", "peak_flops_4", "best_product")
SYSTEM_INPUTS = ("link_bandwidth", "network_bandwidth", "streaming_bandwidth")


def terms_of(world: World, solution: Solution, column: int) -> tuple[Term, ...]:
    """The formula from the whole to its parts, at the central parameters."""
    case = solution.cases[column]
    workload = world.catalog.workloads[case.workload]
    stated = workload.kind == STATED
    center, layout, inputs = solution.center, solution.layouts[column], solution.inputs
    language = is_language_model(workload)
    fill = (layout.pipeline_stages - 1) / layout.interleaving if language else float(pipeline_fill(inputs)[column])
    micro = layout.gradient_accumulation + fill
    samples = float(center.samples[0, column])
    work = work_of(workload, case) if stated else ""
    term = partial(Term, stated=stated, language=language)
    return (
        term("time_to_train", float(center.time_to_train[0, column]), "s"),
        term("samples_to_target", samples, "samples", count=layout.global_batch, work=work),
        term("throughput", float(center.throughput[0, column]), "samples/s"),
        term("step_time", float(center.step_time[0, column]), "s", count=micro),
        term("steps", samples / layout.global_batch, "1"),
        *(term("evaluations", count, "1") for count in _evaluations(solution, column)),
        *(term(part, float(center.parts[part][0, column]), "s") for part in PARTS),
    )


def _evaluations(solution: Solution, column: int) -> tuple[float, ...]:
    """How often the job is evaluated; none where it never is."""
    if not solution.center.parts["evaluation"][0, column] > 0.0:
        return ()
    every = np.broadcast_to(solution.inputs.evaluation_every, solution.center.samples.shape[1:])[column]
    return (float(solution.center.samples[0, column] / every),)


def inputs_of(world: World, case: Case) -> tuple[Input, ...]:
    """The figures that the projection rests on, each with its origin; a conflicting figure is named beside it."""
    catalog = world.catalog
    system = catalog.systems[case.choice.system]
    chip = catalog.chips[system.chip]
    workload = catalog.workloads[case.workload]
    found: list[Input] = []
    for attribute in CHIP_INPUTS:
        if attribute in chip.data and (attribute not in OF_LANGUAGE or is_language_model(workload)):
            found.append(_input(DataSheet(attribute, chip.name), chip.data[attribute]))
    for attribute in SYSTEM_INPUTS:
        if attribute in system.data:
            found.append(_input(DataSheet(attribute, system.name), system.data[attribute]))
    for datum in workload.data.values():
        if datum.value == 0.0:
            continue  # a workload without epochs has no data set to speak of
        found.append(_input(OfWorkload(workload.name, datum.key), datum))
    return (
        *found,
        *_convergence_inputs(world, case),
        *_layout_input(world, case),
        *_published(world, case),
        _calibration_input(world),
    )


def _input(what: Said, datum: Datum) -> Input:
    others = tuple((other.value, other.unit) for other in datum.alternatives)
    return Input(what, Figure(datum.value, datum.unit, others), datum.origin)


def _convergence_inputs(world: World, case: Case) -> tuple[Input, ...]:
    """The reference convergence points nearest to the scored rules of the round, as one input a point family."""
    own = [point for point in world.catalog.references if point.workload == case.workload]
    language = is_language_model(world.catalog.workloads[case.workload])
    scored = max((point.mlperf_round for point in own), default="") if language else "v1.1"
    points = [point for point in own if point.mlperf_round == scored]
    if not points:
        return ()
    low, high = min(point.global_batch for point in points), max(point.global_batch for point in points)
    named, curve = ConvergencePoints(scored), None
    if not language:
        curve = convergence_curve(case.workload, world.catalog.chip_of(case.choice), case.recipe, case.release).key
    return (Input(named, PointsUsed(len(points), low, high, curve), points[0].origin),)


def _layout_input(world: World, case: Case) -> tuple[Input, ...]:
    """Where the layout of a job without entries comes from."""
    row = layout_source(world.catalog, case) if world.catalog.workloads[case.workload].kind == STATED else None
    if row is None:
        return ()
    return (Input(InputName.LAYOUT, MicroBatch(row.micro_batch, row.pipeline_stages), row.origin),)


def _published(world: World, case: Case) -> tuple[Input, ...]:
    """Printed figures of a job without entries, or in a framework, as they stand in their sources."""
    if world.catalog.workloads[case.workload].kind != STATED and not case.software:
        return ()
    return tuple(
        Input(
            PrintedFor(row.platform, row.accelerators),
            PrintedFigure(row.bound, row.value, row.unit, row.software),
            row.origin,
        )
        for row in published_nearby(world.catalog, case)
    )


def _calibration_input(world: World) -> Input:
    draws = Draws(len(world.calibration.draws))
    return Input(
        InputName.CALIBRATION, draws, Fitted(_last_round(SharedCatalog(world.catalog)), world.calibration.evidence_hash)
    )


@lru_cache(maxsize=8)
def _last_round(shared: SharedCatalog) -> str:
    """The latest round of which an entry is known."""
    return max(entry.mlperf_round for entry in shared.catalog.official)


def notes_of(world: World, case: Case, layout: Layout) -> tuple[Said, ...]:
    """What must be said beside the number."""
    stated = world.catalog.workloads[case.workload].kind == STATED
    notes: list[Said] = [*stated_notes(world.catalog, case, layout)] if stated else []
    notes += layout_notes(world.catalog, case, layout)
    if case.release == anchor_release() and case.recipe == "closed":
        notes.append(ProjectionNote.AT_LEAST_THE_REFERENCE)
    if case.policy == AS_SUBMITTED:
        pinned = is_pinned(case)
        notes.append(ProjectionNote.AS_SUBMITTED_BUT_PINNED if pinned else ProjectionNote.AS_SUBMITTED)
    old = old_software_note(world.catalog, case.choice, case.release)
    if old:
        notes.append(old)
    if case.choice.system in world.catalog.own:
        notes.append(own_chip_note(world.catalog.own[case.choice.system]))
    recalled = recalled_data(world, case)
    if recalled:
        keys = tuple(datum.key for datum in recalled)
        notes.append(FromMemory(keys, world.catalog.systems[case.choice.system].name))
    return tuple(notes)


def own_chip_note(own: OwnChip) -> ChipOfYourOwn:
    """What must be said of a chip that the user brought in."""
    return ChipOfYourOwn(own.chip.name, own.hash)


def recalled_data(world: World, case: Case) -> tuple[Datum, ...]:
    """Figures of the chip and the system that are in no source that was read."""
    system = world.catalog.systems[case.choice.system]
    data = (*world.catalog.chips[system.chip].data.values(), *system.data.values())
    return tuple(datum for datum in data if datum.origin.kind == RECALLED)
