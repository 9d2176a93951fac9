"""Every question's numbers as other programs read them from what was exported: data frames, spreadsheets and decks."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas
import pytest
from pptx import Presentation

from ipuwhatif.analysis.attribution.attribution import attribute_official, find_entry
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.csv_file import write_csv
from ipuwhatif.export.office.native.native import native_chart
from ipuwhatif.export.office.native.native_series import DOTS
from ipuwhatif.export.office.slide_notes import notes_text
from ipuwhatif.export.office.workbook.workbook import sheet_names
from ipuwhatif.export.writers import write_figures
from ipuwhatif.figures.attribution.attribution import attribution_figure
from ipuwhatif.figures.cells import printed
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.view_options import CHANGE, LEARNT, MINE, VIEWS, ViewOptions
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.office_files import converted

WORLD = load_world()
QUESTIONS = ("compare", "scaling", "breakdown", "sensitivity", "cost", "evidence")
ENTRIES = [f"{each}/Graphcore/ipu-pod64-TF1/resnet/closed" for each in ("v1.0", "v1.1")]


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    """What each question shows, as the window asks them at its first start; nothing of one's own is imported."""
    change = attribute_official(*(find_entry(WORLD.catalog, key) for key in ENTRIES))
    found = {"breakdown/change": attribution_figure(change, WORLD.catalog)}
    for question in QUESTIONS:
        for view in VIEWS.get(question, ("",)):
            if view not in (CHANGE, MINE, LEARNT):
                look = ViewOptions(FIRST_START.systems[0], view)
                figure = answer(WORLD, question, FIRST_START, (960, 540), look=look).figure
                assert figure is not None
                found[f"{question}/{view}"] = figure
    return found


@pytest.fixture(scope="module")
def book(qapp, figures, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("book") / "all.xlsx"
    write_figures(path, list(figures.values()))
    return path


def numbers(figure: Figure, as_printed: bool = False) -> Counter[float]:
    """Every number of a table that is in the unit of its column, with the ends of intervals; of twelve digits.

    as_printed: with the digits of the texts.
    """
    found: list[float] = []
    for place, column in enumerate(figure.table.columns):
        if not column.mixed:
            cells = [row[place] for row in figure.table.rows]
            single = [cell for cell in cells if cell.number is not None and cell.ends is None]
            found += [read_number(cell.text) if as_printed else cell.number for cell in single]
            found += [end for cell in cells if cell.ends is not None for end in cell.ends]
    return Counter(map(short, found))


def read_number(text: str) -> float:
    """The number that a text of a table begins with."""
    return printed(re.match(r"[+\u2212-]?[\d,.]+(?:e[+-]?\d+)?", text.replace("\u2212", "-"))[0])


def read(frame: pandas.DataFrame) -> Counter[float]:
    """Every number that a data frame holds as one."""
    columns = [frame[name] for name in frame.columns if frame[name].dtype.kind in "if"]
    return Counter(short(value) for column in columns for value in column if not math.isnan(value))


def short(value: float) -> float:
    return float(f"{value:.12g}")


def test_that_more_than_twelve_questions_are_asked(figures) -> None:
    assert len(figures) >= 18
    assert {name for name, figure in figures.items() if not numbers(figure)} == {"evidence/article"}


def test_that_a_data_frame_has_the_numbers_of_every_csv_file(figures, tmp_path: Path) -> None:
    for name, figure in figures.items():
        path, *_ = write_csv(tmp_path / f"{name.replace('/', '-')}.csv", figure)
        frame = pandas.read_csv(path)
        assert not numbers(figure, as_printed=True) - read(frame), name
        if name == "evidence/article":  # numbers in units of their own
            assert list(frame["Computed"].dropna()) == [row[2].text for row in figure.table.rows]


def test_that_a_data_frame_has_the_numbers_of_every_sheet(figures, book: Path) -> None:
    frames = pandas.read_excel(book, sheet_name=None)
    for name, sheet in zip(figures, sheet_names(list(figures.values())), strict=True):
        assert not numbers(figures[name]) - read(frames[f"{sheet}, table"]), name


def test_that_libreoffice_computes_and_keeps_every_cell(book: Path, tmp_path: Path) -> None:
    ours = openpyxl.load_workbook(book, data_only=True)
    theirs = openpyxl.load_workbook(converted(book, "xlsx", tmp_path), data_only=True)
    assert theirs.sheetnames == ours.sheetnames
    held = 0
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                other = theirs[sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                    assert other == pytest.approx(cell.value, rel=1e-12), (sheet.title, cell.coordinate)
                    held += 1
                else:
                    assert (other or "") == (cell.value or ""), (sheet.title, cell.coordinate)
    assert held > 10_000


def test_that_a_deck_has_the_numbers_of_every_chart_in_the_chart_and_in_the_sheet_behind_it(
    qapp, figures, tmp_path: Path
) -> None:
    path = tmp_path / "all.pptx"
    write_figures(path, list(figures.values()))
    slides = list(Presentation(str(path)).slides)
    drawn = 0
    for (name, figure), slide in zip(figures.items(), slides, strict=False):
        native = native_chart(figure)
        if native is None:
            continue
        drawn += 1
        (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
        behind = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob), data_only=True)["Data"]
        wanted = Counter(value for series in native.series for value in valued(series.values))
        in_chart = Counter(value for series in chart.plots[0].series for value in valued(series.values))
        in_sheet = Counter(valued(cell.value for row in behind.iter_rows() for cell in row))
        assert in_chart and not in_chart - wanted and not in_chart - in_sheet, name
        if native.shape != DOTS:  # which leave names and rows to a table
            assert in_chart == wanted, name
    assert drawn >= 17


def test_that_what_is_not_known_of_a_source_is_left_out(figures) -> None:
    """No entry's date of retrieval and no result ID of a single entry is known: nothing stands in their place."""
    assert all(official.origin.read is None for official in WORLD.catalog.official)
    for figure in figures.values():
        told = (*(note.text for note in figure.footnotes), *figure.notices, notes_text(figure, "", False))
        for text in told:
            assert not re.search(r"(retrieval|read) not recorded|[Rr]esult IDs?\b", text), text


def valued(values: Iterable[object]) -> Iterator[float]:
    return (float(value) for value in values if isinstance(value, int | float))
