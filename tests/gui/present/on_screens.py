"""A talk on the screens of `QT_QPA_PLATFORM`, played from start to end; prints where its windows are at each moment.

A program of its own: the platform and its screens are chosen before the application starts.
"""

import json
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle
from tests.gui.present.conftest import press


def place_of(window: QWidget) -> dict[str, object]:
    size = window.size().toTuple()  # type: ignore[attr-defined]
    return {
        "screen": window.screen().name(),
        "at": [window.x(), window.y()],
        "size": list(size),
        "shown": window.isVisible(),
        "whole": window.isFullScreen(),
        "keys": window.isActiveWindow(),
    }


def main() -> int:
    application = make_application()
    apply_theme(application, LIGHT)
    window = MainWindow()
    screens = {screen.name(): screen for screen in application.screens()}
    window.setScreen(screens["laptop"])
    window.move(screens["laptop"].geometry().topLeft())
    window.show()
    window.load()
    settle()
    window.menus.presents.fill()
    window.menus.presents.stories.actions()[0].trigger()
    settle()
    talk = window.menus.presents.presentation
    assert talk is not None
    moments = {}
    for name, of_page, key in (
        ("begun", True, None),
        ("next", True, Qt.Key.Key_PageDown),
        ("swapped", False, Qt.Key.Key_S),
        ("back", False, Qt.Key.Key_S),
        ("alone", False, Qt.Key.Key_P),
        ("again", True, Qt.Key.Key_P),
    ):
        if key is not None:
            press(talk.page if of_page else talk.presenter, key)
        moments[name] = {"page": place_of(talk.page), "presenter": place_of(talk.presenter), "step": talk.talk.index}
        moments[name]["can_swap"] = talk.presenter.swap.isEnabled()
    press(talk.presenter, Qt.Key.Key_Escape)
    moments["ended"] = {"left": window.menus.presents.presentation is not None}
    print(json.dumps(moments))
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
