"""Compare by another yardstick than the time: its figures, its words, and no official result beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.beside import Beside, compare_beside
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison, Factor
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import GHOST, OFFICIAL, Figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.prices.prices import BUY, Price
from ipuwhatif.scenario.scenario import BASES, FIRST_START, PER_CHIP, PER_KW, PER_MONEY, PER_RACK_UNIT, PER_SYSTEM
from tests.figures import samples
from tests.figures.compare.test_compare import assert_well_set
from tests.refusals import refused

TITLES = {
    PER_CHIP: "chip-hours to train once",
    PER_KW: "kWh to train once",
    PER_RACK_UNIT: "rack-unit-hours to train once",
    PER_MONEY: "USD-hours of purchase price to train once",
}


def with_units(comparison: Comparison, values, **more) -> Comparison:
    units = tuple(Factor(value, "as stated" if value else "state it", **more) for value in values)
    return replace(comparison, units=units)


def figure(basis: str = PER_CHIP, width: int = 960, **changes) -> Figure:
    comparison = with_units(samples.comparison(), (16.0, 64.0, 256.0, 8.0, 64.0), unit="USD")
    return compare_figure(comparison, samples.scenario(basis=basis, **changes), width)


@pytest.mark.parametrize("basis", list(TITLES))
def test_that_axis_title_table_and_headline_name_the_yardstick(basis: str) -> None:
    made = figure(basis)
    assert made.chart.x_axis.title.casefold() == TITLES[basis].casefold()
    assert made.chart.title.startswith("ResNet-50, closed division: ") and "to train once" in made.chart.title
    assert "…" not in figure(basis, width=660).chart.title
    assert made.table.columns[1].title == made.chart.x_axis.title
    unit = TITLES[basis].split(" ")[0]
    assert unit in made.headline.text and all(unit in label.text for label in made.chart.labels)
    assert "Derived, no official metric." in made.chart.subtitle


def test_that_a_row_is_time_times_units() -> None:
    comparison = samples.comparison()
    made = figure(PER_CHIP)
    for interval, each in zip(made.chart.intervals, comparison.projections, strict=True):
        assert interval.median == pytest.approx(each.time_to_train_s.median * each.choice.chips)
        assert interval.low == pytest.approx(each.time_to_train_s.low * each.choice.chips)
    cells = [row[1].number for row in made.table.rows]
    assert cells == pytest.approx([each.median / 3600.0 for each in made.chart.intervals], rel=5e-3)


@pytest.mark.parametrize("basis", list(TITLES))
def test_that_official_results_are_hidden_and_why_is_said(basis: str) -> None:
    made = figure(basis)
    assert made.chart.marks == () and not any(entry.style == OFFICIAL for entry in made.chart.legend)
    assert not any("official" in label.text for label in made.chart.labels)
    assert not any("Official" in column.title for column in made.table.columns)
    assert not any(note.text.startswith("[") for note in made.footnotes)
    (told,) = [notice for notice in made.notices if notice.startswith("Official results are hidden")]
    assert ("performance per watt" in told) == (basis == PER_KW)
    asked = figure(basis, show_official=False)
    assert not any(notice.startswith("Official results are hidden") for notice in asked.notices)


def test_that_per_system_nothing_changes() -> None:
    plain = compare_figure(samples.comparison(), samples.scenario())
    assert plain == compare_figure(samples.comparison(), samples.scenario(basis=PER_SYSTEM))
    assert plain.chart.marks


def test_that_a_system_without_units_is_left_out_with_the_reason() -> None:
    comparison = with_units(samples.comparison(), (16.0, None, 256.0, None, 64.0))
    made = compare_figure(comparison, samples.scenario(basis=PER_KW))
    assert [tick.text for tick in made.chart.y_axis.ticks] == [
        samples.NAMES[key] for key in ("ipu-pod:16", "ipu-pod:256", "dgx-a100:64")
    ]
    assert "IPU-POD64 (64 IPUs) is left out: state it." in made.notices
    words = {row[0].text: row[3].text for row in made.table.rows}
    assert words["DGX A100 (8 GPUs)"] == "left out" and words["8 × DGX A100 (64 GPUs)"] == "reference"
    told = "The reference DGX A100 (8 GPUs) is left out: 8 × DGX A100 (64 GPUs) stands in its place."
    assert told in made.notices
    known = {why.key: why for why in made.why}
    keys = {cell.key for row in made.table.rows for cell in row} | {each.key for each in made.chart.intervals}
    assert keys <= set(known)
    assert known["missing/dgx-a100:8"].summary == "State it."


def test_that_where_no_system_has_units_the_words_say_what_to_state() -> None:
    comparison = with_units(samples.comparison(), (None,) * 5)
    with refused("state it"):
        compare_figure(comparison, samples.scenario(basis=PER_MONEY))


def test_that_no_ratio_stands_where_what_is_counted_differs() -> None:
    comparison = samples.comparison({"ipu-pod:16": 28.2, "dgx-a100:8": 60.0})
    unlike = (Factor(6.0, "rated", leaves_out="host servers"), Factor(6.5, "rated"))
    made = compare_figure(replace(comparison, units=unlike), samples.scenario(basis=PER_KW))
    assert made.headline.text.endswith("what is counted differs")
    assert "%" not in made.headline.text
    assert [row[3].text for row in made.table.rows] == ["counted differently", "reference"]
    assert "Power of IPU-POD16: without host servers." in made.notices
    assert "IPU-POD16 without host servers." in made.chart.subtitle
    alike = compare_figure(with_units(comparison, (6.0, 6.5)), samples.scenario(basis=PER_KW))
    assert "IPU-POD16 uses 56.6 % less" in alike.headline.text
    assert alike.table.rows[0][3].text == "uses 56.6 % less"


def test_that_no_ratio_is_stated_where_intervals_overlap() -> None:
    comparison = with_units(samples.comparison({"ipu-pod:16": 28.2, "dgx-a100:8": 29.0}), (8.0, 8.0))
    made = compare_figure(comparison, samples.scenario(basis=PER_CHIP))
    assert "not to be told apart" in made.headline.text and made.table.rows[0][3].text == "intervals overlap"


def test_that_the_why_begins_with_how_the_figure_came_about() -> None:
    made = figure(PER_CHIP)
    (why,) = [each for each in made.why if each.key == "projection/ipu-pod:16"]
    assert why.sections[0].title == "Compared per chip"
    assert why.sections[0].rows[0].value == made.chart.labels[0].text


def test_that_baselines_are_measured_alike() -> None:
    comparison = samples.with_lever(samples.comparison())
    made = compare_figure(with_units(comparison, (16.0, 64.0, 256.0, 8.0, 64.0)), samples.scenario(basis=PER_CHIP))
    ghosts = [each for each in made.chart.intervals if each.style == GHOST]
    before = samples.comparison().projections
    assert [each.median for each in ghosts] == pytest.approx(
        [each.time_to_train_s.median * each.choice.chips for each in before[:3]]
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(1e-3 / 60, 1e6 / 60), min_size=1, max_size=6),
    st.lists(st.floats(0.05, 1e7), min_size=6, max_size=6),
    st.sampled_from(list(TITLES)),
    st.sampled_from([(960, 540), (720, 420), (1366, 768)]),
)
def test_that_any_amounts_are_well_set(qapp, minutes, units, basis, size) -> None:
    keys = ("dgx-a100:8", "ipu-pod:16", "ipu-pod:64", "ipu-pod:256", "dgx-a100:64", "ipu-pod:512")
    comparison = samples.comparison(dict(zip(keys, minutes, strict=False)))
    asked = with_units(comparison, units[: len(comparison.projections)], unit="USD", leaves_out="host servers")
    assert_well_set(compare_figure(asked, samples.scenario(basis=basis), *size).chart)


def test_that_the_shipped_footprints_answer_every_basis() -> None:
    systems = (SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8))
    scenario = replace(FIRST_START, systems=systems)
    for choice, amount in zip(systems, (150e3, 200e3), strict=True):
        scenario = scenario.with_price(choice.key, Price(amount, "USD", BUY, "2021-06", "own list", "own"))
    for basis in BASES:
        asked = replace(scenario, basis=basis)
        made = compare_figure(compare(load_world(), asked, draws=4), asked)
        assert len(made.chart.intervals) == 2 and bool(made.chart.marks) == (basis == PER_SYSTEM)


def test_that_prices_are_named_with_date_and_origin_and_told_to_be_far_apart() -> None:
    scenario = samples.scenario(basis=PER_MONEY)
    for key, date in (("ipu-pod:16", "2019-12"), ("dgx-a100:8", "2021-06")):
        scenario = scenario.with_price(key, Price(150e3, "USD", BUY, date, "own list", "own"))
    comparison = with_units(samples.comparison(), (150e3, None, None, 150e3, None), unit="USD")
    made = compare_figure(comparison, scenario)
    assert "Price of IPU-POD16: 150,000 USD (2019-12); own list." in made.notices
    assert "Prices may lie more than twelve months apart: IPU-POD16 2019-12 and DGX A100 2021-06." in made.notices


def test_that_a_reference_without_units_gives_its_place_to_one_of_its_kind() -> None:
    comparison = with_units(samples.comparison(), (150e3, 500e3, None, None, 1.6e6), unit="USD")
    made = compare_figure(comparison, samples.scenario(basis=PER_MONEY))
    assert made.headline.text.startswith("ResNet-50 per purchase price: IPU-POD16 (16 IPUs) ")
    assert "8 × DGX A100 (64 GPUs)" in made.headline.text
    assert made.notices[0] == "The reference DGX A100 (8 GPUs) is left out: 8 × DGX A100 (64 GPUs) stands in its place."
    known = with_units(samples.comparison(), (150e3, 500e3, None, 200e3, 1.6e6), unit="USD")
    told = compare_figure(known, samples.scenario(basis=PER_MONEY)).notices
    assert not any(notice.startswith("The reference") for notice in told)


def test_that_the_rule_of_ratios_is_that_of_times() -> None:
    comparison = with_units(samples.comparison({"ipu-pod:16": 28.2, "dgx-a100:8": 60.0}), (6.0, 6.5))
    far = replace(comparison.projections[0], basis=EXTRAPOLATED, beyond=("chips",))
    made = compare_figure(
        replace(comparison, projections=(far, comparison.projections[1])), samples.scenario(basis=PER_KW)
    )
    assert "IPU-POD16 uses about 57 % less" in made.headline.text
    assert made.table.rows[0][3].text == "uses about 57 % less"
    recalled = replace(comparison, projections=(replace(far, sourced=False), comparison.projections[1]))
    assert compare_figure(recalled, samples.scenario(basis=PER_KW)).table.rows[0][3].text == "not sourced"


def test_that_of_two_scenarios_the_pairs_stay_pairs_where_a_system_has_no_price() -> None:
    priced = replace(FIRST_START, basis=PER_MONEY)
    for choice in priced.systems[2:]:
        priced = priced.with_price(choice.key, Price(1e6, "USD", BUY, "2021", "a quote", "own"))
    world = load_world()
    faster = Beside("A", "B", priced.with_lever("ipu.compute_gain", 1.3))
    figure = compare_figure(compare_beside(world, priced, compare(world, priced), faster), priced)
    assert [row[0].text[:1] for row in figure.table.rows[:6]] == ["A", "B"] * 3
    assert "B · IPU-POD256" in figure.headline.text
