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
in-sample               ipu          16   0.81   0.60   0.68   0.30   0.88   0.50   0.49   0.29   0.86   3.24   4.13
in-sample               ipu-closed    7   0.81   0.69   0.36   0.15   0.62   0.38   0.51   0.32   0.87   2.65   3.40
in-sample               nvidia       24   1.62   1.17   0.19   0.07   1.72   1.05   1.78   1.52   2.02   1.95   2.86
in-sample               nvidia-v1    12   1.15   1.17   0.28   0.05   1.21   0.74   1.35   1.03   2.20   2.71   3.45
in-sample               gpu         106   4.79   1.65   1.61   0.03   5.01   2.02   3.78   1.80   4.17   1.94   4.88
in-sample               other        31   4.95   1.91   1.60   1.46   5.71   3.64   5.15   1.95   8.05   1.42   8.01
in-sample               all         153   4.40   1.55   1.51   0.12   4.72   1.75   3.71   1.60   4.61   1.97   5.43
in-sample               bow          12   0.42   0.25   0.49   0.36   0.41   0.35   0.34   0.28   0.77   3.19   3.78
in-sample               nvidia-v2     8   0.96   0.84   0.53   0.30   1.44   1.34   1.13   0.89   2.19   2.82   3.74
in-sample               gpu-v2       68   3.56   1.89   1.37   0.06   4.03   2.17   3.28   1.96   4.43   2.27   5.27
in-sample               all-v2       85   3.00   1.47   1.24   0.18   3.42   1.70   2.76   1.46   4.14   2.37   5.22
leave-one-row-out       ipu          16   1.34   1.22   2.47   1.86   2.43   2.19   1.04   0.72   3.82   5.46   6.89
leave-one-row-out       ipu-closed    7   1.46   1.17   2.16   2.17   2.22   2.12   1.22   0.89   2.66   5.33   5.81
leave-one-row-out       nvidia       24   3.09   2.03   1.87   0.59   3.66   2.23   3.48   2.46   5.78   3.76   7.12
leave-one-row-out       nvidia-v1    12   1.71   1.21   1.12   0.20   1.71   0.94   2.22   2.00   3.85   4.17   5.61
leave-one-row-out       all          40   2.39   1.41   2.11   1.27   3.17   2.20   2.50   1.59   4.99   4.44   7.03
leave-one-row-out       bow          10   1.35   1.11   1.51   1.31   1.55   0.95   1.26   0.86   1.90   4.76   5.65
leave-one-row-out       nvidia-v2     8   1.73   1.37   2.82   1.64   3.25   1.65   1.98   1.01   3.17   5.39   6.46
leave-one-row-out       all-v2       18   1.52   1.25   2.09   1.31   2.31   1.27   1.58   0.93   2.47   5.04   6.01
leave-one-size-out      ipu          16   1.28   1.13   2.89   2.13   3.38   2.46   1.63   0.61   5.30   5.66   8.26
leave-one-size-out      ipu-closed    7   1.17   1.07   2.85   2.95   1.92   1.95   0.55   0.53   3.69   5.63   6.64
leave-one-size-out      nvidia       24   3.74   2.65   2.88   3.14   4.74   4.30   4.20   3.27   6.24   4.82   8.25
leave-one-size-out      nvidia-v1    12   2.32   1.21   2.66   2.60   3.10   1.81   2.86   2.60   4.80   5.60   7.23
leave-one-size-out      all          40   2.76   1.48   2.88   2.88   4.20   2.85   3.17   1.59   5.86   5.16   8.26
leave-one-size-out      bow          10   1.49   1.05   3.34   2.32   2.02   1.31   2.12   1.48   2.91   7.27   8.27
leave-one-size-out      nvidia-v2     8   3.04   2.68   3.89   2.14   3.99   4.06   3.41   4.10   3.66   6.14   7.39
leave-one-size-out      all-v2       18   2.17   1.72   3.58   2.28   2.89   1.72   2.70   2.12   3.24   6.77   7.88
largest                 ipu           3   1.32   1.07   5.40   4.28   3.29   2.64   1.32   0.97   3.25   9.12   8.40
largest                 ipu-closed    2   1.67   1.67   4.05   4.05   2.46   2.46   0.68   0.68   3.36   7.81   7.11
largest                 nvidia        2   1.81   1.81   2.51   2.51   3.97   3.97   4.40   4.40   6.00   6.73   8.52
largest                 all           5   1.51   1.07   4.24   4.28   3.56   2.64   2.55   2.59   4.35   8.16   8.45
largest                 bow           2   1.75   1.75   2.43   2.43   1.08   1.08   2.12   2.12   3.61   7.42   8.84
largest                 nvidia-v2     2   3.67   3.67   4.22   4.22   3.94   3.94   5.11   5.11   6.07   8.48  10.86
largest                 all-v2        4   2.71   2.65   3.32   2.97   2.51   1.41   3.61   4.11   4.84   7.95   9.85
leave-one-submitter-out nvidia       18   7.49   2.80   2.01   0.83   8.91   4.20   7.99   3.05   9.00   5.74  12.06
leave-one-submitter-out nvidia-v1    12   5.47   1.98   2.13   1.03   7.75   2.44   6.81   2.03   8.08   6.39  11.80
leave-one-submitter-out gpu         100   7.53   2.79   2.97   0.33   7.89   3.22   6.33   2.84   8.33   3.38  10.56
leave-one-submitter-out nvidia-v2     8   9.23   4.13   3.27   2.22  15.25   6.86  13.48   6.02  11.54   7.19  16.19
leave-one-submitter-out gpu-v2       68   6.44   4.02   2.17   0.58   7.84   5.13   6.45   4.03   7.68   3.23   9.75
as-of-2021-06           ipu          10   1.56   1.28   4.05   3.66   2.36   1.65   1.07   0.72  13.86  11.08  25.27
as-of-2021-06           ipu-closed    7   1.85   1.40   4.97   5.62   2.80   1.86   1.30   1.30  17.90   9.78  29.56
as-of-2021-06           nvidia        8   5.19   3.49   1.97   0.37   4.11   3.85   5.69   4.41  16.17   5.19  17.85
as-of-2021-06           all          18   3.18   1.80   3.12   1.68   3.14   2.18   3.12   2.22  14.88   8.46  21.98
as-of-2021-12           bow          12   6.86   5.52   3.16   2.25  10.12   7.75  10.86   9.88  21.79  16.01  31.68
as-of-2021-12           nvidia-v2     8   5.91   6.10   3.20   2.60   6.04   4.93   5.02   5.34   4.79   5.67   7.94
as-of-2021-12           gpu-v2       68   4.70   3.06   4.14   0.79   6.69   3.92   4.40   3.07   5.87   7.02  10.12
as-of-2021-12           all-v2       85   5.23   4.02   4.30   1.81   7.57   4.52   5.48   4.05   8.42   8.16  13.43
leave-one-family-out    ipu          16   2.50   2.38   5.24   4.71   5.76   4.80   4.17   3.04  20.37  16.46  25.81
leave-one-family-out    ipu-closed    7   2.31   1.77   4.65   3.00   4.62   3.56   3.74   3.72  14.43  15.42  17.53
leave-one-family-out    nvidia       24   9.75   9.60   8.48   1.61  16.46  10.75  10.28   9.12  23.02  13.66  29.33
leave-one-family-out    nvidia-v1    12   6.07   6.37   6.36   3.27   7.99   6.57   5.59   5.83  28.15  15.32  36.06
leave-one-family-out    gpu         106  13.53  10.26   8.34   0.96  15.99  12.01  11.41   9.79  25.59  14.61  33.86
leave-one-family-out    other        31  35.16  31.39  10.58   6.71  39.44  26.93  49.18  36.95  82.31  12.29  99.04
leave-one-family-out    all         153  16.76  10.66   8.47   2.33  19.67  12.39  18.31  10.78  36.53  14.33  46.23
leave-one-family-out    bow          12   6.76   5.41   3.18   2.27  10.02   7.49  10.77   9.77  23.31  15.97  29.67
leave-one-family-out    nvidia-v2     8   4.48   4.15   5.67   2.32   5.48   6.84   4.96   5.18  29.97  18.08  39.96
leave-one-family-out    gpu-v2       68   9.27   7.00   5.64   1.47  10.36   7.57   8.41   7.14  29.71  16.76  40.63
leave-one-family-out    all-v2       85   9.80   7.09   5.56   2.09  11.19   7.76  10.23   7.74  31.41  16.39  41.68
"""

#: How closely a stored prediction repeats.
REPEATS = 1e-6
QUANTITIES = ("throughput", "samples", "time")
TOO_WIDE = (("as-of-2021-06", "samples"), ("as-of-2021-06", "time"))
HELD_OUT = ("leave-one-row-out", "leave-one-size-out", "leave-one-submitter-out", "as-of-2021-06", "as-of-2021-12")


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
    # From v1.0 onto v1.1 those of samples and time are too wide, not too narrow: they hold every row, says the README.
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
    assert len(record["in-sample"].answers) + len(record["in-sample"].unanswered) == len(catalog.official) == 295
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
