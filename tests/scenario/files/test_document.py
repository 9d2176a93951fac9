"""Titles of scenarios: words of the user's own, or none."""

import pytest

from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, LONGEST_TITLE, check_title, titled
from tests.refusals import refused


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (" ", " "),
        ("\u2003 ", "? "),
        ("x" * (LONGEST_TITLE + 1), "x" * LONGEST_TITLE + "…"),
        ("two\nlines", "two?lines"),
    ],
)
def test_that_what_nobody_can_read_is_no_title(title: str, shown: str) -> None:
    with refused(f"'{shown}' is no title; write up to 60 letters on one line"):
        check_title(title)


def test_that_no_title_is_allowed_and_typed_spaces_take_one_back() -> None:
    assert check_title("") == ""
    named = titled(FIRST_DOCUMENT, 0, "  faster   links ")
    assert named.titles == ("faster links",)
    assert titled(named, 0, "   ").titles == ("",)
