"""PNG files: the expected size and colours, texts in chunks, footnotes beside, all or nothing."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QImage

from ipuwhatif import __version__
from ipuwhatif.export.csv_file import csv_text
from ipuwhatif.export.png import write_png
from ipuwhatif.export.terminal import table_text
from ipuwhatif.figures.compare import compare_figure
from ipuwhatif.figures.palette import color
from ipuwhatif.units import InputError
from tests.figures import samples


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_that_the_picture_opens_with_its_size_and_colours(qapp, tmp_path, figure, theme, scale):
    path, _ = write_png(tmp_path / "chart.png", figure, theme, scale)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (960 * scale, 540 * scale)
    seen = {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}
    assert {color(interval.tint, theme) for interval in figure.chart.intervals} <= seen


def test_that_title_and_version_are_in_its_text_chunks(qapp, tmp_path, figure):
    path, _ = write_png(tmp_path / "chart.png", figure)
    image = QImage(str(path))
    assert image.text("Title") == figure.chart.title
    assert image.text("Software") == f"ipuwhatif {__version__}"
    assert b"tEXt" in path.read_bytes() or b"iTXt" in path.read_bytes()


def test_that_footnotes_go_along_as_text(qapp, tmp_path, figure):
    paths = write_png(tmp_path / "chart.png", figure)
    assert paths == (tmp_path / "chart.png", tmp_path / "chart.png.txt")
    text = paths[1].read_text(encoding="utf-8")
    assert text.startswith(figure.headline.text)
    for note in figure.footnotes:
        assert note.text in text
    assert "https://github.com/mlcommons/training_results_v1.1" in text


def test_that_an_unwritable_place_is_one_clear_line_and_leaves_nothing(qapp, tmp_path, figure):
    with pytest.raises(InputError) as fault:
        write_png(tmp_path / "missing" / "chart.png", figure)
    assert "\n" not in str(fault.value)
    assert list(tmp_path.rglob("*")) == []


def test_that_a_picture_does_not_stay_without_its_footnotes(qapp, tmp_path, figure):
    (tmp_path / "chart.png.txt").mkdir()
    with pytest.raises(InputError, match="folder"):
        write_png(tmp_path / "chart.png", figure)
    assert [path.name for path in tmp_path.iterdir()] == ["chart.png.txt"]


def test_that_footnotes_do_not_stay_without_their_picture(qapp, tmp_path, figure):
    (tmp_path / "chart.png").mkdir()
    with pytest.raises(InputError, match="folder"):
        write_png(tmp_path / "chart.png", figure)
    assert [path.name for path in tmp_path.iterdir()] == ["chart.png"]


@pytest.mark.parametrize("scale", [0.0, -1.0, 1000.0, float("nan")])
def test_that_a_senseless_scale_is_refused(qapp, tmp_path, figure, scale):
    with pytest.raises(InputError, match=r"0\.25 and 8"):
        write_png(tmp_path / "chart.png", figure, scale=scale)
    assert list(tmp_path.iterdir()) == []


def test_that_it_works_without_a_display_or_an_application(tmp_path):
    program = (
        "from pathlib import Path\n"
        "from ipuwhatif.export.png import write_png\n"
        "from ipuwhatif.figures.compare import compare_figure\n"
        "from tests.figures import samples\n"
        f"write_png(Path({str(tmp_path / 'chart.png')!r}), compare_figure(samples.comparison(), samples.scenario()))\n"
    )
    environment = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "chart.png").stat().st_size > 5000


def test_that_a_text_of_the_users_own_is_left_alone(qapp, tmp_path, figure):
    (tmp_path / "chart.txt").write_text("mine")
    write_png(tmp_path / "chart.png", figure)
    assert (tmp_path / "chart.txt").read_text() == "mine"


def test_that_a_moved_lever_is_in_every_file(qapp, tmp_path):
    moved = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    _, notes = write_png(tmp_path / "chart.png", moved)
    for text in (notes.read_text(encoding="utf-8"), csv_text(moved), table_text(moved), moved.chart.subtitle):
        assert "IPU compute gain 1.30 ×" in text


def test_that_a_picture_of_many_systems_is_as_tall_as_its_chart(qapp, tmp_path):
    keys = [f"ipu-pod:{chips}" for chips in range(16, 57)]
    many = compare_figure(samples.comparison(dict.fromkeys(keys, 20.0), reference=keys[0]), samples.scenario())
    path, _ = write_png(tmp_path / "chart.png", many, scale=1.0)
    assert QImage(str(path)).height() == many.chart.height > 1100
