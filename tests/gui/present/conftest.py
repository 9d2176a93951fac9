"""A talk before an audience, started as a speaker starts it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.gui.present.presentation import Presentation
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle


@pytest.fixture
def world() -> World:
    return load_world()


@pytest.fixture
def shown(window: MainWindow, world: World) -> Iterator[Presentation]:
    """The article's story, as a speaker starts it, with the speaker's window asked for."""
    window.menus.presents.fill()
    window.menus.presents.stories.actions()[0].trigger()
    settle()
    presentation = window.menus.presents.presentation
    assert presentation is not None
    press(presentation.page, Qt.Key.Key_P)
    show_at(presentation.page, 1366, 768)
    show_at(presentation.presenter, 1366, 768)
    yield presentation
    presentation.close()
    settle()


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """As a keyboard or a clicker does: the window system sends a key to whatever has the focus."""
    window.activateWindow()
    settle()
    QTest.keyClick(window.windowHandle(), key, modifier)
    settle()


def show_at(window: QWidget, width: int, height: int) -> None:
    """As if the screen had this size."""
    window.showNormal()
    window.resize(width, height)
    settle()


def place_of_lever(presentation: Presentation) -> int:
    return next(place for place, step in enumerate(presentation.talk.steps) if step.lever)


def turn_to(presentation: Presentation, place: int) -> None:
    presentation.talk.turn_to(place)
    settle()
