"""Where each op of a job stands under the roofs of its chip: intensity, rate, share of the step and what binds it.

The model's own micro-batch is asked once an op, as if the network held nothing else, and once a roof with an op that
only computes or only moves bytes: there is no second physics here, and the ops add up to the projection's.
"""

from collections.abc import Sequence

import numpy as np

from ipuwhatif.analysis.compare import reasons_not_to_run
from ipuwhatif.analysis.explain import inputs_of
from ipuwhatif.analysis.refusals import TimedAsAWhole
from ipuwhatif.analysis.roofline_points import ChipRoofline, OpPoint, Roof, Roofline
from ipuwhatif.analysis.solving.reasons import EachLacks, Question
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.recipes import with_known_recipes
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, Chip, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.lower import lower
from ipuwhatif.model.op_table import op_arrays
from ipuwhatif.model.parameters import FloatArray, IntArray, parameter_index
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.roles.software import kernels_of, software_of
from ipuwhatif.model.roofline import MicroBatchTime, micro_batch_time
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.networks.graph import DENSE_CONVOLUTION, GROUPED_CONVOLUTION, RECURRENT, Network, Op
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import replace
from ipuwhatif.scenario.moved_levers import moved_levers
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError

OpArrays = dict[str, FloatArray | IntArray]
#: Work of an op that stands for a roof: enough that nothing rounds.
_PROBE = 1e15
_ROUNDING = 1e-12


def roofline(world: World, scenario: Scenario) -> Roofline:
    """Roofs and ops of the scenario's workload on each distinct chip of its systems.

    Of systems with one chip the first that can run the job stands for it. InputError where none can.
    """
    if not scenario.systems:
        raise RefusedError(Question.NO_SYSTEM)
    workload = world.catalog.workloads[scenario.workload]
    if is_language_model(workload):
        raise RefusedError(TimedAsAWhole(workload.name))
    reasons = reasons_not_to_run(world, scenario)
    first: dict[str, SystemChoice] = {}
    for choice in scenario.systems:
        if choice not in reasons:
            first.setdefault(world.catalog.chip_of(choice).key, choice)
    if not first:
        raise RefusedError(EachLacks(tuple(dict.fromkeys(reasons.values()))))
    cases = [case_of(scenario, choice, world.levers, world.catalog) for choice in first.values()]
    layouts = choose_layouts(world.catalog, cases, world.calibration.center)
    return Roofline(
        job=workload,
        chips=tuple(_on_chip(world, case, layout) for case, layout in zip(cases, layouts, strict=True)),
        settings=moved_levers(scenario, world.levers, world.catalog),
        notes=tuple(dict.fromkeys(reasons.values())),
    )


def _on_chip(world: World, case: Case, layout: Layout) -> ChipRoofline:
    catalog, parameters = world.catalog, world.calibration.center
    chip = catalog.chip_of(case.choice)
    workload = catalog.workloads[case.workload]
    software = software_of(catalog, workload, chip.architecture, case.release, case.software)
    network = network_for(workload.network, chip.architecture, case.layers, kernels_of(software))
    whole = with_known_recipes(lower(catalog, [case], [layout]), catalog, [case], [layout])
    step = float(evaluate(whole, parameters).step_time[0, 0])
    together = micro_batch_time(whole, parameters)
    ops = _points(catalog, case, layout, network, parameters, step)
    calls = float(together.launch[0, 0]) - sum(each.launch_s for each in ops)
    sheet = _sheet(chip, case)
    calibrated, bandwidth = _roofs(catalog, case, layout, network, parameters)
    return ChipRoofline(
        choice=case.choice,
        name=system_name(case.choice, catalog),
        family=catalog.systems[case.choice.system].family,
        chip=chip.name,
        case=case,
        layout=layout,
        peak=chip.data["peak_flops"],
        bandwidth=chip.data["memory_bandwidth"],
        sheet=sheet,
        calibrated={name: Roof(peak, bandwidth) for name, peak in calibrated.items()},
        efficiency={name: peak / sheet.peak for name, peak in calibrated.items()},
        memory_efficiency=bandwidth / sheet.bandwidth,
        ops=tuple(sorted(ops, key=lambda each: -each.seconds)),
        calls_s=calls if calls > _ROUNDING * float(together.total[0, 0]) else 0.0,
        micro_batch_s=float(together.total[0, 0]),
        step_s=step,
        network=network.source,
        calibration=inputs_of(world, case)[-1],
    )


def _sheet(chip: Chip, case: Case) -> Roof:
    """Peak and bandwidth of the data sheet, with the hardware that the user changed: the clock of an IPU is that of
    its memory too."""
    gains = case.gains
    sram = gains.clock if physics_of(chip.architecture) == "ipu" else 1.0
    return Roof(
        chip.value("peak_flops") * gains.peak * gains.clock,
        chip.value("memory_bandwidth") * gains.memory_bandwidth * sram,
    )


def _points(
    catalog: Catalog, case: Case, layout: Layout, network: Network, parameters: FloatArray, step: float
) -> list[OpPoint]:
    """Every folded op of the network that the most loaded stage holds."""
    architecture = catalog.chip_of(case.choice).architecture
    shares = [_held(op, layout, network) for op in network.ops]
    held = [(index, op, share) for index, (op, share) in enumerate(zip(network.ops, shares, strict=True)) if share]
    tables = [op_arrays(replace(network, ops=(op,)), architecture) for _, op, _ in held]
    inputs = _one_each(catalog, case, layout, tables, [share for _, _, share in held])
    times = micro_batch_time(inputs, parameters)
    points = []
    for row, (index, op, share) in enumerate(held):
        compute, memory, launch = (float(each[0, row]) for each in (times.compute, times.memory, times.launch))
        table = tables[row]
        points.append(
            OpPoint(
                index=index,
                name=op.name,
                op_class=op.op_class,
                count=op.count,
                flops=layout.micro_batch * share * _counted_flops(op, network, architecture),
                moved=share * float(layout.micro_batch * table["op_bytes"][0] + table["op_weight_bytes"][0]),
                compute_s=compute,
                memory_s=memory,
                launch_s=launch,
                share=layout.gradient_accumulation * (compute + memory + launch) / step,
            )
        )
    return points


def _held(op: Op, layout: Layout, network: Network) -> float:
    """Part of an op's instances that the most loaded stage of a pipeline holds; all of them without a pipeline."""
    if layout.pipeline_stages <= 1:
        return 1.0
    return layout.blocks_per_stage / max(network.blocks, 1) if op.in_block else 0.0


def _counted_flops(op: Op, network: Network, architecture: str) -> float:
    """FLOPs of a sample over all passes. What narrow groups leave idle is no work: it is in the rate, not in these."""
    plain = replace(op, op_class=DENSE_CONVOLUTION) if op.op_class == GROUPED_CONVOLUTION else op
    return float(op_arrays(replace(network, ops=(plain,)), architecture)["op_flops"][0])


def _one_each(
    catalog: Catalog, case: Case, layout: Layout, tables: Sequence[OpArrays], shares: Sequence[float]
) -> Inputs:
    """The case as many times as there are ops, each time with one of them as its whole network."""
    count = len(tables)
    inputs = lower(catalog, [case] * count, [layout] * count)
    each = np.arange(count, dtype=np.intp)
    columns = {name: np.array([table[name] for table in tables]) for name in tables[0] if name != "op_in_block"}
    return replace(
        inputs,
        value=inputs.value | {"framework_calls": np.zeros(count)},  # those of the step belong to no op
        group=each,
        first_of_group=each,
        op_count=np.ones(count, dtype=np.intp),
        op_share=np.array(shares, dtype=np.float64)[:, None],
        **columns,  # type: ignore[arg-type]
    )


def _roofs(
    catalog: Catalog, case: Case, layout: Layout, network: Network, parameters: FloatArray
) -> tuple[dict[str, float], float]:
    """The rate that each class of ops reaches where only arithmetic binds, and the bandwidth where only memory does."""
    physics = physics_of(catalog.chip_of(case.choice).architecture)
    classes = list(dict.fromkeys(op.op_class for op in network.ops if op.flops > 0.0))
    tables = [_probe(_efficiency(op_class, physics), _PROBE, 0.0) for op_class in classes]
    tables.append(_probe(parameter_index()["one"], 0.0, _PROBE))
    inputs = _one_each(catalog, case, layout, tables, [1.0] * len(tables))
    times: MicroBatchTime = micro_batch_time(inputs, parameters)
    work = layout.micro_batch * _PROBE
    peaks = {op_class: work / float(times.compute[0, row]) for row, op_class in enumerate(classes)}
    return peaks, work / float(times.memory[0, -1])


def _probe(efficiency: int, flops: float, moved: float) -> OpArrays:
    """An op that only computes, or only moves bytes."""
    return {
        "op_flops": np.array([flops]),
        "op_bytes": np.array([moved]),
        "op_weight_bytes": np.zeros(1),
        "op_launches": np.zeros(1),
        "op_efficiency": np.array([efficiency], dtype=np.intp),
    }


def _efficiency(op_class: str, physics: str) -> int:
    """The column of the efficiency of a class."""
    return parameter_index()[f"efficiency.{physics}.{'matmul' if op_class == RECURRENT else op_class}"]
