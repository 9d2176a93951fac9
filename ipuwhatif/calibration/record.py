"""The track record as a resource: every back-test with its answers, and the hash of the evidence they came from.

Its fits take minutes; the record that they made is read in milliseconds. `make track-record` makes it again.
"""

import json
from collections.abc import Mapping, Sequence
from math import isfinite, nan
from pathlib import Path
from typing import Any

from ipuwhatif.calibration.learnt_shapes import shaped
from ipuwhatif.calibration.protocols import Prediction, Protocol, Rival
from ipuwhatif.calibration.reasons import NoSuchEntry, NotAboveZero, Outdated, RecordFault
from ipuwhatif.calibration.rivals.naive import QUANTITIES, measured_value
from ipuwhatif.catalog.documents import Node, keyed, read_document
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.files import resource, write_atomic
from ipuwhatif.records import asdict
from ipuwhatif.units import InputError, Said

FILE = "track_record.json"
_DIGITS = 9  # far more than a fit on another machine repeats


def save_record(protocols: Sequence[Protocol], evidence_hash: str, path: Path) -> None:
    """Write back-tests as they were run, without shapes, atomically, one answer a line.

    evidence_hash: of the catalog that they were run on.
    """
    blocks = ",\n".join(_protocol_text(protocol) for protocol in protocols)
    write_atomic(path, f'{{"evidence": {json.dumps(evidence_hash)}, "protocols": [\n{blocks}\n]}}\n'.encode())


def load_record(catalog: Catalog | None = None, folder: Path | None = None) -> tuple[Protocol, ...]:
    """The stored back-tests, intervals of the time by the shape that other rounds tell (`learnt_shapes`).

    InputError where they are missing, damaged or of other evidence than the catalog's.

    catalog: holds their entries; the shipped one is loaded where none is given.
    """
    catalog = catalog or load_catalog()
    root = read_document(folder or resource("calibration"), FILE)
    if root.text("evidence") != catalog.evidence_hash:
        raise _outdated(root, RecordFault.OTHER_EVIDENCE)
    entries = {row.key: row for row in catalog.official}
    protocols = tuple(_protocol(key, node, entries) for key, node in keyed(root.children("protocols")))
    root.close()
    if not protocols:
        raise _outdated(root, RecordFault.NO_BACKTEST)
    return shaped(protocols, catalog)


def _protocol_text(protocol: Protocol) -> str:
    answers = ",\n".join(json.dumps(_answer_values(answer), ensure_ascii=False) for answer in protocol.answers)
    unanswered = ",\n".join(
        json.dumps({"entry": row.key, "reason": reason}, ensure_ascii=False) for row, reason in protocol.unanswered
    )
    key, title = (json.dumps(text, ensure_ascii=False) for text in (protocol.key, protocol.title))
    return f'{{"key": {key}, "title": {title}, "answers": [\n{answers}\n], "unanswered": [\n{unanswered}\n]}}'


def _answer_values(answer: Prediction) -> dict[str, Any]:
    """What was predicted. What was measured is not written: the entry says it."""
    return {
        "entry": answer.entry.key,
        "predicted": _rounded(answer.predicted),
        "low": _rounded(answer.low),
        "high": _rounded(answer.high),
        "naive": _rounded(answer.naive),
        "time_with_true_samples": _round(answer.time_with_true_samples),
        "time_with_searched_layout": _round(answer.time_with_searched_layout),
        "rivals": {quantity: _rival_values(answer.rivals[quantity]) for quantity in QUANTITIES},
    }


def _rival_values(rival: Rival) -> dict[str, float | None]:
    return {name: _round(value) for name, value in asdict(rival).items()}


def _rounded(values: Mapping[str, float | None]) -> dict[str, float | None]:
    return {quantity: _round(values[quantity]) for quantity in QUANTITIES}


def _round(value: float | None) -> float | None:
    """None too where nothing fits: JSON has no word for it."""
    return float(f"{value:.{_DIGITS}g}") if value is not None and isfinite(value) else None


def _protocol(key: str, node: Node, entries: Mapping[str, OfficialResult]) -> Protocol:
    title = node.text("title")
    answers = tuple(_answer(child, entries) for child in node.children("answers"))
    unanswered = tuple(_unanswered(child, entries) for child in node.children("unanswered"))
    node.close()
    return Protocol(key, title, answers, unanswered)


def _answer(node: Node, entries: Mapping[str, OfficialResult]) -> Prediction:
    row = _entry(node, entries)
    predicted, low, high = (_quantities(node.child(name)) for name in ("predicted", "low", "high"))
    child = node.child("naive")
    naive = {quantity: child.optional_number(quantity) for quantity in QUANTITIES}
    child.close()
    searched = node.optional_number("time_with_searched_layout")
    answer = Prediction(
        entry=row,
        predicted=predicted,
        low=low,
        high=high,
        measured={quantity: measured_value(row, quantity) for quantity in QUANTITIES},
        naive=naive,
        time_with_true_samples=_positive(node, "time_with_true_samples"),
        time_with_searched_layout=nan if searched is None else searched,
        rivals=_rivals(node.child("rivals")),
    )
    node.close()
    if any(answer.low[quantity] > answer.high[quantity] for quantity in QUANTITIES):
        raise _outdated(node, RecordFault.INTERVAL)
    return answer


def _rivals(node: Node) -> dict[str, Rival]:
    found = {}
    for quantity in QUANTITIES:
        child = node.child(quantity)
        constant, nearest, half_width = (child.optional_number(name) for name in ("constant", "nearest", "half_width"))
        found[quantity] = Rival(constant, nearest, half_width)
        child.close()
    node.close()
    return found


def _unanswered(node: Node, entries: Mapping[str, OfficialResult]) -> tuple[OfficialResult, str]:
    row, reason = _entry(node, entries), node.text("reason")
    node.close()
    return row, reason


def _entry(node: Node, entries: Mapping[str, OfficialResult]) -> OfficialResult:
    key = node.text("entry")
    if key not in entries:
        raise _outdated(node, NoSuchEntry(key))
    return entries[key]


def _quantities(node: Node) -> dict[str, float]:
    values = {quantity: _positive(node, quantity) for quantity in QUANTITIES}
    node.close()
    return values


def _positive(node: Node, name: str) -> float:
    value = node.number(name)
    if value <= 0.0:
        raise _outdated(node, NotAboveZero(name))
    return value


def _outdated(node: Node, reason: Said) -> InputError:
    return node.refuse(Outdated(reason))
