"""Levers and assumptions in words: their names, and values and ranges with their unit."""

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import ONE, Lever
from ipuwhatif.scenario.reasons import LeverValue
from ipuwhatif.texts import tr
from ipuwhatif.units import told


def lever_name(lever: Lever) -> str:
    """ "Compute gain"."""
    return tr(lever.name)


def name_within(lever: Lever) -> str:
    """The name within a sentence: "compute gain"."""
    name = lever_name(lever)
    return name[0].lower() + name[1:]


def unit_text(lever: Lever) -> str:
    """ "samples", as many of them."""
    return tr(lever.unit)


def part_text(lever: Lever, value: float) -> str:
    """The stretch of the range in which a value lies: "today"."""
    return tr(lever.part(value))


def value_text(lever: Lever, value: float) -> str:
    """A value with its unit: "1.30 ×", "3,264 samples", "1 sample"."""
    unit = tr(ONE[lever.unit]) if value == 1.0 and lever.whole and lever.unit in ONE else unit_text(lever)
    return f"{lever.format_number(value)} {unit}"


def range_text(lever: Lever) -> str:
    """The range with its unit: "0.50 to 2.00 ×"."""
    return tr(
        "{low} to {high} {unit}",
        low=lever.format_number(lever.minimum),
        high=lever.format_number(lever.maximum),
        unit=unit_text(lever),
    )


def lever_origin(lever: Lever) -> Origin:
    """The origin of the range; its title is a sentence of this project's own."""
    return replace(lever.origin, title=tr(lever.origin.title))


@told.register
def _(said: LeverValue) -> str:
    return value_text(said.lever, said.value)
