"""What a measured run says of others: nothing of what is far, nearly all of itself, and never more than was missed.

Tried on runs that the model had not seen: each entry of a submitter that was left out of the fit, and each printed
speed whose document or framework was left out, stands for what a user measures; the others of the submitter or document
are predicted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.calibration.own_runs import REPEATS, SET_UPS, Learnt, Run, Site, learn
from ipuwhatif.calibration.record import load_record
from ipuwhatif.calibration.speeds import load_speed_record
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.model.parameters import known

END = 1.2816
Missed = list[tuple[Run, float]]
runs = st.builds(
    Run,
    workload=st.sampled_from(("resnet50", "bert-large")),
    generation=st.sampled_from(("a100", "gc200")),
    machine=st.sampled_from(("dgx-a100", "ipu-pod")),
    chips=st.sampled_from((8, 16, 64, 1024)),
    spread=st.floats(SET_UPS, 1.0),
)


def of(chips: int = 16, workload: str = "resnet50", generation: str = "gc200", spread: float = 0.1) -> Run:
    return Run(workload, generation, f"machine of {generation}", chips, spread)


def told(measured: Run, missed: float, asked: Run) -> tuple[float, float]:
    found = learn(Site((measured,), (missed,)), [asked])
    return float(found.shift[0]), float(found.left[0])


def test_that_a_measured_run_is_met_but_for_what_a_machine_repeats() -> None:
    shift, left = told(of(), 0.2, of())
    assert shift == pytest.approx(0.2 * 0.1**2 / (0.1**2 + REPEATS**2))
    assert left == pytest.approx(REPEATS / np.hypot(0.1, REPEATS), rel=1e-6)


def test_that_a_run_is_moved_the_more_the_nearer_it_is() -> None:
    nearer = [of(16), of(32), of(256), of(256, "bert-large"), of(256, "bert-large", "a100")]
    shifts = [told(of(), 0.3, each)[0] for each in nearer]
    assert shifts == sorted(shifts, reverse=True) and shifts[-1] > 0.0
    lefts = [told(of(), 0.3, each)[1] for each in nearer]
    assert lefts == sorted(lefts) and lefts[-1] < 1.0


def test_that_scatter_between_set_ups_says_nothing_of_other_chips() -> None:
    assert told(of(spread=SET_UPS), 0.3, of(generation="a100", spread=SET_UPS)) == (0.0, 1.0)


@given(
    measured=st.lists(st.tuples(runs, st.floats(-1.0, 1.0)), min_size=1, max_size=6),
    asked=st.lists(runs, min_size=1, max_size=6),
)
def test_that_more_measurements_never_leave_more_open(measured: Missed, asked: list[Run]) -> None:
    whole, first = (
        learn(Site(tuple(run for run, _ in some), tuple(missed for _, missed in some)), asked)
        for some in (measured, measured[:1])
    )
    assert np.isfinite(whole.shift).all() and (whole.left >= 0.0).all()
    assert (whole.left <= first.left + 1e-6).all() and (first.left <= 1.0).all()


def entries() -> Iterable[Missed]:
    """By submitter but the chips' vendors, from v1.1 on, in the back-test that leaves submitters out."""
    catalog = load_catalog()
    found: dict[str, Missed] = defaultdict(list)
    (protocol,) = (each for each in load_record(catalog) if each.key == "leave-one-submitter-out")
    for answer in protocol.answers:
        entry = answer.entry
        if known().submitters[entry.submitter].vendor or entry.mlperf_round < "v1.1":
            continue
        assert entry.choice is not None and entry.workload is not None
        spread = log(answer.high["throughput"] / answer.low["throughput"]) / (2.0 * END)
        generation = catalog.chip_of(entry.choice).generation
        run = Run(entry.workload, generation, entry.key, entry.choice.chips, max(spread, SET_UPS))
        found[entry.submitter].append((run, -log(answer.measured["throughput"] / answer.predicted["throughput"])))
    return found.values()


def speeds(key: str) -> Callable[[], Iterable[Missed]]:
    """By document and software, in a way of leaving printed speeds out."""

    def of_documents() -> Iterable[Missed]:
        found: dict[tuple[str, str], Missed] = defaultdict(list)
        (test,) = (each for each in load_speed_record(load_catalog()) if each.key == key)
        for answer in test.answers:
            document, job, software, chip = answer.cell.split(" / ")
            chips = answer.figure.split("/")[2]
            spread = max(log(answer.high / answer.low) / (2.0 * END), SET_UPS)
            run = Run(job, chip, answer.figure, int(chips) if chips.isdigit() else 1, spread)
            found[document, software].append((run, -log(answer.measured / answer.predicted)))
        return found.values()

    return of_documents


def one_tells_the_others(sites: Iterable[Missed]) -> tuple[float, float, float, float]:
    """Mean errors over sites: as projected, all by the ratio of the measured one, learnt; and the share inside 80 %."""
    found = []
    for site in sites:
        for place, (measured, missed) in enumerate(site):
            others = [each for row, each in enumerate(site) if row != place]
            if not others:
                continue
            learnt: Learnt = learn(Site((measured,), (missed,)), [run for run, _ in others])
            truth, spread = np.array([each for _, each in others]), np.array([run.spread for run, _ in others])
            errors = [np.abs(np.expm1(truth - shift)).mean() for shift in (0.0, missed, learnt.shift)]
            inside = np.abs(truth - learnt.shift) < END * spread * learnt.left
            found.append((1.0 / len(site), [*errors, inside.mean()]))
    weights, values = zip(*found, strict=True)
    return tuple(np.average(values, axis=0, weights=weights).tolist())  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("sites", "projected", "learnt"),
    [
        # entries of one submitter have so little in common that one of them tells nothing of the others
        (entries, 0.058, 0.060),
        (speeds("document"), 0.145, 0.091),
        (speeds("framework"), 0.185, 0.093),
        (speeds("language-document"), 0.054, 0.057),
        (speeds("language-framework"), 0.105, 0.085),
    ],
)
def test_that_one_run_helps_with_the_others_and_beats_one_ratio_for_all(
    sites: Callable[[], Iterable[Missed]], projected: float, learnt: float
) -> None:
    before, ratio, after, inside = one_tells_the_others(sites())
    assert before < projected and after < learnt
    assert after < ratio
    assert inside > 0.75
