"""The Evidence figure: official and published apart, rules of the guidelines kept, every row with its source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.evidence import HARDWARE, OFFICIAL, HardwareRow, evidence
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.datum import Datum
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts import spec
from ipuwhatif.export.terminal import table_text
from ipuwhatif.figures.evidence.evidence import evidence_figure
from ipuwhatif.figures.evidence.evidence_sheets import is_in_conflict
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures.compare.test_compare import assert_well_set

SYSTEMS = ("ipu-pod:16", "ipu-pod:64", "ipu-pod:256", "bow-pod:64", "dgx-a100:8", "dgx-a100:64", "dgx-1:8", "tpu-v3:16")
JOBS = tuple(load_world().catalog.workloads)


def drawn(workload="resnet50", scope="workload", size=(1000, 420), **changes):
    world = load_world()
    recipe = world.catalog.workloads[workload].recipes[0]
    scenario = replace(FIRST_START, **{"workload": workload, "recipe": recipe} | changes)
    answer = evidence(world, scenario, scope)
    return answer, evidence_figure(answer, scenario, world.catalog, *size)


@pytest.fixture(scope="module")
def resnet():
    return drawn()


@pytest.mark.parametrize("workload", JOBS)
@pytest.mark.parametrize("shown", [True, False])
def test_that_the_chart_of_every_job_is_well_set(qapp, workload, shown):
    assert_well_set(drawn(workload, show_official=shown)[1].chart)


@settings(max_examples=25)
@given(
    st.sampled_from(["resnet50", "bert-large", "efficientnet-b4"]),
    st.lists(st.sampled_from(SYSTEMS), min_size=1, unique=True),
    st.sampled_from([(1000, 420), (960, 540), (760, 420), (1366, 700), (660, 340), (1000, 250)]),
)
def test_that_any_ticked_systems_are_well_set(qapp, workload, keys, size):
    systems = tuple(SystemChoice(key.split(":")[0], int(key.split(":")[1])) for key in keys)
    assert_well_set(drawn(workload, size=size, systems=systems)[1].chart)


def test_that_official_marks_are_the_comparable_results_of_the_division(resnet):
    answer, figure = resnet
    officials = [row for row in answer.rows if row.kind == OFFICIAL and row.official.division == "closed"]
    assert {mark.style for mark in figure.chart.marks} == {spec.OFFICIAL}
    assert sorted(mark.key for mark in figure.chart.marks) == sorted(f"official/{row.key}" for row in officials)
    scores = {f"official/{row.key}": row.value for row in officials}
    assert all(mark.y == scores[mark.key] for mark in figure.chart.marks)
    _, bert = drawn("bert-large")
    assert not any(mark.key.startswith("official/v0.7") for mark in bert.chart.marks)
    assert any("13 official results with another quality target" in notice for notice in bert.notices)
    assert not any("another quality target" in notice for notice in figure.notices)


def test_that_a_line_leads_from_a_result_to_what_the_model_says(resnet):
    answer, figure = resnet
    models = {f"official/{row.key}": row.model.median for row in answer.rows if row.official and row.model}
    marks = {mark.key: mark for mark in figure.chart.marks}
    assert {line.key for line in figure.chart.lines} == set(models) & set(marks)
    for line in figure.chart.lines:
        mark = marks[line.key]
        assert (line.x, line.y) == ((mark.x, mark.x), (mark.y, models[line.key]))


def test_that_ticked_systems_stand_out():
    _, figure = drawn(systems=(SystemChoice("ipu-pod", 16),), reference="ipu-pod:16")
    sizes = {True: set(), False: set()}
    for mark in figure.chart.marks:
        sizes["Graphcore" in mark.key and "v2.0" not in mark.key].add(mark.size)  # those are Bow Pods
    assert min(sizes[True]) > max(sizes[False])
    assert any(label.text == "IPU-POD16 28.33 min" for label in figure.chart.labels)
    assert not any(label.text.startswith("DGX") for label in figure.chart.labels)


def test_that_the_guidelines_are_kept_beside_official_results(resnet):
    answer, figure = resnet
    (legend,) = [entry.text.replace("\n", " ") for entry in figure.chart.legend if entry.style == spec.OFFICIAL]
    rounds = {row.official.mlperf_round for row in answer.rows if row.official and row.official.division == "closed"}
    numbers = [f"[{number}]" for number in range(1, len(rounds) + 1)]
    for words in ("MLPerf® Training v1.1", "closed division", "submitted by", "Graphcore", "NVIDIA", *numbers):
        assert words in legend
    assert [note.text[:3] for note in figure.chart.footnotes if note.text.startswith("[")] == numbers
    assert figure.footnotes[: len(numbers)] == figure.chart.footnotes[: len(numbers)]
    assert len([note for note in figure.footnotes if note.text.startswith("[")]) > len(numbers)  # those of the table
    assert any("All rights reserved" in note.text for note in figure.footnotes)
    told = " ".join(figure.notices)
    assert (
        "differ in version" in told and "in-sample" in told and "Nothing of this is an official MLPerf® metric" in told
    )
    assert "MLPerf " not in (told + figure.headline.text + legend).replace("MLPerf® ", "")
    assert answer.rows


def test_that_the_table_holds_every_row_with_official_and_printed_apart(resnet):
    answer, figure = resnet
    titles = [column.title for column in figure.table.columns]
    score, printed, model, residual = (
        titles.index(title) for title in ("Official (min)", "Printed", "Model, in-sample", "Residual (%), not official")
    )
    assert len(figure.table.rows) == len(answer.rows) == len(figure.table.tints)
    for row, cells in zip(answer.rows, figure.table.rows, strict=True):
        assert bool(cells[score].text) != bool(cells[printed].text)
        assert (cells[score if row.official else printed].number is not None) and len({cell.key for cell in cells}) == 1
        assert (cells[model].number is None) == (row.model is None) == (cells[residual].text == "")
        assert cells[-1].text == (row.left_out or "yes")
    pod = next(
        cells for cells in figure.table.rows if cells[0].key.endswith("v1.1/Graphcore/ipu-pod16-TF1/resnet/closed")
    )
    assert pod[score].text == "28.33" and pod[model].text.endswith(" min")


def test_that_every_cell_and_mark_has_a_why_with_a_source(resnet):
    for _, figure in (resnet, drawn("efficientnet-b4"), drawn("weather"), drawn(scope=HARDWARE)):
        whys = {why.key: why for why in figure.why}
        assert len(whys) == len(figure.why)
        asked = {cell.key for row in figure.table.rows for cell in row}
        asked |= {item.key for item in (*figure.chart.marks, *figure.chart.lines, *figure.chart.bars) if item.key}
        assert asked <= set(whys)
        for why in whys.values():
            assert any(row.origin is not None for section in why.sections for row in section.rows), why.key


def test_that_a_why_says_that_the_model_was_fitted_or_why_not(resnet):
    answer, figure = resnet
    whys = {why.key: why for why in figure.why}
    for row in answer.rows:
        last = whys[f"{row.kind}/{row.key}"].sections[-1]
        assert ("in-sample, not an official metric" in last.title) == (row.model is not None)
        assert row.model is not None or last.rows[0].value == row.left_out


def test_that_one_click_hides_everything_official_but_its_count():
    answer, figure = drawn(show_official=False)
    count = sum(row.kind == OFFICIAL for row in answer.rows)
    assert any(f"Official results are hidden: {count}" in notice for notice in figure.notices)
    assert all(row[0].text == "published" for row in figure.table.rows)
    assert "Official" not in " ".join(column.title for column in figure.table.columns)
    assert not any(mark.style == spec.OFFICIAL for mark in figure.chart.marks)
    assert not any(note.text.startswith("[") for note in figure.footnotes)
    assert not any(why.key.startswith("official/") for why in figure.why)
    assert "official results" not in figure.headline.text
    _, bert = drawn("bert-large", show_official=False)
    assert not bert.chart.marks and bert.table.rows and len(bert.chart.labels) == 1


def test_that_published_throughputs_are_never_called_official():
    answer, figure = drawn("efficientnet-b4")
    assert {mark.style for mark in figure.chart.marks} == {spec.PAIR}
    assert not any(entry.style == spec.OFFICIAL for entry in figure.chart.legend)
    assert "samples" not in figure.chart.y_axis.title and "images/s" in figure.chart.y_axis.title
    values = {f"published/{row.key}": row for row in answer.rows}
    for mark, line in zip(figure.chart.marks, figure.chart.lines, strict=True):
        row = values[mark.key]
        assert mark.y == row.value and line.y == (row.model.low, row.model.high)
        assert (line.y[0] <= mark.y <= line.y[1]) == row.inside


def test_that_a_time_an_epoch_is_drawn_as_a_throughput():
    answer, figure = drawn("deeplob")
    rows = {f"published/{row.key}": row for row in answer.rows}
    for mark in figure.chart.marks:
        row = rows[mark.key]
        assert mark.y == pytest.approx(row.epoch_samples / row.value)
    assert [cell.text for cell in figure.table.rows[0] if "an epoch" in cell.text]


def test_that_a_job_without_evidence_says_so():
    _, figure = drawn("hmc")
    name = load_world().catalog.workloads["hmc"].name
    assert [label.text for label in figure.chart.labels] == [f"No published figure of {name} is among the evidence"]
    assert figure.table.rows == () and figure.headline.text == f"{name}: no evidence to show"
    assert "no evidence" in table_text(figure)


def test_that_stated_ratios_stay_out_of_the_headline():
    _, figure = drawn("weather")
    assert [bar.end for bar in figure.chart.bars] == [50.0, 5.0, 60.0]
    assert "×" not in figure.headline.text and "50" not in figure.headline.text
    assert [row[3].number for row in figure.table.rows] == [50.0, 5.0, 60.0]
    assert all("stated" in label.text for label in figure.chart.labels)
    assert all(bar.hatched for bar in figure.chart.bars)


def test_that_sheets_without_a_conflict_say_so(qapp):
    answer, figure = drawn(scope=HARDWARE, systems=(SystemChoice("rtx-2080", 1),), reference="rtx-2080:1")
    assert all(row.rank == 1 for row in answer.hardware)
    assert_well_set(figure.chart)
    assert "No two sources conflict" in figure.chart.labels[0].text and figure.table.rows


def test_that_conflicting_data_sheets_stand_side_by_side(qapp):
    answer, figure = drawn(scope=HARDWARE)
    assert_well_set(figure.chart)
    rows = [[cell.text for cell in row] for row in figure.table.rows]
    assert ["GC200 IPU", "memory bandwidth", "1, used", "45 TB/s"] in [row[:4] for row in rows]
    assert ["GC200 IPU", "memory bandwidth", "2", "47.5 TB/s"] in [row[:4] for row in rows]
    names = [tick.text for tick in figure.chart.y_axis.ticks]
    assert "GC200 IPU, memory bandwidth" in names and "GC200 IPU, memory" not in names
    number = names.index("GC200 IPU, memory bandwidth")
    assert {mark.x for mark in figure.chart.marks if mark.y == number} == {1.0, 47.5 / 45.0}
    assert len(answer.hardware) == len(rows)
    properties = {(row[0], row[1]) for row in rows}
    assert figure.headline.text == (
        f"{len(rows)} figures of data sheets about {len(properties)} properties; sources conflict about 2 of these"
    )


def test_that_figures_that_were_recalled_are_counted_and_none_are_when_there_are_none(qapp):
    for systems in ((SystemChoice("ipu-pod", 16),), (SystemChoice("dgx-h100", 8), SystemChoice("rtx-2080", 1))):
        answer, figure = drawn(scope=HARDWARE, systems=systems, reference=systems[0].key)
        recalled = sum(row.datum.origin.kind == "recalled" for row in answer.hardware)
        told = [int(notice.split()[0]) for notice in figure.notices if "not sourced" in notice]
        assert told == ([recalled] if recalled else [])


def test_that_official_scores_have_a_column_beside_published_figures(resnet):
    answer, figure = resnet
    titles = [column.title for column in figure.table.columns]
    assert len({row.kind for row in answer.rows}) > 1 and "Official (min)" in titles
    hidden = [column.title for column in drawn(show_official=False)[1].table.columns]
    assert "Official (min)" not in hidden


def test_that_families_are_counted_in_the_legend_where_they_cover_no_mark(resnet):
    _, figure = resnet
    keys = {entry.text: entry.tint.hue for entry in figure.chart.legend if entry.tint is not None}
    assert {"IPU-POD: 6": "ipu", "CPU systems: 5": "cpu"}.items() <= keys.items()
    assert sum(int(text.split(": ")[1]) for text in keys) == len(figure.chart.marks)


@pytest.mark.parametrize(
    ("value", "verbatim", "used", "conflict"),
    [
        (250.0, "250 TFLOPS", (249.75, "0.999 petaFLOPS AI (FP16.16) compute"), False),
        (350.0, "1.4 petaFLOPS FP16.16", (348.5, "1.394 petaFLOPS"), False),
        (1.4, "1.4GHz", (1.41, "1410"), False),
        (1.35, "statt den bisherigen 1,35 GHz", (1.33, "1.33 GHz"), True),
        (47.5, "47.5TB/s memory bandwidth per IPU", (45.0, "180TB/s memory bandwidth"), True),
        (2.0, "about as much as before", (1.9, "nearly so"), True),
    ],
)
def test_that_figures_which_differ_by_rounding_are_no_conflict(resnet, value, verbatim, used, conflict):
    origin = resnet[0].rows[0].origin
    rows = [
        HardwareRow("a chip", "ipu", "clock", rank, Datum("chip.clock", number, "Hz", origin, text), used[0])
        for rank, (number, text) in enumerate((used, (value, verbatim)), start=1)
    ]
    assert is_in_conflict(rows[1], rows[0]) is conflict


def test_that_rank_one_is_told_as_the_chosen_figure_and_not_as_the_first_that_was_read():
    answer, figure = drawn(scope=HARDWARE)
    first = next(
        row for row in answer.hardware if (row.owner, row.attribute, row.rank) == ("GC200 IPU", "peak_flops", 1)
    )
    assert first.datum.origin.kind == "derived"
    assert figure.notices[0].startswith("Rank 1 is what the model uses, as it was chosen for each figure")
    assert "GC200 IPU, peak arithmetic rate" not in [tick.text for tick in figure.chart.y_axis.ticks]


def test_that_the_larger_marks_are_said_to_be_the_ticked_systems_where_there_are_others(resnet):
    assert resnet[1].chart.subtitle.startswith("Larger marks: ticked systems. ")
    alone = drawn(systems=(SystemChoice("rtx-2080", 1),), reference="rtx-2080:1")[1]
    assert "Larger marks" not in alone.chart.subtitle
