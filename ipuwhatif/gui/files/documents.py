"""The document of a window as a file: new, open, save, what is unsaved, and what is restored after a kill.

Whatever would lose something asks first; a fault is told in one sentence and leaves the open document as it is.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from ipuwhatif.export import embedded_document
from ipuwhatif.figures.scenarios.documents import newer_text
from ipuwhatif.files import absolute, exists
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.files.document_file import (
    answered,
    changed_elsewhere,
    fingerprint,
    name_for,
    newer_file_text,
    read_document,
)
from ipuwhatif.gui.files.file_dialogs import Decision, FileDialogs
from ipuwhatif.gui.files.journal import Orphan
from ipuwhatif.gui.files.journal_keeper import JournalKeeper
from ipuwhatif.gui.files.proposed_name import folder_near
from ipuwhatif.gui.files.recent import add_recent, recent_files
from ipuwhatif.gui.levers.lever_field import LeverField, take_typed, wrong_text
from ipuwhatif.gui.plain import shown_name
from ipuwhatif.importers.networks.network_suffix import holds_network
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.files.storage import write_file
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, shortened, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World


class Documents(QObject):
    """Signals: `changed` when the file, its name or whether there is something unsaved did; `grown` when a document
    brought along what the world did not have; `network_taken` with a line about the network of a file that the scenario
    asks about from there on.

    `folder` holds journals and the list of recent files; `asking` is what talks to the user.
    """

    changed = Signal()
    grown = Signal()
    network_taken = Signal(str)

    def __init__(
        self, question: Question, world: "World", folder: Path, window: QWidget, asking: FileDialogs | None = None
    ) -> None:
        super().__init__(window)
        self._question = question
        self._world = world
        self._folder = folder
        self._window = window
        self.asking = FileDialogs(window) if asking is None else asking
        self.path: Path | None = None
        self.newer = False  # the file is of a newer version: it is never written over
        self._saved: Document | None = question.document  # as it is in the file; None where no file holds it
        self._fingerprint: str | None = None  # of the file when it was last read or written
        self._shown_unsaved = False
        self._left = False
        self.keeper = JournalKeeper(folder / "journal", self._kept, self)
        self.keeper.failed.connect(self._journal_failed)
        question.changed.connect(self._edited)

    def renew(self, world: "World") -> None:
        """The same world in another language."""
        self._world = world

    @property
    def name(self) -> str:
        """What the document is called: the name of its file."""
        return tr("Untitled") if self.path is None else shown_name(self.path)

    @property
    def unsaved(self) -> bool:
        """Whether the document differs from its file."""
        return self._question.document != self._saved

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files that were opened or saved last, newest first."""
        return recent_files(self._folder)

    def new(self) -> None:
        """Start over as the program starts."""
        if self.may_leave():
            self._take(FIRST_DOCUMENT, None, None)

    def open(self) -> None:
        """Ask for a file and open it."""
        path = self.asking.path_to_open(folder_near(self.path, self.recent))
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> bool:
        """Open a file in the place of the open document, which is asked about first; whether it was opened."""
        path = absolute(path)
        exported = path.suffix.casefold() in embedded_document.SUFFIXES
        if not exported and holds_network(path):
            return self._take_network(path)
        try:
            opened, seen = read_document(path, self._world)
        except InputError as error:
            self.asking.tell(str(error))
            return False
        if not self.may_leave():
            return False
        if exported:  # the document that travels inside has no name of its own
            self._take(opened.document, None, None)
        else:
            self._take(opened.document, path, seen, newer=opened.newer)
            add_recent(self._folder, path)
        if opened.newer:
            self.asking.tell(
                newer_text(printable(path.name), opened) if exported else newer_file_text(self.name, opened)
            )
        return True

    def open_example(self, document: Document) -> bool:
        """Take over a shipped document as an untitled copy; whether the open one may go for it."""
        if not self.may_leave():
            return False
        self._take(document, None, None)
        return True

    def _take_network(self, path: Path) -> bool:
        """Ask about the network of a file, in the open document: an edit as any other."""
        from ipuwhatif.gui.files.dropped_network import take_network

        try:
            line = take_network(self._question, path, self._world.catalog, self._window)
        except InputError as error:
            self.asking.tell(str(error))
            return False
        if line:
            self.network_taken.emit(line)
        return bool(line)

    def save(self) -> bool:
        """Write the document to its file, or ask for one; whether it is safe now."""
        take_typed(self._window)
        if self.path is None or self.newer:
            return self.save_as()
        if changed_elsewhere(self.path, self._fingerprint):
            text = tr("{name} was changed by another program since it was opened here. Replace it?", name=self.name)
            if not self.asking.replace(text):
                return False
        return self._write(self.path)

    def save_as(self) -> bool:
        """Ask for a file and write the document to it; whether it is safe now."""
        take_typed(self._window)
        suggested = (
            self.path
            or folder_near(self.path, self.recent) / f"{name_for(self._question.document, self._world)}{SUFFIX}"
        )
        chosen = self.asking.path_to_save(suggested)
        if chosen is None:
            return False
        path = absolute(chosen)
        if path.suffix.casefold() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
            text = tr("{name} exists already. Replace it?", name=printable(path.name))
            if exists(path) and not self.asking.replace(text):
                return False
        if self.newer and self.path is not None and os.path.realpath(path) == os.path.realpath(self.path):
            self.asking.tell(
                tr("{name} holds what only a newer version understands; save under another name", name=self.name)
            )
            return False
        return self._write(path)

    def may_leave(self) -> bool:
        """Whether the open document can go: it is safe, has just been saved, or is not wanted. Asks where it must."""
        take_typed(self._window)
        typed = wrong_text(self._window)
        if self._left or not (self.unsaved or typed):
            return True
        answer = self.asking.leave(self.name, typed)
        return answer is Decision.DISCARD or (answer is Decision.SAVE and self.save())

    def close(self) -> None:
        """The window closes and the user agrees: nothing is left to restore."""
        self._left = True
        self.keeper.close()

    def put_off(self) -> None:
        """The program ends unasked: what is unsaved is left in the journal, or stays where that cannot be written."""
        take_typed(self._window)
        if self._left or not self.unsaved:
            return
        self._left = self.keeper.leave()

    def offer_restore(self, only: Path | None = None) -> None:
        """Offer what a session that did not end well has left, unless the user is at work already.

        only: the file that the program was started with; what belongs to others waits for another start.
        """
        if self.unsaved or self._left:
            return
        orphan = self.keeper.offered(self._world, None if only is None else absolute(only), self._answer_about)
        if orphan is not None:
            self._restore(orphan)

    def _answer_about(self, orphan: Orphan) -> Decision:
        """What the user wants of a document that was left."""
        name = tr("Untitled") if orphan.record.path is None else shown_name(orphan.record.path)
        answer = self.asking.restore(name, shortened(orphan.record.written))
        return Decision.LATER if self._left else answer  # closed under the question: it is for another start

    def _restore(self, orphan: Orphan) -> None:
        record = orphan.record
        self._take(record.document, record.path, record.fingerprint, restored=True)
        self.keeper.adopt(orphan)  # last: where the document cannot be taken over, its journal stays as it is

    def _take(
        self,
        document: Document,
        path: Path | None,
        fingerprint: str | None,
        newer: bool = False,
        restored: bool = False,
    ) -> None:
        """Put another document in the place of the open one."""
        for field in self._window.findChildren(LeverField):
            if field.isModified():
                field.restored.emit()
        from ipuwhatif.analysis.kept_answers import unsettled
        from ipuwhatif.analysis.world import load_world, welcome

        grown, lines = welcome(document) if document.own or document.profiles else (False, ())
        if grown:
            self._world = load_world()
        document = unsettled(self._world, document)
        self.path, self.newer, self._fingerprint = path, newer, fingerprint
        self._saved = None if restored else document
        self._begin(document, grown)
        self._announce()
        for line in lines:
            self.asking.tell(told(line))

    def _begin(self, document: Document, grown: bool) -> None:
        """The question is of another document; where the world has grown, what is on show makes way unheard."""
        if not grown:
            self._question.begin_anew(document)
            return
        with QSignalBlocker(self._question):
            self._question.begin_anew(document)
        self.grown.emit()
        self.keeper.follow(self.unsaved)

    def _write(self, path: Path) -> bool:
        document = self._question.document
        data = document_bytes(answered(document, self._world))
        try:
            write_file(path, data)
        except InputError as error:
            self.asking.tell(str(error))
            return False
        self.path, self.newer = path, False
        self._saved, self._fingerprint = document, fingerprint(data)
        self._question.undo_stack.setClean()  # what comes now is a step of its own
        self.keeper.follow(self.unsaved)
        self._announce()
        add_recent(self._folder, path)
        return True

    def _edited(self) -> None:
        """After every change of the document."""
        self.keeper.follow(self.unsaved)
        if self.unsaved != self._shown_unsaved:
            self._announce()

    def _announce(self) -> None:
        self._shown_unsaved = self.unsaved
        self.changed.emit()

    def _kept(self) -> tuple[Document, Path | None, str | None]:
        """What goes into the journal. What is restored of a file of a newer version must ask for a name too."""
        from ipuwhatif.analysis.kept_answers import with_own_things

        path = None if self.newer else self.path
        return with_own_things(self._world, self._question.document), path, self._fingerprint

    def _journal_failed(self, reason: str) -> None:
        """The user has to save by hand what is not kept."""
        if not self._left:
            self.asking.tell(
                tr("Unsaved changes cannot be kept for after a crash: {reason}. Save now and then.", reason=reason)
            )
