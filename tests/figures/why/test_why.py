"""The Why: formula, parts, inputs, layout and evidence, and a residual only for the very same question."""

import pytest

from ipuwhatif.analysis.results import Term
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.phrasing import layout_text
from ipuwhatif.figures.why.why import curve_why, is_whole, official_why, point_why, projection_why
from ipuwhatif.model.case import Assumed, Gains
from ipuwhatif.records import replace
from tests.figures import samples


def section(why, title):
    return next(each for each in why.sections if each.title == title)


def test_that_a_projection_is_explained_in_sections():
    why = projection_why(samples.projection("ipu-pod:16", 28.2))
    assert [each.title for each in why.sections] == [
        "Formula",
        "Where the time goes",
        "Inputs",
        "Layout",
        "Evidence nearby",
    ]
    assert (why.key, why.value) == ("projection/ipu-pod:16", "28.2 min")
    assert why.summary == "Projected time to train, 26.9 min to 29.7 min with 80 % probability; model, inside the data."


def test_that_the_parts_add_up_to_the_median():
    rows = section(projection_why(samples.projection("ipu-pod:16", 28.2)), "Where the time goes").rows
    assert [row.name for row in rows] == [
        "compute",
        "memory",
        "collective",
        "evaluation",
        "start_up",
        "Together",
    ]
    assert sum(float(row.detail.split()[0]) for row in rows[:-1]) == pytest.approx(100.0, abs=1e-9)
    assert rows[0].detail == "60.0 % · 15,219 steps × 66.706 ms"


def test_that_inputs_carry_their_sources():
    row = section(projection_why(samples.projection("ipu-pod:16", 28.2)), "Inputs").rows[0]
    assert (row.name, row.value, row.origin) == ("Peak arithmetic rate, GC200", "250 TFLOPS", samples.ORIGIN)


def test_that_a_recalled_input_shows_as_not_sourced():
    made = samples.projection("ipu-pod:16", 28.2)
    recalled = replace(made.inputs[0], origin=replace(samples.ORIGIN, kind="recalled"))
    row = section(projection_why(replace(made, inputs=(recalled,))), "Inputs").rows[0]
    assert row.detail.endswith("not sourced")


def test_that_the_residual_is_stated_for_the_same_question():
    row = section(projection_why(samples.projection("ipu-pod:16", 28.9)), "Evidence nearby").rows[0]
    assert row.value == "28.33 min"
    assert "the projection is 2.0 % above it" in row.detail


def test_that_no_residual_is_stated_for_another_question():
    same = samples.projection("ipu-pod:16", 28.9)
    others = (
        replace(same, evidence=(samples.official("ipu-pod:64"),)),
        replace(same, case=replace(same.case, release="2021-06")),
        replace(same, case=replace(same.case, recipe="open")),
        replace(same, case=replace(same.case, gains=Gains(compute=1.3))),
        replace(same, case=replace(same.case, assumed=Assumed(start_up=2.0))),
        replace(same, case=replace(same.case, software="pytorch-21.03")),
        replace(same, case=replace(same.case, layers=(16, 32, 16))),
        replace(same, case=replace(same.case, samples=1e6)),
    )
    for other in others:
        assert "%" not in section(projection_why(other), "Evidence nearby").rows[0].detail


def test_that_an_official_score_shows_its_runs_and_its_correction():
    why = official_why(samples.official("ipu-pod:16", "bert-large"), "IPU-POD16 (16 IPUs)", load_world().catalog)
    assert (why.value, why.key) == ("32.70 min", "official/v1.1/Graphcore/ipu-pod16/bert-large/closed")
    rows = {row.name: row for row in section(why, "Runs").rows}
    assert rows["Runs"].value == "10 of 10 runs reached the target"
    assert (rows["Fastest"].value, rows["Slowest"].value) == ("31.75 min", "34.74 min")
    assert rows["Correction in the log"].value == "1.098 ×"
    assert "29.78 min times 1.098" in rows["Correction in the log"].detail
    assert section(why, "Entry").rows[-1].origin == samples.ORIGIN


def test_that_an_official_score_tells_its_layout_where_it_is_known():
    entry = samples.official("ipu-pod:16")
    layout = samples.projection("ipu-pod:16", 28.2).layout
    for known in (layout, None):
        why = official_why(replace(entry, layout=known), "IPU-POD16", load_world().catalog)
        rows = [row for each in why.sections for row in each.rows]
        said = [row.value for row in rows if row.name == "Layout"]
        assert said == ([] if known is None else [layout_text(layout)])


def test_that_a_score_without_a_correction_says_nothing_of_one():
    why = official_why(samples.official("ipu-pod:16"), "IPU-POD16 (16 IPUs)", load_world().catalog)
    assert "Correction in the log" not in [row.name for row in section(why, "Runs").rows]
    assert section(why, "Runs").rows[0].detail == "a failed run counts as the slowest"


def test_that_a_curve_is_explained_point_by_point():
    why = curve_why(samples.curve(), "time to train")
    rows = why.sections[0].rows
    assert [row.name for row in rows][:2] == ["16 IPUs", "32 IPUs"]
    assert rows[-1].detail.endswith("model, beyond the data: chips")


def test_that_rates_and_counts_print_three_digits():
    made = samples.projection("ipu-pod:16", 28.2)
    made = replace(made, terms=(*made.terms, Term("steps", 15219.0, "1", stated=False, language=False)))
    rows = {row.name: row.value for row in section(projection_why(made), "Formula").rows}
    assert rows == {"Training throughput": "29,000 samples/s", "Samples to target": "48,700,000", "Steps": "15,200"}


def test_that_a_tiny_share_is_not_told_in_digits():
    made = samples.projection("ipu-pod:16", 28.2)
    parts = {"compute": 1692.0 - 1e-4, "memory": 1e-4}
    rows = section(projection_why(replace(made, breakdown_s=parts)), "Where the time goes").rows
    assert rows[1].detail.startswith("< 0.1 %")


def test_that_a_point_of_a_curve_tells_time_batch_basis_and_entry():
    curve = samples.curve()
    why = point_why(curve, 2, "time to train")
    assert (why.key, why.title, why.value) == ("projection/ipu-pod:64", "IPU-POD (64 IPUs)", "8.25 min")
    assert why.summary.endswith("with 80 % probability; model, inside the data.")
    rows = {row.name: row for row in why.sections[0].rows}
    assert rows["Global batch"].value == "4,096"
    assert (rows["Official result, Graphcore"].value, rows["Official result, Graphcore"].origin) == (
        "8.50 min",
        samples.ORIGIN,
    )
    assert "model, beyond the data: chips." in point_why(curve, 5, "time to train").summary
    assert [row.name for row in point_why(curve, 5, "time to train").sections[0].rows] == ["Global batch"]


def test_that_a_point_with_a_lever_moved_tells_its_baseline():
    curve = samples.curve()
    curve = replace(curve, baseline_median=tuple(2 * value for value in curve.median))
    rows = {row.name: row.value for row in point_why(curve, 2, "time to train").sections[0].rows}
    assert rows["Baseline"] == "16.5 min"


def test_that_a_point_is_not_the_whole_reply_and_a_projection_is():
    assert not is_whole(point_why(samples.curve(), 2, "time to train"))
    assert is_whole(projection_why(samples.projection("ipu-pod:64", 8.5)))


def test_that_what_the_user_moved_is_named_with_its_value():
    made = samples.projection("ipu-pod:16", 28.2)
    moved = replace(made, case=replace(made.case, gains=Gains(compute=1.3), assumed=Assumed(start_up=2.0)))
    rows = {row.name: row for row in section(projection_why(moved), "Moved by you").rows}
    assert {name: row.value for name, row in rows.items()} == {"Compute gain": "1.30 ×", "Start-up": "2.00 ×"}
    assert rows["Compute gain"].detail.startswith("lever · ") and rows["Start-up"].detail.startswith("assumption · ")
