"""Every way in which figures leave the app as a file, by the ending of its name; each is brought in when it is used."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.ways import Way
from ipuwhatif.records import Record
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, nearest, printable, quoted

if TYPE_CHECKING:
    from ipuwhatif.export.office.workbook.workbook_inputs import Computed

#: Dots per inch of a PNG picture; the usual ones are twice as many as a screen has.
LOWEST_DPI, DEFAULT_DPI, PRINT_DPI, HIGHEST_DPI = 24.0, 192.0, 300.0, 768.0


class Format(Record, frozen=True):
    """`several`: whether a file takes more than one figure."""

    name: str
    several: bool


#: By ending, in the order in which they are offered.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".pptx": Format(marked("PowerPoint slides"), True),
        ".xlsx": Format(marked("Excel workbook"), True),
        ".pdf": Format(marked("PDF document"), True),
        ".html": Format(marked("Web page"), True),
        ".png": Format(marked("Picture"), False),
        ".svg": Format(marked("Vector picture"), False),
        ".csv": Format(marked("Table"), False),
    }
)


def check_name(path: Path) -> str:
    """The ending of a file that can be written, in small letters. InputError names those that can."""
    suffix = path.suffix.casefold()
    if suffix in FORMATS:
        return suffix
    known = tr(", ").join(FORMATS)
    name, ending = quoted(printable(path.name)), printable(suffix)
    if not suffix:
        raise InputError(tr("cannot write to {name}: it has no extension; use one of {known}", name=name, known=known))
    raise InputError(
        tr(
            "cannot write {name}: {ending} is not known; the nearest of {known} is {near}",
            name=name,
            ending=ending,
            known=known,
            near=nearest(suffix, FORMATS) or ".png",
        )
    )


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
