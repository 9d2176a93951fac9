"""Every way in which figures leave the app as a file, by the ending of its name; each is brought in when it is used."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.formats import DEFAULT_DPI, FORMATS, check_name
from ipuwhatif.export.ways import Way
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.export.office.workbook.workbook_inputs import Computed


def write_figures(
    path: Path,
    figures: Sequence[Figure],
    content: bytes | None = None,
    theme: str = "light",
    data_version: str = "",
    projections: "Sequence[Computed]" = (),
    dpi: float = DEFAULT_DPI,
    ways: Sequence[Sequence[Way]] = (),
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Write figures to a file of the kind that its ending says, all or nothing; returns what was written.

    content: the document that travels inside, where the kind has room for it. projections: behind the first figure, or
    bills with them, for the formulas of a workbook. dpi: of a PNG picture. ways: of each chart all that a page lets
    choose between, in place of the figures. template: a company's own, for slides. InputError says what to do where it
    cannot be written.
    """
    suffix = check_name(path)
    if len(figures) > 1 and not FORMATS[suffix].several:
        raise InputError(
            tr("a {ending} file holds one chart; write several to .pptx, .pdf, .xlsx or .html", ending=suffix)
        )
    if suffix == ".csv":
        from ipuwhatif.export.csv_file import write_csv

        return write_csv(path, figures[0], data_version)
    if suffix == ".xlsx":
        from ipuwhatif.export.office.workbook.workbook import write_workbook

        return write_workbook(path, figures, content, theme, data_version, projections)
    if suffix == ".pptx":
        from ipuwhatif.export.office.slides import write_slides

        return write_slides(path, figures, content, theme, data_version, template)
    if suffix == ".html":
        from ipuwhatif.export.html.page import write_page

        return write_page(path, figures, content, theme, data_version, ways)
    from ipuwhatif.export.picture import write_picture

    return write_picture(path, figures, content, theme, dpi, data_version)
