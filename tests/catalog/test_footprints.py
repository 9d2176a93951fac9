"""Footprints: one for each system, each figure with an origin, and faults told with their place."""

import json
import shutil
from pathlib import Path

import pytest

from ipuwhatif.catalog.datum import RECALLED
from ipuwhatif.catalog.footprints import load_footprints, read_footprints
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.units import InputError, told


def test_that_every_system_of_the_catalog_has_a_footprint_or_says_what_is_unknown(catalog: Catalog) -> None:
    footprints = load_footprints()
    assert list(footprints) == list(catalog.systems)
    for key, footprint in footprints.items():
        assert footprint.system == key and footprint.machine
        for datum in (footprint.power, footprint.rack_units):
            if datum is not None:
                assert datum.value > 0.0 and datum.origin.title
                assert datum.origin.kind == RECALLED or datum.origin.locator


def test_that_figures_are_those_of_their_sources() -> None:
    footprints = load_footprints()
    powers = {key: each.power.value for key, each in footprints.items() if each.power is not None}
    heights = {key: each.rack_units.verbatim for key, each in footprints.items() if each.rack_units is not None}
    assert (powers["ipu-pod"], powers["bow-pod"], powers["dgx-a100"], powers["dgx-2"]) == (1500.0, 1700.0, 6500.0, 1e4)
    assert (heights["ipu-pod"], heights["bow-pod"], heights["dgx-a100"], heights["dgx-2"]) == (
        "1 U",
        "1 U",
        "6 U",
        "10 U",
    )
    assert footprints["dgx-1"].power is not None and footprints["dgx-1"].power.origin.kind == RECALLED
    assert footprints["tpu-v4"].power is None and footprints["tpu-v4"].rack_units is None
    assert "host" in told(footprints["ipu-pod"].leaves_out) and "host" not in told(footprints["dgx-a100"].leaves_out)


def changed(tmp_path: Path, change) -> None:
    """The shipped footprints with a change, read."""
    shutil.copytree(resource("economics"), tmp_path / "economics")
    path = tmp_path / "economics" / "footprints.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document["footprints"])
    path.write_text(json.dumps(document), encoding="utf-8")
    read_footprints(tmp_path / "economics", resource("evidence"), list(load_footprints()))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda all_of: all_of[0].update(system="ipu-pood"), "ipu-pood"),
        (lambda all_of: all_of.pop(), "h100-x4"),
        (lambda all_of: all_of.append(dict(all_of[0])), "duplicate key 'ipu-pod'"),
        (lambda all_of: all_of[0].pop("power"), "'power' is neither"),
        (lambda all_of: all_of[0].update(unknown=["power"]), "'power' is neither"),
        (lambda all_of: all_of[0]["power"].update(attribute="clock"), "clock"),
        (lambda all_of: all_of[2]["power"].update(stated=0), "not above 0"),
        (lambda all_of: all_of[2]["power"].pop("origin"), "'origin' is missing"),
        (lambda all_of: all_of[0].update(colour="blue"), "colour"),
    ],
)
def test_that_a_fault_is_told_with_its_file(tmp_path: Path, change, told: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(tmp_path, change)
    assert "footprints.json" in str(caught.value) and told in str(caught.value)
