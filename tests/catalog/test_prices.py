"""Printed prices: every row of the table with its source, and what it fits or why it fits nothing."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from ipuwhatif.catalog.datum import ORIGIN_KINDS, RECALLED
from ipuwhatif.catalog.prices import read_prices
from ipuwhatif.catalog.printed_prices import load_prices
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.units import InputError


def test_that_no_row_of_the_table_is_lost() -> None:
    rows = []
    for name in ("prices.csv", "prices_2023_on.csv"):
        with resource("economics", name).open(encoding="utf-8-sig", newline="") as stream:
            rows += csv.DictReader(stream)
    figures = load_prices()
    assert [(each.item, each.text, each.as_of) for each in figures] == [
        (row["item"], row["price"], row["as_of"]) for row in rows
    ]
    for figure, row in zip(figures, rows, strict=True):
        assert figure.amount == (float(row["price_number"]) if row["price_number"] else None)
        assert figure.origin.kind == row["kind"] and figure.origin.kind in ORIGIN_KINDS


def test_that_a_price_fits_a_system_of_the_catalog_or_nothing(catalog: Catalog) -> None:
    for figure in load_prices():
        if figure.fit is not None:
            assert figure.fit.system in catalog.systems
            assert bool(figure.fit.machines) != bool(figure.fit.chips)
            assert figure.currency == "USD"
    nothing = {figure.item for figure in load_prices() if figure.fit is None}
    assert {"Bow systems", "IPU-POD16 vs DGX A100", "AWS A100 40GB / 80GB per GPU"} <= nothing


def test_that_a_recalled_price_has_no_source() -> None:
    recalled = [each for each in load_prices() if each.origin.kind == RECALLED]
    assert recalled and {each.origin.locator for each in recalled} == {None}


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("economics"), tmp_path / "economics"))


def fails(folder: Path, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_prices(folder, ["ipu-pod", "dgx-a100", "dgx-a100-40gb", "dgx-1", "dgx-2", "dgx-h100"])


def test_that_a_row_that_nobody_placed_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    table = folder / "prices.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("DGX-2,399000", "DGX-3,399000"), encoding="utf-8")
    fails(folder, "fits.json says nothing of 'DGX-3'")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("32450.0", "-1", "not above 0"),
        ("32450.0", "many", "not a finite number"),
        (",recall,,recalled,149995.0", ",recall,,guessed,149995.0", "guessed"),
    ],
)
def test_that_a_broken_row_is_refused_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = copied(tmp_path)
    table = folder / "prices.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new), encoding="utf-8")
    fails(folder, told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda fits: fits["fits"][0].update(system="ipu"), "ipu-pod"),
        (lambda fits: fits["fits"][0].update(chips=4), "either of machines or of one chip count"),
        (lambda fits: fits["fits"][0].update(per="week"), "week"),
        (lambda fits: fits["fits"].append(dict(fits["fits"][0])), "duplicate key"),
        (lambda fits: fits["fits"].append({**fits["fits"][0], "item": "DGX-9"}), "'DGX-9' is in no row"),
        (lambda fits: fits["fit_nothing"][0].pop("reason"), "reason"),
    ],
)
def test_that_a_faulty_fit_is_refused(tmp_path: Path, change, told: str) -> None:
    folder = copied(tmp_path)
    fits = json.loads((folder / "fits.json").read_text(encoding="utf-8"))
    change(fits)
    (folder / "fits.json").write_text(json.dumps(fits), encoding="utf-8")
    fails(folder, told)
