"""A list to choose from, whose pop-up belongs to the window from the first time on that it is opened.

Qt makes the pop-up of a list with the list: nine widgets, of which a change of theme would restyle every one, for each
of the fifteen lists of the window, and most lists are never opened.
"""

from PySide6.QtWidgets import QComboBox, QWidget


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
