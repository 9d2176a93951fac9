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
#: They lie 3 % above what was reached, because fits on other platforms differ in their last digits.
GATE = """
in-sample               ipu           16    0.37   0.24   0.66   0.29   0.70   0.28   0.34   0.20   0.87   3.31   4.24
in-sample               ipu-closed     7    0.43   0.31   0.33   0.13   0.41   0.26   0.36   0.19   0.91   2.69   3.46
in-sample               nvidia        24    1.66   1.16   0.17   0.09   1.73   1.24   1.73   1.19   2.02   2.00   3.03
in-sample               nvidia-v1     12    1.16   0.82   0.22   0.09   1.14   0.97   1.15   0.71   2.19   2.83   3.61
in-sample               gpu          106    5.53   1.40   1.64   0.04   5.39   1.80   4.16   1.48   4.48   2.00   5.26
in-sample               other         31    5.27   1.85   1.64   1.49   6.56   4.33   5.98   1.88   8.24   1.46   8.52
in-sample               all          153    4.94   1.26   1.53   0.11   5.14   1.74   4.13   1.32   4.87   2.03   5.81
leave-one-row-out       ipu           16    1.00   0.69   2.50   1.74   2.47   2.38   0.83   0.58   4.07   5.97   7.25
leave-one-row-out       ipu-closed     7    1.11   1.00   2.48   1.91   2.31   2.31   0.81   0.44   2.91   6.28   6.21
leave-one-row-out       nvidia        24    3.51   2.48   2.02   1.25   4.19   3.19   3.85   2.71   6.37   4.25   8.11
leave-one-row-out       nvidia-v1     12    2.12   1.92   1.43   0.79   2.31   0.81   2.48   1.75   4.95   5.03   6.97
leave-one-row-out       all           40    2.51   1.73   2.21   1.47   3.50   2.59   2.64   1.42   5.45   4.94   7.77
leave-one-size-out      ipu           16    2.20   1.38   3.66   1.99   3.77   3.12   2.08   0.96   6.52   6.71   9.26
leave-one-size-out      ipu-closed     7    1.69   1.53   3.91   2.84   3.06   3.05   1.39   0.55   4.42   6.98   7.12
leave-one-size-out      nvidia        24    3.92   3.27   2.96   3.25   4.92   4.46   4.30   4.04   6.80   5.34   9.02
leave-one-size-out      nvidia-v1     12    2.42   1.70   2.81   3.35   3.22   1.60   2.81   1.76   5.73   6.54   8.35
leave-one-size-out      all           40    3.23   2.06   3.24   3.11   4.46   3.54   3.41   1.64   6.69   5.89   9.12
largest                 ipu            3    1.27   1.58   9.27  11.22   6.05   3.20   0.72   1.01   3.24  13.42  10.23
largest                 ipu-closed     2    1.84   1.84   7.31   7.31   3.12   3.12   0.52   0.52   3.34  11.61   7.14
largest                 nvidia         2    3.49   3.49   2.60   2.60   7.43   7.43   6.01   6.01  10.82   9.08  14.25
largest                 all            5    2.16   2.09   6.60   4.09   6.60   6.36   2.84   1.13   6.27  11.68  11.84
leave-one-submitter-out nvidia        18    8.11   3.78   2.12   0.93  10.31   6.62   9.01   3.73   9.88   6.22  13.26
leave-one-submitter-out nvidia-v1     12    6.60   2.72   2.26   1.17   9.41   3.16   8.14   3.07   8.70   6.95  12.50
leave-one-submitter-out gpu          100    8.29   2.30   3.07   0.42   8.57   2.73   6.75   2.45   8.40   3.54  10.58
as-of-2021-06           ipu           10    1.60   1.31   3.99   3.85   2.22   1.69   1.10   0.73  14.93  11.05  28.36
as-of-2021-06           ipu-closed     7    1.90   1.44   4.98   5.07   2.70   1.90   1.33   1.33  19.34   9.96  34.51
as-of-2021-06           nvidia         8    5.66   3.58   2.10   0.81   4.64   3.94   6.09   4.45  17.02   5.16  18.19
as-of-2021-06           all           18    3.41   1.87   3.15   1.93   3.30   2.40   3.31   2.26  15.86   8.43  23.84
leave-one-family-out    ipu           16    6.18   4.89   7.18   7.94   9.35   8.03   6.53   5.27  55.54  19.95  85.83
leave-one-family-out    ipu-closed     7    7.09   6.72   7.35   9.31   8.99  10.26   6.92   7.10  53.06  19.97  84.83
leave-one-family-out    nvidia        24   10.55   9.77   8.47   1.60  17.45  12.73  11.23  10.07  25.06  14.53  32.38
leave-one-family-out    nvidia-v1     12    7.31   6.43   6.38   2.31   9.66   9.60   7.15   6.60  31.45  16.91  39.67
leave-one-family-out    gpu          106   14.61   9.88   8.48   0.99  16.70  12.64  12.17   9.93  28.21  14.92  36.63
leave-one-family-out    other         31   36.17  34.27  10.82   7.30  42.53  35.10  53.25  44.01  84.97  12.97  99.64
leave-one-family-out    all          153   18.09  11.86   8.82   2.62  21.16  14.12  19.91  12.36  42.57  15.05  54.54
"""

#: How closely a stored prediction repeats.
REPEATS = 1e-6
QUANTITIES = ("throughput", "samples", "time")
TOO_WIDE = (("as-of-2021-06", "samples"), ("as-of-2021-06", "time"))
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
    # Onto the next release the intervals are too wide, not too narrow: they hold every row. The README says so.
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
