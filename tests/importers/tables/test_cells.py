"""A table that was read stays at hand while its file is as it was."""

import os

from ipuwhatif.importers.tables import cells
from ipuwhatif.importers.tables.cells import read_sheets
from ipuwhatif.units import told
from tests.refusals import refused


def test_that_a_file_is_read_once_and_anew_when_it_has_changed(tmp_path, monkeypatch):
    path, read = tmp_path / "a.csv", []
    whole = cells.read_csv
    monkeypatch.setattr(cells, "read_csv", lambda path: read.append(path) or whole(path))
    path.write_text("a,b\n1,2\n")
    assert read_sheets(path) is read_sheets(path) and len(read) == 1
    path.write_text("a,b\n1,2\n3,4\n")
    assert len(read_sheets(path)[0].lines) == 3 and len(read) == 2
    os.utime(path, ns=(0, 0))
    read_sheets(path)
    assert len(read) == 3


def test_that_a_file_that_is_gone_is_told(tmp_path):
    with refused(f"{tmp_path / 'gone.csv'} cannot be read: No such file or directory"):
        read_sheets(tmp_path / "gone.csv")


def test_that_entries_and_rows_are_named_as_people_count_them():
    line = cells.Line(2, ("x",))
    assert told(cells.Sheet("a.csv", (line,)).place(line)) == "a.csv, row 2"
    assert told(cells.Sheet("a.toml", (line,), entries=True).place(line)) == "a.toml, entry 2"
