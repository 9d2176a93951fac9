"""A small window with a question, a world and a Scenario menu: what bar and palette need, without a canvas."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from ipuwhatif.analysis.world import load_world
from ipuwhatif.gui.answering.question import Question
from ipuwhatif.gui.menu_action import Place
from ipuwhatif.gui.scenarios.scenario_menu import ScenarioMenu
from ipuwhatif.gui.theme import LIGHT
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, Document


class Host(QMainWindow):
    def __init__(self, document: Document = FIRST_DOCUMENT, documents: object = None) -> None:
        super().__init__()
        self.question = Question(document, self)
        self.world = load_world()
        self.documents = documents
        self.turned: list[str] = []
        self.fields: list[str] = []
        self.theme_name = LIGHT
        self.scenarios = ScenarioMenu(self.menuBar().addMenu("&Scenario"), self)
        self.view = self.menuBar().addMenu("&View")
        self.view.setObjectName(Place.VIEW)
        self.view.addAction("Scaling", "Ctrl+2", lambda: self.turn_to("scaling")).setData("scaling")
        self.view.addSeparator()
        self.view.addAction("Fish && chips…")
        self.resize(1200, 640)
        self.setCentralWidget(QWidget(self))

    def turn_to(self, question: str, view: str = "") -> None:
        self.turned.append(view or question)

    def show_lever(self, key: str) -> None:
        self.fields.append(key)

    def show_price(self) -> None:
        self.fields.append("price")

    def set_theme(self, name: str) -> None:
        self.theme_name = name


def press(widget: QWidget, key, modifier=None) -> None:
    QTest.keyClick(widget, key) if modifier is None else QTest.keyClick(widget, key, modifier)
