"""The gate on accuracy: what the back-tests reached is held. A bound may be tightened, never loosened."""

import re
from collections.abc import Sequence
from math import isfinite, nan
from pathlib import Path

import pytest

from ipuwhatif.calibration.protocols import Prediction, Protocol
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.report import PAGE, as_short_markdown, whole_markdown
from ipuwhatif.calibration.scores import (
    SMALLEST_CHANCE,
    SMALLEST_COVERAGE_TEST,
    GroupScore,
    binomial_p_value,
    group_scores,
    is_covered,
    score,
)
from ipuwhatif.calibration.speeds import load_speed_record
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.track_record.printed_record import as_text
from ipuwhatif.files import resource

#: Back-test, group, rows (exact); then in per cent the largest mean and median absolute error of throughput, samples,
#: time, and time with true samples, and the largest mean half-width of the intervals of throughput, samples and time.
#: A fit is the same on every processor, so that they lie half a per cent above what was reached, or lower.
GATE = """
in-sample               ipu              16   0.81   0.61   0.69   0.28   0.89   0.51   0.48   0.29   0.91   3.29   2.39
in-sample               ipu-closed        7   0.82   0.68   0.34   0.10   0.64   0.40   0.51   0.32   0.90   2.66   1.93
in-sample               nvidia           24   1.80   1.24   0.20   0.09   1.97   1.49   1.98   1.67   4.54   1.94   4.95
in-sample               nvidia-v1        12   1.50   1.21   0.28   0.04   1.62   1.22   1.67   1.65   4.66   2.72   5.38
in-sample               gpu             106   4.67   1.84   1.61   0.02   5.08   2.20   3.78   1.94   6.41   1.93   7.00
in-sample               other            35   5.28   1.96   1.46   1.14   5.99   3.78   5.59   2.18   8.09   1.64   6.07
in-sample               all             157   4.41   1.65   1.49   0.13   4.86   2.13   3.85   1.66   6.23   2.00   6.32
in-sample               bow              12   0.42   0.25   0.48   0.35   0.40   0.37   0.34   0.28   0.85   3.21   2.24
in-sample               nvidia-late      41   1.41   0.88   0.55   0.16   1.93   1.19   1.88   1.25   4.64   2.75   5.39
in-sample               nvidia-v1-on     53   1.43   1.05   0.49   0.13   1.86   1.19   1.83   1.27   4.64   2.75   5.39
in-sample               gpu-late        319   3.56   1.43   1.45   0.57   3.93   1.85   3.35   1.57   6.15   2.56   6.82
in-sample               other-late       24   3.43   1.87   0.73   0.21   3.56   2.33   3.37   1.98   8.57   2.37   6.54
in-sample               all-late        355   3.45   1.42   1.37   0.57   3.78   1.81   3.25   1.49   6.13   2.57   6.64
in-sample               language        138   2.18   1.09   1.36   0.34   3.17   1.88   2.63   1.46   4.38   3.14   4.39
in-sample               llama2-70b-lora  86   2.71   1.39   1.40   0.31   3.80   1.97   3.37   1.71   4.16   3.44   4.66
in-sample               llama31-405b     14   0.61   0.63   0.17   0.08   0.72   0.58   0.79   0.61   3.75   2.42   3.34
in-sample               gpt3-175b        38   1.57   0.77   1.72   1.17   2.63   2.19   1.65   1.19   5.12   2.73   4.16
leave-one-row-out       ipu              16   1.34   1.21   2.27   1.82   2.36   2.29   1.04   0.72   3.83   5.70   3.96
leave-one-row-out       ipu-closed        7   1.47   1.16   1.65   1.99   2.01   2.22   1.22   0.89   2.67   5.62   3.21
leave-one-row-out       nvidia           24   3.15   2.10   2.10   0.58   4.28   3.01   3.55   2.50  14.49   3.70  15.14
leave-one-row-out       nvidia-v1        12   1.88   1.55   1.12   0.25   2.40   1.21   2.37   2.11   8.89   4.08   9.74
leave-one-row-out       all              40   2.43   1.43   2.17   0.95   3.51   2.39   2.54   1.59  10.23   4.50  10.67
leave-one-row-out       bow              10   1.35   1.09   1.27   1.00   1.66   0.93   1.26   0.87   1.89   4.83   3.43
leave-one-row-out       nvidia-late      41   4.73   2.56   2.00   1.00   5.11   3.18   4.71   2.89  10.64   4.54  11.38
leave-one-row-out       nvidia-v1-on     53   4.08   1.71   1.80   0.87   4.50   2.74   4.18   2.68  10.25   4.44  11.01
leave-one-row-out       all-late         51   4.07   1.60   1.86   1.00   4.44   2.77   4.04   1.95   8.92   4.60   9.82
leave-one-size-out      ipu              16   1.28   1.13   2.57   1.86   3.13   2.42   1.63   0.61   5.30   5.75   4.73
leave-one-size-out      ipu-closed        7   1.19   1.07   2.09   2.00   1.38   0.71   0.55   0.52   3.59   5.87   3.61
leave-one-size-out      nvidia           24   3.55   2.42   3.28   3.37   5.04   6.02   3.89   3.34  15.36   4.90  16.23
leave-one-size-out      nvidia-v1        12   1.98   1.53   2.60   2.68   3.20   1.79   2.33   2.12  10.30   5.79  11.64
leave-one-size-out      all              40   2.64   1.64   2.99   2.62   4.28   3.00   2.99   1.63  11.33   5.24  11.63
leave-one-size-out      bow              10   1.48   1.05   2.63   1.87   1.95   1.56   2.12   1.48   2.96   7.29   4.91
leave-one-size-out      nvidia-late      41   5.48   2.72   2.01   0.98   5.93   3.55   5.48   3.02  10.90   5.52  12.05
leave-one-size-out      nvidia-v1-on     53   4.69   2.64   2.14   1.09   5.31   3.35   4.77   2.89  10.77   5.58  11.96
leave-one-size-out      all-late         51   4.69   2.64   2.13   1.20   5.15   3.26   4.82   2.89   9.34   5.86  10.65
largest                 ipu               3   1.32   1.07   4.17   4.25   2.58   2.29   1.32   0.96   2.91   9.71   5.03
largest                 ipu-closed        2   1.71   1.71   2.30   2.30   1.46   1.46   0.69   0.69   2.99   8.67   3.79
largest                 nvidia            2   2.31   2.31   2.81   2.81   3.25   3.25   4.56   4.56  12.75   6.88  13.54
largest                 all               5   1.72   1.07   3.63   4.25   2.83   2.29   2.62   2.58   6.85   8.58   8.43
largest                 bow               2   1.75   1.75   0.64   0.64   2.52   2.52   2.12   2.12   3.86   7.40   5.32
largest                 nvidia-late       4  22.56   8.78   3.98   3.34  19.32  16.70  20.03  13.73  23.22   6.98  22.11
largest                 nvidia-v1-on      6  15.81   5.90   3.59   3.34  13.96  10.98  14.88  12.30  19.73   6.95  19.25
largest                 all-late          6  15.62   5.90   2.86   1.82  13.72   9.63  14.06  12.30  16.77   7.12  16.51
leave-one-submitter-out nvidia           18   7.28   3.28   2.15   1.19   9.90   5.21   9.13   3.49  16.40   6.04  18.07
leave-one-submitter-out nvidia-v1        12   7.12   3.09   2.38   1.87  10.87   4.19  10.07   3.21  14.71   6.89  16.85
leave-one-submitter-out gpu             100   7.47   2.86   2.99   0.37   8.47   3.47   6.76   2.88  11.46   3.41  13.29
leave-one-submitter-out nvidia-late      41  13.43   7.13   2.76   1.42  20.75   7.93  20.57   4.55  20.14   6.98  18.88
leave-one-submitter-out nvidia-v1-on     53  12.00   3.99   2.68   1.43  18.51   7.19  18.20   3.69  18.91   6.96  18.42
leave-one-submitter-out gpu-late        319   6.83   2.74   2.72   1.26   8.76   3.60   7.68   2.88  10.29   3.92  11.09
as-of-2021-06           ipu              10   1.57   1.25   4.05   3.66   2.36   1.65   1.07   0.72  14.08  10.57  10.98
as-of-2021-06           ipu-closed        7   1.86   1.40   4.97   5.62   2.81   1.85   1.30   1.30  18.29   9.64  12.33
as-of-2021-06           nvidia            8   9.19   6.03   1.97   0.37   8.11   5.30   8.34   6.16  26.10   5.14  26.36
as-of-2021-06           all              18   4.95   2.75   3.12   1.68   4.92   4.09   4.30   2.51  19.42   8.15  17.81
as-of-2021-12           bow              12   6.87   5.52   3.13   2.19  10.12   7.75  10.86   9.88  19.29  16.44  13.93
as-of-2021-12           nvidia-late      10   6.10   3.81   3.08   1.80   6.47   3.50   4.97   2.83  13.19   7.17  16.20
as-of-2021-12           gpu-late         74   5.57   3.22   4.25   0.92   7.50   3.97   4.96   3.29  12.19   6.99  14.89
as-of-2021-12           other-late        9  15.80   9.04   9.21  10.18  16.92   5.04  13.90   9.27  28.98   7.62  22.18
as-of-2021-12           all-late         95   6.70   4.14   4.58   1.74   8.72   4.46   6.55   4.04  14.67   8.25  15.49
next-round              nvidia-late      23   6.80   4.76   2.02   0.42   7.77   5.60   7.77   4.99  16.33   4.88  16.57
next-round              gpu-late        220   6.29   3.44   3.83   2.04   6.90   5.01   5.84   3.92  10.17   7.16  12.24
next-round              other-late       15   4.81   3.32   8.63   9.45   6.75   6.29   5.19   3.92  11.13   6.15   9.56
next-round              all-late        235   6.19   3.40   4.14   2.45   6.89   5.11   5.83   3.92  10.23   7.10  12.07
leave-one-family-out    ipu              16   2.49   2.35   6.25   3.47   6.42   6.15   4.07   3.08  19.74  15.92  14.82
leave-one-family-out    ipu-closed        7   2.31   1.78   4.57   2.17   3.96   2.59   3.55   3.75  13.77  14.91  10.12
leave-one-family-out    nvidia           24   9.11   9.15   8.69   1.99  15.40   9.56   9.64   8.90  13.73  14.04  18.22
leave-one-family-out    nvidia-v1        12   5.94   5.81   6.44   3.10   7.40   6.57   5.29   5.35  12.36  16.81  17.62
leave-one-family-out    gpu             106  14.68  10.75   8.39   0.63  16.78  12.78  12.53  10.82  16.53  14.57  21.29
leave-one-family-out    other            35  35.79  30.67   9.43   5.49 196.46  27.36 206.26  33.89  80.03  12.66  51.69
leave-one-family-out    all             157  18.15  11.99   8.40   2.96  55.78  14.05  54.85  12.19  31.03  14.28  27.40
leave-one-family-out    bow              12   6.77   5.41   2.65   1.93  10.07   7.86  10.77   9.77  17.54  16.13  15.13
leave-one-family-out    nvidia-late      41  26.19  15.18   3.10   1.69  53.72  15.87  54.67  16.60  37.17   5.88  37.48
leave-one-family-out    nvidia-v1-on     53  21.60  13.17   3.86   2.05  43.23  11.51  43.49  12.17  31.55   8.36  32.98
leave-one-family-out    gpu-late        319  16.28  13.57   4.18   2.02  19.58  12.69  18.25  12.17  29.96   6.48  32.15
leave-one-family-out    other-late       24  28.04  27.83   9.02  10.57  35.03  30.77  38.50  36.60  79.78  10.92  58.47
leave-one-family-out    all-late        355  16.75  14.12   4.46   2.12  20.30  13.01  19.36  12.56  32.91   7.11  33.35
language-row            language        138   3.50   1.76   1.38   0.37   3.93   2.34   3.53   1.94   6.59   3.32   5.72
language-row            llama2-70b-lora  86   4.11   2.10   1.41   0.32   4.51   2.23   4.20   2.12   5.83   3.64   5.66
language-row            llama31-405b     14   1.25   1.13   0.18   0.08   1.19   1.02   1.29   1.27   5.28   2.43   4.64
language-row            gpt3-175b        38   2.95   1.65   1.76   1.22   3.62   2.94   2.85   2.35   8.81   2.93   6.24
language-cell           language        138   4.29   2.91   1.39   0.37   4.57   3.20   4.19   3.00   9.36   3.34   7.26
language-cell           llama2-70b-lora  86   5.40   3.59   1.41   0.32   5.54   4.28   5.27   3.89  10.20   3.65   8.07
language-cell           llama31-405b     14   1.38   1.32   0.18   0.08   1.32   1.41   1.41   1.53   5.44   2.46   4.76
language-cell           gpt3-175b        38   2.85   1.84   1.79   1.23   3.58   2.83   2.78   2.38   8.90   2.96   6.34
language-size           language        138   4.57   3.32   1.38   0.36   5.68   4.48   5.29   3.81   9.78   3.31   7.59
language-size           llama2-70b-lora  86   5.84   4.36   1.40   0.30   7.30   6.63   7.03   6.70  10.80   3.63   8.55
language-size           llama31-405b     14   1.35   1.35   0.18   0.10   1.27   1.35   1.34   1.48   5.96   2.43   5.08
language-size           gpt3-175b        38   2.86   2.11   1.78   1.23   3.62   2.77   2.81   2.47   8.88   2.92   6.33
language-chip           language        138   6.61   5.49   1.38   0.41   6.18   4.74   6.27   4.86  17.60   5.28  12.64
language-chip           llama2-70b-lora  86   5.64   4.36   1.43   0.36   4.95   3.41   4.87   3.40  12.26   3.74   9.20
language-chip           llama31-405b     14   6.36   6.55   0.15   0.03   5.97   5.97   5.92   5.95  11.87   2.49   9.00
language-chip           gpt3-175b        38   8.87   9.10   1.72   0.94   9.02   8.27   9.56   9.96  31.77   9.79  21.77
language-round          language        138   5.11   3.52   1.47   0.64   4.92   3.64   4.73   3.24   9.85   5.17   8.29
language-round          llama2-70b-lora  86   5.53   3.92   1.47   0.64   5.20   3.66   5.09   3.64   8.59   5.82   7.93
language-round          llama31-405b     14   1.91   1.84   0.76   0.63   1.68   1.70   2.04   2.08  14.82   3.47  11.68
language-round          gpt3-175b        38   5.34   3.50   1.71   1.15   5.47   4.66   4.89   3.33  10.85   4.33   7.86
language-job            language        138   7.38   4.79   1.44   0.63   7.66   4.56   7.98   4.88  20.18  12.51  16.29
language-job            llama2-70b-lora  86   5.75   3.57   1.25   0.01   6.04   3.80   5.90   3.79  21.22  13.81  17.64
language-job            llama31-405b     14   3.45   4.44   0.76   0.63   3.06   3.53   3.58   4.13  13.39   3.49  10.56
language-job            gpt3-175b        38  12.51  14.97   2.11   1.05  13.03  13.75  14.31  16.44  20.34  12.90  15.35
language-h200           language         23   6.34   3.92   1.75   1.13   5.67   3.29   6.15   4.86  12.58   3.64   9.53
language-h200           llama2-70b-lora  21   6.65   4.33   1.91   1.13   5.96   5.75   6.48   5.41  13.25   3.74   9.98
language-h200           llama31-405b      2   3.00   3.00   0.04   0.04   2.68   2.68   2.65   2.65   5.53   2.56   4.80
language-blackwell      language         29   6.25   4.70   1.20   0.74   4.89   3.91   5.52   3.31  17.83   3.37  13.63
language-blackwell      llama2-70b-lora  21   4.85   3.81   1.57   0.74   3.21   1.96   4.01   2.53  18.24   3.72  14.41
language-blackwell      llama31-405b      7  10.67  10.93   0.13   0.03   9.99   9.82  10.07   9.98  16.32   2.43  11.51
language-blackwell      gpt3-175b         1   4.64   4.64   1.07   1.07   4.49   4.49   5.50   5.50  19.69   2.69  12.19
language-amd            language         10   8.46   6.75   0.41   0.36   5.39   3.58   5.78   3.93  14.66   3.56  11.96
language-as-of          language         57   4.90   3.01   1.21   0.64   4.68   3.87   4.70   3.79  13.52   9.17  12.55
language-as-of          llama2-70b-lora  43   4.94   2.51   1.36   0.64   4.88   3.81   4.68   3.55  11.70   7.80  11.21
language-as-of          llama31-405b     14   4.76   5.92   0.76   0.63   4.04   4.95   4.76   5.54  19.12  13.39  16.64
"""

#: How closely a stored prediction repeats.
REPEATS = 1e-6
QUANTITIES = ("throughput", "samples", "time")
#: Groups whose intervals hold more or fewer rows than they say, and how many; the README tells of them.
NOT_AS_SAID: dict[tuple[str, str], dict[str, tuple[int, int]]] = {
    ("leave-one-row-out", "throughput"): {"NVIDIA, v1.0 to v5.0": (49, 53)},
    ("leave-one-row-out", "samples"): {"NVIDIA, v2.0 to v5.0": (38, 41), "NVIDIA, v1.0 to v5.0": (49, 53)},
    ("leave-one-size-out", "throughput"): {"all": (38, 40)},
    ("leave-one-size-out", "samples"): {
        "NVIDIA, v2.0 to v5.0": (40, 41),
        "NVIDIA, v1.0 to v5.0": (52, 53),
        "all of v2.0 to v5.0": (48, 51),
    },
    # Without NVIDIA's own entries nothing tells of hundreds of machines: they are answered too slow.
    ("leave-one-submitter-out", "time"): {"NVIDIA, v2.0 to v5.0": (24, 41), "NVIDIA, v1.0 to v5.0": (33, 53)},
    ("leave-one-submitter-out", "samples"): {"NVIDIA, v2.0 to v5.0": (39, 41), "NVIDIA, v1.0 to v5.0": (51, 53)},
    ("as-of-2021-06", "samples"): {"all": (18, 18)},
    ("next-round", "samples"): {"GPU systems, v2.0 to v5.0": (197, 220), "other accelerators, v2.0 to v5.0": (1, 15)},
}
HELD_OUT = (
    "leave-one-row-out",
    "leave-one-size-out",
    "leave-one-submitter-out",
    "as-of-2021-06",
    "as-of-2021-12",
    "next-round",
)


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
    assert {title: each[:2] for title, each in failed.items()} == NOT_AS_SAID.get((key, quantity), {})


def covered_cells(answers: Sequence[Prediction], quantity: str, catalog: Catalog) -> dict[tuple[str, ...], list[bool]]:
    """Whether most rows of each cell lie inside, one vote a cell, by group: all, each job and each chip."""
    cells: dict[tuple[str, str, int], list[bool]] = {}
    for answer in answers:
        choice = answer.entry.choice
        assert choice is not None
        cell = (str(answer.entry.workload), catalog.chip_of(choice).key, choice.chips)
        cells.setdefault(cell, []).append(is_covered(answer, quantity))
    groups: dict[tuple[str, ...], list[bool]] = {}
    for (job, chip, _), inside in cells.items():
        for group in (("all",), ("job", job), ("chip", chip)):
            groups.setdefault(group, []).append(2 * sum(inside) >= len(inside))
    return groups


def test_that_intervals_of_language_models_hold_by_job_and_chip_as_often_as_they_say(
    catalog: Catalog, record: dict[str, Protocol]
) -> None:
    """Over all groups of ten cells or more together (Holm 1979, "A simple sequentially rejective multiple test
    procedure", Scandinavian Journal of Statistics 6)."""
    chances = {}
    for key, protocol in record.items():
        if not key.startswith("language"):
            continue
        for quantity in ("throughput", "time"):
            for group, inside in covered_cells(protocol.answers, quantity, catalog).items():
                if len(inside) >= SMALLEST_COVERAGE_TEST:
                    chances[key, quantity, *group] = binomial_p_value(sum(inside), len(inside))
    ordered = sorted(chances, key=chances.__getitem__)
    assert len(ordered) > 80
    failed = []
    for place, name in enumerate(ordered):
        if chances[name] * (len(ordered) - place) >= SMALLEST_CHANCE:
            break
        failed.append(name)
    assert not failed


@pytest.mark.parametrize("quantity", ["throughput", "samples"])
@pytest.mark.parametrize("key", [*HELD_OUT, "largest", "leave-one-family-out"])
def test_that_the_model_beats_a_over_n_plus_b_on_rows_it_has_not_seen(
    record: dict[str, Protocol], key: str, quantity: str
) -> None:
    same_rows = [answer for answer in record[key].answers if answer.naive[quantity] is not None]
    found = score(same_rows, quantity)
    assert found.naive_mape is not None and found.mape < found.naive_mape


def test_that_every_entry_is_answered_or_named_with_its_reason(catalog: Catalog, record: dict[str, Protocol]) -> None:
    assert len(record["in-sample"].answers) + len(record["in-sample"].unanswered) == len(catalog.official) == 752
    text = as_text(tuple(record.values()), catalog)
    assert all(protocol.title in text for protocol in record.values())
    for protocol in record.values():
        assert all(reason and row.key in text for row, reason in protocol.unanswered)


def test_that_the_stored_record_is_what_the_back_tests_give(catalog: Catalog, record: dict[str, Protocol]) -> None:
    stored = {protocol.key: protocol for protocol in load_record(catalog)}
    assert list(stored) == list(record)
    for key, protocol in record.items():
        assert (stored[key].title, stored[key].unanswered) == (protocol.title, protocol.unanswered)
        for kept, answer in zip(stored[key].answers, protocol.answers, strict=True):
            expected = pytest.approx(numbers(answer), rel=REPEATS, nan_ok=True)
            assert numbers(kept) == expected, f"{key}: make track-record"


def numbers(answer: Prediction) -> dict[str, float]:
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
    readme = re.sub(r" +\n", "\n", (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8"))
    assert as_short_markdown(tuple(record.values()), catalog) in readme


def test_that_the_page_beside_the_record_has_every_table(catalog: Catalog, record: dict[str, Protocol]) -> None:
    page = resource("calibration", PAGE).read_text(encoding="utf-8")
    assert page == whole_markdown(tuple(record.values()), load_speed_record(catalog), catalog), "make track-record"
