"""Label places: the estimate of a width is never too small, and nothing overlaps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF

from ipuwhatif.charts.labels import Box, fit, free_place, legend_height, separate, text_width, wrap, wrap_clauses
from ipuwhatif.charts.painter.fonts import font
from ipuwhatif.charts.spec import OFFICIAL, PROJECTED, LegendEntry

TEXTS = (
    "IPU-POD16 (16 IPUs)",
    "8 × DGX A100 (64 GPUs)",
    "28.33 min",
    "official 28.33",
    "ResNet-50, closed division: time to train by chip count, software as of 2021-12",
    "official result in minutes: MLPerf® Training v1.1, closed division, submitted by Graphcore and NVIDIA [1]",
    "Time to train (min), logarithmic",
    "WWWW mmmm iiii @@@@ ....",
    "时间 训练",
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", [10, 12, 13, 18])
@pytest.mark.parametrize("text", TEXTS)
def test_that_the_estimate_is_never_narrower_than_the_text(qapp, text, size, bold):
    assert text_width(text, size, bold) >= QFontMetricsF(font(size, bold)).horizontalAdvance(text)


@pytest.mark.parametrize("text", TEXTS[:6])
def test_that_the_estimate_wastes_less_than_a_third(qapp, text):
    assert text_width(text, 12) <= 1.34 * QFontMetricsF(font(12)).horizontalAdvance(text)


@pytest.mark.parametrize("letter", ["i", "W", "时"])
def test_that_a_text_of_any_length_is_cut_as_its_beginning_is(letter):
    assert fit(letter * 100_000, 12, 300) == fit(letter * 200, 12, 300)


@given(st.text(max_size=60), st.floats(20, 400))
def test_that_a_fitted_text_fits(text, width):
    fitted = fit(text, 12, width)
    assert text_width(fitted, 12) <= max(width, text_width("…", 12))


@given(st.text(alphabet="ab cde", max_size=120))
def test_that_wrapping_keeps_the_words_and_the_width(text):
    lines = wrap(text, 10, 150)
    assert all(text_width(line, 10) <= 150 for line in lines)
    assert sum(line.count("a") for line in lines) <= text.count("a")


@given(st.lists(st.floats(-50, 500), min_size=1, max_size=12))
def test_that_separated_labels_keep_their_order_and_distance_inside_the_bounds(wanted):
    places = separate(wanted, 18.0, 0.0, 300.0)
    ordered = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert all(second - first >= 18.0 - 1e-6 for first, second in pairwise(ordered))
    assert min(places) >= 9.0 - 1e-6 and max(places) <= 291.0 + 1e-6


def test_that_labels_with_room_stay_where_they_are():
    assert separate([40.0, 120.0], 18.0, 0.0, 300.0) == (40.0, 120.0)


def test_that_too_many_labels_share_the_room_evenly():
    places = separate([50.0] * 30, 18.0, 0.0, 300.0)
    assert min(places) >= 9.0 - 1e-6 and max(places) <= 291.0 + 1e-6
    assert len(set(places)) == 30


def test_that_a_free_place_overlaps_nothing_and_stays_inside():
    bounds, taken = Box(0, 0, 100, 100), [Box(0, 0, 50, 50)]
    candidates = [Box(40, 40, 60, 60), Box(90, 90, 110, 110), Box(60, 60, 80, 80)]
    assert free_place(candidates, taken, bounds) == candidates[2]
    assert free_place(candidates[:2], taken, bounds) is free_place(candidates[1:2], (), bounds) is None


def test_that_a_number_keeps_its_sign_on_its_line():
    lines = wrap("gain 1.30 × and interval of 80 %", 10, 60)
    assert not [line for line in lines if line.startswith(("×", "%"))]


def test_that_clauses_break_between_each_other_unless_that_takes_more_lines():
    assert wrap_clauses(("one two", "three four"), 10, 80) == ("one two", "three four")
    assert wrap_clauses(("one", "two three four five", "six"), 10, 110) == ("one two three four", "five six")


def test_that_a_legend_entry_may_have_several_lines():
    rows = [LegendEntry(PROJECTED, "a"), LegendEntry(OFFICIAL, "first line of a long text\nsecond")]
    assert legend_height(rows[:1], 100, 0) == 20
    assert legend_height(rows, 100, 0) == 20 + 20 + 16


def test_that_a_chinese_text_wraps_between_its_characters_and_not_before_a_closing_sign() -> None:
    text = "推算是由模型得出的估计值，该模型用 MLPerf® Training 成绩和已发表数据拟合；推算不是成绩（见脚注）。"
    for width in range(60, 400, 7):
        lines = wrap(text, 12.0, float(width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "") or any("…" in line for line in lines)
        assert all(text_width(line, 12.0) <= width for line in lines)
        assert not any(line[0] in "，；）。®" for line in lines)
        assert not any(line[-1] in "（" for line in lines)


def test_that_english_words_stay_whole_in_a_chinese_text() -> None:
    lines = wrap("推算不是 MLPerf® Training 成绩", 12.0, 110.0)
    assert any("Training" in line for line in lines) and any("MLPerf®" in line for line in lines)
