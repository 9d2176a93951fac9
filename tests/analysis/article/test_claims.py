"""The article check, statement by statement, and how a verdict follows from value, tolerance and condition."""

import json
import re
from pathlib import Path

import pytest

from ipuwhatif.analysis.article.claims import (
    CONDITIONAL,
    CONFIRMED,
    NOT_SUPPORTED,
    UNCHECKABLE,
    VERDICTS,
    Verdict,
    check_claims,
)
from ipuwhatif.analysis.article.reasons import ClaimNote
from ipuwhatif.analysis.attribution.attribution import EVALUATION, START_UP, attribute_official, find_entry
from ipuwhatif.analysis.attribution.reasons import NotTheSame, Trait
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import Claim
from ipuwhatif.figures.article.article_words import computed_text, reading_text, reason_text
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, told

#: Statement -> its computed value in its own unit, and its verdict.
EXPECTED = {
    "resnet-pod16-time": (28.33, CONFIRMED),
    "resnet-pod64-time": (8.50, CONFIRMED),
    "resnet-pod256-time": (3.79, CONDITIONAL),
    "resnet-gain-pod16": (23.7, CONDITIONAL),
    "resnet-gain-pod64": (41.3, CONDITIONAL),
    "bert-gain-pod16": (5.2, CONDITIONAL),
    "bert-gain-pod64": (12.1, CONDITIONAL),
    "bert-pod16-half-hour": (32.70, CONDITIONAL),
    "bert-8x-7min": (6.86, CONFIRMED),
    "bert-open-20": (21.9, CONDITIONAL),
    "pod16-vs-dgx-resnet": (0.81, CONDITIONAL),
    "efficientnet-ratio": (3.41, CONDITIONAL),
    "efficientnet-pod256": (1.8, CONDITIONAL),
    "four-days-two-hours": (39.2, NOT_SUPPORTED),
    "fifty-times": (9.78, NOT_SUPPORTED),
    "finance-10x": (10.25, CONDITIONAL),
    "insurance-5x": (None, UNCHECKABLE),
    "weather-europe-cpu": (None, UNCHECKABLE),
    "weather-europe-gpu": (None, UNCHECKABLE),
    "weather-china-cpu": (None, UNCHECKABLE),
    "privacy-10x": (None, UNCHECKABLE),
}
PERCENT = re.compile(r"[\d.]+(?= %)")
#: Statement -> what must be seen with it, computed as well.
SEEN_WITH = {
    "resnet-gain-pod16": ["+7.5 %", "−13.6 %"],
    "resnet-gain-pod64": ["+26.7 %", "−15.6 %"],
    "bert-gain-pod16": ["13.7 % less", "1.098"],
    "bert-gain-pod64": ["4.6 % less", "14.7 % less", "1.118"],
    "bert-open-20": ["12.6 % less", "1.118"],
    "pod16-vs-dgx-resnet": ["28.33 min", "29.15 min", "27.57 min", "27.61 min", "28.01 min", "28.77 min"],
    "efficientnet-ratio": ["70.5 h", "20.7 h", "66.0 h"],
    "fifty-times": ["9.78 times", "11.1 times"],
    "finance-10x": ["4.75", "10.3", "2.68", "4.17", "5.66", "6.59"],
}


@pytest.fixture(scope="module")
def verdicts(world: World) -> dict[str, Verdict]:
    return {verdict.claim.key: verdict for verdict in check_claims(world)}


@pytest.fixture
def claims(world: World) -> dict[str, Claim]:
    return {claim.key: claim for claim in world.catalog.claims}


@pytest.mark.parametrize("key", EXPECTED)
def test_that_the_statement_has_its_value_and_verdict(verdicts: dict[str, Verdict], key: str) -> None:
    value, verdict = EXPECTED[key]
    found = verdicts[key]
    assert found.verdict == verdict, reason_text(found)
    assert found.value == (None if value is None else pytest.approx(value, rel=6e-3))
    if value is not None:
        assert found.sources and computed_text(found) and found.unit == found.claim.unit


def test_that_every_percentage_of_a_condition_is_computed_beside_it(verdicts: dict[str, Verdict]) -> None:
    known = [(each.claim.key, PERCENT.findall(told(each.claim.condition)), each) for each in verdicts.values()]
    assert sum(len(numbers) for _, numbers, _ in known) >= 10
    for key, numbers, verdict in known:
        computed = " ".join(reading_text(reading) for reading in (*verdict.cases, *verdict.beside))
        for number in numbers:
            assert number in PERCENT.findall(computed), (key, number, computed)


def test_that_what_took_the_rest_of_the_gain_is_what_the_logs_say(world: World, claims: dict[str, Claim]) -> None:
    before, after = (
        find_entry(world.catalog, f"{version}/Graphcore/ipu-pod16-TF1/resnet/closed") for version in ("v1.0", "v1.1")
    )
    change = {part.key: part.seconds for part in attribute_official(before, after).parts}
    assert f"start-up and evaluation took {-(change[START_UP] + change[EVALUATION]) / 60.0:.1f} min less" in (
        told(claims["resnet-gain-pod16"].condition)
    )


def test_that_under_one_minute_is_a_hope_and_not_a_result(verdicts: dict[str, Verdict]) -> None:
    found = verdicts["one-minute"]
    assert found.verdict == UNCHECKABLE
    assert told(found.claim.condition) == "a hope, not a result"
    (source,) = found.sources
    projection = source.projection
    assert projection is not None and projection.choice.system == "ipu-pod" and projection.choice.chips <= 1024
    assert found.value == pytest.approx(projection.time_to_train_s.median / 60)
    assert "interval" in reason_text(found) and str(projection.choice.chips) in reason_text(found)
    assert found.notes == (ClaimNote.PROJECTED,)


def test_that_every_statement_is_judged_once(world: World, verdicts: dict[str, Verdict]) -> None:
    assert list(verdicts) == [claim.key for claim in world.catalog.claims]
    assert set(EXPECTED) | {"one-minute"} == set(verdicts)
    assert {verdict.verdict for verdict in verdicts.values()} == set(VERDICTS)


@pytest.mark.parametrize("key", SEEN_WITH)
def test_that_what_must_be_seen_with_it_is_computed(verdicts: dict[str, Verdict], key: str) -> None:
    found = verdicts[key]
    texts = " ".join(reading_text(reading) for reading in (*found.cases, *found.beside))
    assert [word for word in SEEN_WITH[key] if word not in texts] == [], texts


def test_that_a_statement_of_several_cases_says_for_which_it_holds(verdicts: dict[str, Verdict]) -> None:
    assert reason_text(verdicts["finance-10x"]).endswith("holds for 1 of 6")
    assert "CNN-I" in reason_text(verdicts["finance-10x"])
    assert [case.holds for case in verdicts["bert-gain-pod64"].cases] == [True, False]
    assert "9.78 times (by time), 11.1 times (by training throughput)" in reason_text(verdicts["fifty-times"])


def test_that_differences_between_compared_results_are_called_out(verdicts: dict[str, Verdict]) -> None:
    assert NotTheSame(Trait.CHIPS, 16, 8) in verdicts["pod16-vs-dgx-resnet"].notes
    assert verdicts["bert-open-20"].notes == (NotTheSame(Trait.DIVISION, "closed", "open"),)
    assert verdicts["fifty-times"].notes == (
        NotTheSame(Trait.VERSION, "v1.0", "v1.1"),
        NotTheSame(Trait.CHIPS, 16, 256),
    )


def test_that_a_check_against_the_article_itself_says_so(verdicts: dict[str, Verdict]) -> None:
    own = [key for key, verdict in verdicts.items() if ClaimNote.OWN_ARITHMETIC in verdict.notes]
    assert own == ["efficientnet-ratio", "four-days-two-hours"]


@pytest.mark.parametrize(
    ("key", "changes", "verdict"),
    [
        ("resnet-pod16-time", {"value": 28.0}, NOT_SUPPORTED),
        ("resnet-pod16-time", {"value": 28.0, "tolerance": "2 %"}, CONFIRMED),
        ("resnet-pod16-time", {"condition": "say this"}, CONDITIONAL),
        ("resnet-gain-pod16", {"value": 25.0}, NOT_SUPPORTED),
        ("resnet-gain-pod16", {"value": 25.0, "tolerance": "2 points", "condition": ""}, CONFIRMED),
        ("bert-8x-7min", {"value": 6.8}, NOT_SUPPORTED),
        ("pod16-vs-dgx-resnet", {"value": 1.2}, NOT_SUPPORTED),
        ("bert-gain-pod64", {"value": 4.6}, CONDITIONAL),
        ("bert-gain-pod64", {"value": 8.0}, NOT_SUPPORTED),
        ("finance-10x", {"value": 2.0, "condition": ""}, CONFIRMED),
        ("finance-10x", {"value": 11.0}, NOT_SUPPORTED),
    ],
)
def test_that_the_verdict_follows_from_value_tolerance_and_condition(
    world: World, claims: dict[str, Claim], tmp_path: Path, key: str, changes: dict, verdict: str
) -> None:
    assert judged(world, tmp_path, replace(claims[key], **changes)).verdict == verdict


@pytest.mark.parametrize(
    ("key", "changes", "words"),
    [
        ("resnet-pod16-time", {"tolerance": "about"}, "tolerance 'about' is not understood"),
        ("resnet-pod16-time", {"tolerance": "1 point"}, "not understood"),
        ("resnet-pod16-time", {"tolerance": "1 h"}, "not understood"),
        ("resnet-pod16-time", {"tolerance": ""}, "not understood"),
        ("resnet-pod16-time", {"unit": "ratio"}, "its expression gives a time"),
        ("resnet-pod16-time", {"tolerance": "projection"}, "needs a projection"),
        ("finance-10x", {"tolerance": "range 2.7-9.9"}, "not what the evidence gives"),
    ],
)
def test_that_a_statement_that_does_not_fit_its_expression_is_refused(
    world: World, claims: dict[str, Claim], tmp_path: Path, key: str, changes: dict, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        judged(world, tmp_path, replace(claims[key], **changes))


def test_that_statements_and_expressions_must_match(world: World, claims: dict[str, Claim], tmp_path: Path) -> None:
    claim = claims["resnet-pod16-time"]
    for expressions, words in (
        ([], "no expression for statement 'resnet-pod16-time'"),
        ([{**expression_of(claim.key), "key": "resnet-pod17-time"}], "nearest: resnet-pod16-time"),
        ([expression_of(claim.key)] * 2, "duplicate key"),
        ([{**expression_of(claim.key), "cases": []}], "there is no case"),
        ([{**expression_of(claim.key), "verdict": "confirmed"}], "'verdict' is unknown"),
    ):
        write(tmp_path, expressions)
        with pytest.raises(InputError, match=words):
            check_claims(world, [claim], tmp_path)


def judged(world: World, folder: Path, claim: Claim) -> Verdict:
    write(folder, [expression_of(claim.key)])
    (verdict,) = check_claims(world, [claim], folder)
    return verdict


def expression_of(key: str) -> dict:
    shipped = json.loads((Path(__file__).parents[3] / "resources/claims/claims.json").read_text("utf-8"))
    return next(each for each in shipped["claims"] if each["key"] == key)


def write(folder: Path, expressions: list[dict]) -> None:
    (folder / "claims.json").write_text(json.dumps({"claims": expressions}), "utf-8")
