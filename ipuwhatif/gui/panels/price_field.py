"""A field of a price, from which the Tab key leads to what is asked next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ipuwhatif.gui.levers.lever_field import LeverField


class PriceField(LeverField):
    """`lead_on` says where to; where it has nothing to say the order of the page holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lead_on: Callable[[], QWidget | None] = lambda: None

    def focusNextPrevChild(self, forward: bool) -> bool:
        onward = self.lead_on() if forward and self.isModified() else None
        if onward is None:
            return super().focusNextPrevChild(forward)
        onward.setFocus(Qt.FocusReason.TabFocusReason)
        return True
