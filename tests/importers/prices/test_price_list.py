"""Price lists of any column order: what each row is of, per what and in which money; nothing of it is assumed."""

import re

import openpyxl
import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.importers.prices.price_list import is_price_list, propose, read_price_list
from ipuwhatif.importers.prices.reader import bring_prices, read_prices, takes_prices
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.importers.tables.reasons import AtCell
from ipuwhatif.units import InputError, told
from tests.refusals import rows_of


def refusing(reason: str):
    return pytest.raises(InputError, match=re.escape(reason))


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def text(tmp_path):
    def write(content: str, name="prices.csv"):
        (tmp_path / name).write_text(content)
        return tmp_path / name

    return write


def read(path, catalog, **said):
    return read_price_list(path, catalog, Said(**said))


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("system,price,currency,per,date", "H100 SXM 80 GB,2.99,USD,GPU-hour,2025-03", (2.99, "USD", "hour", 1, True)),
        ("GPU,Price (USD/GPU-hour),Date", "H100,2.99,2025-03", (2.99, "USD", "hour", 1, True)),
        ("item,price_per_gpu_hour,currency,as of", "H100,2.99,EUR,2025", (2.99, "EUR", "hour", 1, True)),
        ("instance,hourly price (USD),date", "p5.48xlarge,98.32,2024-01", (98.32, "USD", "hour", 8, False)),
        (
            "machine,gpus,cost,unit,currency,date",
            "DGX H100,16,5,instance-hour,$,2025-03",
            (5, "USD", "hour", 16, False),
        ),
        ("product,list price,unit,date", "dgx-h100,399000 EUR,purchase,2023-05-01", (399000, "EUR", "buy", 8, False)),
        ("系统,价格（元/小时）,日期", "DGX H100,450,2025-03", (450, "CNY", "hour", 8, False)),
        ("chip,rate,date", "H100,$2.99/GPU-hour,2025-03", (2.99, "USD", "hour", 1, True)),
        ("chip,USD/GPU-month,date", "H100,2190,2025-03", (3.0, "USD", "hour", 1, True)),
    ],
)
def test_that_per_what_and_in_which_money_is_read_where_the_list_says_it(text, catalog, head, cells, expected):
    (price,) = read(text(f"{head}\n" + ",".join(cells.split(",")) + "\n"), catalog).prices
    assert (price.amount, price.currency, price.per, price.chips, price.each) == expected
    assert "dgx-h100" in price.systems and price.place == "prices.csv, row 2"


def test_that_a_chip_is_every_system_that_has_it_and_a_system_itself_alone(text, catalog):
    path = text(
        "system,price,date,per\nA100 80 GB,1 USD/GPU-hour,2025,\nDGX A100,9 USD/h,2025,\nIPU-POD64,90 USD,2025,buy\n"
    )
    chip, machine, pod = read(path, catalog).prices
    assert {"dgx-a100", "hgx-a100-80gb"} <= set(chip.systems) and "dgx-a100-40gb" not in chip.systems
    assert (machine.systems, machine.chips) == (("dgx-a100",), 8)
    assert (pod.systems, pod.chips, pod.each) == (("ipu-pod",), 64, False)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("H100,2.99,,GPU-hour,2025", "no currency; write a column of it, or say it (--currency USD)"),
        ("H100,2.99,USD,,2025", "does not say per what"),
        ("H100,2.99,USD,server,2025", "'server' does not say per what a price is; write one of GPU-hour"),
        ("H100,2.99,USD,GPU-hour,", "it has no date"),
        ("H100,2.99,USD,GPU-hour,soon", "'soon' is no date; write for example 2021-12"),
        ("H100,,USD,GPU-hour,2025", "no price stands there"),
        ("H100,free,USD,GPU-hour,2025", "'free'"),
        ("H100,-3,USD,GPU-hour,2025", "a price is from 0.001 to "),
        ("H100,2.99,XQX,GPU-hour,2025", "'XQX' is no known currency"),
        ("H900,2.99,USD,GPU-hour,2025", "system 'H900' is unknown; nearest: "),
        (",2.99,USD,GPU-hour,2025", "column 'chip' is empty"),
    ],
)
def test_that_a_bad_row_is_told_by_its_place_and_the_others_are_offered(text, catalog, row, reason):
    found = read(text(f"chip,price,currency,per,date\nH100,2,USD,GPU-hour,2025\n{row}\nH200,3,USD,h,2025\n"), catalog)
    assert [price.item for price in found.prices] == ["H100", "H200"]
    ((place, fault),) = rows_of(found.refused)
    assert place == "prices.csv, row 3" and reason in fault


def test_that_what_no_row_says_can_be_said_once_and_never_overrules_a_row(text, catalog):
    path = text("chip,price,currency\nH100,2.5,\nH200,3.5,EUR\nours,4,\n")
    units = {"currency": "USD", "per": "GPU-hour", "date": "2025-03"}
    found = read(path, catalog, units=units, systems={"ours": load_catalog().presets["dgx-a100"]})
    assert [(price.currency, price.date, price.systems[0]) for price in found.prices] == [
        ("USD", "2025-03", "dgx-h100"),
        ("EUR", "2025-03", "hgx-h200"),
        ("USD", "2025-03", "dgx-a100"),
    ]


def test_that_a_proposed_mapping_is_shown_and_can_be_corrected(text, catalog):
    path = text("chip,price,new price,date,remark\nH100,2,3,2025,x\n")
    proposal = propose(path)
    assert dict(proposal.columns) == {"item": "chip", "price": "price", "date": "date"}
    units = {"price": "USD/GPU-hour"}
    found = read(path, catalog, columns={"price": "new price"}, units=units)
    assert found.prices[0].amount == 3.0
    assert told(found.notes[0]) == "Read as: system or chip = 'chip'; price = 'new price' [USD/GPU-hour]; date = 'date'"


def test_that_a_decimal_comma_is_read_where_semicolons_part_the_cells(text, catalog):
    (price,) = read(text("chip;price;currency;per;date\nH100;2,99;EUR;GPU-hour;2025-03\n"), catalog).prices
    assert (price.amount, price.currency) == (2.99, "EUR")


def test_that_a_workbook_is_read_and_a_fault_named_by_its_cell(tmp_path, catalog):
    book = openpyxl.Workbook()
    for row in (("GPU", "Price (USD/GPU-hour)", "Date"), ("H100", 2.99, "2025-03"), ("H100", "ask us", "2025-03")):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    found = read(tmp_path / "list.xlsx", catalog)
    assert [price.amount for price in found.prices] == [2.99]
    fault = found.refused[0].reason
    assert isinstance(fault, AtCell) and fault.cell == "B3"


def test_that_toml_entries_are_rows(text, catalog):
    path = text(
        '[[prices]]\nsystem = "H100"\nprice = "2.99 USD/GPU-hour"\ndate = 2025-03-01\nsource = "quote 17"\n'
        '[[prices]]\nsystem = "DGX A100"\nprice = 27.2\ncurrency = "USD"\nper = "instance-hour"\ndate = "2024"\n',
        "prices.toml",
    )
    first, second = read(path, catalog).prices
    assert (first.amount, first.date, first.source, first.place) == (
        2.99,
        "2025-03-01",
        "quote 17",
        "prices.toml, entry 1",
    )
    assert (second.amount, second.per, second.chips) == (27.2, "hour", 8)
    assert takes_prices(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[[prices]]\nsystem = ", "list.toml is no TOML: "),
        ('prices = "many"\n', "list.toml holds no prices; write a table [[prices]] for each"),
        ("prices = [[1]]\n", "list.toml holds no prices"),
        ('title = "x"\n[[prices]]\nsystem = "H100"\n', "list.toml: key 'title' is unknown"),
        ('[[prices]]\nsystem = "H100"\n', "list.toml: no column is the price among 'system'"),
    ],
)
def test_that_toml_that_is_no_list_is_refused_in_one_sentence(text, catalog, content, reason):
    with refusing(reason):
        read(text(content, "list.toml"), catalog)


def test_that_a_list_is_told_from_results_and_from_a_chip_by_its_look(text, tmp_path):
    assert takes_prices(text("chip,price,date\nH100,2 USD/h,2025\n"))
    assert not takes_prices(text("system,workload,time (min),price\ndgx-a100,resnet50,30,9\n", "results.csv"))
    assert not takes_prices(text('[chip]\nkey = "x"\n', "chip.toml"))
    assert not takes_prices(tmp_path / "missing.csv") and not is_price_list(text("", "empty.csv"))


def test_that_a_list_without_a_row_or_a_head_is_refused(text, catalog):
    with refusing("prices.csv: no row follows the head"):
        read(text("chip,price,date\n"), catalog)
    with refusing("prices.csv: no column is the system or chip among 'a', 'b'"):
        read(text("a,b\n1,2\n"), catalog)
    with refusing("prices.csv, row 2: no price stands there"):
        read_prices(text("chip,price\nH100,\n"), catalog)
    with refusing("'sometimes' does not say per what a price is"):
        read(text("chip,price\nH100,2\n"), catalog, units={"per": "sometimes"})


def test_that_rows_that_cannot_be_read_are_asked_about_before_the_others_are_kept(text):
    (thing,) = bring_prices(text("chip,price,date\nH100,2 USD/h,2025\nH100,,2025\n"))
    assert [told(ask) for ask in thing.asks] == [
        "prices.csv, row 3: no price stands there. 1 of 2 prices cannot be read: import the others"
    ]
