"""Answers of back-tests made by hand for entries of the shipped evidence: errors and intervals as told, no fit."""

from collections.abc import Sequence
from math import inf

from ipuwhatif.calibration.protocols import Prediction, Protocol, Rival
from ipuwhatif.calibration.rivals.naive import QUANTITIES, measured_value
from ipuwhatif.catalog.evidence.usable import reason_left_out, usable
from ipuwhatif.catalog.types import Catalog, OfficialResult


def answer(row: OfficialResult, error: float, half: float, naive: float | None = None, fits: bool = True) -> Prediction:
    """Every quantity predicted with this relative error and an interval of this half-width, as shares."""
    measured = {quantity: measured_value(row, quantity) for quantity in QUANTITIES}
    predicted = {quantity: value * (1.0 + error) for quantity, value in measured.items()}
    return Prediction(
        entry=row,
        predicted=predicted,
        low={quantity: value * (1.0 - half) for quantity, value in predicted.items()},
        high={quantity: value * (1.0 + half) for quantity, value in predicted.items()},
        measured=measured,
        naive={quantity: None if naive is None else value * (1.0 + naive) for quantity, value in measured.items()},
        time_with_true_samples=row.score_s * 1.03,
        rivals={quantity: _rival(value, naive) for quantity, value in measured.items()},
        time_with_searched_layout=row.score_s * 0.95 if fits else inf,
    )


def _rival(measured: float, naive: float | None) -> Rival:
    """Rules that are further off than `a/n + b` by a tenth and by a fifth of what was measured."""
    return Rival(None, None, None) if naive is None else Rival(measured * (1.1 + naive), measured * (1.2 + naive), 0.1)


def wavy(key: str, title: str, rows: Sequence[OfficialResult]) -> Protocol:
    """A back-test whose errors run from −30 % to +36 %, most of them inside an interval of ± 15 %."""
    errors = [(-0.02, 0.01, 0.05, -0.06, 0.12, -0.3, 0.36)[index % 7] for index in range(len(rows))]
    return Protocol(key, title, tuple(answer(*each, 0.15) for each in zip(rows, errors, strict=True)), ())


def answered(catalog: Catalog) -> tuple[OfficialResult, ...]:
    """The entries that the model answers for."""
    return tuple(row for row in catalog.official if usable(row))


def unanswered(catalog: Catalog) -> tuple[tuple[OfficialResult, str], ...]:
    return tuple((row, reason_left_out(row)) for row in catalog.official if not usable(row))


def back_tests(catalog: Catalog) -> tuple[Protocol, ...]:
    """Nothing left out, and two back-tests of the vendors' entries, one without a rival or a layout that fits."""
    rows, missing = answered(catalog), unanswered(catalog)
    vendors = [row for row in rows if row.submitter in ("Graphcore", "NVIDIA")]
    return (
        Protocol("in-sample", "in-sample", tuple(answer(row, 0.02, 0.05, 0.2) for row in rows), missing),
        Protocol(
            "leave-one-size-out",
            "leave one size out",
            tuple(answer(row, 0.10, 0.05, 0.3) for row in vendors),
            missing,
        ),
        Protocol(
            "leave-one-family-out",
            "leave one chip family out",
            tuple(answer(row, -0.20, 0.5, fits=False) for row in vendors),
            missing,
        ),
    )
