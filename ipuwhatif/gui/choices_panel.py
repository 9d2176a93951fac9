"""Workload, recipe, release and layout policy as four drop-down lists."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.gui.question import Question
from ipuwhatif.gui.theme import GAP, set_role
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.scenario.edits import Edit, policy_name, set_policy, set_recipe, set_release, set_workload
from ipuwhatif.texts import tr


class ChoicesPanel(QWidget):
    """Shows the document's choices and asks for edits; it holds nothing."""

    def __init__(self, question: Question, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._catalog = catalog
        self._shown: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._grid.setRowMinimumHeight(2, GAP // 2)
        self.workload = self._list(tr("Workload"), 0, 0, lambda key: set_workload(question.document, key, catalog))
        self.recipe = self._list(tr("Division (recipe)"), 0, 1, lambda key: set_recipe(question.document, key))
        self.policy = self._list(tr("Layout"), 3, 0, lambda key: set_policy(question.document, key))
        self.release = self._list(tr("Software as of"), 3, 1, lambda key: set_release(question.document, key))
        for workload in catalog.workloads.values():
            self.workload.addItem(workload.name, workload.key)
        for policy in LAYOUT_POLICIES:
            self.policy.addItem(policy_name(policy), policy)
        for release in catalog.releases.values():
            self.release.addItem(release.key, release.key)
        question.changed.connect(self.refresh)
        self.refresh()

    def controls(self) -> list[QWidget]:
        """Everything that takes the keyboard, in reading order."""
        return [self.workload, self.recipe, self.policy, self.release]

    def refresh(self) -> None:
        document = self._question.document
        shown = (document.workload, document.recipe, document.policy, document.release)
        if shown == self._shown:  # a lever moved
            return
        self._shown = shown
        recipes = self._catalog.workloads[document.workload].recipes
        if [self.recipe.itemData(index) for index in range(self.recipe.count())] != list(recipes):
            with QSignalBlocker(self.recipe):
                self.recipe.clear()
                for recipe in recipes:
                    self.recipe.addItem(recipe, recipe)
        for field, key in (
            (self.workload, document.workload),
            (self.recipe, document.recipe),
            (self.policy, document.policy),
            (self.release, document.release),
        ):
            with QSignalBlocker(field):
                field.setCurrentIndex(field.findData(key))

    def _list(self, title: str, row: int, column: int, edit: Callable[[str], Edit]) -> QComboBox:
        """A titled list; choosing an entry makes the edit for its key."""
        label, field = QLabel(title, self), QComboBox(self)
        set_role(label, "heading")
        label.setBuddy(field)
        field.setAccessibleName(title)
        field.setMinimumContentsLength(6)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.activated.connect(lambda index: self._question.apply(edit(field.itemData(index))))
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(field, row + 1, column)
        return field
