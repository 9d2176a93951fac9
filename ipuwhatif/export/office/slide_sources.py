"""Footnotes of a slide at a size that can be read, and the slides of notes for all that has no room under a chart."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.slide_notes import split_footnotes
from ipuwhatif.export.office.slide_text import LINE, Fitted, add_text, fitted, lines_of, set_text
from ipuwhatif.export.office.stage import Stage, new_slide
from ipuwhatif.records import Record
from ipuwhatif.texts import one_line, run_on, tr

#: Of footnotes, in points: the least that can be read in a room.
NOTE_SIZE = 9.0
#: Slides of sources at most: names from files have no end, and the speaker notes hold what comes after.
_MOST_SLIDES = 20
_TITLE_SIZES, _SIZES = (24.0, 20.0, 16.0), (11.0, 10.0)
#: Where a paragraph that no slide has room for may end on one, before it would at a word, and the least that it keeps.
_ENDS, _KEPT = ("; ", ". ", "\uff1b", "\u3002", ", ", "\u3001", " "), 0.6

_MARK = re.compile(r"\[\d+\]")  # that a source begins with

Entry = tuple[str, tuple[str, ...]]  # title of a chart, and paragraphs
Piece = tuple[str, bool]  # a paragraph or a part of one, and whether it is a title


class Footed(Record, frozen=True):
    """What stands under a chart, and the paragraphs that go to the slide of sources."""

    text: Fitted
    rest: tuple[str, ...]


def footed(figure: Figure, width: float, height: float, source: str, left_out: str = "") -> Footed:
    """As many whole footnotes and notices as there is room for; what has to stand there is there in any case.

    height: in points. left_out: what the slide does not show. source: a line that says what made the slide, where
    nothing else on it does.
    """
    numbered, others = split_footnotes(figure)
    must = [text for text in (left_out, *others, source) if text]
    said = figure.headline.by_rule  # it stands over the chart
    notices = [text for text in figure.notices if text != said]
    ordered = (*notices, *numbered) if said else (*numbered, *notices)  # a step of a talk has its words first
    wanted = [one_line(text).strip() for text in ordered]
    wanted = [text for text in dict.fromkeys(wanted) if text]
    most = max(int(height / (LINE * NOTE_SIZE)), _count(must, width) + 1)
    if _count([*wanted, *must], width) <= most:
        return Footed(_set([*wanted, *must], width), ())
    pointer = tr("Further notes: at the end.")
    if left_out:
        most -= 1
        pointer = run_on((must.pop(0), pointer))
    kept: list[str] = []
    for text in wanted:
        if _count([*kept, text, pointer, *must], width) <= most:
            kept.append(text)
    rest = tuple(text for text in wanted if text not in kept)
    return Footed(_set([*kept, pointer, *must], width), rest)


def add_sources(stage: Stage, entries: Sequence[Entry], source: str, day: str) -> None:
    """Add slides with the footnotes that had no room, under the titles of their charts; none where all had."""
    entries = _said_once(entries)
    body, muted = stage.body, stage.look.tokens.text
    titles = [fitted([name], 400.0, 60.0, _TITLE_SIZES, bold=True) for name in (tr("Notes"), tr("Notes and sources"))]
    title = titles[any(_MARK.match(text) for _, paragraphs in entries for text in paragraphs)]
    top = stage.title.top + title.height + 8.0 if stage.grows else body.top
    place = Box(body.left, top, body.right, body.bottom)
    room = (body.right - body.left) / stage.fonts, body.bottom - top
    sizes = (each for each in _SIZES if len(list(_pages(entries, each, room))) <= 1)
    size = next(sizes, NOTE_SIZE)
    for page in islice(_pages(entries, size, room), _MOST_SLIDES):
        slide = new_slide(stage, source, day)
        shape = slide.shapes.title
        assert shape is not None  # the layout has one
        set_text(shape.text_frame, title)
        text = Fitted(tuple(piece for piece, _ in page), size, place.bottom - place.top, True)
        add_text(slide, text, place, muted, tuple(bold for _, bold in page))


def _said_once(entries: Sequence[Entry]) -> list[Entry]:
    """The paragraphs by the charts that they belong to: what several charts say stands there once, at the end."""
    charts: dict[str, list[str]] = {}
    for title, paragraphs in entries:
        for text in paragraphs:
            charts.setdefault(text, []).append(title)
    several = tr("Several charts")
    headed = [(several if len(set(titles)) > 1 else titles[0], text) for text, titles in charts.items()]
    headed.sort(key=lambda each: each[0] == several)
    return [(head, tuple(text for _, text in texts)) for head, texts in groupby(headed, key=lambda each: each[0])]


def _pages(entries: Sequence[Entry], size: float, room: tuple[float, float]) -> Iterator[list[Piece]]:
    """The paragraphs of each slide of that width and height; only one that fills a slide goes on on the next."""
    width, rows = room[0], max(2, int(room[1] / (LINE * size)))
    page: list[Piece] = []
    left = rows

    def lines(text: str, bold: bool) -> int:
        return len(lines_of(text, size, width, bold))

    for title, paragraphs in entries:
        # no title alone at the end
        wanted = lines(title, True) + min(rows, lines(paragraphs[0], False))
        for place, (text, bold) in enumerate(((title, True), *((each, False) for each in paragraphs))):
            taken = lines(text, bold)
            if page and left < (min(rows, wanted) if place == 0 else min(rows, taken)):
                yield page
                page, left = [], rows
            for piece in _pieces(text, size, width, left, rows) if taken > left else [text]:
                if left <= 0:
                    yield page
                    page, left = [], rows
                page.append((piece, bold))
                left -= lines(piece, bold)
    if page:
        yield page


def _pieces(text: str, size: float, width: float, first: int, rows: int) -> Iterator[str]:
    """A text of more lines than a slide has, cut where a part of it ends: so many rows first, then whole slides."""
    room = first
    while len(found := lines_of(text, size, width)) > room:
        most = 0
        for line in found[:room]:  # the text has a space or nothing where a line ends
            most += len(line)
            most += text[most : most + 1] == " "
        ends = (text.rfind(end, 0, most) + len(end) for end in _ENDS if end in text[:most])
        end = next((each for each in ends if each >= _KEPT * most), most)
        yield text[:end].rstrip()
        text, room = text[end:], rows
    yield text


def _count(texts: Sequence[str], width: float) -> int:
    return sum(len(lines_of(one_line(text), NOTE_SIZE, width)) for text in texts)


def _set(texts: Sequence[str], width: float) -> Fitted:
    return fitted(texts, width, 10_000.0, (NOTE_SIZE,))
