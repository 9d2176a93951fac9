"""How long Explore takes to its first picture, and each frame of a million plans that are moved and zoomed."""

import time

import numpy as np
from PySide6.QtWidgets import QApplication

from ipuwhatif.analysis.explore.plans import Plans, joined
from ipuwhatif.gui.explore.explore_window import ExploreWindow, show_plans
from ipuwhatif.gui.start.app import make_application
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace

WIDTH, HEIGHT = 1920, 1080
POINTS, FRAMES = 1_000_000, 80
LONGEST_S = 60.0


def first_picture() -> float:
    """Milliseconds from a tick for every size of every system to the first plans in the picture."""
    application = make_application()
    window, explore = _opened(application)
    explore.plans.side.sizes.setChecked(True)
    _wait(application, explore)
    start = time.perf_counter()
    explore.plans.side.systems.setChecked(True)
    while not len(explore.plans.cloud.places_x):
        application.processEvents()
        assert time.perf_counter() - start < LONGEST_S, "no picture came"
    explore.plans.cloud.viewport().repaint()
    took = (time.perf_counter() - start) * 1e3
    _close(application, window, explore)
    return took


def frames(points: int = POINTS) -> list[float]:
    """Milliseconds of each frame in which so many plans are moved or zoomed."""
    application = make_application()
    window, explore = _opened(application)
    page = explore.plans
    page.side.lever.setCurrentIndex(1)
    page.side.second.setCurrentIndex(2)
    _wait(application, explore)
    assert page.explored is not None
    many = _as_many(page.explored.plans, points)
    page.explored = replace(page.explored, plans=many, beyond=np.full(points, np.nan))
    page.draw(anew=True)
    _wait(application, explore)
    box, times = page.cloud.getPlotItem().getViewBox(), []
    for frame in range(FRAMES):
        start = time.perf_counter()
        if frame % 2:
            box.scaleBy((0.98, 0.98))
        else:
            box.translateBy(x=0.01, y=0.005)
        application.processEvents()  # the picture is made anew by a timer,
        application.processEvents()  # and then painted
        times.append((time.perf_counter() - start) * 1e3)
    _close(application, window, explore)
    return times


def _as_many(plans: Plans, points: int) -> Plans:
    """So many plans, those that there are again and again, each at a time of its own."""
    found = joined([plans] * -(-points // len(plans)))
    stretched = found.time_s[:points] * np.random.default_rng(1).uniform(1.0, 1.1, points)
    values = {name: column[:points] for name, column in found.values.items()}
    return Plans(stretched, found.system[:points], found.release[:points], values)


def _opened(application: QApplication) -> tuple[MainWindow, ExploreWindow]:
    window = MainWindow()
    window.show()
    window.load()
    window.load_side()
    assert window.world is not None
    explore = show_plans(window.world, window.question, window.theme_name, window)
    explore.resize(WIDTH, HEIGHT)
    _wait(application, explore)
    return window, explore


def _wait(application: QApplication, explore: ExploreWindow) -> None:
    """Until all plans are there, with the chances of the best."""
    page, start = explore.plans, time.perf_counter()
    while not (page.complete and page.chances is not None):
        application.processEvents()
        time.sleep(0.002)  # the worker's turn
        assert time.perf_counter() - start < LONGEST_S, "not all plans came"


def _close(application: QApplication, window: MainWindow, explore: ExploreWindow) -> None:
    explore.close()
    window.close()
    window.deleteLater()
    for _ in range(5):
        application.processEvents()
