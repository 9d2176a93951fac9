"""Texts that fit a place on a slide: the largest size at which all lines have room, or an honest cut.

Sizes and places are in points; widths are estimated on the safe side, as no font is at hand.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box, text_width
from ipuwhatif.records import Record
from ipuwhatif.texts import one_line

if TYPE_CHECKING:
    from pptx.dml.color import RGBColor
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

#: Height of a line in font sizes: no less than what Noto Sans, Arial and their substitutes take.
LINE = 1.37
#: Width of regular and of bold texts in parts of the estimate: a little more than what Noto Sans takes.
_REGULAR, _BOLD = 0.955, 1.0
#: Longest text that is looked at, in characters: what is longer fits no slide.
_LOOKED_AT = 6000


class Fitted(Record, frozen=True):
    """Texts in lines of one size. `whole` is False where something had to be left out."""

    paragraphs: tuple[str, ...]
    size: float
    height: float
    whole: bool


def fitted(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], more: str = "…", bold: bool = False
) -> Fitted:
    """The texts, a paragraph each, at the largest of `sizes` at which they fit; at the smallest cut, ending on `more`.

    Sizes run from the largest down.
    """
    clean = [text for text in (one_line(each).strip() for each in texts) if text]
    short = [each[:_LOOKED_AT] for each in clean]
    for size in sizes:
        lines = [lines_of(text, size, width, bold) for text in short]
        tall = LINE * size * sum(len(each) for each in lines)
        if tall <= height and short == clean:
            return Fitted(tuple(clean), size, tall, True)
    return _cut(short, sizes[-1], width, height, more, bold)


@lru_cache(maxsize=2048)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of a text, estimated letter by letter; tables ask for the same words at every size and number of rows."""
    return sum(text_width(letter, size) for letter in text) * (_BOLD if bold else _REGULAR)


def cut(text: str, size: float, width: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than `width`, at a word where one is near."""
    if width_of(text, size, bold) <= width:
        return text
    while text and width_of(f"{text}…", size, bold) > width:
        text = text[:-1]
    words = text.rpartition(" ")[0]
    return f"{(words if 2 * len(words) > len(text) else text).rstrip()}…"


def lines_of(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """The text in lines of at most `width`; a word that is longer than a line goes on in the next."""
    lines = [""]
    taken = 0.0
    space = width_of(" ", size, bold)
    for word in text.split(" "):
        wide = width_of(word, size, bold)
        if taken and taken + space + wide <= width:
            lines[-1] += f" {word}"
            taken += space + wide
            continue
        for piece in [word] if wide <= width else _pieces(word, size, width, bold):
            if lines[-1]:
                lines.append("")
            lines[-1], taken = piece, width_of(piece, size, bold)
    return lines


def _pieces(word: str, size: float, width: float, bold: bool) -> list[str]:
    pieces, taken = [""], 0.0
    for letter in word:
        wide = width_of(letter, size, bold)
        if pieces[-1] and taken + wide > width:
            pieces.append("")
            taken = 0.0
        pieces[-1] += letter
        taken += wide
    return pieces


def _cut(texts: Sequence[str], size: float, width: float, height: float, more: str, bold: bool) -> Fitted:
    """As many lines as there is room for, the last of them saying that there is more."""
    room = max(1, int(height / (LINE * size)))
    kept: list[str] = []
    used = 0
    for text in texts:
        lines = lines_of(text, size, width, bold)
        if used + len(lines) < room or (used + len(lines) == room and text == texts[-1]):
            kept.append(text)
            used += len(lines)
            continue
        first = lines[: room - used]
        if first:
            last = first[-1]
            while last and width_of(f"{last} {more}", size, bold) > width:
                last = last.rpartition(" ")[0] or last[:-1]  # at a word, where there is one
            kept.append(" ".join([*first[:-1], f"{last} {more}".strip()]))
            used = room
        break
    return Fitted(tuple(kept), size, LINE * size * used, False)


def add_text(
    slide: "Slide", text: Fitted, place: Box, code: str, bold: Sequence[bool] = (), at_bottom: bool = False
) -> None:
    """A text box without margins at a place in points; `code` is its colour, `bold` says which paragraphs are."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    size = Pt(place.right - place.left), Pt(place.bottom - place.top)
    frame = slide.shapes.add_textbox(Pt(place.left), Pt(place.top), *size).text_frame
    frame.word_wrap = True
    if at_bottom:  # texts are estimated on the safe side: what is left over belongs above them
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    set_text(frame, text, code, bold)


def rgb(code: str) -> "RGBColor":
    """A colour "#rrggbb" as the library has it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(code[1:]))  # type: ignore[no-untyped-call]  # the library has no type for it


def set_text(frame: "TextFrame", text: Fitted, code: str | None = None, bold: Sequence[bool] = ()) -> None:
    """The paragraphs in their size; without a colour that of the template, whose font they have in any case."""
    from pptx.util import Pt

    frame.text = "\n".join(text.paragraphs)
    for place, paragraph in enumerate(frame.paragraphs):
        for run in paragraph.runs:
            run.font.size = Pt(text.size)
            if place < len(bold) and bold[place]:
                run.font.bold = True
            if code is not None:
                run.font.color.rgb = rgb(code)
