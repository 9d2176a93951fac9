"""Who wins: two systems on a map of their chips, or of chips and a lever, by the probability that one takes less."""

from functools import partial
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ipuwhatif.analysis.explore.costs import Rates, rates_of
from ipuwhatif.analysis.explore.duel import MEASURES, Duel, Outcomes, stages, taken, ways
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.sweep.quantities import TIME_S
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import RELATIVE
from ipuwhatif.charts.palette import color
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.explore.duel import duel_figure
from ipuwhatif.figures.explore.duel_words import (
    across_axis,
    better_words,
    duel_text,
    lacking_text,
    place_text,
    system_words,
    tints,
    up_axis,
    up_name,
)
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.explore.beside import Beside
from ipuwhatif.gui.explore.duel_map import DuelMap
from ipuwhatif.gui.explore.leaving import Leaving
from ipuwhatif.gui.explore.plans_view import announce
from ipuwhatif.gui.page.view_state import keep
from ipuwhatif.gui.scenarios.scenario_commands import may_add, take
from ipuwhatif.gui.theme import set_role
from ipuwhatif.scenario.reasons import RatioOnly
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, told

_KIND, _LINES = "duel", 2


class DuelPage(QWidget):
    """`taken` when a place of the map became a scenario. It asks when it is first shown."""

    taken = Signal()

    def __init__(self, world: World, question: Question, theme_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._world, self._question, self._theme = world, question, theme_name
        self.outcomes: Outcomes | None = None
        self.duel: Duel | None = None
        self._rates = Rates((), "", ())
        self.beside = Beside(self)
        self._build()
        self._offer_systems()
        self._offer_ways()
        self.beside.came.connect(self._came)
        self.beside.ended.connect(lambda kind: self._show_work(False))
        self.beside.failed.connect(lambda kind, reason: self._say(reason))
        question.changed.connect(self._changed)
        for box in (self.subject, self.reference):
            box.currentIndexChanged.connect(self._other_systems)
        self.up.currentIndexChanged.connect(self.ask)
        self.measure.currentIndexChanged.connect(self._other_systems)
        self.map.pointed.connect(lambda row, column: self._read((row, column) if row >= 0 else self.map.cursor_at))
        self.map.chosen.connect(lambda row, column: self._choose((row, column)))
        self.stop.clicked.connect(self._stopped)
        self.use.clicked.connect(self._use)

    def _build(self) -> None:
        self.told, self.notes, self.legend, self.read = (QLabel(self) for _ in range(4))
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.subject, self.measure, self.reference, self.up = (QComboBox(self) for _ in range(4))
        for name in ("subject", "measure", "reference", "up"):
            keep(getattr(self, name), f"duel {name}")
        self.map = DuelMap(self._theme, self)
        self.map.setAccessibleName(tr("Map of who wins; arrows move over it"))
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(tr("Places that are worked out"))
        self.stop = QPushButton(tr("Stop"), self)
        self.use = QPushButton(tr("Make it a scenario"), self)
        self.copy = QPushButton(tr("Copy picture"), self)
        self.export = QPushButton(tr("Export…"), self)
        self.leaving = Leaving(self._world, self._question, self.figure, self._theme, self)
        self.copy.clicked.connect(self.leaving.copy_picture)
        self.export.clicked.connect(self.leaving.ask)
        self.use.setEnabled(False)
        for label in (self.told, self.notes, self.read):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.read.setFixedHeight(_LINES * self.read.fontMetrics().lineSpacing())
        set_role(self.notes, "caption")
        self._lay_out()

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        for text, widget in (
            (tr("Where does"), self.subject),
            (tr("win, in that it"), self.measure),
            (tr("against"), self.reference),
            (tr("up the map"), self.up),
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            asked.addWidget(label)
            asked.addWidget(widget, 1)
        row = QHBoxLayout()
        for button in (self.use, self.copy, self.export):
            row.addWidget(button)
        row.addWidget(self.leaving.told, 1)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        row.addStretch(1)
        grid = QGridLayout(self)
        grid.addLayout(asked, 0, 0)
        shown: tuple[QWidget, ...] = (self.told, self.notes, self.legend, self.map, self.read)
        for line, each in enumerate(shown, start=1):
            grid.addWidget(each, line, 0)
        grid.addLayout(row, 6, 0)
        grid.setRowStretch(4, 1)

    def _offer_systems(self) -> None:
        """The ticked systems first; at first the subject of the scenario against its reference."""
        scenario, systems = self._question.scenario, self._world.catalog.systems
        ticked = list(dict.fromkeys(choice.system for choice in scenario.systems))
        keys = [*ticked, *(key for key, each in systems.items() if each.listed and key not in ticked)]
        usual = [key.partition(":")[0] for key in (scenario.spoken_of, scenario.reference)]
        if usual[0] == usual[1]:
            usual[0] = next(key for key in keys if key != usual[1])
        for box, first in zip((self.subject, self.reference), usual, strict=True):
            kept = box.currentData() if box.currentData() in keys else first
            with QSignalBlocker(box):
                box.clear()
                for key in keys:
                    box.addItem(systems[key].name, key)
                box.setCurrentIndex(max(box.findData(kept), 0))

    def _offer_ways(self) -> None:
        """What runs up the map, and what is taken less of, by the names of both."""
        measure = self.measure.currentData() or TIME_S
        both = self.subject.currentData(), self.reference.currentData()
        for box, entries in (
            (self.up, [(up_name(self._world, Duel(*both, way, TIME_S)), way) for way in ways(self._world, measure)]),
            (self.measure, [(better_words(measure), measure) for measure in MEASURES]),
        ):
            kept = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                for text, key in entries:
                    box.addItem(text, key)
                box.setCurrentIndex(max(box.findData(kept), 0))

    def _other_systems(self) -> None:
        self._offer_ways()
        self.ask()

    def _changed(self) -> None:
        self._offer_systems()
        if self.isVisible() or self.duel is not None:
            self._other_systems()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.duel is None:
            self.ask()

    def ask(self) -> None:
        """Ask anew, with what is chosen."""
        scenario = self._question.scenario
        self.beside.stop(_KIND)
        self.outcomes = None
        self.map.show_outcomes(None, "", "")
        self._choose(None)
        self.notes.clear()
        self.legend.clear()
        self.duel = Duel(*(str(box.currentData()) for box in (self.subject, self.reference, self.up, self.measure)))
        if self._world.catalog.workloads[scenario.workload].kind == RELATIVE:
            self._say(told(RatioOnly(scenario.workload)))
            return
        if self.duel.subject == self.duel.reference:
            self._say(tr("Choose two systems; these are one."))
            return
        try:
            followed = learning(self._world, scenario)
        except InputError as error:
            self._say(str(error))
            return
        self._rates = rates_of(self._world, scenario, (self.duel.subject, self.duel.reference))
        self.map.across.follow(partial(across_axis, self._world, self.duel))
        self.map.up.follow(partial(up_axis, self._world, self.duel, self._rates.currency))
        self._show_work(True)
        self.beside.start(_KIND, stages(followed, scenario, self.duel, self._rates))

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self._show_work(False)

    def _show_work(self, working: bool) -> None:
        self.progress.setVisible(working)
        self.stop.setVisible(working)

    def _stopped(self) -> None:
        """The map that is there stays as coarse as it is."""
        self.beside.stop(_KIND)
        self._show_work(False)

    def _came(self, kind: str, done: int, total: int, told: object) -> None:
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)
        if isinstance(told, Outcomes) and self.duel is not None:
            self.outcomes = told
            self.map.put_cursor(None)  # the places of a finer map are others
            self._choose(None)
            self._draw()

    def _draw(self) -> None:
        if self.outcomes is None or self.duel is None:
            return
        paints = [color(tint, self._theme) for tint in tints(self._world, self.duel)]
        self.map.show_outcomes(self.outcomes, *paints)
        named = zip(system_words(self._world, self.duel), paints, strict=True)
        better = better_words(self.duel.measure)
        told = [
            f'<span style="color:{paint}">■</span> {escape(tr("{name} {better}", name=name, better=better))}'
            for name, paint in named
        ]
        self.legend.setText(" &nbsp; ".join([*told, escape(_key_text())]))
        self.told.setText(duel_text(self._world, self.duel, self.outcomes))
        self.notes.setText(lacking_text(self.duel, self.outcomes, self._rates))

    def _choose(self, at: tuple[int, int] | None) -> None:
        self.use.setEnabled(at is not None and may_add(self._question))
        self._read(at)
        if at is not None:
            announce(self.map, self.read.text())

    def _read(self, at: tuple[int, int] | None) -> None:
        if at is None or self.outcomes is None or self.duel is None:
            self.read.setText(tr("Point at a place to read it; a click or the arrow keys choose it."))
            return
        self.read.setText(place_text(self._world, self.duel, self.outcomes, self._rates, *at))

    def _use(self) -> None:
        """Both systems at the chosen place as another scenario."""
        at = self.map.cursor_at
        if at is None or self.outcomes is None or self.duel is None:
            return
        asked = taken(
            self._world, self._question.scenario, self.duel, self.outcomes, self._rates.currency, tr("from a map"), *at
        )
        names = (self.subject.currentText(), self.reference.currentText())
        take(self._question, asked, tr("{subject} against {reference}", subject=names[0], reference=names[1]))
        self.taken.emit()

    def figure(self) -> Figure | None:
        """The map as it leaves the app."""
        if self.outcomes is None or self.duel is None:
            return None
        return duel_figure(self._world, self._question.scenario, self.duel, self.outcomes, self._rates)

    def set_theme(self, name: str) -> None:
        """Paint everything in another theme."""
        self._theme = self.leaving.theme_name = name
        self.map.set_theme(name)
        self._draw()

    def close_work(self) -> None:
        """The window closes."""
        self.beside.close()
        self.leaving.close()


def _key_text() -> str:
    return tr(
        "The stronger the colour, the surer. Solid line: as likely as not; dashed lines: either wins in 80 % of the "
        "draws."
    )
