"""A file goes to the first reader that takes it; a folder as a whole, or file by file; what nobody reads is told."""

from pathlib import Path

import pytest

from ipuwhatif.importers.readers import Reader, bring, ending_of
from ipuwhatif.importers.store import Brought
from ipuwhatif.units import InputError
from tests.refusals import refused


def read(path: Path) -> list[Brought]:
    if path.name == "bad.one":
        raise InputError("bad.one, line 1: no")
    return [Brought("one", path.stem, path.name, path.name)]


ONE = Reader("one", "one", "*.one", lambda path: path.suffix == ".one", read)
WHOLE = Reader("whole", "whole", "a folder with index", lambda path: (path / "index").exists(), read)
READERS = (WHOLE, ONE)


def test_a_file_is_read_by_the_reader_that_takes_it(tmp_path):
    (tmp_path / "a.one").touch()
    assert [each.name for each in bring(tmp_path / "a.one", READERS)] == ["a"]


def test_a_folder_is_read_file_by_file_or_as_a_whole(tmp_path):
    for name in ("b.one", "a.one", "readme"):
        (tmp_path / name).touch()
    assert [each.name for each in bring(tmp_path, READERS)] == ["a", "b"]
    (tmp_path / "index").touch()
    assert [each.kind for each in bring(tmp_path, (WHOLE,))] == ["one"]


def test_one_faulty_file_of_a_folder_brings_nothing(tmp_path):
    for name in ("a.one", "bad.one"):
        (tmp_path / name).touch()
    with refused("bad.one, line 1: no"):
        bring(tmp_path, READERS)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.two", "nothing here reads 'a.two'; what is read: a folder with index, *.one"),
        ("empty", "{path} holds nothing that is read: a folder with index, *.one"),
        ("none", "{path} does not exist; was it moved or renamed?"),
    ],
)
def test_what_nobody_reads_is_told_with_what_is_read(tmp_path, name, told):
    (tmp_path / "a.two").touch()
    (tmp_path / "empty").mkdir()
    with refused(told.format(path=tmp_path / name)):
        bring(tmp_path / name, READERS)


def test_tables_are_exported_as_such_and_all_else_as_toml():
    assert [ending_of(kind) for kind in ("chip", "network", "prices", "results")] == [".toml", ".toml", ".csv", ".csv"]
