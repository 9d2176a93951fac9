"""The few dialogs: what this is, a fault, and the box of every question. Their texts are plain, never markup."""

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ipuwhatif import __version__
from ipuwhatif.texts import tr

#: Of the text of a box, before the rest of it scrolls.
MOST_LETTERS, MOST_LINES, LONGEST_WORD = 700, 12, 60


def show_about(parent: QWidget) -> None:
    """Name, versions, licence, and whose marks are used."""
    text = tr(
        "IPU What-If {version}\n\n"
        "Projected training times of IPU and GPU systems, with the sources behind each number. It works offline.\n\n"
        "Python {python}, Qt for Python {qt}. Apache License 2.0.\n\n"
        "MLPerf® is a registered trademark of MLCommons Association. Other names belong to their owners.",
        version=__version__,
        python=platform.python_version(),
        qt=PySide6.__version__,
    )
    _show(parent, QMessageBox.Icon.NoIcon, tr("About IPU What-If"), text)


def show_fault(parent: QWidget | None, text: str) -> None:
    """One dialog for one fault; the app goes on."""
    _show(parent, QMessageBox.Icon.Warning, tr("IPU What-If"), text)


def message_box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    """A box that fits on any screen: of a long text it shows the beginning, and the whole where it scrolls."""
    short = shortened(text)
    box = QMessageBox(icon, title, short, QMessageBox.StandardButton.NoButton, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if short != text:
        box.setDetailedText(text)
    return box


def shortened(text: str) -> str:
    """The beginning of a long text; of a word that no line holds, such as a long path, its beginning and its end."""
    lines = [" ".join(_shortened_word(word) for word in line.split(" ")) for line in text.split("\n")]
    short = "\n".join(lines[:MOST_LINES])
    if len(short) <= MOST_LETTERS and len(lines) <= MOST_LINES:
        return short
    return short[:MOST_LETTERS].rstrip() + " …"


def _shortened_word(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD // 2]}…{word[-LONGEST_WORD // 2 :]}"


def _show(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> None:
    box = message_box(parent, icon, title, text)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
