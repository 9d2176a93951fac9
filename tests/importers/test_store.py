"""What is kept is read back as it was, all of it or nothing is written, and a damaged file is named and left."""

import sys
import tomllib
from pathlib import Path

import pytest

from ipuwhatif.files import write_atomic
from ipuwhatif.importers.store import (
    FOLDER_VARIABLE,
    Brought,
    Store,
    find,
    hash_of,
    keep,
    read_store,
    remove,
    store_folder,
)
from ipuwhatif.units import told
from tests.refusals import refused

CHIP = Brought("chip", "my-chip", "[chip]\nkey = 'my-chip'\n", "my-chip.toml, imported 2026-11-30")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert read_store(tmp_path / "none") == Store()


def test_what_is_kept_reads_back_with_its_hash_and_origin(tmp_path):
    (path,) = keep([CHIP], tmp_path / "new" / "mine")
    (kept,) = read_store(tmp_path / "new" / "mine").kept
    assert (path.name, kept.kind, kept.name) == ("chip-my-chip.toml", "chip", "my-chip")
    assert (kept.text, kept.origin, kept.hash, kept.edited) == (CHIP.text, CHIP.origin, hash_of(CHIP.text), False)


def test_a_file_that_was_edited_by_hand_says_so(tmp_path):
    (path,) = keep([CHIP], tmp_path)
    path.write_text(path.read_text().replace("'my-chip'", "'my-chip' # faster"))
    (kept,) = read_store(tmp_path).kept
    assert kept.edited
    assert kept.hash == hash_of(kept.text) != hash_of(CHIP.text)


def test_the_second_of_a_name_takes_the_place_of_the_first_and_other_kinds_stay(tmp_path):
    keep([CHIP, Brought("network", "my-chip", "{}", "config.json")], tmp_path)
    keep([Brought("chip", "my-chip", "other", "again.toml")], tmp_path)
    store = read_store(tmp_path)
    assert [(each.kind, each.text) for each in store.kept] == [("chip", "other"), ("network", "{}")]
    assert [each.text for each in store.of_kind("network")] == ["{}"]


def test_a_thing_is_found_by_name_and_removed(tmp_path):
    keep([CHIP, Brought("network", "my-chip", "{}", "config.json")], tmp_path)
    store = read_store(tmp_path)
    with refused("'my-chip' names several: write one of chip/my-chip, network/my-chip"):
        find("my-chip", store)
    remove(find("network/my-chip", store), tmp_path)
    left = read_store(tmp_path)
    assert find("my-chip", left).kind == "chip"
    with refused("nothing of yours is called 'my-chap'; the nearest is my-chip"):
        find("my-chap", left)


def test_nothing_found_in_an_empty_store_says_how_to_bring_something_in():
    with refused("nothing is imported yet; bring in a file with: ipuwhatif import FILE"):
        find("my-chip", Store())


@pytest.mark.parametrize("name", ["", "My-Chip", "../up", "a/b", "a b", "-a", "a" * 61])
def test_a_name_that_is_no_file_is_refused_and_nothing_is_written(tmp_path, name):
    line = f"{name!r} is no name; write small letters, digits and hyphens, up to 60"
    with refused(
        line if len(name) < 61 else f"'{name[:60]}…' is no name; write small letters, digits and hyphens, up to 60"
    ):
        keep([CHIP, Brought("chip", name, "x", "x")], tmp_path)
    assert read_store(tmp_path) == Store()


def test_a_damaged_file_is_named_and_the_others_are_read(tmp_path):
    keep([CHIP], tmp_path)
    (tmp_path / "chip-cut.toml").write_text("kind = 'chip")
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads("kind = 'chip")
    write_atomic(tmp_path / "chip-other.toml", (tmp_path / "chip-my-chip.toml").read_bytes())
    store = read_store(tmp_path)
    assert [each.name for each in store.kept] == ["my-chip"]
    assert [told(fault) for fault in store.faults] == [
        f"chip-cut.toml is no file of the store: {broken.value}",
        "chip-other.toml, $: it is not called as what it holds, chip-my-chip.toml",
    ]


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "mine"
    with refused(f"{place} cannot be written: Not a directory"):
        keep([CHIP], place)


def test_the_folder_is_named_by_a_variable(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert store_folder() == tmp_path


def test_the_usual_folder_is_inside_the_one_of_the_window(monkeypatch, qapp):
    from ipuwhatif.gui.start.app import data_folder, make_application

    make_application()
    monkeypatch.delenv(FOLDER_VARIABLE)
    assert store_folder() == data_folder() / "mine"


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": ""}, Path.home() / ".local/share/ipuwhatif/mine"),
        ("linux", {"XDG_DATA_HOME": "relative"}, Path.home() / ".local/share/ipuwhatif/mine"),
        ("darwin", {}, Path.home() / "Library/Application Support/ipuwhatif/mine"),
        ("win32", {"APPDATA": "/roaming"}, Path("/roaming/ipuwhatif/mine")),
    ],
)
def test_each_system_has_a_place_for_what_programs_keep(monkeypatch, platform, variables, folder):
    monkeypatch.delenv(FOLDER_VARIABLE)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert store_folder() == folder
