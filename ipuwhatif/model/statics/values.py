"""The values that cases share: figures of chip and system, sizes of the network, what a workload states."""

import numpy as np

from ipuwhatif.catalog.types import LANGUAGE, STATED, Catalog, Chip, System, Workload
from ipuwhatif.model.op_table import framework_calls
from ipuwhatif.model.parameters import FloatArray, known, rounds_ago
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.language import decoder_of
from ipuwhatif.model.roles.roles import SMALL_STEPS
from ipuwhatif.model.statics.keys import StaticKey
from ipuwhatif.networks.graph import Network

#: Blocks that the stage of embedding and head is spared, over the blocks that its weights amount to. Chosen so that
#: BERT's stage is spared 4: 48 + 4 over 4 and 8 stages gives the 13 and 7 blocks of the v1.1 entries, and leaves 9 and
#: 3 of them on the stage of the embedding, as those entries had it.
SPARED_SHARE = 0.75
#: Share of the peak that the best product reaches where nobody has measured it: about the mean of those measured.
USUAL_BEST_SHARE = 0.75
#: Links that lead to one peer each, without a switch between them.
MESHED = ("infinity-fabric", "ethernet")
#: The chip on which the parameters of an architecture are stated.
REFERENCE_CHIP = {"ipu": "gc200", "gpu": "a100-80gb"}
#: Rounds in which the software of a new chip catches up.
YOUNG_ROUNDS = 2.0
#: What a step of a language model is made of; 0 for other jobs.
LANGUAGE_VALUES = (
    "is_language",
    "peak_flops_8",
    "peak_flops_4",
    "best_share",
    "meshed",
    "torus_axes",
    "tokens",
    "layers",
    "layer_products",
    "head_weights",
    "hidden",
    "feed_forward",
    "query_width",
    "key_value_width",
    "frozen",
    "passes",
    "trained_parameters",
    "newest_rounds_ago",
    "chip_rounds_ago",
)
VALUES = (
    "youth",
    "peak_flops",
    "memory_bandwidth",
    "link_bandwidth",
    "network_bandwidth",
    "streaming_bandwidth",
    "chips_per_domain",
    "chips_per_host",
    "parameters",
    "blocks",
    "block_parameters",
    "evaluation_samples",
    "clock_ratio",
    "is_ipu",
    "update_bandwidth_ratio",
    "evaluation_chips",
    "usual_chips_per_instance",
    "batch_normalisations",
    "default_samples",
    "update_launches",
    "framework_calls",
    "shares_update",
    "rounds_ago",
    "head_blocks",
    "named_software",
    "length_ratio",
    *LANGUAGE_VALUES,
)


def values_of(
    catalog: Catalog,
    workload: Workload,
    system: System,
    key: StaticKey,
    told_by: str,
    network: Network,
    *,
    named: bool,
) -> FloatArray:
    """told_by: the release whose set-up tells of that of the case. named: a published software runs it."""
    chip = catalog.chips[system.chip]
    reference_chip = catalog.chips[REFERENCE_CHIP[physics_of(chip.architecture)]]
    is_ipu = chip.architecture == "ipu"
    stated, length = workload.kind == STATED, _length_ratio(workload, key.layers)
    prior = known().workloads.get(workload.key)
    memory_ratio = reference_chip.value("memory_bandwidth") / chip.value("memory_bandwidth")
    values = {
        "youth": _youth(chip, key.release),
        "peak_flops": chip.value("peak_flops"),
        "memory_bandwidth": chip.value("memory_bandwidth"),
        "link_bandwidth": system.value("link_bandwidth"),
        "network_bandwidth": system.value("network_bandwidth"),
        "streaming_bandwidth": system.value("streaming_bandwidth") if is_ipu else 1.0,
        "chips_per_domain": system.chips_per_domain,
        "chips_per_host": system.chips_per_host or np.inf,
        "parameters": network.parameters,
        "blocks": network.blocks,
        "block_parameters": block_parameters(network),
        "evaluation_samples": workload.data["evaluation_samples"].value,
        "default_samples": workload.data["default_samples"].value * length if stated else 0.0,
        "length_ratio": length,
        "update_launches": network.tensors if stated else 0.0,
        "shares_update": float(chip.architecture == "tpu"),
        "framework_calls": 0.0 if is_ipu or SMALL_STEPS not in workload.traits else framework_calls(network),
        "evaluation_chips": prior.evaluation_chips.get((chip.architecture, told_by), np.inf) if prior else np.inf,
        "batch_normalisations": network.batch_normalisations,
        "usual_chips_per_instance": prior.chips_per_instance.get(chip.architecture, np.inf) if prior else np.inf,
        "clock_ratio": chip.value("clock") / reference_chip.value("clock") if is_ipu else 1.0,
        "is_ipu": float(is_ipu),
        "update_bandwidth_ratio": 1.0 if is_ipu else memory_ratio,
        "rounds_ago": rounds_ago(key.release),
        "head_blocks": head_blocks(network),
        "named_software": float(named),
    } | _language_values(catalog, workload, system, key.layers)
    return np.array([values[name] for name in VALUES], dtype=np.float64)


def _length_ratio(workload: Workload, layers: tuple[int, ...]) -> float:
    """Samples that hold as many tokens as one of the job's usual length: work is stated in tokens."""
    if not workload.tokens_per_sample or not layers:
        return 1.0
    if LANGUAGE not in workload.traits:
        return workload.tokens_per_sample / layers[-1]
    return workload.tokens_per_sample / decoder_of(workload, layers).tokens


def _language_values(catalog: Catalog, workload: Workload, system: System, layers: tuple[int, ...]) -> dict[str, float]:
    """Ones keep what other jobs divide by them finite."""
    if LANGUAGE not in workload.traits:
        return dict.fromkeys(LANGUAGE_VALUES, 1.0) | {"is_language": 0.0}
    sizes, chip = decoder_of(workload, layers), catalog.chips[system.chip]
    peak = chip.value("peak_flops")
    newest = max(release.key for release in catalog.releases.values() if release.mlperf_round)
    return {
        "is_language": 1.0,
        **{name: chip.value(name) if name in chip.data else peak for name in ("peak_flops_8", "peak_flops_4")},
        "best_share": chip.value("best_product") / peak if "best_product" in chip.data else USUAL_BEST_SHARE,
        "meshed": float(system.link_class in MESHED),
        "torus_axes": system.torus_axes,
        "tokens": sizes.tokens,
        "layers": sizes.layers,
        "layer_products": sizes.layer_products,
        "head_weights": sizes.head_weights,
        "hidden": sizes.hidden,
        "feed_forward": sizes.feed_forward,
        "query_width": sizes.query_width,
        "key_value_width": sizes.key_value_width,
        "frozen": float(sizes.adapter > 0),
        "passes": 2.0 if sizes.adapter else 3.0,
        "trained_parameters": sizes.trained_parameters,
        "newest_rounds_ago": rounds_ago(newest),
        "chip_rounds_ago": rounds_ago(_kernels_since(chip) or min(catalog.releases)),
    }


def _kernels_since(chip: Chip) -> str:
    """The release with which the software of language models on a chip begins; empty where it is as old as any."""
    return known().generations[chip.effects].kernels_since or chip.since


def _youth(chip: Chip, release: str) -> float:
    """1 in a chip's first round, half in its second, 0 from its third on, and of a chip of before the first round."""
    if not chip.since:
        return 0.0
    return min(max(1.0 - (rounds_ago(chip.since) - rounds_ago(release)) / YOUNG_ROUNDS, 0.0), 1.0)


def block_parameters(network: Network) -> float:
    """Parameters of one of the blocks that a pipeline spreads over its stages."""
    return sum(op.parameters * op.count for op in network.ops if op.in_block) / max(network.blocks, 1)


def head_blocks(network: Network) -> int:
    """Blocks that the stage of embedding and head is spared; 0 where all ops belong to blocks, or there are none."""
    block = block_parameters(network)
    outside = network.parameters - block * network.blocks
    return round(SPARED_SHARE * outside / block) if block > 0.0 else 0
