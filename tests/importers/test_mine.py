"""The catalog holds what is the user's own: of the store, and for a while of documents that bring it along."""

import pytest

from ipuwhatif.importers import mine
from ipuwhatif.importers.chips import brought_chip
from ipuwhatif.importers.store import FOLDER_VARIABLE, keep, read_store
from ipuwhatif.units import told
from tests.own_chip import chip_text

OTHER = chip_text(chip__power__value=500)


@pytest.fixture(autouse=True)
def own_store(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    monkeypatch.setattr(mine, "guest_texts", {})
    yield


def test_an_empty_store_leaves_the_catalog_as_it_ships():
    found, shipped = mine.my_catalog(), mine.shipped_catalog()
    assert (found.own, found.own_prices) == ({}, ()) and found.chips is shipped.chips
    assert dict(found.workloads) == dict(shipped.workloads)


def test_a_kept_chip_is_in_the_catalog():
    keep([brought_chip(chip_text(), "a.toml")])
    assert list(mine.my_catalog().own) == ["my-chip"]
    assert "my-chip" in mine.my_catalog().systems
    assert "my-chip" not in mine.shipped_catalog().systems


def test_one_that_was_damaged_by_hand_is_left_out_and_named():
    (path,) = keep([brought_chip(chip_text(), "a.toml")])
    keep([brought_chip(chip_text(chip__key="other"), "b.toml")])
    path.write_text(path.read_text().replace("value = 700", "value = 0"))
    assert list(mine.my_catalog().own) == ["other"]
    (fault,) = mine.my_faults()
    assert told(fault) == "my-chip, $.chip.peak_flops: 0 TFLOPS is absurd; write from 1 GFLOPS to 1,000 PFLOPS"


def test_a_guest_is_used_and_not_kept():
    assert mine.welcome({"my-chip": chip_text()}, mine.my_catalog()) == (True, ())
    assert list(mine.my_catalog().own) == ["my-chip"]
    assert list(mine.guests()) == ["my-chip"]
    assert read_store().kept == ()
    assert mine.welcome({"my-chip": chip_text()}, mine.my_catalog()) == (False, ())


def test_of_two_with_one_name_the_users_own_is_used_and_that_is_told():
    keep([brought_chip(chip_text(), "a.toml")])
    line = (
        "my-chip in this document is another than yours of the same name: yours is used. To see its own, export and "
        "remove yours first (ipuwhatif mine export my-chip, ipuwhatif mine remove my-chip)."
    )
    anew, (said,) = mine.welcome({"my-chip": OTHER}, mine.my_catalog())
    assert not anew and told(said) == line
    assert mine.my_catalog().own["my-chip"].text == chip_text()


def test_a_guest_makes_way_for_that_of_the_next_document():
    mine.welcome({"my-chip": chip_text()}, mine.my_catalog())
    assert not mine.my_catalog().own["my-chip"].kept
    assert mine.welcome({"my-chip": OTHER}, mine.my_catalog()) == (True, ())
    assert mine.my_catalog().own["my-chip"].text == OTHER


def test_a_guest_that_is_kept_is_none_any_more():
    mine.welcome({"my-chip": chip_text()}, mine.my_catalog())
    keep([brought_chip(chip_text(), "a.toml")])
    assert dict(mine.guests()) == {}
