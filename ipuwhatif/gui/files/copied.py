"""What a chart is on the clipboard: the program that it is pasted into takes of it what it has a place for."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from ipuwhatif.charts.spec import Figure

PICTURE_SCALE = 2.0
#: What a slide is called among the kinds of data, for a program that takes one as it is.
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def picture_data(figure: Figure, theme: str) -> QMimeData:
    """The chart as a picture, its footnotes along with it as text."""
    from ipuwhatif.export.notes import notes_text
    from ipuwhatif.export.png import render_png

    data = QMimeData()
    data.setImageData(QImage.fromData(render_png(figure.chart, theme, PICTURE_SCALE)))
    data.setText(notes_text(figure))
    return data


def slide_data(path: Path, figure: Figure, theme: str) -> QMimeData:
    """The slide in a file: as that file, as a slide, and as picture and notes for what takes neither."""
    data = picture_data(figure, theme)
    data.setUrls([QUrl.fromLocalFile(str(path))])
    data.setData(SLIDE, path.read_bytes())
    return data
