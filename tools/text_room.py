"""The room that each text of the window needs, and what it has: measured on real widgets and on charts as drawn."""

from collections.abc import Iterator
from itertools import combinations, product

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetrics, Qt, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from ipuwhatif.charts.spec import ChartSpec
from ipuwhatif.figures.tips import cell_tip
from ipuwhatif.gui.chart.chart_title import ChartTitle
from ipuwhatif.gui.hover_card import plain_words, tip_words
from ipuwhatif.gui.tables.evidence_table import RowsView
from ipuwhatif.gui.tables.table import PADDING, SWATCH, FigureTable
from ipuwhatif.gui.theme import CAPTION
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import Record
from tools.chart_share import placed_legend, placed_texts

SLACK = 1.0  # logical pixels by which a measure may be off
FIELD_MARGIN = 2  # of a text from the edges of its field, as Qt sets it
BREADTH = 0.8  # of a text's height in which letters stand: boxes that touch in the rest do not overlap


class Cut(Record, frozen=True):
    """A text with less room than it needs [logical pixels]; `tip` holds the whole where that is meant."""

    where: str
    text: str
    needs: float
    has: float
    tip: str = ""

    @property
    def is_meant(self) -> bool:
        return bool(self.text) and _plain(self.text) in _plain(self.tip)


def cut_texts(window: MainWindow) -> list[Cut]:
    """Every text of the page on show that has less room than it needs, those that are shortened on purpose too."""
    found = []
    for widget in (each for each in window.findChildren(QWidget) if each.isVisibleTo(window)):
        found += [each for each in _measured(widget) if each.needs > each.has + SLACK]
        found += _outside(widget, window)
    if window.canvas is not None and window.canvas.spec is not None and window.canvas.isVisibleTo(window):
        found += chart_cuts(window.canvas.spec)
    return found


def chart_cuts(chart: ChartSpec) -> list[Cut]:
    """Texts of a chart that leave its picture, and pairs of which one stands on the other."""
    page, placed = QRectF(0, 0, chart.width, chart.height), [*placed_texts(chart), *placed_legend(chart)]
    found = [
        Cut("chart, outside", text, box.width(), box.intersected(page).width() - 2 * SLACK)
        for text, box in placed
        if not page.contains(box)
    ]
    for (first, box), (second, other) in combinations([(text, _letters(box)) for text, box in placed], 2):
        if box.intersects(other):
            found.append(Cut("chart, overlap", f"{first} | {second}", box.intersected(other).width(), 0.0))
    return found


def _letters(box: QRectF) -> QRectF:
    rim = (1.0 - BREADTH) / 2 * box.height()
    return box.adjusted(SLACK, rim, -SLACK, -rim)


def _measured(widget: QWidget) -> Iterator[Cut]:
    """The texts of a widget, each with the room that it needs and has."""
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QComboBox):
        yield _combo(widget)
    elif isinstance(widget, QLineEdit):
        yield _field(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _button(widget)
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            has = min(widget.tabRect(place).width(), widget.width() - widget.tabRect(place).left())
            yield _cut(widget, widget.tabText(place), widget.tabSizeHint(place).width(), has)
    elif isinstance(widget, QMenuBar):
        yield from _menus(widget)
    elif isinstance(widget, FigureTable | RowsView):
        yield from _heads(widget)
        yield from _cells(widget)
    elif isinstance(widget, ChartTitle):
        yield _cut(widget, widget.title, widget.title_width, widget.width())
        whole = widget.shown == widget.subtitle
        yield _cut(widget, widget.subtitle, 0 if whole else widget.width() + 2 * SLACK, widget.width())


def _label(label: QLabel) -> Iterator[Cut]:
    if not label.text():
        return
    text = _plain(label.text())
    wide = label.minimumSizeHint() if label.wordWrap() else label.sizeHint()
    high = label.heightForWidth(label.width()) if label.wordWrap() else wide.height()
    yield _cut(label, text, wide.width(), label.width())
    yield _cut(label, text, high, label.height(), "height")


def _button(button: QAbstractButton) -> Iterator[Cut]:
    alone = isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    if not button.text() or (alone and not button.icon().isNull()):
        return
    needs = button.fontMetrics().horizontalAdvance(button.text()) if alone else button.sizeHint().width()
    yield _cut(button, button.text(), needs, button.width())


def _combo(box: QComboBox) -> Cut:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    return _cut(box, box.currentText(), box.fontMetrics().horizontalAdvance(box.currentText()), room.width())


def _field(field: QLineEdit) -> Cut:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    buttons = sum(each.width() for each in field.findChildren(QToolButton) if each.isVisibleTo(field))
    text = field.text() or field.placeholderText()
    has = room.width() - 2 * FIELD_MARGIN - buttons
    return _cut(field, text, field.fontMetrics().horizontalAdvance(text), has)


def _menus(bar: QMenuBar) -> Iterator[Cut]:
    corner = bar.cornerWidget(Qt.Corner.TopRightCorner)
    end = bar.width() if corner is None else corner.x()
    for action in bar.actions():
        place, needs = bar.actionGeometry(action), bar.fontMetrics().horizontalAdvance(action.text().replace("&", ""))
        yield _cut(bar, action.text(), needs, min(place.width(), end - place.left()))


def _heads(view: QTableView) -> Iterator[Cut]:
    header, font = view.horizontalHeader(), QFont(view.font())
    font.setPixelSize(CAPTION)
    for column in (each for each in range(header.count()) if not header.isSectionHidden(each)):
        title = str(header.model().headerData(column, Qt.Orientation.Horizontal))
        yield _cut(view, title, QFontMetrics(font).horizontalAdvance(title) + 2 * PADDING, header.sectionSize(column))


def _cells(view: FigureTable | RowsView) -> Iterator[Cut]:
    spec, model = view.spec, view.model()
    last = view.rowAt(view.viewport().height() - 1)
    for row, column in product(range(1 + last if last >= 0 else model.rowCount()), range(model.columnCount())):
        index = model.index(row, column)
        source = model.mapToSource(index) if isinstance(view, RowsView) else index
        if view.isColumnHidden(column):
            continue
        text = spec.rows[source.row()][column].text
        room = view.columnWidth(column) - 2 * PADDING - (SWATCH + 8 if column == 0 else 0)
        tip = plain_words(tip_words(cell_tip(spec, source.row(), column)))
        yield Cut(f"cell under “{spec.columns[column].title}”", text, view.advance(text), room, tip)


def _outside(widget: QWidget, window: MainWindow) -> list[Cut]:
    """A text that its parents do not show whole, unless they scroll there."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    parent, scrolls = widget.parentWidget(), False
    while text and parent is not None and parent is not window.parentWidget() and widget.window() is window:
        corner = widget.mapTo(parent, QPoint(0, 0))
        beyond = max(corner.x() + widget.width() - parent.width(), -corner.x())
        if beyond > SLACK:
            return [_cut(widget, text, widget.width(), widget.width() - beyond - SLACK, "outside")]
        scrolls = scrolls or isinstance(parent.parentWidget(), QScrollArea)
        under = 0 if scrolls else corner.y() + widget.height() - parent.height()
        if under > SLACK:
            return [_cut(widget, text, widget.height(), widget.height() - under - SLACK, "outside")]
        parent = parent.parentWidget()
    return []


def _cut(widget: QWidget, text: str, needs: float, has: float, what: str = "") -> Cut:
    parent = widget.parentWidget()
    where = f"{type(widget).__name__} in {type(parent).__name__}" + (f", {what}" if what else "")
    return Cut(where, text, needs, has, widget.toolTip())


def _plain(text: str) -> str:
    """A text as it is read: no markup, no marks of keys, one blank between words."""
    plain = QTextDocumentFragment.fromHtml(text).toPlainText() if Qt.mightBeRichText(text) else text
    return " ".join(plain.replace("&", "").replace("\u200b", "").split())
