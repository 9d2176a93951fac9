"""A window whose scenario is a file: its name in the title, a file dropped on it opens, closing it loses nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from ipuwhatif.gui.question import Question
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.documents import Documents


class FileWindow(QMainWindow):
    """`folder` holds journals and recent files; without one there are no files, and closing asks nothing.

    `file` is the first to open. Once it is `closed`, what was to come later does not. Signals: `files_kept` once there
    are documents.
    """

    files_kept = Signal()

    def __init__(self, folder: Path | None, file: Path | None) -> None:
        super().__init__()
        self.documents: Documents | None = None
        self.closed = False
        self._folder = folder
        self._file = file
        self.setWindowTitle(tr("IPU What-If"))

    def keep_files(self, question: Question, world: "World") -> None:
        """From here on the question's scenario is a file. The first to open is there at once.

        Everything else waits until the first page is painted; so does the offer to restore what a kill has left.
        """
        if self._folder is None:
            return
        if self.documents is not None or self._file is None:
            folder = self._folder
            QTimer.singleShot(0, self, lambda: self._attach(question, world, folder))
            return
        self._attach(question, world, self._folder)
        self.documents.open_path(self._file)

    def _attach(self, question: Question, world: "World", folder: Path) -> None:
        """Documents, once: a window that was built anew in another language has them already."""
        from ipuwhatif.gui.documents import Documents

        if self.closed:
            return
        if self.documents is not None:
            self.documents.renew(world)
            self._show_title()
            return
        self.documents = Documents(question, world, folder, self)
        self.documents.changed.connect(self._show_title)
        self._show_title()
        self.setAcceptDrops(True)
        self.files_kept.emit()
        QTimer.singleShot(0, self, self._offer)

    def _offer(self) -> None:
        self.documents.offer_restore(self._file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dragged(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dragged(event)
        if path is not None:
            event.acceptProposedAction()
            # What is asked about the open scenario must not hold up the program that the file comes from.
            QTimer.singleShot(0, self.documents, lambda: self._open_dropped(path))

    def _open_dropped(self, path: Path) -> None:
        if not self.closed:
            self.documents.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # until nothing can be lost any more: a fault on the way leaves the window open
        if self.documents is not None:
            if not self.documents.may_leave():
                return
            self.documents.close()
        self.closed = True
        super().closeEvent(event)

    def _show_title(self) -> None:
        """The file's name, and a mark while something is unsaved."""
        name = self.documents.name.replace("[*]", "[*][*]")  # what stands in brackets is for Qt to read
        self.setWindowTitle(tr("{name}[*] – IPU What-If", name=name))
        self.setWindowModified(self.documents.unsaved)

    def _dragged(self, event: QDropEvent) -> Path | None:
        """The one scenario file that is dragged over the window, if that is what is dragged."""
        urls = event.mimeData().urls()
        local = urls[0].toLocalFile() if self.documents is not None and len(urls) == 1 else ""
        if not local:
            return None
        from ipuwhatif.export.carried import SUFFIXES

        return Path(local) if local.casefold().endswith((SUFFIX, *SUFFIXES)) else None
