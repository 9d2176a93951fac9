"""Charts as PNG files: no text that acts, letters where the system has none, one sentence where there is no memory."""

import os
import subprocess
import sys

from PySide6.QtGui import QImage

from ipuwhatif.export import png
from ipuwhatif.export.png import render_png
from ipuwhatif.figures.compare.compare import compare_figure
from tests.figures import samples
from tests.refusals import refused


def test_that_markup_and_control_characters_are_drawn_as_text(qapp):
    evil = "<b>\x1b[31m\nname</b>"
    chart = compare_figure(
        samples.comparison({"ipu-pod:16": 28.0}, reference="ipu-pod:16", name=evil), samples.scenario()
    ).chart
    assert render_png(chart, "light", 1.0).startswith(b"\x89PNG")


def test_that_a_picture_too_large_for_memory_is_refused(qapp, figure, monkeypatch):
    class NoMemory(QImage):
        def __init__(self, *size):
            super().__init__()

    monkeypatch.setattr(png, "QImage", NoMemory)
    with refused("the picture is too large; choose a smaller scale"):
        render_png(figure.chart, "light", 1.0)


def test_that_the_shipped_letters_are_drawn_where_the_system_has_none(tmp_path):
    """In a process of its own, whose fontconfig knows no font at all."""
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path}/none</dir>'
        f"<cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    path = tmp_path / "chart.pdf"
    command = [sys.executable, "-m", "ipuwhatif", "--language", "zh_CN", "compare", "-o", str(path)]
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    )
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    text = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout
    assert "NotoSansCJKsc" in fonts and "训练时间" in text.replace(" ", "")
