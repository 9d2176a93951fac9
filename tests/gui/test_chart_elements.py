"""Each kind of element of a chart is the same on the screen as in files: to the pixel, or for labels nearly so."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.data import paint_handles
from ipuwhatif.charts.palette import THEMES, theme
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.gui.chart.canvas import ChartCanvas
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.records import field_names, replace
from tests.figures.elements import CURVES, HEIGHT, PAIRS, PARTS, WIDTH
from tests.gui.conftest import settle

Picture = Callable[[ChartSpec | None, str], np.ndarray]
#: What the screen sets on whole pixels and lifts off by copies of its letters.
LABELS = ("labels", "labels in rows", "labels on bars")
EDGE = 0.35  # of the strongest change: what is weaker is the edge of a stroke or of a letter
SHARED = 0.95  # of what changes in one picture, how much changes in the other, a pixel away at most
APART = 0.12  # how much the colour of a change may differ: letters stand on whole pixels on the screen


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    return np.array(image.constBits(), np.uint8).reshape(shape)[..., :3].astype(np.int16)


def page(theme_name: str) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(theme(theme_name).background))
    return image


@cache
def in_files(chart: ChartSpec | None, theme_name: str) -> np.ndarray:
    """With the handles that only a screen has: nothing else is told apart."""
    image = page(theme_name)
    if chart is not None:
        painter = QPainter(image)
        paint(painter, chart, theme_name, WIDTH, HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_handles(painter, chart, theme(theme_name))
        painter.end()
    return pixels(image)


@pytest.fixture(scope="module")
def on_screen(qapp: QApplication) -> Iterator[Picture]:
    canvas = ChartCanvas(LIGHT)
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()

    @cache
    def grabbed(chart: ChartSpec | None, theme_name: str) -> np.ndarray:
        if chart is None:
            return pixels(page(theme_name))
        canvas.set_theme(theme_name)
        canvas.set_spec(chart)
        QApplication.processEvents()
        return pixels(canvas.grab().toImage())

    yield grabbed
    canvas.hide()
    canvas.deleteLater()
    settle()


def changes(picture: np.ndarray, bare: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By how much an element changes each pixel, and where it changes more than an edge does."""
    by = picture - bare
    much = np.abs(by).max(axis=2)
    return by, much > max(EDGE * much.max(), 1.0)


def near(where: np.ndarray) -> np.ndarray:
    """The pixels and their neighbours."""
    wide = np.pad(where, 1)
    rows, columns = where.shape
    return np.logical_or.reduce([wide[y : y + rows, x : x + columns] for y in range(3) for x in range(3)])


def difference(shown: Sequence[np.ndarray], painted: Sequence[np.ndarray]) -> str:
    """What is wrong with an element on the screen, from (picture with it, picture without); empty if nothing is."""
    (by, there), (wanted, here) = changes(*shown), changes(*painted)
    if not here.any() or not there.any():
        return "it is not in the file" if not here.any() else "it is not on the screen"
    shares = (near(there) & here).sum() / here.sum(), (near(here) & there).sum() / there.sum()
    if min(shares) < SHARED:
        return f"{shares[0]:.3f} of it is on the screen, and {shares[1]:.3f} of that is in the file"
    colour, expected = (each[near(here) | there].mean(axis=0) for each in (by, wanted))
    apart = np.abs(colour - expected).max() / np.abs(expected).max()
    return f"its colour is {apart:.3f} away" if apart > APART else ""


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize("kind", [kind for kind in PAIRS if kind not in LABELS])
def test_that_an_element_is_on_screen_what_it_is_in_files(on_screen: Picture, kind: str, theme_name: str) -> None:
    chart, without = (each if each is None else replace(each, labels=()) for each in PAIRS[kind])
    shown, painted, bare = on_screen(chart, theme_name), in_files(chart, theme_name), in_files(without, theme_name)
    assert np.array_equal(shown, painted) and not np.array_equal(shown, bare)


@pytest.mark.parametrize("theme_name", THEMES)
@pytest.mark.parametrize("kind", LABELS)
def test_that_labels_are_on_screen_what_they_are_in_files(on_screen: Picture, kind: str, theme_name: str) -> None:
    shown, painted = ([each(chart, theme_name) for chart in PAIRS[kind]] for each in (on_screen, in_files))
    assert difference(shown, painted) == ""


@pytest.mark.parametrize("kind", LABELS)
def test_that_a_picture_without_a_label_is_told_from_one_with_it(on_screen: Picture, kind: str) -> None:
    chart, without = PAIRS[kind]
    shown, painted = ([each(chart, LIGHT), each(without, LIGHT)] for each in (on_screen, in_files))
    assert difference([shown[1], shown[1]], painted) == "it is not on the screen"
    assert difference(shown, [painted[1], painted[1]]) == "it is not in the file"
    faint = (shown[0] + shown[1]) // 2
    assert difference([faint, shown[1]], painted).startswith("its colour is 0.")


def test_that_no_part_of_a_chart_goes_without_a_comparison() -> None:
    """A part that is new is drawn with and without here too."""
    parts = {name for name in field_names(ChartSpec) if isinstance(getattr(CURVES, name), tuple)}
    assert parts == {*PARTS, "footnotes", "readings"}  # these two stand beside a chart, or under the pointer
    compared = [(chart, without) for chart, without in PAIRS.values() if without is not None]
    for part in PARTS:
        assert any(len(getattr(chart, part)) > len(getattr(without, part)) for chart, without in compared), part
