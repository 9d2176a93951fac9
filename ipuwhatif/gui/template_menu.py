"""The company's own PowerPoint template: chosen once, kept with the window, and used by every slide from then on."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.files.proposed_name import usual_folder
from ipuwhatif.gui.files.told import LONGEST_NAME, Told
from ipuwhatif.gui.menu_action import add_action
from ipuwhatif.gui.page.kept_place import Place
from ipuwhatif.gui.plain import plain_tip, shown_name
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, shortened


class Templated(Protocol):
    """A window, as far as this menu knows it."""

    place: Place

    def note_template(self, path: str) -> None: ...


class TemplateMenu(QObject):
    """One action to choose a template and one to leave it again, in a menu of their own."""

    def __init__(self, menu: QMenu, window: QWidget, shown: Templated, told: Told) -> None:
        super().__init__(menu)
        self._shown, self._window, self._told = shown, window, told
        self.menu = menu.addMenu(tr("Slide template"))
        self.menu.setToolTipsVisible(True)
        hint = tr("Your company's own .pptx or .potx: its layout, logo, colours and fonts for every slide")
        self.choose = add_action(self, self.menu, tr("Choose a template…"), "", self._choose, hint)
        self.own = add_action(self, self.menu, tr("The template of this app"), "", lambda: self._use(""))
        for action in (self.choose, self.own):
            action.setCheckable(True)
        self.refresh()

    def refresh(self) -> None:
        """Follow the window: which template is in use."""
        kept = self._shown.place.template
        name = shortened(shown_name(Path(kept)), LONGEST_NAME)
        self.choose.setText(tr("Choose a template… ({name})", name=name) if kept else tr("Choose a template…"))
        self.choose.setChecked(bool(kept))
        self.own.setChecked(not kept)
        if kept:
            self.choose.setToolTip(plain_tip(kept))

    def _choose(self) -> None:
        kept = self._shown.place.template
        folder = usual_folder(Path(kept).parent if kept else "", self._shown.place.folder)
        kinds = tr("PowerPoint templates (*.pptx *.potx)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Slide template"), str(folder), kinds)
        self._use(chosen or kept)

    def _use(self, path: str) -> None:
        """Take a template that can be used; one that cannot is refused at once, and what was in use stays."""
        from ipuwhatif.export.office.company_template import company_stage

        if path and path != self._shown.place.template:
            try:
                company_stage(Path(path))
            except InputError as error:
                show_fault(self._window, str(error))
                self.refresh()
                return
            name = shortened(shown_name(Path(path)), LONGEST_NAME)
            self._told.tell(tr("Slides are made with {name} from now on", name=name))
        self._shown.note_template(path)
        self.refresh()
