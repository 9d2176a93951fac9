import json

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import ORIGIN_KINDS
from ipuwhatif.files import resource
from ipuwhatif.scenario.levers import (
    ASSUMED,
    ASSUMPTION,
    COST,
    GAIN,
    LEVER,
    PIN,
    TOUCHED,
    load_levers,
    parse_setting,
    parse_value,
    read_levers,
)
from ipuwhatif.units import InputError

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
        *("utilisation", "lifetime_years", "power_kw", "electricity_price", "cooling_overhead", "carbon_intensity"),
    }


def test_that_nothing_that_costs_money_has_a_default() -> None:
    assert all(lever.default is None for lever in LEVERS.values() if lever.target == COST)


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
    with pytest.raises(InputError, match=f"no whole number; the nearest is {near}"):
        parse_value(text, LEVERS["global_batch"])
    with pytest.raises(InputError, match="no whole number"):
        parse_setting(f"ipu-pod:16.global_batch={text}", LEVERS, CATALOG)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("compute_gain", 1.3, "1.30 ×"),
        ("power_kw", 0.05, "0.05 kW"),
        ("power_kw", 6.5, "6.5 kW"),
        ("power_kw", 5000.0, "5,000 kW"),
        ("utilisation", 70.0, "70.0 %"),
        ("global_batch", 3264.0, "3,264 samples"),
    ],
)
def test_that_a_value_is_printed_with_the_digits_it_needs_and_reads_back(key: str, value: float, text: str) -> None:
    assert LEVERS[key].format(value) == text
    assert parse_value(text, LEVERS[key]) == value


@pytest.mark.parametrize("text", ["", "nan", "inf", "fast", "1.3 GB/s", "0.49", "2.01", "-1", "1e308", "1e999"])
def test_that_a_faulty_value_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(InputError, match=r"0\.50 to 2\.00 ×"):
        parse_value(text, LEVERS["compute_gain"])


def test_that_a_value_out_of_range_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"the nearest is 1 samples"):
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
    ],
)
def test_that_a_setting_names_a_family_a_preset_or_a_system(text: str, name: str, value: float) -> None:
    assert parse_setting(text, LEVERS, CATALOG) == (name, value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ipu.compute_gain", "scope.lever=value"),
        ("compute_gain=1.3", "scope.lever=value"),
        ("ipu.compute=1.3", r"ipu\.compute_gain \(0\.50 to 2\.00 ×\)"),
        ("ipo.compute_gain=1.3", r"ipu\.compute_gain \(0\.50 to 2\.00 ×\)"),
        ("ipu-pod:7000000.clock=1.1", r"clock \(0\.70 to 1\.50 ×\)"),
        ("ipu.compute_gain=nan", r"0\.50 to 2\.00 ×"),
        ("ipu.global_batch=-1", r"1 samples"),
        ("all.compute_gain=1.3", "unknown lever"),
        ("=", "scope.lever=value"),
        (".=", "nearest lever"),
    ],
)
def test_that_a_faulty_setting_is_told_in_one_line_with_what_is_near(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as fault:
        parse_setting(text, LEVERS, CATALOG)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("minimum", 3.0, "is empty"),
        ("minimum", 0, "is empty"),
        ("maximum", "two", "finite number"),
        ("default", 9, "outside"),
        ("scale", "square", "nearest"),
        ("scope", "planet", "nearest"),
        ("number", "complex", "nearest"),
        ("families", [], "no family"),
        ("parts", [], "do not rise"),
        ("parts", [{"up_to": 2.0, "name": "a"}, {"up_to": 1.0, "name": "b"}], "do not rise"),
        ("origin", {"producer": "x"}, "title"),
        ("surprise", 1, "unknown"),
        ("key", "clock", "duplicate"),
    ],
)
def test_that_a_broken_lever_is_refused_by_name(tmp_path, field: str, value: object, words: str) -> None:
    content = json.loads(resource("levers", "levers.json").read_text(encoding="utf-8"))
    content["levers"][0][field] = value
    (tmp_path / "levers.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=words) as fault:
        read_levers(tmp_path)
    assert "levers.json" in str(fault.value)


@pytest.mark.parametrize("missing", ["name", "unit", "minimum", "families", "parts", "effect", "origin", "scope"])
def test_that_a_lever_without_a_field_is_refused(tmp_path, missing: str) -> None:
    content = json.loads(resource("levers", "levers.json").read_text(encoding="utf-8"))
    del content["levers"][0][missing]
    (tmp_path / "levers.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=missing):
        read_levers(tmp_path)
