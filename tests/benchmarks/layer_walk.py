"""The baseline of the model's speed: the same equations, one case at a time, walking the ops in plain Python."""

from math import ceil, exp, log, log2, sqrt

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Case
from ipuwhatif.model.convergence import HORIZON_BATCH, SMOOTHNESS
from ipuwhatif.model.op_table import ELEMENTWISE_BACKWARD, RECOMPUTED_PASSES
from ipuwhatif.model.parameters import JOINING_CHIPS
from ipuwhatif.model.roofline import KNEE
from ipuwhatif.model.statics.values import head_blocks
from ipuwhatif.model.step import OFF_CHIP_STATE_BYTES
from ipuwhatif.networks.graph import ATTENTION, ELEMENTWISE, HALF_PRECISION_BYTES, Op
from ipuwhatif.networks.library import network_for


def time_to_train(catalog: Catalog, case: Case, layout: Layout, value: dict[str, float]) -> float:
    """Seconds; `value` maps parameter names to natural values. For the latest release and closed recipes.

    The rule that lifts a score to the reference point is left out, as it is in the calls that this is compared with.
    """
    system = catalog.systems[case.choice.system]
    chip = catalog.chips[system.chip]
    kind = chip.architecture
    ipu = kind == "ipu"
    network = network_for(catalog.workloads[case.workload].network, kind)
    gains = case.gains
    peak = chip.value("peak_flops") * gains.compute * gains.clock
    bandwidth = chip.value("memory_bandwidth") * (gains.clock if ipu else 1.0)
    stages, blocks = layout.pipeline_stages, layout.blocks_per_stage
    work, launches = 0.0, 0.0
    for op in network.ops:
        share = 1.0 if stages == 1 else (blocks / network.blocks if op.in_block else 0.0)
        passes = _passes(op, kind) * op.count
        moved = layout.micro_batch * op.activation_bytes * passes
        if op.op_class != ELEMENTWISE:
            moved += op.parameters * HALF_PRECISION_BYTES * passes
        memory = share * moved / bandwidth / value[f"memory_efficiency.{kind}"]
        arithmetic = 0.0
        if op.op_class != ELEMENTWISE:
            efficiency = value[f"efficiency.{kind}.{op.op_class}"]
            arithmetic = share * layout.micro_batch * op.flops * passes / peak / efficiency
        work += 0.5 * (memory + arithmetic + sqrt((memory - arithmetic) ** 2 + KNEE**2 * memory * arithmetic))
        launches += share * passes
    launch = launches * value[f"launch.{kind}"] / (gains.clock if ipu else 1.0)
    micro = work + launch * (value["graph_launch.gpu"] if layout.cuda_graph and not ipu else 1.0)
    waits = 2 * network.batch_normalisations * log2(layout.batch_norm_group)
    together = 0.0 if ipu else waits * value["link_latency.gpu"] * layout.gradient_accumulation
    step = (
        together + (layout.gradient_accumulation + 2 * (stages - 1)) * micro + _per_step(catalog, case, layout, value)
    )
    samples = _samples(case, layout, kind, value)
    throughput = layout.global_batch / step
    run = f"{kind}.{case.workload}"
    evaluation = value[f"evaluation.{run}"] * catalog.workloads[case.workload].data["evaluation_samples"].value
    each = evaluation / throughput + value[f"checkpoint.{run}"]
    joining = value[f"joining.{kind}"] * (layout.replicas * stages / JOINING_CHIPS) ** value[f"joining_growth.{kind}"]
    return samples / throughput + samples / layout.evaluation_every * each + value[f"start_up.{run}"] + joining


def _per_step(catalog: Catalog, case: Case, layout: Layout, value: dict[str, float]) -> float:
    system = catalog.systems[case.choice.system]
    kind = catalog.chips[system.chip].architecture
    ipu = kind == "ipu"
    network = network_for(catalog.workloads[case.workload].network, kind)
    stages, blocks = layout.pipeline_stages, layout.blocks_per_stage
    held = float(network.parameters)
    if stages > 1:
        block = sum(op.parameters * op.count for op in network.ops if op.in_block) / network.blocks
        outside = network.parameters - block * network.blocks
        held = max(outside + max(blocks - head_blocks(network), 0) * block, blocks * block)
    share = value[f"clock_share.{kind}"]
    slowdown = 1.0 - share + share / case.gains.clock
    update = slowdown * value[f"update.{kind}.{layout.optimizer}"] * held
    if layout.off_chip_state:
        streamed = held / layout.replicas * OFF_CHIP_STATE_BYTES / system.value("streaming_bandwidth")
        update += streamed / value["off_chip_efficiency.ipu"]
    host = slowdown * value[f"step_fixed.{kind}"]
    gradients = HALF_PRECISION_BYTES * held
    ranks = min(layout.replicas, max(system.chips_per_domain / stages, 1.0))
    domains = ceil(layout.replicas * stages / system.chips_per_domain)
    inside = 2.0 * (ranks - 1.0) / ranks * gradients / (system.value("link_bandwidth") * case.gains.link_bandwidth)
    ring = 1.0 if layout.in_network else 2.0 * (layout.replicas - 1.0) / layout.replicas
    around = ring if domains > 1 else 0.0
    volume = domains - 1.0 if ipu else around
    shards = min(ranks, system.chips_per_host or ranks)
    between = volume * gradients / shards / (system.value("network_bandwidth") * case.gains.link_bandwidth)
    moved = inside / value[f"link_efficiency.{kind}"] + between / value[f"network_efficiency.{kind}"]
    hops = domains - 1.0 if ipu else log2(domains)
    exposed = 1.0 if ipu else 1.0 - value["overlap.gpu"]
    return update + host + exposed * moved + value[f"network_latency.{kind}"] * hops


def _passes(op: Op, kind: str) -> float:
    forward = 1.0 + RECOMPUTED_PASSES[kind]
    if op.op_class == ELEMENTWISE:
        return forward + ELEMENTWISE_BACKWARD
    return forward + (2.0 if op.op_class == ATTENTION else op.data_gradient + 1.0)


def _samples(case: Case, layout: Layout, kind: str, value: dict[str, float]) -> float:
    workload, group = case.workload, f"{case.workload}/{kind}"
    critical = value[f"critical_batch.{workload}"] * value[f"critical_batch_effect.{group}"]
    past = log(layout.global_batch / critical)
    far = log(layout.global_batch / value[f"far_batch.{workload}"])
    curve = (
        log(value[f"floor.{workload}"] * value[f"floor_effect.{group}"])
        + value[f"slope.{workload}"] * past
        + value[f"rise.{workload}"] * value[f"rise_effect.{group}"] * _hinge(past)
        + value[f"far_rise.{workload}"] * _hinge(far)
    )
    if workload == "bert-large" and layout.horizon_samples > 0.0:
        longer = value["horizon_slope.bert-large"] * log(layout.global_batch / HORIZON_BATCH)
        departure = log(layout.horizon_samples / value["horizon_ratio.bert-large"]) - longer - curve
        curve += value["horizon.bert-large"] * departure
    return exp(curve)


def _hinge(log_ratio: float) -> float:
    return SMOOTHNESS * (log(1.0 + exp(-abs(log_ratio) / SMOOTHNESS)) + max(log_ratio, 0.0) / SMOOTHNESS)
