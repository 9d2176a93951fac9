"""Whether the pinned parts of a layout make its pinned batch."""

from ipuwhatif.catalog.names import chips_text
from ipuwhatif.model.layouts.plan import Plan
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number


def _replica_batch(plan: Plan) -> int | None:
    """Samples of a replica's step where the batch and both of its parts are pinned; None where one of them is open."""
    pins = plan.kind.pins
    if pins.global_batch is None or pins.micro_batch is None or pins.gradient_accumulation is None:
        return None
    return round(pins.micro_batch * pins.gradient_accumulation * plan.samples_per_pack)


def _product_text(plan: Plan) -> str:
    """The parts of a pinned batch: "micro-batch 12 × accumulation 40 = 480"."""
    pins = plan.kind.pins
    packed = tr(" × {count} a pack", count=format_number(plan.samples_per_pack)) if plan.samples_per_pack != 1 else ""
    return tr(
        "micro-batch {micro} × accumulation {accumulation}{packed} = {product}",
        micro=format_number(pins.micro_batch or 0),
        accumulation=format_number(pins.gradient_accumulation or 0),
        packed=packed,
        product=format_number(_replica_batch(plan) or 0),
    )


def check_batch_pins(plan: Plan) -> None:
    part, batch = _replica_batch(plan), plan.kind.pins.global_batch
    if part is None or batch is None or batch % part == 0:
        return
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {product} does not go into a global batch of {batch}; the "
            "nearest is {near}",
            product=_product_text(plan),
            batch=format_number(batch),
            near=format_number(max(1, round(batch / part)) * part),
        )
    )


def check_replicas(plan: Plan, chips: int) -> None:
    part, batch, word = _replica_batch(plan), plan.kind.pins.global_batch, plan.system.chip_word
    if part is None or batch is None or batch // part * plan.least_chips <= chips:
        return
    needed = batch // part
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {product}, and a global batch of {batch} takes {replicas} "
            "replicas, {chips} of the {there}",
            product=_product_text(plan),
            batch=format_number(batch),
            replicas=format_number(needed),
            chips=chips_text(word, needed * plan.least_chips),
            there=format_number(chips),
        )
    )
