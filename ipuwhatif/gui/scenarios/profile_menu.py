"""Which profile of the user's own results the projections of a scenario follow."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.scenario.own_edits import set_profile
from ipuwhatif.texts import tr


class ProfileMenu(QObject):
    """A submenu that is filled when it is opened: profiles may have come or gone since."""

    def __init__(self, menu: QMenu, question: Question) -> None:
        super().__init__(menu)
        self._question = question
        self.menu = menu.addMenu(tr("Follow a profile"))
        self.menu.menuAction().setToolTip(tr("Projections follow results of your own that you believe"))
        self.menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        from ipuwhatif.analysis.world import load_world

        self.menu.clear()
        present = self._question.scenario.profile
        names = dict.fromkeys(("", *load_world().profiles, *([present] if present else ())))
        for name in names:
            action = self.menu.addAction(name or tr("None"))
            action.setCheckable(True)
            action.setChecked(name == present)
            action.triggered.connect(partial(self.follow, name))
        if len(names) == 1:
            told = self.menu.addAction(tr("Make one under File, My data, “Believe these”"))
            told.setEnabled(False)

    def follow(self, name: str) -> None:
        """Follow a profile, or none for an empty name."""
        if name != self._question.scenario.profile:
            self._question.apply(set_profile(self._question.scenario, name))
