"""A deck or workbook that another program has saved again still opens on its scenario."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from ipuwhatif.analysis.world import load_world
from ipuwhatif.export.carried import opened_file
from ipuwhatif.export.writers import write_figures
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.scenario.document import Document, titled, with_copy
from ipuwhatif.scenario.file_format import document_bytes
from tests.export.office_files import converted
from tests.figures import samples

WORLD = load_world()
DOCUMENT = titled(with_copy(Document()), 1, "快 & faster")


def by_libreoffice(path: Path) -> Path:
    folder = path.parent / "again"
    folder.mkdir()
    return converted(path, path.suffix[1:], folder)


def by_python_pptx(path: Path) -> Path:
    again = path.with_name("again.pptx")
    Presentation(str(path)).save(str(again))
    return again


def by_openpyxl(path: Path) -> Path:
    again = path.with_name("again.xlsx")
    openpyxl.load_workbook(path).save(again)
    return again


@pytest.mark.parametrize(
    ("suffix", "save"),
    [(".pptx", by_libreoffice), (".xlsx", by_libreoffice), (".pptx", by_python_pptx), (".xlsx", by_openpyxl)],
)
def test_that_the_scenario_survives_a_save_by(
    figure, tmp_path: Path, suffix: str, save: Callable[[Path], Path]
) -> None:
    path = tmp_path / f"ours{suffix}"
    write_figures(path, [figure], document_bytes(DOCUMENT), "light", "1")
    assert opened_file(save(path), WORLD.catalog, WORLD.levers).document == DOCUMENT


def test_that_a_chart_keeps_its_numbers_when_libreoffice_saves_it(qapp, tmp_path: Path) -> None:
    times = {"ipu-pod:16": 28.0, "dgx-a100:8": 2900.0}
    figures = [
        compare_figure(samples.comparison(times, reference="ipu-pod:16"), samples.scenario()),
        scaling_figure(samples.scaling(), samples.scenario()),
    ]
    path = tmp_path / "ours.pptx"
    write_figures(path, figures, None, "light", "1")
    for before, after in zip(numbers(path), numbers(by_libreoffice(path)), strict=True):
        assert after == pytest.approx(before)


def numbers(path: Path) -> list[list[float]]:
    """The numbers of every chart of a deck, without the blanks that LibreOffice adds at the ends."""
    charts = [shape.chart for slide in Presentation(str(path)).slides for shape in slide.shapes if shape.has_chart]
    return [
        [value for series in chart.plots[0].series for value in series.values if value is not None] for chart in charts
    ]
