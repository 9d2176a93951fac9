"""The few dialogs: what this is, and a fault. Their texts are plain, never markup."""

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ipuwhatif import __version__
from ipuwhatif.texts import tr


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


def _show(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> None:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Close, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
