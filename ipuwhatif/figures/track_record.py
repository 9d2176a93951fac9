"""The track record of one back-test: predicted against measured time to train, or its errors by family of chips.

Every entry that was left out is a mark at its official time; what the model said without it is the other axis.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.calibration.scores import IN_SAMPLE, LEVEL, Score, is_covered, score
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.figures.footnotes import footnote_numbers, footnotes, references, submitters, suite_version
from ipuwhatif.figures.jobs import division, workload_name
from ipuwhatif.figures.labels import fit, text_width, wrap, wrap_clauses
from ipuwhatif.figures.legal import legal
from ipuwhatif.figures.palette import system_tint
from ipuwhatif.figures.spec import Cell, Column, Figure, Headline, HeadlinePart, TableSpec, Tint
from ipuwhatif.figures.table import DASH, printed, time_cell
from ipuwhatif.figures.ticks import MINUTES
from ipuwhatif.figures.track_charts import Words, percent_text, prediction_chart, residual_chart
from ipuwhatif.figures.words import official_key
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest

if TYPE_CHECKING:  # the back-test fits, and so needs scipy; its picture does not
    from ipuwhatif.calibration.backtest import Answer, Protocol

#: What each back-test leaves out, as the start of a title.
PROTOCOLS = MappingProxyType(
    {
        IN_SAMPLE: "With nothing left out",
        "leave-one-row-out": "Held out one by one",
        "leave-one-size-out": "Held out by size",
        "largest": "Held out, the largest sizes",
        "leave-one-submitter-out": "Held out by submitter",
        "as-of-2021-06": "Software of 2021-12 as of 2021-06",
        "leave-one-family-out": "Held out by chip family",
    }
)
FIRST_SHOWN = "leave-one-size-out"


def check_protocol(key: str) -> None:
    """InputError, with the nearest, for the key of no back-test."""
    if key not in PROTOCOLS:
        raise InputError(
            tr(
                "{key} is no back-test; the nearest is {nearest} of {keys}",
                key=key,
                nearest=nearest(key, PROTOCOLS),
                keys=", ".join(PROTOCOLS),
            )
        )
