from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.scenario import edits, own_edits
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import BASES, FIRST_START, Scenario
from ipuwhatif.scenario.sizes import has_layers
from ipuwhatif.units import told

CATALOG, LEVERS = load_catalog(), load_levers()
POD16, POD32, DGX = SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 32), SystemChoice("dgx-a100", 8)


def test_that_every_edit_has_a_name_people_understand() -> None:
    names = [
        told(edits.set_workload(FIRST_START, "bert-large", CATALOG).name),
        told(edits.set_recipe(FIRST_START, "open").name),
        told(edits.set_release(FIRST_START, "2021-06").name),
        told(edits.set_policy(FIRST_START, "as-submitted").name),
        told(edits.set_reference(FIRST_START, POD16, CATALOG).name),
        told(edits.tick_system(FIRST_START, POD32, True, CATALOG).name),
        told(edits.tick_system(FIRST_START, POD16, False, CATALOG).name),
        told(edits.set_show_official(FIRST_START, False).name),
        told(edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG).name),
        told(edits.set_lever(FIRST_START, "ipu-pod:16", LEVERS["global_batch"], 3264, CATALOG).name),
        told(edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], None, CATALOG).name),
    ]
    assert names == [
        "Workload BERT-Large",
        "Recipe open",
        "Software as of 2021-06",
        "Layout as submitted",
        "Reference IPU-POD16 (16 IPUs)",
        "Add IPU-POD32 (32 IPUs)",
        "Remove IPU-POD16 (16 IPUs)",
        "Hide official results",
        "IPU compute gain 1.30 ×",
        "IPU-POD16 (16 IPUs) global batch 3,264 samples",
        "IPU compute gain back to default",
    ]


def test_that_systems_keep_the_catalogs_order_however_they_were_ticked() -> None:
    with_pod32 = edits.tick_system(FIRST_START, POD32, True, CATALOG).scenario
    assert [choice.chips for choice in with_pod32.systems] == [16, 32, 64, 256, 8, 64]
    again = edits.tick_system(edits.tick_system(FIRST_START, POD16, False, CATALOG).scenario, POD16, True, CATALOG)
    assert again.scenario == FIRST_START


def test_that_another_workload_takes_its_first_recipe_unless_it_has_the_present_one() -> None:
    bert = edits.set_recipe(edits.set_workload(FIRST_START, "bert-large", CATALOG).scenario, "open").scenario
    assert bert.recipe == "open"
    assert edits.set_workload(bert, "resnet50", CATALOG).scenario.recipe == "closed"


def test_that_a_pinned_batch_stays_with_the_workload_it_was_chosen_for() -> None:
    pinned = FIRST_START.with_lever("ipu-pod:16.global_batch", 3264).with_lever("ipu.clock", 1.1)
    assert edits.set_workload(pinned, "bert-large", CATALOG).scenario.levers == {"ipu.clock": 1.1}


def stated(workload: str) -> Scenario:
    return edits.set_workload(FIRST_START, workload, CATALOG).scenario


def test_that_edits_of_jobs_without_a_target_have_names_people_understand() -> None:
    b4, weather, relative = stated("efficientnet-b4"), stated("weather-emulator"), stated("weather")
    names = [
        told(edits.set_samples(b4, 100 * 1281167.0, CATALOG).name),
        told(edits.set_samples(stated("gpt2-xl"), 3e9 / 1024, CATALOG).name),
        told(edits.set_samples(b4, None, CATALOG).name),
        told(edits.set_layers(weather, (275, 512, 182), CATALOG).name),
        told(edits.set_layers(weather, (), CATALOG).name),
        told(edits.set_software(b4, "pytorch-21.03", CATALOG).name),
        told(edits.set_software(b4, "", CATALOG).name),
        told(edits.set_baseline_time(relative, 70.5 * 3600).name),
        told(edits.set_baseline_time(relative, None).name),
        told(edits.set_statement(relative, "weather-china-cpu", CATALOG).name),
    ]
    assert names == [
        "Amount of work 100 epochs",
        "Amount of work 3 billion tokens",
        "Amount of work back to default",
        "Layer sizes 275, 512, 182",
        "Layer sizes back to default",
        "Software PyTorch, container 21.03",
        "Software by the release",
        "Time today 70.5 h",
        "Time today taken back",
        "Statement weather in China, IPU over CPU",
    ]


def test_that_the_default_amount_of_work_is_none_that_was_stated() -> None:
    b4 = stated("efficientnet-b4")
    moved = edits.set_samples(b4, 5e6, CATALOG)
    assert moved.scenario.samples == 5e6 and moved.merge_key
    assert edits.set_samples(moved.scenario, 350 * 1281167.0, CATALOG).scenario == b4


def test_that_what_was_chosen_for_a_job_stays_with_it() -> None:
    b4 = edits.set_samples(stated("efficientnet-b4"), 5e6, CATALOG).scenario
    b4 = edits.set_software(b4, "pytorch-21.03", CATALOG).scenario
    g16 = edits.set_workload(b4, "efficientnet-b4-g16", CATALOG).scenario
    assert (g16.samples, g16.software) == (None, "pytorch-21.03")
    assert edits.set_workload(b4, "vit-b16", CATALOG).scenario.software == "pytorch-21.03"
    assert edits.set_workload(b4, "lob-cnn", CATALOG).scenario.software == ""
    weather = edits.set_layers(stated("weather-emulator"), (5, 7), CATALOG).scenario
    assert edits.set_workload(weather, "resnet50", CATALOG).scenario == FIRST_START
    insurance = edits.set_baseline_time(stated("insurance"), 60.0).scenario
    assert edits.set_workload(insurance, "weather", CATALOG).scenario.baseline_time_s is None


def test_that_a_job_without_entries_has_no_layout_as_submitted() -> None:
    submitted = edits.set_policy(FIRST_START, "as-submitted").scenario
    assert edits.set_workload(submitted, "bert-large", CATALOG).scenario.policy == "as-submitted"
    assert edits.set_workload(submitted, "deeplob", CATALOG).scenario.policy == "best"


def test_that_a_lever_at_its_default_is_no_lever() -> None:
    moved = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG).scenario
    assert edits.set_lever(moved, "ipu", LEVERS["compute_gain"], 1.0, CATALOG).scenario == FIRST_START


def test_that_moves_of_one_lever_share_a_merge_key_and_other_edits_have_none() -> None:
    first = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG)
    second = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.4, CATALOG)
    other = edits.set_lever(FIRST_START, "gpu", LEVERS["compute_gain"], 1.4, CATALOG)
    assert first.merge_key == second.merge_key != other.merge_key
    assert edits.set_recipe(FIRST_START, "closed").merge_key == ""


#: Sizes that networks can have, of those that take more than the tokens of a sequence.
SIZES = {
    "weather-emulator": [(5, 7), (275, 10**6, 182), (1, 1, 1, 1, 1, 1)],
    "transformer": [(2, 64, 4, 2, 256, 1000, 128), (80, 8192, 64, 8, 28672, 128256, 8192)],
}


@st.composite
def random_job_edit(draw: st.DrawFn, scenario: Scenario) -> edits.Edit:
    workload = CATALOG.workloads[scenario.workload]
    if workload.kind == "relative":
        statement = draw(st.sampled_from(workload.statements))
        time = edits.set_baseline_time(scenario, draw(st.none() | st.floats(1e-3, 3e9)))
        return draw(st.sampled_from([time, edits.set_statement(scenario, statement.key, CATALOG)]))
    if workload.kind == "target":
        return edits.set_show_official(scenario, draw(st.booleans()))
    software = draw(st.sampled_from(["", *edits.software_choices(workload, CATALOG)]))
    samples = edits.set_samples(scenario, draw(st.none() | st.floats(1.0, 1e15)), CATALOG)
    sizes = draw(st.sampled_from(SIZES.get(workload.key, [(512,), (4096,)])))
    layers = edits.set_layers(scenario, sizes if has_layers(workload) else (), CATALOG)
    return draw(st.sampled_from([samples, layers, edits.set_software(scenario, software, CATALOG)]))


@st.composite
def random_edit(draw: st.DrawFn, scenario: Scenario) -> edits.Edit:
    kind = draw(st.sampled_from(["tick", "lever", "workload", "release", "official", "job", "look", "own"]))
    if kind == "tick":
        choice = draw(st.sampled_from(list(CATALOG.presets.values())))
        return edits.tick_system(scenario, choice, draw(st.booleans()), CATALOG)
    if kind == "lever":
        lever = draw(st.sampled_from(list(LEVERS.values())))
        value = draw(st.none() | st.floats(lever.minimum, lever.maximum))
        scopes = ["all"] if lever.scope == "all" else ["ipu", "bow", "gpu", "ipu-pod:16"]
        scope = draw(st.sampled_from(scopes))
        return edits.set_lever(scenario, scope, lever, value, CATALOG)
    if kind == "workload":
        return edits.set_workload(scenario, draw(st.sampled_from(list(CATALOG.workloads))), CATALOG)
    if kind == "job":
        return draw(random_job_edit(scenario))
    if kind == "look":
        target = edits.set_target(scenario, draw(st.none() | st.floats(1.0, 1e6)))
        return draw(st.sampled_from([target, edits.set_basis(scenario, draw(st.sampled_from(BASES)))]))
    if kind == "own":
        choice = draw(st.sampled_from(list(CATALOG.presets.values())))
        price = Price(
            draw(st.floats(1.0, 1e9)), "USD", draw(st.sampled_from(["buy", "hour"])), "2021-06", "a quote", "own"
        )
        measured = Measurement(draw(st.sampled_from(["time", "throughput"])), draw(st.floats(1.0, 1e6)))
        stated_price = own_edits.set_price(scenario, choice, draw(st.sampled_from([None, price])), CATALOG)
        return draw(st.sampled_from([stated_price, own_edits.set_measurement(scenario, choice, measured, CATALOG)]))
    if kind == "release":
        return edits.set_release(scenario, draw(st.sampled_from(list(CATALOG.releases))))
    return edits.set_show_official(scenario, draw(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_that_any_row_of_edits_leaves_a_document_that_holds_together(data: st.DataObject) -> None:
    scenario = FIRST_START
    for _ in range(8):
        edit = data.draw(random_edit(scenario))
        scenario = edit.scenario
        keys = [choice.key for choice in scenario.systems]
        assert told(edit.name)
        assert len(set(keys)) == len(keys)
        assert scenario.reference in keys or not keys
        workload = CATALOG.workloads[scenario.workload]
        assert scenario.recipe in workload.recipes
        assert scenario.samples is None or workload.kind == "stated"
        assert scenario.layers == () or has_layers(workload)
        assert scenario.software in ("", *edits.software_choices(workload, CATALOG))
        assert scenario.baseline_time_s is None or workload.kind == "relative"
        assert scenario.statement in ("", *(each.key for each in workload.statements))


def test_that_a_target_is_named_with_every_digit() -> None:
    assert told(edits.set_target(FIRST_START, 4231.8).name) == "Target 70.53 min"


def test_that_what_a_goal_seek_found_is_taken_as_it_is_printed() -> None:
    values = {"ipu.compute_gain": 1.2830462, "ipu-pod:64.global_batch": 13056.0}
    edit = edits.use_values(FIRST_START, SystemChoice("ipu-pod", 64), values, LEVERS, CATALOG)
    assert dict(edit.scenario.levers) == {"ipu.compute_gain": 1.283, "ipu-pod:64.global_batch": 13056.0}
    assert told(edit.name) == "IPU compute gain 1.283 ×, IPU-POD64 (64 IPUs) global batch 13,056 samples"
