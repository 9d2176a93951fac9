"""The scored MLPerf entries as logged, each with what it ran on, how it was laid out and where it is to be found."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.jobs import WorkloadRule
from ipuwhatif.catalog.layouts import Configurations, entry_key, submitted_layout
from ipuwhatif.catalog.matching import EntryRule, by_model, entry_choice, reason_left_out
from ipuwhatif.catalog.origins import OriginRules, file_origin, noted
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.stacks import Release
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import Chip, OfficialResult, System, SystemChoice, packing_of
from ipuwhatif.records import replace

EARLY, LATE = "mlperf_training_to_v1.1.csv", "mlperf_training_v2.0_to_v5.0.csv"
_COLUMNS = (
    "round division submitter system benchmark status accelerator_model_name accelerators_total "
    "accelerator_memory_capacity accelerator_interconnect accelerators_per_node host_processor_model_name "
    "host_sockets_total gradient_accumulation_steps number_of_nodes runs_success runs_expected minutes_score "
    "minutes_min minutes_max global_batch_size optimizer dataset_train_samples samples_to_converge_mean "
    "n_evals_mean in_log_time_scale init_s_mean wall_s_measured_mean train_s_mean eval_s_mean "
    "throughput_train_only_samples_s source_folder repo"
)
#: From v2.1 on a score is the time measured, times how much sooner its runs met the target than the reference would.
FILES = {EARLY: _COLUMNS, LATE: f"{_COLUMNS} scaling_factor"}
DIVISIONS = ("closed", "open")
#: Categories that submitters wrote out -> the word that the other tables have for them.
_WRITTEN_OUT = {
    "available on-premise": "onprem",
    "available on premise": "onprem",
    "on-premise": "onprem",
    "available cloud": "cloud",
    "available in cloud": "cloud",
}


def read_entries(folder: Path) -> dict[str, Row]:
    """The rows of the MLPerf tables by the key of their entry; the same entry twice is refused."""
    entries: dict[str, Row] = {}
    for row in (row for file, columns in FILES.items() for row in read_table(folder, file, columns)):
        key = entry_key(row)
        if key in entries:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key))
        entries[key] = row
    return entries


def category(row: Row) -> str:
    """The category of an entry, in one word for each."""
    written = row.text("status").lower()
    return _WRITTEN_OUT.get(written, written)


def entry_origins(entries: Mapping[str, Row], releases: Mapping[str, Release], rules: OriginRules) -> dict[str, Origin]:
    """The origin of each entry by its key; a round that is no release is refused."""
    published = {release.mlperf_round: release.origin.published for release in releases.values()}
    origins = {}
    for key, row in entries.items():
        mlperf_round = row.choice("round", tuple(published))
        origins[key] = file_origin(rules, row, published[mlperf_round])
    return origins


def official_results(
    entries: Mapping[str, Row],
    origins: Mapping[str, Origin],
    releases: Mapping[str, Release],
    systems: Mapping[str, System],
    chips: Mapping[str, Chip],
    entry_rules: Sequence[EntryRule],
    workload_rules: Mapping[str, WorkloadRule],
    configurations: Configurations,
) -> tuple[OfficialResult, ...]:
    """Every entry as an OfficialResult, in file order."""
    by_round = {release.mlperf_round: release.key for release in releases.values()}
    for key, row in configurations.ipu.items():
        if key not in entries:
            raise row.refuse(Flawed(Flaw.NO_ENTRY_OF_LAYOUT, key))
    results, allowed = [], by_model(entry_rules, entries.values())
    for key, row in entries.items():
        workload, note = _workload(row, workload_rules)
        origin = noted(origins[key], note)
        choice = entry_choice(row, allowed[row.text("accelerator_model_name")], systems)
        # Another task under the name was laid out for another network.
        system = systems[choice.system] if choice and workload else None
        release = by_round[row.text("round")]
        rule = workload_rules[row.text("benchmark")]
        per_count = rule.samples_per_count(release, row.text("submitter"))
        packing = packing_of(rule.packs, chips[system.chip].architecture, release) if system else None
        per_batch = packing.samples if packing and packing.batch_in_packs else per_count
        result = _result(row, key, release, choice, system, workload, origin, configurations, per_count, per_batch)
        results.append(replace(result, left_out=reason_left_out(row, allowed[row.text("accelerator_model_name")])))
    return tuple(results)


def _workload(row: Row, rules: Mapping[str, WorkloadRule]) -> tuple[str | None, str]:
    """The workload of an entry, and why it has none."""
    rule = rules[row.choice("benchmark", tuple(rules))]
    other = rule.other_task(row.text("round"), row.text("submitter"), row.choice("division", DIVISIONS))
    return (None, other.reason) if other else (rule.workload, "")


def _ran_on(row: Row) -> tuple[str, int]:
    """The accelerators of an entry and how many they are; of an entry without any, its processors."""
    count = row.whole("accelerators_total")
    if count:
        return row.text("accelerator_model_name"), count
    return row.text("host_processor_model_name"), row.whole("host_sockets_total")


def _result(
    row: Row,
    key: str,
    release: str,
    choice: SystemChoice | None,
    system: System | None,
    workload: str | None,
    origin: Origin,
    configurations: Configurations,
    per_count: float,
    per_batch: float,
) -> OfficialResult:
    """per_count, per_batch: samples that the log counts as one, and those that its batch does."""
    samples, evaluations = row.positive("samples_to_converge_mean") * per_count, row.number("n_evals_mean")
    optimizer = row.text("optimizer").removesuffix(" (from keys)").lower()
    every = samples / evaluations if evaluations > 0 else 0.0
    layout, layout_note = submitted_layout(row, configurations, system, choice.chips if choice else 0, optimizer, every)
    if layout is not None and per_batch != 1.0:
        layout = replace(layout, global_batch=round(layout.global_batch * per_batch), samples_per_pack=per_batch)
    accelerator, count = _ran_on(row)
    measured = row.positive("wall_s_measured_mean")
    # Where the log does not set training apart, "train" is all of the clock time and no figure at all. Where a run did
    # not log all of its blocks, their mean is short; the throughput is that of the blocks that were logged.
    alone = row.optional_number("throughput_train_only_samples_s")
    apart = bool(alone)
    training = row.positive("samples_to_converge_mean") / alone if alone else None
    return OfficialResult(
        key=key,
        mlperf_round=row.text("round"),
        release=release,
        division=row.text("division"),
        submitter=row.text("submitter"),
        system_name=row.text("system"),
        workload=workload,
        choice=choice,
        accelerator=accelerator,
        chips=choice.chips if choice else count,
        status=category(row),
        score_s=row.positive("minutes_score") * 60,
        fastest_s=row.positive("minutes_min") * 60,
        slowest_s=row.positive("minutes_max") * 60,
        global_batch=round(row.whole("global_batch_size") * per_batch),
        optimizer=optimizer,
        samples_to_target=samples,
        evaluations=evaluations,
        time_scale=row.positive("in_log_time_scale")
        * (row.positive("scaling_factor") if "scaling_factor" in row.cells else 1.0),
        measured_s=measured,
        training_s=training,
        evaluation_s=row.optional_number("eval_s_mean") if apart else None,
        overhead_s=None if training is None else measured - training,
        per_count=per_count,
        runs_succeeded=row.whole("runs_success"),
        runs_expected=row.whole("runs_expected"),
        layout=layout,
        origin=noted(origin, layout_note),
        initialisation_s=row.optional_number("init_s_mean") or None,
    )
