"""Every number and every mark on every page answers "where does that come from?"."""

import pytest

from ipuwhatif.analysis.compare import compare
from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.question import QUESTIONS, SCALING
from ipuwhatif.gui.answering.view_options import LEARNT, MINE, VIEWS
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.edits import set_lever, set_release, set_target, set_workload
from ipuwhatif.scenario.measurements import THROUGHPUT, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, priced, settle

PAGES = [(question, view) for question in QUESTIONS for view in VIEWS.get(question, ("",))]


def keys_on(figure: Figure) -> set[str]:
    """What a click anywhere on the page can ask for."""
    chart = figure.chart
    drawn = (*chart.intervals, *chart.bars, *chart.bands, *chart.lines, *chart.marks, *chart.strips)
    cells = [cell.key for row in figure.table.rows for cell in row]
    return {
        key for key in (*(each.key for each in drawn), *cells, *(part.key for part in figure.headline.parts)) if key
    }


@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "efficientnet-b4"])
@pytest.mark.parametrize(("question", "view"), PAGES)
def test_that_everything_that_can_be_clicked_has_a_why(
    window: MainWindow, question: str, view: str, workload: str
) -> None:
    assert window.world is not None
    world = window.world
    scenario = set_workload(FIRST_START, workload, world.catalog).scenario
    scenario = set_lever(scenario, "ipu", world.levers["compute_gain"], 1.2, world.catalog).scenario
    scenario = set_lever(scenario, "gpu", world.levers["host_wait"], 1.5, world.catalog).scenario
    scenario = set_target(scenario, 240.0).scenario
    if view == LEARNT:
        speed = compare(world, scenario).projections[1].throughput_samples_per_s.median
        measured = Measurement(THROUGHPUT, 0.8 * speed, learnt=True)
        scenario = scenario.with_measurement(scenario.systems[1].key, measured)
    window.question.show(priced(scenario))
    window.turn_to(question)
    window.workspace.tools.turn_to(view)
    settle()
    figure = figure_of(window)
    replies = {why.key: why for why in figure.why}
    asked = keys_on(figure)
    if question == SCALING:
        asked.discard("target")  # which is dragged, and says on the line over the chart what meets it
    if view == MINE:
        assert not asked, "nothing is imported"
        return
    assert asked and asked <= replies.keys(), sorted(asked - replies.keys())[:5]
    for key in asked:
        assert replies[key].title and replies[key].summary
    for key in sorted(asked)[:: max(1, len(asked) // 4)]:
        window.explain(key)
        told = window.drawer.body.toPlainText().strip() or "state " in window.drawer.summary.text().casefold()
        assert window.drawer.isVisible() and told, key


def test_that_a_projection_shows_formula_inputs_origins_basis_interval_and_evidence(window: MainWindow) -> None:
    window.question.apply(set_release(window.question.scenario, "2021-06"))
    settle()
    window.explain("projection/ipu-pod:64")
    said = window.drawer.body.toPlainText()
    for words in (
        "Formula",
        "start-up",
        "steps ×",
        "Where the time goes",
        "Inputs",
        "Layout",
        "Evidence nearby",
        "Graphcore",
    ):
        assert words in said, words
    assert "80 % probability" in window.drawer.summary.text() and "model" in window.drawer.summary.text()
    assert "http" in window.drawer.body.toHtml()
