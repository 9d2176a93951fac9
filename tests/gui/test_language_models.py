"""Language models in the window: picked, projected on chips of today, told with how they are cut."""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.panels.choices_panel import ChoicesPanel
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from tests.gui.conftest import figure_of, settle


def show(window: MainWindow, workload: str, *systems: SystemChoice) -> None:
    """A workload on some systems."""
    assert window.world is not None
    scenario = set_workload(window.question.scenario, workload, window.world.catalog).scenario
    window.question.show(replace(scenario, systems=systems, reference=systems[0].key))
    settle()


def texts_of(window: MainWindow) -> list[str]:
    return [cell.text for row in figure_of(window).table.rows for cell in row]


def test_that_a_language_model_is_projected_with_its_cut_beside_the_official_result(window: MainWindow) -> None:
    show(window, "llama2-70b-lora", SystemChoice("hgx-h100", 64), SystemChoice("dgx-b200", 8))
    assert window.question.scenario.release == "2025-06"
    texts = texts_of(window)
    assert any("TP 4 × CP 2 × DP 8" in text for text in texts)
    assert "4.56" in texts  # SCITIX, v5.0


def test_that_picking_one_asks_about_the_newest_software_and_says_what_cannot_run_it(window: MainWindow) -> None:
    panel = window.findChild(ChoicesPanel)
    assert panel is not None
    panel.workload.setCurrentIndex(panel.workload.findData("llama31-405b"))
    panel.workload.activated.emit(panel.workload.currentIndex())
    settle()
    assert window.question.scenario.workload == "llama31-405b"
    assert window.question.scenario.release == "2025-06"
