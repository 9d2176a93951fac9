"""What can be kept of each plan, by its name: at the central parameters, and what draws tell."""

from ipuwhatif.analysis.sweep.costs import COSTS, ENERGY, MONEY
from ipuwhatif.model.layouts.grid import SAMPLES, STEP_TIME, THROUGHPUT, TIME
from ipuwhatif.model.time_to_train import PARTS

TIME_S = "time_to_train_s"
#: Name of a layout's part -> its column among the candidates; whole numbers but for the last.
LAYOUT = {
    "layout_global_batch": "global_batch",
    "layout_replicas": "replicas",
    "layout_pipeline_stages": "stages",
    "layout_micro_batch": "micro_batch",
    "layout_gradient_accumulation": "accumulation",
    "layout_tensor_parallel": "tensor",
    "layout_context_parallel": "context",
    "layout_product_bits": "bits",
    "layout_recomputed": "recomputed",
}
CHIPS_AT_WORK, CHIP_HOURS = "chips_at_work", "chip_hours"
#: Names of what one search tells -> what it is called there.
CENTRAL = {
    TIME_S: TIME,
    "throughput_samples_per_s": THROUGHPUT,
    "samples_to_target": SAMPLES,
    "step_time_s": STEP_TIME,
    **{f"{part}_s": part for part in PARTS},
    **LAYOUT,
}
LOW, HIGH, BASIS = "time_low_s", "time_high_s", "basis"
UNDER_TARGET, FASTEST = "share_under_target", "share_fastest"
#: Shares of draws in which no other plan is both faster and cheaper -> what it is held against the time.
FRONTS = {"share_on_front_chips": "chips", "share_on_front_energy": ENERGY, "share_on_front_money": MONEY}
DRAWN = (LOW, HIGH, BASIS, UNDER_TARGET, FASTEST, *FRONTS)
#: Shares that no plan can tell alone.
AMONG = (FASTEST, *FRONTS)
QUANTITIES = (*CENTRAL, CHIPS_AT_WORK, CHIP_HOURS, *COSTS, *DRAWN)
USUAL = (TIME_S, "throughput_samples_per_s", "samples_to_target", *list(LAYOUT)[:5])


def needed(names: tuple[str, ...]) -> tuple[str, ...]:
    """What a search must tell for some quantities."""
    found = dict.fromkeys(CENTRAL[name] for name in names if name in CENTRAL)
    if set(names) & {CHIP_HOURS, *COSTS, *FRONTS}:
        found[TIME] = None
    if CHIPS_AT_WORK in names:
        found |= dict.fromkeys(("replicas", "stages", "tensor", "context"))
    return tuple(found)
