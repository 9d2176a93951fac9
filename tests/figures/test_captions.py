"""Titles, subtitles and legends: moved levers and what projections are not, whole at any width."""

import pytest

from ipuwhatif.analysis.breakdown import breakdown
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.captions import heading
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from tests.figures import samples

APART = "projections are not MLPerf® results"
THREE = ("IPU compute gain 1.30 ×", "IPU link bandwidth gain 2.00 ×", "GPU clock 1.10 ×")


def charts(settings=(), width=960, **changes):
    scenario = samples.scenario(**changes)
    comparison = replace(samples.comparison(), settings=settings)
    return (
        compare_figure(comparison, scenario, width).chart,
        scaling_figure(samples.scaling(settings=settings), scenario, width).chart,
    )


def one_line(chart):
    return chart.subtitle.replace("\n", " ")


def test_that_a_moved_lever_stands_before_the_intervals():
    for chart in charts(THREE[:1]):
        assert one_line(chart).startswith("IPU compute gain 1.30 ×. Projections with 80 % ")


def test_that_two_moved_levers_are_named_and_three_are_counted():
    for chart in charts(THREE[:2]):
        assert one_line(chart).startswith("IPU compute gain 1.30 × and IPU link bandwidth gain 2.00 ×. Projections")
    for chart in charts(THREE):
        assert one_line(chart).startswith("3 levers moved. Projections")


def test_that_a_bare_picture_with_official_marks_says_what_projections_are_not():
    for chart in charts():
        assert chart.marks and chart.subtitle.endswith(APART)


def test_that_a_picture_without_official_marks_is_spared_the_line():
    for chart in charts(show_official=False):
        assert not chart.marks and APART not in chart.subtitle


@pytest.mark.parametrize("width", [660, 960])
@pytest.mark.parametrize("settings", [(), THREE[:2], THREE])
def test_that_nothing_is_elided(width, settings):
    for chart in charts(settings, width):
        texts = (chart.title, chart.subtitle, *(entry.text for entry in chart.legend))
        assert not [text for text in texts if "…" in text]
        assert "software as of 2021-12" in f"{chart.title} {chart.subtitle}".lower()
        assert APART in one_line(chart)


def test_that_a_subtitle_moves_the_plot_down_by_its_lines():
    plain, moved = charts(), charts(THREE[:2])
    for before, after in zip(plain, moved, strict=True):
        lines = after.subtitle.count("\n") - before.subtitle.count("\n")
        assert lines >= 1
        assert after.margin_top == before.margin_top + 17 * lines


def test_that_the_release_leaves_the_title_only_where_the_title_is_too_wide():
    wide, narrow = (heading("ResNet-50: time to train", "2021-12", ("Projections",), width) for width in (960, 400))
    assert wide == ("ResNet-50: time to train, software as of 2021-12", "Projections")
    assert narrow == ("ResNet-50: time to train", "Software as of 2021-12. Projections")


@pytest.mark.parametrize(("software", "told"), [("", False), ("pytorch-20.12", True)])
def test_that_every_chart_names_the_framework_that_gpus_run(software, told):
    """A title says the release, which is not that of a named framework."""
    world, on = load_world(), SystemChoice("dgx-a100", 8)
    scenario = replace(FIRST_START, systems=(on,), reference=on.key, software=software)
    charts = (
        compare_figure(compare(world, scenario), scenario).chart,
        scaling_figure(scaling(world, scenario, 8, 64), scenario).chart,
        breakdown_figure(breakdown(world, scenario, draws=4)).chart,
        sensitivity_figure(sensitivity(world, scenario, on)).chart,
    )
    assert ["GPUs run PyTorch, container 20.12. " in one_line(chart) for chart in charts] == [told] * 4


def test_that_charts_without_gpus_name_no_framework():
    on = SystemChoice("ipu-pod", 64)
    scenario = replace(FIRST_START, systems=(on,), reference=on.key, software="pytorch-20.12")
    assert "PyTorch" not in compare_figure(compare(load_world(), scenario), scenario).chart.subtitle


@pytest.mark.parametrize(
    ("workload", "tokens", "task"),
    [
        ("llama31-405b", "2.6 billion", "from published weights to log perplexity 5.6"),
        ("llama2-70b-lora", "71 million", "from published weights to validation loss 0.925"),
        ("gpt3-175b", "1.2 billion", "from a checkpoint of 4,000 steps to log perplexity 2.69"),
    ],
)
def test_that_a_short_task_under_a_great_name_is_told_on_every_chart_of_time_and_in_files(workload, tokens, task):
    world, on = load_world(), SystemChoice("gb200-nvl72", 576)
    scenario = replace(
        FIRST_START, workload=workload, recipe="closed", release="2025-06", systems=(on,), reference=on.key
    )
    comparison = compare(world, scenario)
    figure = compare_figure(comparison, scenario)
    task, short = f"not a whole training; {task}", "MLPerf®'s task"
    assert one_line(figure.chart).startswith(f"{short} of about {tokens} tokens, {task}. ")
    assert f"{short}, {task}." in figure.notices
    for chart in (
        scaling_figure(scaling(world, scenario, 576, 1024), scenario).chart,
        breakdown_figure(breakdown(world, scenario, draws=4)).chart,
        sensitivity_figure(sensitivity(world, scenario, on)).chart,
    ):
        assert one_line(chart).removeprefix("Software as of 2025-06. ").startswith(f"{short}, {task}. ")


def test_that_a_training_from_nothing_is_called_no_task():
    assert not any("a whole training" in one_line(chart) for chart in charts())
