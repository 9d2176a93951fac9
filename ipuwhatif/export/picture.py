"""A figure as a picture file, PNG, SVG or PDF, with the scenario inside; footnotes go beside it or in it as text."""

import math
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.embedded_document import png_with, svg_with
from ipuwhatif.export.formats import DEFAULT_DPI, HIGHEST_DPI, LOWEST_DPI
from ipuwhatif.export.notes import made_by, notes_path, notes_text
from ipuwhatif.export.png import render_png
from ipuwhatif.files import write_atomic, write_together
from ipuwhatif.texts import one_line, tr
from ipuwhatif.units import InputError, printable

_SCREEN_DPI = 96.0  # of a logical pixel
_INCHES_PER_METRE = 100.0 / 2.54
_HEAD_END = 33  # of a PNG file: signature and first chunk
_SIZE_LENGTH = 21  # of the chunk that says how large it is to be seen


def write_picture(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    dpi: float = DEFAULT_DPI,
    data_version: str = "",
) -> tuple[Path, ...]:
    """Write a .png or .svg file of one figure with its footnotes in a .txt file beside it, or a .pdf file of several.

    Footnotes go along as text because the messaging guidelines ask for text beside a picture. Returns what was
    written. Raises InputError, and leaves nothing new behind, when a file cannot be written.
    """
    picture = picture_bytes(path.suffix, figures, content, theme, dpi, data_version)
    if path.suffix.casefold() == ".pdf":
        write_atomic(path, picture)
        return (path,)
    notes = notes_path(path)
    write_together({path: picture, notes: notes_text(figures[0], data_version).encode("utf-8")})
    return path, notes


def picture_bytes(
    suffix: str,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    dpi: float = DEFAULT_DPI,
    data_version: str = "",
) -> bytes:
    """What `write_picture` writes into the picture itself; `dpi` is for PNG alone. InputError tells what to do."""
    kind = suffix.casefold()
    if kind not in _MADE:
        raise InputError(
            tr("a picture ends in {known}, not in {ending}", known=_known(), ending=printable(suffix) or "''")
        )
    if not figures:
        raise InputError(tr("there is nothing to draw; ask for at least one figure"))
    if len(figures) > 1 and kind != ".pdf":
        raise InputError(tr("a {ending} file holds one chart; write several to a .pdf file", ending=kind))
    if not LOWEST_DPI <= dpi <= HIGHEST_DPI:
        limits = f"{LOWEST_DPI:.0f}", f"{HIGHEST_DPI:.0f}"
        raise InputError(
            tr("a picture has from {low} to {high} dots per inch, not {dpi}", low=limits[0], high=limits[1], dpi=dpi)
        )
    return _MADE[kind](figures, content, theme, dpi, data_version)


def _png(figures: Sequence[Figure], content: bytes | None, theme: str, dpi: float, data_version: str) -> bytes:
    figure = figures[0]
    picture = _labelled(render_png(figure.chart, theme, dpi / _SCREEN_DPI), dpi, _told(figure, data_version))
    return picture if content is None else png_with(picture, content)


def _svg(figures: Sequence[Figure], content: bytes | None, theme: str, dpi: float, data_version: str) -> bytes:
    from ipuwhatif.export.vector import render_svg  # PNG files need none of its parts of Qt

    figure = figures[0]
    picture = render_svg(figure.chart, theme, _told(figure, data_version))
    return picture if content is None else svg_with(picture, content)


def _pdf(figures: Sequence[Figure], content: bytes | None, theme: str, dpi: float, data_version: str) -> bytes:
    from ipuwhatif.export.vector import render_pdf

    return render_pdf(figures, theme, content, data_version)


def _labelled(picture: bytes, dpi: float, told: str) -> bytes:
    """A PNG file that says how large it is meant to be seen, in place of what Qt has said of it, and what it tells."""
    rest = picture[_HEAD_END:]
    if rest[4:8] == b"pHYs":
        rest = rest[_SIZE_LENGTH:]
    dots = math.floor(dpi * _INCHES_PER_METRE + 0.5)
    size = _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))
    return picture[:_HEAD_END] + size + _chunk(b"iTXt", b"Description\0\0\0\0\0" + told.encode()) + rest


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _told(figure: Figure, data_version: str) -> str:
    """What a picture says of itself where it is not looked at."""
    return one_line(f"{figure.headline.text}. {made_by(data_version)}")


def _known() -> str:
    return ", ".join(_MADE)


_Made = Callable[[Sequence[Figure], bytes | None, str, float, str], bytes]
_MADE: Mapping[str, _Made] = MappingProxyType({".png": _png, ".svg": _svg, ".pdf": _pdf})
SUFFIXES = tuple(_MADE)
