"""Costs on the command line, and comparisons by another yardstick than the time."""

import json
from pathlib import Path

import pytest

from ipuwhatif.analysis.cost import economics
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.cli import main
from ipuwhatif.cli.cost import MEASURES
from ipuwhatif.cli.questions.prices import BASIS_WORDS, parse_price
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, RECALLED, RENT
from tests.cli.test_what_if import STATED_ONLY, as_json, ask, refused

QUESTION = ("cost", "-w", "resnet50", "-s", "ipu-pod16,dgx-a100")
RENTED = ("--price", "ipu-pod16=20 USD/h 2021-06 own list", "--price", "dgx-a100=32.77 USD/hour 2021 a quote")
SITE = ("--set", "all.electricity_price=0.15", "--set", "all.carbon_intensity=300")
CATALOG = load_catalog()


def test_that_rent_energy_and_carbon_follow_from_the_printed_times(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, *QUESTION, *RENTED, *SITE)
    assert answer["basis"] == "derived" and "MLPerf" in answer["notices"][0]
    for system, rent, power in zip(answer["systems"], (20.0, 32.77), (6.0, 6.5), strict=True):
        hours = system["time_to_train_s"]["median"] / 3600.0
        assert system["money"]["median"] == pytest.approx(rent * hours) and system["currency"] == "USD"
        assert system["energy_kwh"]["median"] == pytest.approx(power * hours)
        assert system["electricity"]["median"] == pytest.approx(0.15 * power * hours)
        assert system["carbon_kg"]["median"] == pytest.approx(0.3 * power * hours)
        assert system["lacking"] == {} and system["price"]["per"] == "hour"


def test_that_known_prices_are_offered_and_not_applied(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, *QUESTION)
    assert [system["money"] for system in answer["systems"]] == [None, None]
    (offer,) = answer["known_prices"]["ipu-pod:16"]
    assert offer["amount"] == 129800.0 and "derived" in offer["origin"] and offer["confirmed"]
    text = " ".join(ask(capsys, *QUESTION).split())
    assert "Known price, not applied: IPU-POD16 (16 IPUs): 129,800 USD (2020-12)" in text
    assert "energy to train once" in text  # what can be told without a price


def test_that_a_chart_and_a_table_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ask(capsys, *QUESTION, *RENTED, "--measure", "money", "-o", str(tmp_path / "cost.png"))
    assert (tmp_path / "cost.png").read_bytes().startswith(b"\x89PNG")
    ask(capsys, *QUESTION, *SITE, "--measure", "carbon", "-o", str(tmp_path / "cost.csv"))
    assert "Carbon" in (tmp_path / "cost.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("--measure", "money"),
            ("money cannot be told yet: state a price for IPU-POD16 (16 IPUs); state a price for DGX A100 (8 GPUs)"),
        ),
        (("--measure", "carbon"), ("carbon cannot be told yet: state the carbon intensity of the electricity")),
        (
            ("--measure", "mony"),
            ("argument --measure: 'mony' is not one of money, energy, carbon; the nearest is money"),
        ),
        (
            ("--price", "ipu-pod16=1 USD"),
            (
                "'ipu-pod16=1 USD' is no price: write system=amount currency date origin, "
                "ipu-pod16=149995 USD 2021-06 own list"
            ),
        ),
        (("--price", "ipu-pod=1 USD 2021 own"), "system 'ipu-pod' needs a chip count, such as ipu-pod:4"),
        (
            ("--price", "ipu-pod64=1 USD 2021 own"),
            ("a price of ipu-pod:64 counts for nothing: it is not in this question; the nearest is ipu-pod:16"),
        ),
        (
            ("--price", "ipu-pod16=nan USD 2021 own"),
            "'nan USD' is not understood; write for example 149,995 USD 2021-06, 27.2 USD/h 2021, 2 USD/chip-hour 2025",
        ),
        (("--price", "ipu-pod16=-5 USD 2021 own"), "a price is from 1 to 1,000,000,000,000 USD"),
        (("--price", "ipu-pod16=1e99 USD 2021 own"), "a price is from 1 to 1,000,000,000,000 USD"),
        (("--price", "ipu-pod16=5 UDS 2021 own"), "'UDS' is no known currency; the nearest is USD"),
        (("--price", "ipu-pod16=5 USD yesterday own"), "'yesterday' is no date; write for example 2021-12"),
        (
            ("--price", "ipu-pod16=5 USD 2021 a", "--price", "ipu-pod16=6 USD 2021 a"),
            "the price of ipu-pod:16 is given twice; give it once",
        ),
        (
            ("--price", "ipu-pod16=5 USD 2021 read"),
            ("'ipu-pod16=5 USD 2021 read' does not say what was read; write for example read a list of prices"),
        ),
        (("--price", "ipu-pod16=5 USD 2021-02-31 own"), "'2021-02-31' is no date; write for example 2021-12"),
        (
            ("--set", "all.utilisation=50"),
            ("unknown lever 'all.utilisation'; the nearest is all.initialisation_time (0.01 to 10,000 min)"),
        ),
        (
            ("--set", "all.carbon_intensity=0"),
            ("Carbon intensity of '0' is outside 1 to 1,500 g/kWh; the nearest is 1 g/kWh"),
        ),
        (
            ("-o", "cost.doc"),
            (
                "cannot write 'cost.doc': .doc is not known; the nearest of .pptx, .xlsx, "
                ".pdf, .html, .png, .svg, .csv is .pdf"
            ),
        ),
    ],
)
def test_that_bad_input_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    assert refused(capsys, *QUESTION, *arguments) == line


def test_that_a_job_known_by_a_ratio_only_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "cost", "-w", "insurance", "-s", "ipu-pod16") == STATED_ONLY


@pytest.mark.parametrize(
    ("text", "amount", "per"),
    [
        ("dgx-a100=$2.99/GPU-hour 2024 a quote", 23.92, RENT),
        ("dgx-a100=2.99 USD per GPU per hour 2024-05 a quote", 23.92, RENT),
        ("dgx-a100=USD 24 per day (2024) a quote", 1.0, RENT),
        ("dgx-a100=20 USD per hour 2021 own", 20.0, RENT),
        ("dgx-a100=$149.9k 2021 own", 149900.0, BUY),
        ("dgx-a100=149 995 USD 2021-06 own, of 2020", 149995.0, BUY),
    ],
)
def test_that_a_price_is_read_as_the_window_reads_it(text: str, amount: float, per: str) -> None:
    price = parse_price(text, CATALOG)[1]
    assert (price.amount, price.currency, price.per) == (amount, "USD", per)


def test_that_electricity_and_carbon_may_be_of_any_country(capsys: pytest.CaptureFixture[str]) -> None:
    power = ("--set", "ipu-pod:16.power_kw=300 W/chip")
    site = ("--set", "all.electricity_price=30 JPY/kWh", "--set", "all.carbon_intensity=0.4245 kg/kWh")
    bill = as_json(capsys, "cost", "-s", "ipu-pod16", *power, *site)["systems"][0]
    assert bill["power_kw"] == pytest.approx(4.8)
    energy = bill["energy_kwh"]["median"]
    assert bill["electricity"]["median"] == pytest.approx(30.0 * energy)
    assert bill["carbon_kg"]["median"] == pytest.approx(0.4245 * energy)


def test_that_a_typed_price_says_whose_it_is() -> None:
    choice, price = parse_price("ipu-pod16=149,995 usd 2021-06 own list", CATALOG)
    assert choice.key == "ipu-pod:16" and (price.amount, price.currency, price.per) == (149995.0, "USD", BUY)
    assert (price.date, price.origin, price.kind, price.confirmed) == ("2021-06", "own list", OWN, True)
    assert parse_price("dgx-a100=30 USD/h 2021 read a page", CATALOG)[1].per == RENT
    read = parse_price("dgx-a100=30 USD/h 2021 read a page", CATALOG)[1]
    assert (read.kind, read.origin, read.confirmed) == (READ, "a page", True)
    recalled = parse_price("dgx-a100=30 USD 2021 recalled by a friend", CATALOG)[1]
    assert (recalled.kind, recalled.origin, recalled.confirmed) == (RECALLED, "by a friend", False)
    confirmed = parse_price("dgx-a100=30 USD 2021 recalled confirmed by a friend", CATALOG)[1]
    assert (confirmed.kind, confirmed.origin, confirmed.confirmed) == (RECALLED, "by a friend", True)


@pytest.mark.parametrize(
    "origin", ["recalled", "Recalled list", "RECALLED", "recalled, list price", "recalled: a list", "(recalled) list"]
)
def test_that_a_recalled_price_counts_for_nothing_however_it_is_written(
    capsys: pytest.CaptureFixture[str], origin: str
) -> None:
    price = parse_price(f"ipu-pod16=5 USD/h 2021 {origin}", CATALOG)[1]
    assert (price.kind, price.confirmed) == (RECALLED, False)
    answer = as_json(capsys, *QUESTION, "--price", f"ipu-pod16=5 USD/h 2021 {origin}")
    assert answer["systems"][0]["money"] is None


@pytest.mark.parametrize(
    ("origin", "words"), [("recalled confirmed list", "list"), ("Recalled, confirmed", "no source was named")]
)
def test_that_a_confirmed_price_from_memory_keeps_its_mark(
    capsys: pytest.CaptureFixture[str], origin: str, words: str
) -> None:
    text = " ".join(ask(capsys, *QUESTION, "--price", f"ipu-pod16=20 USD/h 2021 {origin}").split())
    assert f"20 USD an hour (2021); from memory and confirmed by you: {words}." in text
    basis = ("compare", "-s", "ipu-pod16", "--basis", "per-money", "--price", f"ipu-pod16=20 USD 2021 {origin}")
    assert "from memory and confirmed by you" in " ".join(ask(capsys, *basis).split())


def test_that_a_recalled_price_is_told_as_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, *QUESTION, "--price", "ipu-pod16=20 USD/h 2021 recalled by a friend")
    assert answer["systems"][0]["money"] is None and answer["systems"][0]["price"] is None
    assert any(notice.startswith("Not counted until it is confirmed") for notice in answer["notices"])


@pytest.mark.parametrize("basis", BASIS_WORDS[1:])
def test_that_compare_goes_by_the_basis_and_hides_official_results(
    capsys: pytest.CaptureFixture[str], basis: str
) -> None:
    prices = ("--price", "ipu-pod16=150000 USD 2021 list", "--price", "dgx-a100=200000 USD 2021 list")
    question = ("compare", "-s", "ipu-pod16,dgx-a100", "--basis", basis, *(prices if basis == "per-money" else ()))
    answer = as_json(capsys, *question)
    assert answer["compared"] == basis and answer["left_out"] == {}
    for each in answer["projections"]:
        assert each["official_s"] is None
        used = answer["unit_hours"][each["system"]]["median"]
        assert used == pytest.approx(answer["units"][each["system"]] * each["time_to_train_s"]["median"] / 3600.0)
    text = ask(capsys, *question)
    assert "Official results are hidden" in text and "Official (min)" not in text


def test_that_a_comparison_per_kw_takes_the_power_that_is_stated(capsys: pytest.CaptureFixture[str]) -> None:
    question = ("compare", "-s", "ipu-pod16,dgx-a100", "--basis", "per-kw", "--set", "ipu-pod16.power_kw=3")
    assert as_json(capsys, *question)["units"]["ipu-pod:16"] == 3.0


def test_that_a_basis_without_figures_says_what_to_state(capsys: pytest.CaptureFixture[str]) -> None:
    question = ("compare", "-s", "ipu-pod16,dgx-a100", "--basis")
    assert "state a price for IPU-POD16" in refused(capsys, *question, "per-money")
    assert "per-chip" in refused(capsys, *question, "per-chips")
    assert "compared" not in as_json(capsys, *question, "per-system")


def test_that_the_measures_are_those_of_the_analysis() -> None:
    assert MEASURES == economics.MEASURES


def test_that_json_is_json_and_the_exit_code_is_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*QUESTION, "--json"]) == 0
    offers = json.loads(capsys.readouterr().out)["known_prices"]["dgx-a100:8"]
    assert len(offers) > 5 and all(offer["date"] for offer in offers)
