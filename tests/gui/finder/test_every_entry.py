"""Everything that the catalog, the levers and the menus have is typed into the finder by its own name, and chosen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.software import software_choices, software_name
from ipuwhatif.figures.scenarios.names import basis_name, policy_name
from ipuwhatif.gui.answering.question import QUESTIONS, question_names
from ipuwhatif.gui.answering.view_options import VIEWS, view_name
from ipuwhatif.gui.finder.matching import found, is_sure
from ipuwhatif.gui.finder.palette_entries import entries
from ipuwhatif.gui.keys_dialog import keys_text, menu_actions, plain_text
from ipuwhatif.gui.menus import FIND
from ipuwhatif.gui.page.panes import NOTES, SIDE, TABLE, WHY
from ipuwhatif.gui.theme import DARK, LIGHT, PROJECTOR
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.model.case import LAYOUT_POLICIES
from ipuwhatif.scenario.levers import LEVER
from ipuwhatif.scenario.scenario import BASES
from ipuwhatif.texts import CHINESE, ENGLISH, LANGUAGES, language
from ipuwhatif.units import told
from tests.gui.conftest import settle
from tests.gui.scripted import CATALOG, LEVERS


def choose(window: MainWindow, text: str, kind: str) -> str:
    """Type a name and press Return on what is offered first; returns how it was said to stand."""
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = window.finder
    finder.line.setText(text)
    finder.line.textEdited.emit(text)
    row = finder.list.currentIndex().row()
    assert row == 0, f"{text}: {[each.text for each in finder.shown[:5]]} {finder.fault.text()}"
    first = finder.shown[0]
    assert (text in (first.text, *first.names) or text in first.text, first.kind) == (True, kind), (text, first)
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert not finder.isVisible(), finder.fault.text()
    return first.told


def test_that_every_view_is_shown(window: MainWindow) -> None:
    tabs = dict(zip(QUESTIONS, question_names(), strict=True))
    for question, name in reversed(tabs.items()):
        choose(window, name, "view")
        assert window.shown_question == question
    for question, views in VIEWS.items():
        for view in reversed(views):
            assert choose(window, view_name(view), "view") == tabs[question]
            assert (window.shown_question, window.workspace.tools.look(None).view) == (question, view)


def test_that_every_system_is_ticked_and_unticked_as_is_said(window: MainWindow) -> None:
    for choice in CATALOG.presets.values():
        there = choice in window.question.scenario.systems
        for ticked in (there, not there):
            told = choose(window, system_name(choice, CATALOG), "system")
            assert told == ("untick it" if ticked else "tick it")
            assert (choice in window.question.scenario.systems) is not ticked


def test_that_every_preset_and_chip_is_found_by_its_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    for key, choice in CATALOG.presets.items():
        for text in (key, choice.key, choice.system, CATALOG.chip_of(choice).name):
            window.finder.line.setText(text)
            window.finder.line.textEdited.emit(text)
            systems = [each.text for each in window.finder.shown if each.kind == "system"]
            assert system_name(choice, CATALOG) in systems, text


def test_that_every_workload_with_its_software_is_chosen(window: MainWindow) -> None:
    for key, workload in CATALOG.workloads.items():
        choose(window, told(workload.name), "workload")
        assert window.question.scenario.workload == key
        for software in software_choices(workload, CATALOG)[:2]:
            choose(window, told(software_name(CATALOG, software)), "software")
            assert window.question.scenario.software == software


def test_that_all_software_is_chosen_where_it_runs(window: MainWindow) -> None:
    choose(window, "EfficientNet-B4", "workload")
    workload = CATALOG.workloads["efficientnet-b4"]
    for key in (*software_choices(workload, CATALOG), ""):
        choose(window, told(software_name(CATALOG, key)), "software")
        assert window.question.scenario.software == key


def test_that_every_other_choice_of_the_scenario_is_made(window: MainWindow) -> None:
    choose(window, "BERT-Large", "workload")
    for key in CATALOG.releases:
        choose(window, key, "software")
        assert window.question.scenario.release == key
    for key in reversed(CATALOG.workloads["bert-large"].recipes):
        choose(window, f"{key} division", "division")
        assert window.question.scenario.recipe == key
    for key in reversed(LAYOUT_POLICIES):
        choose(window, policy_name(key), "layout")
        assert window.question.scenario.policy == key
    for key in reversed(BASES):
        choose(window, basis_name(key), "compared by")
        assert window.question.scenario.basis == key
    for choice in reversed(window.question.scenario.systems):
        choose(window, f"Reference {system_name(choice, CATALOG)}", "reference")
        assert window.question.scenario.reference == choice.key
    for choice in reversed(window.question.scenario.systems[1:]):
        choose(window, f"Subject {system_name(choice, CATALOG)}", "subject")
        assert window.question.scenario.subject == choice.key


def test_that_the_price_of_every_ticked_system_leads_to_its_field(window: MainWindow) -> None:
    window.switch_pane(SIDE)
    for choice in window.question.scenario.systems:
        assert choose(window, f"Price of {system_name(choice, CATALOG)}", "price") == "not stated"
        assert window.question.selection == choice and window.side.prices.row.field.hasFocus()
        assert window.shows_pane(SIDE) and system_name(choice, CATALOG) in window.side.prices.heading.text()


def test_that_every_lever_and_assumption_leads_to_its_field(window: MainWindow) -> None:
    choose(window, "Llama 3.1 8B", "workload")
    settle()
    window.switch_pane(SIDE)
    for key, lever in LEVERS.items():
        choose(window, lever.name, "lever" if lever.kind == LEVER else "assumption")
        panel = window.side.levers if lever.kind == LEVER else window.side.assumptions
        assert panel.rows[key].field.hasFocus() and panel.rows[key].field.isVisible(), key


def test_that_a_lever_leads_to_its_field_though_an_explanation_stands_in_its_place(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    window.switch_pane(WHY)
    settle()
    assert not window.side.isVisible()
    choose(window, "Compute gain", "lever")
    assert window.levers.rows["compute_gain"].field.hasFocus() and window.side.isVisible()


def test_that_every_command_of_the_menus_is_given(window: MainWindow) -> None:
    window.menus.presents.fill()
    given: list[str] = []
    actions = [(menu, each) for menu, each in menu_actions(window.menuBar()) if each.objectName() != FIND]
    for _, action in actions:
        action.triggered.disconnect()
        action.triggered.connect(lambda _checked=False, action=action: given.append(action.text()))
    for _, action in actions:
        action.setCheckable(False)  # so that the menu stays as it is
        action.setEnabled(True)
        text = plain_text(action.text())
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        window.finder.line.setText(text)
        window.finder.line.textEdited.emit(text)
        first = window.finder.shown[0]
        assert (first.text, first.keys) == (text, keys_text(action).partition(", ")[0])
        QTest.keyClick(window.finder.line, Qt.Key.Key_Return)
        assert given[-1:] == [action.text()]
    assert len(given) == len(actions)


def test_that_every_story_is_presented(window: MainWindow) -> None:
    window.menus.presents.fill()
    for story in window.menus.presents.told:
        choose(window, story.title, "story")
        assert window.menus.presents.presentation.talk.story == story.key
        window.menus.presents.presentation.close()
        settle()


@pytest.mark.parametrize("theme", [DARK, PROJECTOR])
def test_that_every_theme_and_the_official_results_are_switched(window: MainWindow, theme: str) -> None:
    choose(window, {DARK: "Dark theme", PROJECTOR: "Projector theme"}[theme], "setting")
    assert window.theme_name == theme
    choose(window, "Light theme", "setting")
    assert window.theme_name == LIGHT
    assert choose(window, "Show official results", "setting") == "on"
    assert not window.question.scenario.show_official


def test_that_who_asks_for_official_results_is_shown_them_and_hides_none(window: MainWindow) -> None:
    choose(window, "Official results", "view")
    assert window.question.scenario.show_official


def test_that_every_pane_is_shown_and_hidden(window: MainWindow) -> None:
    for pane in (SIDE, TABLE, NOTES, WHY):
        shown = window.shows_pane(pane)
        told = choose(window, plain_text(window.menus.panes[pane].text()), "setting")
        settle()
        assert (told == "on", window.shows_pane(pane)) == (shown, not shown)


def test_that_every_language_is_spoken_and_names_are_found_in_it(window: MainWindow) -> None:
    choose(window, LANGUAGES[CHINESE], "language")
    settle()
    assert language() == CHINESE
    for views in VIEWS.values():
        for view in views:
            choose(window, view_name(view), "视图")
            assert window.workspace.tools.look(None).view == view
    assert choose(window, "微批 4", "调节项") == "设定"
    assert window.question.scenario.levers == {"ipu-pod:16.micro_batch": 4.0}
    choose(window, LANGUAGES[ENGLISH], "语言")
    settle()
    assert language() == ENGLISH


def test_that_the_presenters_view_is_found_by_its_name(window: MainWindow) -> None:
    offered = found(entries(window), "presenter")
    assert [each.text for _, each in offered] == ["Present"]
    assert is_sure("presenter", offered)
