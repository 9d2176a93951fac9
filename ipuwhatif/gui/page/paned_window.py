"""A window whose panes can be hidden and dragged, and which comes back where it stood and as it was left."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ipuwhatif.gui.answering.question import QUESTIONS
from ipuwhatif.gui.files.file_window import FileWindow
from ipuwhatif.gui.page.kept_place import Place, keep_place, load_place
from ipuwhatif.gui.page.panes import SIDE, WHY, Panes
from ipuwhatif.records import replace

if TYPE_CHECKING:
    from ipuwhatif.gui.menus import Menus


class PanedWindow(FileWindow):
    """`folder` holds the place too; without one nothing is kept.

    Signals: `explain_asked` with the key of a number or mark that the drawer is to explain, `buttons_switched` once the
    place says anew whether the buttons beside the menus are shown.
    """

    explain_asked = Signal(str)
    buttons_switched = Signal()
    panes: Panes
    menus: "Menus"

    def __init__(self, folder: Path | None, file: Path | None) -> None:
        super().__init__(folder, file)
        self.place = Place() if folder is None else load_place(folder)
        self._explained = self.place.why  # what the drawer explains, or explained last

    @property
    def shown_question(self) -> str:
        """Which of QUESTIONS is on show."""
        return QUESTIONS[self.panes.workspace.tabs.currentIndex()]

    def shows_pane(self, pane: str) -> bool:
        """Whether a pane is to be seen."""
        return self.panes.shows(pane)

    def switch_pane(self, pane: str) -> None:
        """Show a pane or hide it; the drawer opens with what it explained last, or the first number there is."""
        shown = self.panes.shows(pane)
        if pane != WHY:
            self.panes.show_pane(pane, not shown)
        elif shown:
            self.panes.drawer.dismiss()
        else:
            self._explain_again()
        self.menus.show_panes()

    def show_lever(self, key: str) -> None:
        """The field of a lever or assumption, ready to be typed."""
        self._show_side()
        self.panes.side.show_lever(key)

    def show_price(self) -> None:
        """The field for the price of the looked-at system, ready to be typed."""
        self._show_side()
        self.panes.side.show_price()

    def switch_buttons(self) -> None:
        """Show the buttons beside the menus, or hide them."""
        self.place = replace(self.place, buttons_shown=not self.place.buttons_shown)
        self.buttons_switched.emit()
        self.menus.show_panes()

    def find_system(self) -> None:
        """The search for a system, ready to be typed."""
        self._show_side()
        self.panes.side.find_system()

    def noted_place(self) -> Place:
        """Where the window stands, and how it is left."""
        around, whole = self.normalGeometry(), self.isMaximized()
        kept = replace(self.panes.noted(self.place), tab=self.shown_question, maximized=whole)
        return replace(kept, x=around.x(), y=around.y(), width=around.width(), height=around.height())

    def note_folder(self, folder: Path) -> None:
        """A file was written there: the next one is offered the same place."""
        self.place = replace(self.place, folder=str(folder))

    def note_template(self, path: str) -> None:
        """Slides are made with this template from now on, kept for the next start; empty: with the app's own."""
        self.place = replace(self.place, template=path)
        self._keep_place()

    def _show_side(self) -> None:
        """The panel at the side, for something that is asked of it; a drawer that stands in its place goes."""
        self.panes.show_pane(SIDE, True)
        if not self.panes.side.isVisibleTo(self):
            self.panes.drawer.dismiss()
        self.menus.show_panes()

    def _keep_place(self) -> None:
        if self._folder is not None:
            keep_place(self._folder, self.noted_place())

    def _explain_again(self) -> None:
        figure = self.panes.workspace.figure
        if figure is not None and figure.why:
            keys = [each.key for each in figure.why]
            self.explain_asked.emit(self._explained if self._explained in keys else keys[0])

    def _explain_on(self) -> None:
        """The drawer has opened."""
        if self.panes.drawer.why is not None:
            self._explained = self.panes.drawer.why.key
        self._follow_panes()

    def _follow_panes(self) -> None:
        self.panes.share()
        self.menus.show_panes()
