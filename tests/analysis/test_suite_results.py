"""Official results of any benchmark: each filter keeps what it names and nothing else, and a run counts once."""

from collections import Counter

import pytest

from ipuwhatif.analysis.evidence import evidence
from ipuwhatif.analysis.suite_results import Wanted, counts, drawn_once, suite_results
from ipuwhatif.scenario.scenario import FIRST_START
from tests.refusals import refused


def test_that_everything_is_found_where_nothing_is_asked_for():
    found = suite_results(Wanted())
    assert found.results == found.known.results and len(found.results) == 1454
    assert found.runs == 1270 == len({each.run for each in found.results})


@pytest.mark.parametrize(
    ("wanted", "fits", "count"),
    [
        (Wanted(rounds=("v4.1", "V5.0")), lambda each: each.mlperf_round in ("v4.1", "v5.0"), 355),
        (Wanted(benchmarks=("gpt3",)), lambda each: each.benchmark == "gpt3", 39),
        (Wanted(submitters=("krai",)), lambda each: each.submitter in ("krai", "Krai"), 14),
        (Wanted(chips=("b200",)), lambda each: "B200-SXM" in each.accelerator, 63),
        (Wanted(chips=("L4",)), lambda each: each.accelerator == "NVIDIA L4", 8),
        (Wanted(chips=("Gaudi 2",)), lambda each: "Gaudi2" in each.accelerator or "R) 2" in each.accelerator, 25),
        (Wanted(chips=("A100-PCIe",)), lambda each: "a100-pcie" in each.accelerator.lower(), 137),
        (Wanted(divisions=("open",)), lambda each: each.division == "open", 13),
        (Wanted(least=1024), lambda each: each.chips >= 1024, None),
        (Wanted(most=1), lambda each: each.chips == 1, None),
        (
            Wanted(benchmarks=("bert", "rgat"), rounds=("v5.0",), least=8, most=64),
            lambda each: each.benchmark in ("bert", "rgat") and each.mlperf_round == "v5.0" and 8 <= each.chips <= 64,
            None,
        ),
    ],
)
def test_that_a_filter_keeps_what_it_names_in_the_order_of_the_table(wanted, fits, count):
    found = suite_results(wanted)
    assert found.results == tuple(each for each in found.known.results if fits(each))
    assert found.results and count in (None, len(found.results))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(rounds=("v6.0",)), "no result has the round 'v6.0'; the nearest is v5.0"),
        (Wanted(benchmarks=("gpt-3",)), "no result has the benchmark 'gpt-3'; the nearest is gpt3"),
        (Wanted(submitters=("Nvida",)), "no result has the submitter 'Nvida'; the nearest is NVIDIA"),
        (Wanted(chips=("H300",)), "no result has the chip 'H300'; the nearest is H200"),
        (Wanted(divisions=("opened",)), "no result has the division 'opened'; the nearest is open"),
        (Wanted(least=64, most=8), "no number of chips is from 64 to 8"),
    ],
)
def test_that_a_word_that_no_result_has_is_refused_with_the_nearest(wanted, told):
    with refused(told):
        suite_results(wanted)


def test_that_an_empty_word_asks_for_nothing_at_all():
    with pytest.raises(Exception, match="no result has the chip ''"):
        suite_results(Wanted(chips=("",)))


def test_that_of_a_run_the_first_result_with_a_score_is_drawn():
    found = suite_results(Wanted())
    drawn = drawn_once(found.results)
    assert Counter(each.run for each in drawn).most_common(1)[0][1] == 1
    assert len(drawn) == 1266 and all(each.score_s is not None for each in drawn)
    assert not any(each.same_run_as for each in drawn)


def test_that_a_result_is_drawn_where_the_entry_that_was_first_is_not_asked_for():
    later = suite_results(Wanted(rounds=("v2.1",))).results
    again = [each for each in later if each.same_run_as.startswith("v2.0")]
    assert again and set(again) <= set(drawn_once(later))


def test_that_counts_are_by_round_and_benchmark():
    found = counts(suite_results(Wanted()).results)
    assert list(found) == ["v2.0", "v2.1", "v3.0", "v3.1", "v4.0", "v4.1", "v5.0"]
    assert found["v5.0"] == {
        "bert": 34,
        "dlrm_dcnv2": 16,
        "llama2_70b_lora": 51,
        "llama31_405b": 14,
        "retinanet": 39,
        "rgat": 16,
        "stable_diffusion": 31,
    }


def test_that_evidence_on_a_job_knows_the_folders_that_have_no_row(world):
    folders = evidence(world, FIRST_START).without_row
    assert {each.benchmark for each in folders} == {"resnet"}
    assert {("v1.0", 2480), ("v1.1", 2048)} <= {(each.mlperf_round, each.chips) for each in folders}
