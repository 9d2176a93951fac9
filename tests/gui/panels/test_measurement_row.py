"""The field for a measurement of the user's own."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Workload
from ipuwhatif.charts.spec import Why
from ipuwhatif.gui.page.drawer import WhyDrawer
from ipuwhatif.gui.panels.measurement_row import MeasurementRow
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_release
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, parse_measurement
from tests.gui.conftest import figure_of, settle

WORKLOADS = load_catalog().workloads
RESNET, BERT = WORKLOADS["resnet50"], WORKLOADS["bert-large"]
WHY = Why("projection/ipu-pod:16", "IPU-POD16", "28.4 min", "", ())


@pytest.fixture
def drawer(qapp: QApplication) -> Iterator[WhyDrawer]:
    window = QWidget()
    drawer = WhyDrawer("light", window)
    window.show()
    drawer.explain(WHY)
    show(drawer)
    yield drawer
    window.close()
    window.deleteLater()
    settle()


def show(drawer: WhyDrawer, text: str = "", workload: Workload = RESNET) -> None:
    drawer.show_measurement(text, workload, partial(parse_measurement, workload=workload))


def told(drawer: WhyDrawer) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    drawer.measured.connect(lambda key, measurement: found.append((key, measurement)))
    return found


def enter(row: MeasurementRow, text: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    if text:
        QTest.keyClicks(row.field, text)
    else:
        QTest.keyClick(row.field, Qt.Key.Key_Delete)
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    settle()


def test_that_a_typed_measurement_is_told_with_the_key_of_its_number(drawer: WhyDrawer) -> None:
    found = told(drawer)
    enter(drawer.row, "28.4 min")
    enter(drawer.row, "3,900 images/s")
    assert found == [(WHY.key, Measurement(TIME, 1704.0)), (WHY.key, Measurement(THROUGHPUT, 3900.0))]


def test_that_a_pasted_measurement_is_read(drawer: WhyDrawer) -> None:
    found = told(drawer)
    QApplication.clipboard().setText("1.2 h")
    drawer.row.field.paste()
    QTest.keyClick(drawer.row.field, Qt.Key.Key_Return)
    assert found == [(WHY.key, Measurement(TIME, 4320.0))]
    QApplication.clipboard().clear()


def test_that_a_wrong_text_stays_and_says_what_would_be_read(drawer: WhyDrawer) -> None:
    found = told(drawer)
    enter(drawer.row, "28.4")
    assert found == [] and drawer.row.field.text() == "28.4"
    assert drawer.row.fault.isVisible() and "28.4 min or 3,900 images/s" in drawer.row.fault.text()
    show(drawer, "27 min")
    assert drawer.row.field.text() == "27 min", "a change from elsewhere shows"


def test_that_escape_brings_the_last_good_text_back_and_then_closes(drawer: WhyDrawer) -> None:
    show(drawer, "27 min")
    enter(drawer.row, "27 kg")
    QTest.keyClick(drawer.row.field, Qt.Key.Key_Escape)
    assert drawer.row.field.text() == "27 min" and not drawer.row.fault.isVisible() and drawer.isVisible()
    QTest.keyClick(drawer.row.field, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def test_that_button_and_empty_field_take_it_back(drawer: WhyDrawer) -> None:
    found = told(drawer)
    assert not drawer.row.button.isVisible(), "nothing to take back yet"
    show(drawer, "27 min")
    drawer.row.button.click()
    enter(drawer.row, "")
    assert found == [(WHY.key, None), (WHY.key, None)]


def test_that_the_field_is_there_for_a_ticked_system_alone(drawer: WhyDrawer) -> None:
    assert drawer.row.isVisible()
    drawer.explain(Why("official/x", "IPU-POD16", "28.33 min", "", ()))
    assert not drawer.row.isVisible()
    drawer.row.hide()
    assert not drawer.row.isVisible()


def test_that_a_half_typed_text_does_not_pass_to_another_system(drawer: WhyDrawer) -> None:
    found = told(drawer)
    drawer.row.field.setFocus()
    QTest.keyClicks(drawer.row.field, "28")
    drawer.explain(Why("projection/dgx-a100:8", "DGX A100", "29.0 min", "", ()))
    show(drawer)
    assert drawer.row.field.text() == "" and found == []


def test_that_a_number_that_moves_leaves_what_is_being_typed(drawer: WhyDrawer) -> None:
    drawer.row.field.setFocus()
    QTest.keyClicks(drawer.row.field, "28")
    drawer.explain(Why(WHY.key, WHY.title, "21.2 min", "", ()))
    show(drawer)
    assert drawer.row.field.text() == "28"


def test_that_the_example_is_in_the_words_of_the_workload(drawer: WhyDrawer) -> None:
    assert drawer.row.field.placeholderText().endswith("3,900 images/s")
    show(drawer, workload=BERT)
    assert drawer.row.field.placeholderText().endswith("3,900 sequences/s")


def test_that_every_control_takes_the_keyboard_in_order(drawer: WhyDrawer) -> None:
    assert drawer.controls() == [
        drawer.close_button,
        drawer.row.field,
        drawer.row.button,
        drawer.row.follow,
        drawer.body,
    ]


def test_that_projections_follow_a_measurement_by_a_tick_and_a_new_value_is_followed_too(window: MainWindow) -> None:
    window.explain("projection/ipu-pod:16")
    settle()
    row = window.drawer.row
    assert not row.follow.isVisible(), "nothing is measured yet"
    enter(row, "33 min")
    settle()
    assert row.follow.isVisible() and not row.follow.isChecked()
    before = figure_of(window).headline.text
    QTest.mouseClick(row.follow, Qt.MouseButton.LeftButton, pos=QPoint(8, row.follow.height() // 2))
    settle()
    assert row.follow.isChecked()
    assert window.question.undo_stack.undoText() == "Projections follow the measurement on IPU-POD16 (16 IPUs)"
    assert figure_of(window).headline.text != before and "32.9" in figure_of(window).table.rows[0][2].text
    enter(row, "35 min")
    settle()
    assert row.follow.isChecked() and figure_of(window).table.rows[0][2].text == "34.9"
    QTest.keyClick(row.follow, Qt.Key.Key_Space)
    settle()
    assert not row.follow.isChecked() and figure_of(window).headline.text == before


def test_that_what_was_typed_stays_of_the_software_that_was_asked_about_then(window: MainWindow) -> None:
    window.explain("projection/ipu-pod:16")
    settle()
    enter(window.drawer.row, "33 min")
    settle()
    window.question.apply(set_release(window.question.scenario, "2022-06"))
    settle()
    assert window.question.scenario.measurements["ipu-pod:16"].release == "2021-12"
    assert any("software as of 2021-12, the projection of 2022-06" in note for note in figure_of(window).notices)
