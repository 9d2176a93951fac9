"""How what Explore shows leaves the app: as a file of any kind, or copied as a picture or a table."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from ipuwhatif.analysis.world import World
from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.files.copied import picture_data
from ipuwhatif.gui.files.export_job import ExportJob
from ipuwhatif.gui.files.proposed_name import proposed_name, usual_folder
from ipuwhatif.gui.files.told import Told
from ipuwhatif.gui.tables.cells import copy_cells
from ipuwhatif.texts import tr


class Leaving(QObject):
    """`figure` makes what is shown, at the theme of the window; a line tells what was written or copied."""

    def __init__(
        self, world: World, question: Question, figure: Callable[[], Figure | None], theme: str, window: QWidget
    ) -> None:
        super().__init__(window)
        self._world, self._question, self._figure, self._window = world, question, figure, window
        self.theme_name = theme
        self.told = Told(window)
        self.job = ExportJob(window)
        self.job.done.connect(lambda written: self.told.tell_saved(written[0]))
        self.job.failed.connect(lambda reason: show_fault(window, reason))

    def ask(self) -> None:
        """Ask where to, then write a file there."""
        from ipuwhatif.export.formats import FORMATS

        figure = self._figure()
        if figure is None:
            return
        kinds = {
            tr("{name} (*{suffix})", name=tr(each.name), suffix=suffix): suffix for suffix, each in FORMATS.items()
        }
        offered = str(usual_folder() / f"{proposed_name(figure.chart.title, tr('plans'))}{next(iter(FORMATS))}")
        chosen, kind = QFileDialog.getSaveFileName(self._window, tr("Export plans"), offered, ";;".join(kinds))
        if chosen:
            path = Path(chosen)
            known = path.suffix.casefold() in FORMATS
            self.export_to(path if known else path.with_name(path.name + kinds.get(kind, next(iter(FORMATS)))))

    def export_to(self, path: Path) -> None:
        """What is shown as a file of the kind that its ending says; the document travels inside."""
        from ipuwhatif.export.writers import write_figures
        from ipuwhatif.scenario.files.file_format import document_bytes

        figure, theme = self._figure(), self.theme_name
        if figure is not None:
            content, version = document_bytes(self._question.document), self._world.catalog.evidence_hash[:12]
            self.job.start(path, lambda target: write_figures(target, [figure], content, theme, version))

    def copy_picture(self) -> None:
        """The picture on the clipboard, its notes along with it as text."""
        figure = self._figure()
        if figure is not None:
            QApplication.clipboard().setMimeData(picture_data(figure, self.theme_name))
            self.told.tell(tr("Copied the picture"))

    def copy_table(self) -> None:
        """The table on the clipboard."""
        figure = self._figure()
        if figure is not None:
            copy_cells(figure.table)
            self.told.tell(tr("Copied the table"))

    def close(self) -> None:
        """The window closes."""
        self.job.close()
