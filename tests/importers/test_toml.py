"""What is written reads back as the same, with Python's own reader."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.importers.toml import toml_text

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
PLAIN = TEXTS | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


@given(st.dictionaries(TEXTS, VALUES, max_size=6))
def test_whatever_is_written_reads_back_as_the_same(values):
    assert tomllib.loads(toml_text(values)) == values


@given(st.text(st.sampled_from("'\"\\\n\r\t x\x00\x7fé"), max_size=12))
def test_a_text_of_marks_and_line_ends_reads_back_to_the_letter(text):
    assert tomllib.loads(toml_text({"text": text})) == {"text": text}


def test_lines_stand_as_lines_and_tables_as_tables():
    assert toml_text({"name": "a", "text": "one\ntwo\n", "chip": {"peak": {"value": 2.5, "unit": "TFLOPS"}}}) == (
        "name = \"a\"\ntext = '''\none\ntwo\n'''\n\n[chip]\npeak = { value = 2.5, unit = \"TFLOPS\" }\n"
    )


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_toml_does_not_hold_is_a_fault(value):
    with pytest.raises(ValueError, match="TOML holds no"):
        toml_text({"value": value})
