import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.finder.matching import found, is_sure, words_of


def plain(*texts: str) -> list[Entry]:
    return [Entry(text, lambda: None) for text in texts]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("gain", ["Compute gain", "Gain of links", "Again"]),
        ("ga", ["Gain of links", "Compute gain", "Again"]),
        ("again", ["Again"]),
        ("gain com", ["Compute gain"]),
        ("COMPUTE", ["Compute gain"]),
        ("cmpt", []),
        ("bowpod64", ["Bow Pod64 (64 IPUs)"]),
        ("pod 64 bow", ["Bow Pod64 (64 IPUs)"]),
        ("  ", ["Compute gain", "Again", "Gain of links", "Bow Pod64 (64 IPUs)"]),
        ("bow 64", ["Bow Pod64 (64 IPUs)"]),
        ("pod64", ["Bow Pod64 (64 IPUs)"]),
        ("xyz", []),
        ("gain xyz", []),
    ],
)
def test_that_words_are_found_in_any_order_and_the_best_stands_first(text: str, order: list[str]) -> None:
    offered = plain("Compute gain", "Again", "Gain of links", "Bow Pod64 (64 IPUs)")
    assert [each.text for _, each in found(offered, text)] == order


def test_that_other_words_are_found_behind_those_of_the_name() -> None:
    offered = [Entry("ResNet-50", lambda: None, "workload", words="vision"), *plain("Vision of things")]
    assert [each.text for _, each in found(offered, "vision")] == ["Vision of things", "ResNet-50"]


def test_that_the_exact_name_stands_before_beginnings_of_words_and_those_before_what_is_within() -> None:
    offered = plain("Remodel", "A modelling tool", "Modelling", "The model of it", "Model")
    names = ["Model", "The model of it", "Modelling", "A modelling tool", "Remodel"]
    assert [each.text for _, each in found(offered, "model")] == names


def test_that_another_name_of_an_entry_counts_as_its_name() -> None:
    offered = [*plain("Roofline of the chips"), Entry("Data sheets", lambda: None, names=("roofline",))]
    assert found(offered, "roofline")[0][1].text == "Data sheets"


def test_that_what_cannot_be_chosen_comes_last_unless_it_is_named() -> None:
    offered = [Entry("Price of A", lambda: None, possible=False), *plain("A, the price of all")]
    assert [each.text for _, each in found(offered, "price a")] == ["A, the price of all", "Price of A"]
    assert found(offered, "price of a")[0][1].text == "Price of A"
    assert [each.text for _, each in found(offered, "")] == ["A, the price of all"]


def test_that_a_letter_or_two_within_names_are_not_enough_to_be_sure() -> None:
    offered = plain("Container 18", "Price", "价格表", "购置价格")
    for text, sure in (("in 8", False), ("i", False), ("rice", True), ("pr", True), ("价格", True), ("…", False)):
        assert is_sure(text, found(offered, text)) is sure, text


@given(st.text(max_size=12))
def test_that_no_text_is_a_fault_and_every_name_is_found_by_itself(text: str) -> None:
    offered = plain("Compute gain", text)
    assert [each for _, each in found(offered, "")] == offered
    if words_of(text):
        assert offered[1] in [each for _, each in found(offered, text)]
