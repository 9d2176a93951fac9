"""Which parameter plays which role for a kind of case: the one place where parameter names are put together."""

from ipuwhatif.model.parameters import LATEST_RELEASE, REFERENCE_CURVES

ROLES = (
    "memory_efficiency",
    "launch",
    "graph_launch",
    "step_fixed",
    "clock_share",
    "update",
    "off_chip_efficiency",
    "link_efficiency",
    "network_efficiency",
    "network_latency",
    "overlap",
    "link_latency",
    "micro_effect",
    "chip_effect",
    "step_effect",
    "start_up",
    "joining",
    "joining_growth",
    "start_up_effect",
    "evaluation",
    "checkpoint",
    "slope",
    "floor",
    "floor_effect",
    "critical_batch",
    "critical_batch_effect",
    "rise",
    "rise_effect",
    "far_batch",
    "far_rise",
    "optimizer_penalty",
    "recipe_effect",
    "horizon",
    "horizon_ratio",
)


def convergence_group(workload: str, architecture: str, recipe: str, release: str) -> str:
    """Which convergence curve a job follows: entries of one architecture and recipe share one."""
    if (workload, architecture, release) == ("resnet50", "gpu", "2019-07"):
        return "resnet50/gpu-2019-07"
    if workload == "bert-large" and recipe == "open":
        return "bert-large/ipu-open"  # the only open entries of comparable BERT runs are Graphcore's
    return f"{workload}/{architecture}"


def roles_of(workload: str, chip: str, generation: str, release: str, recipe: str, optimizer: str) -> dict[str, str]:
    """The parameter that plays each role for a kind of case; "one" and "zero" where a role is not played."""
    group = convergence_group(workload, chip, recipe, release)
    # Open and closed runs of one submitter differ in their floor; the bend of the curve is the same.
    bend = group.removesuffix("-open")
    latest = release == LATEST_RELEASE
    run = f"{chip}.{workload}"
    is_ipu, is_bert = chip == "ipu", workload == "bert-large"
    return {
        "memory_efficiency": f"memory_efficiency.{chip}",
        "launch": f"launch.{chip}",
        "graph_launch": "one" if is_ipu else "graph_launch.gpu",
        "step_fixed": f"step_fixed.{chip}",
        "clock_share": f"clock_share.{chip}",
        "update": f"update.{chip}.{optimizer}",
        "off_chip_efficiency": "off_chip_efficiency.ipu" if is_ipu else "one",
        "link_efficiency": f"link_efficiency.{chip}",
        "network_efficiency": f"network_efficiency.{chip}",
        "network_latency": f"network_latency.{chip}",
        "link_latency": "zero" if is_ipu else "link_latency.gpu",
        "overlap": "zero" if is_ipu else "overlap.gpu",
        "micro_effect": "one" if latest else f"micro_effect.{run}.{release}",
        "chip_effect": "one" if generation in ("gc200", "a100") else f"chip_effect.{generation}",
        "step_effect": "one" if latest else f"step_effect.{run}.{release}",
        "start_up": f"start_up.{run}",
        "joining": f"joining.{run}",
        "joining_growth": f"joining_growth.{chip}",
        "start_up_effect": "one" if latest else f"start_up_effect.{run}.{release}",
        "evaluation": f"evaluation.{run}",
        "checkpoint": f"checkpoint.{run}",
        "slope": f"slope.{workload}",
        "floor": f"floor.{workload}",
        "floor_effect": f"floor_effect.{group}",
        "critical_batch": f"critical_batch.{workload}",
        "critical_batch_effect": f"critical_batch_effect.{bend}",
        "rise": f"rise.{workload}",
        "rise_effect": f"rise_effect.{bend}",
        "far_batch": f"far_batch.{workload}",
        "far_rise": f"far_rise.{workload}",
        "recipe_effect": "one" if latest or group in REFERENCE_CURVES else f"recipe_effect.{group}.{release}",
        "optimizer_penalty": "sgd_penalty.resnet50" if optimizer == "sgd" else "one",
        "horizon": "horizon.bert-large" if is_bert else "zero",
        "horizon_ratio": "horizon_ratio.bert-large" if is_bert else "one",
    }
