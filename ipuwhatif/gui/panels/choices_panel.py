"""Workload, recipe or published software, release and layout policy as drop-down lists; none that would do nothing."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ipuwhatif.catalog.software import software_choices, software_name, usual_class
from ipuwhatif.catalog.types import RELATIVE, TARGET, Catalog, Workload
from ipuwhatif.figures.scenarios.names import policy_name
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.list_box import ListBox
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.scenario.edits import Edit, set_policy, set_recipe, set_release, set_software, set_workload
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

_SECTORS = {
    "vision": marked("Vision"),
    "language": marked("Language"),
    "finance": marked("Finance"),
    "insurance": marked("Insurance"),
    "weather": marked("Weather"),
    "own": marked("Your own networks"),
}


class ChoicesPanel(QWidget):
    """Shows the scenario's choices and asks for edits; it holds nothing."""

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._shown: tuple[str, ...] = ()
        self._offered: tuple[str, tuple[str, ...]] = ("", ())
        self._titles: dict[QComboBox, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setRowMinimumHeight(2, GAP // 2)
        self.workload = self._list(tr("Workload"), 0, 0, lambda key: set_workload(question.scenario, key, catalog))
        self.recipe = self._list(tr("Division (recipe)"), 0, 1, lambda key: set_recipe(question.scenario, key))
        self.policy = self._list(tr("Layout"), 3, 0, lambda key: set_policy(question.scenario, key))
        self.release = self._list(tr("Software as of"), 3, 1, lambda key: set_release(question.scenario, key))
        self.software = self._list(
            tr("Software on GPUs"), 3, 0, lambda key: set_software(question.scenario, key, catalog)
        )
        self.told = QLabel(tr("Known by a stated ratio only: systems and levers say nothing about this job."), self)
        self.told.setWordWrap(True)
        set_role(self.told, "caption")
        self._grid.addWidget(self.told, 8, 0, 1, 2)
        self._offer_workloads()
        for policy in LAYOUT_POLICIES:
            self.policy.addItem(policy_name(policy), policy)
        for release in catalog.releases.values():
            self.release.addItem(release.key, release.key)
            if not release.mlperf_round:
                self.release.setItemData(
                    self.release.count() - 1, told(release.origin.note), Qt.ItemDataRole.ToolTipRole
                )
        question.changed.connect(self.refresh)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.workload, self.recipe, self.software, self.policy, self.release]

    def refresh(self) -> None:
        scenario = self._question.scenario
        shown = (scenario.workload, scenario.recipe, scenario.policy, scenario.release, scenario.software)
        if shown == self._shown:  # a lever moved
            return
        self._shown = shown
        workload = self._catalog.workloads[scenario.workload]
        if self.workload.findData(workload.key) < 0:  # a network of the user's own has joined the catalog
            with QSignalBlocker(self.workload):
                self._offer_workloads()
        self._show_fields(workload)
        self._offer_software(workload)
        recipes = workload.recipes
        if [self.recipe.itemData(index) for index in range(self.recipe.count())] != list(recipes):
            with QSignalBlocker(self.recipe):
                self.recipe.clear()
                for recipe in recipes:
                    self.recipe.addItem(tr(recipe), recipe)
        for field, key in (
            (self.workload, scenario.workload),
            (self.recipe, scenario.recipe),
            (self.policy, scenario.policy),
            (self.release, scenario.release),
            (self.software, scenario.software),
        ):
            with QSignalBlocker(field):
                field.setCurrentIndex(field.findData(key))

    def _offer_workloads(self) -> None:
        """Every workload under the name of its sector, which cannot be chosen."""
        items = self.workload.model()
        assert isinstance(items, QStandardItemModel)
        items.clear()
        present = dict.fromkeys(workload.sector for workload in self._catalog.workloads.values())
        for sector in sorted(present, key=lambda sector: [*_SECTORS, sector].index(sector)):
            heading = QStandardItem(tr(_SECTORS.get(sector, sector)))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            items.appendRow(heading)
            for workload in self._catalog.workloads.values():
                if workload.sector == sector:
                    self.workload.addItem(told(workload.name), workload.key)
        self.workload.setMaxVisibleItems(items.rowCount())

    def _show_fields(self, workload: Workload) -> None:
        """What means something for the workload: entries have divisions and layouts, some jobs published software."""
        shown = {
            self.software: bool(software_choices(workload, self._catalog)),
            self.recipe: workload.kind == TARGET,
            self.policy: workload.kind == TARGET,
            self.release: workload.kind != RELATIVE,
        }
        self.told.setVisible(workload.kind == RELATIVE)
        for field, visible in shown.items():
            field.setVisible(visible)
            self._titles[field].setVisible(visible)
        # Workload, software and release over the whole width where nothing stands beside them: names of software
        # are long ("a framework as people run it"), and one that is cut cannot be told from the next.
        self._grid.addWidget(self.workload, 1, 0, 1, 1 if shown[self.recipe] else 2)
        self._grid.addWidget(self._titles[self.software], 3, 0)
        self._grid.addWidget(self.software, 4, 0, 1, 2)
        self._grid.setRowMinimumHeight(5, GAP // 2 if shown[self.software] else 0)
        column = 1 if shown[self.policy] else 0
        self._grid.addWidget(self._titles[self.policy], 6, 0)
        self._grid.addWidget(self.policy, 7, 0)
        self._grid.addWidget(self._titles[self.release], 6, column)
        self._grid.addWidget(self.release, 7, column, 1, 2 - column)

    def _offer_software(self, workload: Workload) -> None:
        keys = ("", *software_choices(workload, self._catalog))
        if (workload.key, keys) == self._offered:
            return
        self._offered = workload.key, keys
        with QSignalBlocker(self.software):
            self.software.clear()
            for key in keys:
                self.software.addItem(told(software_name(self._catalog, key or usual_class(workload))), key)
        self.software.view().setMinimumWidth(self.software.view().sizeHintForColumn(0) + 24)

    def _list(self, title: str, row: int, column: int, edit: Callable[[str], Edit]) -> QComboBox:
        """A titled list; choosing an entry makes the edit for its key."""
        label, field = QLabel(title, self), ListBox(self)
        set_role(label, "heading")
        label.setBuddy(field)
        field.setAccessibleName(title)
        field.setMinimumContentsLength(6)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.activated.connect(lambda index: self._question.apply(edit(field.itemData(index))))
        self._titles[field] = label
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(field, row + 1, column)
        return field
