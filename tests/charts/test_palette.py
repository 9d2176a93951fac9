"""Colours: contrast, one hue a family, and hues that stay apart for colour-blind readers."""

import math
from itertools import combinations

import pytest

from ipuwhatif.charts.palette import THEMES, color, contrast, linear_rgb, system_tint, theme
from ipuwhatif.charts.spec import Tint
from tests.refusals import refused

FAMILIES = ("ipu", "bow", "gpu", "cpu", "other")
# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear light.
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def lab(rgb):
    """OKLab of linear light."""
    red, green, blue = (max(0.0, value) for value in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def seen(code, kind=""):
    """OKLab of a colour as a reader of a kind of BLIND sees it, or as most do."""
    rgb = linear_rgb(code)
    if not kind:
        return lab(rgb)
    return lab([sum(part * value for part, value in zip(row, rgb, strict=True)) for row in BLIND[kind]])


def test_that_contrast_is_the_one_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_that_every_text_can_be_read_on_what_it_stands_on(name):
    tokens = theme(name)
    pairs = [
        (text, ground)
        for text in (tokens.text, tokens.muted_text, tokens.accent, tokens.warning_text)
        for ground in (tokens.background, tokens.surface)
    ]
    pairs += [
        (tokens.button_text, tokens.button),
        (tokens.button_text, tokens.button_hover),
        (tokens.field_text, tokens.field),
        (tokens.selection_text, tokens.selection),
        (tokens.accent_text, tokens.accent),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    assert contrast(tokens.field_border, tokens.field) >= 3.0


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("hue", (*FAMILIES, "neutral"))
def test_that_every_tint_can_colour_a_label(name, hue):
    shades = [step / 20 for step in range(21)]
    assert min(contrast(color(Tint(hue, shade), name), theme(name).background) for shade in shades) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("hue", FAMILIES)
def test_that_systems_of_one_size_in_a_family_are_told_apart_and_from_ipus_and_bow(name, hue):
    tints = [Tint(hue, shade, variety) for shade in (0.0, 0.5, 1.0) for variety in range(10)]
    assert min(contrast(color(tint, name), theme(name).background) for tint in tints) >= 4.5
    others = [seen(color(Tint(family, 0.5), name)) for family in ("ipu", "bow") if family != hue]
    for variety in range(10):
        place = seen(color(Tint(hue, 0.5, variety), name))
        assert min(math.dist(other, place) for other in others) > 0.08, variety
    codes = {color(Tint(hue, 0.5, variety), name) for variety in range(10)}
    for first, second in combinations(codes, 2):
        assert math.dist(seen(first), seen(second)) > 0.025, (first, second)


@pytest.mark.parametrize("name", THEMES)
def test_that_neighbours_in_time_are_far_apart(name):
    keys = ("dgx-a100", "dgx-h100", "hgx-h200", "dgx-b200", "gb200-nvl72", "mi300x", "mi355x")
    places = [seen(color(system_tint("gpu", 64, key), name)) for key in keys]
    assert min(math.dist(*pair) for pair in combinations(places, 2)) > 0.03
    assert system_tint("gpu", 64, "my-own-rack") == system_tint("gpu", 64, "my-own-rack")
    assert system_tint("ipu", 64, "ipu-pod") == system_tint("ipu", 64)


@pytest.mark.parametrize("name", THEMES)
def test_that_a_larger_system_is_darker(name):
    codes = [color(system_tint("ipu", chips), name) for chips in (4, 16, 64, 256, 1024)]
    lights = [sum(linear_rgb(code)) for code in codes]
    assert lights == sorted(lights, reverse=True)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", BLIND)
@pytest.mark.parametrize("name", THEMES)
def test_that_ipus_and_gpus_stay_far_apart_for_every_reader(name, kind):
    first, second = (seen(color(Tint(hue, 0.5), name), kind) for hue in ("ipu", "gpu"))
    assert math.dist(first, second) > 0.15


@pytest.mark.parametrize("kind", BLIND)
@pytest.mark.parametrize("name", THEMES)
def test_that_no_two_families_look_the_same_to_a_colour_blind_reader(name, kind):
    for first, second in combinations(FAMILIES, 2):
        distance = math.dist(*(seen(color(Tint(hue, 0.5), name), kind) for hue in (first, second)))
        assert distance > 0.03, (first, second, distance)


def test_that_an_unknown_family_and_a_shade_out_of_range_still_have_a_colour():
    assert color(Tint("martian", 7.0), "light") == color(Tint("other", 1.0), "light")
    assert system_tint("martian", 0).hue == "other"


def test_that_an_unknown_theme_is_refused_by_name():
    with refused("no theme is called 'sepia'; themes: light, dark, projector"):
        theme("sepia")
