"""Whether the pinned parts of a layout make its pinned batch."""

from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.model.reasons import BatchNotDivisible, BatchParts, TooManyReplicas
from ipuwhatif.units import RefusedError


def _parts(plan: Plan) -> BatchParts | None:
    """A replica's step where the batch and both of its parts are pinned; None where one of them is open."""
    pins = plan.kind.pins
    if pins.global_batch is None or pins.micro_batch is None or pins.gradient_accumulation is None:
        return None
    product = round(pins.micro_batch * pins.gradient_accumulation * plan.samples_per_pack)
    return BatchParts(pins.micro_batch, pins.gradient_accumulation, plan.samples_per_pack, product)


def check_batch_pins(plan: Plan) -> None:
    parts, batch = _parts(plan), plan.kind.pins.global_batch
    if parts is None or batch is None or batch % parts.product == 0:
        return
    raise RefusedError(BatchNotDivisible(parts, batch, max(1, round(batch / parts.product)) * parts.product))


def check_replicas(plan: Plan, chips: int) -> None:
    parts, batch = _parts(plan), plan.kind.pins.global_batch
    if parts is None or batch is None or batch // parts.product * plan.least_chips <= chips:
        return
    needed = batch // parts.product
    raise RefusedError(TooManyReplicas(parts, batch, needed, plan.system.chip_word, needed * plan.least_chips, chips))
