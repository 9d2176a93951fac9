"""Words of our own on labels say what they mean: as a tip, and by Shift+F1."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ipuwhatif.figures.terms import meaning
from ipuwhatif.gui.plain import plain_tip
from ipuwhatif.texts import run_on, tr


def explain_labels(page: QWidget) -> None:
    """Explain labels and buttons of a page, and the fields that labels name, where they have no tip of their own."""
    labels: list[QLabel | QAbstractButton] = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    for label in labels:
        text = label.text()
        said = "" if label.toolTip() else meaning([text.replace("&", "")])
        if said:
            _explain(label, said)
            field = label.buddy() if isinstance(label, QLabel) else None
            if field is not None and not field.toolTip():
                _explain(field, said)


def _explain(widget: QWidget, said: str) -> None:
    widget.setToolTip(plain_tip(said))
    widget.setWhatsThis(plain_tip(run_on((said, tr("Help, under Words, has them all.")))))
