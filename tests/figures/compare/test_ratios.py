"""The one rule of when a ratio of two projections is stated."""

from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison, Quantity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.compare.ratios import (
    BATCHES,
    NOT_MEASURED,
    NOT_SOURCED,
    OLD_SOFTWARE,
    OVERLAP,
    SAME,
    Side,
    Verdict,
    is_rough,
    no_ratio_ending,
    no_ratio_words,
    spoken_of,
    verdict,
    why_no_ratio,
)
from ipuwhatif.records import replace
from tests.figures import samples


def side(minutes: float = 10.0, **changes) -> Side:
    made = Side(
        name="IPU-POD16 (16 IPUs)",
        key="projection/ipu-pod:16",
        quantity=Quantity(minutes, minutes * 0.95, minutes * 1.05),
        catalog=load_world().catalog,
        workload="resnet50",
        release="2021-12",
        choice=SystemChoice("ipu-pod", 16),
        inside=True,
        beyond=(),
        sourced=True,
        global_batch=1024,
    )
    return replace(made, **changes)


def test_that_each_reason_is_found_whichever_side_has_it() -> None:
    stated = {"workload": "gpt2-xl"}
    cases = (
        (side(), side(20.0), ""),
        (side(), side(10.5), OVERLAP),
        (side(), side(20.0, sourced=False), NOT_SOURCED),
        (side(), side(20.0, release="2019-07"), OLD_SOFTWARE),
        (side(), side(20.0, beyond=("chips",)), ""),  # with a quality target the model reaches further
        (side(), side(20.0, global_batch=65536), ""),
        (side(**stated), side(20.0, **stated, beyond=("chips",)), NOT_MEASURED),
        (side(**stated), side(20.0, **stated, beyond=("release",)), ""),
        (side(**stated), side(20.0, **stated, global_batch=4096), BATCHES),
        (side(**stated), side(20.0, **stated, global_batch=4095), ""),
    )
    for first, second, reason in cases:
        assert why_no_ratio(first, second) == why_no_ratio(second, first) == reason


def test_that_every_reason_has_words_and_an_ending() -> None:
    for reason in (NOT_SOURCED, OLD_SOFTWARE, NOT_MEASURED, BATCHES, OVERLAP, SAME):
        assert no_ratio_words(reason)
        assert no_ratio_ending(", projected", reason).startswith(", projected")


def test_that_a_ratio_is_rough_where_either_side_lies_beyond_the_data() -> None:
    inside, beyond = side(), side(inside=False)
    assert not is_rough(inside, inside) and is_rough(inside, beyond) and is_rough(beyond, inside)


def scored(minutes: float, **changes) -> OfficialResult:
    made = samples.official("ipu-pod:16")
    seconds = 60.0 * minutes
    return replace(made, score_s=seconds, fastest_s=seconds, slowest_s=seconds, **changes)


def test_that_two_scores_are_compared_with_each_other_and_any_other_pair_by_its_projections() -> None:
    mine, theirs = side(20.0, official=scored(30.0)), side(10.0, official=scored(10.0))
    assert verdict(mine, theirs) == Verdict(3.0, official=True)
    assert verdict(mine, replace(theirs, official=None)) == Verdict(2.0)
    other_round = replace(theirs, official=scored(10.0, mlperf_round="v1.0"))
    assert verdict(mine, other_round) == Verdict(2.0)
    assert verdict(mine, side(10.0, official=scored(30.01))) == Verdict(None, OVERLAP, official=True)
    other = {"choice": SystemChoice("dgx-a100", 8)}
    assert verdict(side(), side(10.5, **other)) == Verdict(None, OVERLAP)


def test_that_two_times_of_one_system_share_the_errors_of_one_model_so_that_intervals_may_overlap() -> None:
    assert verdict(side(9.0), side(10.0)) == Verdict(0.9)
    assert verdict(side(10.0), side(10.001)) == Verdict(None, SAME)
    assert verdict(side(9.0, sourced=False), side(10.0)) == Verdict(None, NOT_SOURCED)


def test_that_the_subject_is_the_chosen_one_or_the_first_beside_the_reference() -> None:
    keys, sourced = ("a", "b", "c", "d"), (True, True, True, True)
    assert spoken_of(keys, sourced, 1, "") == (0, 1)
    assert spoken_of(keys, sourced, 0, "") == (1, 0)
    assert spoken_of(keys, sourced, 1, "d") == (3, 1)
    assert spoken_of(keys, sourced, 1, "gone") == spoken_of(keys, sourced, 1, "b") == (0, 1)
    assert spoken_of(keys, (False, True, True, True), 1, "a") == (2, 1)
    assert spoken_of(keys, (True, False, True, True), 1, "d") == (3, 0)
    assert spoken_of(keys[:1], sourced[:1], 0, "") == (0,)
    assert spoken_of(keys[:1], (False,), 0, "") == ()


@given(
    st.floats(1.0, 1e4),
    st.floats(1.0, 1e4),
    st.sampled_from(["resnet50", "gpt2-xl"]),
    st.sampled_from(["2019-07", "2020-07", "2021-06", "2021-12"]),
    st.sampled_from([(), ("chips",), ("workload",), ("release",)]),
    st.booleans(),
    st.sampled_from([256, 1024, 8192]),
)
def test_that_headline_and_table_state_a_ratio_together_or_not_at_all(
    mine, theirs, workload, release, beyond, sourced, batch
) -> None:
    pair = []
    for key, minutes in (("ipu-pod:16", mine), ("dgx-a100:8", theirs)):
        made = samples.projection(key, minutes, workload, scored=False)
        case = replace(made.case, release=release, recipe="stated" if workload == "gpt2-xl" else "closed")
        pair.append(replace(made, case=case, layout=replace(made.layout, global_batch=1024)))
    first = replace(pair[0], sourced=sourced, layout=replace(pair[0].layout, global_batch=batch))
    if beyond:
        first = replace(first, basis=EXTRAPOLATED, beyond=beyond)
    figure = compare_figure(Comparison((first, pair[1]), None, 1), samples.scenario(workload=workload))
    told = "less time" in figure.headline.text or "as long" in figure.headline.text
    titles = [column.title for column in figure.table.columns]
    cell = figure.table.rows[0][titles.index("Against the reference")].text
    assert told == ("less time" in cell or "as long" in cell)
    assert ("about" in figure.headline.text) == (told and bool(beyond)) == ("about" in cell)
