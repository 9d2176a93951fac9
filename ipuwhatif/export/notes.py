"""What goes along with a picture as text: headline, notices, footnotes, sources, and what made the file.

The messaging guidelines ask for footnotes as text; everything else here is what a picture has no room for.
"""

from ipuwhatif import __version__
from ipuwhatif.export.plain import one_line, origin_line, origins
from ipuwhatif.figures.spec import Figure
from ipuwhatif.texts import tr


def notes_text(figure: Figure, data_version: str = "") -> str:
    """Headline, notices, footnotes and sources as plain text, one a line; `data_version` names the data where known."""
    lines = [figure.headline.text, figure.chart.title, figure.chart.subtitle, ""]
    lines += [*figure.notices, ""] if figure.notices else []
    lines += [note.text for note in figure.footnotes]
    sources = [origin_line(origin) for origin in origins(figure)]
    lines += ["", tr("Sources"), *sources] if sources else []
    return "\n".join(one_line(line) for line in [*lines, "", made_by(data_version)]) + "\n"


def made_by(data_version: str = "") -> str:
    """The program with its version, and the start of the data's hash where it is known: what repeats the numbers."""
    program = tr("Made with IPU What-If {version}", version=__version__)
    return program if not data_version else tr("{program}, data {data}", program=program, data=one_line(data_version))
