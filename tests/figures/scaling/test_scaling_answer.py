"""The reply to a target in Scaling: its chip count stands in the table, in its place and once."""

import pytest

from ipuwhatif.analysis.seek.answer import ANY, CHIPS, GoalAnswer
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.cells import printed
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.scaling.scaling_answer import with_answer
from tests.figures import samples


def answered(chips: int, over: str = CHIPS, official_shown: bool = True):
    answer, asked = samples.scaling(), samples.scenario(show_official=official_shown)
    projection = samples.projection(f"ipu-pod:{chips}", 2.5)
    found = GoalAnswer(over, projection.choice, 60.0, None, projection, None, None, None, "compute")
    return with_answer(scaling_figure(answer, asked), answer, found, load_world(), official_shown)


def counts(figure):
    return [row[1].number for row in figure.table.rows if row[0].text.startswith("IPU-POD")]


@pytest.mark.parametrize("official_shown", [True, False])
@pytest.mark.parametrize("chips", [8, 40, 832, 2048])
def test_that_the_chip_count_of_a_reply_is_a_row_in_the_order_of_its_curve(chips, official_shown):
    figure = answered(chips, official_shown=official_shown)
    assert chips in counts(figure) and counts(figure) == sorted(counts(figure))
    (row,) = [row for row in figure.table.rows if row[0].text == f"IPU-POD ({chips:,} IPUs)"]
    assert len(row) == len(figure.table.columns) and printed(row[2].text) == 2.5
    assert len(figure.table.tints) == len(figure.table.rows)
    assert {cell.key for cell in row if cell.text} == {part.key for part in figure.headline.parts if part.key}


def test_that_a_chip_count_that_the_table_has_is_not_told_twice():
    assert counts(answered(256)) == counts(scaling_figure(samples.scaling(), samples.scenario()))


def test_that_a_lever_that_meets_the_target_adds_no_row():
    assert 832 not in counts(answered(832, over=ANY))
