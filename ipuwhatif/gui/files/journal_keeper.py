"""Keeps what is unsaved in the journal once no edit comes for a while, and hands out what a killed session left."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ipuwhatif.gui.files.file_dialogs import Decision
from ipuwhatif.gui.files.journal import Journal, Orphan
from ipuwhatif.scenario.files.document import Document

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World

JOURNAL_AFTER_MS = 1000  # without an edit


class JournalKeeper(QObject):
    """`kept` tells what goes into the journal: the document, its file, and the fingerprint of that.

    Signals: `failed`, once, with the reason why it cannot be written.
    """

    failed = Signal(str)

    def __init__(
        self, folder: Path, kept: Callable[[], tuple[Document, Path | None, str | None]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self._has_failed = False
        self.journal = Journal(folder, self)
        self.journal.failed.connect(self._fail)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(JOURNAL_AFTER_MS)
        self.timer.timeout.connect(self.keep)

    def follow(self, unsaved: bool) -> None:
        """The journal follows the document once no edit comes for a while, and is not needed once that is safe."""
        if unsaved:
            self.timer.start()
        else:
            self.timer.stop()
            self.journal.forget()

    def leave(self) -> bool:
        """Leave what is unsaved to another start; whether it could be written."""
        self.timer.stop()
        self.keep()
        return self.journal.leave()

    def close(self) -> None:
        """Nothing is left to restore."""
        self.timer.stop()
        self.journal.close()

    def offered(self, world: "World", only: Path | None, ask: Callable[[Orphan], Decision]) -> Orphan | None:
        """What a session that did not end well has left and the user wants back, still locked.

        only: the file whose document is offered; what belongs to others waits for another start.
        """
        for orphan in self.journal.orphans(world.catalog, world.levers):
            if only is not None and orphan.record.path != only:
                orphan.lock.unlock()
                continue
            answer = ask(orphan)
            if answer is Decision.DISCARD:
                self.journal.discard(orphan)
                continue
            if answer is Decision.RESTORE:
                return orphan
            orphan.lock.unlock()
            return None
        return None

    def adopt(self, orphan: Orphan) -> None:
        """Go on with the journal of a document that was restored."""
        self.journal.adopt(orphan)

    def keep(self) -> None:
        self.journal.keep(*self._kept())

    def _fail(self, reason: str) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(reason)
