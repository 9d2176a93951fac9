"""The journal: the unsaved document of a window on disk, written beside the painting, found again after a kill.

Each window has a journal of its own with a lock on it. A journal that nobody holds is of a session that did not end
well, and is offered to the next one.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from ipuwhatif.catalog.documents import Node, decode_object
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import read_bounded, reason_of, write_atomic
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import LIMIT_BYTES, document_values, json_bytes, read_values
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

FORMAT, VERSION = "ipuwhatif journal", 1
_JOURNAL, _LOCK, _DAMAGED = ".json", ".lock", ".damaged"
_MAKING_S = 60.0  # longer than any lock is being made


class Unsaved(Record, frozen=True):
    """What a journal holds: the document, the file it belongs to, and what that file held when it was last seen."""

    document: Document
    path: Path | None
    fingerprint: str | None
    written: str  # local time, "2026-11-02 14:33"


class Orphan(Record, frozen=True):
    """A journal that nobody holds any more; its lock is now ours."""

    name: str
    record: Unsaved
    lock: QLockFile


class Journal(QObject):
    """The journal of one window in `folder`. Signals: `failed` with the reason when it cannot be written.

    Everything that touches the disk runs in one thread of its own, in the order in which it was asked for.
    """

    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._name = f"{os.getpid()}-{os.urandom(4).hex()}"
        self._lock: QLockFile | None = None
        self.worker: ThreadPoolExecutor | None = None
        self._writing: Future[bool] | None = None  # what was asked for last
        self._kept = False
        self._closed = False

    def keep(self, document: Document, path: Path | None, fingerprint: str | None) -> None:
        """Write the unsaved document soon; returns at once. After `close` nothing is kept."""
        if self._closed:  # an edit or a timer that comes after the end
            return
        values = {
            "format": FORMAT,
            "version": VERSION,
            "document": document_values(document),
            "file": None if path is None else str(path),
            "fingerprint": fingerprint,
            "written": datetime.now().isoformat(sep=" ", timespec="minutes"),
        }
        self._kept = True
        if self.worker is None:
            from concurrent.futures import ThreadPoolExecutor  # with the first edit, not at the start

            self.worker = ThreadPoolExecutor(1, "journal")
        self._writing = self.worker.submit(self._write, json_bytes(values))

    def forget(self) -> None:
        """The document is safe elsewhere: nothing is left to restore."""
        if self._kept and self.worker is not None:
            self.worker.submit(self._remove)
        elif self._kept:
            self._remove()
        self._kept = False

    def close(self) -> None:
        """The window has ended well: leave nothing behind, and keep nothing from now on."""
        self._closed = True
        self._end()

    def leave(self) -> bool:
        """The window goes unasked: what was kept last stays for another start. Whether it is on the disk."""
        if not self.settled():
            return False
        self._kept = False  # not to be removed with the window
        self.close()
        return True

    def settled(self) -> bool:
        """Wait for what was asked for last. Whether it is on the disk; False where nothing was asked for."""
        return self._writing is not None and self._writing.result()

    def _end(self) -> None:
        """Leave nothing of this journal behind."""
        self.forget()
        if self.worker is not None:
            self.worker.shutdown(wait=True)
            self.worker = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def adopt(self, orphan: Orphan) -> None:
        """Go on in the journal of a session that did not end well, until its document is saved."""
        self._end()
        self._name, self._lock, self._kept = orphan.name, orphan.lock, True

    def discard(self, orphan: Orphan) -> None:
        """Remove what nobody wants to restore."""
        self._clear(orphan.name)
        orphan.lock.unlock()

    def orphans(self, catalog: Catalog, levers: Levers) -> Iterator[Orphan]:
        """What sessions that did not end well have left, the newest first; each is ours until its lock is let go.

        A damaged journal is set aside; one of a newer version, or that cannot be read now, is left. Never raises.
        """
        for name in self._names():
            lock = _taken(self._folder / f"{name}{_LOCK}")
            if lock is None:  # held by a window that is alive, or not ours to read
                continue
            path = self._folder / f"{name}{_JOURNAL}"
            try:
                record = _read(path, catalog, levers)
            except InputError as error:
                self._put_away(name, path, error.__cause__)
                record = None
            if record is None:
                lock.unlock()
            else:
                yield Orphan(name, record, lock)

    def _names(self) -> list[str]:
        """The journals of every window, the newest first."""
        times: dict[str, float] = {}
        try:
            found = list(self._folder.iterdir())
        except OSError:  # no folder yet
            found = []
        for path in found:
            if path.suffix in (_JOURNAL, _LOCK):
                with suppress(OSError):  # a window has just ended, or it is a link that leads nowhere
                    times[path.stem] = max(times.get(path.stem, 0.0), path.stat().st_mtime)
        return sorted((name for name in times if name != self._name), key=lambda name: -times[name])

    def _write(self, data: bytes) -> bool:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._lock is None:
                lock = _lock(self._folder / f"{self._name}{_LOCK}")
                if not lock.tryLock(0):
                    raise InputError(tr("{folder} cannot be written", folder=printable(self._folder)))
                self._lock = lock
            write_atomic(self._folder / f"{self._name}{_JOURNAL}", data)
        except InputError as error:
            self.failed.emit(str(error))
        except OSError as error:  # the folder cannot be made
            reason = reason_of(error)
            self.failed.emit(tr("{path} cannot be written: {reason}", path=printable(self._folder), reason=reason))
        else:
            return True
        return False

    def _remove(self) -> None:
        self._clear(self._name)

    def _clear(self, name: str) -> None:
        """Remove a journal, and what a kill in the middle of writing it has left."""
        with suppress(OSError):  # offered once more at the next start
            (self._folder / f"{name}{_JOURNAL}").unlink(missing_ok=True)
            for left in self._folder.glob(f".{name}{_JOURNAL}.*.tmp"):
                left.unlink(missing_ok=True)

    def _put_away(self, name: str, path: Path, cause: BaseException | None) -> None:
        """Remove a name with nothing under it, set aside what is damaged, and leave what the disk does not give."""
        if isinstance(cause, FileNotFoundError):  # killed before anything was kept
            self._clear(name)
        elif not isinstance(cause, OSError):
            with suppress(OSError):
                path.replace(path.with_suffix(_DAMAGED))


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # stale when its process has ended, however long a window has been open
    return lock


def _taken(path: Path) -> QLockFile | None:
    """The lock, now ours; None where somebody has it. One that names nobody, as a full disk leaves it, is nobody's."""
    lock = _lock(path)
    if lock.tryLock(0):
        return lock
    holder = lock.getLockInfo()[0]
    if holder or not _is_old(path):
        return None
    # Qt leaves the file of a process that lives, whatever is in it.
    return lock if lock.removeStaleLockFile() and lock.tryLock(0) else None


def _is_old(path: Path) -> bool:
    """Whether a file was there before those that are being made now, by whichever clock."""
    try:
        return abs(time.time() - path.lstat().st_mtime) > _MAKING_S
    except OSError:
        return False


def _read(path: Path, catalog: Catalog, levers: Levers) -> Unsaved | None:
    """What a journal holds; None when a newer version of the program wrote it. InputError for any fault."""
    values = decode_object(read_bounded(path, 2 * LIMIT_BYTES), path.name)
    node, document = Node(path.name, "$", values), values.get("document")
    if node.text("format") != FORMAT:
        raise node.refuse(tr("no journal"))
    if node.whole("version") > VERSION:
        return None
    file, fingerprint, written = node.optional_text("file"), node.optional_text("fingerprint"), node.text("written")
    if file is not None and "\0" in file:
        raise node.refuse(tr("no journal"))
    node.close(read_elsewhere=("document",))
    if not isinstance(document, dict):
        raise node.refuse(tr("no document"))
    opened = read_values(document, path.name, catalog, levers)
    return (
        None if opened.newer else Unsaved(opened.document, None if file is None else Path(file), fingerprint, written)
    )
