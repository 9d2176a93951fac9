"""The form writes a file that reads back as what was typed, and says what is wrong before it lets go of it."""

import pytest

from ipuwhatif.catalog.own_chips import read_own_chip
from ipuwhatif.gui.mine.chip_form import ChipForm
from ipuwhatif.gui.mine.my_data import show_my_data
from ipuwhatif.importers.mine import shipped_catalog
from ipuwhatif.importers.store import read_store
from tests.gui.conftest import settle
from tests.gui.mine.conftest import Scripted


@pytest.fixture
def dialog(window):
    opened = show_my_data(window)
    opened.asking = Scripted()
    return opened


@pytest.fixture
def form(dialog) -> ChipForm:
    dialog.new.click()
    return dialog.findChild(ChipForm)


def fill(qtbot, form: ChipForm) -> None:
    qtbot.keyClicks(form.name, "My Chip")
    for name, text in (
        ("peak_flops", "700 TFLOPS"),
        ("memory_size", "96 gb"),
        ("memory_bandwidth", "4,000 GB/s"),
        ("link_bandwidth", "400 GB/s"),
        ("network_bandwidth", "400 Gb/s"),
    ):
        form.figures[name].field.setText(text)
    form.figures["network_bandwidth"].source.setCurrentIndex(1)
    for source, title in ((form.first, "My Chip, data sheet"), (form.second, "Told by our vendor")):
        source.title.setText(title)
        source.locator.setText("page 3")
        source.date.setText("2025-03")
    form.second.kind.setCurrentIndex(form.second.kind.findData("stated"))


def test_a_network_is_not_asked_for_where_links_join_all_chips(qtbot, dialog, form):
    fill(qtbot, form)
    form.figures["network_bandwidth"].field.clear()
    form.done_button.click()
    assert form.fault.text() == "Network of a chip, one direction is missing; write it, such as 50 GB/s"
    form.counts["maximum_chips"].setValue(8)
    form.done_button.click()
    settle()
    (kept,) = read_store().kept
    assert read_own_chip(kept.text, "it", shipped_catalog()).system.maximum_chips == 8


def test_what_is_typed_becomes_a_chip_in_the_window(qtbot, window, dialog, form):
    fill(qtbot, form)
    assert form.key.text() == "my-my-chip"
    form.done_button.click()
    settle()
    (kept,) = read_store().kept
    assert dialog.asking.told == []
    own = read_own_chip(kept.text, "it", shipped_catalog())
    assert (own.chip.value("memory_size"), own.chip.value("memory_bandwidth")) == (96e9, 4e12)
    assert own.system.value("network_bandwidth") == 50e9
    assert own.system.data["network_bandwidth"].origin.kind == "stated"
    assert own.chip.data["peak_flops"].origin.title == "My Chip, data sheet"
    assert window.world.catalog.systems["my-my-chip"].name == "My Chip [own]"
    assert kept.origin.startswith("form, imported ")
    assert dialog.findChild(ChipForm) is None


def test_what_is_missing_or_wrong_is_said_and_the_form_stays(qtbot, form):
    form.done_button.click()
    assert form.fault.text() == "the chip has no name; write one"
    form.name.setText("My Chip")
    form.done_button.click()
    assert form.fault.text() == "Dense peak in 16 bit is missing; write it, such as 700 TFLOPS"
    form.name.clear()
    fill(qtbot, form)
    form.figures["peak_flops"].field.setText("700 GB")
    form.done_button.click()
    assert form.fault.text() == "'700 GB' has unit 'GB'; write TFLOPS or PFLOPS"
    form.figures["peak_flops"].field.setText("700 TFLOPS")
    form.first.locator.clear()
    form.done_button.click()
    assert form.fault.text() == "First source: Place in it is missing; write it, such as page 3, or a web address"
    form.first.locator.setText("page 3")
    form.first.date.setText("March")
    form.done_button.click()
    assert form.fault.text() == "form, $.origins.first: key 'date' is not a date, \"2025-03\""
    assert form.isVisible() and read_store().kept == ()


def test_figures_of_an_ipu_are_asked_for_an_ipu_alone(form):
    assert not form.figures["clock"].isVisible()
    form.architecture.setCurrentIndex(form.architecture.findData("ipu"))
    assert form.figures["clock"].isVisible() and form.figures["streaming_bandwidth"].isVisible()
