"""Tables: units in titles, decimal points in line, ratios only where intervals are apart."""

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison
from ipuwhatif.figures.cells import printed
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from tests.figures import samples


def column(figure, title):
    index = [each.title for each in figure.table.columns].index(title)
    return [row[index] for row in figure.table.rows]


def test_that_the_columns_are_those_of_the_design(first_start):
    assert [each.title for each in first_start.table.columns] == [
        "System",
        "Official (min)",
        "Projected (min)",
        "80 % interval (min)",
        "Against the reference",
        "Layout",
        "Basis",
    ]


def test_that_a_cell_holds_the_number_it_prints(first_start):
    for row in first_start.table.rows:
        for cell in row:
            if cell.number is not None:
                assert printed(cell.text) == cell.number
            if cell.ends is not None:
                assert tuple(printed(text) for text in cell.text.split(" – ")) == cell.ends


def test_that_official_scores_print_as_published(first_start):
    assert [cell.text for cell in column(first_start, "Official (min)")] == ["28.33", "8.50", "3.79", "29.15", "4.53"]


def test_that_ratios_are_stated_only_where_intervals_are_apart(first_start):
    assert [cell.text for cell in column(first_start, "Against the reference")] == [
        "within the scatter of runs",
        "70.8 % less time",
        "87.0 % less time",
        "reference",
        "84.4 % less time",
    ]
    plain = compare_figure(samples.comparison(), samples.scenario(show_official=False))
    assert [cell.text for cell in column(plain, "Against the reference")] == [
        "intervals overlap",
        "70.4 % less time",
        "86.9 % less time",
        "reference",
        "84.3 % less time",
    ]


def test_that_a_pair_with_a_moved_system_is_compared_by_its_projections_and_says_so(moved):
    texts = [cell.text for cell in column(moved, "Against the reference")]
    assert texts[0] == "projected: 25.2 % less time" and texts[3:] == ["reference", "84.4 % less time"]


def test_that_a_slower_system_takes_times_as_long():
    answer = samples.comparison(samples.BERT_TIMES, "bert-large")
    for shown, ratio in ((True, "1.63"), (False, "1.59")):
        figure = compare_figure(answer, samples.scenario(show_official=shown))
        assert column(figure, "Against the reference")[0].text == f"takes {ratio} × as long"


def test_that_the_basis_is_said_in_words():
    far = samples.projection("ipu-pod:512", 2.5, basis=EXTRAPOLATED, beyond=("chips", "compute gain"))
    figure = compare_figure(Comparison((far, samples.projection("dgx-a100:8", 29.0)), None, 1), samples.scenario())
    assert [cell.text for cell in column(figure, "Basis")] == [
        "beyond the data: chips, compute gain",
        "inside the data",
    ]


def test_that_a_time_far_from_the_others_says_its_own_unit():
    times = {"dgx-a100:8": 30.0, "ipu-pod:16": 29.0, "ipu-pod:64": 8.0, "ipu-pod:256": 1e-5}
    assert [
        cell.text
        for cell in column(compare_figure(samples.comparison(times, scored=False), samples.scenario()), "Projected (s)")
    ] == [
        "1,800",
        "1,740",
        "480",
        "600 µs",
    ]


def test_that_an_unsourced_figure_is_said_in_the_basis():
    answer = samples.comparison()
    first = replace(answer.projections[0], sourced=False)
    figure = compare_figure(replace(answer, projections=(first, *answer.projections[1:])), samples.scenario())
    assert [cell.text for cell in column(figure, "Basis")][:2] == ["inside the data; not sourced", "inside the data"]


def test_that_times_far_below_the_unit_all_say_their_own():
    hours = {"dgx-a100:8": 41.0, "ipu-pod:16": 20.7, "ipu-pod:64": 4.36 / 3600, "ipu-pod:256": 0.287 / 3600}
    hours |= {"ipu-pod:128": 90.0, "ipu-pod:512": 900.0, "dgx-a100:64": 900.0}
    answer = samples.comparison({key: 60.0 * value for key, value in hours.items()}, scored=False)
    cells = column(compare_figure(answer, samples.scenario()), "Projected (h)")
    assert [cell.text for cell in cells] == ["41.0", "20.7", "4.36 s", "0.287 s", "90.0", "900", "900"]


def test_that_a_ratio_beyond_the_data_has_two_digits_and_about():
    far = samples.projection("ipu-pod:512", 2.4567, basis=EXTRAPOLATED, beyond=("chips",))
    slow = samples.projection("ipu-pod:16", 47.123)
    pair = (far, slow, samples.projection("dgx-a100:8", 29.0))
    cells = column(compare_figure(Comparison(pair, None, 2), samples.scenario()), "Against the reference")
    assert [cell.text for cell in cells] == [
        "projected: about 92 % less time",
        "within the scatter of runs",
        "reference",
    ]
    beyond = compare_figure(Comparison(pair, None, 0), samples.scenario())
    cells = column(beyond, "Against the reference")
    assert [cell.text for cell in cells] == ["reference", "takes about 19 × as long", "takes about 12 × as long"]


def test_that_the_table_states_no_ratio_of_figures_that_are_not_sourced():
    answer = samples.comparison()
    first = replace(answer.projections[1], sourced=False)
    made = compare_figure(
        replace(answer, projections=(answer.projections[0], first, *answer.projections[2:])),
        samples.scenario(show_official=False),
    )
    assert column(made, "Against the reference")[1].text == "not sourced"


def test_that_a_measurement_of_the_users_own_has_a_column_only_where_there_is_one(first_start):
    assert not any("by you" in each.title for each in first_start.table.columns)
    asked = samples.scenario().with_measurement("ipu-pod:16", Measurement(TIME, 31.0 * 60))
    asked = asked.with_measurement("dgx-a100:8", Measurement(THROUGHPUT, 25000.0))
    cells = column(compare_figure(samples.comparison(), asked), "Measured by you (min)")
    assert [cell.text for cell in cells] == ["31.0", "", "", "25,000 images/s", ""]
    assert [cell.number for cell in cells] == [31.0, None, None, None, None]
    elsewhere = samples.scenario().with_measurement("bow-pod:16", Measurement(TIME, 60.0))
    assert compare_figure(samples.comparison(), elsewhere).table == first_start.table
