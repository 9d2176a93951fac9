"""The page that is shown goes on paper by the painter of PDF files."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QMessageBox

from ipuwhatif.gui.answering.question import EVIDENCE, SCALING
from ipuwhatif.gui.files import printing
from ipuwhatif.gui.files.printing import print_figure
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import figure_of, settle


def paper(path: Path, orientation: QPageLayout.Orientation = QPageLayout.Orientation.Portrait) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(orientation)
    return printer


def text_of(path: Path) -> str:
    assert shutil.which("pdftotext") is not None
    return subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Whatever is printed goes into this file, as if the user had chosen that."""
    path = tmp_path / "printed.pdf"
    monkeypatch.setattr(printing.PrintMenu, "printer", lambda _: paper(path))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 1)
    return path


def test_that_the_shown_page_is_printed_with_all_that_belongs_to_it(window: MainWindow, printed: Path) -> None:
    window.menus.prints.print.trigger()
    text = text_of(printed)
    for part in (
        "IPU-POD16 (16 IPUs) 28.33 min",
        "projected 28.5 min",
        "Against the reference",
        "MLPerf",
        "Sources",
        "Page 1 of",
    ):
        assert part in text
    assert window.menus.exports.told.label.text() == "Sent to the printer"


def test_that_what_is_looked_at_is_what_is_printed(window: MainWindow, printed: Path) -> None:
    window.turn_to(SCALING)
    settle()
    window.menus.axes.log.trigger()
    window.menus.axes.step(3.0, 64.0)
    settle()
    window.menus.prints.print.trigger()
    text = text_of(printed)
    assert "Time to train (min)" in text and "logarithmic" not in text and "4,096" not in text


def test_that_a_scenario_beside_is_printed_as_well(window: MainWindow, printed: Path) -> None:
    window.menus.scenarios.add.trigger()
    window.menus.scenarios.pair.trigger()
    settle()
    window.menus.prints.print.trigger()
    text = text_of(printed)
    assert "A · IPU-POD16 (16 IPUs)" in text and "B · IPU-POD16 (16 IPUs)" in text


def test_that_nothing_is_printed_where_the_user_would_rather_not(
    window: MainWindow, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 0)
    window.menus.prints.print.trigger()
    assert not printed.exists() and not window.menus.exports.told.isVisible()


def test_that_a_printer_that_takes_nothing_is_told_of(window: MainWindow, printed: Path, monkeypatch) -> None:
    monkeypatch.setattr(printing, "print_figure", lambda *_: False)
    window.menus.prints.print.trigger()
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "printer" in box.text()
    box.close()


@pytest.mark.parametrize("orientation", list(QPageLayout.Orientation))
def test_that_pages_fill_the_paper_whichever_way_it_lies(window: MainWindow, tmp_path: Path, orientation) -> None:
    path = tmp_path / "page.pdf"
    assert print_figure(paper(path, orientation), figure_of(window), "")
    assert "Page 1 of" in text_of(path)


def test_that_only_the_pages_that_are_asked_for_are_printed(window: MainWindow, tmp_path: Path) -> None:
    window.turn_to(EVIDENCE)
    settle()
    path = tmp_path / "page.pdf"
    printer = paper(path)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert print_figure(printer, figure_of(window), "")
    text = text_of(path)
    assert "Page 2 of" in text and "Page 3 of" in text and "Page 1 of" not in text and "Page 4 of" not in text


def test_that_the_preview_shows_the_pages(window: MainWindow) -> None:
    window.menus.prints.preview.trigger()
    settle()
    dialog = window.findChild(QPrintPreviewDialog)
    assert dialog.isVisible() and dialog.findChild(QPrintPreviewWidget).pageCount() >= 1
    dialog.close()
    settle()
    assert window.findChild(QPrintPreviewDialog) is None


def test_that_with_nothing_to_show_nothing_can_be_printed(window: MainWindow) -> None:
    for choice in window.question.scenario.systems:
        window.systems.boxes[choice].click()
    settle()
    assert not window.menus.prints.print.isEnabled() and not window.menus.prints.preview.isEnabled()
