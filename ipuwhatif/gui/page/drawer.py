"""The Why drawer: formula, terms, inputs and sources of one number; sources open in the browser.

Beside the projection of a ticked system it has a field for what the user has measured there.
"""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from ipuwhatif.catalog.datum import DERIVED, READ, RECALLED, Origin
from ipuwhatif.catalog.types import STATED, Workload
from ipuwhatif.charts.palette import Theme, theme
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.gui.panels.measurement_row import MeasurementRow
from ipuwhatif.gui.theme import CAPTION, set_role
from ipuwhatif.scenario.measurements import Measurement
from ipuwhatif.texts import tr

WIDTH, WIDEST = 320, 720  # logical pixels: as it is, and as a hand may drag it
LINE = 41  # characters of name and value that fit on one line
WEB = ("https://", "http://")


class WhyDrawer(QFrame):
    """Hidden until it has something to explain.

    Signals: `closed` when the user is done with it, `measured` with the key of the number on show and the Measurement
    of its system, None where the user takes it back.
    """

    closed = Signal()
    measured = Signal(str, object)
    followed = Signal(str, bool)

    def __init__(self, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(WIDEST)
        self._theme = theme_name
        self.why: Why | None = None
        self.title, self.value, self.summary = QLabel(self), QLabel(self), QLabel(self)
        self.row = MeasurementRow(self)
        self.body = QTextBrowser(self)
        self.body.setOpenLinks(False)
        self.body.anchorClicked.connect(self.open_source)
        self.body.setAccessibleName(tr("Where the number comes from"))
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.document().setDocumentMargin(0)
        for label, role in ((self.title, "heading"), (self.value, "value"), (self.summary, "caption")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            set_role(label, role)
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        set_role(self.close_button, "close")
        self.close_button.setFixedSize(24, 24)
        self.close_button.setAccessibleName(tr("Close the explanation"))
        self.close_button.setToolTip(tr("Close (Esc)"))
        self.close_button.clicked.connect(self.dismiss)
        self.row.typed.connect(self._measured)
        self.row.reset.connect(lambda: self._measured(None))
        self.row.followed.connect(self._followed)
        self.row.set_icons(theme(theme_name).muted_text)
        self._lay_out()
        self.hide()

    def explain(self, why: Why, dragging: bool = False) -> None:
        """Open with the reply for one number; while a slider is dragged only the number itself follows."""
        if self.why is None or why.key != self.why.key:
            self.row.hide()
            self.row.forget()
        self.title.setText(why.title)
        self.value.setText(why.value)
        self.summary.setText(why.summary)
        if why != self.why and not dragging:
            keep = self.why is not None and self.why.key == why.key
            place = self.body.verticalScrollBar().value() if keep else 0
            self.why = why
            self.body.setHtml(why_html(why, theme(self._theme)))
            self.body.verticalScrollBar().setValue(place)
        self.show()

    def show_measurement(
        self, text: str, workload: Workload, meaning: Callable[[str], Measurement], followed: bool = False
    ) -> None:
        """What has been measured on the system on show, in words; `meaning` reads what is typed there.

        followed: whether projections follow it.
        """
        self.row.show_measurement(text, workload, meaning, followed)
        self.row.show()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.close_button, self.row.field, self.row.button, self.row.follow, self.body]

    def dismiss(self) -> None:
        if self.isVisible():
            self.hide()
            self.why = None
            self.closed.emit()

    def set_theme(self, name: str) -> None:
        self._theme = name
        self.row.set_icons(theme(name).muted_text)
        if self.why is not None:
            self.body.setHtml(why_html(self.why, theme(name)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _measured(self, measurement: object) -> None:
        if self.why is not None:
            self.measured.emit(self.why.key, measurement)

    def _followed(self, followed: bool) -> None:
        if self.why is not None:
            self.followed.emit(self.why.key, followed)

    @staticmethod
    def open_source(address: QUrl) -> None:
        """Only addresses of the web are opened, and nothing is fetched by the app itself."""
        if address.scheme() in ("https", "http"):
            QDesktopServices.openUrl(address)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 8, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.value)
        layout.addWidget(self.summary)
        layout.addWidget(self.row)
        layout.addSpacing(6)
        layout.addWidget(self.body, 1)
        layout_of_row = self.row.layout()
        assert layout_of_row is not None
        layout_of_row.setContentsMargins(0, 8, 12, 0)


def why_html(why: Why, tokens: Theme) -> str:
    """The sections as a page of the drawer; every text is escaped."""
    return "".join(_section_html(section, tokens) for section in why.sections)


def _section_html(section: WhySection, tokens: Theme) -> str:
    rows = "".join(_row_html(row, tokens) for row in section.rows)
    heading = (
        f'<p style="margin:14px 0 2px 0; font-size:{CAPTION}px; font-weight:600; color:{tokens.muted_text}">'
        f"{escape(section.title)}</p>"
    )
    return heading + rows


def _row_html(row: WhyRow, tokens: Theme) -> str:
    """Name and value on one line, a long value on a line of its own; under them what explains them, and the source."""
    beside = len(row.name) + len(row.value) <= LINE
    said = " ".join((row.name, row.value, row.detail))
    small = [escape(row.detail), origin_html(row.origin, tokens, said) if row.origin is not None else ""]
    style = f"font-size:{CAPTION}px; color:{tokens.muted_text}"
    lines = [] if beside or not row.value else [escape(row.value)]
    lines += [f'<span style="{style}">{text}</span>' for text in small if text]
    end = f"padding-bottom:5px; border-bottom:1px solid {tokens.grid}"
    first = "padding-top:4px; " + ("" if lines else end)
    cells = f'<td style="{first}">{escape(row.name)}</td>'
    if beside:
        cells += f'<td align="right" style="{first}; white-space:nowrap">{escape(row.value)}</td>'
    # Tables of their own: in a common one the details would decide how wide names and values are.
    return _table(cells) + (_table(f'<td style="{end}">{"<br>".join(lines)}</td>') if lines else "")


def _table(cells: str) -> str:
    return f'<table width="97%" cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'


def origin_html(origin: Origin, tokens: Theme, said: str = "") -> str:
    """The source in words, a link where it lies on the web; what is not known is said."""
    title = tr("source") if origin.title in said else origin.title
    words = escape(tr("{producer}: {title}", producer=origin.producer, title=title))
    if origin.locator and origin.locator.startswith(WEB):
        link = f"color:{tokens.accent}; text-decoration:none"
        words = f'<a href="{escape(origin.locator)}" style="{link}">{words}</a>'
    published = origin.published or tr("date not known")
    kind = {READ: tr("read"), DERIVED: tr("derived"), RECALLED: tr("not sourced"), STATED: tr("stated")}[origin.kind]
    return f"{words} · {escape(published)} · {kind}"
