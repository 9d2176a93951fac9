"""Texts that are not ours, such as titles and names of files: never shown as markup, and never without end."""

from html import escape
from pathlib import Path

from PySide6.QtGui import Qt

from ipuwhatif.units import shortened

LONGEST_NAME, LONGEST_PATH = 120, 400  # letters; what a journal or a list names may be no file at all


def plain_tip(text: str) -> str:
    """A tip that shows the text as it stands: Qt takes what looks like markup for markup, and loads its pictures."""
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>' if Qt.mightBeRichText(text) else text


def shown_name(path: Path) -> str:
    """The name of a file, on one line that has an end."""
    return shortened(path.name, LONGEST_NAME)
