from ipuwhatif.analysis.relative import relative
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.statement import statement_card
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START

CATALOG = load_catalog()


def card(**changes):
    scenario = set_workload(FIRST_START, "insurance", CATALOG).scenario
    scenario = replace(scenario, **{"systems": (), "reference": "", **changes})
    return statement_card(relative(CATALOG, scenario))


def test_that_the_card_has_the_users_time_the_ratio_and_who_stated_it() -> None:
    made = card(baseline_time_s=70.5 * 3600)
    rows = {row.name: row.value for row in made.rows}
    assert made.value == "14.1 h"
    assert rows == {
        "Today, on a GPU": "70.5 h",
        "Stated ratio": "5 ×, insurance, IPU over GPU",
        "By that ratio": "14.1 h",
        "Basis": "stated; no interval",
    }
    assert made.attribution.endswith("no primary source found")


def test_that_the_headline_holds_neither_the_ratio_nor_a_time() -> None:
    said = card(baseline_time_s=70.5 * 3600).headline.text
    assert said == "Insurance: known by a stated ratio only; nothing measured, nothing projected"


def test_that_without_a_time_the_card_has_no_number() -> None:
    made = card()
    assert made.value == "" and {row.value for row in made.rows} >= {"not given yet", "–"}
