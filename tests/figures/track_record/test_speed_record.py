"""Printed speeds that were left out, as a chart of errors and a table."""

import pytest

from ipuwhatif.calibration.speeds import CLASS, RELEASE, SpeedAnswer, SpeedTest
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures.track_record.speed_record import PREFIX, SPEED_TESTS, speed_record_figure
from ipuwhatif.figures.track_record.track_record import check_protocol

FIGURES = ("resnet50/hgx-v100/1/PyTorch NGC 21.03#frameworks:2", "resnet50/hgx-v100/8/PyTorch NGC 21.03#frameworks:3")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def test() -> SpeedTest:
    answers = (
        SpeedAnswer(FIGURES[0], "a", RELEASE, 1156.0, 1200.0, 1000.0, 1400.0, 900.0, 1100.0),
        SpeedAnswer(FIGURES[1], "b", CLASS, 8056.0, 12000.0, 9000.0, 15000.0, 9000.0, 8000.0),
    )
    return SpeedTest("document", "leave one document out", answers)


def test_that_a_mark_is_the_error_of_a_speed_with_its_interval(catalog: Catalog, test: SpeedTest) -> None:
    chart = speed_record_figure(test, catalog).chart
    assert [mark.x for mark in chart.marks] == pytest.approx([1200 / 1156, 12000 / 8056])
    assert [line.x for line in chart.lines[1:]] == [
        pytest.approx((1000 / 1156, 1400 / 1156)),
        pytest.approx((9000 / 8056, 15000 / 8056)),
    ]
    assert [tick.text for tick in chart.y_axis.ticks] == ["PyTorch, ResNet-50"]
    assert [label.text for label in chart.labels] == ["26.4 % on average, 1 of 2 inside"]


def test_that_the_headline_counts_cells(catalog: Catalog, test: SpeedTest) -> None:
    (part,) = speed_record_figure(test, catalog).headline.parts
    assert part.text == (
        "Printed speeds, by document, 2 cells: within 26.4 % on average, 50 % inside the 80 % interval."
    )


def test_that_the_table_says_what_was_printed_and_what_was_predicted(catalog: Catalog, test: SpeedTest) -> None:
    rows = speed_record_figure(test, catalog).table.rows
    assert [cell.text for cell in rows[1]] == [
        "PyTorch, container 21.03", "ResNet-50", "HGX V100 (8 GPUs)", "its class alone", "8,056", "12,000",
        "9,000 – 15,000", "+49.0", "no",
    ]  # fmt: skip


def test_that_each_row_tells_its_source_and_both_rivals(catalog: Catalog, test: SpeedTest) -> None:
    why = speed_record_figure(test, catalog).why[0]
    rows = {row.name: row.value for section in why.sections for row in section.rows}
    assert rows["A constant share of the peak"] == "−22.1 %" and rows["The nearest figure, scaled"] == "−4.8 %"
    assert rows["Source"] == "NVIDIA/DeepLearningExamples" and "no official result" in why.summary


def test_that_every_test_of_speeds_can_be_asked_for() -> None:
    for key in SPEED_TESTS:
        assert key.startswith(PREFIX)
        check_protocol(key)
