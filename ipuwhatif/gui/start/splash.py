"""The app's icon on the screen at once, before anything else is loaded; it stands until the window does."""

import time

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSplashScreen, QWidget

from ipuwhatif.files import resource

PATIENCE = 0.1  # seconds for the screen to show it; then the window is more urgent


class Splash(QSplashScreen):
    """Shown and painted by `show_splash`. Qt's own would wait a second where no window manager answers."""

    painted = False

    def event(self, event: QEvent) -> bool:
        return QWidget.event(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self.pixmap())
        self.painted = True


def show_splash() -> Splash:
    """A cover, painted unless the screen is slow. InputError where the icon is missing."""
    cover = Splash(QPixmap(str(resource("icons", "ipuwhatif.png"))))
    cover.show()
    until = time.monotonic() + PATIENCE
    while not cover.painted and time.monotonic() < until:
        QApplication.processEvents()
    return cover
