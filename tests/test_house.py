"""The house: files and folders that one can walk. No file is longer, no folder wider."""

from collections import Counter
from pathlib import Path

import ipuwhatif

ROOT = Path(ipuwhatif.__file__).parent
MOST_LINES, MOST_FILES = 300, 25


def long_files() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }


def wide_folders() -> set[str]:
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
    return {folder for folder, count in counts.items() if count > MOST_FILES}


def test_that_no_file_is_too_long_to_read_at_once() -> None:
    assert long_files() == set(), f"divide by content what has more than {MOST_LINES} lines"


def test_that_no_folder_is_too_wide_to_look_through() -> None:
    assert wide_folders() == set(), f"make a room of its own of what belongs together, beyond {MOST_FILES} files"
