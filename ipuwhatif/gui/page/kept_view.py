"""What a window shows beside its document, as the user left it: carried over when everything is built anew.

Only what was given a name with `keep` is carried over; Qt names some of its own widgets too.
"""

from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QRegularExpression
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from ipuwhatif.records import Record

_Widget = TypeVar("_Widget", bound=QWidget)


class KeptView(Record, frozen=True):
    """By the names of the widgets: what is typed, what is chosen, and what is unfolded."""

    typed: dict[str, str]
    chosen: dict[str, int]
    checked: dict[str, bool]
    opened: dict[str, bool | None]  # groups, as the user left them: a search unfolds them all


_KEPT = "kept "


@runtime_checkable
class Folding(Protocol):
    """A group that the user unfolds: whether it was, or None before anybody touched it."""

    opened: bool | None

    def refresh(self) -> None: ...


def keep(widget: QWidget, name: str) -> None:
    """Carry over what is typed or chosen in a widget, or whether it is unfolded. No two have the same name."""
    widget.setObjectName(_KEPT + name)


def _named(window: QWidget, kind: type[_Widget]) -> dict[str, _Widget]:
    # Qt looks at the names: what Python looks at once it knows for ever, also when the widget itself is gone.
    return {each.objectName(): each for each in window.findChildren(kind, QRegularExpression(f"^{_KEPT}"))}


def _groups(window: QWidget) -> dict[str, Folding]:
    return {name: each for name, each in _named(window, QWidget).items() if isinstance(each, Folding)}


def kept_view(window: QWidget) -> KeptView:
    """How a window is left."""
    return KeptView(
        {name: each.text() for name, each in _named(window, QLineEdit).items()},
        {name: each.currentIndex() for name, each in _named(window, QComboBox).items()},
        {name: each.isChecked() for name, each in _named(window, QToolButton).items()},
        {name: each.opened for name, each in _groups(window).items()},
    )


def show_again(window: QWidget, kept: KeptView) -> None:
    """Show it as it was left, as far as it is built."""
    for name, box in _named(window, QComboBox).items():
        box.setCurrentIndex(kept.chosen.get(name, box.currentIndex()))
    for name, field in _named(window, QLineEdit).items():
        if field.text() != kept.typed.get(name, field.text()):
            field.setText(kept.typed[name])
    for name, heading in _named(window, QToolButton).items():
        if heading.isChecked() != kept.checked.get(name, heading.isChecked()):
            heading.click()
    for name, group in _groups(window).items():
        if group.opened != kept.opened.get(name, group.opened):
            group.opened = kept.opened[name]
            group.refresh()
