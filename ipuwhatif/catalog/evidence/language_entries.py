"""The scored MLPerf entries of language models: how each was cut over its chips stands beside what its log says.

A table of their own, since most of its columns say nothing of other jobs. Rows that the model is not to learn from
carry the reason in `left_out`, a column of this project. So is `recomputed`, the share of the layers that programs
which share weights compute again: no source that was read tells it. One program ran all sizes of a chip, and this is
the least share with which the size of the most samples a chip fits its memory, in steps of 0.05.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.evidence.official import category
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.jobs import WorkloadRule
from ipuwhatif.catalog.layouts import AS_SUBMITTED, entry_key
from ipuwhatif.catalog.matching import EntryRule, by_model, entry_choice
from ipuwhatif.catalog.notes import LayoutAt
from ipuwhatif.catalog.origins import OriginRules, file_origin, noted
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import Release
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import OfficialResult, System, SystemChoice

FILE = "mlperf_llm_v3.0_to_v5.0.csv"
ADAM = "adam"
_COLUMNS = (
    "round division submitter system benchmark status accelerator_model_name accelerators_total accelerators_per_node "
    "accelerator_memory_capacity accelerator_interconnect runs_success runs_expected minutes_score minutes_min "
    "minutes_max rcp_scaling_factor global_batch_size samples_to_converge_mean wall_s_measured_mean train_s_mean "
    "eval_s_mean init_s_mean step_time_s_logged_median step_time_s_derived tensor_parallel pipeline_parallel "
    "virtual_pipeline context_parallel fsdp micro_batch config_switches precision cuda_graphs config_file "
    "source_folder repo recomputed left_out"
)
#: Switch of the configuration files for the layers that are computed again.
_RECOMPUTED = "ACL="
#: Gathers of the weights in a micro-batch where chips share them: for the forward and again for the backward pass.
_SHARED = 2
#: Pieces on a stage where a table does not tell: NVIDIA's pipelines are interleaved, a layer a piece.
_NVIDIA = "NVIDIA"


def language_results(
    folder: Path,
    rules: OriginRules,
    releases: Mapping[str, Release],
    systems: Mapping[str, System],
    entry_rules: Sequence[EntryRule],
    workload_rules: Mapping[str, WorkloadRule],
) -> tuple[OfficialResult, ...]:
    """Every entry as an OfficialResult, in file order; the same entry twice is refused."""
    by_round = {release.mlperf_round: release for release in releases.values() if release.mlperf_round}
    rows = read_table(folder, FILE, _COLUMNS)
    allowed, results = by_model(entry_rules, rows), {}
    for row in rows:
        key = entry_key(row)
        if key in results:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key))
        release = by_round[row.choice("round", tuple(by_round))]
        rule = workload_rules[row.choice("benchmark", tuple(workload_rules))]
        choice = entry_choice(row, allowed[row.text("accelerator_model_name")], systems)
        origin = file_origin(rules, row, release.origin.published)
        results[key] = _result(row, key, release, rule, choice, origin)
    return tuple(results.values())


def _result(
    row: Row, key: str, release: Release, rule: WorkloadRule, choice: SystemChoice | None, origin: Origin
) -> OfficialResult:
    batch, samples = row.whole("global_batch_size"), row.positive("samples_to_converge_mean")
    step = row.optional_number("step_time_s_derived") or row.optional_number("step_time_s_logged_median")
    measured, layout = row.positive("wall_s_measured_mean"), _layout(row, rule.layers, choice, batch)
    training = None if step is None else samples / batch * step
    note = LayoutAt(row.text("config_file")) if layout else ""
    return OfficialResult(
        key=key,
        mlperf_round=row.text("round"),
        release=release.key,
        division=row.text("division"),
        submitter=row.text("submitter"),
        system_name=row.text("system"),
        workload=rule.workload,
        choice=choice,
        accelerator=row.text("accelerator_model_name"),
        chips=choice.chips if choice else row.whole("accelerators_total"),
        status=category(row),
        score_s=row.positive("minutes_score") * 60,
        fastest_s=row.positive("minutes_min") * 60,
        slowest_s=row.positive("minutes_max") * 60,
        global_batch=batch,
        optimizer=ADAM,
        samples_to_target=samples,
        evaluations=0.0,
        time_scale=row.positive("rcp_scaling_factor"),
        measured_s=measured,
        training_s=training,
        evaluation_s=row.optional_number("eval_s_mean") or None,
        overhead_s=None if training is None or training >= measured else measured - training,
        runs_succeeded=row.whole("runs_success"),
        runs_expected=row.whole("runs_expected") if row.text("runs_expected") else row.whole("runs_success"),
        layout=layout,
        origin=noted(origin, note),
        left_out=row.text("left_out"),
        initialisation_s=row.optional_number("init_s_mean") or None,
    )


def _layout(row: Row, layers: int, choice: SystemChoice | None, batch: int) -> Layout | None:
    """How an entry was cut; None where no configuration was found, or where it leaves chips of its replicas over."""
    if choice is None or not row.text("tensor_parallel") or row.text("left_out"):
        return None
    tensor, stages, context = (row.whole(f"{name}_parallel") for name in ("tensor", "pipeline", "context"))
    shared = bool(row.text("fsdp"))
    micro = _micro_batch(row, tensor * stages * context, shared=shared)
    replicas = choice.chips // (tensor * stages * context)
    if not replicas or not micro or choice.chips % (tensor * stages * context) or batch % (replicas * micro):
        return None
    return Layout(
        policy=AS_SUBMITTED,
        global_batch=batch,
        replicas=replicas,
        pipeline_stages=stages,
        micro_batch=micro,
        gradient_accumulation=batch // (replicas * micro),
        cuda_graph=row.text("cuda_graphs") == "yes",
        optimizer=ADAM,
        tensor_parallel=tensor,
        context_parallel=context,
        interleaving=_interleaving(row, layers, stages),
        recomputed=_recomputed(row, layers),
        precision="bf16" if row.text("precision") == "BF16" else "fp8",  # or INT8: what the chip has in 8 bit
        gathers=_SHARED if shared else 0,
    )


def _micro_batch(row: Row, chips: int, *, shared: bool) -> int:
    """Samples of a replica of so many chips at once; 0 where they are no whole number.

    Where chips share weights, the table divides the batch by all chips: half a sample each is 8 over 16 tensor parallel
    ones.
    """
    if not row.text("micro_batch"):
        return 1
    if not shared:
        return row.whole("micro_batch")
    samples = row.positive("micro_batch") * chips
    return int(samples) if samples == int(samples) else 0


def _interleaving(row: Row, layers: int, stages: int) -> int:
    if row.text("virtual_pipeline"):
        return row.whole("virtual_pipeline")
    interleaved = stages > 1 and row.text("accelerator_model_name").startswith(_NVIDIA)
    return -(-layers // stages) if interleaved else 1


def _recomputed(row: Row, layers: int) -> float:
    """Share of the layers that are computed again, as derived, or by a switch that counts them."""
    if row.text("recomputed"):
        return row.number("recomputed")
    counts = [each.strip().removeprefix(_RECOMPUTED) for each in row.text("config_switches").split(";")]
    counted = next((int(each) for each in counts if each.isdigit()), 0)
    return counted / layers
