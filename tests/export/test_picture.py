"""Picture files: the expected size and colours, the scenario inside, footnotes beside, all or nothing."""

import struct
import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QImage

from ipuwhatif import __version__
from ipuwhatif.charts.palette import color
from ipuwhatif.export import picture as picture_module
from ipuwhatif.export.embedded_document import carried_in
from ipuwhatif.export.picture import HIGHEST_DPI, LOWEST_DPI, SUFFIXES, picture_bytes, write_picture
from ipuwhatif.export.terminal import table_text
from ipuwhatif.figures.compare.compare import compare_figure
from tests.figures import samples
from tests.refusals import refused

CONTENT = b'{"title": "<b> & \\u00e9"}\n'


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("theme", "dpi"), [("light", 96), ("dark", 192)])
def test_that_the_picture_opens_with_its_size_and_colours(qapp, tmp_path, figure, theme, dpi):
    path, _ = write_picture(tmp_path / "chart.png", (figure,), theme=theme, dpi=dpi)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (960 * dpi / 96, 540 * dpi / 96)
    seen = {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}
    assert {color(interval.tint, theme) for interval in figure.chart.intervals} <= seen


@pytest.mark.parametrize("dpi", [LOWEST_DPI, 72, 96, 150, 300])
def test_that_a_png_file_is_ten_inches_wide_at_any_resolution(qapp, figure, dpi):
    data = picture_bytes(".png", (figure,), CONTENT, dpi=dpi)
    image = QImage.fromData(data)
    assert data.count(b"pHYs") == 1
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == pytest.approx(dpi / 0.0254, abs=0.5)
    assert image.width() / image.dotsPerMeterX() == pytest.approx(0.254, rel=2e-3)


def test_that_every_chunk_of_a_png_file_is_sound(qapp, figure):
    data = picture_bytes(".png", (figure,), CONTENT)
    place, kinds = 8, []
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        stated = struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0]
        assert stated == picture_module.zlib.crc32(data[place + 4 : place + 8 + length])
        kinds.append(kind)
        place += 12 + length
    assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND"
    assert kinds.index(b"pHYs") < kinds.index(b"IDAT")


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_the_scenario_is_inside(qapp, tmp_path, figure, ending):
    path = write_picture(tmp_path / f"chart{ending}", (figure,), CONTENT)[0]
    assert carried_in(path.read_bytes(), ending) == CONTENT


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_a_picture_without_a_scenario_holds_none(qapp, figure, ending):
    with refused("there is no scenario in it; choose a file that IPU What-If has saved or exported"):
        carried_in(picture_bytes(ending, (figure,)), ending)


def test_that_title_version_and_finding_are_in_its_text_chunks(qapp, tmp_path, figure):
    path, _ = write_picture(tmp_path / "chart.png", (figure,), data_version="0123456789ab")
    image = QImage(str(path))
    assert image.text("Title") == figure.chart.title
    assert image.text("Software") == f"ipuwhatif {__version__}"
    assert image.text("Description").startswith(figure.headline.text)
    assert image.text("Description").endswith("data 0123456789ab")


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_that_footnotes_go_along_as_text(qapp, tmp_path, figure, ending):
    paths = write_picture(tmp_path / f"chart{ending}", (figure,), data_version="0123456789ab")
    assert paths == (tmp_path / f"chart{ending}", tmp_path / f"chart{ending}.txt")
    text = paths[1].read_text(encoding="utf-8")
    assert text.startswith(figure.headline.text)
    for note in figure.footnotes:
        assert note.text in text
    assert "https://github.com/mlcommons/training_results_v1.1" in text
    assert f"{__version__}, data 0123456789ab" in text


def test_that_a_pdf_file_has_its_footnotes_in_it_and_nothing_beside(qapp, tmp_path, figure):
    assert write_picture(tmp_path / "chart.pdf", (figure, figure)) == (tmp_path / "chart.pdf",)
    assert names(tmp_path) == ["chart.pdf"]


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_an_unwritable_place_is_one_clear_line_and_leaves_nothing(qapp, tmp_path, figure, ending):
    with refused(f"the folder {tmp_path}/missing does not exist"):
        write_picture(tmp_path / "missing" / f"chart{ending}", (figure,))
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_that_a_picture_does_not_stay_without_its_footnotes(qapp, tmp_path, figure, ending):
    (tmp_path / f"chart{ending}.txt").mkdir()
    with refused(f"{tmp_path}/chart{ending}.txt is a folder; name a file in it"):
        write_picture(tmp_path / f"chart{ending}", (figure,))
    assert names(tmp_path) == [f"chart{ending}.txt"]


def test_that_footnotes_do_not_stay_without_their_picture(qapp, tmp_path, figure):
    (tmp_path / "chart.png").mkdir()
    with refused(f"{tmp_path}/chart.png is a folder; name a file in it"):
        write_picture(tmp_path / "chart.png", (figure,))
    assert names(tmp_path) == ["chart.png"]


@pytest.mark.parametrize("dpi", [0.0, -1.0, LOWEST_DPI - 1, HIGHEST_DPI + 1, float("nan"), float("inf")])
def test_that_a_senseless_resolution_is_refused(qapp, tmp_path, figure, dpi):
    with refused(f"a picture has from 24 to 768 dots per inch, not {dpi}"):
        write_picture(tmp_path / "chart.png", (figure,), dpi=dpi)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_that_several_charts_are_refused_where_one_has_room(qapp, tmp_path, figure, ending):
    with refused(f"a {ending} file holds one chart; write several to a .pdf file"):
        write_picture(tmp_path / f"chart{ending}", (figure, figure))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_no_chart_at_all_is_refused(qapp, tmp_path, ending):
    with refused("there is nothing to draw; ask for at least one figure"):
        write_picture(tmp_path / f"chart{ending}", ())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "shown"), [("chart.bmp", ".bmp"), ("chart", "''"), ("chart.\x1b", ".?")])
def test_that_another_kind_is_refused_with_those_that_are_known(qapp, tmp_path, figure, name, shown):
    with refused(f"a picture ends in .png, .svg, .pdf, not in {shown}"):
        write_picture(tmp_path / name, (figure,))


def test_that_an_ending_in_capitals_is_the_same_kind(qapp, tmp_path, figure):
    assert write_picture(tmp_path / "CHART.PDF", (figure,))[0].read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", SUFFIXES)
def test_that_it_works_without_a_display_or_an_application(tmp_path, ending):
    program = (
        "from pathlib import Path\n"
        "from ipuwhatif.export.picture import write_picture\n"
        "from ipuwhatif.figures.compare.compare import compare_figure\n"
        "from tests.figures import samples\n"
        "figure = compare_figure(samples.comparison(), samples.scenario())\n"
        f"write_picture(Path({str(tmp_path / f'chart{ending}')!r}), (figure,))\n"
    )
    environment = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / f"chart{ending}").stat().st_size > 5000


def test_that_a_text_of_the_users_own_is_left_alone(qapp, tmp_path, figure):
    (tmp_path / "chart.txt").write_text("mine")
    write_picture(tmp_path / "chart.png", (figure,))
    assert (tmp_path / "chart.txt").read_text() == "mine"


def test_that_a_moved_lever_is_in_every_file(qapp, tmp_path):
    moved = compare_figure(samples.with_lever(samples.comparison()), samples.scenario())
    _, notes = write_picture(tmp_path / "chart.png", (moved,))
    for text in (notes.read_text(encoding="utf-8"), table_text(moved), moved.chart.subtitle):
        assert "IPU compute gain 1.30 ×" in text
    assert "IPU compute gain 1.30 ×" in picture_bytes(".svg", (moved,)).decode("utf-8")


def test_that_a_picture_of_many_systems_is_as_tall_as_its_chart(qapp, tmp_path):
    keys = [f"ipu-pod:{chips}" for chips in range(16, 57)]
    many = compare_figure(samples.comparison(dict.fromkeys(keys, 20.0), reference=keys[0]), samples.scenario())
    path, _ = write_picture(tmp_path / "chart.png", (many,), dpi=96)
    assert QImage(str(path)).height() == many.chart.height > 1100
