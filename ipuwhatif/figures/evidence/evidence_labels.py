"""The names of ticked systems beside their marks among the evidence."""

from collections.abc import Sequence

from ipuwhatif.analysis.evidence import EvidenceRow
from ipuwhatif.charts.beside import labels_beside
from ipuwhatif.charts.geometry import Frame
from ipuwhatif.charts.spec import Label, Mark
from ipuwhatif.figures.evidence.evidence_rows import row_key, row_tint
from ipuwhatif.figures.phrasing import short_name
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

MOST_NAMED = 8


def names(rows: Sequence[EvidenceRow], scenario: Scenario, marks: Sequence[Mark], frame: Frame) -> list[Label]:
    """Name and score of the ticked systems beside their latest results."""
    by_key = {mark.key: mark for mark in marks}
    named = []
    for choice in scenario.systems[:MOST_NAMED]:
        found = [row for row in rows if row.choice == choice]
        own = [row for row in found if row.official is not None and row.official.release == scenario.release]
        if own or found:
            row = (own or found)[-1]
            minutes = f"{row.value / 60.0:,.2f}"
            text = tr("{system} {minutes} min", system=short_name(row.system), minutes=minutes)
            named.append((text, row_tint(row), by_key[row_key(row)]))
    return labels_beside(named, marks, frame)
