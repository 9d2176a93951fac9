"""Jobs that are known by a stated ratio only."""

import pytest

from ipuwhatif.analysis.relative import relative
from ipuwhatif.analysis.results import STATED
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.statement import statement_card
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.refusals import refused

CATALOG = load_catalog()


def asked(workload: str, **changes):
    return replace(set_workload(FIRST_START, workload, CATALOG).scenario, **changes)


def test_that_the_users_own_time_is_divided_by_the_stated_ratio() -> None:
    answer = relative(CATALOG, asked("insurance", baseline_time_s=70.5 * 3600))
    assert answer.time_s == pytest.approx(14.1 * 3600)
    assert statement_card(answer).attribution == "Graphcore stated 5 × (AET, 2021-12-30); no primary source found"
    assert answer.basis == STATED
    assert answer.origin.published == "2021-12-30"


def test_that_without_a_time_there_is_a_statement_but_no_number() -> None:
    answer = relative(CATALOG, asked("insurance"))
    assert answer.time_s is None and "stated 5 ×" in statement_card(answer).attribution


@pytest.mark.parametrize(
    ("statement", "ratio"), [("weather-europe-cpu", 50), ("weather-europe-gpu", 5), ("weather-china-cpu", 60)]
)
def test_that_each_statement_has_its_ratio(statement: str, ratio: float) -> None:
    answer = relative(CATALOG, asked("weather", baseline_time_s=600.0, statement=statement))
    assert answer.time_s == pytest.approx(600.0 / ratio)
    assert f"stated {ratio} ×" in statement_card(answer).attribution


def test_that_what_else_is_known_of_a_statement_is_a_note() -> None:
    card = statement_card(relative(CATALOG, asked("weather", statement="weather-europe-cpu")))
    assert "no primary source found" in card.attribution and any("Chantry" in note for note in card.notes)


@pytest.mark.parametrize("seconds", [1e-9, 1e12])
def test_that_a_time_that_no_job_takes_is_refused(seconds: float) -> None:
    with pytest.raises(InputError, match="100 years"):
        relative(CATALOG, asked("insurance", baseline_time_s=seconds))


def test_that_a_projected_job_and_an_unknown_statement_are_refused() -> None:
    with refused(
        "a time of your own counts for jobs that are known by a stated ratio only, insurance and weather; "
        "ResNet-50 is projected"
    ):
        relative(CATALOG, FIRST_START)
    with refused("no statement 'weather-europ' about Weather forecast; the nearest is weather-europe-gpu"):
        relative(CATALOG, asked("weather", statement="weather-europ"))
