"""What several commands share: the options of a job without a quality target, and what `-o` writes."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.charts.spec import Figure
from ipuwhatif.cli import console
from ipuwhatif.export.formats import DEFAULT_DPI
from ipuwhatif.texts import tr
from ipuwhatif.units import printable

if TYPE_CHECKING:
    from ipuwhatif.export.office.workbook.workbook_inputs import Computed
    from ipuwhatif.export.ways import Way
    from ipuwhatif.scenario.scenario import Scenario

#: Sizes of a network, in the order of those of a transformer.
SIZE_OPTIONS = ("layers", "width", "heads", "kv_heads", "ffn", "vocab", "sequence")
ADAPTER_OPTION = "adapter_rank"  # of a transformer whose other weights are frozen
#: Options that state what a job without a quality target does and runs on.
JOB_OPTIONS = ("epochs", "tokens", "samples", *SIZE_OPTIONS, ADAPTER_OPTION, "software")


class Writer(Protocol):
    """Writes a figure and tells the files that it wrote; the scenario that was asked about travels inside.

    `ways` are all that a page lets choose between; they are made for that alone.
    """

    def __call__(
        self,
        figure: Figure,
        scenario: "Scenario | None" = None,
        projections: "Sequence[Computed]" = (),
        ways: "Callable[[], Sequence[Way]] | None" = None,
    ) -> tuple[Path, ...]: ...


def look_of(command: argparse.Namespace) -> tuple[str, float]:
    """The theme and the dots per inch of what a command writes."""
    return command.theme or next(iter(THEMES)), command.dpi or DEFAULT_DPI


def figure_writer(command: argparse.Namespace) -> Writer:
    """What writes a figure to the file that a command names; an unknown extension is refused at once."""
    from ipuwhatif.export.formats import check_name
    from ipuwhatif.export.writers import write_figures

    path = Path(command.output)
    check_name(path)

    def write(
        figure: Figure,
        scenario: "Scenario | None" = None,
        projections: "Sequence[Computed]" = (),
        ways: "Callable[[], Sequence[Way]] | None" = None,
    ) -> tuple[Path, ...]:
        from ipuwhatif.analysis.kept_answers import with_answers
        from ipuwhatif.analysis.world import load_world
        from ipuwhatif.scenario.files.document import Document
        from ipuwhatif.scenario.files.file_format import document_bytes

        world = load_world()
        content = None if scenario is None else document_bytes(with_answers(world, Document((scenario,))))
        theme, dpi = look_of(command)
        data_version = world.catalog.evidence_hash[:12]
        shown = [ways()] if ways is not None and path.suffix.casefold() == ".html" else ()
        template = command.template
        return write_figures(path, (figure,), content, theme, data_version, projections, dpi, shown, template)

    return write


def writer_of(command: argparse.Namespace) -> Writer | None:
    """What writes the chart that was asked for; a fault of its name is told before anything is computed."""
    return None if command.output is None else figure_writer(command)


def drawn(
    command: argparse.Namespace,
    figure: Figure,
    write: Writer | None,
    scenario: "Scenario | None",
    as_json: Callable[[], Any],
) -> int:
    """Print a figure as text or JSON, and write it where that is asked for."""
    from ipuwhatif.export.terminal import table_text

    written = () if write is None else write(figure, scenario)

    def as_text() -> str:
        return "\n".join((table_text(figure), *(tr("Written: {path}", path=printable(path)) for path in written)))

    return console.answer(command.json, as_text, as_json)
