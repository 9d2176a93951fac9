"""The Roofline figure: marks under their roofs, sizes by time, names that stay clear, sources behind every roof."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.roofline import roofline
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.spec import PAIR
from ipuwhatif.figures.roofline.roofline import roofline_figure
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures.compare.test_compare import assert_well_set
from tests.refusals import refused

WORKLOADS = load_world().catalog.workloads.values()
JOBS = tuple(each.key for each in WORKLOADS if each.kind != RELATIVE and not is_language_model(each))
SYSTEMS = ("ipu-pod:64", "bow-pod:64", "dgx-a100:8", "dgx-a100-40gb:8", "dgx-1:8", "dgx-h100:8", "tpu-v3:16", "gaudi:8")


def drawn(workload="resnet50", size=(1000, 420), **changes):
    world = load_world()
    recipe = world.catalog.workloads[workload].recipes[0]
    scenario = replace(FIRST_START, **{"workload": workload, "recipe": recipe} | changes)
    answer = roofline(world, scenario)
    return answer, roofline_figure(answer, scenario, *size)


@pytest.fixture(scope="module")
def resnet():
    return drawn()


def assert_inside(chart):
    frame = plot_frame(chart)
    for mark in chart.marks:
        assert frame.left <= frame.x(mark.x) <= frame.right and frame.top <= frame.y(mark.y) <= frame.bottom
    for line in chart.lines:
        for x, y in zip(line.x, line.y, strict=True):
            assert frame.left - 1e-6 <= frame.x(x) <= frame.right + 1e-6
            assert frame.top - 1e-6 <= frame.y(y) <= frame.bottom + 1e-6


@pytest.mark.parametrize("workload", JOBS)
def test_that_every_job_is_well_set(qapp, workload):
    _, figure = drawn(workload)
    assert_well_set(figure.chart)
    assert_inside(figure.chart)


@settings(max_examples=30)
@given(
    st.sampled_from(["resnet50", "bert-large", "efficientnet-b4", "gpt2-xl", "deeplob"]),
    st.lists(st.sampled_from(SYSTEMS), min_size=1, max_size=6, unique=True),
    st.sampled_from([(1000, 420), (760, 420), (1366, 700), (660, 340), (1000, 250)]),
)
def test_that_any_chips_are_well_set(qapp, workload, keys, size):
    systems = tuple(SystemChoice(key.split(":")[0], int(key.split(":")[1])) for key in keys)
    _, figure = drawn(workload, size=size, systems=systems)
    assert_well_set(figure.chart)
    assert_inside(figure.chart)


def test_that_a_mark_is_larger_where_the_op_takes_longer(resnet):
    answer, figure = resnet
    seconds = {
        f"op/{chip.choice.key}/{op.index}": op.seconds / chip.micro_batch_s for chip in answer.chips for op in chip.ops
    }
    assert {mark.style for mark in figure.chart.marks} == {PAIR}
    ordered = sorted(figure.chart.marks, key=lambda mark: seconds[mark.key])
    assert [mark.size for mark in ordered] == sorted(mark.size for mark in ordered)
    assert [mark.size for mark in figure.chart.marks] == sorted((mark.size for mark in ordered), reverse=True)


def test_that_data_sheets_are_solid_and_what_is_calibrated_is_dashed(resnet):
    answer, figure = resnet
    for chip in answer.chips:
        lines = {line.key: line for line in figure.chart.lines if line.key.startswith(f"roof/{chip.choice.key}/")}
        sheet, conv = lines[f"roof/{chip.choice.key}/sheet"], lines[f"roof/{chip.choice.key}/dense_convolution"]
        assert (sheet.dashed, conv.dashed) == (False, True)
        assert (sheet.x[-2], sheet.y[-1]) == (chip.peak.value / chip.bandwidth.value, chip.peak.value)
        assert conv.y[-1] == chip.calibrated["dense_convolution"].peak < sheet.y[-1]


def test_that_what_counts_no_flops_is_told_and_not_drawn(resnet):
    answer, figure = resnet
    assert all(mark.x > 0.0 and math.isfinite(mark.x) for mark in figure.chart.marks)
    for chip in answer.chips:
        passes = 100.0 * sum(op.share for op in chip.ops if not op.flops)
        (label,) = [each.text for each in figure.chart.labels if each.text.startswith(f"{chip.chip}: ")]
        assert float(label.split(": ")[1].split(" %")[0]) == pytest.approx(passes, rel=0.05)
    assert any("count no FLOPs" in notice for notice in figure.notices)
    assert any("as calibrated" in notice for notice in figure.notices)


@pytest.mark.parametrize(("workload", "told"), [("efficientnet-b4", True), ("resnet50", False)])
def test_that_the_roof_of_grouped_convolutions_is_explained_where_there_is_one(workload, told):
    answer, figure = drawn(workload)
    assert any("grouped_convolution" in chip.calibrated for chip in answer.chips) == told
    assert any(notice.startswith("The roof of grouped convolutions is that of") for notice in figure.notices) == told


def test_that_the_table_has_every_op_and_its_shares_add_up_to_the_ops(resnet):
    answer, figure = resnet
    ops = [op for chip in answer.chips for op in chip.ops]
    assert len(figure.table.rows) == len(ops) == len(figure.table.tints)
    share = [column.title for column in figure.table.columns].index("Share of a step (%)")
    total = sum(row[share].number for row in figure.table.rows)
    assert total == pytest.approx(100.0 * sum(op.share for op in ops), rel=0.02)
    assert [row[2].text for row in figure.table.rows] == [op.name for op in ops]


def test_that_every_mark_line_and_cell_has_a_why_with_peak_and_bandwidth(resnet):
    answer, figure = resnet
    whys = {why.key: why for why in figure.why}
    asked = {cell.key for row in figure.table.rows for cell in row}
    asked |= {item.key for item in (*figure.chart.marks, *figure.chart.lines)}
    assert asked <= set(whys) and len(whys) == len(figure.why)
    for chip in answer.chips:
        for why in whys.values():
            if f"/{chip.choice.key}/" in why.key:
                origins = [row.origin for section in why.sections for row in section.rows]
                assert chip.peak.origin in origins and chip.bandwidth.origin in origins, why.key


def test_that_an_op_tells_its_flops_and_intensity_or_that_none_are_counted(resnet):
    answer, figure = resnet
    whys = {why.key: why for why in figure.why}
    counted = set()
    for chip in answer.chips:
        for op in chip.ops:
            why = whys[f"op/{chip.choice.key}/{op.index}"]
            said = {row.name: row.value for row in why.sections[0].rows}
            assert ("FLOP/s" in why.value) == bool(op.flops), why.value
            assert (said["FLOPs"] == "not counted") == ("Intensity" not in said) == (not op.flops)
            counted.add(bool(op.flops))
    assert counted == {True, False}


def test_that_ops_on_one_spot_have_one_label():
    _, figure = drawn("bert-large")
    texts = [label.text for label in figure.chart.labels]
    assert "feed-forward up and 1 more" in texts
    assert "feed-forward down" not in texts


def test_that_moved_hardware_is_said(resnet):
    _, figure = drawn(levers={"ipu.clock": 1.2})
    assert "clock" in figure.chart.subtitle
    sheet = next(why for why in figure.why if why.key == "roof/ipu-pod:16/sheet")
    assert any("changes to the hardware" in row.name for row in sheet.sections[0].rows)
    assert not any(
        "changes to the hardware" in row.name for why in resnet[1].why for s in why.sections for row in s.rows
    )


def test_that_rates_are_the_model_s_and_no_results(resnet):
    _, figure = resnet
    assert "by the model" in figure.headline.text and "no measurements" in figure.chart.subtitle
    assert any("not MLPerf® Training results" in note.text for note in figure.footnotes)


def test_that_no_chip_is_no_chart(resnet):
    with refused("no system is chosen; choose at least one, such as ipu-pod64"):
        roofline_figure(replace(resnet[0], chips=()), FIRST_START)


def test_that_many_chips_are_named_near_their_roofs_without_the_classes_of_their_ops(qapp):
    keys = ("ipu-pod:64", "bow-pod:64", "dgx-a100:8", "dgx-h100:8", "tpu-v3:16", "gaudi:8", "dgx-2h:16")
    systems = tuple(SystemChoice(key.split(":")[0], int(key.split(":")[1])) for key in keys)
    answer, figure = drawn(size=(990, 400), systems=systems)
    assert_well_set(figure.chart)
    outside = [label for label in figure.chart.labels if label.x == figure.chart.x_axis.high and label.anchor == "left"]
    assert [label.text for label in outside] == [chip.chip for chip in answer.chips]
    few = {label.text for label in drawn(size=(990, 400))[1].chart.labels}
    assert "dense convolution" in few
