"""What is asked of the user about data of their own: from where, whether a figure is meant so, whether one goes."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ipuwhatif.gui.files.file_dialogs import Decision, FileDialogs
from ipuwhatif.importers.readers import READERS
from ipuwhatif.texts import tr


class MineAsking(FileDialogs):
    """Dialogs over one window. Each waits for its answer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window

    def path_to_import(self) -> Path | None:
        """The file to bring in; None when the user would rather not."""
        kinds = tr("What can be imported ({endings})", endings=" ".join(dict.fromkeys(each.files for each in READERS)))
        chosen, _ = QFileDialog.getOpenFileName(self._over, tr("Import"), "", kinds)
        return Path(chosen) if chosen else None

    def path_to_export(self, name: str) -> Path | None:
        """Where to write one of them; the dialog itself asks before another file is replaced."""
        chosen, _ = QFileDialog.getSaveFileName(self._over, tr("Export"), name)
        return Path(chosen) if chosen else None

    def agree(self, text: str) -> bool:
        """Whether what was asked about is right as it is."""
        answers = ((tr("&Import it as it is"), Decision.REPLACE), (tr("&Cancel"), Decision.CANCEL))
        return self._ask(text, answers) is Decision.REPLACE

    def let_go(self, text: str) -> bool:
        """Whether something is to be removed."""
        answers = ((tr("&Remove"), Decision.DISCARD), (tr("&Cancel"), Decision.CANCEL))
        return self._ask(text, answers) is Decision.DISCARD
