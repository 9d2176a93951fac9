"""A beside B: what is clicked, and what the charts show."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.charts.spec import GHOST
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, SCALING, SENSITIVITY
from ipuwhatif.gui.answering.view_options import ENERGY, MEMORY
from ipuwhatif.gui.scenarios import scenario_commands as steps
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import figure_of, settle

LEFT = Qt.MouseButton.LeftButton


def faster(window: MainWindow) -> None:
    """A second scenario, in which IPUs are faster."""
    assert window.scenario_bar is not None
    QTest.mouseClick(window.scenario_bar.plus, LEFT)
    window.question.show(window.question.scenario.with_lever("ipu.compute_gain", 1.3))
    settle()


def test_that_two_clicks_and_a_slider_put_a_beside_b(window: MainWindow) -> None:
    faster(window)
    bar = window.scenario_bar
    assert bar is not None and bar.pair.text() == "A beside B" and not bar.pair.isChecked()
    QTest.mouseClick(bar.pair, LEFT)
    settle()
    assert [tick.text[:4] for tick in figure_of(window).chart.y_axis.ticks] == ["A · ", "B · "] * 5
    assert "than A · IPU-POD16 (16 IPUs)" in figure_of(window).headline.text
    assert bar.pair.isChecked() and window.menus.scenarios.pair.isChecked()
    window.turn_to(BREAKDOWN)
    settle()
    assert len(figure_of(window).chart.y_axis.ticks) == 10
    window.turn_to(COST, ENERGY)
    settle()
    chart = figure_of(window).chart
    assert len(chart.y_axis.ticks) == 10 and len([line for line in chart.lines if len(line.x) == 2]) == 3
    assert "B · IPU-POD16 takes about 18 % less" in figure_of(window).headline.text
    window.turn_to(SENSITIVITY)
    settle()
    figure = figure_of(window)
    assert figure.headline.text.startswith("B · IPU-POD16 (16 IPUs) 23.5 min")
    assert "; A 28.5 min, most on compute gain" in figure.headline.text
    assert next(line.tip for line in figure.chart.lines if line.tip).startswith("Compute gain, scenario A")
    assert figure.table.columns[-1].title == "Swing, scenario A (%)"
    window.turn_to(BREAKDOWN, MEMORY)
    settle()
    assert [tick.text[:4] for tick in figure_of(window).chart.y_axis.ticks] == ["A · ", "B · "] * 5
    window.turn_to(SCALING)
    settle()
    assert "B · IPU-POD (16 IPUs) takes about 18 % less time than A" in figure_of(window).headline.text
    chart = figure_of(window).chart
    assert len([line for line in chart.lines if line.style == GHOST]) == 2
    assert "scenario A" in [entry.text for entry in chart.legend]


def test_that_the_keyboard_does_it_too_and_takes_it_back(window: MainWindow) -> None:
    faster(window)
    for rows in (10, 5):
        QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        settle()
        assert len(figure_of(window).chart.y_axis.ticks) == rows


def test_that_the_pair_stays_when_the_other_is_looked_at_and_goes_with_its_scenario(window: MainWindow) -> None:
    faster(window)
    steps.pair(window.question)
    window.question.turn_to(0)
    settle()
    assert window.question.beside == 1 and len(figure_of(window).chart.y_axis.ticks) == 10
    steps.remove(window.question, 1)
    settle()
    assert window.question.beside is None and len(figure_of(window).chart.y_axis.ticks) == 5
    assert window.scenario_bar is not None and not window.scenario_bar.pair.isVisible()


def test_that_a_click_on_a_row_of_either_scenario_explains_its_number(window: MainWindow) -> None:
    faster(window)
    steps.pair(window.question)
    settle()
    for key, name in (("projection/ipu-pod:64@A", "A · IPU-POD64"), ("projection/ipu-pod:64", "B · IPU-POD64")):
        window.explain(key)
        settle()
        assert window.drawer.why is not None and window.drawer.why.title.startswith(name)
    assert window.question.selection is not None and window.question.selection.chips == 64


def test_that_two_jobs_say_why_they_do_not_stand_beside_each_other(window: MainWindow) -> None:
    faster(window)
    window.question.apply(set_workload(window.question.scenario, "bert-large", window.world.catalog))
    steps.pair(window.question)
    for question, view in ((COMPARE, ""), (SCALING, ""), (BREAKDOWN, MEMORY)):
        window.turn_to(question, view)
        settle()
        assert window.workspace.message.text().startswith("B and A are two jobs") or (
            window.workspace.message.text().startswith("A and B are two jobs")
        )
    window.turn_to(SENSITIVITY)
    settle()
    assert "B and A are two jobs" in window.workspace.fault.text()
    assert not any(line.tip for line in figure_of(window).chart.lines)
