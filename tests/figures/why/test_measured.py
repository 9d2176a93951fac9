"""A measurement in the Why: residual, side of the interval, and what would explain it, in words."""

import re

import pytest

from ipuwhatif.analysis.uncertainty.measured import Held, hold
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.why.measured import (
    MOST_LEVERS,
    MOST_PARAMETERS,
    measured_section,
    shown_explanations,
    verdict_text,
)
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import parse_measurement
from ipuwhatif.scenario.scenario import FIRST_START


def held(text: str) -> Held:
    world = load_world()
    measurement = parse_measurement(text, world.catalog.workloads["resnet50"])
    return hold(world, FIRST_START, SystemChoice("ipu-pod", 16), measurement)


def rows(text: str):
    return {row.name: row for row in measured_section(held(text)).rows}


def test_that_it_says_whose_number_it_is() -> None:
    found = rows("27.4 min")
    assert found["Measured time"].value == "27.4 min"
    assert found["Measured time"].detail == "your own measurement, not part of the fit"
    assert found["Projected"].detail.endswith("with 80 % probability")


@pytest.mark.parametrize(
    ("text", "difference", "where"),
    [
        ("27.9 min", "shorter", "inside"),
        ("40 min", "longer", "above"),
        ("10 min", "shorter", "below"),
        ("25,000 images/s", "lower", "below"),
        ("35,000 images/s", "higher", "above"),
    ],
)
def test_that_the_side_is_said_in_the_words_of_the_quantity(text: str, difference: str, where: str) -> None:
    row = rows(text)["Difference"]
    assert row.value.endswith(f"% {difference}")
    assert row.detail.startswith(f"{where} the 80 % interval; ")


def test_that_an_explanation_shows_what_is_needed_and_how_far_that_is() -> None:
    row = rows("27.4 min")["Efficiency of dense convolutions"]
    assert re.fullmatch(r"needs [\d.]+ %", row.value)
    assert re.match(
        r"where the fit says [\d.]+ %; [\d.]+ of its standard deviations, above \d+ % of its draws", row.detail
    )
    assert rows("27.4 min")["Clock"].value.endswith(" ×")


def test_that_each_group_explains_once_and_the_list_stays_short() -> None:
    shown = shown_explanations(held("28.0 min"))
    parameters = [each for each in shown if each.part is not None]
    assert len({each.group for each in parameters}) == len(parameters) <= MOST_PARAMETERS
    assert len(shown) - len(parameters) <= MOST_LEVERS
    away = [abs(each.deviations) for each in parameters]
    assert away == sorted(away)


def test_that_it_says_so_where_nothing_alone_explains_it() -> None:
    found = rows("9 million images/s")
    assert "No parameter alone explains it" in found
    assert "Arithmetic efficiency of the chip" in found["Not by itself"].detail


def test_that_what_is_projected_needs_no_explanation() -> None:
    exact = held("1 min")
    value = exact.projected.median
    exact = hold(load_world(), FIRST_START, exact.projection.choice, replace(exact.measurement, value=value))
    found = measured_section(exact).rows
    assert [row.name for row in found] == ["Measured time", "Projected", "Difference"]
    assert found[-1].value == "none"


def test_that_a_rank_at_the_end_is_said_in_words() -> None:
    assert verdict_text(held("40 min")).endswith("all of the draws of the parameters alone are shorter")
    assert verdict_text(held("10 min")).endswith("none of the draws of the parameters alone are shorter")
