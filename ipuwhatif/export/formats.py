"""The formats that figures leave the app in, by the ending of a file's name, and how fine a picture is.

`writers` writes them.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.records import Record
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, nearest, printable, quoted

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
