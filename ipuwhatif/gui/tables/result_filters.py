"""Which official results of any benchmark are looked at: a list each for benchmark, round, submitter, chip and so on.

The lists are built and filled, and the results read, when they are first shown.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.gui.theme import GAP
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number

if TYPE_CHECKING:
    from ipuwhatif.analysis.suite_results import Wanted

LETTERS = (11, 7, 10, 7, 8, 9)  # that each list shows; its pop-up shows its texts whole
#: From how many chips of an entry to how many; 0: no end.
SIZES = ((0, 8), (9, 64), (65, 512), (513, 0))
Choice = tuple[str, object]  # words, and what they stand for


class ResultFilters(QWidget):
    """Signals: `changed` when other results are asked for, `built` once there are lists.

    The first choice of every list asks for any.
    """

    changed = Signal()
    built = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._boxes: list[QComboBox] = []
        self._columns = 0

    def _build(self) -> None:
        self.benchmark, self.round, self.submitter = ListBox(self), ListBox(self), ListBox(self)
        self.chip, self.size_, self.division = ListBox(self), ListBox(self), ListBox(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP // 2)
        self._boxes = [self.benchmark, self.round, self.submitter, self.chip, self.size_, self.division]
        for box, name, letters in zip(self._boxes, self._names(), LETTERS, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(plain_tip(name))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(letters)
            box.activated.connect(self.changed)
            box.show()  # at once: the page asks how wide they are before the layout would show them
        self._place(len(self._boxes))
        self.built.emit()

    def fit(self, room: int) -> None:
        """Stand in one row where that is no wider than the room [logical pixels], else in two."""
        needed = sum(box.sizeHint().width() for box in self._boxes) + GAP // 2 * (len(self._boxes) - 1)
        columns = len(self._boxes) if needed <= room else (len(self._boxes) + 1) // 2
        if self._boxes and columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for index, box in enumerate(self._boxes):
            self._grid.addWidget(box, index // columns, index % columns)
        self.updateGeometry()  # now, or what holds it would keep the size of before until its next turn

    def boxes(self) -> list[QComboBox]:
        """The lists in reading order, none before the first were shown."""
        return self._boxes

    def fill(self) -> None:
        """Offer what there is, once."""
        if not self._boxes:
            self._build()
        if self.benchmark.count() > 1:
            return
        from ipuwhatif.catalog.evidence.suite_results import load_suite_results
        from ipuwhatif.figures.evidence.suite_results_words import benchmark_title

        known = load_suite_results()
        benchmarks = [(benchmark_title(each), each.key) for each in known.benchmarks.values()]
        offered: tuple[tuple[str, Iterable[tuple[str, object]]], ...] = (
            (tr("All benchmarks"), benchmarks),
            (tr("All rounds"), _sorted(each.mlperf_round for each in known.results)),
            (tr("All submitters"), _sorted(each.submitter for each in known.results)),
            (tr("All chips"), _sorted(each.chip for each in known.results)),
            (tr("Any count"), [(_size_words(*size), index) for index, size in enumerate(SIZES)]),
            (tr("Both divisions"), [(tr(each), each) for each in ("closed", "open")]),
        )
        for box, (every, choices) in zip(self._boxes, offered, strict=True):
            chosen = box.currentData()
            box.clear()
            box.addItem(every, None)
            for words, value in choices:
                box.addItem(words, value)
                box.setItemData(box.count() - 1, plain_tip(words), Qt.ItemDataRole.ToolTipRole)
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def wanted(self) -> "Wanted":
        """What is asked for now."""
        from ipuwhatif.analysis.suite_results import Wanted

        if not self._boxes:
            return Wanted()
        index = self.size_.currentData()
        least, most = (0, 0) if index is None else SIZES[index]
        return Wanted(
            rounds=_chosen(self.round),
            benchmarks=_chosen(self.benchmark),
            submitters=_chosen(self.submitter),
            chips=_chosen(self.chip),
            divisions=_chosen(self.division),
            least=least,
            most=most,
        )

    def look_as(self, other: "ResultFilters") -> None:
        """Go on as other lists have asked, which were in another language."""
        if other.boxes():
            self._build()
        for box, theirs in zip(self._boxes, other.boxes(), strict=True):
            if theirs.currentData() is not None:
                box.addItem(theirs.currentText(), theirs.currentData())

    @staticmethod
    def _names() -> tuple[str, ...]:
        return (
            tr("Benchmark"),
            tr("Round"),
            tr("Submitter"),
            tr("Chip"),
            tr("Number of chips"),
            tr("Division"),
        )


def _chosen(box: QComboBox) -> tuple[str, ...]:
    return () if box.currentData() is None else (box.currentData(),)


def _sorted(names: Iterable[str]) -> list[Choice]:
    return [(each, each) for each in sorted(dict.fromkeys(names), key=str.casefold)]


def _size_words(least: int, most: int) -> str:
    """ "9 to 64 chips"."""
    if not most:
        return tr("{count} chips or more", count=format_number(least))
    if not least:
        return tr("up to {count} chips", count=format_number(most))
    return tr("{low} to {high} chips", low=format_number(least), high=format_number(most))
