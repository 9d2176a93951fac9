"""The Memory chart: stacks that end where the need does, against the line of the memory, and advice beside them."""

from itertools import pairwise

import pytest

from ipuwhatif.analysis.memory import Advice, Memory, beside, memory
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import LABEL_SIZE, THEMES, color, contrast, part_tint
from ipuwhatif.figures.breakdown.memory import memory_figure
from ipuwhatif.figures.breakdown.memory_words import advice_text, fits_text, held_layout_text, needed_text, rounded_up
from ipuwhatif.model.memory import PARTS
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError


def asked(workload: str, *systems: str) -> Memory:
    world = load_world()
    choices = tuple(parse_system(each, world.catalog) for each in systems)
    release = "2025-06" if workload.startswith("llama") else "2021-12"
    recipe = world.catalog.workloads[workload].recipes[0]
    return memory(world, replace(FIRST_START, workload=workload, recipe=recipe, release=release, systems=choices))


@pytest.fixture(scope="module")
def large() -> Memory:
    return asked("llama31-405b", "gb200-nvl72", "hgx-h200", "ipu-pod:64")


@pytest.fixture(scope="module")
def small() -> Memory:
    return asked("resnet50", "ipu-pod16", "dgx-a100")


def test_that_the_pieces_of_a_row_join_and_end_at_the_share_or_the_edge(large: Memory, small: Memory) -> None:
    for answer in (large, small):
        chart = memory_figure(answer).chart
        for place, row in enumerate(answer.rows):
            pieces = [bar for bar in chart.bars if bar.row == place]
            assert len(pieces) == len(PARTS) and pieces[0].start == 0.0
            assert all(before.end == after.start for before, after in pairwise(pieces))
            whole = row.holding.needed / row.holding.memory
            assert pieces[-1].end == pytest.approx(min(whole, chart.x_axis.high))
    assert memory_figure(large).chart.x_axis.high == 2.0 and memory_figure(small).chart.x_axis.high == 1.0


def test_that_a_line_stands_at_the_memory_and_bars_without_room_cross_it(large: Memory) -> None:
    chart = memory_figure(large).chart
    (line,) = chart.lines
    assert line.x == (1.0, 1.0)
    ends = {row.name: max(bar.end for bar in chart.bars if bar.row == place) for place, row in enumerate(large.rows)}
    assert [end > 1.0 for end in ends.values()] == [not row.fits for row in large.rows]
    assert "cut off at 200 %" in chart.subtitle


def test_that_texts_in_a_bar_stand_inside_their_piece_and_off_the_line(large: Memory) -> None:
    chart = memory_figure(large).chart
    frame = plot_frame(chart)
    inside = [label for label in chart.labels if label.on_bar]
    assert inside
    for label in inside:
        middle, half = frame.x(label.x), text_width(label.text, LABEL_SIZE) / 2
        (piece,) = [bar for bar in chart.bars if bar.row == label.y and bar.start < label.x < bar.end]
        assert frame.x(piece.start) < middle - half and middle + half < frame.x(piece.end)
        assert abs(frame.x(1.0) - middle) > half


def test_that_the_table_adds_up_as_printed(large: Memory, small: Memory) -> None:
    for answer in (large, small):
        table = memory_figure(answer).table
        assert len(table.rows) == len(table.tints) == len(answer.rows)
        for row in table.rows:
            filled, there, free = (row[place].number or 0.0 for place in (2, 3, 4))
            parts = sum(cell.number or 0.0 for cell in row[6:])
            assert parts == pytest.approx(filled, rel=0.02)
            assert free == pytest.approx(there - filled, abs=0.01 * max(there, filled))


def test_that_what_does_not_fit_says_so_with_what_would(large: Memory) -> None:
    fits, short, bound = large.rows
    assert fits_text(fits) == "yes" and "does not fit" not in needed_text(fits)
    assert fits_text(short) == "no room for gradients; would fit: 64 GPUs"
    assert fits_text(bound) == "no room for weights; no number of chips of this system would do"
    assert [row[1].text for row in memory_figure(large).table.rows] == ["yes", "no: gradients", "no: weights"]
    assert needed_text(bound) == "does not fit: at least 114 GB of 900 MB"
    figure = memory_figure(large)
    assert any(note.startswith("HGX H200 (8 GPUs): no room for gradients") for note in figure.notices)
    assert "does not fit" in figure.headline.text


def test_that_a_system_that_holds_the_job_is_told_where_subject_and_reference_do_not(large: Memory) -> None:
    fits, short, bound = large.rows
    told = memory_figure(replace(large, spoken=(short.choice.key, bound.choice.key))).headline.text
    assert told.startswith(f"{fits.name} {needed_text(fits)} · {short.name} does not fit")
    usual = memory_figure(replace(large, spoken=(short.choice.key, fits.choice.key))).headline.text
    assert usual.startswith(short.name) and usual.endswith(f" · does not fit: {bound.name}")


def test_that_each_kind_of_advice_has_words(large: Memory) -> None:
    advice = (
        Advice("chips", 9, least=True),
        Advice("memory", 927_630_670.0),
        Advice("recompute", 1.0),
        Advice("precision", "fp8"),
        Advice("micro_batch", 2),
        Advice("pipeline_stages", 8),
        Advice("tensor_parallel", 4),
        Advice("context_parallel", 2),
        Advice("global_batch", 1024),
        Advice("gradient_accumulation", 16),
    )
    assert advice_text(replace(large.rows[1], advice=advice)) == (
        "at least 9 GPUs or 928 MB of memory a chip or recomputing all layers or products in FP8 or micro-batch 2 or "
        "8 pipeline stages or tensor parallel 4 or context parallel 2 or batch 1,024 or accumulation 16"
    )


@pytest.mark.parametrize("size", [927_630_670.0, 1e9, 1.001e9, 999.0e6, 1.0000001e9])
def test_that_a_memory_is_never_rounded_down(size: float) -> None:
    assert size <= rounded_up(size) <= 1.01 * size


def test_that_a_layout_says_what_decides_its_memory(large: Memory) -> None:
    layout = large.rows[0].holding.layout
    assert layout is not None
    assert held_layout_text(layout).endswith("micro-batch 1 · FP8 · all layers recomputed")
    assert held_layout_text(replace(layout, recomputed=0.65, gathers=2)).endswith(
        "65 % of the layers recomputed · weights shared by the replicas"
    )
    row = asked("bert-large", "ipu-pod:2").rows[0]
    assert held_layout_text(row.holding.layout) == "1 × 2 stages · micro-batch 1 · optimizer state off the chip"


def test_that_every_number_has_a_why_with_parts_and_source(large: Memory, small: Memory) -> None:
    for answer in (large, small):
        figure = memory_figure(answer)
        whys = {why.key: why for why in figure.why}
        assert {bar.key for bar in figure.chart.bars} <= set(whys)
        for why in whys.values():
            titles = [section.title for section in why.sections]
            assert titles[:2] == ["Parts", "Against the memory"]
            assert any(row.origin is not None for section in why.sections for row in section.rows)
    assert "What would make it fit" in titles or all(row.fits for row in small.rows)


def test_that_every_part_has_a_colour_of_its_own_that_a_text_can_stand_on() -> None:
    for theme in THEMES:
        colours = {part: color(part_tint(part), theme) for part in PARTS}
        assert len(set(colours.values())) == len(PARTS)
        assert all(contrast(each, THEMES[theme].background) >= 4.5 for each in colours.values())


def test_that_no_result_of_the_suite_stands_beside_what_nobody_published(small: Memory) -> None:
    figure = memory_figure(small)
    assert not figure.chart.marks and any("Nobody published" in notice for notice in figure.notices)
    assert any("not MLPerf® Training results" in note.text for note in figure.footnotes)


def test_that_two_scenarios_stand_in_pairs_with_a_word_for_each() -> None:
    world = load_world()
    larger = memory(world, FIRST_START.with_lever("ipu.on_chip_memory_gain", 1.5))
    both = beside(("B", larger), ("A", memory(world, FIRST_START)))
    figure = memory_figure(both)
    names = [tick.text for tick in figure.chart.y_axis.ticks]
    assert names[:2] == ["A · IPU-POD16 (16 IPUs)", "B · IPU-POD16 (16 IPUs)"] and len(names) == 10
    keys = [row[0].key for row in figure.table.rows]
    assert keys[:2] == ["memory/ipu-pod:16@A", "memory/ipu-pod:16"] and len(set(keys)) == 10
    assert [each.key for each in figure.why] == keys
    assert figure.notices[-1] == "Moved levers: B: IPU memory size gain 1.50 ×."


def test_that_the_memory_of_two_jobs_is_not_set_side_by_side(small: Memory, large: Memory) -> None:
    with pytest.raises(InputError) as error:
        beside(("A", small), ("B", large))
    assert str(error.value) == "A and B are two jobs: only scenarios of one workload stand beside each other"


def test_that_a_system_alone_is_spoken_of_once() -> None:
    assert memory_figure(asked("llama31-70b", "dgx-h100")).headline.text.count("DGX H100") == 1
