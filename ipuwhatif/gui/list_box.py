"""A list to choose from, whose pop-up belongs to the window from the first time on that it is opened.

Qt makes the pop-up of a list with the list: nine widgets, of which a change of theme would restyle every one, for each
of the fifteen lists of the window, and most lists are never opened.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

BY_LETTERS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
BY_WORDS = QComboBox.SizeAdjustPolicy.AdjustToContents


class ListBox(QComboBox):
    """A QComboBox that costs no more than what is seen of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._popup: QWidget | None = self.view().parentWidget()
        self._popup.setParent(None, self._popup.windowFlags())  # in no window, and so on nobody's list

    def showPopup(self) -> None:
        """Bring the pop-up in, which dresses it as the window is, and open it."""
        if self._popup is not None:
            self._popup.setParent(self, self._popup.windowFlags())
            self._popup = None
        super().showPopup()

    def offer(
        self,
        choices: Sequence[tuple[str, object]],
        present: object,
        width: QComboBox.SizeAdjustPolicy = BY_LETTERS,
    ) -> None:
        """Put choices, words and what they stand for, into the list unless it has them, and point at the present one.

        The pop-up fits their words.
        """
        with QSignalBlocker(self):
            if [(self.itemText(index), self.itemData(index)) for index in range(self.count())] != list(choices):
                self.clear()
                self.setSizeAdjustPolicy(width)  # here, as Qt makes the pop-up of a list with it
                for words, value in choices:
                    self.addItem(words, value)
                self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
            values = [value for _, value in choices]
            self.setCurrentIndex(values.index(present) if present in values else -1 if present is None else 0)
