"""The gate on accuracy: what the back-tests reached is held. A bound may be tightened, never loosened."""

import re
from math import isfinite, nan
from pathlib import Path

import pytest

from ipuwhatif.calibration.protocols import Answer, Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.report import as_markdown, as_text
from ipuwhatif.calibration.scores import SMALLEST_CHANCE, GroupScore, group_scores, score
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog

#: Back-test, group, rows (exact); then in per cent the largest mean and median absolute error of throughput, samples,
#: time, and time with true samples, and the largest mean half-width of the intervals of throughput, samples and time.
#: A fit is the same on every processor, so that they lie half a per cent above what was reached, or lower.
GATE = """
in-sample               ipu           16   0.36   0.23   0.64   0.28   0.68   0.28   0.33   0.20   0.87   3.35   4.19
in-sample               ipu-closed     7   0.42   0.31   0.33   0.13   0.40   0.25   0.35   0.19   0.90   2.69   3.42
in-sample               nvidia        24   1.62   1.14   0.16   0.09   1.70   1.22   1.70   1.16   1.98   1.97   2.95
in-sample               nvidia-v1     12   1.12   0.79   0.22   0.09   1.12   1.00   1.12   0.68   2.15   2.78   3.61
in-sample               gpu          106   4.86   1.32   1.60   0.04   4.94   1.74   3.73   1.30   4.21   1.95   5.04
in-sample               other         31   5.07   1.37   1.60   1.46   5.81   4.09   5.17   1.35   8.04   1.43   8.44
in-sample               all          153   4.43   1.15   1.50   0.11   4.67   1.69   3.67   1.13   4.64   1.99   5.64
leave-one-row-out       ipu           16   0.98   0.67   2.44   1.70   2.41   2.33   0.81   0.56   3.92   5.83   7.15
leave-one-row-out       ipu-closed     7   1.08   0.97   2.42   1.86   2.25   2.25   0.80   0.43   2.84   5.99   6.21
leave-one-row-out       nvidia        24   3.41   2.51   1.97   1.22   4.09   3.06   3.75   2.63   6.17   4.02   7.83
leave-one-row-out       nvidia-v1     12   2.05   1.89   1.39   0.78   2.28   0.89   2.42   1.69   4.81   4.57   6.74
leave-one-row-out       all           40   2.44   1.68   2.16   1.44   3.42   2.50   2.58   1.41   5.27   4.74   7.56
leave-one-size-out      ipu           16   2.06   1.36   3.57   1.94   3.60   3.05   1.93   0.94   5.96   6.14   9.10
leave-one-size-out      ipu-closed     7   1.60   1.51   3.82   2.77   2.92   2.97   1.30   0.53   4.04   6.42   7.12
leave-one-size-out      nvidia        24   3.81   3.27   2.89   3.17   4.80   4.35   4.18   3.97   6.58   4.99   8.64
leave-one-size-out      nvidia-v1     12   2.35   1.64   2.74   3.27   3.14   1.54   2.72   1.71   5.36   5.88   7.87
leave-one-size-out      all           40   3.11   2.01   3.16   3.04   4.32   3.43   3.28   1.58   6.33   5.45   8.82
largest                 ipu            3   1.23   1.54   9.04  10.95   5.90   3.12   0.71   0.98   2.95  11.81   9.99
largest                 ipu-closed     2   1.79   1.79   7.13   7.13   3.05   3.05   0.51   0.51   3.03  10.13   7.14
largest                 nvidia         2   3.45   3.45   2.54   2.54   7.27   7.27   5.88   5.88   9.81   7.69  13.35
largest                 all            5   2.12   2.04   6.44   3.99   6.45   6.34   2.78   1.10   5.70  10.16  11.33
leave-one-submitter-out nvidia        18   7.93   3.57   2.06   0.90  10.09   6.57   8.82   3.53   9.73   5.75  12.51
leave-one-submitter-out nvidia-v1     12   6.44   2.64   2.20   1.14   9.17   3.10   7.96   2.99   8.55   6.50  11.95
leave-one-submitter-out gpu          100   8.15   2.28   3.00   0.41   8.40   2.67   6.63   2.37   8.32   3.44  10.33
as-of-2021-06           ipu           10   1.56   1.28   3.89   3.75   2.17   1.65   1.07   0.72  13.11  10.70  23.75
as-of-2021-06           ipu-closed     7   1.85   1.40   4.86   4.95   2.64   1.86   1.30   1.30  16.84   9.73  27.88
as-of-2021-06           nvidia         8   5.46   3.49   2.05   0.79   4.48   3.85   5.89   4.36  15.43   5.31  17.16
as-of-2021-06           all           18   3.30   1.81   3.07   1.89   3.19   2.34   3.21   2.21  14.14   8.30  20.82
leave-one-family-out    ipu           16   6.03   4.76   7.00   7.75   9.12   7.83   6.36   5.14  52.96  19.38  79.56
leave-one-family-out    ipu-closed     7   6.91   6.55   7.18   9.08   8.77  10.01   6.74   6.92  51.88  18.68  83.09
leave-one-family-out    nvidia        24  10.40   9.34   8.26   1.56  17.21  12.86  11.13  10.00  23.78  14.20  30.18
leave-one-family-out    nvidia-v1     12   7.15   6.39   6.23   2.26   9.45   9.33   7.03   6.36  30.27  16.57  37.61
leave-one-family-out    gpu          106  14.45   9.74   8.27   0.97  16.46  12.62  12.09   9.93  26.86  14.77  34.32
leave-one-family-out    other         31  35.65  34.19  10.56   7.12  41.84  34.32  52.57  45.08  82.86  12.55  92.16
leave-one-family-out    all          153  17.87  11.72   8.60   2.56  20.84  14.02  19.69  12.05  40.93  14.80  50.77
"""

#: How closely a stored prediction repeats.
REPEATS = 1e-6
QUANTITIES = ("throughput", "samples", "time")
TOO_WIDE = (("as-of-2021-06", "samples"),)
HELD_OUT = ("leave-one-row-out", "leave-one-size-out", "leave-one-submitter-out", "as-of-2021-06")


def bounds() -> dict[tuple[str, str], list[float]]:
    """The gate by back-test and group, as shares after the count of rows."""
    lines = [line.split() for line in GATE.strip().splitlines()]
    return {(key, group): [float(rows), *(float(cell) / 100.0 for cell in cells)] for key, group, rows, *cells in lines}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def reached(catalog: Catalog, record: dict[str, Protocol]) -> dict[tuple[str, str], GroupScore]:
    """Scores by back-test and group."""
    return {(key, group.key): group for key, protocol in record.items() for group in group_scores(protocol, catalog)}


@pytest.mark.parametrize(("key", "group"), bounds())
def test_that_a_back_test_is_no_worse_than_it_was(
    reached: dict[tuple[str, str], GroupScore], key: str, group: str
) -> None:
    found = reached[key, group]
    errors = [error for each in found.scores for error in (each.mape, each.median)]
    widths = [each.mean_width for each in found.scores]
    held = [found.rows, *errors, found.true_samples_mape, found.true_samples_median, *widths]
    rows, *most = bounds()[key, group]
    assert held[0] == rows
    assert [value for value, bound in zip(held[1:], most, strict=True) if not value <= bound] == []


def test_that_the_gate_has_every_back_test_and_group(reached: dict[tuple[str, str], GroupScore]) -> None:
    assert list(bounds()) == list(reached)


@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("key", HELD_OUT)
def test_that_intervals_on_unseen_rows_cover_as_often_as_they_say(
    reached: dict[tuple[str, str], GroupScore], key: str, quantity: str
) -> None:
    tested = {
        group.title: (group.of(quantity).covered, group.rows, group.of(quantity).p_value)
        for (protocol, _), group in reached.items()
        if protocol == key and group.of(quantity).p_value is not None
    }
    assert tested
    failed = {title: each for title, each in tested.items() if each[2] is None or each[2] < SMALLEST_CHANCE}
    # Onto the next release those of samples are too wide, not too narrow: they hold every row. The README says so.
    too_wide = {"all": (18, 18)} if (key, quantity) in TOO_WIDE else {}
    assert {title: each[:2] for title, each in failed.items()} == too_wide


@pytest.mark.parametrize("quantity", ["throughput", "samples"])
@pytest.mark.parametrize("key", [*HELD_OUT, "largest", "leave-one-family-out"])
def test_that_the_model_beats_a_over_n_plus_b_on_rows_it_has_not_seen(
    record: dict[str, Protocol], key: str, quantity: str
) -> None:
    same_rows = [answer for answer in record[key].answers if answer.naive[quantity] is not None]
    found = score(same_rows, quantity)
    assert found.naive_mape is not None and found.mape < found.naive_mape


def test_that_every_entry_is_answered_or_named_with_its_reason(catalog: Catalog, record: dict[str, Protocol]) -> None:
    assert len(record["in-sample"].answers) + len(record["in-sample"].unanswered) == len(catalog.official) == 186
    text = as_text(tuple(record.values()), catalog)
    assert all(protocol.title in text for protocol in record.values())
    for protocol in record.values():
        assert all(reason and row.key in text for row, reason in protocol.unanswered)


def test_that_the_stored_record_is_what_the_back_tests_give(catalog: Catalog, record: dict[str, Protocol]) -> None:
    stored = {protocol.key: protocol for protocol in load_record(catalog)}
    assert list(stored) == list(record)
    for key, protocol in record.items():
        assert (stored[key].title, stored[key].unanswered) == (protocol.title, protocol.unanswered)
        assert [numbers(answer) for answer in stored[key].answers] == [
            pytest.approx(numbers(answer), rel=REPEATS, nan_ok=True) for answer in protocol.answers
        ], f"{key}: make track-record"


def numbers(answer: Answer) -> dict[str, float]:
    """Every number of an answer by its name, under the key of its entry."""
    parts = {"predicted": answer.predicted, "low": answer.low, "high": answer.high, "naive": answer.naive}
    found = {
        f"{answer.entry.key} {name} {quantity}": nan if value is None else value
        for name, values in parts.items()
        for quantity, value in values.items()
    }
    searched = answer.time_with_searched_layout
    true = {f"{answer.entry.key} true samples": answer.time_with_true_samples}
    return {**found, **true, "searched": searched if isfinite(searched) else nan}


def test_that_the_readme_states_the_track_record(catalog: Catalog, record: dict[str, Protocol]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    stated = [line for line in readme.splitlines() if line.startswith("| ") and "%" in line]
    reached = [line for line in as_markdown(tuple(record.values()), catalog).splitlines() if "%" in line]
    assert len(stated) == len(reached)
    for ours, theirs in zip(stated, reached, strict=True):
        assert ours.split("|")[:3] == theirs.split("|")[:3]
        assert ours.split("|")[8] == theirs.split("|")[8]
        numbers = [[float(number) for number in re.findall(r"[\d.]+(?= %)", line)] for line in (ours, theirs)]
        # printed to a tenth; libraries differ in the last digit
        assert numbers[0] == pytest.approx(numbers[1], abs=0.11)
