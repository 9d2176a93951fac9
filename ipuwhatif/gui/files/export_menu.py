"""The part of the File menu that lets charts leave: copies, a slide at one key, any format, all charts at once."""

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.kept_place import Place
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.analysis.results import Projection
    from ipuwhatif.analysis.world import World
    from ipuwhatif.charts.spec import Figure, TableSpec
    from ipuwhatif.gui.files.export_job import ExportJob
    from ipuwhatif.scenario.scenario import Scenario

PICTURE_SCALE = 2.0


class Exporting(Protocol):
    """A window, as far as this menu knows it."""

    theme_name: str
    question: Question
    workspace: Workspace
    world: "World | None"
    place: Place

    def note_folder(self, folder: Path) -> None: ...


class ExportMenu(QObject):
    """Actions on the figure that is shown; each is enabled while there is one."""

    def __init__(self, menu: QMenu, shown: Exporting) -> None:
        super().__init__(menu)
        self._shown = shown
        self._window: QWidget = menu.window() if not isinstance(shown, QWidget) else shown
        self.job: ExportJob | None = None  # with the first export
        notes = tr("Its footnotes go along as text")
        self.copy = add_action(self, menu, tr("Copy chart as picture"), "Ctrl+C", self.copy_chart, notes)
        self.copy_table = add_action(
            self, menu, tr("Copy table"), "Ctrl+Shift+C", self.copy_cells, tr("Cells to paste")
        )
        told = tr("A PowerPoint file to paste into a mail, a chat or a folder, until the app closes")
        self.copy_file = add_action(self, menu, tr("Copy as slide"), "Ctrl+Alt+C", self.copy_slide, told)
        slide = tr("A PowerPoint slide of this chart, with table, footnotes and speaker notes")
        self.slide = add_action(self, menu, tr("Make my slide…"), "Ctrl+M", self._make_slide, slide)
        formats = tr("PowerPoint, Excel, PDF, web page, PNG, SVG or CSV; the scenario travels inside")
        self.export = add_action(self, menu, tr("Export chart…"), "Ctrl+E", self._export, formats)
        deck = tr("Comparison, scaling, parts, what it depends on and cost, one after the other")
        self.deck = add_action(self, menu, tr("Export every chart…"), "Ctrl+Shift+E", self._export_deck, deck)

    def refresh(self) -> None:
        """Follow the window."""
        there = self._shown.workspace.figure is not None
        for action in (self.copy, self.copy_table, self.copy_file, self.slide, self.export, self.deck):
            action.setEnabled(there)

    def copy_chart(self) -> None:
        """The chart as a picture on the clipboard, its footnotes along with it as text."""
        from ipuwhatif.export.notes import notes_text
        from ipuwhatif.export.painter import render_png

        figure = self._shown.workspace.figure
        if figure is None:
            return
        data = QMimeData()
        data.setImageData(QImage.fromData(render_png(figure.chart, self._shown.theme_name, PICTURE_SCALE)))
        data.setText(notes_text(figure))
        QApplication.clipboard().setMimeData(data)

    def copy_cells(self) -> None:
        """The table on the clipboard, as cells for a spreadsheet and as a table for a text."""
        figure = self._shown.workspace.figure
        if figure is not None:
            data = QMimeData()
            data.setText(cells_text(figure.table))
            data.setHtml(cells_html(figure.table))
            QApplication.clipboard().setMimeData(data)

    def copy_slide(self) -> None:
        """The slide as a file on the clipboard, which lies in a folder of its own until the program ends."""
        self.export_to(Path(_copies().name) / "slide.pptx")

    def _done(self, written: tuple[Path, ...]) -> None:
        copying = _copies.cache_info().currsize > 0  # the folder is made with the first copy, not to look at it
        if copying and written[0].parent == Path(_copies().name):
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in written])
            QApplication.clipboard().setMimeData(data)

    def export_to(self, path: Path, dpi: float | None = None) -> None:
        """The figure that is shown as a file of the kind that its ending says. A fault is told in one dialog.

        dpi: of a PNG picture, where it is not the usual one.
        """
        figure = self._shown.workspace.figure
        if figure is not None:
            self._start(path, lambda: [figure], dpi)

    def export_deck_to(self, path: Path) -> None:
        """Every chart of the scenario as one file."""
        world, scenario = self._shown.world, self._shown.question.scenario
        if world is not None:

            def make() -> "list[Figure]":
                from ipuwhatif.export.office.deck import deck

                return deck(world, scenario)

            self._start(path, make)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self.job is not None and self.job.running

    def close(self) -> None:
        """The window closes."""
        if self.job is not None:
            self.job.close()

    def _start(self, path: Path, make: "Callable[[], list[Figure]]", dpi: float | None = None) -> None:
        """Make the figures and the file in the worker; the document as it is now travels inside."""
        from ipuwhatif.analysis.kept_answers import with_answers
        from ipuwhatif.export.writers import DEFAULT_DPI, write_figures
        from ipuwhatif.gui.files.export_job import ExportJob
        from ipuwhatif.scenario.file_format import document_bytes

        world = self._shown.world
        if world is None:
            return
        if self.job is None:
            self.job = ExportJob(self._window)
            self.job.done.connect(self._done)
            self.job.failed.connect(lambda reason: show_fault(self._window, reason))
        document, theme = self._shown.question.document, self._shown.theme_name
        version, scenario = world.catalog.evidence_hash[:12], self._shown.question.scenario

        def write(target: Path) -> tuple[Path, ...]:
            projections = _projections(world, scenario) if target.suffix.casefold() == ".xlsx" else ()
            content = document_bytes(with_answers(world, document))
            return write_figures(target, make(), content, theme, version, projections, dpi or DEFAULT_DPI)

        self.job.start(path, write)

    def _make_slide(self) -> None:
        self._asked(tr("Make my slide"), "slide", (".pptx",), self.export_to)

    def _export(self) -> None:
        from ipuwhatif.export.writers import FORMATS

        self._asked(tr("Export chart"), "chart", tuple(FORMATS), self.export_to)

    def _export_deck(self) -> None:
        from ipuwhatif.export.writers import FORMATS

        several = tuple(suffix for suffix, each in FORMATS.items() if each.several)
        self._asked(tr("Export every chart"), "charts", several, self.export_deck_to)

    def _asked(self, title: str, name: str, suffixes: tuple[str, ...], go_on: Callable[..., None]) -> None:
        """Ask where to; a name without an ending takes that of the chosen kind."""
        from ipuwhatif.export.writers import FORMATS, PRINT_DPI

        kinds = {tr("{name} (*{suffix})", name=tr(FORMATS[each].name), suffix=each): each for each in suffixes}
        printed = tr("Picture for print, {dpi} dots per inch (*{suffix})", dpi=round(PRINT_DPI), suffix=".png")
        if ".png" in suffixes:
            kinds[printed] = ".png"
        offered = str(Path(self._shown.place.folder) / f"{name}{suffixes[0]}")
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, offered, ";;".join(kinds))
        if chosen:
            path = Path(chosen)
            self._shown.note_folder(path.parent)
            known = path.suffix.casefold() in suffixes
            path = path if known else path.with_name(path.name + kinds.get(kind, suffixes[0]))
            go_on(path, *([PRINT_DPI] if kind == printed and path.suffix.casefold() == ".png" else []))


@cache
def _copies() -> "TemporaryDirectory[str]":
    """Of the whole program: what is on the clipboard outlives a change of language."""
    return TemporaryDirectory(prefix="ipuwhatif-copied-")


def _projections(world: "World", scenario: "Scenario") -> "tuple[Projection, ...]":
    """What the time formulas of a workbook are made of; none where no system can run the job."""
    from ipuwhatif.analysis.compare import compare

    try:
        return compare(world, scenario).projections
    except InputError:
        return ()


def cells_text(table: "TableSpec") -> str:
    """A table as lines of cells between tabs, which spreadsheets take as cells; nothing reads as a formula."""
    from ipuwhatif.export.csv_file import guarded

    rows = [[column.title for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    numbers = [[True] * len(table.columns), *([cell.number is not None for cell in row] for row in table.rows)]
    return "\n".join(
        "\t".join(text if known else guarded(text) for text, known in zip(row, kept, strict=True))
        for row, kept in zip(rows, numbers, strict=True)
    )


def cells_html(table: "TableSpec") -> str:
    """A table for a text; everything in it is escaped."""
    head = "".join(f"<th>{escape(column.title)}</th>" for column in table.columns)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table><tr>{head}</tr>{rows}</table>"
