"""A file of a chip is brought in with its questions; every chip of the hardware table can be one."""

import csv
from datetime import date

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.calibration.support.spreads import OWN_CHIP
from ipuwhatif.catalog.machines import CHIP_UNITS
from ipuwhatif.catalog.own_chips import read_own_chip, with_own
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.files import resource
from ipuwhatif.importers.chips import brought_chip, read_chip
from ipuwhatif.importers.mine import shipped_catalog
from ipuwhatif.importers.readers import bring, replaced
from ipuwhatif.importers.store import Store, keep, read_store
from ipuwhatif.importers.toml import toml_text
from ipuwhatif.model.case import BEST, Case
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, to_base, told
from tests.own_chip import chip_text
from tests.refusals import refused

#: Attribute of the table -> attribute of a chip, or of its systems.
CHIP_COLUMNS = {
    "peak_flops": "peak_dense_bf16",
    "peak_flops_32": "peak_dense_tf32",
    "peak_flops_8": "peak_dense_fp8",
    "peak_flops_4": "peak_dense_fp4",
    "best_product": "max_achievable_matmul_bf16",
    "memory_bandwidth": "memory_bandwidth",
    "memory_size": "memory_capacity",
    "power": "tdp",
}
SYSTEM_COLUMNS = {
    "link_bandwidth": "link_bandwidth_per_chip_one_way",
    "network_bandwidth": "network_bandwidth_per_chip_one_way",
}
NO_NETWORK = ("Gaudi2", "Gaudi3", "MI250X", "MI300X", "MI325X", "MI355X", "TPU v5e", "TPU v5p", "TPU v6e (Trillium)")


def table() -> dict[str, dict[str, dict[str, str]]]:
    """The rows of the hardware table by entity and attribute, the first of each."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with resource("evidence", "hardware_2022_on.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["entity"], {}).setdefault(row["attribute"], row)
    return found


def text_of(entity: str, rows: dict[str, dict[str, str]]) -> str:
    """A chip of the table as a file: each figure with the origin that its row names."""
    origins = {}

    def figures(columns: dict[str, str]) -> dict[str, object]:
        found = {}
        for name, column in columns.items():
            if column in rows:
                row = rows[column]
                origins[column] = {
                    "title": row["source_title"],
                    "locator": row["source_url"] or "the rows beside it",
                    "date": "2026-11",
                    "kind": row["kind"],
                    **({"note": row["note"] or "as the table says"} if row["kind"] == "derived" else {}),
                }
                value = float(row["value"])
                found[name] = {"value": value, "unit": row["unit"], "origin": column}
        return found

    chip_figures = figures(CHIP_COLUMNS)
    if "peak_flops" not in chip_figures and _VECTOR in rows:
        chip_figures["peak_flops"], origins["sibling"] = _from_sibling(rows)
    architecture = next((word for word in ("tpu", "gaudi") if entity.casefold().startswith(word)), "gpu")
    key = "own-" + "".join(letter if letter.isalnum() else "-" for letter in entity.casefold()).strip("-")
    chip = {"key": key, "name": entity, "architecture": architecture, **chip_figures}
    most = 1024 if SYSTEM_COLUMNS["network_bandwidth"] in rows else 8
    counts = {"chips_per_machine": 8, "chips_per_domain": 8, "maximum_chips": most}
    system = {"name": entity, **counts, "origin": "memory_capacity", **figures(SYSTEM_COLUMNS)}
    return toml_text({"chip": chip, "system": system, "origins": origins})


_VECTOR = "peak_vector_fp32"


def _from_sibling(rows: dict[str, dict[str, str]]) -> tuple[dict[str, object], dict[str, object]]:
    """The dense peak of a chip with the same cores at another clock: that of MI355X by what their vectors reach."""
    sibling = table()["MI355X"]
    peak = float(sibling["peak_dense_bf16"]["value"])
    scaled = round(peak * float(rows[_VECTOR]["value"]) / float(sibling[_VECTOR]["value"]), 1)
    origin = {
        "title": sibling["peak_dense_bf16"]["source_title"],
        "locator": "the rows of MI355X",
        "date": "2026-11",
        "kind": "derived",
        "note": "the dense peak of MI355X by the vector rates of both",
    }
    return {"value": scaled, "unit": "TFLOPS", "origin": "sibling"}, origin


TABLE = table()


def test_that_the_table_lacks_the_network_of_nine_chips_and_the_peak_of_one():
    lacking = {entity for entity, rows in TABLE.items() if SYSTEM_COLUMNS["network_bandwidth"] not in rows}
    assert lacking == {*NO_NETWORK, "MI350X"} and CHIP_COLUMNS["peak_flops"] not in TABLE["MI350X"]


@pytest.mark.parametrize("entity", sorted(TABLE))
def test_a_chip_of_the_table_is_brought_in_with_each_figure_and_its_source(entity):
    brought = brought_chip(text_of(entity, TABLE[entity]), "it.toml")
    # the table holds a second figure of what leaves a server with B200 and GB200, twice that of its adapters
    assert all(told(ask).startswith("network_bandwidth: 100 GB/s beside 50 GB/s") for ask in brought.asks)
    catalog = shipped_catalog()
    own = read_own_chip(brought.text, "it.toml", catalog)
    for name, column in CHIP_COLUMNS.items():
        if column in TABLE[entity]:
            printed = TABLE[entity][column]
            assert own.chip.value(name) == to_base(float(printed["value"]), printed["unit"], CHIP_UNITS[name])
            assert own.chip.data[name].verbatim == f"{float(printed['value']):g} {printed['unit']}"
            assert own.chip.data[name].origin.title == printed["source_title"]


@pytest.mark.parametrize("entity", sorted(TABLE))
def test_each_chip_of_the_table_is_projected_widely_and_says_so(entity):
    catalog = shipped_catalog()
    own = read_own_chip(brought_chip(text_of(entity, TABLE[entity]), "it.toml").text, "it.toml", catalog)
    world = World(with_own(catalog, [own]), load_world().calibration, load_world().levers)
    case = Case("llama31-8b", SystemChoice(own.key, 8), "2025-06", "stated", BEST)
    if entity == "TPU v5e":  # whose 16 GB hold too little of it
        case = replace(case, workload="bert-large-512")
    found = project(world, case)
    assert OWN_CHIP in found.beyond and found.basis == "extrapolated"
    assert found.throughput_samples_per_s.high > 1.4 * found.throughput_samples_per_s.low


@pytest.mark.parametrize("entity", sorted(NO_NETWORK))
def test_a_chip_without_a_network_is_no_larger_than_its_links_join(entity):
    text = text_of(entity, TABLE[entity])
    own = read_own_chip(text, "it.toml", shipped_catalog())
    assert own.system.maximum_chips == own.system.chips_per_domain
    assert own.system.data["network_bandwidth"].origin.note.startswith("no chip lies beyond the links")
    with refused(
        "it.toml, $.system: key 'network_bandwidth' is missing; write network_bandwidth = "
        '{ value = …, unit = "GB/s", origin = "…" }, or a maximum_chips that links alone join, up to chips_per_domain'
    ):
        read_own_chip(text.replace("maximum_chips = 8", "maximum_chips = 16"), "it.toml", shipped_catalog())


def test_a_figure_that_nobody_prints_may_be_derived_from_a_sibling_and_says_how():
    own = read_own_chip(text_of("MI350X", TABLE["MI350X"]), "it.toml", shipped_catalog())
    origin = own.chip.data["peak_flops"].origin
    assert (origin.kind, origin.note) == ("derived", "the dense peak of MI355X by the vector rates of both")
    without = {name: row for name, row in TABLE["MI350X"].items() if name != "peak_vector_fp32"}
    with refused(
        "it.toml, $.chip: key 'peak_flops' is missing; write peak_flops = "
        '{ value = …, unit = "TFLOPS", origin = "…" }'
    ):
        brought_chip(text_of("MI350X", without), "it.toml")


def test_a_file_is_brought_in_as_it_stands_and_named_by_its_key(tmp_path):
    path = tmp_path / "our chips.toml"
    path.write_bytes(("\ufeff" + chip_text()).replace("\n", "\r\n").encode())
    (brought,) = bring(path)
    assert (brought.kind, brought.name, brought.text, brought.asks) == ("chip", "my-chip", chip_text(), ())
    assert told(brought.origin) == f"our chips.toml, imported {date.today().isoformat()}"


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"[chip]\xff")
    with refused("a.toml, byte 6: not UTF-8 text"):
        read_chip(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_bytes(b"#" * 64_001)
    with refused(f"{tmp_path / 'b.toml'} is larger than 64,000 bytes"):
        read_chip(tmp_path / "b.toml")


def test_one_faulty_chip_of_a_folder_brings_in_none(tmp_path):
    (tmp_path / "a.toml").write_text(chip_text())
    (tmp_path / "b.toml").write_text(chip_text(chip__key="other", chip__power__origin="nobody"))
    with pytest.raises(InputError, match=r"b\.toml, \$\.chip\.power"):
        bring(tmp_path)


def test_another_of_the_same_name_is_asked_about_and_the_same_is_not(tmp_path):
    first, second = brought_chip(chip_text(), "a.toml"), brought_chip(chip_text(chip__power__value=1), "b.toml")
    assert replaced([first], Store()) == ()
    keep([first], tmp_path)
    assert replaced([first], read_store(tmp_path)) == ()
    (ask,) = replaced([second], read_store(tmp_path))
    assert told(ask) == "you have another my-chip already: is it to be replaced?"
