"""“Believe these”: which of the user's own results projections are to follow, under a name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ipuwhatif.analysis.learnt.believable import Believable
from ipuwhatif.analysis.world import World
from ipuwhatif.calibration.store import calibration_hash
from ipuwhatif.catalog.names import parse_system, system_name
from ipuwhatif.figures.scenarios.own_figures import measurement_text
from ipuwhatif.gui.theme import set_role
from ipuwhatif.importers.profiles import brought_profile
from ipuwhatif.scenario.profiles import MOST_RUNS, NAME, ProfileRun
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, told


class BelieveForm(QDialog):
    """Signals: `made` with the profile, a Brought, and whether the scenario is to follow it; who takes it closes."""

    made = Signal(object, bool)

    def __init__(self, found: Believable, name: str, world: World, parent: QWidget) -> None:
        super().__init__(parent)
        self._found, self._world = found, world
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Believe these"))
        self.resize(640, 480)
        self.name, self.follow = QLineEdit(name, self), QCheckBox(tr("Projections of this scenario follow it"), self)
        self.runs, self.told = QListWidget(self), QLabel(self)
        self._lay_out()
        self._fill()
        self.name.textChanged.connect(self._check)
        self.runs.itemChanged.connect(self._check)
        self._check()

    def chosen(self) -> tuple[ProfileRun, ...]:
        """The runs that are ticked."""
        return tuple(
            run
            for place, run in enumerate(self._found.runs)
            if self.runs.item(place).checkState() == Qt.CheckState.Checked
        )

    def _fill(self) -> None:
        for run in self._found.runs:
            item = QListWidgetItem(self._words(run), self.runs)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(run.hash)
        for each in self._found.refused:
            text = tr("Left out: {fault}", fault=told(each))
            item = QListWidgetItem(text, self.runs)
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _words(self, run: ProfileRun) -> str:
        """ "DGX A100 (8 GPUs) · ResNet-50 · 31 min · 2021-12 · runs.csv, row 4"."""
        catalog = self._world.catalog
        workload = catalog.workloads[run.workload]
        system = system_name(parse_system(run.system, catalog), catalog)
        measured = measurement_text(run.measurement, workload)
        parts = (system, told(workload.name), measured, run.software, run.release, run.read_from)
        return " · ".join(part for part in parts if part)

    def _check(self) -> None:
        """What is wrong, or how many are believed."""
        count, named = len(self.chosen()), bool(NAME.fullmatch(self.name.text()))
        if not named:
            text = tr("A name has small letters, digits and hyphens, up to 60")
        elif not 1 <= count <= MOST_RUNS:
            text = tr("a profile has from 1 to {most} runs", most=format_number(MOST_RUNS))
        else:
            text = tr(
                "{count} results are believed; the shipped calibration stays as it is", count=format_number(count)
            )
        self.told.setText(text)
        right = named and 1 <= count <= MOST_RUNS
        set_role(self.told, "caption" if right else "warning")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(right)

    def _take(self) -> None:
        hash_of, catalog = calibration_hash(self._world.calibration), self._world.catalog
        try:
            thing = brought_profile(self.name.text(), self.chosen(), hash_of, catalog)
        except InputError as error:
            self.told.setText(str(error))
            set_role(self.told, "warning")
            return
        self.made.emit(thing, self.follow.isChecked())

    def _lay_out(self) -> None:
        self.follow.setChecked(True)
        self.name.setAccessibleName(tr("Name of the profile"))
        self.runs.setAccessibleName(tr("Your own results"))
        self.runs.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        form = QFormLayout()
        form.addRow(tr("Name"), self.name)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.button(kinds.Ok).setText(tr("Believe these"))
        self.buttons.button(kinds.Cancel).setText(tr("Cancel"))
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(form)
        whole.addWidget(self.runs, 1)
        for widget in (self.told, self.follow, self.buttons):
            whole.addWidget(widget)
