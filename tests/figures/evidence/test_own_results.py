"""Own results are drawn as the user's own, beside official ones and on the projected interval."""

from ipuwhatif.analysis.own_results import own_results
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import OFFICIAL, OWN
from ipuwhatif.figures.evidence.own_results import own_results_figure
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START

WORLD = load_world()
HALF_AN_HOUR = Measurement(TIME, 1800.0)
DGX = SystemChoice("dgx-a100", 8)


def result(measurement=HALF_AN_HOUR, choice=DGX, workload="resnet50", **told) -> OwnResult:
    chips = choice.chips if choice else 8
    return OwnResult("runs.csv, row 2", "our <b>box", chips, workload or "rgat", measurement, choice, workload, **told)


def drawn(*results, scenario=FIRST_START, refused=(), notes=()):
    answer = own_results(WORLD, scenario, Imported(results, refused, notes))
    return own_results_figure(answer, scenario, WORLD.catalog)


def styles(figure):
    return [mark.style for mark in figure.chart.marks]


def test_marks_are_the_users_own_with_the_official_result_beside_them():
    figure = drawn(result(), result(Measurement(TIME, 600.0), SystemChoice("ipu-pod", 64)))
    assert styles(figure) == [OWN, OWN, OFFICIAL, OFFICIAL] and len(figure.chart.lines) == 2
    assert figure.headline.text == "2 results of your own · 1 of 2 inside the 80 % interval"
    assert any("your own measurement" in entry.text for entry in figure.chart.legend)
    assert any("v1.1" in note.text for note in figure.footnotes)


def test_hidden_official_results_are_nowhere():
    figure = drawn(result(), scenario=replace(FIRST_START, show_official=False))
    assert styles(figure) == [OWN]
    assert not any("Official" in column.title for column in figure.table.columns)
    assert not any("v1.1" in section.title for why in figure.why for section in why.sections)


def test_the_table_tells_what_was_measured_projected_and_where_it_was_read():
    (row,) = drawn(result(runs=5, by_rules=True)).table.rows
    texts = [cell.text for cell in row]
    assert texts[:4] == ["DGX A100 (8 GPUs)", "8", "ResNet-50", "30.00 min"] and texts[-1] == "runs.csv, row 2"
    assert texts[8:10] == ["29.15", "v1.1"]


def test_a_row_without_a_projection_says_why():
    (row,) = drawn(result(choice=None)).table.rows
    assert [cell.text for cell in row][:6] == [
        *("our <b>box", "8", "ResNet-50", "30.00 min", "–", "the catalog does not hold this system"),
    ]


def test_throughputs_are_drawn_where_there_is_no_time():
    figure = drawn(result(Measurement(THROUGHPUT, 23_000.0)))
    assert styles(figure) == [OWN] and "images/s" in figure.chart.y_axis.title


def test_without_a_result_of_the_workload_the_chart_says_so():
    assert drawn(result(workload="bert-large")).chart.marks == ()
    assert "None of your own results is of ResNet-50" in str(drawn(result(workload="bert-large")).chart)
    assert "Nothing of your own is imported yet" in str(drawn().chart)


def test_what_was_not_read_is_told_row_by_row():
    notices = drawn(
        result(), refused=tuple(Refused(f"row {n}", "bad") for n in range(10)), notes=("Read as: x",)
    ).notices
    assert (
        notices[0] == "Read as: x" and notices[2] == "Not read: row 0: bad" and notices[-1] == "Not read: 2 rows more"
    )


def test_every_row_has_a_why_that_says_it_is_ones_own():
    (why,) = drawn(result(runs=5, by_rules=True, global_batch=3264, notes=("warm",))).why
    assert why.summary == "Your own measurement: no official result, and no parameter of the model is fitted to it."
    assert [section.title for section in why.sections] == [
        "As it was read",
        "Measured against projected",
        "Official result of the same job, system and size",
    ]
