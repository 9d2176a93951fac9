from ipuwhatif.figures.scenarios.documents import newer_text, scenario_name
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import FIRST_DOCUMENT, titled, with_copy
from ipuwhatif.scenario.files.file_format import VERSION, Opened

NEWER = Opened(FIRST_DOCUMENT, VERSION + 1)


def test_that_of_a_newer_version_the_first_few_that_are_left_out_are_told_and_their_count() -> None:
    opened = replace(NEWER, left_out=(*(f"key {number}" for number in range(300)), "z" * 9_000))
    assert newer_text("plan.ipuwhatif", opened) == (
        "plan.ipuwhatif was written by a newer version of IPU What-If. "
        "Left out: key 0, key 1, key 2, key 3, key 4 and 296 more."
    )
    assert newer_text("plan.ipuwhatif", NEWER).endswith("IPU What-If. Everything in it is understood.")


def test_that_a_scenario_is_called_by_its_letter_and_its_title() -> None:
    document = titled(with_copy(FIRST_DOCUMENT), 1, "faster links")
    assert [scenario_name(document, index) for index in range(2)] == ["A", "B: faster links"]
