"""The amount of work of a job without a quality target: a row like a lever's, in epochs, tokens or samples."""

from PySide6.QtWidgets import QWidget

from ipuwhatif.catalog.types import Workload
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.gui.levers.lever_row import LeverRow
from ipuwhatif.scenario.amount import (
    amount_origin,
    measures_of,
    parse_amount,
    rounded_samples,
    slider_range,
    stated_samples,
)
from ipuwhatif.scenario.levers import SYSTEM, Lever
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

FIELD_WIDTH = 158


class AmountRow(LeverRow):
    """Signals and keys as of a lever; its value is in samples, shown in what the job is counted in."""

    def __init__(self, workload: Workload, parent: QWidget) -> None:
        self.workload = workload
        super().__init__(_amount_lever(workload), parent)
        self._rearrange()
        self.field.setToolTip(tr("any amount; the slider spans {range}", range=_range_text(workload)))
        source = _source_text(workload)
        for widget in (self.name, self.part):
            widget.setToolTip(source)
        self.slider.setToolTip(tr("{source} Double click: back to default.", source=source))

    def _rearrange(self) -> None:
        """A wider field, since an amount with its unit is longer than a lever's value; the slider keeps what it can."""
        self.field.setFixedWidth(FIELD_WIDTH)
        self.grid.removeWidget(self.button)
        self.top.addWidget(self.button)

    def parse(self, text: str) -> float:
        return parse_amount(text, self.workload)

    def text_of(self, value: float) -> str:
        return amount_text(self.workload, value)

    def snapped(self, value: float) -> float:
        return rounded_samples(self.workload, value)

    def _title(self) -> str:
        return lever_name(self.lever)  # the field says the unit

    def _part(self) -> str:
        return tr("an assumption") if self._value == self.lever.default else tr("stated by you")


def _amount_lever(workload: Workload) -> Lever:
    """What a row needs to know, in samples."""
    low, high = slider_range(workload)
    return Lever(
        key="samples",
        name=marked("Amount of work"),
        unit=measures_of(workload)[0].word,
        minimum=low,
        maximum=high,
        default=stated_samples(workload, None),
        scale="log",
        whole=False,
        families=(),
        parts=((high, ""),),
        effect=marked("How much is trained; there is no quality target that would decide it."),
        origin=amount_origin(workload),
        scope=SYSTEM,
    )


def _range_text(workload: Workload) -> str:
    low, high = slider_range(workload)
    return tr("{low} to {high}", low=amount_text(workload, low), high=amount_text(workload, high))


def _source_text(workload: Workload) -> str:
    origin = amount_origin(workload)
    return tr(
        "Default: {note}. {producer}, {title}.", note=told(origin.note), producer=origin.producer, title=origin.title
    )
