"""What a measured run says of others: nothing of what is far, nearly all of itself, and no more than is likely."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.own_runs import EFFECTS, REPEATS, SET_UPS, SPREAD_KNOWN, Run, Site, learn, left_after

Missed = list[tuple[Run, float]]
runs = st.builds(
    Run,
    workload=st.sampled_from(("resnet50", "bert-large")),
    generation=st.sampled_from(("a100", "gc200")),
    machine=st.sampled_from(("dgx-a100", "ipu-pod")),
    chips=st.sampled_from((8, 16, 64, 1024)),
    spread=st.floats(SET_UPS, 1.0),
    framework=st.sampled_from(("", "pytorch")),
    release=st.sampled_from(("2021-06", "2021-12")),
)


def of(
    chips: int = 16,
    workload: str = "resnet50",
    generation: str = "gc200",
    spread: float = 0.1,
    framework: str = "",
    release: str = "2021-12",
) -> Run:
    return Run(workload, generation, f"machine of {generation}", chips, spread, framework, release)


def told(measured: Run, missed: float, asked: Run) -> tuple[float, float]:
    found = learn(Site((measured,), (missed,)), [asked])
    return float(found.shift[0]), float(found.left[0])


def test_that_a_measured_run_is_met_but_for_what_a_machine_repeats() -> None:
    shift, left = told(of(), 0.2, of())
    assert shift == pytest.approx(0.2 * 0.1**2 / (0.1**2 + REPEATS**2))
    surprise = 0.2**2 / (0.1**2 + REPEATS**2)
    wider = (SPREAD_KNOWN + surprise) / (SPREAD_KNOWN + 1.0)
    assert left == pytest.approx(REPEATS / np.hypot(0.1, REPEATS) * np.sqrt(wider), rel=0.01)


def test_that_a_run_is_moved_the_more_the_nearer_it_is() -> None:
    nearer = [of(16), of(32), of(256), of(256, "bert-large"), of(256, "bert-large", "a100")]
    shifts = [told(of(), 0.15, each)[0] for each in nearer]
    assert shifts == sorted(shifts, reverse=True) and shifts[-1] > 0.0
    lefts = [told(of(), 0.15, each)[1] for each in nearer]
    assert lefts == sorted(lefts)


def test_that_software_of_another_release_or_framework_shares_less() -> None:
    later, other = of(release="2022-06"), of(framework="pytorch")
    shifts = [told(of(), 0.15, each)[0] for each in (of(), later, other)]
    assert shifts == sorted(shifts, reverse=True) and shifts[1] < 0.95 * shifts[0] and shifts[2] < 0.3 * shifts[0]
    assert told(of(spread=SET_UPS), 0.05, of(64, spread=SET_UPS, release="2022-06"))[0] == pytest.approx(
        0.5 * told(of(spread=SET_UPS), 0.05, of(64, spread=SET_UPS))[0]
    )


def test_that_scatter_between_set_ups_says_nothing_of_other_chips() -> None:
    assert told(of(spread=SET_UPS), 0.3, of(generation="a100", spread=SET_UPS)) == (0.0, 1.0)


def test_that_what_is_far_out_is_of_its_own_machine() -> None:
    """Twice as slow for a reason of its own: the machine itself is, others no more than a large miss would say."""
    there, far_there = (told(of(spread=SET_UPS), missed, of(spread=SET_UPS))[0] for missed in (0.09, 0.7))
    assert there == pytest.approx(0.09, rel=0.06) and far_there == pytest.approx(0.7, rel=0.06)
    elsewhere = [told(of(spread=SET_UPS), missed, of(256, spread=SET_UPS))[0] for missed in (0.09, 0.7)]
    assert elsewhere[1] == pytest.approx(elsewhere[0], abs=0.05)


def test_that_little_missed_narrows_and_much_missed_widens_what_shares_something() -> None:
    none, usual, much = (told(of(), missed, of(256))[1] for missed in (0.0, 0.1, 0.2))
    assert none < usual < much


@given(
    measured=st.lists(st.tuples(runs, st.floats(-1.0, 1.0)), min_size=1, max_size=6),
    asked=st.lists(runs, min_size=1, max_size=6),
)
def test_that_what_is_learnt_is_finite_and_its_effects_add_up(measured: Missed, asked: list[Run]) -> None:
    learnt = learn(Site(tuple(run for run, _ in measured), tuple(missed for _, missed in measured)), asked)
    assert np.isfinite(learnt.shift).all() and (learnt.left >= 0.0).all() and np.isfinite(learnt.left).all()
    assert tuple(learnt.effects) == EFFECTS
    assert sum(learnt.effects.values()) == pytest.approx(learnt.shift, abs=1e-9)


@given(
    measured=st.lists(st.tuples(runs, st.floats(-0.3, 0.3)), max_size=4),
    asked=st.lists(runs, min_size=1, max_size=4),
    candidate=runs,
)
def test_that_a_candidate_leaves_what_it_leaves_when_it_is_told(
    measured: Missed, asked: list[Run], candidate: Run
) -> None:
    """Of the misses so far, none: how wide the spreads are is then all that a new value could change."""
    known_runs = tuple(run for run, _ in measured)
    quiet = Site(known_runs, (0.0,) * len(measured))
    (expected,) = left_after(quiet, asked, [candidate])
    after = learn(Site((*known_runs, candidate), (0.0,) * (len(measured) + 1)), asked).left
    count = len(measured)
    narrower = np.sqrt(SPREAD_KNOWN / (SPREAD_KNOWN + count + 1))
    assert (after <= expected + 1e-6).all() and (after >= expected * narrower - 1e-6).all()


def test_that_nothing_measured_leaves_all_open_but_what_a_candidate_tells() -> None:
    nothing = Site((), ())
    near, far = left_after(nothing, [of(64)], [of(64), of(8, generation="a100")])[:, 0]
    assert near < 0.2 < far < 1.0
    assert learn(nothing, [of()]).left == pytest.approx([1.0])
