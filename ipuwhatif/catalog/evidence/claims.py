"""The statements of the article that are checked, as they were written by hand; whether they hold is computed."""

import re
from pathlib import Path

from ipuwhatif.catalog.datum import READ, Origin
from ipuwhatif.catalog.notes import text_of
from ipuwhatif.catalog.origins import OriginRules
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import Claim

FILE = "claims.csv"
_COLUMNS = "id subject stated value unit quantity tolerance condition origin"
UNITS = ("min", "h", "% less time", "ratio")
"""Units of a claim's value; "% less time" is a share of the longer time, in percent."""
_TITLE = "article on the Graphcore MLPerf® v1.1 results"
# "Graphcore, as reported by AET, 2021-12-30": who stated it, who printed that, and when.
_ORIGIN = re.compile(r"(?P<stated>[^,]+), as reported by (?P<printed>[^,]+), (?P<date>\d{4}-\d\d-\d\d)")


def read_claims(folder: Path, rules: OriginRules) -> tuple[Claim, ...]:
    """Every claim in file order; the same id twice is refused.

    The producer of a claim is the source of `origins.json` that printed it; who stated it is in the note.
    """
    claims: dict[str, Claim] = {}
    for row in read_table(folder, FILE, _COLUMNS):
        key = row.filled("id")
        if key in claims:
            raise row.refuse(Flawed(Flaw.DUPLICATE, key))
        claims[key] = Claim(
            key=key,
            subject=text_of(row.filled("subject")),
            stated=text_of(row.filled("stated")),
            value=row.positive("value"),
            unit=row.choice("unit", UNITS),
            quantity=row.filled("quantity"),
            tolerance=row.text("tolerance"),
            condition=text_of(row.text("condition")),
            origin=_origin(row, rules),
        )
    return tuple(claims.values())


def _origin(row: Row, rules: OriginRules) -> Origin:
    text = row.text("origin")
    match = _ORIGIN.fullmatch(text)
    if match is None:
        raise row.refuse(Flawed(Flaw.NOT_WHO_AND_WHEN, text))
    source = next((source for source in rules.sources if source.starts.startswith(match["printed"])), None)
    if source is None:
        raise row.refuse(Flawed(Flaw.NO_PRODUCER, text))
    return Origin(source.producer, _TITLE, None, match["date"], None, READ, text)
