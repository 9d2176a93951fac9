"""The charts of a scenario in the order of a talk: each that has an answer, once, and none that has not."""

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.chosen import CHARTS, Chosen, in_order
from ipuwhatif.export.office.deck import SIZE, deck, deck_of
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
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
    from ipuwhatif.scenario.prices.prices import OWN, RENT, Price

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
    told = "this scenario has no chart: tick a system, and choose a job that can be projected"
    for scenario in (
        replace(FIRST_START, workload=relative.key, recipe=relative.recipes[0]),
        replace(FIRST_START, systems=(), reference=""),
    ):
        for chart in ("compare", "memory", "roofline"):
            with refused(told):
                deck_of(world, Document((scenario,)), [Chosen(chart, 0)])


def test_that_a_job_that_fits_no_system_is_refused(world: World) -> None:
    with refused(
        "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs (a chip would need 1.42 GB; of "
        "its 900 MB, 720 MB are there for that); BERT-Large does not fit on 2 IPUs: the smallest number that does "
        "is 4 IPUs (in 2 pipeline stages a chip would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        deck(world, of(world, "bert-large", "ipu-pod:1", "ipu-pod:2"))


FASTER = FIRST_START.with_lever("ipu.compute_gain", 1.3)
DOCUMENT = Document((FIRST_START, FASTER), ("", "faster"))


def test_that_every_chart_that_can_be_asked_for_is_made_once(world: World) -> None:
    figures = deck_of(world, DOCUMENT, in_order(tuple(CHARTS), (0,)))
    assert len({figure.chart.title for figure in figures}) == len(CHARTS)
    assert not any("·" in figure.chart.title for figure in figures)  # one scenario needs no letter


def test_that_charts_come_in_the_order_that_was_asked_for(world: World) -> None:
    figures = deck_of(world, DOCUMENT, [Chosen("cost", 0), Chosen("compare", 0)])
    assert [figure.chart.title.partition(",")[0] for figure in figures] == ["ResNet-50", "ResNet-50"]
    assert "energy to train once" in figures[0].chart.title and "time to train" in figures[1].chart.title


def test_that_charts_of_several_scenarios_say_whose_they_are(world: World) -> None:
    figures = deck_of(world, DOCUMENT, in_order(("compare", "breakdown"), (1, 0)))
    assert [figure.chart.title.split(" · ")[0] for figure in figures] == ["B: faster", "A"] * 2
    assert [figure.notices[0] for figure in figures] == ["Scenario B: faster", "Scenario A"] * 2
    assert figures[0].table.rows != figures[1].table.rows


def test_that_a_scenario_stands_beside_the_active_one_on_its_charts(world: World) -> None:
    figures = deck_of(world, DOCUMENT, beside=1)
    names = {row[0].text for row in figures[0].table.rows}
    assert {"A · IPU-POD16 (16 IPUs)", "B · IPU-POD16 (16 IPUs)"} <= names and len(figures) == len(KINDS)
    curves, parts, cost = figures[1], figures[2], figures[4]
    alone = deck(world, FIRST_START)
    assert curves.headline.text.startswith("B · IPU-POD (16 IPUs) takes about 18 % less time than A · IPU-POD")
    assert len(curves.chart.lines) > len(alone[1].chart.lines)
    assert [column.of[:4] for column in parts.table.columns[1:3]] == ["A · ", "B · "]
    assert len(cost.table.rows) == 2 * len(alone[4].table.rows)
    assert figures[3].chart == alone[3].chart  # what one system depends on is of one scenario


def test_that_a_job_that_cannot_stand_beside_another_leaves_those_charts_out(world: World) -> None:
    document = Document((FIRST_START, of(world, "bert-large", "ipu-pod:64")), ("", ""))
    (figure,) = deck_of(world, document, in_order(("compare", "scaling", "sensitivity"), (0,)), beside=1)
    assert figure.notices[-1] == (
        "A chart is left out: A and B are two jobs: only scenarios of one workload stand beside each other."
    )
