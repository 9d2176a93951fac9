"""Why two times differ: the facts of the logs by name, and that the parts are the whole."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.attribution.attribution import (
    CHECKPOINT,
    EVALUATION,
    OFFICIAL,
    OUTSIDE,
    PROJECTION,
    SAMPLES,
    SCALE,
    START_UP,
    THROUGHPUT,
    Attribution,
    attribute,
    attribute_official,
    differences,
    find_entry,
)
from ipuwhatif.analysis.attribution.reasons import LogNote, NotTheSame, Overlapping, ScaledScore
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.case import Case, Gains
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, told
from tests.refusals import refused

CATALOG = load_catalog()
POD16 = Case("resnet50", SystemChoice("ipu-pod", 16), "2021-06", "closed")


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


def ipu(mlperf_round: str, chips: int, kind: str) -> str:
    name = {"resnet": "TF1/resnet/closed", "closed": "POPART-closed/bert/closed", "open": "POPART-open/bert/open"}
    return f"{mlperf_round}/Graphcore/ipu-pod{chips}-{name[kind]}"


def first_to_second_round(catalog: Catalog, chips: int, kind: str) -> Attribution:
    ends = (find_entry(catalog, ipu(mlperf_round, chips, kind)) for mlperf_round in ("v1.0", "v1.1"))
    return attribute_official(*ends)


def percent(answer: Attribution, key: str) -> float:
    """How much a factor changed, in percent."""
    part = next(part for part in answer.parts if part.key == key)
    return 100.0 * (part.after / part.before - 1.0)


def seconds(answer: Attribution) -> dict[str, float]:
    return {part.key: part.seconds for part in answer.parts}


@pytest.mark.parametrize(
    ("chips", "minutes", "less", "throughput", "samples"),
    [(16, (37.12, 28.33), 23.7, 7.5, -13.6), (64, (14.48, 8.50), 41.3, 26.7, -15.6)],
)
def test_that_resnet_from_the_first_to_the_second_round_is_split_as_logged(
    catalog: Catalog, chips: int, minutes: tuple[float, float], less: float, throughput: float, samples: float
) -> None:
    answer = first_to_second_round(catalog, chips, "resnet")
    assert (answer.before.time_s / 60, answer.after.time_s / 60) == pytest.approx(minutes, abs=0.005)
    assert -100 * answer.change_s / answer.before.time_s == pytest.approx(less, abs=0.05)
    assert percent(answer, THROUGHPUT) == pytest.approx(throughput, abs=0.06)
    assert percent(answer, SAMPLES) == pytest.approx(samples, abs=0.06)
    # the rest is time outside training: evaluation where the log says so, and what the log does not name
    assert list(seconds(answer)) == [THROUGHPUT, SAMPLES, EVALUATION, START_UP]
    rest = sum(part.before - part.after for part in answer.parts if part.key in (EVALUATION, START_UP))
    assert rest == pytest.approx(117.6 if chips == 16 else 115.8, abs=0.1)
    assert all(part < 0 for part in seconds(answer).values())


@pytest.mark.parametrize(
    ("chips", "official", "factor", "measured"), [(16, -5.2, 1.098, -13.7), (64, -4.6, 1.118, -14.7)]
)
def test_that_the_factor_in_a_closed_bert_score_is_a_part_of_its_own(
    catalog: Catalog, chips: int, official: float, factor: float, measured: float
) -> None:
    answer = first_to_second_round(catalog, chips, "closed")
    before, after = answer.before, answer.after
    assert 100 * answer.change_s / before.time_s == pytest.approx(official, abs=0.05)
    assert before.measured_s and after.measured_s
    assert 100 * (after.measured_s / before.measured_s - 1) == pytest.approx(measured, abs=0.05)
    scale = next(part for part in answer.parts if part.key == SCALE)
    assert (scale.before, scale.after, scale.unit) == (1.0, factor, "1")
    assert scale.seconds > 0 > sum(part for key, part in seconds(answer).items() if key != SCALE)
    assert factor in [note.factor for note in answer.notes if isinstance(note, ScaledScore)]


@pytest.mark.parametrize(("chips", "official"), [(16, -6.1), (64, -12.1)])
def test_that_open_bert_scores_have_no_factor(catalog: Catalog, chips: int, official: float) -> None:
    answer = first_to_second_round(catalog, chips, "open")
    assert 100 * answer.change_s / answer.before.time_s == pytest.approx(official, abs=0.05)
    assert list(seconds(answer)) == [THROUGHPUT, SAMPLES, OUTSIDE]
    assert LogNote.OUTSIDE_IN_ONE in answer.notes


def test_that_a_log_that_does_not_set_training_apart_leaves_one_time(catalog: Catalog) -> None:
    dgx = find_entry(catalog, "v1.1/NVIDIA/dgxa100_ngc21.09_pytorch/bert/closed")
    answer = attribute_official(find_entry(catalog, ipu("v1.1", 16, "closed")), dgx)
    assert list(seconds(answer)) == [THROUGHPUT, SAMPLES, SCALE]
    throughput = answer.parts[0]
    assert throughput.after == pytest.approx(dgx.samples_to_target / dgx.score_s)
    assert LogNote.ONE_TIME in answer.notes
    assert {told(note) for note in answer.notes if isinstance(note, NotTheSame)} == {
        "not the same chip count: 16 and 8",
        "not the same submitter: Graphcore and NVIDIA",
        "not the same accelerator: Graphcore IPU GC200 and NVIDIA A100-SXM4-80GB (400W)",
    }


def test_that_version_division_and_category_are_called_out(catalog: Catalog) -> None:
    first, second = find_entry(catalog, ipu("v1.0", 64, "closed")), find_entry(catalog, ipu("v1.1", 64, "open"))
    called = differences(first, replace(second, status="research"))
    assert tuple(map(told, called)) == (
        "not the same version: v1.0 and v1.1",
        "not the same division: closed and open",
        "not the same category: onprem and research",
    )
    assert differences(first, first) == ()


COMPARABLE = [
    (first.key, second.key)
    for first, second in combinations(CATALOG.official, 2)
    if first.workload is not None
    and first.workload == second.workload
    and (first.workload != "bert-large" or (first.mlperf_round == "v0.7") == (second.mlperf_round == "v0.7"))
]


@given(pair=st.sampled_from(COMPARABLE))
def test_that_the_parts_of_any_two_scores_add_up_and_flip(pair: tuple[str, str]) -> None:
    first, second = (find_entry(CATALOG, key) for key in pair)
    there, back = attribute_official(first, second), attribute_official(second, first)
    longest = max(first.score_s, second.score_s)
    assert sum(seconds(there).values()) == pytest.approx(second.score_s - first.score_s, abs=1e-9 * longest)
    assert there.change_s == -back.change_s
    assert seconds(back) == {key: -part for key, part in seconds(there).items()}
    if there.change_s:
        assert sum(part.share or 0.0 for part in there.parts) == pytest.approx(1.0)
    for part in there.parts:
        assert min(part.before, part.after) >= 0.0, part


def test_that_equal_scores_have_no_shares(catalog: Catalog) -> None:
    entry = find_entry(catalog, ipu("v1.1", 16, "resnet"))
    answer = attribute_official(entry, replace(entry, key="another"))
    assert answer.change_s == 0
    assert [(part.seconds, part.share) for part in answer.parts] == [(0.0, None)] * len(answer.parts)


def test_that_entries_of_two_jobs_are_refused(catalog: Catalog) -> None:
    resnet, bert = find_entry(catalog, ipu("v1.1", 16, "resnet")), find_entry(catalog, ipu("v1.1", 16, "closed"))
    older = find_entry(catalog, "v0.7/NVIDIA/dgxa100_ngc20.06_pytorch/bert/closed")
    giant = next(entry for entry in catalog.official if entry.workload is None)
    for first, second, word in (
        (resnet, bert, "two benchmarks"),
        (older, bert, "two quality targets"),
        (bert, giant, "another task"),
        (bert, bert, "name two entries"),
    ):
        with pytest.raises(InputError, match=word):
            attribute_official(first, second)


def test_that_an_unknown_entry_is_refused_with_the_nearest(catalog: Catalog) -> None:
    with refused(
        "unknown entry 'v1.1/Graphcore/ipu-pod16-TF/resnet/closed'; the nearest is "
        "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
    ):
        find_entry(catalog, "v1.1/Graphcore/ipu-pod16-TF/resnet/closed")


def test_that_two_projections_are_split_into_every_part_of_the_model(world: World) -> None:
    answer = attribute(world, POD16, replace(POD16, release="2021-12"))
    assert (answer.before.kind, answer.after.kind) == (PROJECTION, PROJECTION)
    assert OFFICIAL not in (answer.before.kind, answer.after.kind)
    assert list(seconds(answer)) == [THROUGHPUT, SAMPLES, EVALUATION, CHECKPOINT, START_UP]
    assert sum(seconds(answer).values()) == pytest.approx(answer.change_s, rel=1e-9)
    assert answer.change_s < 0
    assert percent(answer, THROUGHPUT) > 0 > percent(answer, SAMPLES)


def test_that_a_faster_chip_shows_as_throughput(world: World) -> None:
    answer = attribute(world, POD16, replace(POD16, gains=Gains(compute=1.3)))
    shares = {part.key: part.share for part in answer.parts}
    assert shares[THROUGHPUT] == pytest.approx(1.0, abs=0.1)
    assert shares[START_UP] == 0.0


def test_that_overlapping_intervals_are_said(world: World) -> None:
    same = attribute(world, POD16, replace(POD16, gains=Gains(compute=1.001)))
    apart = attribute(world, POD16, replace(POD16, choice=SystemChoice("ipu-pod", 64)))
    assert same.notes[0] == Overlapping(one_system=True)
    assert not any(isinstance(note, Overlapping) for note in apart.notes)


def test_that_projections_of_two_workloads_are_refused(world: World) -> None:
    with refused("resnet50 and bert-large are two jobs: only the time of one workload can be split"):
        attribute(world, POD16, replace(POD16, workload="bert-large"))


def test_that_a_stated_ratio_has_no_parts(world: World) -> None:
    weather = replace(POD16, workload="weather", recipe="stated")
    with refused("Weather forecast is known by a stated ratio only: there is nothing to split"):
        attribute(world, weather, replace(weather, release="2021-12"))


ENDS = st.builds(
    Case,
    workload=st.just("resnet50"),
    choice=st.sampled_from([SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 200), SystemChoice("dgx-a100", 64)]),
    release=st.sampled_from(["2020-07", "2021-06", "2021-12"]),
    recipe=st.just("closed"),
    gains=st.builds(Gains, compute=st.floats(0.5, 2.0), link_bandwidth=st.floats(0.5, 2.0)),
)


@given(first=ENDS, second=ENDS, workload=st.sampled_from(["resnet50", "bert-large"]))
def test_that_the_parts_of_any_two_projections_add_up_and_flip(
    world: World, first: Case, second: Case, workload: str
) -> None:
    first, second = replace(first, workload=workload), replace(second, workload=workload)
    there, back = attribute(world, first, second), attribute(world, second, first)
    longest = max(there.before.time_s, there.after.time_s)
    assert sum(seconds(there).values()) == pytest.approx(there.change_s, abs=1e-9 * longest)
    assert seconds(back) == pytest.approx({key: -part for key, part in seconds(there).items()}, abs=1e-9 * longest)
