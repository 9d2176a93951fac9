"""The headline, with its parts that can be clicked, and the links beside it."""

from html import escape
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ipuwhatif.charts.spec import Headline
from ipuwhatif.gui.page.headline_editor import HeadlineEditor
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr

LINKS_APART = 16  # logical pixels
LINE_HEIGHT = 22  # of one line; a longer headline takes two
UNHELD = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX: the size that holds nothing


class HeadlineBar(QWidget):
    """`asked` carries the key of the part that was clicked; `bert` and `minute` are the two links.

    `written` carries a headline of the user's own, None for the one by rule; a double click begins one.
    """

    asked = Signal(str)
    written = Signal(object)
    bert = Signal()
    minute = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._headline = Headline(())
        self._is_fixed = False
        self.editor = HeadlineEditor(self)
        self.editor.written.connect(self.written)
        self.editor.closed.connect(self._show_label)
        self._measured = (0, 0)  # width and letters for which the height of the label is known to do
        self.label = QLabel(self)
        set_role(self.label, "headline")
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.setAccessibleName(tr("Headline"))
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.label.setMinimumHeight(LINE_HEIGHT)
        self.label.linkActivated.connect(lambda address: self.asked.emit(unquote(address)))
        self.links = QWidget(self)  # beside the label, or wherever else there is more room for them
        self.bert_link = self._link(tr("See BERT-Large"))
        self.minute_link = self._link(tr("Under one minute?"))
        self.bert_link.clicked.connect(self.bert)
        self.minute_link.clicked.connect(self.minute)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.editor, 1)
        row = QHBoxLayout(self.links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LINKS_APART)
        row.addWidget(self.minute_link)  # first, as it goes where a target has its field: the other stays at the edge
        row.addWidget(self.bert_link)

    def show_headline(self, headline: Headline, dragging: bool = False, fixed: bool = False) -> None:
        """Parts are escaped; those with a key become links.

        While a slider is dragged the label keeps its size, and only grows: a text of another width would lay the whole
        window out anew. A `fixed` one is not for the user to write.
        """
        self._headline, self._is_fixed = headline, fixed
        if not dragging:
            self.label.setMinimumSize(0, LINE_HEIGHT)
            self.label.setMaximumSize(UNHELD, UNHELD)
        parts = []
        for part in headline.parts:
            text = escape(part.text)
            link = f'<a href="{escape(quote(part.key, safe=""))}" style="text-decoration:none">{text}</a>'
            parts.append(link if part.key else text)
        if headline.by_rule:
            parts.append(f" <small>· {escape(tr('own words'))}</small>")
        by_rule = tr("In your own words. By rule: {headline}", headline=headline.by_rule)
        self.label.setToolTip(
            plain_tip(by_rule if headline.by_rule else tr("Double-click to write your own")) if not fixed else ""
        )
        # A label whose text begins with a link never lets the keyboard go back to what is before it.
        self.label.setText("\u200b" + "".join(parts))
        # Laid out here, or its first painting would do that and ask for a second one.
        self.label.heightForWidth(self.label.width())
        if dragging and self.label.isVisible():
            self._hold_size(len(headline.text))
        self.label.setVisible(self.editor.isHidden())

    def edit(self) -> None:
        """Let the user write the headline that is on show."""
        headline = self._headline
        if headline.parts and not self._is_fixed:
            self.label.hide()
            self.editor.edit(headline.text, headline.by_rule or headline.text)

    def take(self) -> None:
        """What was written has been taken over."""
        self.editor.close_editor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.label.isVisible() and self.label.geometry().contains(event.position().toPoint()):
            self.edit()

    def _show_label(self) -> None:
        self.label.setVisible(bool(self._headline.parts))

    def _hold_size(self, letters: int) -> None:
        """As large as it is, and as high as the text needs: a longer one than was measured may take another line."""
        label = self.label
        if (label.width(), label.minimumWidth()) != (self._measured[0],) * 2 or letters > self._measured[1]:
            label.setFixedSize(label.width(), max(label.height(), label.heightForWidth(label.width())))
            self._measured = label.width(), letters

    @property
    def links_width(self) -> int:
        """What both links take beside each other."""
        return self.bert_link.sizeHint().width() + LINKS_APART + self.minute_link.sizeHint().width()

    def keep_away(self, margin: int) -> None:
        """Keep the links so far from what stands at their right."""
        self.links.layout().setContentsMargins(0, 0, margin, 0)

    def hold_links(self) -> None:
        """Take the links in, beside the label."""
        self._row.addWidget(self.links, 0, Qt.AlignmentFlag.AlignVCenter)

    def clear(self) -> None:
        """Nothing to say."""
        self._headline = Headline(())
        self.editor.close_editor()
        self.label.clear()
        self.label.hide()

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text, self.links)
        set_role(button, "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        kept = button.sizePolicy()  # or a headline would break anew, and the chart move, where a link goes
        kept.setRetainSizeWhenHidden(True)
        button.setSizePolicy(kept)
        return button
