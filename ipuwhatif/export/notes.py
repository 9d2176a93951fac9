"""What goes along with a picture or a table as text: headline, notices, table, footnotes, sources, what made it.

The messaging guidelines ask for footnotes as text; everything else here is what a picture has no room for.
"""

from collections.abc import Iterator
from pathlib import Path

from ipuwhatif import __version__
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.source_lines import origin_line, origins
from ipuwhatif.figures.aligned import FIGURE_SPACE, POINT_SPACE
from ipuwhatif.texts import one_line, tr


def notes_path(path: Path) -> Path:
    """The file's whole name with .txt after it, so that a text of the user's own beside it is never overwritten."""
    return path.with_name(path.name + ".txt")


def notes_text(figure: Figure, data_version: str = "") -> str:
    """Headline, notices, table, footnotes and sources as text, one a line; `data_version` names the data if known."""
    lines = [figure.headline.text, figure.chart.title, figure.chart.subtitle, ""]
    lines += [*figure.notices, ""] if figure.notices else []
    lines += [tr("The whole table"), *table_lines(figure), ""]
    lines += [note.text for note in figure.footnotes]
    sources = [origin_line(origin) for origin in origins(figure)]
    lines += ["", tr("Sources"), *sources] if sources else []
    return "\n".join(one_line(line) for line in [*lines, "", made_by(data_version)]) + "\n"


def table_lines(figure: Figure) -> Iterator[str]:
    """The table as text, a line a row, its columns named in the first."""
    yield " | ".join(column.title for column in figure.table.columns)
    for row in figure.table.rows:
        yield " | ".join(cell.text.replace(FIGURE_SPACE, "").replace(POINT_SPACE, "") for cell in row)


def made_by(data_version: str = "") -> str:
    """The program with its version, and the start of the data's hash where it is known: what repeats the numbers."""
    program = tr("Made with IPU What-If {version}", version=__version__)
    return program if not data_version else tr("{program}, data {data}", program=program, data=one_line(data_version))
