"""My data in a real window: what is imported is in the picker at once, and the document and its history stay."""

import pytest

from ipuwhatif.analysis.world import renew_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.finder.palette_entries import entries
from ipuwhatif.gui.keys_dialog import menu_actions, plain_text
from ipuwhatif.gui.mine.my_data import MyData, show_my_data
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.importers.mine import guests, welcome
from ipuwhatif.importers.store import read_store
from ipuwhatif.scenario.edits import set_workload, tick_system
from tests.gui.conftest import figure_of, settle, type_gain
from tests.gui.mine.conftest import Scripted
from tests.own_chip import chip_text

OWN = SystemChoice("my-chip", 8)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "chip.toml"
    path.write_text(chip_text())
    return path


def opened(window: MainWindow, asking: Scripted) -> MyData:
    dialog = show_my_data(window)
    dialog.asking = asking
    return dialog


def imported(window: MainWindow, file) -> MyData:
    dialog = opened(window, Scripted(file))
    dialog.bring.click()
    settle()
    return dialog


def ticked(window: MainWindow) -> None:
    window.question.apply(tick_system(window.question.scenario, OWN, True, window.world.catalog))
    window.controller.answer()
    settle()


def test_the_menu_and_the_finder_open_it(window):
    action = next(each for _, each in menu_actions(window.menuBar()) if plain_text(each.text()) == "My data…")
    action.trigger()
    assert [each.isVisible() for each in window.findChildren(MyData)] == [True]
    assert "My data…" in [each.text for each in entries(window)]


def test_what_is_imported_is_in_the_picker_and_on_the_chart(window, file):
    window.question.apply(set_workload(window.question.scenario, "bert-large", window.world.catalog))
    steps, document = window.question.undo_stack.count(), window.question.document
    dialog = imported(window, file)
    assert dialog.isVisible() and dialog.shown.name == "my-chip" and dialog.text.toPlainText() == chip_text()
    assert (window.question.undo_stack.count(), window.question.document) == (steps, document)
    box = window.systems.boxes[OWN]
    assert box.text() == "My server [own]"
    box.click()
    window.controller.answer()
    settle()
    figure = figure_of(window)
    assert "My server [own] (8 GPUs)" in [row[0].text for row in figure.table.rows]
    assert any("own chip known by its data sheet alone" in note for note in figure.notices)


def test_a_doubtful_figure_is_asked_about_and_nothing_is_kept_without_a_yes(window, file):
    file.write_text(chip_text(chip__name="A100", chip__peak_flops__value=624, system__network_bandwidth__value=25))
    asking = Scripted(file, agrees=False)
    opened(window, asking).bring.click()
    assert asking.told == [
        "peak_flops: 624 TFLOPS beside 312 TFLOPS of A100 80 GB: is it the sparse peak? The dense one counts"
    ]
    assert read_store().kept == () and "my-chip" not in window.world.catalog.systems


def test_a_faulty_file_is_told_in_one_sentence(window, file):
    file.write_text(chip_text(chip__power__origin="nobody"))
    asking = Scripted(file)
    opened(window, asking).bring.click()
    assert asking.told == ["chip.toml, $.chip.power: origin 'nobody' is in no table [origins.NAME]; nearest: told"]


def test_what_is_removed_stays_usable_until_the_program_ends(window, file):
    dialog = imported(window, file)
    ticked(window)
    dialog.asking = Scripted()
    dialog.remove.click()
    settle()
    assert dialog.asking.told == ["Remove my-chip? The open document can use it until the program ends."]
    assert read_store().kept == ()
    assert "My server [own] (8 GPUs)" in [row[0].text for row in figure_of(window).table.rows]
    assert dialog.keep.isVisible() and not dialog.remove.isEnabled()
    dialog.keep.click()
    assert [each.name for each in read_store().kept] == ["my-chip"] and not guests()


def test_it_is_exported_as_it_was_imported(window, file, tmp_path):
    dialog = imported(window, file)
    dialog.asking = Scripted(tmp_path / "out.toml")
    dialog.export.click()
    assert (tmp_path / "out.toml").read_text() == chip_text()


def test_a_chip_of_a_document_can_be_kept(window):
    welcome({"my-chip": chip_text()}, window.world.catalog)
    renew_world()
    window.build_with_imported()
    dialog = opened(window, Scripted())
    assert dialog.list.item(0).text() == "my-chip\nchip · from a document"
    dialog.keep.click()
    assert read_store().kept[0].text == chip_text()


def test_what_is_typed_and_not_understood_is_not_lost(window, file):
    field = type_gain(window, "fast")
    asking = Scripted(file)
    opened(window, asking).bring.click()
    (told,) = asking.told
    assert told.startswith("'fast' in “") and told.endswith("Correct it, or press Esc in it, first.")
    assert field.text() == "fast"
    assert read_store().kept == ()


def test_a_damaged_file_of_the_store_is_named(window, file):
    dialog = imported(window, file)
    (path,) = file.parent.joinpath("mine").iterdir()
    path.write_text(path.read_text().replace("value = 700", "value = 0"))
    dialog.refresh()
    assert dialog.faults.text() == (
        "Left out: my-chip, $.chip.peak_flops: 0 TFLOPS is absurd; write from 1 GFLOPS to 1,000 PFLOPS"
    )
