"""The rivals of the back-tests: a row for each group and quantity that they all answer."""

from collections.abc import Sequence
from typing import Any

from ipuwhatif.calibration.protocols import Protocol
from ipuwhatif.calibration.rivals.rival_scores import RivalScore, rival_scores
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import asdict

#: What is compared: physics apart, and what people ask for.
COMPARED = ("throughput", "time")


def rivals_as_markdown(protocols: Sequence[Protocol], catalog: Catalog) -> str:
    """Mean absolute errors, and interval scores of the model and of the nearest entry (lower is better)."""
    lines = [
        "| left out | entries | rows | quantity | model | constant MFU | `a/n + b` | nearest entry"
        " | interval score, model / nearest entry |",
        f"|{'---|' * 9}",
    ]
    for protocol in protocols:
        for each in rival_scores(protocol, catalog, COMPARED):
            rows, model, constant, naive, nearest, *scores = rival_cells(each)
            cells = (protocol.title, each.title, rows, each.quantity, model, constant, naive, nearest)
            lines.append(f"| {' | '.join((*cells, ' / '.join(scores)))} |")
    return "\n".join(lines)


def rivals_as_json(protocols: Sequence[Protocol], catalog: Catalog) -> list[dict[str, Any]]:
    """The same as plain values: shares, and scores of logarithms."""
    return [
        {"protocol": protocol.key, "groups": [asdict(each) for each in rival_scores(protocol, catalog, COMPARED)]}
        for protocol in protocols
    ]


def rival_cells(score: RivalScore) -> tuple[str, ...]:
    """Rows, errors and interval scores in print."""
    errors = (score.model, score.constant, score.naive, score.nearest)
    return (
        str(score.rows),
        *("-" if error is None else f"{100.0 * error:.1f} %" for error in errors),
        f"{score.interval:.2f}",
        f"{score.nearest_interval:.2f}",
    )
