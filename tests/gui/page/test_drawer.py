import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QTest

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.palette import theme
from ipuwhatif.charts.spec import Why, WhyRow, WhySection
from ipuwhatif.gui.page.drawer import WhyDrawer, why_html
from ipuwhatif.gui.window import MainWindow
from tests.gui.conftest import settle


def click_headline(window: MainWindow) -> None:
    """The first clickable part: the official score of the first system."""
    label = window.workspace.headline.label
    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=QPoint(24, label.height() - 14))
    settle()


def test_that_a_click_on_the_headlines_number_opens_its_source(window: MainWindow) -> None:
    click_headline(window)
    assert window.drawer.isVisible()
    assert window.drawer.value.text() == "28.33 min"
    page = window.drawer.body.toPlainText()
    assert "Graphcore, ipu-pod16-TF1" in page
    assert "MLPerf® Training v1.1" in page
    assert 'href="https://github.com/mlcommons/training_results_v1.1' in window.drawer.body.toHtml()


def test_that_a_click_on_a_projected_cell_shows_formula_terms_and_inputs(window: MainWindow) -> None:
    table = window.workspace.table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(1, 2)).center()
    )
    settle()
    assert window.drawer.title.text() == "IPU-POD64 (64 IPUs)"
    page = window.drawer.body.toPlainText()
    for heading in ("Formula", "Where the time goes", "Inputs", "Layout", "Evidence nearby"):
        assert heading in page
    assert window.question.selection == SystemChoice("ipu-pod", 64)


def test_that_the_drawer_follows_its_number(window: MainWindow) -> None:
    window.explain("projection/ipu-pod:16")
    before = window.drawer.value.text()
    assert window.levers is not None
    window.levers.rows["compute_gain"].moved.emit(1.5)
    settle()
    assert window.drawer.isVisible() and window.drawer.value.text() != before
    window.systems.boxes[SystemChoice("ipu-pod", 16)].click()
    settle()
    assert not window.drawer.isVisible(), "its number is not shown any more"


def test_that_escape_closes_the_drawer(window: MainWindow) -> None:
    click_headline(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not window.drawer.isVisible()


def test_that_a_curve_has_a_why_too(window: MainWindow) -> None:
    window.turn_to("scaling")
    settle()
    window.explain("projection/ipu-pod")
    assert window.drawer.isVisible() and window.drawer.title.text() == "IPU-POD"
    window.turn_to("compare")
    settle()
    assert not window.drawer.isVisible()


def test_that_sources_open_in_the_browser_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    for address in ("https://example.org/a", "http://example.org/b", "file:///etc/passwd", "javascript:alert(1)"):
        WhyDrawer.open_source(QUrl(address))
    assert opened == ["https://example.org/a", "http://example.org/b"]


def test_that_texts_of_the_drawer_are_escaped() -> None:
    evil = '<img src="x" onerror="y">&'
    origin = Origin(evil, evil, 'https://example.org/"><b>', None, None, "recalled")
    why = Why("k", evil, evil, evil, (WhySection(evil, (WhyRow(evil, evil, evil, origin), WhyRow(evil, ""))),))
    page = why_html(why, theme("light"))
    assert "<img" not in page and "<b>" not in page
    assert "date not known" in page and "not sourced" in page


def test_that_a_locator_that_is_no_web_address_is_no_link() -> None:
    origin = Origin("p", "t", "resources/evidence: file", "2021-12", None, "read")
    page = why_html(Why("k", "t", "v", "s", (WhySection("S", (WhyRow("n", "v", "", origin),)),)), theme("dark"))
    assert "href" not in page and "p: t" in page


def test_that_a_why_that_is_asked_for_in_another_theme_has_its_colours(window: MainWindow) -> None:
    window.set_theme("dark")
    click_headline(window)
    told = window.drawer.body.toHtml()
    assert theme("dark").accent in told and theme("light").accent not in told
    window.set_theme("light")


def test_that_the_reset_button_has_the_colour_of_the_theme(window: MainWindow) -> None:
    click_headline(window)

    def icon() -> QImage:
        return window.drawer.row.button.icon().pixmap(16, 16).toImage()

    light = icon()
    window.set_theme("dark")
    dark = icon()
    window.set_theme("light")
    assert not light.isNull() and dark != light and icon() == light
