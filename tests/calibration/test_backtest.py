"""Folds leave out what they say, and an answer carries everything the record needs."""

from collections.abc import Callable

import pytest

from ipuwhatif.calibration import backtest
from ipuwhatif.calibration.backtest import Fold, closed_rows, predict
from ipuwhatif.calibration.observations import usable
from ipuwhatif.catalog.types import Catalog, OfficialResult

Entry = Callable[[str], OfficialResult]
POD64 = "v1.1/Graphcore/ipu-pod64-TF1/resnet/closed"


def everything(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(row for row in catalog.official if usable(row))


def answered(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(row for row in closed_rows(catalog) if usable(row))


def test_that_closed_rows_are_those_of_the_two_submitters(catalog: Catalog) -> None:
    rows = closed_rows(catalog)
    assert {row.submitter for row in rows} == {"Graphcore", "NVIDIA"}
    assert {row.division for row in rows} == {"closed"}
    assert len(answered(catalog)) == 35


def test_that_a_size_leaves_in_every_release_and_division(catalog: Catalog) -> None:
    tested = []
    for fold in backtest._size_folds(everything(catalog), catalog.references, answered(catalog)):
        (size,) = {(row.submitter, row.workload, row.chips) for row in fold.tested}
        assert all((row.submitter, row.workload, row.chips) != size for row in fold.training)
        assert all(row.division == "closed" for row in fold.tested)
        tested += [row.key for row in fold.tested]
    assert sorted(tested) == sorted(row.key for row in answered(catalog))


def test_that_the_largest_size_of_the_last_release_is_extrapolated_to(catalog: Catalog) -> None:
    folds = list(backtest._largest_folds(everything(catalog), catalog.references, answered(catalog)))
    largest = {(fold.tested[0].submitter, fold.tested[0].workload): fold.tested[0].chips for fold in folds}
    assert largest == {
        ("Graphcore", "bert-large"): 128,
        ("Graphcore", "resnet50"): 256,
        ("NVIDIA", "bert-large"): 4320,
        ("NVIDIA", "resnet50"): 4320,
    }
    for fold in folds:
        assert all(
            row.chips < fold.tested[0].chips
            for row in fold.training
            if row.submitter == fold.tested[0].submitter and row.workload == fold.tested[0].workload
        )


def test_that_june_2021_knows_nothing_of_december(catalog: Catalog) -> None:
    fold = backtest._next_release_fold(everything(catalog), catalog.references)
    assert {row.release for row in fold.training} == {"2019-07", "2020-07", "2021-06"}
    assert {point.mlperf_round for point in fold.points} == {"v1.0"}
    assert {row.release for row in fold.tested} == {"2021-12"}
    seen = backtest._left_in(catalog, fold)
    assert seen.official == fold.training and seen.references == fold.points


def test_that_an_answer_has_every_quantity_and_its_rival(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD64)
    training = tuple(other for other in everything(catalog) if other.key != row.key)
    (answer,) = predict(catalog, Fold(training, catalog.references, (row,)))
    assert answer.entry == row
    for quantity in ("throughput", "samples", "time"):
        assert 0 < answer.low[quantity] <= answer.predicted[quantity] <= answer.high[quantity]
        assert answer.naive[quantity] is not None
        assert abs(answer.error(quantity)) < 0.10
    assert answer.measured["time"] == row.score_s
    assert answer.measured["samples"] == row.samples_to_target
    assert answer.time_with_true_samples == pytest.approx(row.score_s, rel=0.06)


def test_that_a_cancelled_record_stops_before_its_first_fit(catalog: Catalog) -> None:
    class CancelledError(Exception):
        pass

    def cancel(title: str, done: int, total: int) -> None:
        assert (done, title) == (0, "in-sample") and total > 40
        raise CancelledError

    with pytest.raises(CancelledError):
        backtest.run_backtest(catalog, cancel)
