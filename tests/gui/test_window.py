import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui import window as window_module
from ipuwhatif.gui.answering.question import COMPARE, SCALING
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit, set_target
from ipuwhatif.scenario.scenario import FIRST_START
from tests.gui.conftest import figure_of, projected, settle


def test_that_the_first_start_is_exactly_as_described(window: MainWindow) -> None:
    assert window.question.scenario == FIRST_START
    assert window.shown_question == COMPARE
    assert list(projected(window)) == [
        "IPU-POD16 (16 IPUs)",
        "IPU-POD64 (64 IPUs)",
        "IPU-POD256 (256 IPUs)",
        "DGX A100 (8 GPUs)",
        "8 × DGX A100 (64 GPUs)",
    ]
    headline = figure_of(window).headline.text
    assert headline.startswith(
        "IPU-POD16 (16 IPUs) 28.33 min · DGX A100 (8 GPUs) 29.15 min · official MLPerf® Training v1.1"
    )
    assert window.workspace.headline.bert_link.text() == "See BERT-Large"
    assert "one minute" in window.workspace.headline.minute_link.text()
    tabs = window.workspace.tabs
    assert [tabs.tabText(index) for index in range(tabs.count())] == [
        "Compare",
        "Scaling",
        "Breakdown",
        "Sensitivity",
        "Cost",
        "Evidence",
    ]
    assert not window.drawer.isVisible()
    assert window.systems.reference.currentText() == "DGX A100 (8 GPUs)"
    assert not window.question.undo_stack.canUndo()


def test_that_the_shell_stands_before_model_and_canvas_are_loaded(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert window.world is None and window.canvas is None
    with qtbot.waitSignal(window.answered, timeout=30_000):
        window.show()
    assert window.canvas is not None and window.workspace.figure is not None


def test_that_the_bert_link_leads_to_bert_and_back(window: MainWindow) -> None:
    QTest.mouseClick(window.workspace.headline.bert_link, Qt.MouseButton.LeftButton)
    settle()
    assert window.question.scenario.workload == "bert-large"
    assert "1.63 × as long" in figure_of(window).headline.text
    assert window.workspace.headline.bert_link.text() == "See ResNet-50"
    QTest.mouseClick(window.workspace.headline.bert_link, Qt.MouseButton.LeftButton)
    settle()
    assert window.question.scenario == FIRST_START


def test_that_the_minute_link_shows_curves_whose_axis_reaches_one_minute(window: MainWindow) -> None:
    QTest.mouseClick(window.workspace.headline.minute_link, Qt.MouseButton.LeftButton)
    settle()
    chart = figure_of(window).chart
    assert chart.kind == "scaling"
    assert chart.y_axis.low <= 60.0 <= chart.y_axis.high
    assert not window.workspace.headline.minute_link.isVisible()


def test_that_tabs_turn_by_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.shown_question == SCALING
    assert figure_of(window).chart.kind == "scaling"
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert figure_of(window).chart.kind == "compare"


def test_that_recipe_release_and_layout_are_edits_of_the_scenario(window: MainWindow) -> None:
    window.workspace.headline.bert_link.click()
    settle()
    for field, key in (
        (window.choices.recipe, "open"),
        (window.choices.policy, "as-submitted"),
        (window.choices.release, "2021-06"),
    ):
        field.setCurrentIndex(field.findData(key))
        field.activated.emit(field.currentIndex())
        settle()
    scenario = window.question.scenario
    assert (scenario.recipe, scenario.policy, scenario.release) == ("open", "as-submitted", "2021-06")
    assert "open division" in figure_of(window).chart.title
    assert window.question.undo_stack.count() == 4


def test_that_no_system_ticked_is_told_in_words(window: MainWindow) -> None:
    for choice in FIRST_START.systems:
        window.systems.boxes[choice].click()
    settle()
    assert window.workspace.figure is None
    assert "No system is ticked" in window.workspace.message.text()
    assert not window.workspace.table.isVisible()
    window.question.undo_stack.undo()
    settle()
    assert list(projected(window)) == ["8 × DGX A100 (64 GPUs)"]


def test_that_a_system_too_small_for_the_job_is_told_in_place_and_hides_no_other(window: MainWindow) -> None:
    window.workspace.headline.bert_link.click()
    window.systems.chips.setText("1")
    window.systems.add.click()
    settle()
    told = window.workspace.fault
    assert told.text() == "IPU-POD (1 IPU): no projection; a click on its row says why."
    assert "does not fit" in told.toolTip() and "4 IPUs" in told.toolTip()
    assert window.workspace.fault.isVisible()
    assert len(projected(window)) == len(FIRST_START.systems)
    box = window.systems.boxes[SystemChoice("ipu-pod", 1)]
    assert box.isVisible() and box.reason.isVisible()
    assert box.reason.text() == "IPU-POD (1) cannot run this job" and "4 IPUs" in box.reason.toolTip()
    last = figure_of(window).table.rows[-1]
    assert (last[0].text, last[4].text) == ("IPU-POD (1 IPU)", "no projection")
    window.explain(last[0].key)
    assert "does not fit" in window.drawer.summary.text()
    box.click()
    settle()
    assert not window.workspace.fault.isVisible()


def test_that_only_systems_too_small_are_told_instead_of_a_chart(window: MainWindow) -> None:
    window.workspace.headline.bert_link.click()
    window.systems.chips.setText("1")
    window.systems.add.click()
    for choice in FIRST_START.systems:
        window.systems.boxes[choice].click()
    settle()
    assert window.workspace.figure is None
    assert "does not fit" in window.workspace.message.text() and "4 IPUs" in window.workspace.message.text()


def test_that_official_results_can_be_hidden_with_one_click(window: MainWindow) -> None:
    assert window.canvas is not None and window.canvas.spec is not None
    assert len(window.canvas.spec.marks) == 5
    window.menus.official.trigger()
    settle()
    assert window.canvas.spec.marks == ()
    assert "official" not in figure_of(window).headline.text
    assert window.question.undo_stack.undoText() == "Hide official results"


def test_that_the_selected_row_says_whose_levers_are_shown(window: MainWindow) -> None:
    assert window.levers is not None
    assert window.levers.titles["family"].text() == "Levers of every IPU system"
    table = window.workspace.table
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(3, 2)).center()
    )
    settle()
    assert window.question.selection == SystemChoice("dgx-a100", 8)
    assert window.levers.titles["family"].text() == "Levers of every GPU system"
    assert window.levers.titles["system"].text() == "Levers of DGX A100 (8 GPUs) alone"


def test_that_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider):
        for control in window.centralWidget().findChildren(kind):
            if control.isVisible() and not isinstance(control.parent(), QComboBox):
                assert control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()), control


def test_that_the_tab_key_reads_the_window_in_order(window: MainWindow) -> None:
    window.systems.chips.setText("48")
    window.systems.add.click()
    settle()
    assert window.levers is not None
    window.choices.workload.setFocus()
    places = []
    for _ in range(80):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        places.append(window.focusWidget())
        if places[-1] is window.workspace.table:
            break
    boxes = [box for box in window.systems.boxes.values() if box.isVisible()]
    assert len(boxes) >= 5
    order = [
        window.choices.release,
        window.systems.search,
        *boxes,
        window.systems.reference,
        window.levers.rows["compute_gain"].slider,
        window.levers.rows["compute_gain"].field,
        window.levers.rows["global_batch"].slider,
        window.workspace.tabs,
        window.workspace.headline.bert_link,
        window.workspace.headline.label,
        window.workspace.table,
    ]
    ranks = [places.index(control) for control in order]
    assert ranks == sorted(ranks)


def test_that_nothing_is_clipped_at_the_size_of_a_small_laptop(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1366, 768)
    page = QRect(QPoint(0, 0), window.size())
    for widget in window.centralWidget().findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel | QAbstractButton | QSlider | QLineEdit | QComboBox):
            place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
            visible = widget.visibleRegion().boundingRect().size()
            if window.side.isAncestorOf(widget):  # which scrolls: at its lower edge a row may be cut
                assert page.left() <= place.left() and place.right() <= window.side.viewport().width(), widget
                assert visible.width() == widget.width(), widget
            else:
                assert page.contains(place), widget
                assert visible == widget.size(), (widget, getattr(widget, "text", str)())
            if isinstance(widget, QLabel) and not widget.wordWrap():
                assert widget.width() >= widget.sizeHint().width(), widget.text()
    table = window.workspace.table
    assert not table.horizontalScrollBar().isVisible() and not table.verticalScrollBar().isVisible()


def test_that_a_window_closes_cleanly_with_work_still_due(qtbot: QtBot) -> None:
    window = MainWindow()
    window.show()
    window.load()
    window.turn_to(SCALING)
    window.close()
    window.deleteLater()
    settle()


def test_that_the_first_answer_is_painted_before_the_panels_beside_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window_module.PAINTED_MS >= 16, "less than a frame of a window system"
    monkeypatch.setattr(window_module, "PAINTED_MS", 2000)  # a busy machine paints later
    window = MainWindow()
    qtbot.addWidget(window)
    order: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and window.workspace.figure is not None:
                order.append("panels" if window.levers is not None else "chart alone")
            return False

    watch = Watch(window)
    window.show()
    window.load()
    assert window.canvas is not None
    window.canvas.viewport().installEventFilter(watch)
    qtbot.waitUntil(lambda: window.levers is not None, timeout=30_000)
    assert order[:1] == ["chart alone"]


def test_that_the_keyboard_goes_back_past_the_headline(window: MainWindow) -> None:
    window.activateWindow()
    window.workspace.headline.label.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    for _ in range(12):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert QApplication.focusWidget() is not window.workspace.headline.label


def test_that_one_minute_is_asked_about_where_somebody_took_less(window: MainWindow) -> None:
    rack = SystemChoice("gb200-nvl72", 72)
    window.question.show(
        replace(FIRST_START, workload="llama31-405b", release="2025-06", systems=(rack,), reference=rack.key)
    )
    settle()
    assert figure_of(window).headline.text and not window.workspace.headline.minute_link.isVisible()
    window.question.show(replace(FIRST_START, workload="bert-large"))
    settle()
    assert window.workspace.headline.minute_link.isVisible()


def test_that_a_step_that_changes_nothing_about_it_is_not_offered_for_undoing(window: MainWindow) -> None:
    pod = SystemChoice("ipu-pod", 1)
    window.question.apply(Edit(replace(FIRST_START, workload="bert-large", systems=(pod,), reference=pod.key), "One"))
    settle()
    assert [each.text() for each in window.workspace.empty.ways.buttons][-1] == "Undo: One"
    window.question.apply(set_target(window.question.scenario, 60.0))
    settle()
    assert not [each for each in window.workspace.empty.ways.buttons if "Undo" in each.text()]
