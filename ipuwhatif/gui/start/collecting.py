"""Collects garbage between events, and nowhere else.

Python collects wherever memory is asked for: in a worker's thread, or while Qt holds a lock of its own. A widget that
goes with it is then taken down in a thread that may not, or waits for the very lock that is held, for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
USUAL = 10  # collections of a generation before the next one's turn, where Python states none


class Collector(QObject):
    """Collects as often as Python would, as long as its parent lives; then Python does so itself again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self.destroyed.connect(lambda *_: gc.enable())
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(collect_due)
        timer.start()


def collect_due() -> None:
    """The oldest generation whose time has come, by the thresholds of Python, with the younger ones."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > (gc.get_threshold()[generation] or USUAL):
            gc.collect(generation)
            return
