"""Charts of a page: a browser shows of every kind of chart what the painter paints, and no element is left out."""

from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage

from ipuwhatif.analysis.article.claims import check_claims
from ipuwhatif.analysis.breakdown import breakdown
from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.evidence import evidence
from ipuwhatif.analysis.roofline import roofline
from ipuwhatif.analysis.scaling import scaling
from ipuwhatif.analysis.uncertainty.sensitivity import sensitivity
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.palette import THEMES
from ipuwhatif.export.html.page_shapes import Inks
from ipuwhatif.export.html.page_svg import chart_svg
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.article.article import article_figure
from ipuwhatif.figures.breakdown.breakdown import breakdown_figure
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.evidence.evidence import evidence_figure
from ipuwhatif.figures.roofline.roofline import roofline_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.sensitivity.sensitivity import sensitivity_figure
from ipuwhatif.records import replace
from ipuwhatif.scenario.measurements import TIME, Measurement
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.programs import seen
from tests.figures import samples

BLOCK = 6  # pixels a side: what differs in the edges of letters only evens out over it


@pytest.fixture(scope="module")
def charts():
    """A chart of every kind: with levers moved, a target, ribbons, zones, ghosts, labels on bars and pairs."""
    world = load_world()
    moved = replace(FIRST_START.with_lever("ipu.compute_gain", 1.3), target_s=300.0)
    measured = FIRST_START.with_measurement("ipu-pod:16", Measurement(TIME, 2100.0))
    trained = replace(FIRST_START, workload="llama2-70b-lora")  # a hundred results: of three hundred, the edges add up
    weather = replace(FIRST_START, workload="weather", recipe=world.catalog.workloads["weather"].recipes[0])
    figures = {
        "compare": compare_figure(compare(world, moved, 16), moved),
        "measured": compare_figure(compare(world, measured, 16), measured),
        "scaling": scaling_figure(scaling(world, moved, 8, 512, 16), moved),
        "breakdown": breakdown_figure(breakdown(world, FIRST_START, draws=4)),
        "sensitivity": sensitivity_figure(sensitivity(world, FIRST_START, FIRST_START.systems[0])),
        "evidence": evidence_figure(evidence(world, trained, "workload"), trained, world.catalog),
        "stated": evidence_figure(evidence(world, weather, "workload"), weather, world.catalog),
        "roofline": roofline_figure(roofline(world, FIRST_START), FIRST_START),
        "article": article_figure(check_claims(world), world),
    }
    return {name: figure.chart for name, figure in figures.items()}


def pixels(image: QImage) -> np.ndarray:
    """Red, green and blue of a picture, evened out over blocks: (rows, columns, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = (plain.height(), plain.width(), 4)
    whole = np.frombuffer(plain.constBits(), np.uint8).reshape(shape)[..., :3].astype(float)
    rows, columns = shape[0] // BLOCK, shape[1] // BLOCK
    return whole[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3).mean((1, 3))


@pytest.mark.parametrize("theme", THEMES)
def test_that_a_browser_shows_what_the_painter_paints(qapp, tmp_path, charts, theme):
    inks, width = Inks(), max(chart.width for chart in charts.values())
    drawn = [chart_svg(chart, {}, inks).replace("<svg ", f'<svg width="{chart.width}" ') for chart in charts.values()]
    path = tmp_path / "charts.html"
    rules = f":root{{{inks.declared(theme)}}} body{{margin:0;background:var(--background)}}"
    fonts = 'svg{display:block;font-family:"Noto Sans","DejaVu Sans",Arial,sans-serif}'
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8"><style>{rules}{fonts}</style>{"".join(drawn)}', "utf-8")
    shown = seen(path, tmp_path, width, sum(chart.height for chart in charts.values()))
    top = 0
    for name, chart in charts.items():
        there = pixels(shown.copy(0, top, chart.width, chart.height))
        wanted = pixels(QImage.fromData(render_png(chart, theme, 1.0)))
        apart = np.abs(there - wanted).max(axis=2)
        # a missing mark makes 0.0007 of the first, a missing band 0.02 of the second
        assert np.mean(apart > 40.0) < 0.0003, name
        assert np.mean(apart > 20.0) < 0.003, name
        top += chart.height


def test_that_no_element_of_a_chart_is_left_out(charts):
    for name, chart in charts.items():
        root = ElementTree.fromstring(chart_svg(chart, {}, Inks()))
        count = {tag: sum(1 for each in root.iter() if each.tag == tag) for tag in ("text", "rect", "polyline")}
        texts = [tick.text for axis in (chart.x_axis, chart.y_axis) for tick in axis.ticks]
        texts += [chart.title, *chart.subtitle.split("\n"), chart.x_axis.title, chart.y_axis.title]
        texts += [label.text for label in chart.labels] + [strip.text for strip in chart.strips]
        texts += [line for entry in chart.legend for line in entry.text.split("\n")]
        assert count["text"] == sum(1 for text in texts if text), name
        boxes = (chart.zones, chart.bars, chart.strips, chart.intervals)
        assert count["rect"] >= sum(len(each) for each in boxes), name
        strokes = len(chart.x_axis.ticks) + len(chart.y_axis.ticks) + len(chart.lines) + len(chart.intervals)
        strokes += sum(1 for label in chart.labels if label.rim)
        assert count["polyline"] >= strokes, name
    assert any(label.rim for chart in charts.values() for label in chart.labels)
    kinds = ("intervals", "bands", "lines", "marks", "labels", "legend", "bars", "zones", "strips")
    assert all(any(getattr(chart, kind) for chart in charts.values()) for kind in kinds)


def test_that_what_a_chart_of_one_point_shows_has_a_width(charts):
    curve = samples.curve(chips=(16,))
    chart = scaling_figure(samples.scaling(curve), samples.scenario()).chart
    root = ElementTree.fromstring(chart_svg(chart, {}, Inks()))
    strokes = [each.get("points").split(" ") for each in root.iter("polyline") if "--tint" in each.get("style")]
    assert strokes and all(len(set(points)) > 1 for points in strokes)


def test_that_one_tint_is_one_variable_and_each_theme_gives_it_a_colour(charts):
    inks = Inks()
    first, again = (chart_svg(charts["compare"], {}, inks) for _ in range(2))
    assert first == again
    names = [inks.declared(theme).count("--tint-") for theme in THEMES]
    assert len(set(names)) == 1 and names[0] == len({part.split(")")[0] for part in first.split("var(--tint-")[1:]})
    assert len({inks.declared(theme) for theme in THEMES}) == len(THEMES)
