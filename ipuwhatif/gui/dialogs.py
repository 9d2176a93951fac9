"""The few dialogs: what this is, how far to trust it, and a fault. Their texts are plain, never markup."""

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


def show_trust(parent: QWidget) -> None:
    """What a projection is, how its interval and basis are meant, and where the track record stands."""
    text = tr(
        "A projection is a model, never a result. A filled mark is an official score as it was published; "
        "a line with its band is the model.\n\n"
        "The band holds the outcome with 80 % probability, "
        "as far as the evidence up to MLPerf® Training v1.1 tells.\n\n"
        "“Inside the data” means that entries of this architecture, workload and size surround the question. "
        "“Beyond the data” names the axis along which the question leaves them: chips, chip generation, or a lever. "
        "Trust the second kind less the farther it goes.\n\n"
        "Throughput repeats within a few per cent; the samples to the target quality vary more, above all for BERT. "
        "Start-up and evaluation change between releases by factors.\n\n"
        "A job without a quality target is timed for an amount of work that you state; its default is an assumption. "
        "“Stated” is only a ratio that somebody stated, applied to your own time: no projection and no interval.\n\n"
        "Click any number for its formula, its inputs and their sources. Evidence, “Track record”, shows how well the "
        "model predicts results that were left out of its calibration."
    )
    _show(parent, QMessageBox.Icon.NoIcon, tr("How far to trust it"), text)


def show_fault(parent: QWidget | None, text: str) -> None:
    """One dialog for one fault; the app goes on."""
    _show(parent, QMessageBox.Icon.Warning, tr("IPU What-If"), text)


def _show(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> None:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Close, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
