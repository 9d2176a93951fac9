"""A window whose scenario is a file: its name in the title, a file dropped on it opens, closing it loses nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from ipuwhatif.files import is_file, is_folder
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.texts import tr
from ipuwhatif.units import quoted

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World
    from ipuwhatif.gui.files.documents import Documents
    from ipuwhatif.gui.window import MainWindow

IMPORTED = ".toml"  # a chip or a price list of the user's own
NETWORKS = (".json", ".onnx")  # the first may hold a scenario too
WORKBOOK = ".xlsx"  # one that was exported from here, or measurements of the user's own
RESULTS = (".csv", ".tsv", ".parquet", ".log", ".txt")  # that may hold results of the user's own; so may a folder


class FileWindow(QMainWindow):
    """`folder` holds journals and recent files; without one there are no files, and closing asks nothing.

    `file` is the first to open. Once it is `closed`, what was to come later does not. Signals: `files_kept` once there
    are documents, `world_grown` when one of them brought along what the world did not have, `network_taken` with a line
    about the network of a file.
    """

    files_kept = Signal()
    world_grown = Signal()
    network_taken = Signal(str)

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
        attached = self._attach(question, world, self._folder)
        if attached is not None:
            attached.open_path(self._file)

    def _attach(self, question: Question, world: "World", folder: Path) -> "Documents | None":
        """Documents, once: a window that was built anew in another language has them already."""
        from ipuwhatif.gui.files.documents import Documents

        if self.closed:
            return None
        if self.documents is not None:
            self.documents.renew(world)
            self._show_title()
            return self.documents
        self.documents = Documents(question, world, folder, self)
        self.documents.changed.connect(self._show_title)
        self.documents.grown.connect(self.world_grown)
        self.documents.network_taken.connect(self.network_taken)
        self._show_title()
        self.setAcceptDrops(True)
        self.files_kept.emit()
        QTimer.singleShot(0, self, self._offer)
        return self.documents

    def _offer(self) -> None:
        self.documents.offer_restore(self._file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        if self._copy(event):
            # What is asked about the open scenario must not hold up the program that the file comes from.
            QTimer.singleShot(0, self, lambda: self.open_dropped(urls))

    def _copy(self, event: QDropEvent) -> bool:
        """Whether files are dragged over the window. It only reads them: nothing that is dropped is moved away."""
        dragged = self.documents is not None and event.mimeData().hasUrls()
        if dragged:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        return dragged

    def open_dropped(self, urls: Sequence[QUrl]) -> None:
        """Open the one scenario or network that was dropped; all else is told, with what can be dropped."""
        if self.closed:
            return
        from ipuwhatif.export.embedded_document import SUFFIXES, carries

        path = Path(urls[0].toLocalFile()) if len(urls) == 1 else Path()
        if path.suffix.casefold() == WORKBOOK and is_file(path) and not carries(path):
            self._bring_in(path)
        elif path.suffix.casefold() in (SUFFIX, *NETWORKS, *SUFFIXES):
            self.documents.open_path(path)
        elif path.suffix.casefold() == IMPORTED:
            from ipuwhatif.gui.mine.asking import MineAsking
            from ipuwhatif.gui.mine.taking import import_file

            import_file(cast("MainWindow", self), path, MineAsking(self))
        elif path.name and (is_folder(path) or (path.suffix.casefold() in RESULTS and is_file(path))):
            self._bring_in(path)
        else:
            self.documents.asking.tell(_what_opens(urls, SUFFIXES))

    def _bring_in(self, path: Path) -> None:
        """Import a file or a folder of the user's own."""
        from ipuwhatif.gui.mine.my_data import show_my_data

        show_my_data(cast("MainWindow", self)).bring_in(path)

    def leave(self) -> bool:
        """Close without a question, as nobody may be there to answer: what is unsaved is offered at the next start.

        Where it cannot be kept for that, the window asks as ever. Whether it has closed.
        """
        if self.documents is not None:
            self.documents.put_off()
        return self.close()

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


def _what_opens(urls: Sequence[QUrl], exported: Sequence[str]) -> str:
    """Why what was dropped does not open, and what does."""
    one, count = quoted(urls[0].fileName() or urls[0].toString()), f"{len(urls):,}"
    told = tr("{name} does not open here.", name=one) if len(urls) == 1 else tr("{count} files at once.", count=count)
    return tr(
        "{told} Drop one scenario ({suffix}), one file that was exported from here ({endings}), or a network "
        "(config.json, *.onnx). A time or a throughput of your own is typed: click the projection, then “Your own "
        "measurement”.",
        told=told,
        suffix=f"*{SUFFIX}",
        endings=" ".join(f"*{suffix}" for suffix in exported),
    )
