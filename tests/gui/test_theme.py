"""A theme is laid on the window as a whole; what it costs hangs on the number of widgets, not on their depth."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton

from ipuwhatif.charts.palette import theme
from ipuwhatif.gui.theme import DARK, LIGHT, PROJECTOR, dress, set_role
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle

MOST_POLISHED = 2  # Qt looks at the children of a window first, and then at the window with all that is in it


class _Restyled(QObject):
    """Counts how often each widget is told that its style has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[QObject] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times[watched] += event.type() == QEvent.Type.StyleChange
        return False


def test_that_a_theme_goes_over_every_widget_no_more_often_than_qt_does_it(
    window: MainWindow, qapp: QApplication
) -> None:
    restyled = _Restyled()
    qapp.installEventFilter(restyled)
    window.set_theme(DARK)
    qapp.removeEventFilter(restyled)
    assert restyled.times[window.levers] and max(restyled.times.values()) <= MOST_POLISHED
    window.set_theme(LIGHT)


def test_that_a_dialog_of_the_window_is_dressed_as_the_window(window: MainWindow, qapp: QApplication) -> None:
    window.set_theme(DARK)
    dialog = QDialog(window)
    field, button, label = QLineEdit(dialog), QPushButton(dialog), QLabel("words", dialog)
    set_role(label, "warning")
    dialog.show()
    settle()
    tokens = theme(DARK)
    assert field.grab().toImage().pixelColor(field.width() // 2, 3) == QColor(tokens.field)
    assert button.grab().toImage().pixelColor(button.width() // 2, 4) == QColor(tokens.button)
    assert label.palette().windowText().color() == QColor(tokens.warning_text)
    window.set_theme(LIGHT)
    settle()
    assert field.grab().toImage().pixelColor(field.width() // 2, 3) == QColor(theme(LIGHT).field)
    dialog.deleteLater()


def test_that_a_window_wears_the_theme_that_it_is_made_with(qapp: QApplication) -> None:
    label = QLabel()
    dress(label, PROJECTOR)
    set_role(label, "warning")
    label.ensurePolished()
    assert label.palette().windowText().color() == QColor(theme(PROJECTOR).warning_text)
    label.deleteLater()
