"""What is open over a window that is built anew, in another language: it opens again, where and as it stood."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QDialog, QWidget

Opened = tuple[Callable[[], QWidget], QByteArray]


@runtime_checkable
class OpensAgain(Protocol):
    """A dialog that lets the window beneath it be worked with."""

    def again(self) -> Callable[[], QWidget]:
        """What opens it as it stands now; it is called when this one has gone and the window beneath is built."""


def close_over(window: QWidget, left: Sequence[QWidget] = ()) -> tuple[Opened, ...]:
    """Close what is open over a window, to be opened again; `left` stays as it is."""
    opened = []
    for each in window.findChildren(QDialog):
        if isinstance(each, OpensAgain) and each.isVisible() and each not in left:
            opened.append((each.again(), each.saveGeometry()))
            each.close()
    return tuple(opened)


def open_again(opened: Sequence[Opened]) -> None:
    for again, geometry in opened:
        again().restoreGeometry(geometry)
