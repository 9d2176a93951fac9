"""What is asked of the user about files: where to, whether to save first, whether to restore. Esc loses nothing."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from ipuwhatif.gui.dialogs import message_box, show_fault
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.texts import tr


class Decision(Enum):
    """What was chosen. `CANCEL` and `LATER` leave everything as it is."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()
    RESTORE = auto()
    LATER = auto()
    REPLACE = auto()


class FileDialogs:
    """Dialogs over one window. Each waits for its answer."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def path_to_open(self, folder: Path) -> Path | None:
        """The file to open; None when the user would rather not."""
        from ipuwhatif.export.embedded_document import SUFFIXES
        from ipuwhatif.importers.networks.network_suffix import SUFFIXES as NETWORKS

        exported = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        networks = tr("Networks ({endings})", endings=" ".join(f"*{suffix}" for suffix in NETWORKS))
        kinds = ";;".join((self._kinds(), tr("Exported files ({endings})", endings=exported), networks))
        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Open scenario"), str(folder), kinds)
        return Path(chosen) if chosen else None

    def path_to_save(self, suggested: Path) -> Path | None:
        """The file to save to; the dialog itself asks before another is replaced."""
        dialog = QFileDialog(self._window, tr("Save scenario"), str(suggested.parent), self._kinds())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(suggested.name)
        accepted = dialog.exec()
        files = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(files[0]) if accepted and files else None

    def leave(self, name: str, typed: str) -> Decision:
        """What to do with the unsaved changes of a scenario; `typed` tells of a text that is no part of it."""
        text = tr("Save the changes to {name}?", name=name)
        return self._ask(
            "\n\n".join(part for part in (text, typed) if part),
            ((tr("&Save"), Decision.SAVE), (tr("&Discard"), Decision.DISCARD), (tr("&Cancel"), Decision.CANCEL)),
        )

    def replace(self, text: str) -> bool:
        """Whether to replace a file that the user may not have meant."""
        answers = ((tr("&Replace"), Decision.REPLACE), (tr("&Cancel"), Decision.CANCEL))
        return self._ask(text, answers) is Decision.REPLACE

    def restore(self, name: str, written: str) -> Decision:
        """What to do with unsaved changes of a session that did not end well."""
        text = tr("There are unsaved changes to {name} from {time}.", name=name, time=written)
        return self._ask(
            text,
            ((tr("&Restore"), Decision.RESTORE), (tr("&Discard"), Decision.DISCARD), (tr("&Later"), Decision.LATER)),
        )

    def tell(self, text: str) -> None:
        """Say something; the app goes on."""
        show_fault(self._window, text)

    def _ask(self, text: str, answers: tuple[tuple[str, Decision], ...]) -> Decision:
        """The first answer is what Return gives, the last what Esc does."""
        roles = {Decision.DISCARD: QMessageBox.ButtonRole.DestructiveRole}
        box = message_box(self._window, QMessageBox.Icon.Question, tr("IPU What-If"), text)
        buttons: dict[QPushButton, Decision] = {}
        for index, (label, answer) in enumerate(answers):
            last = QMessageBox.ButtonRole.RejectRole if index == len(answers) - 1 else QMessageBox.ButtonRole.AcceptRole
            buttons[box.addButton(label, roles.get(answer, last))] = answer
        box.setDefaultButton(next(iter(buttons)))
        box.setEscapeButton(list(buttons)[-1])
        box.exec()
        clicked = box.clickedButton()
        chosen = next((answer for button, answer in buttons.items() if button == clicked), answers[-1][1])
        box.deleteLater()
        return chosen

    @staticmethod
    def _kinds() -> str:
        return tr("Scenarios (*{suffix})", suffix=SUFFIX)
