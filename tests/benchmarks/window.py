"""How long a slider's move takes to reach the pixels: the whole window, without a screen."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.window import MainWindow

EVENTS = 100
WIDTH, HEIGHT = 1366, 768
LEVER = "compute_gain"
LONGEST_S = 10.0


class _Paints(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def drag(question: str) -> list[float]:
    """Milliseconds from each of EVENTS moves of one dragged slider to its painted chart.

    question: "compare" or "scaling", on the systems of the first start. QT_QPA_PLATFORM says where: "offscreen" takes
    no screen. The moves before the first that counts bring the ghost of the baseline and fill the caches.
    """
    application = make_application()
    window = MainWindow()
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.load()
    window.load_side()
    window.turn_to(question)
    _settle(application)
    assert window.levers is not None and window.canvas is not None
    row, paints = window.levers.rows[LEVER], _Paints()
    viewport = window.canvas.viewport()
    viewport.installEventFilter(paints)
    row.pressed.emit()
    times = []
    for position in _positions(row.slider.maximum()):
        before, start = paints.count, time.perf_counter()
        row.slider.setValue(position)
        while paints.count == before:
            application.processEvents()
            assert time.perf_counter() - start < LONGEST_S, "the chart was not painted"
        times.append((time.perf_counter() - start) * 1e3)
        _settle(application)
    row.released.emit()
    viewport.removeEventFilter(paints)
    window.close()
    window.deleteLater()
    _settle(application)
    return times[-EVENTS:]


def _positions(highest: int) -> Iterator[int]:
    """A hand that moves the slider to and fro, a little further each time; each place differs from the one before."""
    for move in range(EVENTS + 5):
        yield 57 + (7 * move) % (highest - 57)


def _settle(application: QApplication) -> None:
    for _ in range(5):
        application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
