"""Names of ops: word by word in another language, sizes as they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipuwhatif.figures.roofline.op_names import op_phrases, op_text
from ipuwhatif.files import resource
from ipuwhatif.texts import CHINESE, set_language


@pytest.fixture
def chinese() -> Iterator[Path]:
    folder = resource("i18n")
    set_language(CHINESE, folder)
    yield folder


def test_that_an_english_name_is_as_the_network_writes_it() -> None:
    assert op_text("convolution 3 × 3, 64 to 256, 56 × 56") == "convolution 3 × 3, 64 to 256, 56 × 56"


def test_that_words_are_translated_and_sizes_stay(chinese: Path) -> None:
    assert op_text("convolution 3 × 3, 64 to 256, 56 × 56") == "卷积 3 × 3、64 → 256、56 × 56"
    assert op_text("attention softmax") == "注意力 softmax"


def test_that_sizes_are_no_words() -> None:
    assert op_phrases("convolution in groups of 16, 3 × 3") == ["convolution in groups of"]
