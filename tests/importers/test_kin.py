"""What is usually mistaken is asked about; what is as its kin, or a new chip, is not."""

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.own_chips import read_own_chip
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.importers.kin import doubts, kin_of
from ipuwhatif.units import told
from tests.own_chip import chip_text

A100 = {
    "chip__key": "my-a100",
    "chip__name": "A100 as we bought it",
    "chip__peak_flops__value": 312,
    "chip__peak_flops_32__value": 156,
    "chip__memory_size__value": 80,
    "chip__memory_bandwidth__value": 2039,
    "system__link_bandwidth__value": 300,
    "system__network_bandwidth__value": 25,
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def asked(catalog: Catalog, **changes: object) -> tuple[str, ...]:
    return doubts(read_own_chip(chip_text(**{**A100, **changes}), "my.toml", catalog), catalog)


def test_figures_as_its_kin_has_them_ask_nothing(catalog):
    assert asked(catalog) == ()


def test_a_chip_without_kin_asks_nothing(catalog):
    own = read_own_chip(chip_text(), "my.toml", catalog)
    assert kin_of(own.chip, catalog) == ()
    assert doubts(own, catalog) == ()


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"chip__peak_flops__value": 624},
            "peak_flops: 624 TFLOPS beside 312 TFLOPS of A100 80 GB: is it the sparse peak? The dense one counts",
        ),
        (
            {"chip__peak_flops_32__value": 312},
            "peak_flops_32: 312 TFLOPS beside 156 TFLOPS of A100 80 GB: is it the sparse peak? The dense one counts",
        ),
        (
            {"chip__memory_size__value": 85.9},
            "memory_size: 85.9 GB beside 80 GB of A100 80 GB: is it counted in GB or in GiB?",
        ),
        (
            {"chip__memory_size__value": 74.5},
            "memory_size: 74.5 GB beside 80 GB of A100 80 GB: is it counted in GB or in GiB?",
        ),
        (
            {"system__link_bandwidth__value": 600},
            "link_bandwidth: 600 GB/s beside 300 GB/s of DGX A100: does it count both directions? One counts",
        ),
        (
            {"system__network_bandwidth__value": 200},
            "network_bandwidth: 200 GB/s beside 25 GB/s of DGX A100: is it in Gb/s? GB/s are bytes",
        ),
        (
            {"chip__peak_flops_8": {"value": 1248, "unit": "TFLOPS", "origin": "sheet"}},
            "peak_flops_8 is four times peak_flops, and twice is usual: is it the sparse peak? The dense one counts",
        ),
    ],
)
def test_a_figure_that_is_usually_mistaken_is_asked_about(catalog, changes, line):
    assert [told(ask) for ask in asked(catalog, **changes)] == [line]


def test_kin_are_told_by_name_else_by_memory(catalog):
    named = read_own_chip(chip_text(chip__name="H100 of ours"), "my.toml", catalog).chip
    assert {each.key for each in kin_of(named, catalog)} >= {"h100-sxm", "h100-pcie"}
    alike = {"chip__memory_size__value": 141, "chip__memory_bandwidth__value": 4800}
    unnamed = read_own_chip(chip_text(chip__name="Ours", **alike), "my.toml", catalog).chip
    assert [each.key for each in kin_of(unnamed, catalog)] == ["h200-sxm"]
