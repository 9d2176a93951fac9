"""Paints of a document: systems and parts that can be told apart, in the app's colours and in a company's."""

from itertools import combinations

import pytest

from ipuwhatif.charts.palette import contrast, part_tint, system_tint
from ipuwhatif.charts.spec import Figure, Tint
from ipuwhatif.export.office.look import Look, company_look, distance, look_for, own_look, paint
from ipuwhatif.records import replace

ACCENTS = ("#c81e3c", "#2e7d6b", "#e0a100", "#4a1942", "#3c78b4", "#7a7a7a")
LOOKS = (own_look("light"), own_look("dark"), company_look("#ffffff", "#101820", ACCENTS))
#: Systems that are of one family.
GPUS = tuple(system_tint("gpu", 64, name) for name in ("hgx-h200", "gb200-nvl72", "mi300x", "dgx-h100", "dgx-b200"))


def shown(look: Look, figure: Figure, tints: tuple[Tint, ...]) -> Look:
    return look_for(look, [replace(figure, table=replace(figure.table, tints=tints))])


@pytest.mark.parametrize("look", LOOKS)
def test_that_systems_of_one_family_are_told_apart(look: Look, figure: Figure) -> None:
    paints = [paint(shown(look, figure, GPUS), tint) for tint in GPUS]
    assert min(distance(*pair) for pair in combinations(paints, 2)) > 0.07
    assert all(contrast(each, look.tokens.background) >= 3.0 for each in paints)


def test_that_a_family_with_one_system_keeps_its_colour(figure: Figure) -> None:
    ipu, gpu = system_tint("ipu", 16, "ipu-pod"), GPUS[0]
    look = shown(own_look("light"), figure, (ipu, gpu))
    assert [paint(look, ipu), paint(look, gpu)] == [paint(own_look("light"), ipu), paint(own_look("light"), gpu)]


@pytest.mark.parametrize("look", LOOKS[2:])
def test_that_the_parts_of_a_time_are_told_apart_in_a_companys_colours(look: Look) -> None:
    parts = ("compute", "memory", "launch", "pipeline_bubble", "collective", "update", "host_wait", "evaluation")
    paints = [paint(look, part_tint(part)) for part in (*parts, "checkpoint", "start_up")]
    assert min(distance(*pair) for pair in combinations(paints, 2)) > 0.08


@pytest.mark.parametrize("look", LOOKS[2:])
def test_that_no_part_of_a_time_has_the_colour_of_a_system_beside_it(look: Look, figure: Figure) -> None:
    beside = shown(look, figure, GPUS[:3])
    systems = [paint(beside, tint) for tint in GPUS[:3]]
    parts = [paint(beside, part_tint(part)) for part in ("compute", "memory", "collective", "update")]
    assert min(distance(part, system) for part in parts for system in systems) > 0.12


def test_that_an_accent_near_one_before_it_is_the_last_that_a_system_gets(figure: Figure) -> None:
    near = ("#fca311", "#8ecae6", "#e0a100", "#c0504d", "#3c78b4", "#7a7a7a")
    assert distance(near[0], near[2]) < 0.08
    look = company_look("#14213d", "#ffffff", near)
    paints = [paint(shown(look, figure, GPUS), tint) for tint in GPUS]
    assert paints[:2] == list(near[:2])
    assert min(distance(*pair) for pair in combinations(paints, 2)) > 0.08
