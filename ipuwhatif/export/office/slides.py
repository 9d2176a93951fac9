"""Figures as a PowerPoint deck, one slide a figure: the finding, a chart that can be edited, table and footnotes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.palette import Theme
from ipuwhatif.charts.palette import theme as theme_of
from ipuwhatif.charts.spec import PAIR, PROJECTED, Figure
from ipuwhatif.export.notes import made_by
from ipuwhatif.export.office.native import native_chart
from ipuwhatif.export.office.native_series import BARS, POINTS, NativeChart
from ipuwhatif.export.office.slide_chart import add_native, add_picture
from ipuwhatif.export.office.slide_notes import notes_text, split_footnotes
from ipuwhatif.export.office.slide_package import deck_bytes
from ipuwhatif.export.office.slide_table import Laid, add_table, laid_table
from ipuwhatif.export.office.slide_template import HEIGHT, MARGIN, TITLE_HEIGHT, TITLE_TOP, WIDTH, new_deck, rgb
from ipuwhatif.export.office.slide_text import Fitted, fitted
from ipuwhatif.export.office.workbook_cells import FONT
from ipuwhatif.export.office_properties import office_with
from ipuwhatif.export.plain import one_line
from ipuwhatif.files import write_atomic
from ipuwhatif.records import replace
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

#: Most figures of a deck.
MOST_FIGURES = 50
_ROOM = WIDTH - 2 * MARGIN
_GAP = 8.0
_TITLE_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0)
_CAPTION_SIZES, _CAPTION_HEIGHT = (11.0, 10.0, 9.0, 8.0), 46.0
_NOTE_SIZES, _NOTES_HEIGHT = (9.0, 8.5, 8.0, 7.5, 7.0), 112.0
#: What a table beside a chart may take of the width, and what a chart over a table keeps of the height, in points.
_BESIDE, _LEAST_CHART = 0.5, 196.0
#: What a bar with its number and all that stands around the bars take of a chart's height, in points.
_BAR, _AROUND = 10.5, 70.0
_BOTTOM = HEIGHT - 12.0
_LEGIBLE = 9.0  # size of a table's texts for which footnotes need not be any smaller


def write_slides(
    path: Path, figures: Sequence[Figure], content: bytes | None = None, theme: str = "light", data_version: str = ""
) -> tuple[Path, ...]:
    """Write a 16:9 deck with a slide for each figure, all or nothing; returns the path.

    content: the scenario that travels inside. data_version: of the evidence. Raises InputError when the file cannot be
    written or there is nothing to write.
    """
    write_atomic(path, slides_bytes(figures, content, theme, data_version))
    return (path,)


def slides_bytes(
    figures: Sequence[Figure], content: bytes | None = None, theme: str = "light", data_version: str = ""
) -> bytes:
    """What `write_slides` writes; the same bytes for the same figures."""
    if not 1 <= len(figures) <= MOST_FIGURES:
        raise InputError(tr("a deck holds 1 to {most} figures, not {count}", most=MOST_FIGURES, count=len(figures)))
    tokens, version = theme_of(theme), made_by(data_version)
    deck = new_deck(theme)
    deck.core_properties.title = one_line(figures[0].headline.text)[:250]
    for figure in figures:
        _fill(deck.slides.add_slide(deck.slide_layouts[0]), figure, tokens, version)
    data = deck_bytes(deck)
    return data if content is None else office_with(data, content)


def _fill(slide: "Slide", figure: Figure, tokens: Theme, version: str) -> None:
    """Title and caption from the top, footnotes from the bottom, chart and table in what they leave."""
    native = native_chart(figure)
    title = fitted([figure.headline.text], _ROOM, TITLE_HEIGHT, _TITLE_SIZES, bold=True)
    _set_title(slide, title, tokens)
    top = TITLE_TOP + title.height + _GAP / 2
    texts = _caption(figure) if native is not None else []  # a picture has its title in itself
    if texts:
        caption = fitted(texts, _ROOM, _CAPTION_HEIGHT, _CAPTION_SIZES)
        _add_text(slide, caption, Box(MARGIN, top, WIDTH - MARGIN, top + caption.height), tokens.muted_text)
        top += caption.height
    top += _GAP / 2
    notes, laid, beside = _arranged(figure, native, version, top)
    bottom = _BOTTOM - notes.height - _GAP
    _add_text(slide, notes, Box(MARGIN, _BOTTOM - notes.height, WIDTH - MARGIN, _BOTTOM), tokens.muted_text)
    plot = Box(MARGIN, top, WIDTH - MARGIN, bottom)
    if laid is not None:
        left, head = (plot.right - laid.width, top + _GAP) if beside else (plot.left, bottom - laid.height)
        add_table(slide, laid, left, head, tokens.name)
        plot = replace(plot, right=left - _GAP) if beside else replace(plot, bottom=head - _GAP / 2)
    if native is None:
        add_picture(slide, figure, plot, tokens.name)
    else:
        add_native(slide, native, plot, tokens.name, f"{figure.headline.text} {figure.chart.title}")
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None  # the library's own page of notes has one
    frame.text = notes_text(figure, version, laid is not None and _is_whole(laid, figure))


def _arranged(figure: Figure, native: NativeChart | None, version: str, top: float) -> tuple[Fitted, Laid | None, bool]:
    """Footnotes, table, and whether it stands beside the chart; footnotes are smaller where that gives a table room."""
    best: tuple[Fitted, Laid | None, bool] = (_footnotes(figure, version, _NOTE_SIZES, True), None, False)
    for first in range(len(_NOTE_SIZES)):
        sizes = _NOTE_SIZES[first:]
        # That a table is cut takes words among the footnotes, so they are set with those first.
        notes = _footnotes(figure, version, sizes, True)
        laid, beside = _table(figure, native, _BOTTOM - notes.height - _GAP - top)
        if laid is not None and (best[1] is None or laid.size > best[1].size):
            best = (notes, laid, beside)
            if _is_whole(laid, figure):
                best = (_footnotes(figure, version, sizes, False), laid, beside)
            if laid.size >= _LEGIBLE:
                break
    return best


def _is_whole(laid: Laid, figure: Figure) -> bool:
    return len(laid.table.rows) == len(figure.table.rows)


def _caption(figure: Figure) -> list[str]:
    """Title and subtitle of the chart, and of a track record what its marks are."""
    chart = figure.chart
    texts = [chart.subtitle] if figure.headline.text.startswith(chart.title) else [chart.title, chart.subtitle]
    if chart.kind == "track-record":
        texts += [entry.text for entry in chart.legend if entry.style in (PAIR, PROJECTED)]
    return texts


def _table(figure: Figure, native: NativeChart | None, height: float) -> tuple[Laid | None, bool]:
    """The table where it has room, and whether that is beside the chart: rows of bars have it below them."""
    if native is None or native.shape == POINTS:
        return laid_table(figure, _BESIDE * _ROOM, height - _GAP), True
    row = _BAR * (len(native.series) if native.shape == BARS else 2)
    chart = max(_LEAST_CHART, _AROUND + row * len(native.categories))
    return laid_table(figure, _ROOM, height - chart, squeezed=True), False


def _footnotes(figure: Figure, version: str, sizes: Sequence[float], table_in_notes: bool) -> Fitted:
    """All footnotes and notices at the size that has room for them, or what must stand there and where the rest is."""
    numbered, others = split_footnotes(figure)
    if table_in_notes:
        version = f"{tr('The whole table is in the speaker notes.')} {version}"
    everything = fitted([*numbered, *others, *figure.notices, version], _ROOM, _NOTES_HEIGHT, sizes)
    if everything.whole:
        return everything
    smallest = _NOTE_SIZES[-1:]
    must = fitted([*others, version], _ROOM, _NOTES_HEIGHT, smallest)
    continued = tr("… (continued in the speaker notes)")
    rest = fitted([*numbered, *figure.notices], _ROOM, _NOTES_HEIGHT - must.height, smallest, continued)
    return Fitted((*rest.paragraphs, *must.paragraphs), smallest[0], rest.height + must.height, False)


def _set_title(slide: "Slide", title: Fitted, tokens: Theme) -> None:
    shape = slide.shapes.title
    assert shape is not None  # the layout has one
    _set_text(shape.text_frame, title, tokens.text, bold=True)


def _add_text(slide: "Slide", text: Fitted, place: Box, paint: str) -> None:
    from pptx.util import Pt

    size = Pt(place.right - place.left), Pt(place.bottom - place.top)
    box = slide.shapes.add_textbox(Pt(place.left), Pt(place.top), *size)
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _set_text(frame, text, paint)


def _set_text(frame: "TextFrame", text: Fitted, paint: str, bold: bool = False) -> None:
    from pptx.util import Pt

    frame.text = "\n".join(text.paragraphs)
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.size, run.font.bold, run.font.name = Pt(text.size), bold, FONT
        run.font.color.rgb = rgb(paint)
