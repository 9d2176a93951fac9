"""Every word of ours at the head of a table says what it means, on every tab and view, in both languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ipuwhatif.figures.terms import explained
from ipuwhatif.figures.tips import cell_tip
from ipuwhatif.gui.answering.question import BREAKDOWN
from ipuwhatif.gui.answering.view_options import LEARNT, MEMORY, SHARES, TIMES
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import CHINESE, ENGLISH, tr
from tests.gui.conftest import figure_of, measured, settle
from tools.chart_share import pages
from tools.cut_text import PRICED, set_scene

#: What needs no card: everybody's words, and units.
PLAIN = """System|Chips|Chip|Submitter|Submitter or producer|Version|Version or date|Benchmark|Accelerator|Workload
Target|Software|Before|After|Unit|From|To|Chip or system|Figure|Value|As printed|Source|Date|What|Over|Op|Count
GFLOP|MB|TFLOP/s
Statement|What can safely be said|Attributed to""".replace("\n", "|").split("|")


@pytest.mark.parametrize("code", [ENGLISH, CHINESE])
def test_that_every_head_of_ours_is_explained_on_every_tab(window: MainWindow, qapp: QApplication, code: str) -> None:
    window.set_language(code)
    set_scene(window, PRICED)
    plain, seen, silent = {tr(each) for each in PLAIN}, 0, []
    for page in pages(window, qapp):
        if page == LEARNT:  # which shows nothing before something is measured
            window.question.show(measured(window.question.scenario))
            settle()
        titles = [column.title for column in figure_of(window).table.columns]
        titles = titles[:1] if page in (TIMES, SHARES) else titles  # the others are names of systems
        ours = [each for each in titles if each not in plain]
        seen += len(ours)
        silent += [f"{page}: {each}" for each in ours if not explained(each)]
    assert silent == [] and seen > 50


@pytest.mark.parametrize("code", [ENGLISH, CHINESE])
def test_that_every_part_of_a_time_is_explained_at_its_name(window: MainWindow, qapp: QApplication, code: str) -> None:
    window.set_language(code)
    window.turn_to(BREAKDOWN, TIMES)
    settle()
    table = figure_of(window).table
    assert len(table.rows) >= 9
    assert [row[0].text for place, row in enumerate(table.rows) if not cell_tip(table, place, 0).notes] == []


def test_that_one_word_means_what_its_table_means(window: MainWindow) -> None:
    window.turn_to(BREAKDOWN, MEMORY)
    settle()
    model = window.workspace.table.model()
    tips = [
        str(model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))
        for place in range(model.columnCount())
    ]
    assert any(tip.startswith("Memory of a chip: What a chip has") for tip in tips)
    assert explained("Memory")[0].startswith("Memory: Time in which reading and writing")
    assert explained("memory bandwidth of a chip") == ()
