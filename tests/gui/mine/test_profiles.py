"""“Believe these” in a real window: a profile is made of results, followed, shown before and after, and left again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from ipuwhatif.analysis.kept_answers import with_own_things
from ipuwhatif.analysis.world import load_world, welcome
from ipuwhatif.gui.answering.question import EVIDENCE
from ipuwhatif.gui.mine.believe_form import BelieveForm
from ipuwhatif.gui.mine.my_data import show_my_data
from ipuwhatif.importers.profiles import guest_profiles
from ipuwhatif.importers.results.reader import bring_results
from ipuwhatif.importers.store import find, keep, read_store, remove
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.own_edits import set_profile
from tests.gui.conftest import figure_of, settle
from tests.gui.mine.conftest import Scripted

TABLE = "system,chips,workload,time (min),date\nipu-pod,16,resnet50,33,2021-12\ndgx-a100,8,resnet50,31,2021-12\n"


@pytest.fixture
def form(window, tmp_path):
    (tmp_path / "runs.csv").write_text(TABLE + "ipu-pod,64,resnet50,900,2021-12\n")
    keep(bring_results(tmp_path / "runs.csv"))
    dialog = show_my_data(window)
    dialog.asking = Scripted(tmp_path / "out.toml")
    assert dialog.believe.isVisible()
    dialog.believe.click()
    return dialog.findChild(BelieveForm)


def taken(window, form, name="ours"):
    dialog = form.parent()
    form.name.setText(name)
    form.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    window.controller.answer()
    settle()
    return dialog


def test_that_every_result_is_shown_and_what_is_no_ground_cannot_be_ticked(form):
    assert form.runs.item(0).text() == "IPU-POD16 (16 IPUs) · ResNet-50 · 33 min · 2021-12 · runs.csv, row 2"
    assert form.runs.item(2).text().startswith("Left out: runs.csv, row 4: the measurement on IPU-POD64")
    assert not form.runs.item(2).flags() & Qt.ItemFlag.ItemIsUserCheckable
    ok = form.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled() and len(form.chosen()) == 2
    form.runs.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert [run.system for run in form.chosen()] == ["dgx-a100:8"]
    form.runs.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not ok.isEnabled() and form.told.text() == "a profile has from 1 to 200 runs"
    form.name.setText("Our cluster")
    assert not ok.isEnabled() and form.told.text().startswith("A name has small letters")


def test_that_a_profile_is_kept_followed_in_one_step_and_left_again(window, form):
    steps = window.question.undo_stack.count()
    dialog = taken(window, form)
    assert find("ours", read_store()).kind == "profile" and dialog.shown is not None
    assert window.question.scenario.profile == "ours"
    assert window.question.undo_stack.count() == steps + 1
    assert window.question.undo_stack.undoText() == "Projections follow profile ours"
    times = {row[0].text: row for row in figure_of(window).table.rows}
    assert any("32.9" in cell.text for cell in times["IPU-POD16 (16 IPUs)"])
    window.menus.scenarios.profiles.fill()
    assert [each.text() for each in window.menus.scenarios.profiles.menu.actions()] == ["None", "ours"]
    window.menus.scenarios.profiles.menu.actions()[0].trigger()
    window.controller.answer()
    settle()
    assert window.question.scenario.profile == ""
    assert any("28.5" in cell.text for row in figure_of(window).table.rows for cell in row)


def test_that_my_data_lets_the_scenario_follow_what_is_shown(window, form):
    form.follow.setChecked(False)
    dialog = taken(window, form)
    assert window.question.scenario.profile == ""
    dialog.list.setCurrentRow([each.name for each in dialog.listed].index("ours"))
    assert dialog.follow.isVisible() and not dialog.believe.isVisible()
    dialog.follow.click()
    assert window.question.scenario.profile == "ours"


def test_that_evidence_shows_what_it_moves_and_what_to_measure_next(window, form):
    taken(window, form)
    window.turn_to(EVIDENCE)
    window.workspace.tools.turn_to("learnt")
    settle()
    moved = figure_of(window)
    assert "33.0 min after" in moved.headline.text or "32.9 min after" in moved.headline.text
    assert len(moved.chart.intervals) == 2 * len(moved.table.rows)
    window.workspace.tools.turn_to("next")
    settle()
    assert figure_of(window).headline.text.startswith("Measure 8 × DGX A100 (64 GPUs)")


def test_that_a_removed_profile_is_used_until_the_program_ends_and_can_be_kept_again(window, form):
    dialog = taken(window, form)
    places = [each.name for each in dialog.listed]
    dialog.list.setCurrentRow(places.index("ours"))
    dialog.remove.click()
    settle()
    assert [each.kind for each in read_store().kept] == ["results"] and list(guest_profiles()) == ["ours"]
    window.controller.answer()
    settle()
    assert figure_of(window).headline.text
    dialog.list.setCurrentRow([each.name for each in dialog.listed].index("ours"))
    dialog.keep.click()
    assert find("ours", read_store()).kind == "profile" and not guest_profiles()


def test_that_a_profile_that_is_not_here_is_told_with_what_to_do(window):
    window.question.apply(set_profile(window.question.scenario, "theirs"))
    window.controller.answer()
    settle()
    assert "here is no profile theirs" in window.workspace.message.text()


def test_that_a_document_brings_its_profile_along(window, form):
    taken(window, form)
    document = with_own_things(load_world(), Document((window.question.scenario,)))
    for thing in read_store().kept:
        remove(thing)
    grown, told = welcome(document)
    assert grown and not told and list(load_world().profiles) == ["ours"]
