import json
import re

import pytest

from ipuwhatif.catalog.datum import ORIGIN_KINDS
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.files import resource
from ipuwhatif.scenario.levers import (
    ASSUMED,
    ASSUMPTION,
    COST,
    GAIN,
    LEVER,
    PIN,
    RUN,
    RUN_FIELDS,
    TOUCHED,
    load_levers,
    read_levers,
)
from ipuwhatif.scenario.typed_levers import parse_setting, parse_value
from ipuwhatif.units import InputError
from tests.refusals import refused

LEVERS = load_levers()
CATALOG = load_catalog()


def test_that_levers_and_assumptions_act_on_every_part_of_the_model_once() -> None:
    touched = [lever.touches for lever in LEVERS.values()]
    assert sorted(touched) == sorted(TOUCHED)
    assert {lever.kind for lever in LEVERS.values()} == {LEVER, ASSUMPTION}
    assert all(lever.kind == ASSUMPTION for lever in LEVERS.values() if lever.target == ASSUMED)
    assert all(lever.kind == LEVER for lever in LEVERS.values() if lever.target in (GAIN, PIN))


def test_that_a_lever_says_what_holds_while_it_is_not_set() -> None:
    for lever in LEVERS.values():
        assert (lever.default is None) == bool(lever.unset), lever.key
    assert {key for key, lever in LEVERS.items() if lever.default is None} == {
        *("global_batch", "micro_batch", "gradient_accumulation", "pipeline_stages"),
        *("tensor_parallel", "context_parallel", "product_bits", "recompute_layers"),
        *("utilisation", "lifetime_years", "power_kw", "electricity_price", "cooling_overhead", "carbon_intensity"),
        *RUN_FIELDS,
    }


def test_that_nothing_that_costs_money_or_stops_a_run_has_a_default() -> None:
    assert all(lever.default is None for lever in LEVERS.values() if lever.target in (COST, RUN))


def test_that_every_range_holds_its_default_and_its_parts_reach_from_end_to_end() -> None:
    for lever in LEVERS.values():
        assert lever.default is None or lever.minimum <= lever.default <= lever.maximum
        assert lever.parts[-1][0] == lever.maximum and lever.parts[0][0] >= lever.minimum
    for key in ("compute_gain", "clock", "peak_gain", "link_bandwidth_gain", "memory_bandwidth_gain"):
        assert [name for _, name in LEVERS[key].parts] == ["below today", "today", "likely", "stretch", "limit"]


@pytest.mark.parametrize("key", LEVERS)
def test_that_every_lever_has_an_origin_of_a_known_kind(key: str) -> None:
    origin = LEVERS[key].origin
    assert origin.kind in ORIGIN_KINDS
    assert origin.producer and origin.title and origin.locator


@pytest.mark.parametrize(
    ("value", "part"),
    [(0.5, "below today"), (1.0, "today"), (1.01, "likely"), (1.3, "likely"), (1.6, "stretch"), (2.0, "limit")],
)
def test_that_the_range_has_named_parts(value: float, part: str) -> None:
    assert LEVERS["compute_gain"].part(value) == part


@pytest.mark.parametrize(
    ("text", "value"), [("1.3", 1.3), (" 1.30 × ", 1.3), ("1.3x", 1.3), ("130 %", 1.3), ("0.5", 0.5), ("2", 2.0)]
)
def test_that_a_gain_can_be_typed_as_people_write_it(text: str, value: float) -> None:
    assert parse_value(text, LEVERS["compute_gain"]) == pytest.approx(value)


def test_that_a_batch_is_a_whole_number_of_samples() -> None:
    assert parse_value("3,264", LEVERS["global_batch"]) == 3264
    assert parse_value("3264.0 samples", LEVERS["global_batch"]) == 3264


@pytest.mark.parametrize(("text", "near"), [("2.5", "2 samples"), ("3264.4 samples", "3,264 samples")])
def test_that_a_part_of_a_sample_is_refused_as_files_refuse_it(text: str, near: str) -> None:
    line = f"Global batch of '{text}' is no whole number; the nearest is {near}"
    with refused(line):
        parse_value(text, LEVERS["global_batch"])
    with refused(line):
        parse_setting(f"ipu-pod:16.global_batch={text}", LEVERS, CATALOG)


def test_that_what_was_worked_out_is_rounded_to_the_digits_that_are_shown() -> None:
    assert LEVERS["compute_gain"].rounded(1 / 1.3) == 0.77
    assert LEVERS["utilisation"].rounded(71.2345) == 71.2
    assert LEVERS["global_batch"].rounded(3263.7) == 3264.0


NO_NUMBER = "is not a number with a unit; write for example 1.5 × (Compute gain: 0.50 to 2.00 ×)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *((text, f"'{text}' {NO_NUMBER}") for text in ("", "nan", "inf", "fast")),
        ("1.3 GB/s", "'1.3 GB/s' has unit 'GB/s'; write × or % (Compute gain: 0.50 to 2.00 ×)"),
        ("0.49", "Compute gain of '0.49' is outside 0.50 to 2.00 ×; the nearest is 0.50 ×"),
        ("2.01", "Compute gain of '2.01' is outside 0.50 to 2.00 ×; the nearest is 2.00 ×"),
        ("-1", "Compute gain of '-1' is outside 0.50 to 2.00 ×; the nearest is 0.50 ×"),
        ("1e308", "Compute gain of '1e308' is outside 0.50 to 2.00 ×; the nearest is 2.00 ×"),
        ("1e999", "'1e999' is too large; write a finite number (Compute gain: 0.50 to 2.00 ×)"),
    ],
)
def test_that_a_faulty_value_is_refused_with_the_range(text: str, line: str) -> None:
    with refused(line):
        parse_value(text, LEVERS["compute_gain"])


def test_that_a_value_out_of_range_names_the_nearest() -> None:
    with refused("Global batch of '-1' is outside 1 to 86,016 samples; the nearest is 1 sample"):
        parse_value("-1", LEVERS["global_batch"])


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("ipu.compute_gain=1.3", "ipu.compute_gain", 1.3),
        (" gpu.clock = 1.1 ", "gpu.clock", 1.1),
        ("ipu-pod:64.global_batch=3264", "ipu-pod:64.global_batch", 3264),
        ("ipu-pod64.global_batch=3264", "ipu-pod:64.global_batch", 3264),
        ("dgx-a100.link_bandwidth_gain=2", "dgx-a100:8.link_bandwidth_gain", 2),
        ("ipu.software_rounds=0.5 rounds", "ipu.software_rounds", 0.5),
        ("all.electricity_price=0.2", "all.electricity_price", 0.2),
        ("gpu.utilisation = 70 %", "gpu.utilisation", 70),
        ("dgx-a100:64.power_kw=52", "dgx-a100:64.power_kw", 52),
        ("dgx-a100:64.power_kw=0.4 MW", "dgx-a100:64.power_kw", 400),
        ("dgx-a100:64.power_kw=400 W per GPU", "dgx-a100:64.power_kw", 25.6),
        ("dgx-a100:64.power_kw=40千瓦", "dgx-a100:64.power_kw", 40),
        ("all.electricity_price=0.65元/度", "all.electricity_price", 0.65),
        ("all.electricity_price=150 KRW/kWh", "all.electricity_price", 150),
        ("all.electricity_price=0.006", "all.electricity_price", 0.006),
        ("all.carbon_intensity=386.5", "all.carbon_intensity", 386.5),
        ("all.carbon_intensity=0.424 kg/kWh", "all.carbon_intensity", 424),
        ("ipu-pod:64.gradient_accumulation=1 micro-batch", "ipu-pod:64.gradient_accumulation", 1),
    ],
)
def test_that_a_setting_names_a_family_a_preset_or_a_system(text: str, name: str, value: float) -> None:
    assert parse_setting(text, LEVERS, CATALOG) == (name, value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ipu.compute_gain", "'ipu.compute_gain' is no setting; write scope.lever=value: ipu.compute_gain=1.3"),
        ("compute_gain=1.3", "'compute_gain=1.3' is no setting; write scope.lever=value: ipu.compute_gain=1.3"),
        ("ipu.compute=1.3", "unknown lever 'ipu.compute'; the nearest is ipu.compute_gain (0.50 to 2.00 ×)"),
        ("ipo.compute_gain=1.3", "no family or system 'ipo'; the nearest lever is ipu.compute_gain (0.50 to 2.00 ×)"),
        (
            "ipu-pod:7000000.clock=1.1",
            "no family or system 'ipu-pod:7000000'; the nearest lever is ipu-pod64.clock (0.70 to 1.50 ×)",
        ),
        (
            "ipu.compute_gain=nan",
            "'nan' is not a number with a unit; write for example 1.5 × (Compute gain: 0.50 to 2.00 ×)",
        ),
        ("ipu.global_batch=-1", "Global batch of '-1' is outside 1 to 86,016 samples; the nearest is 1 sample"),
        (
            "all.compute_gain=1.3",
            "unknown lever 'all.compute_gain'; the nearest is all.queue_time (0.01 to 100,000 h)",
        ),
        ("=", "'=' is no setting; write scope.lever=value: ipu.compute_gain=1.3"),
        (".=", "no family or system ''; the nearest lever is xeon-8380h.utilisation (1.0 to 100.0 %)"),
    ],
)
def test_that_a_faulty_setting_is_told_in_one_line_with_what_is_near(text: str, words: str) -> None:
    with refused(words):
        parse_setting(text, LEVERS, CATALOG)


@pytest.mark.parametrize("scope", ["al", "al l", "ip", "gpus", "h100", "dgx-a10", "ipu-pod:9999", "", "all", "ipu"])
@pytest.mark.parametrize("key", ["utilisation", "clok", "carbon", "global_batch", "x"])
def test_that_the_lever_that_a_refusal_names_is_one_that_is_taken(scope: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_setting(f"{scope}.{key}=nan", LEVERS, CATALOG)
    name = re.search(r"nearest(?: lever)? is (\S+) \(", str(caught.value))
    assert name is not None or key in LEVERS  # of a lever that is known the value alone is refused
    if name is not None:
        lever = LEVERS[name[1].rpartition(".")[2]]
        assert parse_setting(f"{name[1]}={lever.minimum}", LEVERS, CATALOG)[1] == lever.minimum


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("minimum", 3.0, "levers.json, $.levers[compute_gain]: the range 3.00 to 2.00 × is empty or not above 0"),
        ("minimum", 0, "levers.json, $.levers[compute_gain]: the range 0.00 to 2.00 × is empty or not above 0"),
        ("maximum", "two", "levers.json, $.levers[compute_gain]: key 'maximum' is not a finite number"),
        ("default", 9, "levers.json, $.levers[compute_gain]: the default 9.0 is outside 0.50 to 2.00 ×"),
        ("scale", "square", "levers.json, $.levers[compute_gain]: scale 'square' is unknown; nearest: linear"),
        ("scope", "planet", "levers.json, $.levers[compute_gain]: scope 'planet' is unknown; nearest: all"),
        ("number", "complex", "levers.json, $.levers[compute_gain]: number 'complex' is unknown; nearest: whole"),
        ("families", [], "levers.json, $.levers[compute_gain]: no family has this lever"),
        (
            "parts",
            [],
            "levers.json, $.levers[compute_gain]: the parts do not rise from above the minimum to the maximum",
        ),
        (
            "parts",
            [{"up_to": 2.0, "name": "a"}, {"up_to": 1.0, "name": "b"}],
            "levers.json, $.levers[compute_gain]: the parts do not rise from above the minimum to the maximum",
        ),
        ("origin", {"producer": "x"}, "levers.json, $.levers[compute_gain].origin: key 'title' is missing"),
        ("surprise", 1, "levers.json, $.levers[compute_gain]: key 'surprise' is unknown; nearest: scope"),
        ("key", "clock", "levers.json, $.levers[clock]: duplicate key 'clock'"),
    ],
)
def test_that_a_broken_lever_is_refused_by_name(tmp_path, field: str, value: object, words: str) -> None:
    content = json.loads(resource("levers", "levers.json").read_text(encoding="utf-8"))
    content["levers"][0][field] = value
    (tmp_path / "levers.json").write_text(json.dumps(content), encoding="utf-8")
    with refused(f"{tmp_path.name}/{words}"):
        read_levers(tmp_path)


@pytest.mark.parametrize(
    "missing",
    [
        "name",
        "unit",
        "minimum",
        "families",
        "parts",
        "effect",
        "origin",
        "scope",
    ],
)
def test_that_a_lever_without_a_field_is_refused(tmp_path, missing: str) -> None:
    content = json.loads(resource("levers", "levers.json").read_text(encoding="utf-8"))
    del content["levers"][0][missing]
    (tmp_path / "levers.json").write_text(json.dumps(content), encoding="utf-8")
    with refused(f"{tmp_path.name}/levers.json, $.levers[compute_gain]: key '{missing}' is missing"):
        read_levers(tmp_path)
