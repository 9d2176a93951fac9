"""Throughputs and times printed by vendors, papers and the press.

They are no MLPerf results and are never mixed with them.
"""

import math
import re
from pathlib import Path

from ipuwhatif.catalog.datum import DERIVED
from ipuwhatif.catalog.evidence.placement import Placements, half_precision
from ipuwhatif.catalog.notes import Counts, Remark, TimeToTrain, together
from ipuwhatif.catalog.origins import OriginRules, row_origin, with_kind
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import PublishedResult
from ipuwhatif.units import UNITS

FILE = "published_results_to_2021.csv"
_COLUMNS = (
    "model variant platform n_accel sdk_or_container precision throughput throughput_unit time_to_train "
    "ttt_unit verbatim_figure source_url source_title note kind"
)
_FIGURE = re.compile(r"([~<]?)\s*([0-9]+(?:\.[0-9]+)?)")
THROUGHPUT, TIME_TO_TRAIN = "throughput", "time_to_train"
_BASES = ("samples/s", "s", "s/epoch")


def read_published(folder: Path, rules: OriginRules, placements: Placements) -> tuple[PublishedResult, ...]:
    """Every row in file order, with what ran on what. Where a row prints a throughput and a time, the throughput is the
    value."""
    return tuple(_result(row, rules, placements) for row in read_table(folder, FILE, _COLUMNS))


def _result(row: Row, rules: OriginRules, placements: Placements) -> PublishedResult:
    kind_of_figure = THROUGHPUT if row.text("throughput") else TIME_TO_TRAIN
    written = row.filled("throughput_unit" if kind_of_figure == THROUGHPUT else "ttt_unit")
    value, unit, remark, bound = _figure(row, row.filled(kind_of_figure), written)
    origin = row_origin(rules, row)
    if remark == DERIVED:
        origin = with_kind(origin, DERIVED, Remark.FROM_PRINTED_TIME)
    time = row.text("time_to_train") if kind_of_figure == THROUGHPUT else ""
    other = TimeToTrain(time, row.text("ttt_unit")) if time else ""
    counted = Counts(remark) if remark and remark != DERIVED else ""
    model, platform, chips = row.filled("model"), row.filled("platform"), row.whole("n_accel")
    choice = placements.choice(row, platform, chips)
    job = placements.job(model, row.text("variant"), choice)
    return PublishedResult(
        key=f"{model}/{platform}/{chips}#{row.line}",
        model=model,
        variant=row.text("variant"),
        platform=platform,
        accelerators=chips,
        software=row.text("sdk_or_container"),
        precision=row.text("precision"),
        value=value,
        unit=unit,
        origin=origin,
        note=together(row.text("note"), counted, other),
        bound=bound,
        kind_of_figure=kind_of_figure,
        workload=job.workload if job else None,
        choice=choice,
        software_key=placements.software(row.text("sdk_or_container")),
        half_precision=half_precision(row.text("precision"), job),
    )


def _figure(row: Row, text: str, written: str) -> tuple[float, str, str, str]:
    """Value and unit (samples/s, s, s/epoch), the remark behind the unit ("90 ep"), and the bound ("~", "<")."""
    name, _, remark = written.partition("(")
    unit = UNITS.get(name.strip())
    if unit is None or unit.base not in _BASES:
        raise row.refuse(Flawed(Flaw.UNIT_OF_NO_SPEED, written))
    match = _FIGURE.fullmatch(text.strip())
    if match is None or not math.isfinite(float(match.group(2)) * unit.factor):
        raise row.refuse(Flawed(Flaw.NOT_FINITE, text))
    value = float(match.group(2)) * unit.factor
    return value, unit.base, remark.strip().rstrip(")"), match.group(1)
