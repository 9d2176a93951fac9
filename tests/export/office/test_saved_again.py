"""A deck or workbook that another program has saved again still opens on its scenario."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pptx.chart.chart import Chart

from ipuwhatif.analysis.world import load_world
from ipuwhatif.export.embedded_document import opened_file
from ipuwhatif.export.writers import write_figures
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.scenario.files.document import Document, titled, with_copy
from ipuwhatif.scenario.files.file_format import document_bytes
from tests.export.office_files import converted, pages
from tests.figures import samples

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
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


def test_that_log_axes_keep_ends_ticks_and_labels_when_libreoffice_saves_them_twice(qapp, tmp_path: Path) -> None:
    times = {"ipu-pod:16": 28.0, "dgx-a100:8": 2900.0}
    figures = [
        compare_figure(samples.comparison(times, reference="ipu-pod:16"), samples.scenario()),
        scaling_figure(samples.scaling(), samples.scenario()),
    ]
    path = tmp_path / "ours.pptx"
    write_figures(path, figures, None, "light", "1")
    once = by_libreoffice(path)
    twice = converted(once, "pptx", tmp_path)
    assert len(log_axes(path)) == 3
    for saved in (once, twice):
        for before, after in zip(log_axes(path), log_axes(saved), strict=True):
            assert after == pytest.approx(before, rel=1e-6)
        assert words(saved) == words(path)
    shown = pages(converted(twice, "pdf", tmp_path))
    for page, figure in zip(shown, figures, strict=False):
        assert all(tick.text in page for tick in figure.chart.x_axis.ticks)


def log_axes(path: Path) -> list[tuple[float, float]]:
    """The ends of every log axis of a deck; none of them counts in steps, which LibreOffice would save as others."""
    axes = [axis for chart in charts(path) for axis in chart._chartSpace.iter(f"{CHART}valAx")]
    found = [axis for axis in axes if axis.find(f"{CHART}scaling/{CHART}logBase") is not None]
    assert all(axis.find(f"{CHART}majorUnit") is None for axis in found)
    return [
        (
            float(axis.find(f"{CHART}scaling/{CHART}min").get("val")),
            float(axis.find(f"{CHART}scaling/{CHART}max").get("val")),
        )
        for axis in found
    ]


def words(path: Path) -> list[list[str]]:
    """What the points of each chart of a deck are labelled with, beside their values."""
    return [
        sorted(
            "".join(text.itertext()).strip()
            for text in chart._chartSpace.iter(f"{CHART}rich")
            if next(text.iterancestors()).getparent().tag == f"{CHART}dLbl"
        )
        for chart in charts(path)
    ]


def charts(path: Path) -> list[Chart]:
    return [shape.chart for slide in Presentation(str(path)).slides for shape in slide.shapes if shape.has_chart]


def numbers(path: Path) -> list[list[float]]:
    """The numbers of every chart of a deck, without the blanks that LibreOffice adds at the ends."""
    return [
        [value for series in chart.plots[0].series for value in series.values if value is not None]
        for chart in charts(path)
    ]
