"""Charts of many rows in parts: every point in one of them, each with the names of its own rows."""

import io
from collections import Counter
from pathlib import Path

import pytest
from pptx import Presentation

from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import GHOST, Figure
from ipuwhatif.export.office.native.native import native_chart, native_parts
from ipuwhatif.export.office.native.native_series import BESIDE_AXIS, HELPERS, WORDS, NativeChart
from ipuwhatif.export.office.slides import slides_bytes
from ipuwhatif.gui.answering.answers import answer
from ipuwhatif.gui.answering.view_options import ViewOptions
from ipuwhatif.scenario.scenario import FIRST_START
from tests.export.office.templates import template

WORLD = load_world()


@pytest.fixture(scope="module", params=["article", "errors"])
def figure(request: pytest.FixtureRequest) -> Figure:
    look = ViewOptions(FIRST_START.systems[0], request.param)
    found = answer(WORLD, "evidence", FIRST_START, (960, 540), look=look).figure
    assert found is not None
    return found


def points(*parts: NativeChart) -> Counter[tuple[float, float]]:
    """Every point of the answer in some charts, with its place; lines from bottom to top go on in each, words apart."""
    return Counter(
        (x, value)
        for part in parts
        for series in part.series
        if series.style not in (*HELPERS, GHOST)
        for x, value in zip(series.x, series.values, strict=True)
        if value is not None
    )


def words(*parts: NativeChart) -> set[tuple[float, str]]:
    """The words of some charts with their place along x: those over the first group stand over each."""
    return {
        (x, text)
        for part in parts
        for series in part.series
        if series.style == WORDS
        for x, text in zip(series.x, series.texts, strict=True)
    }


def names(native: NativeChart) -> list[str]:
    return [text for each in native.series if each.style == BESIDE_AXIS for text in each.texts]


def test_that_every_point_and_name_is_in_one_part(figure: Figure) -> None:
    whole, parts = native_chart(figure), native_parts(figure, 8)
    assert whole is not None and parts is not None and len(parts) > 1
    assert points(*parts) == points(whole)
    assert words(*parts) == words(whole)
    told = Counter(name for part in parts for name in names(part))
    again = {name for name, count in told.items() if count > Counter(names(whole))[name]}
    assert set(told) == set(names(whole)) and again <= {text for _, text in heads(whole)}
    assert all(0 < len(names(part)) <= 8 + len(again) for part in parts)


def heads(native: NativeChart) -> list[tuple[float, str]]:
    return [tick for tick in native.values.ticks if tick[0] in native.values.heads]


def test_that_each_part_of_grouped_rows_begins_with_the_head_of_its_group() -> None:
    found = answer(
        WORLD, "evidence", FIRST_START, (960, 540), look=ViewOptions(FIRST_START.systems[0], "article")
    ).figure
    assert found is not None
    whole, parts = native_chart(found), native_parts(found, 8)
    assert whole is not None and parts is not None
    groups = [text for _, text in heads(whole)]
    assert all(max(part.values.ticks)[1] in groups for part in parts)
    above = {text for part in parts for series in part.series if series.style == WORDS for text in series.texts}
    for part in parts:  # what a column holds
        assert {"stated", "computed"} <= {text for _, text in words(part)} <= above


def test_that_each_part_lies_on_its_own_axis_under_the_one_before(figure: Figure) -> None:
    parts = native_parts(figure, 8)
    assert parts is not None
    for place, part in enumerate(parts):
        assert all(part.values.low <= value <= part.values.high for _, value in points(part))
        head = float(bool(part.values.heads) and place > 0 and part.values.high > parts[place - 1].values.low)
        assert place == 0 or part.values.high - head == parts[place - 1].values.low
        listed = [series.name for series in part.series if series.listed]
        assert listed and len(listed) == len(set(listed))


def test_that_a_chart_that_has_room_or_no_rows_is_whole(figure: Figure) -> None:
    assert native_parts(figure, 40) == [native_chart(figure)]
    curves = answer(WORLD, "scaling", FIRST_START, (960, 540)).figure
    assert curves is not None and native_parts(curves, 2) == [native_chart(curves)]


def test_that_a_template_with_less_room_has_a_slide_for_each_part(tmp_path: Path) -> None:
    look = ViewOptions(FIRST_START.systems[0], "article")
    figure = answer(WORLD, "evidence", FIRST_START, (960, 540), look=look).figure
    assert figure is not None
    path = tmp_path / "ours.pptx"
    path.write_bytes(template())
    decks = [
        Presentation(io.BytesIO(data)).slides
        for data in (slides_bytes([figure]), slides_bytes([figure], template=path))
    ]
    titles = [[slide.shapes.title.text_frame.text.replace("\u00a0", " ") for slide in deck] for deck in decks]
    assert titles[0][:2] == [figure.headline.text, "Notes and sources"]
    assert titles[1][:3] == [
        f"{figure.headline.text} (1 of 2)",
        f"{figure.headline.text} (2 of 2)",
        "Notes and sources",
    ]
    sources = [slide for slide in decks[1] if slide.shapes.title.text_frame.text == "Notes and sources"]
    told = [text for slide in sources for shape in slide.shapes for text in shape.text_frame.text.split("\n")]
    assert [text for text, count in Counter(told).items() if count > 1 and len(text) > 60] == []  # parts say it once
