"""What a question returns: numbers as a table, the chart with its words, a file, a page in a notebook."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.world import load_world
from ipuwhatif.charts.spec import Figure
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import document_bytes
from ipuwhatif.scenario.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

#: A column of numbers or words, one value a row.
Column = Sequence[object]
_BESIDE_CHART = 420  # of a page in a notebook: room for headline, notes and table, in pixels


class Answer(Record, frozen=True):
    """One answer. `columns` by name, all of one length; `units` of those that have one: "s", "samples/s", "1"."""

    drawn: Figure
    columns: Mapping[str, Column]
    units: Mapping[str, str]
    scenario: Scenario
    projections: tuple[Projection, ...] = ()  # behind the figure, for the formulas of a workbook

    @property
    def headline(self) -> str:
        """The answer in a sentence."""
        return self.drawn.headline.text

    def to_frame(self) -> "DataFrame":
        """The numbers as a pandas table, one row a case.

        `attrs` holds "units" by column, the "headline", and "notes" and "sources", which belong beside the numbers.
        """
        from pandas import DataFrame

        from ipuwhatif.export.source_lines import origin_line, origins

        frame = DataFrame({name: list(values) for name, values in self.columns.items()})
        frame.attrs = {
            "units": dict(self.units),
            "headline": self.headline,
            "notes": [*self.drawn.notices, *(note.text for note in self.drawn.footnotes)],
            "sources": [origin_line(origin) for origin in origins(self.drawn)],
        }
        return frame

    def figure(self) -> Figure:
        """The chart with headline, table, footnotes and the why of each number, as plain data."""
        return self.drawn

    def save(self, path: str | Path, theme: str = "light") -> tuple[Path, ...]:
        """Write the figure as the ending says (.pptx, .xlsx, .pdf, .html, .png, .svg, .csv), all or nothing.

        The scenario travels inside. Returns the files that were written; InputError where that cannot be done.
        """
        from ipuwhatif.export.writers import write_figures

        world = load_world()
        content = document_bytes(with_answers(world, Document((self.scenario,))))
        version = world.catalog.evidence_hash[:12]
        return write_figures(Path(path), (self.drawn,), content, theme, version, self.projections)

    def _repr_html_(self) -> str:
        """The self-contained page, in a frame of its own: a notebook's styles and the page's stay apart."""
        from ipuwhatif.export.html.page import page_bytes

        page = escape(page_bytes((self.drawn,)).decode(), quote=True)
        height = self.drawn.chart.height + _BESIDE_CHART
        return f'<iframe srcdoc="{page}" style="width:100%;height:{height}px;border:0"></iframe>'
