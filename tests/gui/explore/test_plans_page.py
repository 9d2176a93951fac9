"""Plans as they are used: a picture at once, selected, filtered, listed, read, exported, and made a scenario."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.explore.plans import system_words
from ipuwhatif.analysis.sweep.axes import CHIPS, SYSTEM
from ipuwhatif.analysis.sweep.costs import ENERGY, MONEY
from ipuwhatif.analysis.sweep.quantities import BASIS
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.gui.explore.explore_window import ExploreWindow
from ipuwhatif.gui.explore.plans_page import PlansPage
from ipuwhatif.gui.window import MainWindow
from ipuwhatif.records import replace
from ipuwhatif.scenario.edits import Edit
from ipuwhatif.scenario.measurements import THROUGHPUT, Measurement
from ipuwhatif.scenario.own_edits import set_measurement, set_price
from ipuwhatif.scenario.prices.prices import OWN, RENT, Price
from tests.gui.conftest import settle
from tests.gui.explore.conftest import answered, wait_until

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def spot_of(page: PlansPage, row: int) -> QPoint:
    box = page.cloud.getPlotItem().getViewBox()
    x, y = page.cloud.places_x[row], page.cloud.places_y[row]
    return page.cloud.mapFromScene(box.mapViewToScene(QPointF(float(x), float(y))))


def show(page: PlansPage, name: str, box_name: str = "against") -> None:
    box = getattr(page.side, box_name)
    box.setCurrentIndex(box.findData(name))


def brush(page: PlansPage, first: QPoint, last: QPoint, modifier: Qt.KeyboardModifier) -> None:
    """Drag from a place to another; to the page itself, as the platform moves the pointer over the window beneath."""
    view = page.cloud.viewport()
    for kind, at, button, held in (
        (QEvent.Type.MouseButtonPress, first, LEFT, LEFT),
        (QEvent.Type.MouseMove, (first + last) / 2, NONE, LEFT),
        (QEvent.Type.MouseMove, last, NONE, LEFT),
        (QEvent.Type.MouseButtonRelease, last, LEFT, NONE),
    ):
        there = QPointF(view.mapToGlobal(at))
        QApplication.sendEvent(view, QMouseEvent(kind, QPointF(at), there, button, held, modifier))
    settle()


def test_that_all_sizes_of_the_ticked_systems_are_there_with_the_best_of_them(explore: ExploreWindow) -> None:
    page = explore.plans
    assert page.plans is not None and len(page.plans) > 20
    assert "plans are on the front" in page.told.text() and "DGX A100" in page.told.text()
    assert page.front[-1] == page.plans.time_s.argmin() and page.list.rows == page.front
    assert "system DGX A100 (over 99 %)" in page.notes.text()


def test_that_more_is_asked_by_a_tick_and_another_axis_without_asking_again(explore: ExploreWindow) -> None:
    page = explore.plans
    few, plans = len(page.plans), page.plans
    show(page, ENERGY)
    assert page.plans is plans and "takes less (energy)" in page.told.text()
    QTest.mouseClick(page.side.systems, LEFT, pos=QPoint(8, page.side.systems.height() // 2))
    assert page.side.systems.isChecked()
    wait_until(lambda: answered(page))
    assert len(page.plans) > 4 * few


def test_that_a_plan_is_read_under_the_pointer_and_a_click_makes_it_a_scenario(
    window: MainWindow, explore: ExploreWindow
) -> None:
    page = explore.plans
    row, view = page.front[-1], page.cloud.viewport()
    spot = spot_of(page, row)
    there = QPointF(view.mapToGlobal(spot))
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(spot), there, NONE, NONE, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, moved)
    settle()
    assert page.read.text().startswith("540 × DGX A100 (4,320 GPUs)")
    assert " · 80 % interval " in page.read.text() and "the fastest in over 99 %" in page.read.text()
    assert not page.use.isEnabled()
    QTest.mouseClick(view, LEFT, pos=spot)
    settle()
    assert page.selected == row and page.use.isEnabled()
    assert page.list.table.currentIndex().row() == page.list.rows.index(row)
    QTest.mouseClick(page.use, LEFT)
    settle()
    assert [each.key for each in window.question.scenario.systems][-1] == "dgx-a100:4320"
    assert len(window.question.document.scenarios) == 2
    assert window.question.undo_stack.undoText().startswith("Add scenario B")


def test_that_without_a_price_money_says_how_to_give_one_and_a_price_fills_it(
    window: MainWindow, explore: ExploreWindow
) -> None:
    page, plans = explore.plans, explore.plans.plans
    show(page, MONEY)
    assert page.notes.text().startswith("25 of 25 plans have no price and are left out, since none is assumed")
    assert "No plan has a figure" in page.told.text() and page.figure() is None
    QTest.mouseClick(page.side.prices, LEFT)
    assert window.workspace.prices is not None and window.workspace.prices.is_wanted
    choice = next(each for each in window.question.scenario.systems if each.key == "ipu-pod:64")
    rented = Price(27.2, "USD", RENT, "2021", "a quote", OWN)
    window.question.apply(set_price(window.question.scenario, choice, rented, window.world.catalog))
    assert page.plans is plans  # nothing is asked anew
    wait_until(lambda: answered(page))
    assert page.against == MONEY and page.side.against.currentText() == "Money (USD)"
    assert page.notes.text().startswith("14 of 25 plans have no price") and "state a price for DGX A100" in (
        page.notes.text()
    )
    assert "Prices: IPU-POD64 27.2 USD an hour (2021); for other sizes" in page.notes.text()
    assert {"Money (USD)"} <= {column.title for column in page.list.table.spec.columns}
    assert " USD · " in page.told.text()


def test_that_a_dragged_rectangle_selects_and_the_table_lists_what_is_in_it(explore: ExploreWindow) -> None:
    page = explore.plans
    inside = [row for row in range(len(page.plans)) if 6 < page.plans.values[CHIPS][row] < 100]
    spots = [spot_of(page, row) for row in inside]
    first = QPoint(min(each.x() for each in spots) - 6, min(each.y() for each in spots) - 6)
    last = QPoint(max(each.x() for each in spots) + 6, max(each.y() for each in spots) + 6)
    brush(page, first, last, Qt.KeyboardModifier.ShiftModifier)
    assert sorted(page.list.rows) == sorted(inside) and page.kept.sum() == len(inside)
    assert page.list.count.text().startswith(f"{len(inside)} of {len(inside)} selected plans")
    seen = page.cloud.window_seen().x
    QTest.mouseClick(page.let_go, LEFT)
    assert page.kept.all() and page.cloud.window_seen().x == seen
    QTest.mouseClick(page.brush, LEFT)
    brush(page, first, last, Qt.KeyboardModifier.NoModifier)
    assert sorted(page.list.rows) == sorted(inside) and not page.brush.isChecked()


def test_that_keys_look_around_select_what_is_seen_and_let_go(explore: ExploreWindow) -> None:
    page = explore.plans
    page.cloud.setFocus()
    whole = page.cloud.window_seen().x
    for _ in range(4):
        QTest.keyClick(page.cloud, Qt.Key.Key_Plus)
    QTest.keyClick(page.cloud, Qt.Key.Key_Right)
    settle()
    near = page.cloud.window_seen().x
    assert whole[0] < near[0] and near[1] - near[0] < 0.5 * (whole[1] - whole[0])
    QTest.keyClick(page.cloud, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert 0 < page.kept.sum() < len(page.plans)
    QTest.keyClick(page.cloud, Qt.Key.Key_Escape)
    assert page.kept.all() and explore.isVisible()
    QTest.keyClick(page.cloud, Qt.Key.Key_Home)
    settle()
    np.testing.assert_allclose(page.cloud.window_seen().x, whole)


def test_that_a_filter_dims_what_it_drops_and_chances_are_among_the_rest(explore: ExploreWindow) -> None:
    page = explore.plans
    filters = page.side.filters
    filters.column.setCurrentIndex(filters.column.findData(SYSTEM))
    filters.words.item(1).setCheckState(Qt.CheckState.Unchecked)
    wait_until(lambda: answered(page))
    assert set(page.plans.system[page.kept].tolist()) == {0} and "IPU-POD" in page.told.text()
    assert page.chances.of == page.kept.sum() == 11
    assert page.list.count.text().endswith("11 of 25 plans have a figure and pass the filters.")
    spot = spot_of(page, int(np.flatnonzero(~page.kept)[0]))
    QTest.mouseClick(page.cloud.viewport(), LEFT, pos=spot)
    assert page.selected is None  # what is dim is not chosen
    QTest.mouseClick(filters.reset, LEFT)
    assert page.kept.all()


def test_that_a_filter_of_words_follows_them_to_other_plans(window: MainWindow, explore: ExploreWindow) -> None:
    page = explore.plans
    filters = page.side.filters
    filters.column.setCurrentIndex(filters.column.findData(SYSTEM))
    filters.words.item(0).setCheckState(Qt.CheckState.Unchecked)  # IPU-POD
    page.side.systems.setChecked(True)
    wait_until(lambda: answered(page))
    words = system_words(page.explored.plan)
    kept = {words[code] for code in set(page.plans.system[page.kept].tolist())}
    assert "ipu-pod" not in kept and {"dgx-a100", "bow-pod", "dgx-h100"} <= kept
    first = window.question.scenario.systems[-1]
    window.question.apply(set_systems_to(window, first))
    page.side.systems.setChecked(False)
    wait_until(lambda: answered(page))
    assert not filters.filters and page.kept.all()


def set_systems_to(window: MainWindow, choice: SystemChoice) -> Edit:
    scenario = replace(window.question.scenario, systems=(choice,), reference=choice.key, subject="")
    return Edit(scenario, "one system")


def test_that_a_plan_far_above_the_front_is_drawn_when_it_is_chosen(explore: ExploreWindow) -> None:
    page = explore.plans
    show(page, CHIPS)
    page.side.lever.setCurrentIndex(1)
    page.side.systems.setChecked(True)
    wait_until(lambda: answered(page) and len(page.plans) > 5_000)
    slowest = int(page.plans.time_s.argmax())
    assert page.chances.place(slowest) is None
    page.choose(slowest)
    assert " 80 % interval " not in page.read.text()
    wait_until(lambda: page.chances is not None and page.chances.place(slowest) is not None)
    assert " · 80 % interval " in page.read.text() and page.cloud.accessibleDescription()


def test_that_a_plan_without_a_figure_has_no_ring(explore: ExploreWindow) -> None:
    page = explore.plans
    show(page, ENERGY)
    lacking = int(np.flatnonzero(np.isnan(page.explored.column(ENERGY)))[0])
    page.choose(lacking)
    settle()
    assert not len(page.cloud.ring.data)
    page.choose(page.front[0])
    assert len(page.cloud.ring.data) == 1


def test_that_a_target_is_a_line_and_a_column_of_shares(window: MainWindow, explore: ExploreWindow) -> None:
    page, plans = explore.plans, explore.plans.plans
    assert not page.cloud.target.isVisible()
    window.question.apply(Edit(replace(window.question.scenario, target_s=60.0), "target"))
    wait_until(lambda: answered(page))
    assert page.plans is plans and page.cloud.target.isVisible()
    assert page.cloud.target.value() == np.log10(60.0)
    titles = [column.title for column in page.list.table.spec.columns]
    shares = [row[titles.index("Under target (%)")].number for row in page.list.table.spec.rows]
    assert shares[0] == 0.0 and shares[-1] == 100.0


def test_that_a_head_or_a_key_sorts_and_a_row_chooses_its_plan(explore: ExploreWindow) -> None:
    page = explore.plans
    titles = [column.title for column in page.list.table.spec.columns]
    column = titles.index("Chips")
    page.list.table.horizontalHeader().sectionClicked.emit(column)
    page.list.table.horizontalHeader().sectionClicked.emit(column)
    chips = [row[column].number for row in page.list.table.spec.rows]
    assert chips == sorted(chips, reverse=True)
    page.list.table.setCurrentIndex(page.list.table.model().index(2, titles.index("Projected (min)")))
    assert page.selected == page.list.rows[2]
    QTest.keyClick(page.list.table, Qt.Key.Key_S)
    times = [row[titles.index("Projected (min)")].number for row in page.list.table.spec.rows]
    assert times == sorted(times) and page.selected in page.list.rows


def test_that_colour_by_basis_is_worked_out_on_demand(explore: ExploreWindow) -> None:
    page = explore.plans
    assert np.isnan(page.explored.beyond).all()
    show(page, BASIS, "colour")
    wait_until(lambda: not np.isnan(page.explored.beyond).any())
    wait_until(lambda: answered(page))
    assert "beyond the data" in page.side.legend.text() and 0 < page.explored.beyond.sum() < len(page.plans)


def test_that_what_is_shown_leaves_as_a_file_with_its_notes(explore: ExploreWindow, tmp_path: Path) -> None:
    page = explore.plans
    for name in ("plans.csv", "plans.png", "plans.pptx"):
        page.leaving.export_to(tmp_path / name)
        wait_until(lambda: not page.leaving.job.running)
    lines = (tmp_path / "plans.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + len(page.front) and lines[0].startswith("System,Projected (min)")
    notes = (tmp_path / "plans.png.txt").read_text(encoding="utf-8")
    assert "plans are on the front" in notes and "all plans share each draw" in notes and "not MLPerf" in notes
    assert (tmp_path / "plans.pptx").stat().st_size > 10_000
    page.leaving.copy_picture()
    assert "plans are on the front" in QApplication.clipboard().mimeData().text()


def test_that_every_control_has_a_name_and_is_reached_by_the_keyboard(explore: ExploreWindow) -> None:
    page = explore.plans
    order, widget = [], page.side.against
    for _ in range(200):
        order.append(widget)
        widget = widget.nextInFocusChain()
    side, table = page.side, page.list.table
    for wanted in (side.colour, side.systems, side.lever, side.filters.column, page.cloud, table, page.export):
        assert wanted in order, wanted
        assert wanted.accessibleName() or wanted.text()
    places = [order.index(each) for each in (side.colour, side.filters.column, page.cloud, table, page.export)]
    assert places == sorted(places)


def test_that_plans_and_their_chances_follow_what_the_scenario_learns_from(
    explore: ExploreWindow, window: MainWindow
) -> None:
    page, scenario = explore.plans, window.question.scenario
    known = load_world()
    dgx = next(choice for choice in scenario.systems if choice.system == "dgx-a100")
    before, systems = page.plans.time_s.copy(), page.plans.system.copy()
    (projection,) = (each for each in compare(known, scenario).projections if each.choice == dgx)
    slow = Measurement(THROUGHPUT, 0.7 * projection.throughput_samples_per_s.median, learnt=True)
    window.question.apply(set_measurement(scenario, dgx, slow, known.catalog))
    wait_until(lambda: answered(page))
    assert page.plans.system.tolist() == systems.tolist()
    slower = page.plans.time_s / before
    most = int(slower.argmax())
    assert slower[most] > 1.3 and page.plans.values[CHIPS][most] == 8
    assert abs(np.log(slower[systems != systems[most]])).max() < 0.1  # one site tells little of another's chips
