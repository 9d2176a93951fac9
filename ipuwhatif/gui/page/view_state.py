"""What a window shows beside its document, as the user left it: carried over when everything is built anew.

Only what was given a name with `keep` is carried over; Qt names some of its own widgets too.
"""

from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QRegularExpression
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLineEdit, QWidget

from ipuwhatif.records import Record

_Kind = TypeVar("_Kind")


class ViewState(Record, frozen=True):
    """By the names of the widgets: what is typed, what is chosen, and what is unfolded."""

    typed: dict[str, str]
    chosen: dict[str, int]
    checked: dict[str, bool]
    opened: dict[str, bool | None]  # groups, as the user left them: a search unfolds them all
    scrolled: dict[str, int]  # how far down, in logical pixels


_KEPT = "kept "


@runtime_checkable
class Folding(Protocol):
    """A group that the user unfolds: whether it was, or None before anybody touched it."""

    opened: bool | None

    def refresh(self) -> None: ...


def keep(widget: QWidget, name: str) -> None:
    """Carry over what is typed or chosen in a widget, or whether it is unfolded. No two have the same name."""
    widget.setObjectName(_KEPT + name)


class _Kept(Record, frozen=True):
    """The widgets that are carried over, by kind and name; looked for once, as Qt goes through every widget for it."""

    fields: dict[str, QLineEdit]
    boxes: dict[str, QComboBox]
    headings: dict[str, QAbstractButton]
    groups: dict[str, Folding]
    areas: dict[str, QAbstractScrollArea]


def _kept(window: QWidget) -> _Kept:
    # Qt looks at the names: what Python looks at once it knows for ever, also when the widget itself is gone.
    found = {each.objectName(): each for each in window.findChildren(QWidget, QRegularExpression(f"^{_KEPT}"))}
    groups: dict[str, Folding] = {name: each for name, each in found.items() if isinstance(each, Folding)}
    return _Kept(
        _of(found, QLineEdit),
        _of(found, QComboBox),
        _of(found, QAbstractButton),
        groups,
        _of(found, QAbstractScrollArea),
    )


def _of(found: dict[str, QWidget], kind: type[_Kind]) -> dict[str, _Kind]:
    return {name: each for name, each in found.items() if isinstance(each, kind)}


def view_state(window: QWidget) -> ViewState:
    """How a window is left."""
    kept = _kept(window)
    return ViewState(
        {name: each.text() for name, each in kept.fields.items()},
        {name: each.currentIndex() for name, each in kept.boxes.items()},
        {name: each.isChecked() for name, each in kept.headings.items()},
        {name: each.opened for name, each in kept.groups.items()},
        {name: each.verticalScrollBar().value() for name, each in kept.areas.items()},
    )


def show_again(window: QWidget, kept: ViewState) -> None:
    """Show it as it was left, as far as it is built."""
    now = _kept(window)
    for name, box in now.boxes.items():
        box.setCurrentIndex(kept.chosen.get(name, box.currentIndex()))
    for name, field in now.fields.items():
        if field.text() != kept.typed.get(name, field.text()):
            field.setText(kept.typed[name])
    for name, heading in now.headings.items():
        if heading.isChecked() != kept.checked.get(name, heading.isChecked()):
            heading.click()
    for name, group in now.groups.items():
        if group.opened != kept.opened.get(name, group.opened):
            group.opened = kept.opened[name]
            group.refresh()
    for name, area in now.areas.items():
        area.verticalScrollBar().setValue(kept.scrolled.get(name, area.verticalScrollBar().value()))
