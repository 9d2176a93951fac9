"""Chips and systems: every figure follows from a row of the hardware table by the derivation it states."""

from collections.abc import Callable

import pytest

from ipuwhatif.catalog.datum import DERIVED, READ, RECALLED, Datum
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.units import told

Rows = Callable[[str], list[dict[str, str]]]


def _figures(evidence_rows: Rows, entity: str, attribute: str) -> list[float]:
    rows = evidence_rows("hardware.csv")
    return [float(row["value_number"]) for row in rows if (row["entity"], row["attribute"]) == (entity, attribute)]


@pytest.mark.parametrize(
    ("chip", "attribute", "entity", "row_attribute", "factor", "kind"),
    [
        ("gc200", "peak_flops", "IPU-M2000", "peak_fp16_16", 1e15 / 4, DERIVED),
        ("gc200", "memory_bandwidth", "IPU-M2000", "in_processor_memory_bw", 1e12 / 4, DERIVED),
        ("gc200", "memory_size", "GC200 (Mk2 IPU)", "in_processor_memory", 1e6, READ),
        ("gc200", "exchange_bandwidth", "GC200 (Mk2 IPU)", "exchange_bw", 1e12, READ),
        ("bow", "memory_bandwidth", "Bow-2000", "in_processor_memory_bw", 1e12 / 4, DERIVED),
        ("bow", "clock", "Bow-2000", "clock", 1e9, READ),
        ("a100-80gb", "peak_flops", "A100 SXM 80GB", "peak_bf16", 1e12, READ),
        ("a100-80gb", "memory_bandwidth", "A100 SXM 80GB", "hbm_bw", 1e12, READ),
        ("a100-80gb", "memory_size", "A100 SXM 80GB", "hbm", 1e9, READ),
        ("a100-80gb", "clock", "A100 SXM 80GB", "clock", 1e9, READ),
        ("a100-40gb", "peak_flops", "A100 SXM 80GB", "peak_bf16", 1e12, DERIVED),
        ("a100-40gb", "memory_bandwidth", "A100 SXM4 40GB", "hbm_bw", 1e12, READ),
        ("v100-sxm2-16gb", "peak_flops", "V100 SXM2", "peak_fp16", 1e12, READ),
        ("v100-sxm2-16gb", "memory_bandwidth", "V100 SXM2 16/32GB", "hbm_bw", 1e12, READ),
        ("v100-sxm3-32gb-450w", "peak_flops", "V100 SXM2", "peak_fp16", 1e12, DERIVED),
        ("gc200", "peak_flops_32", "IPU-M2000", "peak_fp32", 1e15 / 4, DERIVED),
        ("a100-80gb", "peak_flops_32", "A100 SXM 80GB", "peak_tf32", 1e12, READ),
        ("a100-80gb-500w", "peak_flops", "A100 SXM 80GB", "peak_bf16", 1e12, DERIVED),
        ("a100-pcie-80gb", "peak_flops", "A100 SXM 80GB", "peak_bf16", 1e12, DERIVED),
        ("h100-sxm", "peak_flops", "H100 SXM", "peak_bf16", 1e12, READ),
        ("gaudi", "memory_bandwidth", "Gaudi (1st gen)", "hbm_bw", 1e12, RECALLED),
    ],
)
def test_that_a_chip_figure_follows_from_its_row(
    catalog: Catalog,
    evidence_rows: Rows,
    chip: str,
    attribute: str,
    entity: str,
    row_attribute: str,
    factor: float,
    kind: str,
) -> None:
    datum = catalog.chips[chip].data[attribute]
    (figure,) = _figures(evidence_rows, entity, row_attribute)
    assert datum.value == pytest.approx(figure * factor, rel=1e-12)
    assert datum.origin.kind == kind
    assert (datum.key, catalog.chips[chip].value(attribute)) == (f"{chip}.{attribute}", datum.value)


def test_that_conflicting_figures_stand_side_by_side(catalog: Catalog, evidence_rows: Rows) -> None:
    clock = catalog.chips["gc200"].data["clock"]
    assert [clock.value, *(other.value for other in clock.alternatives)] == [
        pytest.approx(value * 1e9) for value in _figures(evidence_rows, "GC200 (Mk2 IPU)", "clock")
    ]
    assert clock.alternatives[0].origin != clock.origin


def test_that_a_figure_with_more_digits_ranks_before_the_rounded_one(catalog: Catalog, evidence_rows: Rows) -> None:
    peak = catalog.chips["bow"].data["peak_flops"]
    rounded, exact = _figures(evidence_rows, "Bow-2000", "peak_fp16_16")
    assert peak.value == pytest.approx(exact * 1e15 / 4)
    assert [other.value for other in peak.alternatives] == [pytest.approx(rounded * 1e15 / 4)]


def test_that_the_exchange_of_bow_scales_with_its_clock(catalog: Catalog) -> None:
    gc200, bow = catalog.chips["gc200"], catalog.chips["bow"]
    ratio = bow.value("clock") / gc200.value("clock")
    assert bow.value("exchange_bandwidth") == pytest.approx(gc200.value("exchange_bandwidth") * ratio)
    assert bow.data["exchange_bandwidth"].origin.kind == DERIVED


def test_that_every_derived_figure_says_how(catalog: Catalog) -> None:
    data: list[Datum] = [datum for chip in catalog.chips.values() for datum in chip.data.values()]
    data += [datum for system in catalog.systems.values() for datum in system.data.values()]
    assert all(datum.origin.note for datum in data if datum.origin.kind == DERIVED)


@pytest.mark.parametrize(
    ("system", "attribute", "gigabytes"),
    [
        ("ipu-pod", "link_bandwidth", 64),
        ("ipu-pod", "network_bandwidth", 2 * 100 / 8 / 4),
        ("ipu-pod", "streaming_bandwidth", 20 / 4),
        ("ipu-pod", "host_bandwidth", 5.5),
        ("bow-pod", "link_bandwidth", 512 / 8),
        ("bow-pod", "network_bandwidth", 2 * 100 / 8 / 4),
        ("dgx-a100", "link_bandwidth", 300),
        ("dgx-a100", "network_bandwidth", 8 * 200 / 8 / 8),
        ("dgx-a100-40gb", "link_bandwidth", 600 / 2),
        ("dgx-2h", "link_bandwidth", 300 / 2),
        ("dgx-2h", "network_bandwidth", 8 * 100 / 8 / 16),
        ("dgx-1", "link_bandwidth", 150),
        ("dgx-1", "network_bandwidth", 4 * 100 / 8 / 8),
        ("dgx-h100", "link_bandwidth", 450),
        ("dgx-h100", "network_bandwidth", 400 / 8),
        ("hgx-a100-80gb", "network_bandwidth", 200 / 8),
        ("hgx-a100-80gb-4nic", "network_bandwidth", 4 * 200 / 8 / 8),
        ("a100-80gb-500w-x4", "network_bandwidth", 2 * 200 / 8 / 4),
        ("pcie-a100-40gb", "link_bandwidth", 32),
        ("pcie-a100-40gb", "network_bandwidth", 100 / 8 / 8),
        ("pcie-a100-80gb", "network_bandwidth", 100 / 8 / 10),
        ("pcie-a100-80gb-x4", "network_bandwidth", 100 / 8 / 4),
        ("rtx-2080", "link_bandwidth", 16),
        ("tpu-v3", "link_bandwidth", 340e3 / 1024),
        ("tpu-v4", "link_bandwidth", 1100e3 / 4096),
        ("gaudi", "link_bandwidth", 7 * 100 / 8),
        ("gaudi", "network_bandwidth", 3 * 100 / 8),
        ("gaudi-hls-1h", "network_bandwidth", 10 * 100 / 8),
    ],
)
def test_that_bandwidth_is_per_chip_and_direction(
    catalog: Catalog, system: str, attribute: str, gigabytes: float
) -> None:
    assert catalog.systems[system].value(attribute) == pytest.approx(gigabytes * 1e9)


def test_that_a_figure_in_no_source_is_recalled_and_says_so(catalog: Catalog) -> None:
    datum = catalog.systems["xeon-8380h"].data["network_bandwidth"]
    assert (datum.origin.kind, datum.origin.producer, datum.origin.locator) == (RECALLED, "not sourced", None)


def test_that_an_unknown_figure_is_left_out(catalog: Catalog) -> None:
    assert "clock" not in catalog.chips["v100-sxm2-16gb"].data
    with pytest.raises(KeyError):
        catalog.chips["v100-sxm2-16gb"].value("clock")


def test_that_every_chip_has_what_the_model_needs(catalog: Catalog) -> None:
    for chip in catalog.chips.values():
        assert {"peak_flops", "memory_bandwidth", "memory_size"} <= set(chip.data)
    for system in catalog.systems.values():
        assert {"link_bandwidth", "network_bandwidth"} <= set(system.data)
        assert system.chip in catalog.chips
        assert system.chips_per_domain % system.chips_per_machine == 0


def test_that_ipu_systems_reach_1024_chips_and_dgx_a100_4320(catalog: Catalog) -> None:
    ranges = {key: (system.minimum_chips, system.maximum_chips) for key, system in catalog.systems.items()}
    assert ranges["ipu-pod"] == ranges["bow-pod"] == (1, 1024)
    assert ranges["dgx-a100"] == (1, 4320)


def test_that_chips_with_recalled_figures_are_these(catalog: Catalog) -> None:
    recalled = {
        f"{key}.{name}"
        for key, chip in catalog.chips.items()
        for name, datum in chip.data.items()
        if datum.origin.kind == RECALLED
    }
    assert {name.partition(".")[0] for name in recalled} == {
        "v100s-pcie-32gb", "rtx-2080", "epyc-7742", "xeon-8380h", "gaudi",
    }  # fmt: skip
    assert {name for name in recalled if name.startswith(("tpu", "h100", "gc200", "bow", "a100-80gb"))} == set()


def test_that_systems_of_users_stand_before_evidence(catalog: Catalog) -> None:
    listed = [system.listed for system in catalog.systems.values()]
    assert listed == sorted(listed, reverse=True)
    assert {choice.system for choice in catalog.presets.values()} <= {
        key for key, system in catalog.systems.items() if system.listed
    }


def test_that_workloads_have_their_targets_and_sizes(catalog: Catalog, evidence_rows: Rows) -> None:
    resnet, bert = catalog.workloads["resnet50"], catalog.workloads["bert-large"]
    rows = evidence_rows("mlperf_training_to_v1.1.csv")
    sizes = {float(row["dataset_train_samples"]) for row in rows if row["dataset_train_samples"]}
    assert {resnet.data["dataset_samples"].value} == sizes
    assert resnet.data["evaluation_samples"].value == 50_000
    assert bert.data["evaluation_samples"].value == 10_000
    assert bert.data["dataset_samples"].value == 0
    assert (told(resnet.target), told(bert.target)) == ("75.9 % top-1", "72.0 % masked-LM accuracy")
    assert (resnet.recipes, bert.recipes) == (("closed",), ("closed", "open"))
