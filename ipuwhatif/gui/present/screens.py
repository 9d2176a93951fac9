"""Which screen is whose, where there is more than one."""

from collections.abc import Sequence

from PySide6.QtGui import QScreen


def audience_screen(speaker: QScreen, screens: Sequence[QScreen]) -> QScreen | None:
    """The first screen that shows nothing of the speaker's; None where all show the same, or there is no other."""
    return next((each for each in screens if not each.geometry().intersects(speaker.geometry())), None)
