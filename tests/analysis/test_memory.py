"""What fills a chip of each system, and advice of which every piece makes the job fit."""

import pytest

from ipuwhatif.analysis.memory import CHIPS, MEMORY, PRECISION, RECOMPUTE, Memory, Row, memory
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, told


def asked(world: World, scenario: Scenario, workload: str, *systems: str) -> Scenario:
    recipe = world.catalog.workloads[workload].recipes[0]
    release = "2025-06" if workload.startswith("llama") else "2021-12"
    choices = tuple(parse_system(each, world.catalog) for each in systems)
    return replace(scenario, workload=workload, recipe=recipe, release=release, systems=choices)


def only(answer: Memory) -> Row:
    (row,) = answer.rows
    return row


def test_that_systems_that_run_the_job_have_room_left(world: World, scenario: Scenario) -> None:
    answer = memory(world, asked(world, scenario, "resnet50", "ipu-pod16", "dgx-a100"))
    assert [row.choice.key for row in answer.rows] == ["ipu-pod:16", "dgx-a100:8"]
    assert all(row.fits and row.holding.free > 0.0 and not row.advice and not row.reason for row in answer.rows)
    assert answer.parts == ("reserve", "weights", "gradients", "state", "activations") and not answer.missing
    assert answer.rows[0].holding.memory == 900e6 and answer.rows[1].holding.memory == 80e9


def test_that_a_system_without_room_has_a_row_with_the_fewest_chips_that_do(world: World, scenario: Scenario) -> None:
    row = only(memory(world, asked(world, scenario, "llama31-70b", "hgx-h100:1")))
    assert not row.fits and row.holding.beyond == "weights" and "32 GPUs" in told(row.reason)
    assert [(each.what, each.value, each.least) for each in row.advice] == [(CHIPS, 32, False)]


def test_that_a_job_without_a_known_layout_has_the_least_it_takes(world: World, scenario: Scenario) -> None:
    question = asked(world, scenario, "llama31-405b", "gb200-nvl72", "hgx-h200", "ipu-pod:64")
    fits, short, bound = memory(world, question).rows
    assert fits.fits and not short.fits and not bound.fits
    assert bound.holding.layout is None and bound.holding.needed > 100 * bound.holding.memory
    assert bound.advice == ()  # no number of IPUs, and no memory that anybody would ask about
    assert short.advice[0].value == 64


def test_that_a_memory_that_is_told_as_enough_is_enough(world: World, scenario: Scenario) -> None:
    row = only(memory(world, asked(world, scenario, "bert-large", "ipu-pod:2")))
    (advice,) = (each for each in row.advice if each.what == MEMORY)
    for factor, fits in ((1.0 + 1e-6, True), (1.0 - 1e-6, False)):
        gain = factor * float(advice.value) / row.holding.memory
        gains = replace(row.case.gains, on_chip_memory=gain)
        assert bool(reason_not_to_fit(world.catalog, replace(row.case, gains=gains))) != fits


def test_that_pins_that_stand_in_the_way_are_told(world: World, scenario: Scenario) -> None:
    question = asked(world, scenario, "llama31-70b", "hgx-h100:32")
    assert only(memory(world, question)).fits
    held = {"hgx-h100:32.tensor_parallel": 1.0, "hgx-h100:32.recompute_layers": 0.0}
    answer = memory(world, replace(question, levers=held))
    row = only(answer)
    assert not row.fits
    advice = {each.what: each.value for each in row.advice}
    assert advice[RECOMPUTE] == 1.0 and advice["tensor_parallel"] > 1
    assert advice[CHIPS] > 32
    system = "4 × HGX H100 (32 GPUs)"
    assert tuple(map(told, answer.settings)) == (
        f"{system} tensor parallel 1 chip",
        f"{system} recompute 0 × all layers",
    )


def test_that_8_bit_is_told_where_16_bit_has_no_room(world: World, scenario: Scenario) -> None:
    question = replace(asked(world, scenario, "llama31-70b", "hgx-h200:1"), workload="llama2-70b-lora", recipe="closed")
    in_eight, in_sixteen = (question.with_lever("hgx-h200:1.product_bits", bits) for bits in (8.0, 16.0))
    assert only(memory(world, in_eight)).fits
    row = only(memory(world, in_sixteen))
    assert [(each.what, each.value) for each in row.advice][:2] == [(CHIPS, 2), (PRECISION, "fp8")]


def test_that_an_entrys_layout_on_a_smaller_memory_is_told_what_it_takes(world: World, scenario: Scenario) -> None:
    question = replace(asked(world, scenario, "bert-large", "ipu-pod16"), policy="as-submitted")
    assert only(memory(world, question)).fits
    row = only(memory(world, question.with_lever("ipu.on_chip_memory_gain", 0.6)))
    assert not row.fits and row.holding.memory == pytest.approx(540e6)
    assert [each.what for each in row.advice] == [MEMORY]


def test_that_systems_whose_memory_is_not_what_lacks_are_missing(world: World, scenario: Scenario) -> None:
    question = replace(asked(world, scenario, "resnet50", "ipu-pod16", "bow-pod:64"), policy="as-submitted")
    answer = memory(world, question)
    assert [row.choice.key for row in answer.rows] == ["ipu-pod:16"]
    assert [each.choice.key for each in answer.missing] == ["bow-pod:64"] and answer.missing[0].reason
    with pytest.raises(InputError, match="no closed entry"):
        memory(world, replace(question, systems=question.systems[1:]))


def test_that_no_system_and_no_network_are_refused(world: World, scenario: Scenario) -> None:
    with pytest.raises(InputError, match="no system is ticked"):
        memory(world, replace(scenario, systems=()))
    with pytest.raises(InputError, match="stated ratio only"):
        memory(world, replace(scenario, workload="insurance"))


def test_that_the_lever_of_the_memory_moves_what_is_there(world: World, scenario: Scenario) -> None:
    question = asked(world, scenario, "resnet50", "ipu-pod16").with_lever("ipu.on_chip_memory_gain", 2.0)
    answer = memory(world, question)
    assert only(answer).holding.memory == 1.8e9 and len(answer.settings) == 1
