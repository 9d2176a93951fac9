"""Where the boxes of a family of systems stand."""

from ipuwhatif.gui.panels.systems_group import places


def test_that_boxes_stand_in_two_columns_with_a_row_for_the_reason_of_each() -> None:
    assert places([False] * 3) == [(0, 0, 1), (0, 1, 1), (3, 0, 1)]


def test_that_a_box_with_a_long_name_has_a_row_of_its_own() -> None:
    assert places([False, True, False, False]) == [(0, 0, 1), (3, 0, 2), (6, 0, 1), (6, 1, 1)]
    assert places([True, True]) == [(0, 0, 2), (3, 0, 2)]
    assert places([]) == []
