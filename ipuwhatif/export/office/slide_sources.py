"""Footnotes of a slide at a size that can be read, and the slides "Sources" for all that has no room under a chart."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.slide_notes import split_footnotes
from ipuwhatif.export.office.slide_text import LINE, Fitted, add_text, fitted, lines_of, set_text
from ipuwhatif.export.office.stage import Stage, new_slide
from ipuwhatif.export.plain import one_line
from ipuwhatif.records import Record
from ipuwhatif.texts import tr

#: Of footnotes, in points: the least that can be read in a room.
NOTE_SIZE = 9.0
#: Slides of sources at most: names from files have no end, and the speaker notes hold what comes after.
_MOST_SLIDES = 20
_TITLE_SIZES, _SIZES = (24.0, 20.0, 16.0), (11.0, 10.0)

Entry = tuple[str, tuple[str, ...]]  # title of a chart, and paragraphs
Piece = tuple[str, bool]  # a paragraph or a part of one, and whether it is a title


class Footed(Record, frozen=True):
    """What stands under a chart, and the paragraphs that go to the slide of sources."""

    text: Fitted
    rest: tuple[str, ...]


def footed(figure: Figure, width: float, height: float, source: str, partial: bool = False) -> Footed:
    """As many whole footnotes and notices as there is room for; what has to stand there is there in any case.

    height: in points. partial: the slide shows a part of the table. source: a line that says what made the slide, where
    nothing else on it does.
    """
    numbered, others = split_footnotes(figure)
    must = [text for text in (*others, source) if text]
    wanted = [one_line(text).strip() for text in (*numbered, *figure.notices)]
    wanted = [text for text in dict.fromkeys(wanted) if text]
    most = max(int(height / (LINE * NOTE_SIZE)), _count(must, width) + 1)
    if partial:
        must.insert(0, tr("The whole table is in the speaker notes."))
    if _count([*wanted, *must], width) <= most:
        return Footed(_set([*wanted, *must], width), ())
    pointer = tr("More footnotes and notes stand on the slide “Sources”.")
    if partial:
        pointer = f"{pointer} {must.pop(0)}"
    kept: list[str] = []
    for text in wanted:
        if _count([*kept, text, pointer, *must], width) <= most:
            kept.append(text)
    rest = tuple(text for text in wanted if text not in kept)
    return Footed(_set([*kept, pointer, *must], width), rest)


def add_sources(stage: Stage, entries: Sequence[Entry], source: str, day: str) -> None:
    """Add slides with the footnotes that had no room, under the titles of their charts; none where all had."""
    body, muted = stage.body, stage.look.tokens.text
    title = fitted([tr("Sources")], 400.0, 60.0, _TITLE_SIZES, bold=True)
    top = stage.title.top + title.height + 8.0 if stage.grows else body.top
    place = Box(body.left, top, body.right, body.bottom)
    sizes = (each for each in _SIZES if len(list(_pages(entries, each, place))) <= 1)
    size = next(sizes, NOTE_SIZE)
    for page in islice(_pages(entries, size, place), _MOST_SLIDES):
        slide = new_slide(stage, source, day)
        shape = slide.shapes.title
        assert shape is not None  # the layout has one
        set_text(shape.text_frame, title)
        text = Fitted(tuple(piece for piece, _ in page), size, place.bottom - place.top, True)
        add_text(slide, text, place, muted, tuple(bold for _, bold in page))


def _pages(entries: Sequence[Entry], size: float, place: Box) -> Iterator[list[Piece]]:
    """The paragraphs of each slide; one that has no room on a slide goes on on the next."""
    width, rows = place.right - place.left, max(2, int((place.bottom - place.top) / (LINE * size)))
    page: list[Piece] = []
    left = rows
    for text, bold in _paragraphs(entries):
        lines = lines_of(text, size, width, bold)
        if bold and left < 3:  # no title alone at the end
            left = 0
        while lines:
            if left == 0:
                yield page
                page, left = [], rows
            page.append((" ".join(lines[:left]), bold))
            lines, left = lines[left:], max(0, left - len(lines))
    if page:
        yield page


def _paragraphs(entries: Sequence[Entry]) -> Iterator[Piece]:
    for title, paragraphs in entries:
        yield title, True
        yield from ((text, False) for text in paragraphs)


def _count(texts: Sequence[str], width: float) -> int:
    return sum(len(lines_of(one_line(text), NOTE_SIZE, width)) for text in texts)


def _set(texts: Sequence[str], width: float) -> Fitted:
    return fitted(texts, width, 10_000.0, (NOTE_SIZE,))
