"""A window whose parts are built anew around the same document: in another language, or with what was imported."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenuBar, QWidget

from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.dialogs import show_fault
from ipuwhatif.gui.levers.lever_field import take_typed, wrong_text
from ipuwhatif.gui.open_again import close_over, open_again
from ipuwhatif.gui.page.paned_window import PanedWindow
from ipuwhatif.gui.page.view_state import show_again, view_state
from ipuwhatif.gui.start.languages import use_language
from ipuwhatif.texts import language, tr

if TYPE_CHECKING:
    from ipuwhatif.gui.answering.answer_controller import AnswerController
    from ipuwhatif.gui.chart.canvas import ChartCanvas
    from ipuwhatif.gui.page.drawer import WhyDrawer
    from ipuwhatif.gui.page.workspace import Workspace
    from ipuwhatif.gui.scenarios.scenario_bar import ScenarioBar


class RebuiltWindow(PanedWindow):
    """Who builds it gives `build`, `load` and `load_side`, which put everything up, and what there is then.

    Signals: `preferred` with name and value of what was chosen for every start: theme or language.
    """

    preferred = Signal(str, str)
    build: Callable[[], None]
    load: Callable[[], None]
    load_side: Callable[[], None]
    order_keys: Callable[[], None]
    explain: Callable[[str], None]
    turn_to: Callable[[str], None]
    question: Question
    workspace: "Workspace"
    drawer: "WhyDrawer"
    canvas: "ChartCanvas | None"
    controller: "AnswerController | None"
    scenario_bar: "ScenarioBar | None"

    def set_language(self, code: str) -> None:
        """Say everything in another language: the window is built anew around the same document and its history."""
        if code == language():
            self.menus.refresh()
            return
        if self.menus.exports.is_busy:
            show_fault(self, tr("A file is being written; change the language when it is done."))
            self.menus.refresh()
            return
        take_typed(self)
        if wrong := wrong_text(self):
            show_fault(self, tr("{wrong} Correct it, or press Esc in it, before the language changes.", wrong=wrong))
            self.menus.refresh()
            return
        fault = self._build_anew(partial(use_language, code))
        if fault:
            show_fault(self, fault)
        else:
            self.preferred.emit("language", code)

    def why_not_anew(self) -> str:
        """What keeps the window from being built anew with what is imported, or ""."""
        if self.menus.exports.is_busy:
            return tr("A file is being written; import when it is done.")
        take_typed(self)
        wrong = wrong_text(self)
        return tr("{wrong} Correct it, or press Esc in it, first.", wrong=wrong) if wrong else ""

    def build_with_imported(self) -> None:
        """Use the world as it is now, after something came in or went, around the same document and its history."""
        if self.canvas is None:  # not built yet: it will be with that
            return
        from ipuwhatif.gui.mine.my_data import MyData

        self._build_anew(lambda: "", tuple(self.findChildren(MyData)))

    def _build_anew(self, change: Callable[[], str], left: Sequence[QWidget] = ()) -> str:
        """Take everything down, change what it stands on, and build it again; `left` stays. What `change` returns."""
        self.question.end_gesture()  # the slider that is held goes
        shown, tools, kept = self.shown_question, self.workspace.tools, view_state(self)
        self.place = self.noted_place()
        explained, opened = self.drawer.why, close_over(self, left)
        presented = self.menus.presents.release()
        self._take_down((*left, *(() if presented is None else presented.windows)))
        fault = change()
        self.question.tell_again()
        self.build()
        self.load()
        self.load_side()
        self.workspace.tools.look_as(tools)
        self.turn_to(shown)
        open_again(opened)
        show_again(self, kept)
        self.order_keys()  # of rows that were unfolded too
        self.menus.presents.adopt(presented)
        if self.controller is not None:  # what comes with the answer
            once = Qt.ConnectionType.SingleShotConnection
            self.controller.answered.connect(lambda: show_again(self, kept), once)
            if explained is not None:
                self.controller.answered.connect(lambda: self.explain(explained.key), once)
            self.controller.timer.start()
        return fault

    def _take_down(self, kept: Sequence[QWidget]) -> None:
        """Take everything off that `_build` and `load` have put on, and what opens over them; `kept` goes on."""
        if self.controller is not None:
            self.controller.close()
            self.controller.deleteLater()
        self.menus.exports.close()
        self.files_kept.disconnect(self.menus.refresh)
        self.network_taken.disconnect(self.menus.exports.told.tell)
        self.question.changed.disconnect(self.menus.scenarios.refresh)
        if self.scenario_bar is not None:  # a new menu bar would take it over from the old one
            self.menuBar().setCornerWidget(None, Qt.Corner.TopRightCorner)  # type: ignore[arg-type]  # Qt takes none
            self.scenario_bar.setParent(None)
            self.scenario_bar.deleteLater()
        options = Qt.FindChildOption.FindDirectChildrenOnly
        for old in self.findChildren(QWidget, options=options):
            if old not in kept:
                old.hide()
                old.deleteLater()
        self.setMenuBar(QMenuBar(self))
