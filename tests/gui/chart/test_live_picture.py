"""The picture of a canvas is that of files on every screen, and keeps what stays."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ipuwhatif.charts.painter.chart import paint
from ipuwhatif.charts.painter.data import paint_handles
from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.gui.chart import live_picture
from ipuwhatif.gui.chart.live_picture import LivePicture
from ipuwhatif.records import replace
from tests.figures.elements import CURVES, HEIGHT, ROWS, WIDTH


def page(ratio: float) -> QImage:
    image = QImage(round(WIDTH * ratio), round(HEIGHT * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    return image


def live(picture: LivePicture, chart: ChartSpec, ratio: float) -> QImage:
    image = page(ratio)
    painter = QPainter(image)
    picture.paint(painter, chart, quick=False)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("chart", [CURVES, ROWS])
def test_that_a_screen_of_any_ratio_shows_what_a_file_does(qapp: QApplication, chart: ChartSpec, ratio: float) -> None:
    chart, wanted = replace(chart, labels=()), page(ratio)
    painter = QPainter(wanted)
    paint(painter, chart, "light", WIDTH, HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_handles(painter, chart, theme("light"))  # which only a screen has
    painter.end()
    assert live(LivePicture(theme("light"), ratio), chart, ratio) == wanted


def test_that_the_backdrop_is_painted_again_only_where_it_changes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[ChartSpec] = []
    real = live_picture.paint_backdrop
    monkeypatch.setattr(live_picture, "paint_backdrop", lambda *asked: (painted.append(asked[1]), real(*asked)))
    picture, untitled = LivePicture(theme("light"), 1.0), replace(CURVES, titled=False)
    live(picture, untitled, 1.0)
    for data in ({"lines": ()}, {"marks": ()}, {"labels": ()}, {"strips": ()}, {"title": "not painted"}):
        live(picture, replace(untitled, **data), 1.0)
    assert painted == [untitled]
    for stands in ({"zones": ()}, {"legend": ()}, {"margin_left": 90}, {"titled": True}):
        live(picture, replace(untitled, **stands), 1.0)
    assert len(painted) == 5


def test_that_labels_beyond_those_that_are_kept_are_still_drawn(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_picture, "MOST_KEPT", 1)
    few = live(LivePicture(theme("light"), 1.0), CURVES, 1.0)
    monkeypatch.undo()
    all_kept = live(LivePicture(theme("light"), 1.0), CURVES, 1.0)
    assert np.array_equal(np.array(few.constBits()), np.array(all_kept.constBits()))
