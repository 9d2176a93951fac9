"""A deck or workbook that another program has saved again still opens on its scenario."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from ipuwhatif.analysis.world import load_world
from ipuwhatif.export.carried import opened_file
from ipuwhatif.export.writers import write_figures
from ipuwhatif.scenario.document import Document, titled, with_copy
from ipuwhatif.scenario.file_format import document_bytes
from tests.export.office_files import converted

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
