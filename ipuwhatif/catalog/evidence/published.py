"""Throughputs and times printed by vendors, papers and the press.

They are no MLPerf results and are never mixed with them.
"""

import math
import re
from pathlib import Path

from ipuwhatif.catalog.datum import DERIVED
from ipuwhatif.catalog.evidence.placement import Placements, half_precision
from ipuwhatif.catalog.origins import OriginRules, row_origin, with_kind
from ipuwhatif.catalog.tables import Row, read_table
from ipuwhatif.catalog.types import PublishedResult
from ipuwhatif.texts import tr
from ipuwhatif.units import UNITS, quoted

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
        origin = with_kind(origin, DERIVED, tr("computed from the printed time"))
    elif remark:
        remark = tr("counts {what}", what=remark)
    time = row.text("time_to_train")
    other = tr("time to train {time} {unit}", time=time, unit=row.text("ttt_unit")) if time else ""
    notes = (row.text("note"), "" if remark == DERIVED else remark, other if kind_of_figure == THROUGHPUT else "")
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
        note="; ".join(text for text in notes if text),
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
        raise row.refuse(tr("wrong unit: {unit} is neither a rate nor a time", unit=quoted(written)))
    match = _FIGURE.fullmatch(text.strip())
    if match is None or not math.isfinite(float(match.group(2)) * unit.factor):
        raise row.refuse(tr("{text} is not a finite number", text=quoted(text)))
    value = float(match.group(2)) * unit.factor
    return value, unit.base, remark.strip().rstrip(")"), match.group(1)
