"""Figures as a PowerPoint deck, one slide a figure: the finding, a chart that can be edited, table and footnotes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.spec import PAIR, PROJECTED, Figure, Headline, HeadlinePart
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.numbered import numbered_once
from ipuwhatif.export.office.arrangement import Arrangement, arrangement
from ipuwhatif.export.office.company_template import company_stage
from ipuwhatif.export.office.look import look_for
from ipuwhatif.export.office.native.native import native_parts
from ipuwhatif.export.office.native.native_series import BARS, DOTS, POINTS, TORNADO, NativeChart
from ipuwhatif.export.office.slide_chart import add_native, add_picture
from ipuwhatif.export.office.slide_notes import notes_text
from ipuwhatif.export.office.slide_package import deck_bytes
from ipuwhatif.export.office.slide_sources import Footed, add_sources, footed
from ipuwhatif.export.office.slide_table import add_table
from ipuwhatif.export.office.slide_template import own_stage
from ipuwhatif.export.office.slide_text import LINE, Fitted, add_text, fitted, lines_of, set_text
from ipuwhatif.export.office.stage import Stage, new_slide
from ipuwhatif.export.office_properties import office_with
from ipuwhatif.figures.phrasing import sentence
from ipuwhatif.figures.times import time_text
from ipuwhatif.files import write_atomic
from ipuwhatif.records import replace
from ipuwhatif.texts import one_line, run_on, tr
from ipuwhatif.units import UNITS, InputError

if TYPE_CHECKING:
    from pptx.slide import Slide

#: Most figures of a deck.
MOST_FIGURES = 50
_GAP = 8.0
#: Between a number and its unit and before the mark of a footnote, where no line of a title may end.
_UNIT = re.compile(r"(?<=\d) (?=[^\W\d]|%)| (?=\[\d)")
#: What stands around rows of names without a title, a title of two low lines, and a row at the least, in points.
_AROUND_ROWS, _LOW_TITLES, _LEAST_ROW, _FEWEST_ROWS = 182.0, 55.0, 9.4, 8
_IN_BRACKETS = re.compile("[(\uff08]([^)\uff09]*)[)\uff09]$")
#: Systems from which on a caption says whose time is the shortest.
_SEVERAL = 4
#: What a caption says of the marks of a chart, as its legend has no room or no way for it.
_MARKED = {"track-record": (PAIR, PROJECTED), "evidence": (PROJECTED,), "roofline": (PROJECTED,)}
_CAPTION_SIZES, _CAPTION_LINES, _FEW_LINES = (12.0, 11.0, 10.0, 9.0), 6.2, 42.0
#: The most that footnotes take of what is under a title, and where a chart needs height, as one of so many rows does.
_NOTES, _FEWER_NOTES, _MANY, _LANES = 0.28, 0.14, 8, 2
#: Rows of names that need all the height there is, and the smallest title in points that makes room for them.
_DENSE, _LOW_TITLE = 14, 18.0
#: The most that they take where nothing is then left for another slide.
_MOST_NOTES = 0.6
#: A room under a title, in points, that is too low for footnotes that could stand elsewhere.
_LOW = 320.0


def write_slides(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Write a deck with a slide for each figure, all or nothing; returns the path.

    content: the scenario that travels inside. data_version: of the evidence. template: a company's own, .pptx or
    .potx, in place of the app's. Raises InputError when a file cannot be read or written or there is nothing to write.
    """
    write_atomic(path, slides_bytes(figures, content, theme, data_version, template))
    return (path,)


def slides_bytes(
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    template: Path | None = None,
    day: date | None = None,
) -> bytes:
    """What `write_slides` writes; the same bytes for the same figures and the same day, today where none is given."""
    if not 1 <= len(figures) <= MOST_FIGURES:
        raise InputError(tr("a deck holds 1 to {most} figures, not {count}", most=MOST_FIGURES, count=len(figures)))
    stage = own_stage(theme) if template is None else company_stage(template)
    stage = replace(stage, look=look_for(stage.look, figures))
    stage.deck.core_properties.title = one_line(figures[0].headline.text)[:250]
    source, dated = one_line(made_by(data_version)), (day or date.today()).isoformat()
    figures = numbered_once(figures)
    left_over: list[tuple[str, tuple[str, ...]]] = []
    for figure in figures:
        number = len(stage.deck.slides) + 1
        title = one_line(figure.chart.title)
        told = title if len(figures) == 1 else tr("Slide {number}: {title}", number=number, title=title)
        for part, native in _parts(stage, figure):
            below = _fill(new_slide(stage, source, dated), stage, part, native, source)
            entry = told, below.rest
            if below.rest and entry not in left_over:  # parts of a chart have the same
                left_over.append(entry)
    add_sources(stage, left_over, source, dated)
    data = deck_bytes(stage.deck)
    return data if content is None else office_with(data, content)


def _parts(stage: Stage, figure: Figure) -> Iterator[tuple[Figure, NativeChart | None]]:
    """The figure with its chart, in parts where that has more rows of names than a slide has room for."""
    room = stage.body.bottom - stage.body.top - _AROUND_ROWS - (_LOW_TITLES if stage.grows else 0.0)
    parts = native_parts(figure, max(_FEWEST_ROWS, int(room / _LEAST_ROW)))
    if parts is None or len(parts) == 1:
        yield figure, None if parts is None else parts[0]
        return
    for number, part in enumerate(parts, start=1):
        text = tr("{title} ({number} of {count})", title=figure.headline.text, number=number, count=len(parts))
        yield replace(figure, headline=Headline((HeadlinePart(text),))), part


def _fill(slide: "Slide", stage: Stage, figure: Figure, native: NativeChart | None, source: str) -> Footed:
    """Title and caption from the top, footnotes from the bottom, chart and table in what they leave."""
    muted = stage.look.tokens.muted_text
    dense = native is not None and len(native.values.ticks) > _DENSE
    room, top = stage.body, _set_title(slide, stage, figure.headline.text, low=dense)
    wide = (room.right - room.left) / stage.fonts
    tall = room.bottom - room.top
    sizes = _CAPTION_SIZES if tall > _LOW and not dense else _CAPTION_SIZES[-2:]
    said = [figure.headline.by_rule] if figure.headline.by_rule else []  # under a title of the user's own
    texts = [*said, *(_caption(figure, native) if native is not None else [])]  # a picture has its title in itself
    if texts:
        caption = fitted(texts, wide, _FEW_LINES, sizes)
        if not caption.whole:
            caption = fitted(texts, wide, _CAPTION_LINES * LINE * _CAPTION_SIZES[-1], sizes[-2:])
        add_text(slide, caption, Box(room.left, top, room.right, top + caption.height), muted, [bool(said)])
        top += caption.height + _GAP / 2
    notes, arranged = _arranged(
        stage, figure, native, replace(room, top=top), _share_of_notes(native, tall) * tall, source
    )
    place = Box(room.left, room.bottom - notes.text.height, room.right, room.bottom)
    add_text(slide, notes.text, place, muted, at_bottom=True)
    if arranged.table is not None:
        add_table(slide, arranged.table, *arranged.corner, stage.look)
    if arranged.native is None:
        add_picture(slide, figure, arranged.chart, stage.look.tokens.name)
    else:
        told = f"{figure.headline.text} {figure.chart.title}"
        add_native(slide, arranged.native, arranged.chart, stage.look, told, arranged.rows)
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None  # the library's own page of notes has one
    frame.text = notes_text(figure, source, arranged.table is not None and arranged.table.whole)
    return notes


def _share_of_notes(native: NativeChart | None, tall: float) -> float:
    """The most that footnotes take of what is under a title: a chart that needs height gets it."""
    if tall < _LOW or (native is not None and len(native.values.ticks) > _DENSE):
        return 0.0
    many = native is not None and native.shape == DOTS and len(native.categories) > _MANY
    many = many or (native is not None and native.shape == BARS and len(native.series) > _LANES)
    return _FEWER_NOTES if native is None or native.shape in (POINTS, TORNADO) or many else _NOTES


def _arranged(
    stage: Stage, figure: Figure, native: NativeChart | None, room: Box, most: float, source: str
) -> tuple[Footed, Arrangement]:
    """Footnotes of at most so many points, and what stands over them; notes give way to rows, and take what is left.

    Where rows of a table or a chart had no room, the notes say so.
    """
    wide, line = (room.right - room.left) / stage.fonts, "" if stage.has_footer else source

    def tried(height: float, left_out: str = "") -> tuple[Footed, Arrangement]:
        notes = footed(figure, wide, height, line, left_out)
        over = replace(room, bottom=room.bottom - notes.text.height - _GAP)
        return notes, arrangement(figure, native, over, stage.fonts)

    found = tried(most)
    if found[1].shown is not None:
        found = tried(0.0)
    if found[1].shown is not None:
        return tried(0.0, _left_out(found[1].shown))
    if found[0].rest and most:  # no slide of its own for a few lines that have room here
        whole = tried(_MOST_NOTES * (room.bottom - room.top))
        if not whole[0].rest and whole[1].is_as_good_as(found[1]):
            return whole
    return found


def _left_out(shown: tuple[int, int]) -> str:
    """What a slide does not show; its notes have the whole table."""
    return tr("{shown} of {count} rows are shown.", shown=shown[0], count=shown[1])


def _set_title(slide: "Slide", stage: Stage, text: str, low: bool) -> float:
    """The finding as title, cut at a word where it has no room; returns where what is under it begins.

    low: in one line where that can be read, as the chart under it needs the height.
    """
    from pptx.util import Pt

    room, sizes = stage.title, stage.sizes
    wide = (room.right - room.left) / stage.fonts
    if low:
        small = [each for each in sizes if each >= _LOW_TITLE]
        in_one_line = [each for each in small if len(lines_of(text, each, wide, True)) == 1]
        sizes = (*(in_one_line or small[-1:])[:1], *sizes[-1:])
    title = _held_together(fitted([text], wide, room.bottom - room.top, sizes, bold=True), wide)
    shape = slide.shapes.title
    assert shape is not None  # the layout has one
    set_text(shape.text_frame, title)
    if shape.left < Pt(room.left) - Pt(8.0) or shape.left + shape.width > Pt(room.right + 8.0):  # a logo is in the way
        shape.left, shape.top = Pt(room.left), Pt(room.top)
        shape.width, shape.height = Pt(room.right - room.left), Pt(room.bottom - room.top)
    return room.top + title.height + _GAP if stage.grows else stage.body.top


def _held_together(title: Fitted, wide: float) -> Fitted:
    """The title with each number and its unit on one line, where that takes no more lines."""
    held = tuple(_UNIT.sub("\u00a0", each) for each in title.paragraphs)
    lines = [sum(len(lines_of(each, title.size, wide, True)) for each in texts) for texts in (title.paragraphs, held)]
    return replace(title, paragraphs=held) if lines[1] <= lines[0] else title


def _caption(figure: Figure, native: NativeChart) -> list[str]:
    """Title and subtitle of the chart, and what its marks are where the legend has no room for it."""
    chart = figure.chart
    texts = [chart.subtitle] if figure.headline.text.startswith(chart.title) else [chart.title, chart.subtitle]
    marked = () if chart.y_axis.scale == "rows" else _MARKED.get(chart.kind, ())
    names = {series.name for series in native.series}
    shortened = [entry for entry in chart.legend if entry.short and one_line(entry.text) in names]
    told = [entry.text for entry in chart.legend if entry.style in marked or entry in shortened]
    if shortest := _shortest(figure):  # on the line of the title, as rows need the height
        texts[0] = run_on((sentence(texts[0]), shortest))
    return list(dict.fromkeys((*texts, *(text[:1].upper() + text[1:] for text in told))))


def _shortest(figure: Figure) -> str:
    """Whose projected time is the shortest of many, where the title speaks of others."""
    chart, spoken = figure.chart, {part.key for part in figure.headline.parts}
    spans = [each for each in chart.intervals if each.style == PROJECTED]
    unit = UNITS.get(chart.x_axis.unit)
    if chart.kind != "compare" or len(spans) < _SEVERAL or unit is None or unit.base != "s":
        return ""
    best = min(spans, key=lambda each: each.median)
    cells = figure.table.rows[round(best.row)]
    if any(cell.key in spoken for cell in cells):
        return ""
    column, cell = next(each for each in enumerate(cells) if each[1].number is not None and each[1].key == best.key)
    said = _IN_BRACKETS.search(figure.table.columns[column].title)  # as the table prints it
    time = time_text(best.median) if said is None else f"{cell.text} {said[1]}"
    return tr("Shortest projected time: {name}, {time}.", name=cells[0].short or cells[0].text, time=time)
