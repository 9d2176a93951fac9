"""Makes files beside the painting, with a progress that can be cancelled, and puts them in their place all at once.

A file is made in a folder of its own first: what is cancelled or fails leaves nothing behind, and replaces nothing.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressDialog, QWidget

from ipuwhatif.files import reason_of
from ipuwhatif.gui.plain import shown_name
from ipuwhatif.scenario.files.storage import write_files
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable

PATIENCE_MS = 500  # before a progress is shown
Write = Callable[[Path], tuple[Path, ...]]  # writes to a path and tells what it wrote, there and beside it
Made = list[tuple[Path, bytes]]


class ExportJob(QObject):
    """One export at a time. Signals: `done` with the written paths, `failed` with the reason in words."""

    done = Signal(object)
    failed = Signal(str)
    _made = Signal(object)
    _broken = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.worker: ThreadPoolExecutor | None = None
        self._progress: QProgressDialog | None = None
        self.running = False
        self._closed = False
        self._made.connect(self._put)
        self._broken.connect(self._tell)

    def start(self, path: Path, write: Write) -> None:
        """Write a file soon; returns at once. While another is being made, or after `close`, nothing is started."""
        if self.running or self._closed:
            return
        self.running = True
        if self.worker is None:
            self.worker = ThreadPoolExecutor(1, "export")
        self._progress = progress = QProgressDialog("", tr("Cancel"), 0, 0, self._window)
        label = QLabel(tr("Writing {name} …", name=shown_name(path)))
        label.setTextFormat(Qt.TextFormat.PlainText)
        progress.setLabel(label)
        progress.setWindowTitle(tr("Export"))
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(PATIENCE_MS)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.setValue(0)
        self.worker.submit(self._make, path, write)

    def close(self) -> None:
        """The window closes: what is being made is waited for, and goes nowhere."""
        if self.worker is not None:
            self.worker.shutdown(wait=True)
            self.worker = None
        self._closed = True
        self._end()

    def _make(self, path: Path, write: Write) -> None:
        """In the worker: the files as bytes, by where they belong."""
        try:
            with TemporaryDirectory(prefix="ipuwhatif-") as folder:
                written = write(Path(folder) / path.name)
                self._made.emit([(path.parent / each.name, each.read_bytes()) for each in written])
        except OSError as fault:  # no room for what is made, say
            told = tr("{path} cannot be written: {reason}", path=printable(path), reason=reason_of(fault))
            self._broken.emit(InputError(told))
        except Exception as fault:  # told in the window, which knows how to show it
            self._broken.emit(fault)

    def _put(self, made: Made) -> None:
        if self._end() or self._closed:  # what the worker made last comes after `close`
            return
        try:
            write_files(dict(made))
        except InputError as error:
            self.failed.emit(str(error))
            return
        self.done.emit(tuple(path for path, _ in made))

    def _tell(self, fault: Exception) -> None:
        cancelled = self._end() or self._closed
        if isinstance(fault, InputError):
            if not cancelled:
                self.failed.emit(str(fault))
            return
        raise fault  # shown and logged as any fault of a slot

    def _end(self) -> bool:
        """Take the progress away; whether the user has cancelled."""
        progress, self._progress, self.running = self._progress, None, False
        cancelled = progress is not None and progress.wasCanceled()
        if progress is not None:
            progress.close()
            progress.deleteLater()
        return cancelled
