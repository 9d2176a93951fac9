"""Jobs without a quality target and jobs of a stated ratio, in a real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.panels.amount_row import AmountRow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, handle_at, settle

B4_IMAGES = 1281167.0


def choose(window: MainWindow, workload: str) -> None:
    """As the user does: an entry of the list."""
    field = window.choices.workload
    field.setCurrentIndex(field.findData(workload))
    field.activated.emit(field.currentIndex())
    settle()


def amount(window: MainWindow) -> AmountRow:
    assert window.job.amount is not None
    return window.job.amount


def type_in(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_that_workloads_stand_under_their_sectors_which_cannot_be_chosen(window: MainWindow) -> None:
    items = window.choices.workload.model()
    headings = [index for index in range(items.rowCount()) if items.item(index).data(Qt.ItemDataRole.UserRole) is None]
    assert [items.item(index).text() for index in headings] == ["Vision", "Language", "Finance", "Insurance", "Weather"]
    assert not any(items.item(index).isEnabled() for index in headings)
    assert window.world is not None
    assert items.rowCount() - len(headings) == len(window.world.catalog.workloads)


def test_that_only_choices_that_mean_something_are_shown(window: MainWindow) -> None:
    shown = {
        "resnet50": ["recipe", "software", "policy", "release"],
        "bert-large": ["recipe", "policy", "release"],
        "efficientnet-b4": ["software", "release"],
        "gpt2-xl": ["software", "release"],
        "lob-mlp": ["release"],
        "insurance": [],
    }
    for workload, names in shown.items():
        choose(window, workload)
        fields = ("recipe", "software", "policy", "release")
        assert [name for name in fields if getattr(window.choices, name).isVisible()] == names, workload
        assert window.job.isVisible() == (workload in ("efficientnet-b4", "gpt2-xl", "lob-mlp"))


def test_that_the_amount_of_work_is_an_assumption_until_it_is_typed(window: MainWindow) -> None:
    choose(window, "efficientnet-b4")
    row = amount(window)
    assert (row.field.text(), row.part.text()) == ("350 epochs", "an assumption")
    assert "graphcore/examples" in row.name.toolTip() and not row.button.isVisible()
    type_in(row.field, "100")
    assert window.question.scenario.samples == 100 * B4_IMAGES
    assert (row.field.text(), row.part.text()) == ("100 epochs", "stated by you")
    assert figure_of(window).chart.title.startswith("EfficientNet-B4: time for 100 epochs")
    assert window.question.undo_stack.undoText() == "Amount of work 100 epochs"
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=handle_at(row.slider))
    settle()
    assert window.question.scenario.samples is None and row.field.text() == "350 epochs"


def test_that_the_time_follows_the_slider_and_one_drag_is_one_step(window: MainWindow, drag) -> None:
    choose(window, "efficientnet-b4")
    steps, before = window.question.undo_stack.count(), figure_of(window).table.rows[0][1].number
    row = amount(window)
    drag(row.slider, 0)
    samples = window.question.scenario.samples
    assert samples is not None and samples < 5 * B4_IMAGES
    after = figure_of(window).table.rows[0][1].number
    assert before != after
    assert window.question.undo_stack.count() == steps + 1
    window.question.undo_stack.undo()
    settle()
    assert row.field.text() == "350 epochs"


@pytest.mark.parametrize("text", ["many", "0", "10 tokens"])
def test_that_a_wrong_amount_stays_in_the_field_and_is_told_under_it(window: MainWindow, text: str) -> None:
    choose(window, "efficientnet-b4")
    row, scenario = amount(window), window.question.scenario
    type_in(row.field, text)
    assert row.field.text() == text and row.fault.isVisible() and "epoch" in row.fault.text()
    assert window.question.scenario == scenario
    window.systems.boxes[SystemChoice("ipu-pod", 32)].click()
    settle()
    assert row.field.text() == text, "another edit leaves it"
    row.field.setFocus()
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.field.text() == "350 epochs" and not row.fault.isVisible()


def test_that_each_job_is_counted_in_its_own_measure(window: MainWindow) -> None:
    for workload, text in (("gpt2-small", "10 billion tokens"), ("hmc", "2 million leapfrog steps")):
        choose(window, workload)
        assert amount(window).field.text() == text
    type_in(amount(window).field, "5 M")
    assert window.question.scenario.samples == 5e6
    choose(window, "deeplob")
    assert window.question.scenario.samples is None and amount(window).field.text() == "200 epochs"


def test_that_layer_sizes_are_set_and_set_back(window: MainWindow) -> None:
    choose(window, "deeplob")
    assert not window.job.layers.isVisible()
    choose(window, "weather-emulator")
    row = window.job.layers
    assert row.isVisible() and row.part.text() == "an assumption"
    type_in(row.field, "275, 512, 182")
    assert window.question.scenario.layers == (275, 512, 182) and row.part.text() == "set by you"
    type_in(row.field, "275, x")
    assert row.field.text() == "275, x" and "'x' is no layer size" in row.fault.text()
    assert window.question.scenario.layers == (275, 512, 182)
    row.button.click()
    settle()
    assert window.question.scenario.layers == () and row.field.text().startswith("275, 256")
    assert not row.fault.isVisible()


def test_that_published_software_is_chosen_for_gpus(window: MainWindow) -> None:
    choose(window, "efficientnet-b4")
    field = window.choices.software
    assert field.itemData(0) == "" and field.count() >= 4
    field.setCurrentIndex(field.findData("pytorch-20.12"))
    field.activated.emit(field.currentIndex())
    settle()
    assert window.question.scenario.software == "pytorch-20.12"
    assert any("PyTorch, container 20.12" in notice for notice in figure_of(window).notices)


def test_that_a_stated_ratio_is_a_card_under_the_tabs_and_a_headline_that_says_who_stated_it(
    window: MainWindow,
) -> None:
    choose(window, "insurance")
    page = window.workspace.statement
    assert page.isVisible() and page.value.text() == "–"
    assert window.workspace.tabs.isVisible() and "stated ratio only" in window.workspace.headline.label.text()
    assert not window.workspace.table.isVisible() and window.workspace.figure is None
    assert not window.systems.isVisible() and window.levers is not None and not window.levers.isVisible()
    type_in(page.time.field, "70.5 h")
    assert page.value.text() == "14.1 h"
    assert page.attribution.text() == "Graphcore stated 5 × (AET, 2021-12-30); no primary source found"
    assert "stated" in page.basis.text() and "no interval" in page.basis.text()
    assert window.question.undo_stack.undoText() == "Time today 70.5 h"
    assert not window.menus.exports.copy.isEnabled()


@pytest.mark.parametrize("text", ["70", "soon", "-1 h", "1e9 days"])
def test_that_a_wrong_time_stays_in_its_field(window: MainWindow, text: str) -> None:
    choose(window, "insurance")
    row = window.workspace.statement.time
    type_in(row.field, text)
    assert row.field.text() == text and row.fault.isVisible()
    assert window.question.scenario.baseline_time_s is None


def test_that_one_of_several_statements_is_chosen(window: MainWindow) -> None:
    choose(window, "weather")
    page = window.workspace.statement
    type_in(page.time.field, "100 h")
    assert page.value.text() == "2.00 h"
    page.baseline.setCurrentIndex(1)
    page.baseline.activated.emit(1)
    settle()
    assert window.question.scenario.statement == "weather-europe-gpu" and page.value.text() == "20.0 h"
    page.time.button.click()
    settle()
    assert page.value.text() == "–" and page.time.field.text() == ""


def test_that_undo_leads_back_through_every_kind_of_job(window: MainWindow) -> None:
    choose(window, "efficientnet-b4")
    type_in(amount(window).field, "10 epochs")
    choose(window, "weather-emulator")
    type_in(window.job.layers.field, "5, 7")
    choose(window, "insurance")
    type_in(window.workspace.statement.time.field, "3 days")
    while window.question.undo_stack.canUndo():
        window.question.undo_stack.undo()
        settle()
    assert window.question.scenario == FIRST_START
    assert window.workspace.tabs.isVisible() and figure_of(window).chart.kind == "compare"
    assert window.systems.isVisible() and not window.job.isVisible()


def test_that_the_keyboard_reaches_the_amount_and_the_card(window: MainWindow) -> None:
    choose(window, "efficientnet-b4")
    window.choices.release.setFocus()
    QTest.keyClick(window.choices.release, Qt.Key.Key_Tab)
    assert window.focusWidget() is amount(window).field
    choose(window, "insurance")
    window.choices.workload.setFocus()
    QTest.keyClick(window.choices.workload, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.workspace.tabs
    while window.focusWidget() in (window.workspace.tabs, window.workspace.headline.label):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is window.workspace.statement.time.field
