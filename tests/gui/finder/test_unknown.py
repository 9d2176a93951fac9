import pytest
from pytestqt.qtbot import QtBot

from ipuwhatif.gui.finder.palette_entries import entries
from ipuwhatif.gui.finder.unknown import unknown
from tests.gui.hosts import Host
from tests.gui.scripted import CATALOG


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host()
    qtbot.addWidget(host)
    return host


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("h300", ["HGX H200 (8 GPUs)", "DGX H100 (8 GPUs)", "8 × H100 PCIe (8 GPUs)"]),
        ("mi999", ["8 × MI355X (8 GPUs)", "8 × MI350X (8 GPUs)", "8 × MI325X (8 GPUs)"]),
        ("gb400", ["GB300 NVL72 (72 GPUs)", "GB200 NVL72 (72 GPUs)"]),
        ("nvidia b400", ["DGX B300 (8 GPUs)", "DGX B200 (8 GPUs)"]),
        ("ipu-pod17", ["IPU-POD16 (16 IPUs)"]),
    ],
)
def test_that_an_unknown_chip_is_told_with_the_nearest(host: Host, text: str, nearest: list[str]) -> None:
    told, near = unknown(text, entries(host), CATALOG)
    assert told.startswith(f"No chip or system is called '{text}'; the nearest: ") and told.count(".") == 1
    assert [each.text for each in near][: len(nearest)] == nearest
    assert {each.kind for each in near} == {"system"}


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("scalng", "Scaling"), ("roofine", "Roofline of the chips"), ("comptue gain", "IPU compute gain")],
)
def test_that_a_misspelt_name_is_told_with_the_right_one(host: Host, text: str, nearest: str) -> None:
    told, near = unknown(text, entries(host), CATALOG)
    assert told.startswith(f"Nothing is called '{text}'; the nearest: {nearest}") and near[0].text == nearest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("foo bar", "Nothing is called 'foo bar': no view, system, workload, lever or command."),
        ("mb4", "Nothing is called 'mb4'; a lever is set by whole words, a space and its value: micro-batch 4."),
        ("x" * 300, f"Nothing is called '{'x' * 60}…': that is longer than any name."),
    ],
)
def test_that_what_is_like_nothing_is_told_in_one_sentence(host: Host, text: str, told: str) -> None:
    assert unknown(text, entries(host), CATALOG) == (told, ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("why is ResNet-50 slow on bananas", ["ResNet-50"]),
        ("is GB200 NVL72 worth it?", ["GB200 NVL72 (72 GPUs)"]),
    ],
)
def test_that_what_is_named_in_a_sentence_is_offered(host: Host, text: str, named: list[str]) -> None:
    told, near = unknown(text, entries(host), CATALOG)
    assert [each.text for each in near] == named and f"named in it: {named[0]}." in told


@pytest.mark.parametrize("text", ["2 $/GPU-hour", "¥ 40", "3 €"])
def test_that_a_price_leads_to_where_prices_are_stated(host: Host, text: str) -> None:
    told, near = unknown(text, entries(host), CATALOG)
    assert told == "A price is stated for each system, where Cost asks for money."
    assert [each.text for each in near] == ["Money to train once"]
