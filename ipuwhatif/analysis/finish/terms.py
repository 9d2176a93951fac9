"""From what is stated of failures, checkpoints, restarts and spares to what stops the run of one system."""

import math
from collections.abc import Mapping

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.model.case import Case
from ipuwhatif.model.interruptions import Interruptions, best_interval, spare_shortage
from ipuwhatif.model.language.language_memory import least_parts
from ipuwhatif.model.memory import MASTER_BYTES, MOMENT_BYTES, STATE, WEIGHT_BYTES, WEIGHTS
from ipuwhatif.model.roles.kinds import physics_of
from ipuwhatif.model.roles.language import decoder_of, is_language_model
from ipuwhatif.networks.library import network_for

_MINUTE, _HOUR, _DAY, _GIGA = 60.0, 3600.0, 86400.0, 1e9
#: Optimizers of other networks are counted as the largest of theirs: what is written is then not too small.
_MOMENTS = max(MOMENT_BYTES.values())


def state_bytes(catalog: Catalog, case: Case) -> float:
    """Bytes of a checkpoint: weights and what the optimizer keeps of those that are trained."""
    workload = catalog.workloads[case.workload]
    if is_language_model(workload):
        parts = least_parts(decoder_of(workload, case.layers))
        return parts[WEIGHTS] + parts[STATE]
    architecture = catalog.chip_of(case.choice).architecture
    each = WEIGHT_BYTES + _MOMENTS + MASTER_BYTES.get(physics_of(architecture), max(MASTER_BYTES.values()))
    return each * network_for(workload.network, architecture, case.layers).parameters


def lacking_terms(stated: Mapping[str, float]) -> tuple[str, ...]:
    """Levers of the run that have to be stated as well, by key: nothing of it has a default."""
    fails = "failure_rate" in stated
    lacking = []
    if (fails or "checkpoint_interval" in stated) and not {"checkpoint_cost", "storage_bandwidth"} & set(stated):
        lacking.append("checkpoint_cost")
    if fails and "restart_time" not in stated:
        lacking.append("restart_time")
    if fails and "spares" in stated and "repair_time" not in stated:
        lacking.append("repair_time")
    return tuple(lacking)


def interruptions_of(stated: Mapping[str, float], chips: int, state: float) -> Interruptions:
    """What stops the run. stated: by key of a lever, in its unit, nothing lacking; state: bytes of a checkpoint.

    Without a stated interval checkpoints are the best interval apart; without failures none is taken.
    """
    rate = stated.get("failure_rate", 0.0) * chips / (1000.0 * _DAY)
    checkpoint = _checkpoint(stated, state)
    if "checkpoint_interval" in stated:
        interval = stated["checkpoint_interval"] * _MINUTE
    else:
        interval = best_interval(rate, checkpoint) if rate else math.inf
    short, wait = 0.0, 0.0
    if rate and "spares" in stated:
        short, wait = spare_shortage(rate, stated["repair_time"] * _HOUR, round(stated["spares"]))
    return Interruptions(rate, interval, checkpoint, stated.get("restart_time", 0.0) * _MINUTE, short, wait)


def _checkpoint(stated: Mapping[str, float], state: float) -> float:
    """Seconds that a checkpoint stops training."""
    if "checkpoint_cost" in stated:
        return stated["checkpoint_cost"]
    return state / (stated["storage_bandwidth"] * _GIGA) if "storage_bandwidth" in stated else 0.0


def queue_of(stated: Mapping[str, float]) -> float:
    """Seconds before the run begins."""
    return stated.get("queue_time", 0.0) * _HOUR


def initialisation_of(stated: Mapping[str, float]) -> float:
    """Seconds from starting the programs to the first step."""
    return stated.get("initialisation_time", 0.0) * _MINUTE
