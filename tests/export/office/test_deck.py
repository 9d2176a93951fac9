"""The charts of a scenario in the order of a talk: each that has an answer, once, and none that has not."""

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.deck import SIZE, deck
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.units import InputError
from tests.refusals import refused

KINDS = ("compare", "scaling", "breakdown", "sensitivity", "cost")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def of(world: World, workload: str, *systems: str) -> Scenario:
    choices = tuple(SystemChoice(name, int(chips)) for name, _, chips in (each.partition(":") for each in systems))
    recipe = world.catalog.workloads[workload].recipes[0]
    return replace(FIRST_START, workload=workload, recipe=recipe, systems=choices, reference=systems[0])


def titles(figures: list[Figure]) -> str:
    return " | ".join(figure.chart.title for figure in figures)


def test_that_the_first_start_has_five_charts_in_order(world: World) -> None:
    figures = deck(world, FIRST_START)
    first = figures[0].chart
    assert len(figures) == len(KINDS)
    assert "time to train" in first.title and "by chip count" in figures[1].chart.title
    assert len({figure.chart.title for figure in figures}) == len(KINDS)
    assert "energy to train once" in figures[4].chart.title  # what can be told without a price
    assert all(figure.chart.width == SIZE[0] and figure.chart.height >= SIZE[1] for figure in figures)
    assert all(figure.headline.text and figure.table.rows and figure.footnotes for figure in figures)


def test_that_the_charts_are_of_the_scenario_with_its_levers(world: World) -> None:
    moved = FIRST_START.with_lever("ipu.compute_gain", 1.3)
    figures = deck(world, moved)
    for figure in figures:
        said = " ".join((figure.chart.title, figure.chart.subtitle, *figure.notices, figure.headline.text))
        assert "1.30 ×" in said, figure.chart.title
    assert figures[0].table.rows != deck(world, FIRST_START)[0].table.rows


def test_that_a_stated_price_makes_money_the_first_measure(world: World) -> None:
    from ipuwhatif.scenario.prices import OWN, RENT, Price

    key = FIRST_START.systems[0].key
    priced = FIRST_START.with_price(key, Price(20.0, "USD", RENT, "2021", "list", OWN))
    assert "money to train once" in titles(deck(world, priced))


@pytest.mark.parametrize(
    ("workload", "systems"),
    [("efficientnet-b4", ["ipu-pod:16"]), ("bert-large", ["ipu-pod:64", "ipu-pod:2"]), ("hmc", ["tpu-v4:64"])],
)
def test_that_one_system_a_stated_job_and_one_that_does_not_fit_have_charts(
    world: World, workload: str, systems: list[str]
) -> None:
    figures = deck(world, of(world, workload, *systems))
    assert 3 <= len(figures) <= len(KINDS)
    assert len({figure.chart.title for figure in figures}) == len(figures)


def test_that_a_chart_without_an_answer_leaves_the_others_and_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise InputError("no answer")

    monkeypatch.setattr("ipuwhatif.export.office.deck.scaling", refuse)
    figures = deck(world, FIRST_START)
    assert len(figures) == len(KINDS) - 1 and "by chip count" not in titles(figures)
    assert figures[0].notices[-1] == "A chart is left out: no answer."


def test_that_nothing_is_drawn_of_a_ratio_or_of_no_system(world: World) -> None:
    relative = next(each for each in world.catalog.workloads.values() if each.kind == RELATIVE)
    assert deck(world, replace(FIRST_START, workload=relative.key, recipe=relative.recipes[0])) == []
    assert deck(world, replace(FIRST_START, systems=(), reference="")) == []


def test_that_a_job_that_fits_no_system_is_refused(world: World) -> None:
    with refused(
        "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs (a chip would need 1.42 GB; of "
        "its 900 MB, 720 MB are there for that); BERT-Large does not fit on 2 IPUs: the smallest number that does "
        "is 4 IPUs (in 2 pipeline stages a chip would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        deck(world, of(world, "bert-large", "ipu-pod:1", "ipu-pod:2"))
