"""Which system an entry ran on: each GPU entry since v0.7 has one, held against what its row says of chip and links."""

from collections.abc import Callable, Mapping

import pytest

from ipuwhatif.catalog.types import Catalog, OfficialResult, System
from ipuwhatif.units import told
from tests.catalog.tables import classic

Rows = Callable[[str], list[dict[str, str]]]
Paired = list[tuple[OfficialResult, dict[str, str], System]]


@pytest.fixture(scope="module")
def machines(catalog: Catalog, entry_rows: list[dict[str, str]]) -> Paired:
    """Each entry of a GPU system with its row and the system."""
    rows = zip(classic(catalog), entry_rows, strict=True)
    return [
        (result, row, catalog.systems[result.choice.system])
        for result, row in rows
        if result.choice is not None and catalog.systems[result.choice.system].family == "gpu"
    ]


def test_that_every_gpu_entry_since_v0_7_has_a_system(catalog: Catalog) -> None:
    others = ("Google/tpu", "Graphcore", "Habana", "Intel", "PCL", "SIAT")
    gpu = [
        result
        for result in classic(catalog)
        if "v0.6" < result.mlperf_round < "v2.0" and not result.key.split("/", 1)[1].startswith(others)
    ]
    assert len(gpu) == 109
    assert [result.key for result in gpu if result.choice is None] == []


def test_that_only_nvidia_has_dgx_systems(machines: Paired) -> None:
    for result, _, system in machines:
        if system.key.startswith("dgx-"):
            assert result.submitter.startswith("NVIDIA"), result.key
        elif result.submitter == "NVIDIA":  # of chips that it built no machine for under a name of its own
            assert system.key in ("a30", "hgx-h200", "gb200-nvl72", "l40s"), result.key
        if result.mlperf_round < "v2.0":
            assert system.listed == (result.submitter == "NVIDIA"), result.key


def test_that_memory_and_power_agree_with_the_accelerator_that_the_entry_names(
    catalog: Catalog, machines: Paired
) -> None:
    for result, _, system in machines:
        chip = catalog.chips[system.chip]
        for watts in (250, 300, 400, 450, 500):
            if f"({watts}W)" in result.accelerator:
                assert chip.value("power") == watts, result.key
        for gigabytes in (16, 32, 40, 80):
            if f"-{gigabytes}GB" in result.accelerator:
                assert chip.value("memory_size") == gigabytes * 1e9, result.key


def test_that_boards_on_pcie_and_modules_on_nvlink_are_told_apart(machines: Paired) -> None:
    for result, row, system in machines:
        named = result.accelerator.lower()
        if "pcie" in named:
            bridged = "nvlink" in row["accelerator_interconnect"].lower()
            switched = "DSS8440" in result.system_name  # eight or ten boards behind the switches of one machine
            assert system.link_class == ("bridge" if bridged else "pcie-switch" if switched else "pcie"), result.key
        elif "sxm" in named:
            assert system.link_class == "nvlink", result.key


def test_that_clusters_have_the_machines_that_their_entries_describe(machines: Paired) -> None:
    for result, row, system in machines:
        if row["number_of_nodes"] not in ("", "1"):
            if system.key in ("l40s", "gb200-nvl72"):  # servers of four and of eight; trays of a rack
                continue
            assert system.chips_per_machine == int(row["accelerators_per_node"]), result.key


def test_that_parts_without_a_power_limit_follow_the_other_entries_of_the_machine(machines: Paired) -> None:
    systems = {result.key: system.key for result, _, system in machines}
    assert systems["v1.0/Lenovo/SD650-N_V2_A100_SXM_80GB_500W/resnet/closed"] == "a100-80gb-500w-x4"
    assert systems["v1.0/Supermicro/SYS-420GP-TNAR+/resnet/closed"] == "hgx-a100-80gb-500w"
    assert systems["v1.0/Supermicro/as-2124gq-nart+/resnet/closed"] == "hgx-a100-80gb"
    assert systems["v0.7/Alibaba/a100-8/resnet/closed"] == "hgx-a100-40gb"
    assert systems["v0.7/Inspur/nf5488_mxnet/resnet/closed"] == "hgx-a100-40gb"


@pytest.mark.parametrize(
    ("key", "replicas", "micro_batch", "steps", "cuda_graph"),
    [
        ("v1.1/Azure/nd96amsr_a100_v4_n256_ngc21.09_pytorch/bert/closed", 2048, 3, 1, True),
        ("v1.1/Azure/nd96amsr_a100_v4_n8_ngc21.09_pytorch/bert/closed", 64, 48, 1, False),
        ("v1.1/Supermicro/AS-2124GQ-NART+/bert/closed", 4, 56, 2, False),
        ("v1.1/Fujitsu/gx_A100x4_pytorch_NGC_21.09/bert/closed", 4, 32, 2, False),
        ("v1.1/Dell/DSS8440x8A100-PCIE-40GB/bert/closed", 8, 48, 1, False),
        ("v0.7/Google/gpu-v100-8-TF2.0/bert/closed", 8, 11, 5, False),
        ("v0.7/Fujitsu/gx_V100x8_ngc20.06_mxnet/resnet/closed", 8, 208, 1, True),
        ("v1.0/Dell/3xDSS8440x8A100-PCIE-40GB/resnet/closed", 24, 256, 1, False),
    ],
)
def test_that_the_layout_of_a_third_party_is_derived(
    catalog: Catalog, key: str, replicas: int, micro_batch: int, steps: int, cuda_graph: bool
) -> None:
    result = next(result for result in classic(catalog) if result.key == key)
    layout = result.layout
    assert layout is not None
    found = (layout.replicas, layout.micro_batch, layout.gradient_accumulation, layout.cuda_graph)
    assert found == (replicas, micro_batch, steps, cuda_graph)
    assert (layout.pipeline_stages, layout.samples_per_pack) == (1, 1.0)
    assert "layout: derived, one replica a chip" in told(result.origin.note)
    assert ("CUDA graphs" in told(result.origin.note)) == cuda_graph


def test_that_logged_gradient_accumulation_is_kept(catalog: Catalog, entry_rows: list[dict[str, str]]) -> None:
    for result, row in zip(classic(catalog), entry_rows, strict=True):
        if result.layout is not None and row["gradient_accumulation_steps"] and result.submitter != "Graphcore":
            assert result.layout.gradient_accumulation == int(row["gradient_accumulation_steps"]), result.key


def test_that_every_system_says_what_joins_its_chips(catalog: Catalog) -> None:
    classes: Mapping[str, str] = {key: system.link_class for key, system in catalog.systems.items()}
    assert set(classes.values()) == {
        "ipu-link", "nvlink", "bridge", "pcie", "pcie-switch", "ici", "ethernet", "infinity-fabric", "socket",
    }  # fmt: skip
    assert {key for key, value in classes.items() if value == "ipu-link"} == {"ipu-pod", "bow-pod"}
    assert all(value == "nvlink" for key, value in classes.items() if key.startswith("dgx-"))
    assert (classes["pcie-a100-40gb"], classes["pcie-a100-40gb-bridge"]) == ("pcie", "bridge")
