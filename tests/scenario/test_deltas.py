from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import field_names, replace
from ipuwhatif.scenario import edits, own_edits
from ipuwhatif.scenario.deltas import deltas, differences
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import told
from tests.scenario.test_edits import random_edit, stated

CATALOG, LEVERS = load_catalog(), load_levers()
POD64, BOW64, DGX = SystemChoice("ipu-pod", 64), SystemChoice("bow-pod", 64), SystemChoice("dgx-a100", 8)
PRICE = Price(32450.0, "USD", "buy", "2020-12", "a quote", "own")


def lines(scenario: Scenario, base: Scenario = FIRST_START) -> tuple[str, ...]:
    return tuple(map(told, deltas(scenario, base, LEVERS, CATALOG)))


def test_that_each_difference_is_a_line_that_people_understand() -> None:
    scenario = edits.set_release(FIRST_START, "2021-06").scenario
    scenario = edits.tick_system(scenario, BOW64, True, CATALOG).scenario
    scenario = edits.tick_system(scenario, DGX, False, CATALOG).scenario
    scenario = edits.set_lever(scenario, "ipu", LEVERS["compute_gain"], 1.3, CATALOG).scenario
    scenario = edits.set_target(scenario, 60.0).scenario
    scenario = edits.set_basis(scenario, "chip").scenario
    scenario = edits.set_show_official(scenario, False).scenario
    scenario = edits.set_policy(scenario, "as-submitted").scenario
    scenario = own_edits.set_price(scenario, POD64, PRICE, CATALOG).scenario
    scenario = own_edits.set_measurement(scenario, POD64, Measurement("time", 600.0), CATALOG).scenario
    assert lines(scenario) == (
        "Software as of 2021-06 in place of 2021-12",
        "Layout as submitted",
        "adds Bow Pod64 (64 IPUs)",
        "without DGX A100 (8 GPUs)",
        "Reference IPU-POD16 (16 IPUs)",
        "IPU compute gain 1.30 ×",
        "target 1 min",
        "per chip in place of per system",
        "hides official results",
        "IPU-POD64 (64 IPUs) at 32,450 USD (2020-12)",
        "measured on IPU-POD64 (64 IPUs): 10 min",
    )


def test_that_another_job_is_told_with_what_is_stated_about_it() -> None:
    b4 = edits.set_samples(stated("efficientnet-b4"), 100 * 1281167.0, CATALOG).scenario
    b4 = edits.set_software(b4, "pytorch-21.03", CATALOG).scenario
    assert lines(b4) == (
        "EfficientNet-B4 in place of ResNet-50",
        "Software PyTorch, container 21.03",
        "Amount of work 100 epochs",
    )
    weather = edits.set_baseline_time(stated("weather"), 70.5 * 3600).scenario
    weather = edits.set_statement(weather, "weather-china-cpu", CATALOG).scenario
    assert lines(weather)[1:] == ("Time today 70.5 h", "Statement weather in China, IPU over CPU")
    assert lines(edits.set_recipe(stated("bert-large"), "open").scenario)[1:] == ("Recipe open in place of closed",)


def test_that_what_the_base_alone_has_is_told_as_taken_back() -> None:
    base = FIRST_START.with_lever("ipu.compute_gain", 1.3).with_price("ipu-pod:64", PRICE)
    base = edits.set_target(base, 60.0).scenario
    back = ("IPU compute gain back to default", "no target", "no price of IPU-POD64 (64 IPUs)")
    assert lines(FIRST_START, base) == back


def test_that_a_lever_both_have_is_told_with_the_value_of_the_base_and_can_be_found_again() -> None:
    base = FIRST_START.with_lever("ipu.compute_gain", 1.3)
    (delta,) = differences(base.with_lever("ipu.compute_gain", 1.5), base, LEVERS, CATALOG)
    assert (told(delta.text), delta.lever) == ("IPU compute gain 1.50 × in place of 1.30 ×", "ipu.compute_gain")


@settings(max_examples=60)
@given(st.data())
def test_that_there_is_a_line_exactly_where_there_is_a_difference(data: st.DataObject) -> None:
    scenarios = [FIRST_START]
    for _ in range(data.draw(st.integers(0, 6))):
        scenarios.append(data.draw(random_edit(scenarios[-1])).scenario)
    one, other = data.draw(st.sampled_from(scenarios)), scenarios[-1]
    for scenario, base in ((one, other), (other, one)):
        found = lines(scenario, base)
        assert bool(found) == (scenario != base)
        assert len(set(found)) == len(found) and all(line and "\n" not in line for line in found)


@settings(max_examples=60)
@given(st.data())
def test_that_every_field_alone_makes_a_line(data: st.DataObject) -> None:
    scenario = FIRST_START
    for _ in range(4):
        scenario = data.draw(random_edit(scenario)).scenario
    for name in field_names(Scenario):
        alone = replace(FIRST_START, **{name: getattr(scenario, name)})
        assert bool(lines(alone)) == (alone != FIRST_START), name
        assert bool(lines(FIRST_START, alone)) == (alone != FIRST_START), name


def test_that_a_lever_written_out_at_its_default_is_a_difference_too() -> None:
    assert lines(FIRST_START.with_lever("ipu.compute_gain", 1.0)) == ("IPU compute gain set to default",)
