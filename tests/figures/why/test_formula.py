"""The formula with its numbers put in: what is printed multiplies and adds up to what is printed."""

import re

import pytest

from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.solving.point import project_point
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.why.formula import formula_rows, numbers_text, part_rows
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import format_duration, parse_quantity
from tests.figures import samples

JOBS = (
    ("resnet50", "closed", "ipu-pod", 16),
    ("resnet50", "closed", "dgx-a100", 64),
    ("bert-large", "closed", "ipu-pod", 64),
)


def asked(workload: str, recipe: str, system: str, chips: int) -> Projection:
    return project_point(load_world(), replace(FIRST_START, workload=workload, recipe=recipe), system, chips)


def seconds(text: str) -> float:
    return parse_quantity(text, "s")


def summed(text: str) -> tuple[float, float]:
    """Both sides of a printed sum: "... a + 3 × b = c" in seconds."""
    sum_, _, total = text.rpartition(" = ")
    found = 0.0
    for summand in sum_.split(" + "):
        time = re.search(r"([\d.,]+ (?:ns|µs|ms|s|min|h|days))$", summand)
        assert time is not None, summand
        count = re.match(r"([\d.,]+) .*×", summand)
        found += seconds(time.group(1)) * (float(count.group(1).replace(",", "")) if count else 1.0)
    return found, seconds(total)


@pytest.mark.parametrize("job", JOBS)
def test_that_the_sum_of_the_time_adds_up_as_printed(job) -> None:
    text = numbers_text(asked(*job))
    assert text.startswith("start-up ") and " steps × " in text and " evaluations × " in text
    left, right = summed(text)
    assert format_duration(left) == format_duration(right), "to every digit that is printed"


def test_that_what_no_digit_of_the_sum_shows_is_left_out() -> None:
    projection = asked("llama31-405b", "closed", "gb200-nvl72", 512)
    assert 0.0 < projection.breakdown_s["start_up"] < 1.0 and "start-up" not in numbers_text(projection)


@pytest.mark.parametrize("job", JOBS)
def test_that_the_sum_of_a_step_adds_up_as_printed(job) -> None:
    row = next(row for row in formula_rows(asked(*job)) if row.name == "Step time")
    left, right = summed(row.detail)
    assert left == pytest.approx(right, rel=2e-3)
    assert row.value == row.detail.rpartition(" = ")[2]


@pytest.mark.parametrize("job", JOBS)
def test_that_parts_multiply_to_what_they_print(job) -> None:
    for row in part_rows(asked(*job)):
        times = re.search(r"([\d.,]+) (?:steps|evaluations) × ([\d.,]+ \w+)", row.detail)
        if times is not None:
            product = float(times.group(1).replace(",", "")) * seconds(times.group(2))
            assert product == pytest.approx(seconds(row.value), rel=6e-3), row


def test_that_throughput_and_samples_show_numbers_and_interval() -> None:
    projection = asked(*JOBS[0])
    rows = {row.name: row for row in formula_rows(projection)}
    batch = f"{projection.layout.global_batch:,}"
    assert re.search(
        rf": {batch} / [\d.]+ m?s; [\d,]+ to [\d,]+ with 80 % probability$", rows["Training throughput"].detail
    )
    assert rows["Samples to target"].detail.endswith("with 80 % probability")
    assert rows["Steps"].detail.endswith(f" / {batch}")


def test_that_a_job_without_evaluations_has_none_in_its_sum() -> None:
    projection = asked("gpt2-xl", load_world().catalog.workloads["gpt2-xl"].recipes[0], "ipu-pod", 64)
    assert "evaluation" not in numbers_text(projection)
    rows = {row.name: row for row in formula_rows(projection)}
    assert "Evaluations" not in rows and "probability" not in rows["Samples"].detail


def test_that_evaluations_of_an_unknown_count_are_one_summand() -> None:
    assert "evaluations 1.4100 min" in numbers_text(samples.projection("ipu-pod:16", 28.2))
