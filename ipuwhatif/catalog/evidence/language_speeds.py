"""Training speeds of language models that vendors and frameworks print, outside of MLPerf, with how each was cut.

They are no MLPerf results and are never mixed with them. Of the table those rows are taken whose model is a job here
and whose software is known; mixtures of experts and adapters are not modelled.
"""

from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.documents import read_document
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.layouts import AS_SUBMITTED
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.notes import RateOfChip, SamplesOf, together
from ipuwhatif.catalog.origins import OriginRules, row_origin
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import PublishedResult, System, SystemChoice, Workload
from ipuwhatif.records import Record

FILE, DOCUMENT = "published_results_2022_on.csv", "language_speeds.json"
_COLUMNS = (
    "model variant platform n_accel sdk_or_container framework precision batch_size throughput throughput_unit "
    "throughput_scope source_url source_title note kind sequence_length micro_batch tensor_parallel "
    "pipeline_parallel virtual_pipeline context_parallel sharding"
)
ADAM = "adam"
#: Precisions as printed: in 8 bit tensors are scaled by what the last step or this one held. Where a table prints none,
#: the row of the next release with the same cut ran in 8 bit.
_PRECISIONS = {
    **dict.fromkeys(("BF16", "bf16", "amp_bf16"), "bf16"),
    **dict.fromkeys(("FP8", "FP8-CS", "amp_fp8", ""), "fp8"),
    **dict.fromkeys(("FP8-MX", "MXFP8"), "mxfp8"),
    "NVFP4": "fp4",
}
#: Gathers of the weights in a micro-batch, by how the table calls the sharding: fully sharded chips gather them for the
#: forward and again for the backward pass (Zhao et al. 2023, "PyTorch FSDP", arXiv:2304.11277, section 3.2).
_GATHERS = {"FULL_SHARD": 2, "FSDP": 2, "SHARD_GRAD_OP": 1}
_RECOMPUTED = "activation checkpointing"
PER_CHIP = "per accelerator"


class Names(Record, frozen=True):
    """The names of the table and what they mean here."""

    models: Mapping[tuple[str, str], str]  # model and variant as printed -> workload
    platforms: Mapping[str, str]  # platform as printed -> system
    containers: Mapping[str, str]  # container, or framework where none is printed -> software


def read_language_speeds(
    documents: Path,
    tables: Path,
    rules: OriginRules,
    systems: Mapping[str, System],
    workloads: Mapping[str, Workload],
    containers: Mapping[str, str],
) -> tuple[PublishedResult, ...]:
    """The rows that are placed, in file order. InputError for a workload or a system that there is not."""
    names = _names(documents, systems, workloads, containers)
    found = (_result(row, rules, names) for row in read_table(tables, FILE, _COLUMNS))
    return tuple(result for result in found if result is not None)


def _names(
    folder: Path, systems: Mapping[str, System], workloads: Mapping[str, Workload], containers: Mapping[str, str]
) -> Names:
    root, models, platforms = read_document(folder, DOCUMENT), {}, {}
    for node in root.children("models"):
        workload = one_of(node, "workload", tuple(workloads))
        variants = node.texts("variants")
        models.update({(name, variant): workload for name in node.texts("names") for variant in variants})
        node.close()
    for node in root.children("platforms"):
        system = one_of(node, "system", tuple(systems))
        platforms.update(dict.fromkeys(node.texts("names"), system))
        node.close()
    root.close()
    return Names(models, platforms, containers)


def _result(row: Row, rules: OriginRules, names: Names) -> PublishedResult | None:
    workload = names.models.get((row.text("model"), row.text("variant")))
    system = names.platforms.get(row.text("platform"))
    software = names.containers.get(row.text("sdk_or_container") or row.text("framework"))
    if workload is None or system is None or software is None:
        return None
    if row.text("precision") not in _PRECISIONS:
        return None
    choice, tokens = SystemChoice(system, row.whole("n_accel")), row.whole("sequence_length")
    printed, unit = row.positive("throughput"), row.choice("throughput_unit", ("tokens/s",))
    total = printed * (choice.chips if row.text("throughput_scope") == PER_CHIP else 1)
    per_chip = RateOfChip(f"{printed:g}", unit) if row.text("throughput_scope") == PER_CHIP else f"{printed:g} {unit}"
    return PublishedResult(
        key=f"{row.text('model')}/{row.text('platform')}/{choice.chips}/{row.text('precision')}#{row.line}",
        model=row.text("model"),
        variant=row.text("variant"),
        platform=row.text("platform"),
        accelerators=choice.chips,
        software=row.text("sdk_or_container") or row.text("framework"),
        precision=row.text("precision"),
        value=total / tokens,
        unit="samples/s",
        origin=row_origin(rules, row),
        note=together(SamplesOf(per_chip, tokens), row.text("note")),
        workload=workload,
        choice=choice,
        software_key=software,
        half_precision=True,
        document=row.text("sdk_or_container") or row.text("source_title"),
        tokens=tokens,
        layout=_layout(row, choice),
    )


def _layout(row: Row, choice: SystemChoice) -> Layout | None:
    """How the row was cut; None where what it prints leaves chips over, or no whole number of micro-batches."""
    tensor, stages, context, pieces = (
        row.whole(name) if row.text(name) else 1
        for name in ("tensor_parallel", "pipeline_parallel", "context_parallel", "virtual_pipeline")
    )
    micro, batch = row.whole("micro_batch"), row.whole("batch_size")
    replicas, left = divmod(choice.chips, tensor * stages * context)
    if left or not replicas or batch % (replicas * micro):
        return None
    sharding = row.text("sharding")
    return Layout(
        policy=AS_SUBMITTED,
        global_batch=batch,
        replicas=replicas,
        pipeline_stages=stages,
        micro_batch=micro,
        gradient_accumulation=batch // (replicas * micro),
        optimizer=ADAM,
        tensor_parallel=tensor,
        context_parallel=context,
        interleaving=pieces,
        recomputed=float(_RECOMPUTED in sharding),
        precision=_PRECISIONS[row.text("precision")],
        gathers=max((count for name, count in _GATHERS.items() if sharding.startswith(name)), default=0),
    )
