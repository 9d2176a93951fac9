from itertools import compress, product

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Gains, PinnedCut, Pins
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.resolve import case_of, settings_for
from ipuwhatif.scenario.scenario import FIRST_START
from tests.refusals import refused

CATALOG, LEVERS = load_catalog(), load_levers()
POD16, POD64, DGX = SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 64), SystemChoice("dgx-a100", 8)


def test_that_without_levers_a_case_has_no_pins_and_no_gains() -> None:
    case = case_of(FIRST_START, POD64, LEVERS, CATALOG)
    assert (case.workload, case.choice, case.release, case.recipe) == ("resnet50", POD64, "2021-12", "closed")
    assert case.pins == Pins() and case.gains == Gains()


def test_that_what_is_stated_of_a_job_reaches_the_case() -> None:
    stated = set_workload(FIRST_START, "weather-emulator", CATALOG).scenario
    case = case_of(replace(stated, samples=5e6, layers=(5, 7)), POD64, LEVERS, CATALOG)
    assert (case.samples, case.layers, case.software) == (5e6, (5, 7), "")
    b4 = set_workload(FIRST_START, "efficientnet-b4", CATALOG).scenario
    assert case_of(replace(b4, software="pytorch-21.03"), DGX, LEVERS, CATALOG).software == "pytorch-21.03"


def test_that_a_job_with_a_target_has_no_amount_of_work() -> None:
    assert case_of(replace(FIRST_START, samples=5.0), POD64, LEVERS, CATALOG).samples is None


def test_that_a_stated_ratio_is_no_case() -> None:
    insurance = set_workload(FIRST_START, "insurance", CATALOG).scenario
    with refused(
        "insurance is known by a stated ratio only, there is no network to project: give what the job "
        'takes you today, ipuwhatif project -w insurance --baseline-time "70.5 h"'
    ):
        case_of(insurance, POD64, LEVERS, CATALOG)


def test_that_the_layout_policy_reaches_the_case() -> None:
    assert case_of(replace(FIRST_START, policy=AS_SUBMITTED), POD64, LEVERS, CATALOG).policy == AS_SUBMITTED


@pytest.mark.parametrize(
    ("lever", "gain"), [("compute_gain", "compute"), ("link_bandwidth_gain", "link_bandwidth"), ("clock", "clock")]
)
def test_that_each_gain_reaches_its_place_and_no_other(lever: str, gain: str) -> None:
    case = case_of(FIRST_START.with_lever(f"ipu.{lever}", 1.25), POD64, LEVERS, CATALOG)
    assert case.gains == replace(Gains(), **{gain: 1.25})


def test_that_a_family_lever_moves_its_family_only() -> None:
    scenario = FIRST_START.with_lever("ipu.compute_gain", 1.3)
    assert case_of(scenario, POD16, LEVERS, CATALOG).gains.compute == 1.3
    assert case_of(scenario, POD64, LEVERS, CATALOG).gains.compute == 1.3
    assert case_of(scenario, DGX, LEVERS, CATALOG).gains == Gains()
    assert case_of(scenario, SystemChoice("bow-pod", 64), LEVERS, CATALOG).gains == Gains()


def test_that_the_narrower_setting_holds_in_whatever_order_they_were_made() -> None:
    values = {"ipu-pod:16.clock": 1.1, "ipu.clock": 1.2, "all.clock": 1.3}
    owners = {POD16: ("ipu-pod:16", "ipu", "all"), POD64: ("ipu", "all"), DGX: ("all",)}
    for kept in product((True, False), repeat=3):
        levers = dict(compress(values.items(), kept))
        for order in (levers, dict(reversed(levers.items()))):
            for choice, scopes in owners.items():
                held = next(((scope, levers[f"{scope}.clock"]) for scope in scopes if f"{scope}.clock" in levers), None)
                assert settings_for(replace(FIRST_START, levers=order), choice, CATALOG).get("clock") == held


def test_that_a_systems_own_lever_wins_over_its_familys() -> None:
    scenario = FIRST_START.with_lever("ipu.compute_gain", 1.3).with_lever("ipu-pod:64.compute_gain", 0.8)
    assert case_of(scenario, POD64, LEVERS, CATALOG).gains.compute == 0.8
    assert case_of(scenario, POD16, LEVERS, CATALOG).gains.compute == 1.3
    assert settings_for(scenario, POD64, CATALOG)["compute_gain"] == (POD64.key, 0.8)


def test_that_a_pinned_batch_is_a_whole_number_of_one_system() -> None:
    scenario = FIRST_START.with_lever("ipu-pod:64.global_batch", 5120.0)
    pinned = case_of(scenario, POD64, LEVERS, CATALOG).pins.global_batch
    assert pinned == 5120 and isinstance(pinned, int)
    assert case_of(scenario, POD16, LEVERS, CATALOG).pins == Pins()


def test_that_levers_of_a_language_model_say_how_it_is_cut() -> None:
    llama, hall = set_workload(FIRST_START, "llama31-70b", CATALOG).scenario, SystemChoice("gb300-nvl72", 72)
    held = {"tensor_parallel": 4.0, "product_bits": 4.0, "recompute_layers": 1.0}
    pinned = replace(llama, levers={f"{hall.key}.{key}": value for key, value in held.items()})
    cut = case_of(pinned, hall, LEVERS, CATALOG).cut
    assert cut == PinnedCut(tensor_parallel=4, precision="fp4", recompute="full")
    assert case_of(llama, hall, LEVERS, CATALOG).cut == PinnedCut()


def test_that_numbers_of_5_bits_are_refused() -> None:
    llama = set_workload(FIRST_START, "llama31-70b", CATALOG).scenario.with_lever("gpu.product_bits", 5.0)
    with refused("products run in 16, 8 or 4 bit, not in 5"):
        case_of(llama, SystemChoice("gb300-nvl72", 72), LEVERS, CATALOG)


def test_that_how_a_language_model_is_cut_does_not_follow_to_another_job() -> None:
    llama = set_workload(FIRST_START, "llama31-70b", CATALOG).scenario.with_lever("gpu.product_bits", 4.0)
    assert set_workload(llama, "resnet50", CATALOG).scenario.levers == {}
