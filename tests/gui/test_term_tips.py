"""Words of our own at the side of the window say what they mean, in the language of the window."""

from PySide6.QtWidgets import QLabel

from ipuwhatif.figures.terms import terms
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle


def tips(window: MainWindow) -> dict[str, str]:
    return {label.text(): label.toolTip() for label in window.side.findChildren(QLabel)}


def test_that_labels_at_the_side_explain_their_words(window: MainWindow) -> None:
    said = tips(window)
    assert "closed division" in said["Division (recipe)"]
    assert "replicas" in said["Layout"]
    assert "stack" in said["Software on GPUs"]
    assert "round" in said["Software as of"]
    assert window.side.choices.recipe.whatsThis().endswith("Help, under Words, has them all.")


def test_that_they_do_so_in_the_other_language(window: MainWindow) -> None:
    english = {term.text for term in terms()}
    window.set_language("zh_CN")
    settle()
    assert not english & {term.text for term in terms()}
    assert sum(any(term.text in tip for term in terms()) for tip in tips(window).values()) >= 4
