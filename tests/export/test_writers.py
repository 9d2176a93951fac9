"""Every kind of file under one name: the ending decides, the scenario goes along, and a fault writes nothing."""

import errno
import os
import re
import time
from pathlib import Path

import pytest

from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.world import load_world
from ipuwhatif.export.embedded_document import SUFFIXES, carried_in
from ipuwhatif.export.formats import FORMATS, check_name
from ipuwhatif.export.writers import write_figures
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import InputError
from tests.export.office_files import formulas, part
from tests.export.office_files import names as parts_of
from tests.refusals import refused

CONTENT = b'{"kind": "ipuwhatif"}\n'
STARTS = {
    ".pptx": b"PK",
    ".xlsx": b"PK",
    ".pdf": b"%PDF",
    ".html": b"<!DOCTYPE html>",
    ".png": b"\x89PNG",
    ".svg": b"<?xml",
    ".csv": b"\xef\xbb\xbfSystem",
}
BESIDE = (".png", ".svg", ".csv")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", FORMATS)
def test_that_every_kind_is_written_with_the_scenario_inside(qapp, tmp_path, figure, ending):
    path = tmp_path / f"chart{ending}"
    written = write_figures(path, (figure,), CONTENT, data_version="0123456789ab")
    assert sorted(each.name for each in written) == names(tmp_path)
    assert (tmp_path / f"chart{ending}.txt" in written) == (ending in BESIDE) and written[0] == path
    data = path.read_bytes()
    assert data.startswith(STARTS[ending])
    if ending in SUFFIXES:
        assert carried_in(data, ending) == CONTENT
    else:
        assert ending == ".csv"  # a table has no room for one


def undated(path: Path) -> object:
    """What a file holds; of slides without the day on which they were made, which they show."""
    if path.suffix != ".pptx":
        return path.read_bytes()
    data = path.read_bytes()
    held = {name: part(data, name) for name in parts_of(data)}
    return {name: re.sub(rb"<a:t>\d{4}-\d{2}-\d{2}</a:t>", b"", content) for name, content in held.items()}


@pytest.mark.parametrize("now", [0.0, 3e8, 5e9, 2e10])  # 1970, a year before the first of zip files, 2128, 2603
@pytest.mark.parametrize("ending", FORMATS)
def test_that_every_kind_is_written_and_the_same_under_any_clock(qapp, tmp_path, figure, ending, now, monkeypatch):
    write_figures(tmp_path / f"now{ending}", [figure], CONTENT)
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", f"{now:.0f}")
    write_figures(tmp_path / f"then{ending}", [figure], CONTENT)
    assert undated(tmp_path / f"then{ending}") == undated(tmp_path / f"now{ending}")


def test_that_every_kind_of_file_is_tested():
    assert list(STARTS) == list(FORMATS)
    assert {ending for ending in FORMATS if ending != ".csv"} == set(SUFFIXES)


@pytest.mark.parametrize("ending", FORMATS)
def test_that_several_charts_go_into_a_file_that_has_room_for_them(qapp, tmp_path, figure, ending):
    path = tmp_path / f"chart{ending}"
    if FORMATS[ending].several:
        write_figures(path, (figure, figure))
        assert names(tmp_path) == [path.name]
    else:
        with refused(f"a {ending} file holds one chart; write several to .pptx, .pdf, .xlsx or .html"):
            write_figures(path, (figure, figure))
        assert names(tmp_path) == []


@pytest.mark.parametrize("ending", [".pptx", ".html", ".png", ".svg", ".pdf"])
def test_that_a_theme_changes_what_is_drawn(qapp, tmp_path, figure, ending):
    light, dark = (tmp_path / f"{theme}{ending}" for theme in ("light", "dark"))
    for path in (light, dark):
        write_figures(path, (figure,), theme=path.stem)
    assert light.read_bytes() != dark.read_bytes()


def test_that_a_workbook_has_times_as_formulas_where_their_projections_are_known(tmp_path, figure):
    world = load_world()
    cases = [case_of(FIRST_START, choice, world.levers, world.catalog) for choice in FIRST_START.systems]
    plain, known = tmp_path / "plain.xlsx", tmp_path / "known.xlsx"
    write_figures(plain, (figure,))
    write_figures(known, (figure,), projections=project_all(world, cases))
    sheets = range(1, 4)
    counts = [
        sum(len(formulas(path.read_bytes(), sheet)) for sheet in sheets if _has(path, sheet)) for path in (plain, known)
    ]
    assert counts[1] > counts[0]


def _has(path: Path, sheet: int) -> bool:
    from tests.export.office_files import names as parts

    return f"xl/worksheets/sheet{sheet}.xml" in parts(path.read_bytes())


def test_that_the_ending_decides_in_small_and_in_capital_letters():
    assert [check_name(Path(f"Chart{ending.upper()}")) for ending in FORMATS] == list(FORMATS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("chart", ["'chart'", "no extension", ".pptx, .xlsx, .pdf, .html, .png, .svg, .csv"]),
        ("", ["no extension"]),
        (".png", ["'.png'", "no extension"]),
        ("chart.ppt", [".ppt is not known", "is .pptx"]),
        ("chart.htm", ["is .html"]),
        ("chart.\x1b", ["'chart.?'", ".? is not known"]),
        ("plan.ipuwhatif", [".ipuwhatif is not known"]),
    ],
)
def test_that_another_name_is_refused_with_those_that_are_known(tmp_path, figure, name, words):
    with pytest.raises(InputError) as fault:
        write_figures(Path(name), (figure,))
    assert [word for word in words if word not in str(fault.value)] == []
    assert str(fault.value).isprintable()


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != ".csv"])
def test_that_no_chart_at_all_is_refused(qapp, tmp_path, ending):
    with pytest.raises(InputError):
        write_figures(tmp_path / f"chart{ending}", ())
    assert names(tmp_path) == []


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("place", ["gone/chart", "n" * 300])
def test_that_a_place_that_cannot_be_is_refused_and_nothing_is_left(qapp, tmp_path, figure, ending, place):
    with pytest.raises(InputError) as fault:
        write_figures(tmp_path / f"{place}{ending}", (figure,), CONTENT)
    assert "\n" not in str(fault.value)
    assert names(tmp_path) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_that_a_disk_that_fills_keeps_what_was_there(qapp, tmp_path, figure, ending, monkeypatch):
    path = tmp_path / f"chart{ending}"
    write_figures(path, (figure,), CONTENT)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    synced = []

    def fill(descriptor):
        synced.append(descriptor)
        if len(synced) == len(before):  # the last of the files that belong together
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fill)
    full = tmp_path / sorted(before)[-1]
    with refused(f"{full} cannot be written: No space left on device"):
        write_figures(path, (figure,), CONTENT, theme="dark", data_version="0123456789ab")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize("ending", FORMATS)
def test_that_a_folder_that_takes_no_files_is_told_in_one_sentence(qapp, tmp_path, figure, ending, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    path = tmp_path / f"chart{ending}"
    monkeypatch.setattr("ipuwhatif.files.tempfile.mkstemp", refuse)  # as of root no folder is read-only
    with refused(f"{path} cannot be written: Permission denied"):
        write_figures(path, (figure,), CONTENT)
    assert names(tmp_path) == []
