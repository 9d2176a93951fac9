"""Words that every answer shares."""

import pytest

from ipuwhatif.figures.phrasing import chips_text
from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, set_language


@pytest.mark.parametrize(("count", "text"), [(1, "1 IPU"), (2, "2 IPUs"), (1024, "1,024 IPUs")])
def test_that_one_chip_is_told_as_one(count: int, text: str) -> None:
    assert chips_text("IPU", count) == text


def test_that_chips_are_told_in_the_language_of_the_reader() -> None:
    set_language(CHINESE, resource("i18n"))
    assert chips_text("socket", 2) == "2 个 插槽"
