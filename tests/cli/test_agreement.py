"""One question has one answer: every command and the window tell the same numbers for the same settings."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.software import software_as_of
from ipuwhatif.catalog.types import RELATIVE, STATED, SystemChoice
from ipuwhatif.charts.spec import PROJECTED
from ipuwhatif.cli import main
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.question import BREAKDOWN, COMPARE, COST, SCALING
from ipuwhatif.gui.answering.reply import Reply
from ipuwhatif.gui.answering.view_options import ViewOptions
from ipuwhatif.model.case import AS_SUBMITTED, BEST
from ipuwhatif.scenario import edits, own_edits
from ipuwhatif.scenario.amount import measures_of, parse_amount
from ipuwhatif.scenario.levers import COST as COSTS
from ipuwhatif.scenario.levers import EVERY, RUN, SYSTEM, Lever
from ipuwhatif.scenario.prices.prices import parse_price
from ipuwhatif.scenario.scenario import FIRST_START, Scenario
from ipuwhatif.scenario.sizes import has_layers
from ipuwhatif.scenario.typed_levers import parse_value

WORLD = load_world()
CATALOG, LEVERS = WORLD.catalog, WORLD.levers
#: Those of whole runs change no time and no cost; only `finish` takes them.
COMMON = tuple(key for key, lever in LEVERS.items() if lever.target != RUN)
WORKLOADS = [each for each in CATALOG.workloads.values() if each.kind != RELATIVE]
SYSTEMS = [key for key, each in CATALOG.systems.items() if each.listed]
ENTRIES = [
    (entry.workload, entry.choice, entry.release, entry.division)
    for entry in CATALOG.official
    if entry.workload and entry.choice is not None and entry.layout is not None
    if entry.division in CATALOG.workloads[entry.workload].recipes
]
SIZE = (960, 540)
OTHER = SystemChoice("dgx-a100", 8)
LAYOUT = {"global_batch", "replicas", "pipeline_stages", "micro_batch", "gradient_accumulation"}


#: Options and the sizes that they state.
SIZES = {
    "weather-emulator": (["--layers", "512,2048,1024,256"], (512, 2048, 1024, 256)),
    "transformer": (["--layers", "24", "--heads", "16", "--kv-heads", "16"], (24, 4096, 16, 16, 14336, 128256, 8192)),
}


@dataclass(frozen=True)
class Asked:
    """The same question as it is typed in a shell and as it is set in the window."""

    options: tuple[str, ...]  # of every command but the systems
    costs: tuple[str, ...]  # of `cost` alone
    scenario: Scenario
    choice: SystemChoice


@st.composite
def settings_for(draw: st.DrawFn, lever: Lever, choice: SystemChoice) -> tuple[str, str]:
    """A scope that a lever may be set for and a typed value in its range."""
    scopes = [EVERY] if lever.scope == EVERY else [choice.key]
    if lever.scope not in (EVERY, SYSTEM):
        scopes.append(CATALOG.systems[choice.system].family)
    low, high = lever.minimum, lever.maximum
    if lever.whole:
        high = min(high, {"micro_batch": 64, "gradient_accumulation": 64, "global_batch": 65536}.get(lever.key, high))
        powers = [2**power for power in range(17) if low <= 2**power <= high]
        return draw(st.sampled_from(scopes)), str(draw(st.sampled_from(powers)))
    part = draw(st.floats(0.0, 1.0))
    value = min(max(float(f"{low * (high / low) ** part if low > 0.0 else part * high:.5g}"), low), high)
    return draw(st.sampled_from(scopes)), str(value)


@st.composite
def questions(draw: st.DrawFn, names: tuple[str, ...] = COMMON) -> Asked:
    if draw(st.integers(0, 3)) == 0:
        workload_key, choice, release, recipe = draw(st.sampled_from(ENTRIES))
        workload, policy = CATALOG.workloads[workload_key], AS_SUBMITTED
    else:
        workload, policy = draw(st.sampled_from(WORKLOADS)), BEST
        system = CATALOG.systems[draw(st.sampled_from(SYSTEMS))]
        power = draw(st.integers(0, 9))
        choice = SystemChoice(system.key, min(max(system.minimum_chips, 2**power), system.maximum_chips))
        release, recipe = draw(st.sampled_from(sorted(CATALOG.releases))), draw(st.sampled_from(workload.recipes))
    options = ["--release", release, "--recipe", recipe]
    scenario = edits.set_workload(FIRST_START, workload.key, CATALOG).scenario
    for present in scenario.systems:
        scenario = edits.tick_system(scenario, present, False, CATALOG).scenario
    scenario = edits.tick_system(scenario, choice, True, CATALOG).scenario
    scenario = edits.set_policy(
        edits.set_recipe(edits.set_release(scenario, release).scenario, recipe).scenario, policy
    ).scenario
    if workload.kind == STATED and draw(st.booleans()):
        measure = draw(st.sampled_from(measures_of(workload)))
        text = draw(st.sampled_from(["12", "1.25 k"] if measure.samples > 1.0 else ["123,456", "1.234567 M"]))
        samples = parse_amount(text, workload, measure.key)
        options += [f"--{measure.key}", text]
        scenario = edits.set_samples(scenario, samples, CATALOG).scenario
    offered = edits.software_choices(workload, CATALOG)
    software = [key for key in offered if software_as_of(CATALOG, key, release).date <= release]
    if software and CATALOG.chip_of(choice).architecture == "gpu" and draw(st.booleans()):
        key = draw(st.sampled_from(software))
        options += ["--stack", key]
        scenario = edits.set_software(scenario, key, CATALOG).scenario
    if has_layers(workload) and draw(st.booleans()):
        typed, sizes = SIZES.get(workload.key, (["--sequence", "1024"], (1024,)))
        options += typed
        scenario = edits.set_layers(scenario, sizes, CATALOG).scenario
    if policy != BEST:
        options += ["--layout", policy]
    costs = []
    for name in draw(st.lists(st.sampled_from(names), min_size=len(names) == 1, max_size=4, unique=True)):
        lever = LEVERS[name]
        scope, text = draw(settings_for(lever, choice))
        typed = ["--set", f"{scope}.{name}={text}"]
        (costs if lever.target == COSTS else options).extend(typed)
        value = parse_value(text, lever)
        scenario = edits.set_lever(scenario, scope, lever, value, CATALOG).scenario
    price = draw(st.sampled_from(["", "149,995.5 USD 2021-06", "27.25 USD/h 2021"]))
    if price:
        costs += ["--price", f"{choice.key}={price} a quote"]
        scenario = own_edits.set_price(scenario, choice, parse_price(price, "a quote", choice.chips), CATALOG).scenario
    return Asked(tuple(options), tuple(costs), scenario, choice)


def told(capsys: pytest.CaptureFixture[str], command: str, *arguments: str) -> dict[str, Any] | str:
    """The answer as JSON, or the one line of a refusal."""
    capsys.readouterr()
    code = main([command, *arguments, "--json"])
    out, err = capsys.readouterr()
    if code == 0:
        found: dict[str, Any] = json.loads(out)
        return found
    assert code == 2 and len(err.splitlines()) == 1, (command, arguments, err)
    return err


def core(projection: dict[str, Any]) -> dict[str, Any]:
    """What one projection says, to the twelfth digit: sums of ops round by how many systems are asked about at once."""
    named = ("time_to_train_s", "throughput_samples_per_s", "samples_to_target", "basis", "beyond", "layout")
    return {name: rounded(projection[name]) for name in (*named, "breakdown_s")}


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    return float(f"{value:.11e}") if isinstance(value, float) else value


def drawn(reply: Reply, choice: SystemChoice) -> tuple[float, float, float]:
    """Low end, median and high end of the bar of one system."""
    assert reply.figure is not None, reply.message
    (bar,) = (
        each for each in reply.figure.chart.intervals if each.key.endswith(f"/{choice.key}") and each.style == PROJECTED
    )
    return rounded(bar.low), rounded(bar.median), rounded(bar.high)


def seconds(quantity: dict[str, float]) -> tuple[float, float, float]:
    return rounded(quantity["low"]), rounded(quantity["median"]), rounded(quantity["high"])


def check(capsys: pytest.CaptureFixture[str], asked: Asked) -> None:
    choice, options = asked.choice, ("-w", asked.scenario.workload, *asked.options)
    alone = told(capsys, "project", "-s", choice.key, *options)
    compared = told(capsys, "compare", "-s", choice.key, *options)
    window = answer(WORLD, COMPARE, asked.scenario, SIZE, look=ViewOptions(choice))
    if isinstance(alone, str):
        assert isinstance(compared, str)
        assert window.figure is None and window.message
        return
    assert isinstance(compared, dict), compared
    expected = core(alone)
    (found,) = compared["projections"]
    assert core(found) == expected
    assert core(beside_others(capsys, choice, options)) == expected
    parts = told(capsys, "breakdown", "-s", choice.key, *options)
    assert isinstance(parts, dict) and core(parts["systems"][0]) == expected
    tornado = told(capsys, "sensitivity", "-s", choice.key, *options)
    assert isinstance(tornado, dict) and core(tornado["projection"]) == expected
    sought = told(capsys, "seek", "-s", choice.key, *options, "--target", "1 h", "--over", "compute_gain")
    assert isinstance(sought, dict) and rounded(sought["present_s"]) == expected["time_to_train_s"]["median"]
    if asked.scenario.policy == BEST:
        ends = ("--from", str(choice.chips), "--to", str(choice.chips))
        scaled = told(capsys, "scaling", "-s", choice.system, *options, *ends)
        assert isinstance(scaled, dict), scaled
        (curve,) = scaled["curves"]
        curve_time = {name: values[0] for name, values in curve["time_to_train_s"].items()}
        assert seconds(curve_time) == seconds(alone["time_to_train_s"])
        assert (curve["chips"], curve["basis"]) == ([choice.chips], [alone["basis"]])
        assert along_chips(asked.scenario, choice) == alone["time_to_train_s"]["median"]
    assert drawn(window, choice) == seconds(alone["time_to_train_s"])
    stacks = answer(WORLD, BREAKDOWN, asked.scenario, SIZE, look=ViewOptions(choice)).layouts
    assert stacks[choice.key] == window.layouts[choice.key]
    layout = window.layouts[choice.key]
    assert {name: getattr(layout, name) for name in LAYOUT} == {name: alone["layout"][name] for name in LAYOUT}
    check_costs(capsys, asked, options, alone)


def beside_others(capsys: pytest.CaptureFixture[str], choice: SystemChoice, options: tuple[str, ...]) -> dict[str, Any]:
    """The projection of a system in a comparison of three."""
    systems = ",".join(dict.fromkeys(["ipu-pod:64", choice.key, "dgx-a100:8"]))
    compared = told(capsys, "compare", "-s", systems, *options)
    assert isinstance(compared, dict), compared
    found: dict[str, Any] = next(each for each in compared["projections"] if each["system"] == choice.key)
    return found


def along_chips(scenario: Scenario, choice: SystemChoice) -> float:
    """Seconds at the chips of a system on the window's curve."""
    figure = answer(WORLD, SCALING, scenario, SIZE, look=ViewOptions(choice)).figure
    assert figure is not None
    lines = [line for line in figure.chart.lines if line.style == PROJECTED]
    (found,) = {y for line in lines for x, y in zip(line.x, line.y, strict=True) if x == choice.chips}
    return found


def check_costs(
    capsys: pytest.CaptureFixture[str], asked: Asked, options: tuple[str, ...], alone: dict[str, Any]
) -> None:
    """Energies and money of the command are those of the window, over the same time."""
    choice = asked.choice
    paid = told(capsys, "cost", "-s", choice.key, *options, *asked.costs)
    for measure, key in (("energy", "energy_kwh"), ("money", "money"), ("carbon", "carbon_kg")):
        reply = answer(WORLD, COST, asked.scenario, SIZE, look=ViewOptions(choice, view=measure))
        if isinstance(paid, str):
            continue
        (bill,) = paid["systems"]
        assert bill["time_to_train_s"] == alone["time_to_train_s"]
        if bill[key] is not None:
            assert drawn(reply, choice) == seconds(bill[key])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(asked=questions())
def test_that_every_command_and_the_window_agree(capsys: pytest.CaptureFixture[str], asked: Asked) -> None:
    check(capsys, asked)


@pytest.mark.parametrize("name", COMMON)
@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_that_they_agree_on_each_lever_and_assumption(
    capsys: pytest.CaptureFixture[str], name: str, data: st.DataObject
) -> None:
    check(capsys, data.draw(questions((name,))))
