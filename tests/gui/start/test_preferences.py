"""What is remembered: kept and read back, and nothing that a damaged file could break."""

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from ipuwhatif.gui.start.preferences import Preferences, keep_preference, keep_preferences, load_preferences


def test_that_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = Preferences("zh_CN", "projector")
    keep_preferences(tmp_path / "new", kept)
    assert load_preferences(tmp_path / "new") == kept


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": "ipuwhatif preferences", "version": 2}', '{"format": "other", "version": 1}'],
)
def test_that_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text, encoding="utf-8")
    assert load_preferences(tmp_path) == Preferences()


def test_that_an_unknown_language_or_theme_is_not_taken(tmp_path: Path) -> None:
    text = '{"format": "ipuwhatif preferences", "version": 1, "language": "xx", "theme": "pink"}'
    (tmp_path / "preferences.json").write_text(text, encoding="utf-8")
    assert load_preferences(tmp_path) == Preferences()


def test_that_one_bad_value_leaves_the_other_as_it_is(tmp_path: Path) -> None:
    text = '{"format": "ipuwhatif preferences", "version": 1, "language": 3, "theme": "dark"}'
    (tmp_path / "preferences.json").write_bytes(BOM_UTF8 + text.encode())
    assert load_preferences(tmp_path) == Preferences("", "dark")


def test_that_choosing_a_language_leaves_the_theme_to_the_system(tmp_path: Path) -> None:
    keep_preference(tmp_path, "language", "zh_CN")
    assert load_preferences(tmp_path) == Preferences("zh_CN", "")
    keep_preference(tmp_path, "theme", "dark")
    assert load_preferences(tmp_path) == Preferences("zh_CN", "dark")


def test_that_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_preferences(tmp_path / "file" / "folder", Preferences("en", "light"))
    assert load_preferences(tmp_path / "file" / "folder") == Preferences()
