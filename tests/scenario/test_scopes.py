import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.scenario.scopes import allowed_scopes, own_scope, set_scope, whose
from ipuwhatif.units import told

CATALOG, LEVERS = load_catalog(), load_levers()
POD16, POD64 = SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 64)
POWER, CLOCK, PRICE = LEVERS["power_kw"], LEVERS["clock"], LEVERS["electricity_price"]


def with_levers(levers: dict[str, float]) -> Scenario:
    return replace(FIRST_START, levers=levers)


def test_that_a_lever_is_for_whom_its_data_says() -> None:
    owners = [own_scope(lever, POD16, CATALOG) for lever in (POWER, CLOCK, PRICE)]
    assert owners == ["ipu-pod:16", "ipu", "all"]
    assert allowed_scopes(CLOCK, POD16, CATALOG) == ("ipu-pod:16", "ipu")
    assert allowed_scopes(PRICE, POD16, CATALOG) == ("ipu-pod:16", "ipu", "all")
    words = [told(whose(scope, POD16, CATALOG)) for scope in ("ipu-pod:16", "ipu", "all")]
    assert words == ["for IPU-POD16 alone", "for every IPU system", "for all systems"]


@pytest.mark.parametrize("scope", ["ipu-pod:16", "ipu", "all"])
@pytest.mark.parametrize("start", ["ipu-pod:16", "ipu", "all"])
def test_that_a_value_set_for_somebody_else_holds_there_and_nowhere_narrower(start: str, scope: str) -> None:
    edit = set_scope(with_levers({f"{start}.electricity_price": 0.2}), PRICE, POD16, scope, CATALOG)
    assert edit.scenario.levers == {f"{scope}.electricity_price": 0.2}


def test_that_what_is_set_for_others_stays() -> None:
    levers = {"ipu-pod:64.clock": 1.3, "ipu-pod:16.clock": 1.2, "ipu.clock": 1.1, "gpu.clock": 0.9}
    edit = set_scope(with_levers(levers), CLOCK, POD16, "ipu", CATALOG)
    assert edit.scenario.levers == {"ipu-pod:64.clock": 1.3, "gpu.clock": 0.9, "ipu.clock": 1.2}
    assert told(edit.name) == "Clock for every IPU system"
    alone = set_scope(with_levers({"ipu.clock": 1.1, "ipu-pod:64.clock": 1.3}), CLOCK, POD16, "ipu-pod:16", CATALOG)
    assert alone.scenario.levers == {"ipu-pod:64.clock": 1.3, "ipu-pod:16.clock": 1.1}


def test_that_a_lever_that_is_not_moved_is_left_alone() -> None:
    assert set_scope(FIRST_START, CLOCK, POD16, "ipu-pod:16", CATALOG).scenario == FIRST_START
