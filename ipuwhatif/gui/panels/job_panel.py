"""What the user states of a job without a quality target: its amount of work, and sizes where the network has none."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipuwhatif.catalog.types import STATED, Catalog
from ipuwhatif.figures.scenarios.sizes import layers_hint, layers_title
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.panels.amount_row import AmountRow
from ipuwhatif.gui.panels.typed_row import TypedRow
from ipuwhatif.gui.theme import reset_pixmap
from ipuwhatif.scenario.edits import set_layers, set_samples
from ipuwhatif.scenario.sizes import has_layers, layers_text, parse_layers
from ipuwhatif.texts import tr


class JobPanel(QWidget):
    """Hidden for jobs with a quality target; values come from the question's scenario. `rebuilt` with a new row."""

    rebuilt = Signal()

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._icon = QIcon()
        self.amount: AmountRow | None = None  # of the present workload; each has its own range and unit
        self.layers = TypedRow(tr("Layer sizes"), self._parse_layers, tr("Back to default"), self)
        self.layers.typed.connect(lambda sizes: question.apply(set_layers(question.scenario, sizes, catalog)))
        self.layers.reset.connect(lambda: question.apply(set_layers(question.scenario, (), catalog)))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.layers)
        question.changed.connect(self.refresh)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        rows = [] if self.amount is None else [self.amount.button, self.amount.field, self.amount.slider]
        return [*rows, self.layers.button, self.layers.field]

    def set_icons(self, colour: str) -> None:
        """Paint the reset buttons for a theme."""
        self._icon = QIcon(reset_pixmap(colour, self.devicePixelRatioF()))
        self._paint_buttons()

    def refresh(self) -> None:
        scenario = self._question.scenario
        workload = self._catalog.workloads[scenario.workload]
        self.setVisible(workload.kind == STATED)
        if workload.kind != STATED:
            return
        if self.amount is None or self.amount.workload is not workload:
            self._rebuild()
        assert self.amount is not None
        self.amount.show_value(scenario.samples, None)
        self.layers.setVisible(has_layers(workload))
        if has_layers(workload):
            part = tr("set by you") if scenario.layers else tr("an assumption")
            self.layers.show_title(layers_title(workload), layers_hint(workload))
            self.layers.show_text(layers_text(scenario.layers, workload), part, bool(scenario.layers))

    def _parse_layers(self, text: str) -> tuple[int, ...]:
        return parse_layers(text, self._catalog.workloads[self._question.scenario.workload])

    def _rebuild(self) -> None:
        """A row for another workload, in the place of the one before."""
        if self.amount is not None:
            self._column.removeWidget(self.amount)
            self.amount.hide()
            self.amount.deleteLater()
        row = AmountRow(self._catalog.workloads[self._question.scenario.workload], self)
        self.amount = row
        self._column.insertWidget(0, row)
        row.pressed.connect(lambda: self._question.begin_gesture(dragging=True))
        row.released.connect(self._question.end_gesture)
        row.gesture.connect(self._question.begin_gesture)
        row.moved.connect(self._set)
        row.reset.connect(self._reset)
        self._paint_buttons()
        self.rebuilt.emit()

    def _paint_buttons(self) -> None:
        for button in [self.layers.button] + ([] if self.amount is None else [self.amount.button]):
            button.setIcon(self._icon)

    def _set(self, samples: float | None) -> None:
        self._question.apply(set_samples(self._question.scenario, samples, self._catalog))

    def _reset(self) -> None:
        self._question.begin_gesture()
        self._set(None)
