"""Hours of clouds: every row is placed by its accelerators, and what nobody can look up fits nothing."""

import shutil
from pathlib import Path

import pytest

from ipuwhatif.catalog.hourly_prices import FILE, FITS, accelerator_systems, instance_systems, read_hourly_prices
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from tests.refusals import refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("economics"), tmp_path / "economics"))


def test_that_rows_fit_the_system_with_their_accelerators(folder: Path, catalog: Catalog) -> None:
    figures = {each.item: each for each in read_hourly_prices(folder, catalog.systems)}
    fits = {item: (each.fit.system, each.fit.machines, each.fit.chips) for item, each in figures.items() if each.fit}
    assert fits["Lambda 8x A100 (40 GB)"] == ("dgx-a100-40gb", 1, 0)
    assert fits["GCP a2-megagpu-16g (16x A100 (40 GB))"] == ("dgx-a100-40gb", 0, 16)
    assert fits["Lambda 1x H100 (80 GB)"] == ("dgx-h100", 0, 1)
    assert {each.split()[0] for each in figures if each not in fits} >= {"Mithril", "Dataoorts", "GCP"}
    assert len(figures) > 60 and len(fits) > 40


def test_that_an_accelerator_that_nobody_placed_is_refused(folder: Path, catalog: Catalog) -> None:
    table = folder / FILE
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",A100 (80 GB),8,5.121", ",X9,8,5.121")
    table.write_text("".join(lines), encoding="utf-8")
    with refused(f"economics/{FILE}, line 2: {FITS} says nothing of 'X9'"):
        read_hourly_prices(folder, catalog.systems)


def test_that_a_price_of_something_else_is_refused(folder: Path, catalog: Catalog) -> None:
    table = folder / FILE
    table.write_text(table.read_text(encoding="utf-8").replace("instance-hour", "GPU-hour", 1), encoding="utf-8")
    with refused(f"economics/{FILE}, line 2: column 'unit': 'GPU-hour' is unknown; nearest: instance-hour"):
        read_hourly_prices(folder, catalog.systems)


def test_that_what_clouds_call_accelerators_and_instances_is_a_system_with_its_chips() -> None:
    assert accelerator_systems()["H100 (80 GB)"] == "dgx-h100"
    assert "GH200 (96 GB)" not in accelerator_systems()
    assert instance_systems()["p4d.24xlarge"] == ("dgx-a100-40gb", 8)
    assert all(chips >= 1 and system in accelerator_systems().values() for system, chips in instance_systems().values())
