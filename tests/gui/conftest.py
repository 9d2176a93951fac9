"""A real window on the offscreen platform with the real model behind it."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSlider, QStyle, QStyleOptionSlider

from ipuwhatif.charts.spec import Figure
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.gui.theme import LIGHT, apply_theme
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import ENGLISH, language


@pytest.fixture(autouse=True, scope="module")
def _collected_between_files() -> Iterator[None]:
    """As in the app, no garbage is collected while Qt is at work, which may hold what a widget waits for to go."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _collected_between_tests(_collected_between_files: None) -> Iterator[None]:
    yield
    gc.collect(1)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    """The window as a user first sees it, at the size that everything must fit."""
    apply_theme(qapp, LIGHT)
    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    window.load()
    window.load_side()
    settle()
    yield window
    window.close()
    window.deleteLater()
    # The offscreen platform keeps its clipboard past the end of Python, and then cannot free what Python made.
    QApplication.clipboard().clear()
    settle()
    if language() != ENGLISH:
        use_language(ENGLISH)


def settle() -> None:
    """Let every timer, layout, repaint and deletion that is due happen."""
    for _ in range(10):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def priced(scenario: Scenario, origin: str = "a quote") -> Scenario:
    """The scenario with an hourly price for each ticked system."""
    for choice in scenario.systems:
        scenario = scenario.with_price(choice.key, Price(27.2, "USD", RENT, "2021", origin, OWN))
    return scenario


def measured(scenario: Scenario) -> Scenario:
    """The scenario with a run of the user's own that projections follow."""
    return scenario.with_measurement("ipu-pod:16", Measurement(TIME, 1_980.0, learnt=True))


def figure_of(window: MainWindow) -> Figure:
    figure = window.workspace.figure
    assert figure is not None, window.workspace.message.text()
    return figure


def projected(window: MainWindow) -> dict[str, float]:
    """Projected minutes by system, as the table prints them."""
    table = figure_of(window).table
    place = next(place for place, column in enumerate(table.columns) if column.title.startswith("Projected"))
    return {row[0].text: float(row[place].text) for row in table.rows if row[place].number is not None}


def type_gain(window: MainWindow, text: str, enter: bool = False) -> QLineEdit:
    """Type into the field of the compute gain, over what stands there; returns the field."""
    assert window.levers is not None
    field = window.levers.rows["compute_gain"].field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
    return field


def handle_at(slider: QSlider, value: int | None = None) -> QPoint:
    """The middle of the handle, where it is or where it would be at a value, as the style draws it."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    if value is not None:
        option.sliderPosition = option.sliderValue = value
    rect = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return rect.center()


@pytest.fixture
def drag() -> Callable[[QSlider, int], None]:
    """Drag a slider's handle with the mouse, in steps, to a value."""

    def move(slider: QSlider, value: int, steps: int = 6) -> None:
        start, end = handle_at(slider), handle_at(slider, value)
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, steps + 1):
            QTest.mouseMove(slider, start + (end - start) * (step / steps))
            settle()
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        settle()

    return move
