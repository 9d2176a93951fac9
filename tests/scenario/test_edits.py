from hypothesis import given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.scenario import edits
from ipuwhatif.scenario.document import FIRST_START, Document
from ipuwhatif.scenario.levers import load_levers

CATALOG, LEVERS = load_catalog(), load_levers()
POD16, POD32, DGX = SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 32), SystemChoice("dgx-a100", 8)


def test_that_every_edit_has_a_name_people_understand() -> None:
    names = [
        edits.set_workload(FIRST_START, "bert-large", CATALOG).name,
        edits.set_recipe(FIRST_START, "open").name,
        edits.set_release(FIRST_START, "2021-06").name,
        edits.set_policy(FIRST_START, "as-submitted").name,
        edits.set_reference(FIRST_START, POD16, CATALOG).name,
        edits.tick_system(FIRST_START, POD32, True, CATALOG).name,
        edits.tick_system(FIRST_START, POD16, False, CATALOG).name,
        edits.set_show_official(FIRST_START, False).name,
        edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG).name,
        edits.set_lever(FIRST_START, "ipu-pod:16", LEVERS["global_batch"], 3264, CATALOG).name,
        edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], None, CATALOG).name,
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
    with_pod32 = edits.tick_system(FIRST_START, POD32, True, CATALOG).document
    assert [choice.chips for choice in with_pod32.systems] == [16, 32, 64, 256, 8, 64]
    again = edits.tick_system(edits.tick_system(FIRST_START, POD16, False, CATALOG).document, POD16, True, CATALOG)
    assert again.document == FIRST_START


def test_that_another_workload_takes_its_first_recipe_unless_it_has_the_present_one() -> None:
    bert = edits.set_recipe(edits.set_workload(FIRST_START, "bert-large", CATALOG).document, "open").document
    assert bert.recipe == "open"
    assert edits.set_workload(bert, "resnet50", CATALOG).document.recipe == "closed"


def test_that_a_pinned_batch_stays_with_the_workload_it_was_chosen_for() -> None:
    pinned = FIRST_START.with_lever("ipu-pod:16.global_batch", 3264).with_lever("ipu.clock", 1.1)
    assert edits.set_workload(pinned, "bert-large", CATALOG).document.levers == {"ipu.clock": 1.1}


def test_that_a_lever_at_its_default_is_no_lever() -> None:
    moved = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG).document
    assert edits.set_lever(moved, "ipu", LEVERS["compute_gain"], 1.0, CATALOG).document == FIRST_START


def test_that_moves_of_one_lever_share_a_merge_key_and_other_edits_have_none() -> None:
    first = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.3, CATALOG)
    second = edits.set_lever(FIRST_START, "ipu", LEVERS["compute_gain"], 1.4, CATALOG)
    other = edits.set_lever(FIRST_START, "gpu", LEVERS["compute_gain"], 1.4, CATALOG)
    assert first.merge_key == second.merge_key != other.merge_key
    assert edits.set_recipe(FIRST_START, "closed").merge_key == ""


@st.composite
def random_edit(draw: st.DrawFn, document: Document) -> edits.Edit:
    kind = draw(st.sampled_from(["tick", "lever", "workload", "release", "official"]))
    if kind == "tick":
        choice = draw(st.sampled_from(list(CATALOG.presets.values())))
        return edits.tick_system(document, choice, draw(st.booleans()), CATALOG)
    if kind == "lever":
        lever = draw(st.sampled_from(list(LEVERS.values())))
        value = draw(st.none() | st.floats(lever.minimum, lever.maximum))
        scope = draw(st.sampled_from(["ipu", "bow", "gpu", "ipu-pod:16"]))
        return edits.set_lever(document, scope, lever, value, CATALOG)
    if kind == "workload":
        return edits.set_workload(document, draw(st.sampled_from(list(CATALOG.workloads))), CATALOG)
    if kind == "release":
        return edits.set_release(document, draw(st.sampled_from(list(CATALOG.releases))))
    return edits.set_show_official(document, draw(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_that_any_row_of_edits_leaves_a_document_that_holds_together(data: st.DataObject) -> None:
    document = FIRST_START
    for _ in range(8):
        edit = data.draw(random_edit(document))
        document = edit.document
        keys = [choice.key for choice in document.systems]
        assert edit.name
        assert len(set(keys)) == len(keys)
        assert document.reference in keys or not keys
        assert document.recipe in CATALOG.workloads[document.workload].recipes
