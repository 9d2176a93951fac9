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
in-sample               ipu          16   0.81   0.60   0.68   0.30   0.88   0.50   0.49   0.29   0.85   3.30   4.21
in-sample               ipu-closed    7   0.81   0.69   0.36   0.15   0.62   0.38   0.51   0.32   0.83   2.71   3.41
in-sample               nvidia       24   1.60   1.13   0.19   0.07   1.72   1.06   1.78   1.48   1.97   1.94   2.96
in-sample               nvidia-v1    12   1.13   1.12   0.28   0.05   1.20   0.78   1.34   0.99   2.18   2.71   3.60
in-sample               gpu         106   4.80   1.64   1.61   0.03   5.02   1.94   3.79   1.77   4.19   1.95   4.98
in-sample               other        31   4.95   1.91   1.60   1.46   5.71   3.64   5.14   1.94   8.04   1.40   8.12
in-sample               all         153   4.42   1.55   1.51   0.12   4.73   1.77   3.72   1.51   4.62   1.98   5.53
in-sample               bow          12   0.42   0.25   0.49   0.36   0.41   0.35   0.34   0.28   0.82   3.17   3.82
in-sample               nvidia-v2     8   0.98   0.90   0.53   0.30   1.46   1.33   1.15   0.92   2.30   2.88   3.84
in-sample               gpu-v2       70   3.49   1.91   1.43   0.08   4.01   2.38   3.22   2.13   4.50   2.27   5.41
in-sample               all-v2       87   2.96   1.53   1.29   0.21   3.42   1.68   2.72   1.46   4.22   2.36   5.36
leave-one-row-out       ipu          16   1.34   1.22   2.47   1.86   2.43   2.19   1.04   0.72   3.83   5.65   6.78
leave-one-row-out       ipu-closed    7   1.46   1.17   2.16   2.17   2.22   2.12   1.22   0.89   2.70   5.67   5.78
leave-one-row-out       nvidia       24   3.07   2.01   1.87   0.59   3.65   2.21   3.48   2.45   5.67   3.83   7.18
leave-one-row-out       nvidia-v1    12   1.69   1.21   1.12   0.20   1.71   1.03   2.23   1.97   3.81   4.04   5.46
leave-one-row-out       all          40   2.38   1.36   2.11   1.27   3.16   2.21   2.50   1.54   4.93   4.56   7.02
leave-one-row-out       bow          10   1.35   1.11   1.51   1.31   1.55   0.95   1.26   0.86   1.85   4.97   5.69
leave-one-row-out       nvidia-v2     8   1.76   1.43   2.83   1.64   3.28   1.64   2.01   1.01   3.41   5.52   6.58
leave-one-row-out       all-v2       18   1.54   1.30   2.10   1.31   2.32   1.37   1.59   0.96   2.54   5.22   6.09
leave-one-size-out      ipu          16   1.28   1.13   2.89   2.13   3.38   2.46   1.63   0.61   5.41   5.61   8.41
leave-one-size-out      ipu-closed    7   1.17   1.07   2.85   2.95   1.92   1.95   0.55   0.53   3.72   5.60   6.73
leave-one-size-out      nvidia       24   3.74   2.61   2.87   3.14   4.76   4.41   4.19   3.21   6.11   4.99   8.28
leave-one-size-out      nvidia-v1    12   2.31   1.24   2.64   2.53   3.14   1.84   2.86   2.61   4.62   5.75   7.04
leave-one-size-out      all          40   2.76   1.48   2.88   2.84   4.21   2.84   3.17   1.63   5.83   5.24   8.33
leave-one-size-out      bow          10   1.49   1.05   3.34   2.32   2.02   1.31   2.12   1.48   2.80   7.28   8.15
leave-one-size-out      nvidia-v2     8   3.08   2.77   3.90   2.14   3.98   4.00   3.45   4.20   3.85   6.19   7.36
leave-one-size-out      all-v2       18   2.19   1.76   3.59   2.28   2.89   1.72   2.71   2.11   3.26   6.80   7.80
largest                 ipu           3   1.32   1.07   5.40   4.28   3.29   2.64   1.32   0.97   3.20   9.24   9.03
largest                 ipu-closed    2   1.67   1.67   4.05   4.05   2.46   2.46   0.68   0.68   3.30   7.99   7.73
largest                 nvidia        2   1.86   1.86   2.50   2.50   4.01   4.01   4.45   4.45   5.08   6.98   8.14
largest                 all           5   1.54   1.07   4.24   4.28   3.58   2.64   2.57   2.59   3.95   8.33   8.67
largest                 bow           2   1.75   1.75   2.43   2.43   1.08   1.08   2.12   2.12   3.45   8.08   8.93
largest                 nvidia-v2     2   3.71   3.71   4.20   4.20   3.97   3.97   5.18   5.18   6.61   8.69  11.15
largest                 all-v2        4   2.73   2.69   3.31   2.97   2.53   1.38   3.65   4.17   5.03   8.38  10.04
leave-one-submitter-out nvidia       18   7.50   2.83   2.01   0.81   8.97   4.26   8.04   3.01   9.34   5.98  12.48
leave-one-submitter-out nvidia-v1    12   5.48   1.91   2.13   1.03   7.83   2.39   6.89   1.95   8.36   6.80  12.18
leave-one-submitter-out gpu         100   7.54   2.81   2.97   0.33   7.91   3.10   6.35   2.86   8.42   3.43  10.66
leave-one-submitter-out nvidia-v2     8   9.34   4.20   3.27   2.22  15.46   6.85  13.71   6.15  11.38   7.48  16.13
leave-one-submitter-out gpu-v2       70   6.31   3.95   2.23   0.55   7.71   4.87   6.33   3.94   7.56   3.24   9.67
as-of-2021-06           ipu          10   1.56   1.28   4.05   3.66   2.36   1.65   1.07   0.72  13.86  11.08  25.27
as-of-2021-06           ipu-closed    7   1.85   1.40   4.97   5.62   2.80   1.86   1.30   1.30  17.90   9.78  29.56
as-of-2021-06           nvidia        8   5.19   3.49   1.97   0.37   4.11   3.85   5.69   4.41  16.17   5.19  17.85
as-of-2021-06           all          18   3.18   1.80   3.12   1.68   3.14   2.18   3.12   2.22  14.88   8.46  21.98
as-of-2021-12           bow          12   6.86   5.52   3.16   2.25  10.12   7.75  10.86   9.88  21.79  16.01  31.68
as-of-2021-12           nvidia-v2     8   5.91   6.10   3.20   2.60   6.04   4.93   5.02   5.34   4.79   5.67   7.94
as-of-2021-12           gpu-v2       70   4.65   3.06   4.04   0.79   6.55   3.82   4.35   3.07   5.87   7.03  10.12
as-of-2021-12           all-v2       87   5.18   4.02   4.22   1.73   7.44   4.25   5.41   4.05   8.36   8.14  13.35
leave-one-family-out    ipu          16   2.28   1.93   5.22   5.01   5.43   5.09   3.77   3.04  18.95  16.88  26.88
leave-one-family-out    ipu-closed    7   1.84   1.39   4.46   3.06   4.23   3.63   3.34   3.72  13.29  15.95  18.04
leave-one-family-out    nvidia       24   9.78   9.61   8.48   1.61  16.49  10.75  10.30   9.12  23.22  13.10  29.79
leave-one-family-out    nvidia-v1    12   6.07   6.37   6.36   3.27   7.99   6.57   5.59   5.83  28.15  15.32  36.06
leave-one-family-out    gpu         106  13.53  10.26   8.34   0.96  16.00  12.01  11.42   9.79  25.70  14.47  33.99
leave-one-family-out    other        31  35.12  31.38  10.58   6.71  39.45  26.79  49.21  37.06  84.18  12.45  93.67
leave-one-family-out    all         153  16.73  10.63   8.47   2.32  19.64  12.07  18.27  10.78  36.84  14.32  45.34
leave-one-family-out    bow          12   6.76   5.41   3.18   2.27  10.03   7.49  10.77   9.77  22.97  16.74  28.46
leave-one-family-out    nvidia-v2     8   4.48   4.15   5.67   2.32   5.48   6.84   4.96   5.18  29.97  18.08  39.96
leave-one-family-out    gpu-v2       70   9.41   7.05   5.73   1.47  10.63   7.69   8.52   7.27  29.80  16.75  40.73
leave-one-family-out    all-v2       87   9.89   7.10   5.63   2.09  11.38   7.81  10.28   8.16  31.45  16.51  41.39
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
