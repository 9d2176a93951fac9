"""A figure's chart as a PNG file, with its footnotes as text in a file beside it."""

from pathlib import Path

from ipuwhatif.export.painter import render_png
from ipuwhatif.export.plain import one_line, origin_line, origins
from ipuwhatif.figures.spec import Figure
from ipuwhatif.files import write_atomic
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError


def write_png(path: Path, figure: Figure, theme: str = "light", scale: float = 2.0) -> tuple[Path, ...]:
    """Write the chart at `scale` pixels per logical pixel, and its footnotes; returns both paths.

    Footnotes go along as text because the messaging guidelines ask for text beside a picture. Raises InputError, and
    leaves nothing new behind, when either file cannot be written or the scale is not between 0.25 and 8.
    """
    if not 0.25 <= scale <= 8.0:
        raise InputError(tr("a picture's scale lies between 0.25 and 8, not {scale}", scale=scale))
    notes = _notes_path(path)
    picture = render_png(figure.chart, theme, scale)
    existed = path.exists()
    write_atomic(path, picture)
    try:
        write_atomic(notes, notes_text(figure).encode("utf-8"))
    except InputError:
        if not existed:
            path.unlink(missing_ok=True)
        raise
    return path, notes


def notes_text(figure: Figure) -> str:
    """Headline, notices, footnotes and sources as plain text, one a line."""
    lines = [figure.headline.text, figure.chart.title, figure.chart.subtitle, ""]
    lines += [*figure.notices, ""] if figure.notices else []
    lines += [note.text for note in figure.footnotes]
    sources = [origin_line(origin) for origin in origins(figure)]
    lines += ["", tr("Sources"), *sources] if sources else []
    return "\n".join(one_line(line) for line in lines) + "\n"


def _notes_path(path: Path) -> Path:
    """The picture's whole name with .txt after it, so that a text of the user's own beside it is never overwritten."""
    return path.with_name(path.name + ".txt")
