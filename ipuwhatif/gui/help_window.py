"""Help: a few pages in the user's language, one window beside the work."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from ipuwhatif.figures.terms import glossary
from ipuwhatif.files import read_bounded, resource
from ipuwhatif.texts import language, tr

#: Names of the files, in the order in which they are read.
MODEL, BASIS, SAYING = "model", "basis", "saying"
FILES = (MODEL, BASIS, "trust", SAYING, "yours", "plans", "cluster")
WORDS = "words"  # has no file: the tips of the window are made of the same list
PAGES = (*FILES, WORDS)
_LIMIT_BYTES = 100_000
_LIST_WIDTH = 210
_AFTER, _LINE = 10, 125  # room after a paragraph, height of a line in per cent


def page_text(page: str, code: str) -> str:
    """A page as Markdown. InputError where it is missing."""
    return read_bounded(resource("help", code, f"{page}.md"), _LIMIT_BYTES).decode("utf-8")


def page_title(text: str) -> str:
    """The heading that a page starts with."""
    return text.partition("\n")[0].removeprefix("#").strip()


def _pages() -> Iterator[tuple[str, str]]:
    for page in FILES:
        yield page, page_text(page, language())
    yield WORDS, glossary()


class HelpWindow(QDialog):
    """Reads its pages when it is made. It lets the window beneath it be worked with."""

    def __init__(self, parent: QWidget, page: str = MODEL) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help – IPU What-If"))
        self.resize(860, 620)
        self.list, self.text = QListWidget(self), QTextBrowser(self)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(tr("Pages"))
        self.text.setAccessibleName(tr("Page"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(20)
        row = QHBoxLayout(self)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self._texts: dict[str, str] = dict(_pages())
        for key, text in self._texts.items():
            item = QListWidgetItem(page_title(text), self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
        self.list.currentItemChanged.connect(self._turned)
        self.turn_to(page)

    def turn_to(self, page: str) -> None:
        """Show one of PAGES."""
        self.list.setCurrentRow(PAGES.index(page))

    @property
    def page(self) -> str:
        """Which of PAGES is shown."""
        return PAGES[self.list.currentRow()]

    def again(self) -> Callable[[], QWidget]:
        """The same page, read in the language of then."""
        return partial(show_help, self._over, self.page)

    def _turned(self, item: QListWidgetItem, _before: QListWidgetItem | None) -> None:
        self.text.setMarkdown(self._texts[item.data(Qt.ItemDataRole.UserRole)])
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(_AFTER)
        spaced.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(spaced)


def opened_help(parent: QWidget) -> HelpWindow | None:
    """The help that is open over a window."""
    return next((each for each in parent.findChildren(HelpWindow) if each.isVisible()), None)


def show_help(parent: QWidget, page: str = MODEL) -> HelpWindow:
    """Open the help at a page, or turn the help that is open to it."""
    window = opened_help(parent)
    if window is None:
        window = HelpWindow(parent, page)
    window.turn_to(page)
    window.show()
    window.raise_()
    window.activateWindow()
    return window
