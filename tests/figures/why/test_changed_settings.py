"""What the user has changed, as rows."""

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import WhyRow
from ipuwhatif.figures.why.changed_settings import changed_rows
from ipuwhatif.model.case import Assumed, Case, Gains, Pins
from ipuwhatif.records import replace
from tests.figures import samples

CASE = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")


def rows(case: Case) -> tuple[WhyRow, ...]:
    return changed_rows(replace(samples.projection("ipu-pod:64", 8.57), case=case))


def values(case: Case) -> dict[str, str]:
    return {row.name: row.value for row in rows(case)}


def test_that_nothing_moved_has_no_rows() -> None:
    assert rows(CASE) == ()


def test_that_levers_assumptions_and_pins_have_their_values() -> None:
    moved = replace(
        CASE,
        gains=Gains(compute=1.3, rounds=1.0),
        assumed=Assumed(launch=0.5),
        pins=Pins(global_batch=3200, pipeline_stages=2),
    )
    assert values(moved) == {
        "Compute gain": "1.30 ×",
        "Software drift": "1.00 rounds",
        "Global batch": "3,200 samples",
        "Pipeline stages": "2 stages",
        "Launch cost": "0.50 ×",
    }


def test_that_software_layers_and_work_are_named() -> None:
    software = replace(CASE, workload="vit-b16", software="pytorch-21.03", samples=1_281_167.0)
    assert list(values(software)) == ["Software", "Amount of work"]
    assert rows(software)[0].origin is not None
    assert list(values(replace(CASE, workload="weather-emulator", layers=(16, 32, 16)))) == ["Layer sizes"]
