"""Explore: all plans around the scenario in one picture, the best of them as a line, each one click from a scenario."""

from functools import partial
from html import escape

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.analysis.explore import (
    COSTS,
    Plans,
    Varied,
    choice_of,
    front,
    joined,
    levers_to_vary,
    plan_of,
    release_words,
    scenario_of,
    system_words,
)
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.sweep.axes import RELEASE, SYSTEM
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.charts.palette import color
from ipuwhatif.charts.spec import Tint
from ipuwhatif.figures.explore import chosen_text, cost_axis, cost_name, front_text, plan_text, time_axis_between
from ipuwhatif.figures.jobs import job_words, time_words
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.cloud import Cloud
from ipuwhatif.gui.explore.explore_job import ExploreJob
from ipuwhatif.gui.scenarios.scenario_steps import may_add, take
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.edits import FAMILY_NAMES
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

WIDENED = 24  # plans of a front whose intervals are worked out
FAMILY, BATCH = "family", "batch"
_BATCHES = 8  # colours of a batch
_SIDE = 250


class ExploreWindow(QDialog):
    """One question after another about the scenario of the window beneath it. `taken` when a plan became a scenario."""

    taken = Signal()

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Explore plans – IPU What-If"))
        self.resize(1160, 700)
        self._world, self._question, self._theme = world, question, theme_name
        self._plan: SweepPlan | None = None
        self._timed = ""
        self._found: list[Plans] = []
        self.plans: Plans | None = None
        self.front: list[int] = []
        self.selected: int | None = None
        self._build()
        self.job = ExploreJob(self)
        self.job.came.connect(self._came)
        self.job.ended.connect(self._ended)
        self.job.widened.connect(self._widened)
        self.job.failed.connect(lambda number, reason: self._say(reason) if number == self.job.number else None)
        question.changed.connect(self.ask)
        self.ask()

    def _build(self) -> None:
        self.title, self.told, self.read, self.legend = (QLabel(self) for _ in range(4))
        set_role(self.title, "headline")
        self.cost, self.colour, self.lever, self.second = (QComboBox(self) for _ in range(4))
        self.systems = QCheckBox(tr("Every system"), self)
        self.sizes = QCheckBox(tr("Every size"), self)
        self.releases = QCheckBox(tr("Every release of software"), self)
        self.cloud = Cloud(self._theme, self)
        self.progress = QProgressBar(self)
        self.stop = QPushButton(tr("Stop"), self)
        self.all = QPushButton(tr("Show all"), self)
        self.use = QPushButton(tr("Make it a scenario"), self)
        for name in COSTS:
            self.cost.addItem(cost_name(name), name)
        names = {SYSTEM: tr("System"), FAMILY: tr("Family"), RELEASE: tr("Release"), BATCH: tr("Batch")}
        for key, text in names.items():
            self.colour.addItem(text, key)
        for box in (self.lever, self.second):
            box.addItem(tr("no lever"), "")
            for key in levers_to_vary(self._world):
                box.addItem(self._world.levers[key].name, key)
        for label in (self.title, self.told, self.read):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.use.setEnabled(False)
        self._lay_out()
        for box in (self.systems, self.sizes, self.releases):
            box.toggled.connect(self.ask)
        for box in (self.lever, self.second):
            box.currentIndexChanged.connect(self.ask)
        self.cost.currentIndexChanged.connect(lambda: self._draw(anew=True))
        self.colour.currentIndexChanged.connect(lambda: self._draw())
        self.stop.clicked.connect(self._stopped)
        self.all.clicked.connect(self.cloud.show_all)
        self.use.clicked.connect(self._use)
        self.cloud.pointed.connect(self._pointed)
        self.cloud.chosen.connect(self.choose)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        for text, widget in (
            (tr("Time against"), self.cost),
            (tr("Colour"), self.colour),
            (tr("Vary a lever"), self.lever),
            (tr("and another"), self.second),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            side.addWidget(label)
            side.addWidget(widget)
        for widget in (self.systems, self.sizes, self.releases, self.progress, self.stop, self.all, self.use):
            side.addWidget(widget)
        side.addWidget(self.legend)
        side.addStretch(1)
        left = QWidget(self)
        left.setLayout(side)
        left.setFixedWidth(_SIDE)
        grid = QGridLayout(self)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.told, 1, 0, 1, 2)
        grid.addWidget(left, 2, 0)
        grid.addWidget(self.cloud, 2, 1)
        grid.addWidget(self.read, 3, 0, 1, 2)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)

    def varied(self) -> Varied:
        """What the controls say is varied."""
        levers = tuple(dict.fromkeys(key for box in (self.lever, self.second) if (key := box.currentData())))
        return Varied(self.systems.isChecked(), self.sizes.isChecked(), self.releases.isChecked(), levers)

    def ask(self) -> None:
        """Ask anew: the scenario or what is varied is another."""
        scenario = self._question.scenario
        self.job.stop()
        self._found, self.plans, self.front, self.selected = [], None, [], None
        self.use.setEnabled(False)
        self._timed = time_words(scenario.workload, scenario.samples)
        self.title.setText(job_words(scenario.workload, scenario.recipe, scenario.samples))
        try:
            self._plan = plan_of(self._world, scenario, self.varied())
        except InputError as error:
            self._plan = None
            self._say(str(error))
            return
        self.progress.setValue(0)
        self._show_work(True)
        self.job.ask(self._world, self._plan)

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self._show_work(False)

    def _show_work(self, working: bool) -> None:
        self.progress.setVisible(working)
        self.stop.setVisible(working)

    def _came(self, number: int, done: int, total: int, part: Plans) -> None:
        if number != self.job.number:
            return
        first = not self._found
        self._found.append(part)
        self.plans = joined(self._found)
        self._found = [self.plans]
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self._draw(anew=first)

    def _ended(self, number: int) -> None:
        if number != self.job.number or self.plans is None or self._plan is None:
            return
        self._show_work(False)
        self._draw(anew=True)
        if not len(self.plans):
            self._say(tr("No plan can run this job; its memory or its batch does not fit."))
        self._widen()

    def _stopped(self) -> None:
        """What is there is all there is."""
        self.job.stop()
        self._show_work(False)
        self._widen()

    def _widen(self) -> None:
        if self.plans is not None and self._plan is not None and self.front:
            places = np.unique(np.linspace(0, len(self.front) - 1, WIDENED).round().astype(int))
            rows = [self.front[place] for place in places]
            self.job.widen(self._world, self._question.scenario, self._plan, self.plans, rows)

    def _draw(self, anew: bool = False) -> None:
        """The picture of the plans that are there; `anew` looks at all of them."""
        if self.plans is None or self._plan is None:
            return
        plans, cost = self.plans, str(self.cost.currentData())
        values = plans.cost[cost]
        self.cloud.show_points(values, plans.time_s, *self._colours(plans))
        self.front = front(values, plans.time_s).tolist()
        self.cloud.show_front(values[self.front], plans.time_s[self.front], None, None)
        self.cloud.across.follow(partial(cost_axis, cost))
        self.cloud.up.follow(partial(time_axis_between, self._timed))
        self._show_legend()
        self.told.setText(front_text(self._world, self._plan, plans, self.front, cost))
        if anew:
            self.cloud.show_all()
            self.choose(None)

    def _widened(self, number: int, rows: list[int], low: np.ndarray, high: np.ndarray) -> None:
        if number != self.job.number or self.plans is None:
            return
        values = self.plans.cost[str(self.cost.currentData())]
        if set(rows) <= set(self.front):
            self.cloud.show_front(values[rows], self.plans.time_s[rows], low, high)

    def _colours(self, plans: Plans) -> tuple[np.ndarray, np.ndarray]:
        """Of each plan the row of its paint, and the paints."""
        assert self._plan is not None
        by = str(self.colour.currentData())
        systems = [self._world.catalog.systems[key] for key in system_words(self._plan)]
        if by == BATCH:
            steps = np.log2(np.maximum(plans.batch, 1.0))
            low, high = (float(steps.min()), float(steps.max())) if len(steps) else (0.0, 1.0)
            codes = ((steps - low) / max(high - low, 1e-9) * (_BATCHES - 1)).round().astype(np.intp)
            tints = [Tint("neutral", place / (_BATCHES - 1)) for place in range(_BATCHES)]
        elif by == RELEASE:
            codes, count = plans.release.astype(np.intp), len(release_words(self._plan))
            tints = [Tint("other", place / max(count - 1, 1)) for place in range(count)]
        else:
            codes = plans.system.astype(np.intp)
            shades = {each.key: place for place, each in enumerate(systems)}
            tints = [
                Tint(each.family, 0.5 if by == FAMILY else shades[each.key] / max(len(systems) - 1, 1))
                for each in systems
            ]
        paints = [QColor(color(tint, self._theme)) for tint in tints]
        return codes, np.array([[c.red(), c.green(), c.blue(), 255] for c in paints], dtype=np.uint8)

    def _show_legend(self) -> None:
        """What the colours are: families, whose systems differ in lightness, or the ends of an order."""
        assert self._plan is not None
        by = str(self.colour.currentData())
        if by in (SYSTEM, FAMILY):
            families = dict.fromkeys(self._world.catalog.systems[key].family for key in system_words(self._plan))
            entries = [(FAMILY_NAMES[family], Tint(family, 0.5)) for family in families]
        elif by == RELEASE:
            releases = release_words(self._plan)
            entries = [(releases[0], Tint("other", 0.0)), (releases[-1], Tint("other", 1.0))]
        else:
            entries = [(tr("smallest batch"), Tint("neutral", 0.0)), (tr("largest batch"), Tint("neutral", 1.0))]
        lines = [
            f'<span style="color:{color(tint, self._theme)}">■</span> {escape(tr(text))}' for text, tint in entries
        ]
        self.legend.setText("<br>".join(dict.fromkeys(lines)))

    def _pointed(self, row: int) -> None:
        shown = row if row >= 0 else self.selected
        self._read(shown)

    def _read(self, row: int | None) -> None:
        if row is None or self.plans is None or self._plan is None:
            self.read.setText(tr("Point at a plan to read it; a click chooses it."))
            return
        told = plan_text(self._world, self._plan, self.plans, row)
        if row == self.selected:
            asked = scenario_of(self._question.scenario, self._plan, self.plans, row)
            case = case_of(asked, choice_of(self._plan, self.plans, row), self._world.levers, self._world.catalog)
            told = f"{told} · {chosen_text(project(self._world, case))}"
        self.read.setText(told)

    def choose(self, row: int | None) -> None:
        """Choose a plan, or none."""
        self.selected = row
        self.use.setEnabled(row is not None and may_add(self._question))
        self.cloud.show_ring(row)
        self._read(row)

    def _use(self) -> None:
        """The chosen plan as another scenario, beside the one that it was found around."""
        if self.selected is None or self.plans is None or self._plan is None:
            return
        choice = choice_of(self._plan, self.plans, self.selected)
        asked = scenario_of(self._question.scenario, self._plan, self.plans, self.selected)
        take(self._question, asked, system_name(choice, self._world.catalog))
        self.taken.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.job.close()
        super().closeEvent(event)


def show_plans(world: World, question: Question, theme_name: str, window: QWidget) -> None:
    """Open Explore over a window, or bring it to the front where it is open."""
    for each in window.findChildren(ExploreWindow):
        each.raise_()
        each.activateWindow()
        return
    ExploreWindow(world, question, theme_name, window).show()
