"""Explore: all plans around the scenario in one picture, the best of them as a line, each one click from a scenario."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget, QVBoxLayout, QWidget

from ipuwhatif.analysis.world import World
from ipuwhatif.figures.job_titles import job_words
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.duel_page import DuelPage
from ipuwhatif.gui.explore.plans_page import PlansPage
from ipuwhatif.gui.page.workspace import Workspace
from ipuwhatif.gui.theme import set_role
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.gui.window import MainWindow


class ExploreWindow(QDialog):
    """One question after another about the scenario of the window beneath it."""

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Explore plans – IPU What-If"))
        self.resize(1240, 740)
        self._question, self._world = question, world
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.title, "headline")
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.plans = PlansPage(world, question, theme_name, self.pages)
        self.duel = DuelPage(world, question, theme_name, self.pages)
        self.pages.addTab(self.plans, tr("All plans"))
        self.pages.addTab(self.duel, tr("Who wins where"))
        self.pages.setAccessibleName(tr("Pages of Explore"))
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self.pages, 1)
        question.changed.connect(self._retitle)
        self._retitle()

    def _retitle(self) -> None:
        scenario = self._question.scenario
        job = self._world.catalog.workloads[scenario.workload]
        self.title.setText(job_words(job, scenario.recipe, scenario.samples))

    def again(self) -> Callable[[], QWidget]:
        """The same page of it; what was chosen on it has names and is carried over."""
        over, page = cast("MainWindow", self.parentWidget()), self.pages.currentIndex()

        def show() -> ExploreWindow:
            assert over.world is not None
            opened = show_plans(over.world, over.question, over.theme_name, over)
            opened.pages.setCurrentIndex(page)
            return opened

        return show

    def follow(self, what: str, name: str) -> None:
        """Paint everything in another theme, where the window beneath changes to one."""
        if what == "theme":
            self.plans.set_theme(name)
            self.duel.set_theme(name)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.plans.close_work()
        self.duel.close_work()
        super().closeEvent(event)


class Beneath(Protocol):
    """A window that Explore opens over, as far as it is known here."""

    workspace: Workspace
    preferred: SignalInstance


def show_plans(world: World, question: Question, theme_name: str, window: Beneath) -> ExploreWindow:
    """Open Explore over a window, or bring it to the front where it is open."""
    assert isinstance(window, QWidget)
    for each in window.findChildren(ExploreWindow):
        if each.isVisible():  # one that was closed is still there until Qt has deleted it
            each.raise_()
            each.activateWindow()
            return each
    opened = ExploreWindow(world, question, theme_name, window)
    opened.plans.prices_asked.connect(window.workspace.open_prices)
    window.preferred.connect(opened.follow)
    opened.show()
    return opened
