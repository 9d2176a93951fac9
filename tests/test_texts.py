"""Texts: English when there is no catalog, translated when there is, places filled in afterwards."""

import gettext
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipuwhatif.texts import DOMAIN, language, library_words, set_language, tr


@pytest.fixture(autouse=True)
def _english(tmp_path: Path) -> Iterator[None]:
    yield
    set_language("en", tmp_path / "nowhere")


def _write_catalog(folder: Path, language: str, pairs: dict[str, str]) -> None:
    """A binary gettext catalog: header, tables of lengths and offsets, texts."""
    entries = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **pairs}.items())
    sources = [key.encode() + b"\0" for key, _ in entries]
    targets = [value.encode() + b"\0" for _, value in entries]
    position, tables = 28 + 16 * len(entries), b""
    for text in (*sources, *targets):
        tables += struct.pack("<II", len(text) - 1, position)
        position += len(text)
    header = struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(header + tables + b"".join(sources) + b"".join(targets))


def test_that_a_text_without_a_catalog_is_english(tmp_path: Path) -> None:
    set_language("zh_CN", tmp_path)
    assert tr("{count} chips", count=16) == "16 chips"


@pytest.mark.parametrize("cut", [0, 3, 20, 30, 60, 90, -1])
def test_that_a_catalog_that_was_cut_is_told_and_leaves_plain_english(tmp_path: Path, cut: int) -> None:
    _write_catalog(tmp_path, "zh_CN", {"{count} chips": "{count} 个芯片"})
    path = tmp_path / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    assert set_language("zh_CN", tmp_path) == "" and language() == "zh_CN"
    path.write_bytes(path.read_bytes()[: cut or None] if cut < 0 else path.read_bytes()[:cut])
    gettext._translations.clear()  # the standard library keeps what it has read
    told = set_language("zh_CN", tmp_path)
    assert told == "the texts in 简体中文 cannot be read, install the program anew; it goes on in English"
    assert language() == "en" and tr("{count} chips", count=16) == "16 chips"


def test_that_a_catalog_that_is_missing_is_told_and_english_needs_none(tmp_path: Path) -> None:
    assert set_language("zh_CN", tmp_path).startswith("the texts in 简体中文 cannot be read")
    assert set_language("en", tmp_path) == ""


def test_that_places_are_filled_in_after_translation(tmp_path: Path) -> None:
    _write_catalog(tmp_path, "zh_CN", {"{count} chips": "{count} 个芯片"})
    set_language("zh_CN", tmp_path)
    assert tr("{count} chips", count=16) == "16 个芯片"
    assert tr("not in the catalog") == "not in the catalog"


def test_that_a_text_without_values_keeps_its_braces() -> None:
    assert tr("{not a place}") == "{not a place}"


def test_that_any_name_may_be_a_place() -> None:
    assert tr("{text}", text="filled") == "filled"


def test_that_the_standard_library_speaks_the_users_language_while_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    _write_catalog(tmp_path, "zh_CN", {"usage: ": "用法："})
    set_language("zh_CN", tmp_path)
    before = gettext.textdomain()
    with library_words():
        assert gettext.gettext("usage: ") == "用法："
    assert (gettext.gettext("usage: "), gettext.textdomain(), os.environ["LANGUAGE"]) == ("usage: ", before, "fr")
    monkeypatch.delenv("LANGUAGE")
    with pytest.raises(ValueError), library_words():
        raise ValueError
    assert "LANGUAGE" not in os.environ


def test_that_no_catalog_of_the_working_folder_speaks_for_the_standard_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("en", "zh_CN"):
        _write_catalog(tmp_path, name, {"usage: ": "not ours"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    set_language("en", tmp_path / "none")
    with library_words():
        assert gettext.gettext("usage: ") == "usage: "
