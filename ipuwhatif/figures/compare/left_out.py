"""What the power, the rack units or the price of systems on a chart leave out, in words."""

from collections import Counter
from collections.abc import Sequence

from ipuwhatif.analysis.results import Factor, Projection
from ipuwhatif.figures.phrasing import short_name
from ipuwhatif.figures.scenarios.names import family_name
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, told


def uncounted_clauses(projections: Sequence[Projection], units: Sequence[Factor]) -> tuple[str, ...]:
    """What is not in the power or the rack units of the systems on a chart, for its subtitle."""
    without: dict[Said, list[Projection]] = {}
    for each, unit in zip(projections, units, strict=True):
        if unit.leaves_out:
            without.setdefault(unit.leaves_out, []).append(each)
    return tuple(
        tr("{names} without {what}.", names=few(_together(systems, projections)), what=told(what))
        for what, systems in without.items()
    )


def _together(some: Sequence[Projection], projections: Sequence[Projection]) -> list[str]:
    """Names of systems; of several that are all of their family on the chart that of the family."""
    counts = Counter(each.family for each in projections)
    whole = {family for family, count in Counter(each.family for each in some).items() if 1 < count == counts[family]}
    names = (
        tr("{family} systems", family=family_name(each.family)) if each.family in whole else short_name(each.name)
        for each in some
    )
    return list(dict.fromkeys(names))


def few(names: Sequence[str]) -> str:
    """Up to three names, else how many they are."""
    return tr("{count} systems", count=len(names)) if len(names) > 3 else tr(", ").join(names)


def left_out_notices(projections: Sequence[Projection], units: Sequence[Factor], head: str) -> tuple[str, ...]:
    """What is not in the power or the rack units of systems, each thing once with the systems that lack it."""
    names: dict[Said, list[str]] = {}
    for each, unit in zip(projections, units, strict=True):
        if unit.leaves_out:
            names.setdefault(unit.leaves_out, []).append(short_name(each.name))
    return tuple(
        tr(
            "{head} of {names}: without {what}.",
            head=head.partition(" (")[0],
            names=tr(", ").join(systems),
            what=told(what),
        )
        for what, systems in names.items()
    )
