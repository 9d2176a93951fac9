import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.scenarios.own_figures import measurement_text, origin_text
from ipuwhatif.files import resource
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, examples, parse_measurement
from ipuwhatif.scenario.prices.prices import BUY, READ, RECALLED, Price
from ipuwhatif.texts import LANGUAGES, set_language
from ipuwhatif.units import told

WORKLOADS = load_catalog().workloads


def test_that_a_price_from_memory_says_so_wherever_its_origin_stands() -> None:
    read = Price(5.0, "USD", BUY, "2021", "list", READ)
    assert origin_text(read) == "list"
    assert origin_text(replace(read, kind=RECALLED)) == "from memory and confirmed by you: list"
    assert origin_text(replace(read, kind=RECALLED, confirmed=False)) == "from memory, not confirmed: list"


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_a_measurement_of_any_job_reads_back_as_it_is_told(code: str) -> None:
    set_language(code, resource("i18n"))
    for workload in WORKLOADS.values():
        for measurement in (Measurement(TIME, 1704.0), Measurement(THROUGHPUT, 3900.0)):
            assert parse_measurement(measurement_text(measurement, workload), workload) == measurement


@pytest.mark.parametrize("code", LANGUAGES)
def test_that_the_examples_of_any_job_are_read(code: str) -> None:
    set_language(code, resource("i18n"))
    for workload in WORKLOADS.values():
        time, throughput = told(examples(workload)).replace("或", " or ").split(" or ")
        assert parse_measurement(time, workload) == Measurement(TIME, 1704.0)
        assert parse_measurement(throughput, workload) == Measurement(THROUGHPUT, 3900.0)
