"""Notices and footnotes of a figure, folded into one line that says the most of them; click, Enter or Space opens it.

What the messaging rules ask for stays in the line: that official results have a source, and that a projection is none.
"""

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import Figure, Footnote
from ipuwhatif.figures.phrasing import sentences
from ipuwhatif.gui.page.drawer import WEB, WhyDrawer
from ipuwhatif.gui.theme import CAPTION, GAP, set_role
from ipuwhatif.texts import run_on, tr

LETTERS = (110, 0)  # on official results in the line, where there is room and where there is not
ARROW = 30  # logical pixels of the line beside its text
HIGH, SHARE = 220, 0.22  # height of the open notes at most, in logical pixels and as a part of the page's


class _Line(QToolButton):
    """A button that Enter presses too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class NotesBar(QWidget):
    """Signal: `folded` with whether the notes are open, when the user folds or unfolds them."""

    folded = Signal(bool)

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme_name
        self._shown: object = None  # what is on show, so that only what changed is set
        self._unset: Figure | None = None  # whose notes are still to be set, once they are open
        self._lines: tuple[str, ...] = ("",)  # of the line, the longest first
        self.line = _Line(self)
        self.footnotes = QTextBrowser(self)
        self._lay_out()
        self.line.clicked.connect(self._fold)

    @property
    def is_open(self) -> bool:
        return self.line.isChecked()

    def open(self, opened: bool) -> None:
        """Unfold the notes, or fold them."""
        self.line.setChecked(opened)
        self.line.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._set_footnotes()
        self.footnotes.setVisible(opened)

    def show_notes(self, figure: Figure) -> None:
        """The notes of a figure; those on show already are not set again."""
        shown = (figure.footnotes, figure.notices, figure.chart.subtitle, figure.chart.legend)
        if shown == self._shown:
            return
        from ipuwhatif.figures.footnotes import notes_line

        self._shown = shown
        self._lines = tuple(notes_line(figure, letters) for letters in LETTERS)
        self._fit_line()
        self._unset = figure
        self._set_footnotes()

    def _set_footnotes(self) -> None:
        """The notes in full, once they are open: a page is costly to set, and seldom read."""
        if self._unset is not None and self.is_open:
            self.footnotes.setHtml(self._html(self._unset))
            self._unset = None

    def set_theme(self, name: str) -> None:
        """Colours of a page are in its text, so that it is set anew with the next notes."""
        self._theme, self._shown = name, None

    def take_in(self, widget: QWidget) -> None:
        """Something else that belongs under the table, at the right of the line, which gives way to it."""
        self._row.addWidget(widget)
        widget.installEventFilter(self)

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.line, self.footnotes]

    def fit(self, height: int) -> None:
        """The height of the open notes on a page of this height."""
        self.footnotes.setFixedHeight(min(HIGH, round(SHARE * height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_line()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.Resize):
            self._fit_line()
        return super().eventFilter(watched, event)

    def _fit_line(self) -> None:
        """Say the most that is not cut off; a screen reader has all of it."""
        beside = [self._row.itemAt(place).widget() for place in range(2, self._row.count())]
        room = (
            self.width()
            - ARROW
            - sum(each.minimumSizeHint().width() + GAP for each in beside if each and each.isVisibleTo(self))
        )
        advance = self.line.fontMetrics().horizontalAdvance
        text = next((each for each in self._lines if advance(each) <= room), self._lines[-1])
        if text != self.line.text():
            self.line.setText(text)
        self.line.setAccessibleName(self._lines[0])

    def _fold(self) -> None:
        self.open(self.line.isChecked())
        self.folded.emit(self.line.isChecked())

    def _html(self, figure: Figure) -> str:
        """Differences that must be seen first, what holds for the whole figure, then the entries one by one."""
        from ipuwhatif.figures.footnotes import folded_legend, is_numbered

        tokens = theme(self._theme)
        first = run_on(figure.chart.subtitle.split("\n")), sentences(figure.notices)
        texts = [_paragraph(escape(each), tokens.text) for each in first if each]
        whole, single = ([each for each in figure.footnotes if is_numbered(each) is one] for one in (False, True))
        marks = [Footnote(text) for text in folded_legend(figure)]
        for note in (*whole, *marks, *single):
            texts.append(_paragraph(escape(note.text) + self._link(note), tokens.muted_text))
        return "".join(texts)

    def _link(self, note: Footnote) -> str:
        """The source, where it lies on the web."""
        if note.origin is None or not note.origin.locator or not note.origin.locator.startswith(WEB):
            return ""
        colour = theme(self._theme).accent
        address = escape(note.origin.locator)
        return f' <a href="{address}" style="color:{colour}; text-decoration:none">{tr("source")}</a>'

    def _lay_out(self) -> None:
        self.line.setCheckable(True)
        self.line.setArrowType(Qt.ArrowType.RightArrow)
        self.line.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line.setAccessibleDescription(tr("Shows or hides notes, footnotes and sources of the chart"))
        set_role(self.line, "notes")
        self.footnotes.setOpenLinks(False)
        self.footnotes.anchorClicked.connect(WhyDrawer.open_source)
        self.footnotes.setFrameShape(QFrame.Shape.NoFrame)
        self.footnotes.document().setDocumentMargin(0)
        self.footnotes.setAccessibleName(tr("Footnotes"))
        self.footnotes.hide()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.line)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addWidget(self.footnotes)


def _paragraph(html: str, colour: str) -> str:
    return f'<p style="font-size:{CAPTION}px; margin:0 0 3px 0; color:{colour}">{html}</p>'
