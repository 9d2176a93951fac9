import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import STATED, Workload
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.files import resource
from ipuwhatif.scenario.amount import MOST_SAMPLES, parse_amount
from ipuwhatif.texts import LANGUAGES, set_language

WORKLOADS = load_catalog().workloads
JOBS = [each for each in WORKLOADS.values() if each.kind == STATED]
B4, GPT = WORKLOADS["efficientnet-b4"], WORKLOADS["gpt2-xl"]


@given(st.sampled_from(JOBS), st.floats(1.0, MOST_SAMPLES))
@example(WORKLOADS["resnet50-dp"], 82.365234375)  # a small part of an epoch
def test_that_any_amount_prints_with_its_digits_and_reads_back_in_every_language(
    workload: Workload, samples: float
) -> None:
    for code in LANGUAGES:
        set_language(code, resource("i18n"))
        assert parse_amount(amount_text(workload, samples), workload) == pytest.approx(samples, rel=1e-11)


@pytest.mark.parametrize(
    ("text", "workload", "printed"),
    [
        ("350", B4, "350 epochs"),
        ("350.25 epochs", B4, "350.25 epochs"),
        ("2,000,001 images", B4, "2.000001 million images"),
        ("1 image", B4, "1 image"),
        ("10.2345678 G tokens", GPT, "10.2345678 billion tokens"),
        ("3,141,592 sequences", GPT, "3.141592 million sequences"),
    ],
)
def test_that_work_is_told_as_it_was_stated_and_not_as_what_it_comes_to(
    text: str, workload: Workload, printed: str
) -> None:
    assert amount_text(workload, parse_amount(text, workload)) == printed
