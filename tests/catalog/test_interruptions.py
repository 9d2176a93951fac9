"""Published records of failures, checkpoints and restarts: each has an origin, none is a default, faults are told."""

import json

import pytest

from ipuwhatif.catalog.datum import RECALLED
from ipuwhatif.catalog.interruptions import FILE, load_published_terms, read_published_terms
from ipuwhatif.files import resource
from ipuwhatif.scenario.levers import RUN, load_levers
from ipuwhatif.units import InputError, told

TERMS = load_published_terms()


def test_that_every_figure_is_of_a_lever_of_the_run_within_its_range() -> None:
    levers = load_levers()
    for term in TERMS:
        lever = levers[term.lever]
        assert lever.target == RUN and lever.default is None
        assert lever.minimum <= term.value <= lever.maximum


def test_that_every_figure_says_where_it_was_read_and_none_is_recalled() -> None:
    for term in TERMS:
        assert term.origin.kind != RECALLED and term.origin.read and term.origin.published
        assert term.origin.locator.startswith("https://arxiv.org/abs/") and term.origin.note


def test_that_rates_are_what_was_counted() -> None:
    rates = {term.key: term for term in TERMS if term.lever == "failure_rate"}
    assert rates["llama3"].value == pytest.approx(419 / (54 * 16_384) * 1000, rel=1e-3)
    assert rates["rsc-1"].value == pytest.approx(6.5 / 8, rel=1e-3)
    assert all(words in told(rates["llama3"].origin.note) for words in ("419", "54 days"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"counted": {"failures": 1, "days": 0, "chips": 8}}, "key 'days' is not above 0"),
        ({"counted": {"failures": 0, "days": 1, "chips": 8}}, "key 'value' is not above 0"),
        ({"counted": {"failures": 1, "days": 1}}, "key 'chips' is missing"),
        ({"origin": None}, "key 'origin' is not an object"),
    ],
)
def test_that_a_faulty_figure_is_told_with_its_place(tmp_path, changed, told) -> None:
    content = json.loads((resource("economics") / FILE).read_text(encoding="utf-8"))
    content["figures"][0] |= changed
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"interruptions\.json, .*") as fault:
        read_published_terms(tmp_path)
    assert str(fault.value).endswith(told)


def test_that_two_figures_of_one_key_and_lever_are_refused(tmp_path) -> None:
    content = json.loads((resource("economics") / FILE).read_text(encoding="utf-8"))
    content["figures"].append(content["figures"][0])
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError) as fault:
        read_published_terms(tmp_path)
    assert str(fault.value).endswith("duplicate key 'llama3'")
