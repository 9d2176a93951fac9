"""The part of the File menu that is about documents: new, open, recent, save. Enabled once the window keeps files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ipuwhatif.files import is_file
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.plain import LONGEST_PATH, plain_tip, shown_name
from ipuwhatif.texts import tr
from ipuwhatif.units import shortened

if TYPE_CHECKING:
    from ipuwhatif.gui.files.documents import Documents


class Keeping(Protocol):
    """A window, as far as this menu knows it."""

    documents: "Documents | None"


class FileMenu(QObject):
    """Actions on the documents of a window, and the list of recent files, which is read when it is looked at."""

    def __init__(self, menu: QMenu, window: Keeping) -> None:
        super().__init__(menu)
        self._window = window
        self.new = add_action(self, menu, tr("New"), "Ctrl+N", self._with(lambda documents: documents.new()))
        self.open = add_action(self, menu, tr("Open…"), "Ctrl+O", self._with(lambda documents: documents.open()))
        self.recent = menu.addMenu(tr("Open recent"))
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self.fill_recent)
        self.save = add_action(self, menu, tr("Save"), "Ctrl+S", self._with(lambda documents: documents.save()))
        self.save_as = add_action(
            self, menu, tr("Save as…"), "Ctrl+Shift+S", self._with(lambda documents: documents.save_as())
        )
        self.new.setToolTip(tr("A document with one scenario, as the program starts"))
        self.save.setToolTip(tr("Every scenario of the document in one file"))

    def refresh(self) -> None:
        """Follow the window."""
        for action in (self.new, self.open, self.recent.menuAction(), self.save, self.save_as):
            action.setEnabled(self._window.documents is not None)

    def fill_recent(self) -> None:
        """The recent files as they are now; a missing one is shown, and cannot be chosen."""
        self.recent.clear()
        documents = self._window.documents
        if documents is None:
            return
        for number, path in enumerate(documents.recent, start=1):
            name = shown_name(path).replace("&", "&&")
            action = self.recent.addAction(f"&{number % 10}  {name}")
            action.setToolTip(plain_tip(shortened(path, LONGEST_PATH)))
            action.setEnabled(is_file(path))
            action.triggered.connect(lambda _checked=False, path=path: documents.open_path(path))
        if self.recent.isEmpty():
            self.recent.addAction(tr("No files yet")).setEnabled(False)

    def _with(self, act: "Callable[[Documents], object]") -> Callable[[], object]:
        """What an action does with the documents, once they are there."""
        return lambda: None if self._window.documents is None else act(self._window.documents)
