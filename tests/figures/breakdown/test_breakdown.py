"""The Breakdown chart: stacks that end where the time does, shares with room, colours that keep to their part."""

import re
from itertools import pairwise

import pytest

from ipuwhatif.analysis.beside import compare_beside
from ipuwhatif.analysis.breakdown import Breakdown, breakdown, breakdown_of
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.geometry import plot_frame
from ipuwhatif.charts.labels import text_width
from ipuwhatif.charts.palette import LABEL_SIZE, THEMES, color, contrast, part_tint
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.cells import printed
from ipuwhatif.model.time_to_train import PARTS
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Beside
from ipuwhatif.scenario.scenario import FIRST_START


@pytest.fixture(scope="module")
def first() -> Breakdown:
    return breakdown(load_world(), FIRST_START, draws=4)


@pytest.mark.parametrize("share", [False, True])
def test_that_the_pieces_of_a_row_join_and_end_at_the_whole(first: Breakdown, share: bool) -> None:
    chart = breakdown_figure(first, share).chart
    for row, stack in enumerate(first.stacks):
        pieces = [bar for bar in chart.bars if bar.row == row]
        assert pieces[0].start == 0.0
        assert all(before.end == after.start for before, after in pairwise(pieces))
        whole = 1.0 if share else stack.projection.time_to_train_s.median
        assert pieces[-1].end == pytest.approx(whole)
        assert pieces[-1].end <= chart.x_axis.high * (1 + 1e-12)


@pytest.mark.parametrize("share", [False, True])
def test_that_a_share_stands_inside_its_piece(first: Breakdown, share: bool) -> None:
    chart = breakdown_figure(first, share).chart
    frame = plot_frame(chart)
    inside = [label for label in chart.labels if label.on_bar]
    assert inside
    for label in inside:
        middle, half = frame.x(label.x) + label.dx, text_width(label.text, LABEL_SIZE) / 2
        (piece,) = [bar for bar in chart.bars if bar.row == label.y and bar.start < label.x < bar.end]
        assert frame.x(piece.start) < middle - half and middle + half < frame.x(piece.end)
        assert piece.tint == label.tint


def test_that_the_table_adds_up_as_printed(first: Breakdown) -> None:
    table = breakdown_figure(first).table
    for column in range(1, len(table.columns)):
        cells = [row[column] for row in table.rows]
        parts = sum(cell.number for cell in cells[:-1] if cell.number is not None)
        assert parts == pytest.approx(printed(cells[-1].text), rel=0.02)
    shares = breakdown_figure(first, share=True).table
    assert sum(row[1].number or 0.0 for row in shares.rows[:-1]) == pytest.approx(100.0)
    assert len(table.rows) == len(table.tints)


def test_that_every_part_has_a_colour_of_its_own_that_a_text_can_stand_on() -> None:
    for theme in THEMES:
        colours = {part: color(part_tint(part), theme) for part in PARTS}
        assert len(set(colours.values())) == len(PARTS)
        assert all(contrast(each, THEMES[theme].background) >= 4.5 for each in colours.values())


def test_that_a_projection_is_called_one_and_its_basis_is_said(first: Breakdown) -> None:
    figure = breakdown_figure(first)
    assert figure.headline.text.endswith(", projected") and "model" in figure.chart.subtitle
    assert any("not MLPerf® Training results" in note.text for note in figure.footnotes)
    assert not figure.chart.marks  # no official result stands beside parts that nobody measured
    far = breakdown(load_world(), replace(FIRST_START, systems=(SystemChoice("bow-pod", 1024),)), draws=4)
    assert "beyond the data" in breakdown_figure(far).chart.subtitle


def test_that_a_click_on_a_piece_asks_for_its_projection(first: Breakdown) -> None:
    figure = breakdown_figure(first)
    known = {why.key for why in figure.why}
    assert {bar.key for bar in figure.chart.bars} <= known


def test_that_many_systems_make_the_chart_taller() -> None:
    systems = tuple(SystemChoice("ipu-pod", 16 * count) for count in range(1, 21))
    chart = breakdown_figure(breakdown(load_world(), replace(FIRST_START, systems=systems), draws=4), height=400).chart
    assert chart.height > 400


def far_apart() -> Breakdown:
    """Two fast systems and one that takes days."""
    systems = (SystemChoice("ipu-pod", 256), SystemChoice("dgx-a100", 8), SystemChoice("epyc-7742", 2))
    return breakdown(load_world(), replace(FIRST_START, systems=systems), draws=4)


def test_that_a_column_of_times_has_one_unit() -> None:
    table = breakdown_figure(far_apart()).table
    texts = [cell.text for row in table.rows for cell in row[1:]]
    assert "< 0.001" in texts and "0" not in texts
    assert all(text.removeprefix("< ").replace(".", "").replace(",", "").isdigit() for text in texts), texts


def test_that_a_long_time_is_said_in_its_own_unit_and_that_shares_show_what_it_flattens() -> None:
    found = far_apart()
    figure = breakdown_figure(found)
    texts = {label.text for label in figure.chart.labels if label.bold}
    assert not any("," in text for text in texts) and any(text.endswith((" h", " days")) for text in texts)
    assert any("as shares" in notice for notice in figure.notices)
    assert not any("as shares" in notice for notice in breakdown_figure(found, share=True).notices)


def test_that_times_of_one_size_need_no_shares(first: Breakdown) -> None:
    assert not any("as shares" in notice for notice in breakdown_figure(first).notices)


def test_that_the_headline_speaks_of_the_subject_and_the_reference():
    made = breakdown_figure(breakdown(load_world(), replace(FIRST_START, subject="ipu-pod:256"), draws=4))
    parts = [part.text for part in made.headline.parts if part.key]
    assert parts[0].startswith("IPU-POD256 (256 IPUs) ") and parts[1].startswith("DGX A100 (8 GPUs) ")


def test_that_of_two_scenarios_the_headline_says_which_part_makes_most_of_the_difference():
    world, faster = load_world(), FIRST_START.with_lever("ipu.compute_gain", 1.3)
    compared = compare(world, FIRST_START, draws=4)
    both = breakdown_of(compare_beside(world, FIRST_START, compared, Beside("A", "B", faster), draws=4))
    made = breakdown_figure(both).headline
    assert len([part.key for part in made.parts if part.key]) == 2
    told = re.search(r" min: (\d+) % of the difference is arithmetic, projected", made.text)
    assert told is not None and 90 < int(told[1]) <= 100
    alike = compare_beside(world, FIRST_START, compared, Beside("A", "B", FIRST_START), draws=4)
    assert "of the difference" not in breakdown_figure(breakdown_of(alike)).headline.text
