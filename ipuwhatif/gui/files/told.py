"""What was copied or saved, in a quiet line beside the notes: no chart and no number lies under it, and it goes again.

A screen reader is told as well; the line stays while the pointer or the keyboard is in it.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ipuwhatif.gui.plain import plain_tip, shown_name
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.texts import tr
from ipuwhatif.units import shortened

LONG_ENOUGH_MS = 8000  # to read the line and to reach for what it offers
LONGEST_NAME = 48  # letters of a file's name


class Told(QWidget):
    """One line at a time. `path` is the file that it tells of, which can be opened or shown where it lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.label = QLabel(self)
        self.open = self._link(tr("Open"))
        self.show_folder = self._link(tr("Show in folder"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LONG_ENOUGH_MS)
        self._timer.timeout.connect(self._go)
        self.open.clicked.connect(lambda: self.reach(self.path))
        self.show_folder.clicked.connect(lambda: self.reach(None if self.path is None else self.path.parent))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.label, "told")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, GAP, 0)
        row.setSpacing(GAP)
        for widget in (self.label, self.open, self.show_folder):
            row.addWidget(widget)
        self.hide()

    def tell(self, text: str) -> None:
        """Say something in the place of what was said before."""
        self._say(text, None)

    def tell_saved(self, path: Path) -> None:
        """A file was written."""
        self._say(tr("Saved to {name}", name=shortened(shown_name(path), LONGEST_NAME)), path)

    def reach(self, path: Path | None) -> None:
        """Open a file or a folder with whatever the system has for it; where it has nothing, that is told."""
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            kept = self.path
            self.tell(tr("Nothing here opens {name}.", name=shortened(shown_name(path), LONGEST_NAME)))
            self.path = kept

    def _say(self, text: str, path: Path | None) -> None:
        self.path = path
        self.label.setText(text)
        self.label.setToolTip("" if path is None else plain_tip(str(path)))
        for link in (self.open, self.show_folder):
            link.setVisible(path is not None)
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.label, text))

    def _go(self) -> None:
        """Go, unless somebody is at it."""
        if self.underMouse() or self.open.hasFocus() or self.show_folder.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _link(self, text: str) -> QPushButton:
        link = QPushButton(text, self)
        set_role(link, "told-link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        return link
