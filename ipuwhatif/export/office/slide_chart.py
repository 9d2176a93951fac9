"""A chart on a slide: native, with the workbook behind it that "Edit Data" opens, or a picture of it."""

import io
from typing import TYPE_CHECKING

from ipuwhatif.charts.labels import Box
from ipuwhatif.charts.spec import Figure
from ipuwhatif.export.office.look import Look, scheme_colours
from ipuwhatif.export.office.native.native_series import NativeChart
from ipuwhatif.export.office.slide_explicit import follow_theme, make_explicit
from ipuwhatif.export.office.slide_package import part_of
from ipuwhatif.export.office.workbook.workbook_cells import FIXED_DATE, OPTIONS, Formats, write_numbers
from ipuwhatif.export.office.workbook.workbook_chart import draw_chart
from ipuwhatif.texts import one_line

if TYPE_CHECKING:
    from pptx.slide import Slide

Rows = tuple[float, float] | None

_SHEET = "Data"
CHART_TEXT = 9.0  # in points
_PICTURE_SCALE = 2.0
#: Longest description of a picture or a chart for those who cannot see it.
_DESCRIPTION = 1_000


def add_native(
    slide: "Slide", native: NativeChart, place: Box, look: Look, description: str, rows: Rows = None
) -> None:
    """Put a native chart into `place`, in points; its numbers and theirs in the workbook are the same cells.

    rows: top and height of the rows of a table beside it, which has the names, from the top of `place`.
    """
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.parts.chart import ChartPart
    from pptx.util import Pt

    package = slide.part.package
    name = package.next_partname(ChartPart.partname_template)
    size = (place.right - place.left, place.bottom - place.top)
    xml = part_of(_workbook(native, look, size, rows), r"xl/charts/chart1\.xml")
    element = parse_xml(xml)
    make_explicit(element)
    follow_theme(element, scheme_colours(look))
    part = ChartPart(name, CONTENT_TYPE.DML_CHART, package, element)
    part.chart_workbook.update_from_xlsx_blob(_workbook(native, look, None))
    relation = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    # The library's own way to a chart would write names into its workbook as formulas.
    frame = slide.shapes._add_chart_graphicFrame(
        relation,
        Pt(place.left),
        Pt(place.top),
        *(Pt(length) for length in size),
    )
    frame.nvGraphicFramePr.cNvPr.set("descr", one_line(description)[:_DESCRIPTION])


def add_picture(slide: "Slide", figure: Figure, place: Box, theme_name: str) -> None:
    """Put a picture of the chart into the middle of `place`, as large as its proportions let it be."""
    from pptx.util import Pt

    from ipuwhatif.export.png import render_png

    chart = figure.chart
    scale = min((place.right - place.left) / chart.width, (place.bottom - place.top) / chart.height)
    width, height = chart.width * scale, chart.height * scale
    left = (place.left + place.right - width) / 2.0
    picture = io.BytesIO(render_png(chart, theme_name, _PICTURE_SCALE))
    shape = slide.shapes.add_picture(picture, Pt(left), Pt(place.top), Pt(width), Pt(height))
    description = f"{figure.headline.text} {chart.title}"
    shape._element._nvXxPr.cNvPr.set("descr", one_line(description)[:_DESCRIPTION])


def _workbook(native: NativeChart, look: Look, size: tuple[float, float] | None, rows: Rows = None) -> bytes:
    """The numbers on a sheet of their own; with the size of a chart in points that chart too, to be taken out."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    workbook = Workbook(target, dict(OPTIONS))
    workbook.set_properties({"created": FIXED_DATE})
    sheet = workbook.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 30)
    sheet.set_row(0, 40)
    written = write_numbers(sheet, native, (0, 0), Formats(workbook))
    if size is not None:
        sheet.insert_chart(0, 0, draw_chart(workbook, _SHEET, native, written, look, CHART_TEXT, room=size, rows=rows))
    workbook.close()
    return target.getvalue()
