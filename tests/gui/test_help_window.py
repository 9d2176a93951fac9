"""Help: the same pages in every language, and what they say about the marks is there."""

import pytest

from ipuwhatif.figures.terms import terms
from ipuwhatif.gui.help_window import BASIS, FILES, PAGES, SAYING, WORDS, page_text, page_title, show_help
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.texts import LANGUAGES
from tests.gui.conftest import settle


@pytest.mark.parametrize("page", FILES)
def test_that_a_page_is_there_in_every_language_with_the_same_sections(page: str) -> None:
    texts = {code: page_text(page, code) for code in LANGUAGES}
    assert len({text.count("**") for text in texts.values()}) == 1
    assert len({text.count("\n\n") for text in texts.values()}) == 1
    assert len({page_title(text) for text in texts.values()}) == len(LANGUAGES)


def test_that_the_help_opens_at_a_page_and_turns(window: MainWindow) -> None:
    shown = show_help(window, SAYING)
    assert "takes 1.63 × as long" in shown.text.toPlainText()
    shown.turn_to(BASIS)
    settle()
    assert "beyond the data" in shown.text.toPlainText()
    assert shown.list.count() == len(PAGES)
    shown.close()
    settle()


def test_that_a_page_of_the_help_has_every_word_that_the_tips_explain(window: MainWindow) -> None:
    shown = show_help(window, WORDS)
    said = shown.text.toPlainText()
    assert all(term.name in said and term.text in said for term in terms())
    shown.close()
    settle()


def test_that_there_is_one_help_however_often_it_is_asked_for(window: MainWindow) -> None:
    first = show_help(window, SAYING)
    assert show_help(window, BASIS) is first and first.page == BASIS
    first.close()
    settle()


def test_that_f1_and_the_menu_open_it(window: MainWindow) -> None:
    action = next(each for each in window.menus.children() if getattr(each, "text", str)() == "How far to trust it")
    action.trigger()
    settle()
    (shown,) = [each for each in window.children() if each.metaObject().className() == "HelpWindow"]
    assert "left out of everything the model learned" in shown.text.toPlainText()
    shown.close()
    settle()
