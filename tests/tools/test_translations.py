"""The catalogs: complete, in step with the source, compiled from what is written, and true to every place in a text."""

import re

import pytest

from ipuwhatif.texts import ENGLISH, LANGUAGES
from tools.fonts import wanted
from tools.translations import compiled, load, path_of, said, template, updated

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
_PLACE = re.compile(r"\{[^{}]*\}")


@pytest.mark.parametrize("code", OTHERS)
def test_that_no_text_is_left_behind(code: str) -> None:
    known = {message.id: message.string for message in load(code) if message.id}
    asked = {message.id for message in template() if message.id}
    assert sorted(asked - set(known)) == [], "run: make translations"
    assert sorted(set(known) - asked) == [], "run: make translations"
    assert sorted(text for text, translated in known.items() if not translated) == []


@pytest.mark.parametrize("code", OTHERS)
def test_that_the_compiled_catalog_is_made_of_the_written_one(code: str) -> None:
    assert path_of(code).with_suffix(".mo").read_bytes() == compiled(updated(code)), "run: make translations"


@pytest.mark.parametrize("code", OTHERS)
def test_that_a_translation_keeps_every_place_and_mark(code: str) -> None:
    for message in load(code):
        text, translated = message.id, message.string
        if not text:  # the header
            continue
        assert sorted(_PLACE.findall(text)) == sorted(_PLACE.findall(translated)), text
        assert text.count("®") == translated.count("®"), text
        assert ("&" in text) == ("&" in translated), text
        assert text.count("\n") == translated.count("\n"), text


def test_that_the_shipped_font_has_every_letter_that_is_used(qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    from ipuwhatif.charts.painter.fonts import CHINESE_FONT
    from ipuwhatif.files import resource

    font = QRawFont(str(resource("fonts", CHINESE_FONT)), 12.0)
    assert font.isValid()
    lacking = [chr(code) for code in sorted(wanted()) if code > 0x2E7F and not font.supportsCharacter(code)]
    assert lacking == [], "run: make fonts"


def test_that_letters_on_dark_are_no_bolder_than_on_light(qapp: object) -> None:
    light, dark = (_ink(*colours) for colours in (("#000000", "#ffffff"), ("#ffffff", "#000000")))
    assert light > 0 and abs(dark / light - 1) < 0.02


def _ink(letters: str, ground: str) -> float:
    """How much of a picture the shipped letters cover, from 0 to 1."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter, QRawFont

    from ipuwhatif.charts.painter.fonts import CHINESE_FONT
    from ipuwhatif.files import resource

    font, run = QRawFont(str(resource("fonts", CHINESE_FONT)), 12.0), QGlyphRun()
    run.setRawFont(font)
    run.setGlyphIndexes(font.glyphIndexesForString("最优批量数据范围"))
    run.setPositions([QPointF(13.0 * place, 0.0) for place in range(8)])
    picture = QImage(120, 24, QImage.Format.Format_RGB32)
    picture.fill(QColor(ground))
    painter = QPainter(picture)
    painter.setPen(QColor(letters))
    painter.drawGlyphRun(QPointF(4, 18), run)
    painter.end()
    values = [picture.pixelColor(x, y).green() / 255 for x in range(120) for y in range(24)]
    empty = QColor(ground).green() / 255
    return sum(abs(value - empty) for value in values) / len(values)


def test_that_a_text_inside_another_text_is_found() -> None:
    source = "line = f\"<p>{escape(tr('Why?'))}</p>\"\nname = marked('Name')\nother = tr(name)\n"
    assert sorted(said(source)) == ["Name", "Why?"]
