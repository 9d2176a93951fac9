"""The Cost figure: derived numbers with their intervals, words in the place of what is missing, nothing official."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.cost.economics import CARBON, ENERGY, MEASURES, MONEY, Economics, economics, economics_of
from ipuwhatif.analysis.results import Comparison
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import OFFICIAL, Figure
from ipuwhatif.figures.cost.cost import cost_figure
from ipuwhatif.figures.cost.cost_words import amount_unit
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, RENT, Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from tests.figures import samples
from tests.figures.compare.test_compare import assert_well_set
from tests.refusals import refused

POD16, DGX = "ipu-pod:16", "dgx-a100:8"


def price(amount: float, per: str = BUY, currency: str = "USD", date: str = "2021-06") -> Price:
    return Price(amount, currency, per, date, "own list", "own")


def stated() -> Scenario:
    scenario = samples.scenario().with_price(POD16, price(150e3)).with_price(DGX, price(250e3))
    for name, value in (("lifetime_years", 3.0), ("utilisation", 50.0)):
        scenario = scenario.with_lever(f"ipu.{name}", value).with_lever(f"gpu.{name}", value)
    return scenario.with_lever("all.carbon_intensity", 300.0).with_lever("all.electricity_price", 0.15)


def answer(scenario: Scenario, comparison: Comparison | None = None) -> Economics:
    return economics_of(load_world(), scenario, comparison or samples.comparison())


def figure(measure: str = MONEY, scenario: Scenario | None = None, comparison: Comparison | None = None) -> Figure:
    scenario = scenario or stated()
    return cost_figure(answer(scenario, comparison), scenario, measure)


@pytest.mark.parametrize("measure", MEASURES)
def test_that_a_row_is_the_number_with_its_interval(qapp, measure: str) -> None:
    made, bills = figure(measure), answer(stated()).bills
    drawn = [bill for bill in bills if bill.quantity(measure) is not None]
    assert len(made.chart.intervals) == len(drawn) == (2 if measure == MONEY else 5)
    for interval, bill in zip(made.chart.intervals, drawn, strict=True):
        quantity = bill.quantity(measure)
        assert quantity is not None
        assert (interval.low, interval.median, interval.high) == (quantity.low, quantity.median, quantity.high)
    assert_well_set(made.chart)


@pytest.mark.parametrize("measure", MEASURES)
def test_that_nothing_official_stands_beside_it_and_it_is_called_derived(measure: str) -> None:
    made = figure(measure)
    assert made.chart.marks == () and not any(entry.style == OFFICIAL for entry in made.chart.legend)
    assert not any("official" in label.text for label in made.chart.labels)
    assert made.chart.subtitle.startswith("Derived, no official metric.")
    assert "projected" in made.headline.text
    assert made.notices[0].endswith("they are not MLPerf® Training metrics.")
    assert not any(note.text.startswith("[") for note in made.footnotes)


def test_that_every_key_on_the_page_has_an_answer() -> None:
    for measure in MEASURES:
        made = figure(measure)
        known = {why.key for why in made.why}
        keys = {each.key for each in (*made.chart.intervals, *made.headline.parts)}
        assert (keys | {cell.key for row in made.table.rows for cell in row}) - {""} <= known


def test_that_the_why_holds_formula_inputs_and_origins() -> None:
    whys = {why.key: why for why in figure().why}
    money = whys[f"cost/money/{POD16}"]
    assert money.sections[0].rows[0].detail == "150,000 USD / (3 years × 8,766 h × 50 %) × 28.2 min"
    assert "own list" in [row.detail for row in money.sections[1].rows]
    carbon = whys[f"cost/carbon/{POD16}"]
    assert carbon.sections[0].rows[0].detail == "6 kW × 28.2 min × 300 g/kWh"
    (power,) = [row for row in carbon.sections[1].rows if row.name == "Power (kW)"]
    assert power.origin is not None and "4 × IPU-M2000" in power.detail and "without host servers" in power.detail
    assert whys["cost/money/ipu-pod:64"].summary == "State a price for IPU-POD64 (64 IPUs)."


def test_that_the_table_has_every_number_and_the_price_with_date_and_origin() -> None:
    made = figure()
    titles = [column.title for column in made.table.columns]
    assert titles == [
        "System",
        "Projected time (min)",
        "Money (USD)",
        "80 % interval (USD)",
        "Energy (kWh)",
        "Carbon (g CO₂e)",
        "Electricity (USD)",
        "Price",
    ]
    assert made.table.rows[0][-1].text == "150,000 USD (2021-06); own list"
    assert [made.table.rows[1][column].text for column in (2, 3, 7)] == ["–", "–", "–"]
    assert len(made.table.rows) == len(made.table.tints) == 5


def test_that_where_nothing_can_be_told_words_say_what_to_state() -> None:
    plain = samples.scenario()
    with refused(
        "money cannot be told yet: state a price for IPU-POD16 (16 IPUs); state a price for IPU-POD64 (64 IPUs); "
        "state a price for IPU-POD256 (256 IPUs) and so on"
    ):
        cost_figure(answer(plain), plain, MONEY)
    with refused("carbon cannot be told yet: state the carbon intensity of the electricity"):
        cost_figure(answer(plain), plain, CARBON)
    assert cost_figure(answer(plain), plain, ENERGY).chart.intervals
    with refused("measure 'mony' is unknown; nearest: money"):
        cost_figure(answer(plain), plain, "mony")


def test_that_currencies_are_not_compared() -> None:
    made = figure(scenario=stated().with_price(POD16, price(150e3, BUY, "EUR")))
    assert [tick.text for tick in made.chart.y_axis.ticks] == ["DGX A100 (8 GPUs)"]
    assert any(each.startswith("Left out: IPU-POD16 (16 IPUs) (its price is in another") for each in made.notices)
    told = "Prices in different currencies are neither added nor compared: IPU-POD16 EUR and DGX A100 USD."
    assert told in made.notices
    assert made.table.rows[0][2].text.endswith(" EUR") and made.table.rows[0][2].number is None
    assert [column.title for column in made.table.columns][2] == "Money"


def test_that_dates_far_apart_are_named() -> None:
    made = figure(scenario=stated().with_price(POD16, price(150e3, date="2019-12")))
    assert "Prices may lie more than twelve months apart: IPU-POD16 2019-12 and DGX A100 2021-06." in made.notices
    assert "%" not in made.headline.text and "×" not in made.headline.text.replace("8 × DGX", "")


def test_that_a_recalled_price_is_listed_as_not_counted() -> None:
    recalled = replace(price(150e3), kind="recalled", confirmed=False)
    made = figure(scenario=stated().with_price(POD16, recalled))
    assert any(each.startswith("Not counted until it is confirmed: IPU-POD16") for each in made.notices)
    assert len(made.chart.intervals) == 1


def test_that_a_ratio_stands_only_between_prices_of_one_kind() -> None:
    assert "IPU-POD16 takes 41.7 % less" in figure().headline.text
    rented = figure(scenario=stated().with_price(DGX, price(30.0, RENT)))
    assert "less" not in rented.headline.text and "as much" not in rented.headline.text
    assert any(each.startswith("A rent and a share of a purchase price are unlike") for each in rented.notices)


def told(made: Figure) -> list[str]:
    return [part.text for part in made.headline.parts if part.key.startswith("cost/")]


def test_that_a_headline_of_money_says_of_each_side_whether_it_is_rented_or_bought() -> None:
    assert [each.partition(" (")[2][-8:] for each in told(figure())] == ["(bought)"] * 2
    made = figure(scenario=stated().with_price(DGX, price(30.0, RENT)))
    ours, theirs = told(made)
    assert ours.startswith("IPU-POD16") and ours.endswith(" USD (bought)")
    assert theirs.startswith("DGX A100") and theirs.endswith(" USD (rented)")
    assert not any("(bought)" in each or "(rented)" in each for each in told(figure(ENERGY)))


def test_that_a_bare_picture_of_rents_beside_purchases_says_which_is_which() -> None:
    made = figure(scenario=stated().with_price(DGX, price(30.0, RENT)))
    assert "IPU-POD16 bought. DGX A100 rented." in made.chart.subtitle
    assert "bought" not in figure().chart.subtitle


def test_that_energies_that_count_different_things_make_no_ratio() -> None:
    far = samples.comparison({"ipu-pod:16": 28.2, "dgx-a100:8": 90.0})
    made = figure(ENERGY, comparison=far)
    assert "less" not in made.headline.text
    assert made.headline.text.endswith("what is counted differs")
    assert "Power of IPU-POD16: without host servers and switches." in made.notices
    assert "IPU-POD16 without host servers and switches." in made.chart.subtitle.replace("\n", " ")
    both = stated().with_lever("ipu-pod:16.power_kw", 7.0).with_lever("dgx-a100:8.power_kw", 6.0)
    assert "IPU-POD16 takes 63.4 % less" in figure(ENERGY, both, far).headline.text


def test_that_cooling_and_electricity_are_said_to_be_counted_or_not() -> None:
    made = figure(ENERGY)
    assert any(each.startswith("Cooling is not counted") for each in made.notices)
    assert "Electricity has a column of its own; it is not in the money." in made.notices
    cooled = figure(ENERGY, stated().with_lever("all.cooling_overhead", 1.2))
    assert not any(each.startswith("Cooling is not counted") for each in cooled.notices)


def test_that_a_job_without_a_target_names_its_amount_of_work_and_no_suite() -> None:
    scenario = replace(FIRST_START, workload="gpt2-xl", recipe="stated", systems=FIRST_START.systems[1:])
    made = cost_figure(economics(load_world(), scenario, draws=4), scenario, ENERGY)
    assert made.chart.title.startswith("GPT-2 XL: energy for 10 billion tokens")
    assert "MLPerf" not in " ".join((*made.notices, made.headline.text, made.chart.title, made.chart.subtitle))


@pytest.mark.parametrize(
    ("values", "unit"),
    [([0.5], "Wh"), ([1.0], "kWh"), ([999.0, 5e4], "kWh"), ([1e3, 5e4], "MWh"), ([1e-9], "Wh")],
)
def test_that_units_are_those_people_say(values: list[float], unit: str) -> None:
    assert amount_unit(ENERGY, values)[0] == unit


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(1e-3 / 60, 1e6 / 60), min_size=2, max_size=5),
    st.floats(1.0, 1e9),
    st.sampled_from(MEASURES),
    st.sampled_from([(960, 540), (720, 420), (1366, 768)]),
)
def test_that_any_amounts_are_well_set(qapp, minutes, amount, measure, size) -> None:
    keys = (DGX, POD16, "ipu-pod:64", "ipu-pod:256", "dgx-a100:64")
    comparison = samples.comparison(dict(zip(keys, minutes, strict=False)))
    scenario = stated().with_price(POD16, price(amount))
    assert_well_set(cost_figure(answer(scenario, comparison), scenario, measure, *size).chart)


def test_that_a_reference_without_a_price_gives_its_place_to_one_of_its_kind() -> None:
    scenario = stated().with_price(DGX, None).with_price("dgx-a100:64", price(2e6)).with_price("ipu-pod:64", price(6e5))
    made = figure(scenario=scenario)
    assert made.headline.text.startswith("ResNet-50, money to train once: IPU-POD16 (16 IPUs) ")
    told = "The reference DGX A100 (8 GPUs) is left out: 8 × DGX A100 (64 GPUs) stands in its place."
    assert told in made.notices
    assert not any(notice.startswith("The reference") for notice in figure().notices)


def test_that_a_row_of_recalled_figures_is_marked_on_the_chart() -> None:
    comparison = samples.comparison()
    first = replace(comparison.projections[0], sourced=False)
    made = figure(ENERGY, comparison=replace(comparison, projections=(first, *comparison.projections[1:])))
    assert "not sourced" in [label.text for label in made.chart.labels]


def test_that_money_of_prices_that_hold_unlike_things_makes_no_ratio() -> None:
    answered = answer(stated())
    first, *others = answered.bills
    bare = replace(answered, bills=(replace(first, price_leaves_out="host servers and switches"), *others))
    made = cost_figure(bare, stated(), MONEY)
    assert "takes" not in made.headline.text and made.headline.text.endswith("what is counted differs")
    assert "IPU-POD16 without host servers and switches." in made.chart.subtitle.replace("\n", " ")
    assert "takes" in cost_figure(answered, stated(), MONEY).headline.text


def test_that_measures_of_which_nothing_is_known_have_no_column() -> None:
    plain = figure(ENERGY, samples.scenario())
    assert [column.title for column in plain.table.columns] == [
        "System",
        "Projected time (min)",
        "Energy (kWh)",
        "80 % interval (kWh)",
    ]
    assert {len(row) for row in plain.table.rows} == {4}


def test_that_carbon_names_the_electricity_that_it_is_of() -> None:
    assert "Electricity of 300 g/kWh. " in figure(CARBON).chart.subtitle.replace("\n", " ")
    assert "g/kWh" not in figure(ENERGY).chart.subtitle
