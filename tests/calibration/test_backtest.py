"""Folds leave out what they say, and an answer carries everything the record needs."""

from collections.abc import Callable, Iterable
from math import isnan

import pytest

from ipuwhatif.calibration import backtest
from ipuwhatif.calibration.backtest import predict
from ipuwhatif.calibration.entries import is_language, vendors
from ipuwhatif.calibration.folds import (
    Fold,
    all_plans,
    asked_together,
    left_in,
    plans_of_curves,
    plans_of_language,
)
from ipuwhatif.calibration.protocols import Prediction
from ipuwhatif.calibration.published import date_of, published_rows
from ipuwhatif.calibration.rivals.naive import chips_of
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import Catalog, OfficialResult, SystemChoice
from ipuwhatif.records import replace

Entry = Callable[[str], OfficialResult]
POD64 = "v1.1/Graphcore/ipu-pod64-TF1/resnet/closed"
ROWS = {
    "in-sample": 512,
    "leave-one-row-out": 91,
    "leave-one-size-out": 91,
    "largest": 11,
    "leave-one-submitter-out": 419,
    "as-of-2021-06": 18,
    "as-of-2021-12": 95,
    "next-round": 235,
    "leave-one-family-out": 512,
}
#: First letters of the generations of one chip's boards.
FAMILIES = (
    "a100", "a30", "v100", "h100", "gb200", "b200", "l40", "l4", "gc200", "bow", "tpu", "gaudi2", "gaudi", "xeon",
    "epyc", "rtx",
)  # fmt: skip


@pytest.fixture(scope="module")
def rows(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(row for row in catalog.official if usable(row) and not is_language(row.workload))


@pytest.fixture(scope="module")
def plans(catalog: Catalog, rows: tuple[OfficialResult, ...]) -> dict[str, tuple[Fold, ...]]:
    return {key: folds for key, _, folds in plans_of_curves(catalog, rows)}


def language_rows(catalog: Catalog) -> tuple[OfficialResult, ...]:
    return tuple(row for row in catalog.official if usable(row) and is_language(row.workload))


@pytest.fixture(scope="module")
def spoken(catalog: Catalog) -> dict[str, tuple[Fold, ...]]:
    """The folds of language models."""
    return {key: folds for key, _, folds in plans_of_language(catalog, language_rows(catalog))}


def test_that_language_models_leave_by_row_cell_size_chip_round_job_and_date(
    catalog: Catalog, spoken: dict[str, tuple[Fold, ...]]
) -> None:
    everyone = len(language_rows(catalog))
    asked = {key: sum(len(fold.tested) for fold in folds) for key, folds in spoken.items()}
    by_group = ("row", "cell", "size", "chip", "round", "job")
    assert [asked[f"language-{what}"] for what in by_group] == [everyone] * len(by_group)
    for folds in spoken.values():
        for fold in folds:
            assert fold.of_language and not {row.key for row in fold.training} & {row.key for row in fold.tested}


@pytest.mark.parametrize(
    ("key", "known", "asked"),
    [
        ("language-h200", {"H100"}, {"H200"}),
        ("language-blackwell", {"H100", "H200"}, {"B200", "GB200"}),
        ("language-amd", {"H100", "H200", "B200", "GB200", "L40S"}, {"MI300X", "MI325X"}),
    ],
)
def test_that_chips_are_told_from_others_alone(
    catalog: Catalog, spoken: dict[str, tuple[Fold, ...]], key: str, known: set[str], asked: set[str]
) -> None:
    (fold,) = spoken[key]

    def names(choices: Iterable[SystemChoice | None]) -> set[str]:
        return {catalog.chip_of(choice).name.split()[0] for choice in choices if choice}

    assert names(row.choice for row in fold.training) == known
    assert names(row.choice for row in fold.tested) == asked
    assert fold.published and not names(row.case.choice for row in fold.published) & asked


def test_that_a_date_leaves_out_what_came_later(spoken: dict[str, tuple[Fold, ...]]) -> None:
    (fold,) = spoken["language-as-of"]
    assert {row.release for row in fold.tested} == {"2025-06"}
    assert max(row.release for row in fold.training) == "2024-11"


def test_that_a_left_out_round_of_language_models_is_answered(
    catalog: Catalog, spoken: dict[str, tuple[Fold, ...]]
) -> None:
    answers = predict(catalog, spoken["language-as-of"][0])
    assert len(answers) == len(spoken["language-as-of"][0].tested)
    errors = sorted(abs(answer.error("throughput")) for answer in answers)
    assert errors[len(errors) // 2] < 0.06


def architecture(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    return catalog.chips[catalog.systems[choice.system].chip].architecture


def test_that_each_protocol_asks_for_its_rows_once(plans: dict[str, tuple[Fold, ...]]) -> None:
    assert {key: sum(len(fold.tested) for fold in folds) for key, folds in plans.items()} == ROWS
    for folds in plans.values():
        tested = [row.key for fold in folds for row in fold.tested]
        assert len(tested) == len(set(tested))


def test_that_no_fold_but_in_sample_has_seen_what_it_is_asked_for(plans: dict[str, tuple[Fold, ...]]) -> None:
    for key, folds in plans.items():
        for fold in folds:
            known = {row.key for row in fold.training}
            tested = {row.key for row in fold.tested}
            assert known >= tested if key == "in-sample" else not known & tested, key


def test_that_the_vendors_own_rows_leave_one_by_one(
    plans: dict[str, tuple[Fold, ...]], rows: tuple[OfficialResult, ...]
) -> None:
    folds = plans["leave-one-row-out"]
    assert (
        {row.submitter for fold in folds for row in fold.tested}
        == set(vendors())
        == {
            "Graphcore",
            "NVIDIA",
            "NVIDIA_CoreWeave",
        }
    )
    for fold in folds:
        assert len(fold.training) == len(rows) - 1 and len(fold.tested) == 1


def test_that_a_size_leaves_with_all_submitters_releases_and_divisions_of_it(
    catalog: Catalog, plans: dict[str, tuple[Fold, ...]], rows: tuple[OfficialResult, ...]
) -> None:
    def size(row: OfficialResult) -> tuple[str, str | None, int]:
        return architecture(catalog, row.choice), row.workload, chips_of(row)

    others = set()
    for key in ("leave-one-size-out", "largest"):
        for fold in plans[key]:
            (left,) = {size(row) for row in fold.tested}
            assert fold.training == tuple(row for row in rows if size(row) != left)
            others |= {row.submitter for row in rows if size(row) == left} - set(vendors())
    assert {"Dell", "Supermicro", "Inspur"} <= others  # leave with the size, and are not asked for


def test_that_the_largest_size_of_the_last_release_is_extrapolated_to(plans: dict[str, tuple[Fold, ...]]) -> None:
    tested = [row for fold in plans["largest"] for row in fold.tested]
    assert {(row.submitter, row.workload, row.division, chips_of(row)) for row in tested} == {
        ("Graphcore", "bert-large", "closed", 128),
        ("Graphcore", "bert-large", "open", 128),
        ("Graphcore", "resnet50", "closed", 256),
        ("NVIDIA", "bert-large", "closed", 4320),
        ("NVIDIA", "resnet50", "closed", 4320),
        ("Graphcore", "bert-large", "closed", 256),
        ("NVIDIA", "bert-large", "closed", 512),
        ("NVIDIA", "resnet50", "closed", 2528),
        ("NVIDIA_CoreWeave", "bert-large", "closed", 3072),
        ("NVIDIA_CoreWeave", "resnet50", "closed", 3584),
    }
    assert {row.release for row in tested} == {"2021-12", "2022-06", "2023-06", "2024-06", "2025-06"}


def test_that_a_submitter_leaves_under_all_its_names_with_no_vendor_excepted(
    catalog: Catalog, plans: dict[str, tuple[Fold, ...]]
) -> None:
    left = []
    for fold in plans["leave-one-submitter-out"]:
        names = {row.submitter for row in fold.tested}
        assert not names & {row.submitter for row in fold.training}
        assert {architecture(catalog, row.choice) for row in fold.tested} == {"gpu"}
        assert min(row.release for row in fold.tested) >= "2020-07"
        left.append(names)
    assert {"Dell", "DellEMC"} in left and {"NVIDIA", "NVIDIA_CoreWeave"} in left


def test_that_june_2021_knows_nothing_of_december(catalog: Catalog, plans: dict[str, tuple[Fold, ...]]) -> None:
    (fold,) = plans["as-of-2021-06"]
    assert {row.release for row in fold.training} == {"2019-07", "2020-07", "2021-06"}
    assert {point.mlperf_round for point in fold.points} == {"v1.0"}
    assert {(row.release, row.submitter in vendors()) for row in fold.tested} == {("2021-12", True)}
    later = [row for row in published_rows(catalog) if row not in fold.published]
    assert {row.case.software for row in later} >= {"tensorflow2-21.09"}
    assert min(date_of(catalog, row) for row in later) > "2021-06"
    assert max(date_of(catalog, row) for row in fold.published) <= "2021-06"
    assert len(fold.published) > 30 and len(later) > 10


def test_that_december_2021_knows_nothing_of_june_2022(catalog: Catalog, plans: dict[str, tuple[Fold, ...]]) -> None:
    (fold,) = plans["as-of-2021-12"]
    assert max(row.release for row in fold.training) == "2021-12"
    assert {row.release for row in fold.tested} == {"2022-06"}
    assert {row.choice.system for row in fold.tested if row.choice} >= {"bow-pod", "dgx-a100", "hgx-a100-80gb"}
    assert max(point.mlperf_round for point in fold.points) == "v1.1"
    assert max(date_of(catalog, row) for row in fold.published) <= "2021-12"


def family_of(catalog: Catalog, choice: SystemChoice | None) -> str:
    assert choice is not None
    generation = catalog.chips[catalog.systems[choice.system].chip].generation
    return next(name for name in FAMILIES if generation.startswith(name))


@pytest.mark.parametrize("family", ["a100", "v100", "h100", "gb200", "gc200", "bow", "tpu", "gaudi", "xeon"])
def test_that_a_chip_family_leaves_with_all_its_boards(
    catalog: Catalog, plans: dict[str, tuple[Fold, ...]], family: str
) -> None:
    folds = [fold for fold in plans["leave-one-family-out"] if family_of(catalog, fold.tested[0].choice) == family]
    assert folds
    for fold in folds:
        assert {family_of(catalog, row.choice) for row in fold.tested} == {family}
        assert family not in {family_of(catalog, row.choice) for row in fold.training}


def test_that_published_figures_leave_with_their_family(catalog: Catalog, plans: dict[str, tuple[Fold, ...]]) -> None:
    everything = published_rows(catalog)
    for fold in plans["leave-one-family-out"]:
        tested = {catalog.systems[row.choice.system].chip for row in fold.tested if row.choice}
        assert not tested & {catalog.systems[row.case.choice.system].chip for row in fold.published}
    of_ipus = [row for row in everything if family_of(catalog, row.case.choice) == "gc200"]
    (ipus,) = [fold for fold in plans["leave-one-family-out"] if family_of(catalog, fold.tested[0].choice) == "gc200"]
    assert len(of_ipus) > 5 and ipus.published == tuple(row for row in everything if row not in of_ipus)
    for key in ("leave-one-row-out", "leave-one-size-out", "largest", "leave-one-submitter-out"):
        assert all(fold.published == everything for fold in plans[key])


def test_that_what_a_fold_leaves_out_is_nowhere_in_the_catalog_it_sees(
    catalog: Catalog, plans: dict[str, tuple[Fold, ...]]
) -> None:
    hashes = set()
    for key in ("leave-one-size-out", "as-of-2021-06", "as-of-2021-12", "leave-one-family-out"):
        for fold in plans[key]:
            seen = backtest.seen_catalog(catalog, fold)
            assert (seen.official, seen.references) == (fold.training, fold.points)
            assert published_rows(seen) == fold.published
            hashes.add(seen.evidence_hash)
    # or a cache would hand out to one what it found for another
    folds = sum(
        len(plans[key]) for key in ("leave-one-size-out", "as-of-2021-06", "as-of-2021-12", "leave-one-family-out")
    )
    assert len(hashes) == folds and catalog.evidence_hash not in hashes


def test_that_published_figures_alone_make_another_catalog(catalog: Catalog, entry: Entry) -> None:
    fold = Fold(catalog.official, catalog.references, published_rows(catalog), (entry(POD64),))
    fewer = replace(fold, published=fold.published[1:])
    assert backtest.seen_catalog(catalog, fold).evidence_hash != backtest.seen_catalog(catalog, fewer).evidence_hash


def test_that_an_answer_has_every_quantity_and_its_rival(
    catalog: Catalog, rows: tuple[OfficialResult, ...], entry: Entry
) -> None:
    row = entry(POD64)
    training = tuple(other for other in rows if other.submitter == "Graphcore" and other.key != row.key)
    (answer,) = predict(catalog, Fold(training, catalog.references, (), (row,)))
    assert answer.entry == row
    for quantity in ("throughput", "samples", "time"):
        assert 0 < answer.low[quantity] <= answer.predicted[quantity] <= answer.high[quantity]
        assert answer.naive[quantity] is not None
        assert abs(answer.error(quantity)) < 0.10
    assert answer.measured["time"] == row.score_s
    assert answer.measured["samples"] == row.samples_to_target
    assert answer.time_with_true_samples == pytest.approx(row.score_s, rel=0.06)
    assert answer.time_with_searched_layout == pytest.approx(row.score_s, rel=0.25)


class Stub:
    """Stands for `predict`: remembers the folds it was asked for and answers with nothing but the row."""

    def __init__(self) -> None:
        self.folds: list[Fold] = []

    def __call__(self, catalog: Catalog, fold: Fold) -> list[Prediction]:
        self.folds.append(fold)
        return [Prediction(row, {}, {}, {}, {}, {}, 0.0, 0.0) for row in fold.tested]


def test_that_a_record_fits_every_fold_once_and_says_how_far_it_is(
    catalog: Catalog, plans: dict[str, tuple[Fold, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stub, said = Stub(), []
    monkeypatch.setattr(backtest, "predict", stub)
    protocols = backtest.run_backtest(catalog, lambda title, done, total: said.append((title, done, total)))
    spoken = {key: folds for key, _, folds in plans_of_language(catalog, language_rows(catalog))}
    assert [protocol.key for protocol in protocols] == [*ROWS, *spoken]
    total = len({left_in(fold) for fold in stub.folds})
    assert len(stub.folds) == total > 80
    assert [done for _, done, _ in said] == list(range(total)) and {each for _, _, each in said} == {total}
    titles = [protocol.title for protocol in protocols]
    assert sorted({title for title, _, _ in said}, key=titles.index) == list(
        dict.fromkeys(title for title, _, _ in said)
    )
    for protocol in protocols:
        asked = [row for fold in (plans | spoken)[protocol.key] for row in fold.tested]
        told = [answer.entry for answer in protocol.answers]
        assert told[: len(asked)] == asked  # in sample, language models come after the others
        assert {row.key for row, _ in protocol.unanswered} == {row.key for row in catalog.official if not usable(row)}
        assert all(reason for _, reason in protocol.unanswered)


def test_that_a_cancelled_record_fits_no_more_than_it_has_begun(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CancelledError(Exception):
        pass

    def cancel(title: str, done: int, total: int) -> None:
        raise CancelledError

    stub = Stub()
    monkeypatch.setattr(backtest, "predict", stub)
    with pytest.raises(CancelledError):
        backtest.run_backtest(catalog, cancel)
    assert len(stub.folds) <= backtest.THREADS


def test_that_a_layout_that_nothing_left_in_shows_is_told_by_no_number(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD64)
    training = tuple(other for other in catalog.official if usable(other) and other.workload == "bert-large")
    training = tuple(other for other in training if other.submitter == "Graphcore")
    (answer,) = predict(catalog, Fold(training, (), (), (row,)))
    assert isnan(answer.time_with_searched_layout)
    assert answer.naive["time"] is None
    assert answer.predicted["time"] > 0.0


def test_that_folds_that_leave_the_same_in_are_fitted_once_for_all_that_they_ask(catalog: Catalog) -> None:
    plans = all_plans(catalog)
    asked = asked_together(plans)
    folds = [(left_in(fold), title, fold) for _, title, several in plans for fold in several]
    assert len(asked) < len(folds) - 50  # the largest size and a cell of one row leave nothing else out
    for known, (title, together) in asked.items():
        alike = [(first, fold) for left, first, fold in folds if left == known]
        assert left_in(together) == known and title == alike[0][0]
        assert {row.key for _, fold in alike for row in fold.tested} == {row.key for row in together.tested}
        assert len({row.key for row in together.tested}) == len(together.tested)
