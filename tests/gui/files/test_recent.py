from pathlib import Path

from ipuwhatif.gui.files.recent import MOST_RECENT, add_recent, recent_files


def test_that_the_newest_file_stands_first_and_once(tmp_path: Path) -> None:
    for name in ("a", "b", "a", "c"):
        add_recent(tmp_path / "data", tmp_path / name)
    assert [path.name for path in recent_files(tmp_path / "data")] == ["c", "a", "b"]


def test_that_ten_files_are_kept(tmp_path: Path) -> None:
    for number in range(14):
        add_recent(tmp_path, tmp_path / str(number))
    assert [path.name for path in recent_files(tmp_path)] == [str(number) for number in range(13, 13 - MOST_RECENT, -1)]
    assert MOST_RECENT == 10


def test_that_a_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9 [*] & 计划.ipuwhatif"
    add_recent(tmp_path, path)
    assert recent_files(tmp_path) == (path,)


def test_that_a_list_that_cannot_be_kept_or_read_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    add_recent(tmp_path / "file", tmp_path / "plan")
    assert recent_files(tmp_path / "file") == recent_files(tmp_path / "none") == ()
    (tmp_path / "recent.json").write_text('{"format": "ipuwhatif recent files", "version": 1, "files": [1]}')
    assert recent_files(tmp_path) == ()
