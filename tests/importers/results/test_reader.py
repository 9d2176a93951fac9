"""Each kind of file is told by its look, and what is kept reads back from the store."""

import random
import shutil

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from ipuwhatif.importers.results.own_table import read_own_table, table_text
from ipuwhatif.importers.results.reader import (
    RESULTS,
    bring_results,
    is_plain_table,
    kept_results,
    read_results,
    takes_results,
)
from ipuwhatif.importers.store import keep, read_store
from ipuwhatif.records import replace
from ipuwhatif.units import InputError, told
from tests.importers.results.conftest import DATA
from tests.refusals import refused


@pytest.mark.parametrize("place", ["", "AMD", "AMD/results", "AMD/results/MI300X_EPYC_9575F_pytorch", "summary.json"])
def test_folders_of_any_depth_and_summaries_are_read(catalog, place):
    assert read_results(DATA / place, catalog, "v5.0").results


def test_a_table_that_was_written_here_is_told_by_its_head(tmp_path, catalog):
    results = read_results(DATA, catalog, "v5.0").results
    (tmp_path / "mine.csv").write_text(table_text(results))
    assert read_results(tmp_path / "mine.csv", catalog).results == as_kept(results)


def test_what_is_brought_in_is_kept_and_read_back(tmp_path, catalog):
    things = bring_results(DATA / "summary.json")
    assert [(each.kind, each.name) for each in things] == [(RESULTS, "summary")]
    keep(things, tmp_path)
    found = kept_results(catalog, read_store(tmp_path))
    assert found.results == as_kept(read_results(DATA / "summary.json", catalog).results) and not found.refused


def test_where_some_rows_cannot_be_read_it_is_asked_whether_the_others_are_wanted(tmp_path):
    path = tmp_path / "my runs.csv"
    path.write_text("system,workload,time (h)\ndgx-a100,bert,3\nfoo,bert,3\n")
    (thing,) = bring_results(path)
    (ask,) = thing.asks
    assert told(ask) == (
        "my runs.csv, row 3: system 'foo' is unknown; nearest: bow-pod. Say which it is (--system 'foo=bow-pod:4'). 1 "
        "of 2 results cannot be read: import the others"
    )
    path.write_text("system,workload,time (h)\nfoo,bert,3\n")
    with refused(
        "my runs.csv, row 2: system 'foo' is unknown; nearest: bow-pod. Say which it is (--system 'foo=bow-pod:4')"
    ):
        bring_results(path)


def test_a_table_with_heads_of_its_own_is_told_from_those_that_are_known(tmp_path):
    (tmp_path / "runs.csv").write_text("system,workload,time (h)\n")
    (tmp_path / "mine.csv").write_text(table_text(()))
    assert is_plain_table(tmp_path / "runs.csv")
    assert not any(map(is_plain_table, (tmp_path / "mine.csv", DATA / "summary.json", DATA, tmp_path / "none.csv")))


def test_other_files_are_refused_with_what_is_read(tmp_path, catalog):
    (tmp_path / "a.pdf").write_text("")
    assert not takes_results(tmp_path / "a.pdf") and takes_results(tmp_path / "a.xlsx") and takes_results(DATA / "AMD")
    with refused("nothing here reads 'a.pdf'; what is read: *.csv *.tsv *.xlsx *.parquet *.json *.log *.txt"):
        read_results(tmp_path / "a.pdf", catalog)
    with refused(f"{tmp_path / 'b.csv'} does not exist; was it moved or renamed?"):
        read_results(tmp_path / "b.csv", catalog)


def as_kept(results):
    """What a file holds, as it is once it was written: its places and notes in words."""
    return tuple(
        replace(each, place=told(each.place), notes=tuple(told(note) for note in each.notes)) for each in results
    )


@pytest.fixture
def files(tmp_path):
    """One good file of each kind."""
    shutil.copy(DATA / "summary.json", tmp_path / "summary.json")
    shutil.copy(next(DATA.rglob("result_0.txt")), tmp_path / "run.log")
    rows = [("system", "workload", "time (h)"), ("dgx-a100", "bert", 0.4), ("ipu-pod16", "bert", "28 min")]
    (tmp_path / "runs.csv").write_text("\n".join(",".join(map(str, row)) for row in rows))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "runs.xlsx")
    table = pyarrow.table({"system": ["dgx-a100"], "workload": ["bert"], "time_h": [0.4]})
    parquet.write_table(table, tmp_path / "runs.parquet")
    return sorted(path for path in tmp_path.iterdir() if path.is_file())


def test_a_file_that_was_damaged_anywhere_is_read_or_refused_in_one_line(files, catalog):
    chance, read = random.Random(5), 0
    for path in files:
        good = path.read_bytes()
        for _ in range(60):
            bad = bytearray(good)
            for _ in range(chance.randint(1, 4)):
                place = chance.randrange(len(bad))
                bad[place : place + chance.randint(0, 9)] = chance.choice(
                    (b"", b"\x00", b"NaN", b"9" * 40, b'"', b"\n")
                )
            path.write_bytes(bad)
            try:
                found = read_results(path, catalog)
            except InputError as error:
                assert "\n" not in str(error)
            else:
                read += bool(found.results)
                assert read_own_table(table_text(found.results), "mine", catalog).results == as_kept(found.results)
    assert read > 5  # some damage is outside what is read
