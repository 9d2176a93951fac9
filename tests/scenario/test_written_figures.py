"""Figures as people write them, held against a list that was made before there was a reader for it."""

import gettext
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif import texts
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.files import resource
from ipuwhatif.scenario.amount import parse_amount
from ipuwhatif.scenario.prices.money import Money, read_electricity, read_price
from ipuwhatif.scenario.prices.rates import read_carbon, read_power, read_rate
from ipuwhatif.scenario.times import parse_time
from ipuwhatif.scenario.written_figures import ENERGY, TIME
from ipuwhatif.units import LONGEST_TEXT, InputError
from tests.refusals import refused

LIST = json.loads((Path(__file__).parents[1] / "data" / "written_quantities.json").read_text(encoding="utf-8"))
ROWS = [(kind, *row) for kind, rows in LIST.items() for row in rows]
READ = [row for row in ROWS if row[2] != "refused"]
REFUSED = [row for row in ROWS if row[2] == "refused"]
SAMPLE_WORDS = {"images": "samples", "sequences": "samples"}


def rate(text: str) -> tuple[float, str]:
    found = read_rate(text)
    return found.value, f"{SAMPLE_WORDS.get(found.thing, found.thing)}/s{' per chip' * found.per_chip}"


def money(found: Money) -> tuple[float, str]:
    each = {TIME: "/h", ENERGY: "/kWh", "": ""}[found.per]
    return found.amount, f"{found.currency}{each}{' per chip' * found.per_chip}"


def power(text: str) -> tuple[float, str]:
    watts, per_chip = read_power(text)
    return watts, f"W{' per chip' * per_chip}"


READERS: dict[str, Callable[[str], tuple[float, str]]] = {
    "time": lambda text: (parse_time(text), "s"),
    "rate": rate,
    "price": lambda text: money(read_price(text)),
    "electricity": lambda text: money(read_electricity(text)),
    "power": power,
    "carbon": lambda text: (read_carbon(text), "g/kWh"),
}


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese for what is worded in the test; `set_language` would forget what other tests share."""
    catalog = gettext.translation(texts.DOMAIN, localedir=resource("i18n"), languages=[texts.CHINESE])
    monkeypatch.setattr(texts, "chosen_texts", catalog)
    monkeypatch.setattr(texts, "chosen_language", texts.CHINESE)


@pytest.mark.usefixtures("chinese")
def test_that_chinese_words_of_an_amount_stand_together_and_read_back() -> None:
    job = load_catalog().workloads["llama31-70b"]
    text = amount_text(job, parse_amount("2 T tokens", job))
    assert text == "2 万亿词元"
    assert amount_text(job, parse_amount(text, job)) == text


def test_that_the_list_has_hundreds_of_ways_in_two_languages() -> None:
    assert len(ROWS) >= 600 and set(LIST) == set(READERS)
    assert sum(not text.isascii() for _, text, *_ in ROWS) >= 150


@pytest.mark.parametrize(("kind", "text", "meaning"), READ)
def test_that_a_figure_means_what_its_writer_meant(kind: str, text: str, meaning: str) -> None:
    number, _, unit = meaning.partition(" ")
    value, read_unit = READERS[kind](text)
    assert read_unit == unit and value == pytest.approx(float(number), rel=1e-9)


@pytest.mark.parametrize(("kind", "text", "meaning"), READ)
def test_that_a_figure_means_the_same_in_the_chinese_window(kind: str, text: str, meaning: str, chinese) -> None:
    assert READERS[kind](text)[0] == pytest.approx(float(meaning.partition(" ")[0]), rel=1e-9)


@pytest.mark.parametrize(("kind", "text", "_", "named"), [row for row in REFUSED if row[3].isascii()])
def test_that_what_is_no_figure_is_refused_with_the_form_that_is(kind: str, text: str, _: str, named: str) -> None:
    with pytest.raises(InputError) as caught:
        READERS[kind](text)
    assert named in str(caught.value) and len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("kind", "text", "_", "named"), [row for row in REFUSED if not row[1].isascii()])
def test_that_it_is_refused_in_chinese_too(kind: str, text: str, _: str, named: str, chinese) -> None:
    with pytest.raises(InputError) as caught:
        READERS[kind](text)
    assert named.replace("1.5 h", "1.5 小时") in str(caught.value)


@pytest.mark.parametrize("kind", READERS)
def test_that_a_text_as_long_as_no_figure_is_refused_before_it_is_read(kind: str) -> None:
    with refused(
        "'1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 …' is too long; write at most 200 letters"
    ):
        READERS[kind]("1 " * LONGEST_TEXT)
