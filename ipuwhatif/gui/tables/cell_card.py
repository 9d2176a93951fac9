"""A card beside the cell under the pointer, at once: whose number it is, what its words mean, what a click does."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QTableView

from ipuwhatif.charts.spec import TableSpec
from ipuwhatif.figures.tips import cell_tip
from ipuwhatif.gui.hover_card import HoverCard, tip_words
from ipuwhatif.texts import tr


class CellCard(QObject):
    """Follows the pointer over the cells of a view that shows a TableSpec; `spec` is that of the view."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._card: HoverCard | None = None  # with the first cell that it tells of
        view.entered.connect(self._tell)
        view.viewportEntered.connect(self._hide)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self._hide)
        view.model().modelReset.connect(self._hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card goes with the pointer; the slow tip that the view has of itself says no more than it."""
        kind = event.type()
        if kind in (QEvent.Type.Leave, QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
            self._hide()
        return kind == QEvent.Type.ToolTip

    def _hide(self) -> None:
        if self._card is not None:
            self._card.hide()

    def _tell(self, index: QModelIndex) -> None:
        view, model = self._view, self._view.model()
        source = model.mapToSource(index) if isinstance(model, QSortFilterProxyModel) else index
        spec: TableSpec = view.spec  # type: ignore[attr-defined]
        cell = spec.rows[source.row()][source.column()]
        tip = cell_tip(spec, source.row(), source.column())
        asks = view.asks(source)  # type: ignore[attr-defined]
        if self._card is None:
            self._card = HoverCard(view)
        page = view.viewport()
        words = tip_words(tip, tr("Click: where this number comes from") if asks and cell.number is not None else "")
        if asks and cell.number is None:
            words = tip_words(tip, tr("Click: where this comes from"))
        self._card.say(words, page, view.visualRect(index), page.mapFromGlobal(QCursor.pos()))
