"""How submitted entries were laid out, from the submitters' configuration files.

Graphcore's entries have a table of their own; NVIDIA's are matched with a configuration script by round, benchmark,
machine and node count, and only if the script's batch multiplies out to the batch that was logged. Those of others
are derived: one replica a chip, and the gradient accumulation that the log names.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.notes import LayoutAt, Remark
from ipuwhatif.catalog.origins import OriginRules, file_origin
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import System
from ipuwhatif.records import Record
from ipuwhatif.units import Said

AS_SUBMITTED = "as-submitted"
_IPU_FILES = ("ipu_layouts_to_v1.1.csv", "ipu_layouts_v2.0.csv")
_NVIDIA_FILES = ("nvidia_configs_to_v1.1.csv", "nvidia_configs_v2.0_to_v5.0.csv")
_IPU_COLUMNS = (
    "round submitter division system benchmark replicas micro_batch sequences_per_pack gradient_accumulation "
    "global_batch_size pipeline_stages optimizer_state ipus program_instances"
)
_NVIDIA_COLUMNS = (
    "round benchmark config nodes gpus_per_node batchsize_per_gpu_var gradient_steps max_steps num_epochs "
    "cuda_graph bn_group sharp source_file"
)
_BLOCKS = "max_blocks_per_stage"  # not every table tells it
# System names of NVIDIA's entries and the machine that their configuration scripts are named after.
_MACHINES = (
    ("dgxa100", "DGXA100"),
    ("dgx2", "DGX2"),
    ("dgx1", "DGX1"),
    ("dgxh100", "DGXH100"),
    ("eos", "DGXH100"),
    ("coreweave_hgxh100", "DGXH100"),
    ("h200", "DGXH100"),
    ("b200", "DGXB200"),
    ("nyx", "DGXB200"),
    ("tyche", "GB200"),
    ("l40s", "L40S"),
    ("2xa30", "A30"),
)


class Configurations(Record, frozen=True):
    """Published configurations by what identifies them, and where each was read."""

    ipu: Mapping[str, Row]  # by the key of the entry
    nvidia: Mapping[tuple[str, str, str, int], tuple[Row, ...]]  # by round, benchmark, machine, nodes
    addresses: Mapping[tuple[str, int], str]  # by file and line

    def note(self, row: Row) -> LayoutAt:
        """Where the configuration of a row was read, for the origin of an entry."""
        return LayoutAt(self.addresses[row.file, row.line])

    def blocks(self, row: Row) -> int:
        """Blocks on the most loaded stage of an IPU's pipeline: as told, or as in the latest round that tells it."""
        if row.cells.get(_BLOCKS):
            return row.whole(_BLOCKS)
        split = [row.cells[name] for name in ("benchmark", "pipeline_stages")]
        told = [each for each in self.ipu.values() if each.cells.get(_BLOCKS)]
        alike = [each for each in told if [each.cells[name] for name in ("benchmark", "pipeline_stages")] == split]
        return max(alike, key=lambda each: each.cells["round"]).whole(_BLOCKS) if alike else 0


def read_configurations(folder: Path, rules: OriginRules) -> Configurations:
    """Both configuration tables, each row with its origin checked."""
    ipu: dict[str, Row] = {}
    nvidia: dict[tuple[str, str, str, int], tuple[Row, ...]] = {}
    addresses = {}
    for row in (row for file in _IPU_FILES for row in read_table(folder, file, _IPU_COLUMNS)):
        key = entry_key(row)
        if key in ipu:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key))
        ipu[key] = row
        addresses[row.file, row.line] = str(file_origin(rules, row, None).locator)
    for row in (row for file in _NVIDIA_FILES for row in read_table(folder, file, _NVIDIA_COLUMNS)):
        machine = row.filled("config").split("_")[0]
        identity = (row.filled("round"), row.filled("benchmark"), machine, row.whole("nodes"))
        nvidia[identity] = (*nvidia.get(identity, ()), row)
        addresses[row.file, row.line] = str(file_origin(rules, row, None).locator)
    return Configurations(ipu, nvidia, addresses)


def entry_key(row: Row) -> str:
    """The key of an MLPerf entry: "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"."""
    return "/".join(row.filled(column) for column in ("round", "submitter", "system", "benchmark", "division"))


def submitted_layout(
    entry: Row, configurations: Configurations, system: System | None, chips: int, optimizer: str, every: float
) -> tuple[Layout | None, Said]:
    """The layout of an entry and a note on where it was read, or that it was derived.

    `system` and `chips` are what it ran on; without them there is no layout. `every` is the number of samples between
    evaluations.
    """
    key = entry_key(entry)
    if key in configurations.ipu:
        row = configurations.ipu[key]
        return _ipu_layout(entry, row, configurations.blocks(row), optimizer, every), configurations.note(row)
    if system is None:
        return None, ""
    if not entry.text("submitter").startswith("NVIDIA"):
        scripts = _scripts(entry, configurations) if system.family == "gpu" else []
        return _derived_layout(entry, scripts, chips, optimizer, every)
    config = _matching_script(entry, configurations)
    if config is None:
        return _even_layout(entry, chips, 1, False, optimizer, every), Remark.NO_CONFIGURATION
    return _nvidia_layout(entry, config, optimizer, every), configurations.note(config)


def _ipu_layout(entry: Row, row: Row, blocks: int, optimizer: str, every: float) -> Layout:
    layout = Layout(
        policy=AS_SUBMITTED,
        global_batch=row.whole("global_batch_size"),
        replicas=row.whole("replicas"),
        pipeline_stages=row.whole("pipeline_stages"),
        micro_batch=row.whole("micro_batch"),
        gradient_accumulation=row.whole("gradient_accumulation"),
        samples_per_pack=row.number("sequences_per_pack"),
        blocks_per_stage=blocks,
        off_chip_state="off-chip" in row.text("optimizer_state"),
        optimizer=optimizer,
        evaluation_every=every,
        chips_per_instance=row.whole("ipus") / row.whole("program_instances"),
    )
    product = layout.replicas * layout.gradient_accumulation * layout.micro_batch * layout.samples_per_pack
    if product != layout.global_batch or layout.global_batch != entry.whole("global_batch_size"):
        raise row.refuse(Flaw.LAYOUT_NOT_THE_BATCH)
    return layout


def _count_or_one(row: Row, column: str) -> int:
    return (row.whole(column) or 1) if row.text(column) else 1


def _matching_script(entry: Row, configurations: Configurations) -> Row | None:
    name = entry.text("system")
    machine = next((script for start, script in _MACHINES if name.startswith(start)), "")
    nodes = _count_or_one(entry, "number_of_nodes")
    chips, batch = entry.whole("accelerators_total"), entry.whole("global_batch_size")
    found = [
        row
        for row in configurations.nvidia.get((entry.text("round"), entry.text("benchmark"), machine, nodes), ())
        if chips == row.whole("nodes") * row.whole("gpus_per_node") and chips * _batch_of_chip(row) == batch
    ]
    # Of two the one from the folder of the container that the entry is named after.
    container = re.search(r"_ngc([0-9.]+)", name)
    of_container = [row for row in found if container and container[1] in row.text("source_file")]
    return next(iter(of_container or found), None)


def _batch_of_chip(config: Row) -> int:
    """Samples of a GPU's batch in a script; where it packs them, two sequences share a slot."""
    return config.whole("batchsize_per_gpu_var") * (2 if config.cells.get("packed_samples") == "1" else 1)


def _nvidia_layout(entry: Row, config: Row, optimizer: str, every: float) -> Layout:
    steps = _count_or_one(config, "gradient_steps")
    batch, chips = entry.whole("global_batch_size"), entry.whole("accelerators_total")
    per_chip = _batch_of_chip(config)
    if per_chip % steps:
        raise config.refuse(Flaw.BATCH_NOT_IN_STEPS)
    horizon = (config.optional_number("max_steps") or 0.0) * batch
    if not horizon:
        dataset = entry.optional_number("dataset_train_samples") or 0.0
        horizon = (config.optional_number("num_epochs") or 0.0) * dataset
    return Layout(
        policy=AS_SUBMITTED,
        global_batch=batch,
        replicas=chips,
        pipeline_stages=1,
        micro_batch=per_chip // steps,
        gradient_accumulation=steps,
        cuda_graph=config.whole("cuda_graph") == 1,
        in_network=config.whole("sharp") == 1,
        batch_norm_group=_count_or_one(config, "bn_group"),
        optimizer=optimizer,
        horizon_samples=horizon,
        evaluation_every=every,
    )


def _derived_layout(
    entry: Row, scripts: list[Row], chips: int, optimizer: str, every: float
) -> tuple[Layout | None, Said]:
    """The layout of an entry whose configuration was not read, and a note on what it was derived from."""
    batch = entry.whole("global_batch_size")
    if batch % chips:
        return None, Remark.NOT_DIVIDED
    steps = _accumulation(entry, batch // chips, scripts)
    same = [row for row in scripts if _batch_of_chip(row) == batch // chips]
    graph = any(row.whole("cuda_graph") == 1 for row in same)
    note = Remark.ONE_REPLICA_A_CHIP_GRAPHS if graph else Remark.ONE_REPLICA_A_CHIP
    return _even_layout(entry, chips, steps, graph, optimizer, every), note


def _scripts(entry: Row, configurations: Configurations) -> list[Row]:
    """NVIDIA's configurations of the round and benchmark of an entry."""
    wanted = (entry.text("round"), entry.text("benchmark"))
    return [row for key, rows in configurations.nvidia.items() if key[:2] == wanted for row in rows]


def _accumulation(entry: Row, per_chip: int, scripts: list[Row]) -> int:
    """Gradient accumulation as logged. Before v1.0 the logs do not say: the least that leaves no more on a chip than
    NVIDIA's configurations of the round ran at once."""
    if entry.text("gradient_accumulation_steps"):
        steps = entry.whole("gradient_accumulation_steps")
        return steps if steps and per_chip % steps == 0 else 1
    at_once = [_batch_of_chip(row) // _count_or_one(row, "gradient_steps") for row in scripts]
    largest = max(at_once, default=per_chip)
    fitting = (steps for steps in range(1, per_chip + 1) if per_chip % steps == 0 and per_chip // steps <= largest)
    return next(fitting, 1)


def _even_layout(entry: Row, chips: int, steps: int, graph: bool, optimizer: str, every: float) -> Layout | None:
    """One replica a chip; None where the batch does not divide."""
    batch = entry.whole("global_batch_size")
    if batch % (chips * steps):
        return None
    return Layout(
        AS_SUBMITTED,
        batch,
        chips,
        1,
        batch // (chips * steps),
        steps,
        cuda_graph=graph,
        optimizer=optimizer,
        evaluation_every=every,
    )
