"""Notices: differences between the systems on show that a reader must see before comparing them."""

from collections.abc import Iterable, Sequence

from ipuwhatif.analysis.results import CALIBRATED, Projection
from ipuwhatif.catalog.types import OfficialResult
from ipuwhatif.figures.footnotes import category, submitters, suite_version
from ipuwhatif.figures.words import basis_text, division, listed
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def comparison_notices(projections: Sequence[Projection], officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Differences in chip count, round, division and category, and the projections that leave the evidence."""
    chips = _difference(
        tr("Chip counts differ: {values}."),
        [format_number(count) for count in sorted({each.choice.chips for each in projections})],
    )
    outside = _holders(
        (basis_text(each.basis, each.beyond), each.name) for each in projections if each.basis != CALIBRATED
    )
    beyond = [tr("{names}: {basis}.", names=listed(names), basis=basis) for basis, names in outside.items()]
    return (*chips, *official_notices(officials), *beyond, *_notes(projections))


def _notes(projections: Sequence[Projection]) -> list[str]:
    """The projections' own notes, each once, with the names of the systems where not all have it."""
    holders = _holders((note, each.name) for each in projections for note in each.notes)
    return [
        tr("{note}.", note=note[:1].upper() + note[1:])
        if len(names) == len(projections)
        else tr("{names}: {note}.", names=listed(names), note=note)
        for note, names in holders.items()
    ]


def _holders(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Which names each text holds for, in order."""
    holders: dict[str, list[str]] = {}
    for text, name in pairs:
        holders.setdefault(text, []).append(name)
    return holders


def official_notices(officials: Sequence[OfficialResult]) -> tuple[str, ...]:
    """Differences in round, division and category between official results."""
    return (
        *_difference(
            tr("Official results of different versions: {values}."), [suite_version(each) for each in officials]
        ),
        *_difference(
            tr("Official results of different divisions: {values}."), [division(each.division) for each in officials]
        ),
        *_difference(
            tr("Official results of different categories: {values}."),
            [tr("{submitter} {category}", submitter=submitters([each]), category=category(each)) for each in officials]
            if len({each.status for each in officials}) > 1
            else [],
        ),
    )


def _difference(template: str, values: Sequence[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(values))
    return (template.format(values=listed(distinct)),) if len(distinct) > 1 else ()
