"""A table of results in a real window: columns are proposed, corrected and imported, and stand in Evidence at once."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialogButtonBox

from ipuwhatif.gui.answering.question import EVIDENCE
from ipuwhatif.gui.mine.my_data import show_my_data
from ipuwhatif.gui.mine.table_form import TableForm, without_options
from ipuwhatif.importers.store import read_store
from tests.gui.conftest import figure_of, settle
from tests.gui.mine.conftest import Scripted
from tests.importers.results.conftest import DATA

TABLE = "Machine;# GPUs;Model;Duration (h);total\nDGX A100;8;ResNet-50;0,525;1\nours;8;bert;0,35;2\n"


@pytest.fixture
def form(window, tmp_path):
    (tmp_path / "runs.csv").write_text(TABLE)
    dialog = show_my_data(window)
    dialog.asking = Scripted(tmp_path / "runs.csv")
    dialog.bring.click()
    settle()
    return dialog.findChild(TableForm)


def importable(form: TableForm) -> bool:
    return form.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_columns_are_proposed_and_the_first_rows_shown_as_they_are_read(form):
    chosen = {field: box.currentText() for field, box in form.columns.items() if box.currentData()}
    assert chosen == {"system": "Machine", "chips": "# GPUs", "workload": "Model", "time": "Duration (h)"}
    assert form.units["time"].text() == "h" and form.count.text() == "1 of 2 rows can be read, and are imported"
    first, second = form.rows.toPlainText().splitlines()
    assert first == "DGX A100 (8 GPUs) · ResNet-50 · 31.5 min" and second.startswith("Not read: runs.csv, row 3: ")
    assert form.rows.isReadOnly()


def test_names_columns_and_units_can_be_corrected(form):
    form.systems.setText("ours=dgx-h100:8")
    assert form.count.text() == "2 of 2 rows can be read, and are imported"
    form.units["time"].setText("min")
    assert "31.5 s" in form.rows.toPlainText()
    form.columns["time"].setCurrentText("total")
    assert "1 min" in form.rows.toPlainText()
    form.columns["workload"].setCurrentIndex(0)
    assert not importable(form) and "no column is the workload among" in form.count.text()
    form.systems.setText("ours")
    assert form.count.text() == "'ours' names no system; write our box=dgx-h100:8"


def test_what_is_imported_stands_in_evidence_at_once(window, form):
    form.systems.setText("ours=dgx-h100:8")
    form.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    settle()
    assert [(each.kind, each.name) for each in read_store().kept] == [("results", "runs")]
    window.turn_to(EVIDENCE)
    window.workspace.tools.turn_to("mine")
    settle()
    assert figure_of(window).headline.text == "2 results of your own · 0 of 2 inside the 80 % interval"
    assert "31.50 min" in [cell.text for cell in figure_of(window).table.rows[0]]


def test_a_form_that_is_left_keeps_nothing(form):
    form.reject()
    settle()
    assert read_store().kept == ()


def test_what_is_no_table_is_told(window, tmp_path):
    (tmp_path / "runs.xlsx").write_text("no workbook")
    dialog = show_my_data(window)
    dialog.asking = Scripted(tmp_path / "runs.xlsx")
    dialog.bring.click()
    assert dialog.asking.told == ["'runs.xlsx' is no workbook that can be read; save it as .xlsx again"]


def test_a_table_or_a_submission_folder_can_be_dropped_on_the_window(window, tmp_path):
    (tmp_path / "runs.csv").write_text(TABLE)
    window.open_dropped([QUrl.fromLocalFile(str(tmp_path / "runs.csv"))])
    settle()
    (opened,) = window.findChildren(TableForm)
    opened.reject()
    settle()
    window.open_dropped([QUrl.fromLocalFile(str(DATA / "AMD"))])
    settle()
    assert [(each.kind, each.name) for each in read_store().kept] == [("results", "amd")]


def test_a_dropped_workbook_is_imported_where_no_scenario_travels_in_it(window, tmp_path):
    workbook = Workbook()
    for row in TABLE.splitlines():
        workbook.active.append(row.split(";"))
    workbook.save(tmp_path / "runs.xlsx")
    window.open_dropped([QUrl.fromLocalFile(str(tmp_path / "runs.xlsx"))])
    settle()
    (opened,) = window.findChildren(TableForm)
    opened.reject()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no date; say it (--date 2025-03)", "no date; say it"),
        ("没有货币；请直接说明（--currency USD）", "没有货币；请直接说明"),
        ("say which (--column 'time=Duration (h)')", "say which"),
        ("price (USD) is none", "price (USD) is none"),
    ],
)
def test_options_of_the_command_line_are_no_words_of_the_window(text, shown):
    assert without_options(text) == shown
