"""The shown page on paper: headline, chart, table, footnotes and sources as in a PDF file, by the same painter.

It is laid out anew for paper, on which a chart as wide as a window would be too small to read, in the light theme.
"""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QWidget

from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.files.told import Told
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.records import replace
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ipuwhatif.analysis.world import World

SIZE = 720, 500  # logical pixels of a chart on paper


class Printing(Protocol):
    """A window, as far as this menu knows it."""

    question: Question
    workspace: Workspace
    world: "World | None"

    @property
    def shown_question(self) -> str: ...


class PrintMenu(QObject):
    """Prints the page that is shown, or shows how that will look."""

    def __init__(self, menu: QMenu, shown: Printing, window: QWidget, told: Told) -> None:
        super().__init__(menu)
        self._shown, self._window, self._told = shown, window, told
        words = tr("Headline, chart, table, footnotes and sources, as in a PDF file")
        self.print = add_action(self, menu, tr("Print…"), "Ctrl+P", self._print, words)
        self.preview = add_action(self, menu, tr("Print preview…"), "Ctrl+Alt+P", self._preview)

    def refresh(self) -> None:
        """Follow the window."""
        for action in (self.print, self.preview):
            action.setEnabled(self._shown.workspace.figure is not None)

    def _figure(self) -> Figure | None:
        """What is shown, laid out for paper."""
        from ipuwhatif.gui.answering.answers import answer

        world, question = self._shown.world, self._shown.question
        if world is None:
            return None
        look = replace(self._shown.workspace.tools.look(question.selection), beside=question.shown_beside)
        return answer(world, self._shown.shown_question, question.scenario, SIZE, look=look).figure

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        figure, printer = self._figure(), self.printer()
        if figure is None:
            return
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(tr("Print"))
        accepted = dialog.exec()
        dialog.deleteLater()
        if not accepted:
            return
        if print_figure(printer, figure, self._version()):
            self._told.tell(tr("Sent to the printer"))
        else:
            show_fault(
                self._window, tr("The printer takes nothing now. Choose another one, or export the chart as PDF.")
            )

    def _preview(self) -> None:
        from PySide6.QtPrintSupport import QPrintPreviewDialog

        figure = self._figure()
        if figure is None:
            return
        printer = self.printer()  # kept by the dialog's slots
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setWindowTitle(tr("Print preview"))
        dialog.resize(self._window.size() * 0.9)
        dialog.paintRequested.connect(lambda asked: print_figure(asked, figure, self._version()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda: printer.setDocName(""))  # which keeps it as long as the dialog
        dialog.open()

    def printer(self) -> "QPrinter":
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        figure = self._shown.workspace.figure
        printer.setDocName("" if figure is None else figure.chart.title)
        return printer

    def _version(self) -> str:
        return "" if self._shown.world is None else self._shown.world.catalog.evidence_hash[:12]


def print_figure(printer: "QPrinter", figure: Figure, version: str) -> bool:
    """Paint the pages of a figure that a printer is asked for, as large as its paper; whether it takes them."""
    from PySide6.QtPrintSupport import QPrinter

    from ipuwhatif.export.pages import pages_of, paint_page

    printer.setFullPage(True)
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    painter = QPainter()
    if not painter.begin(printer):
        return False
    pages = pages_of(figure, LIGHT, version, paper.height() / paper.width())
    chosen = range(len(pages))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.toPage():
        chosen = chosen[max(printer.fromPage() - 1, 0) : printer.toPage()]
    for index in chosen:
        if index != chosen[0]:
            printer.newPage()
        page = pages[index]
        scale = min(paper.width() / page.width, paper.height() / page.height)
        painter.save()
        painter.scale(scale, scale)
        paint_page(painter, page, tr("Page {number} of {pages}", number=index + 1, pages=len(pages)))
        painter.restore()
    return painter.end()
