import errno
import os
from pathlib import Path

import pytest

from ipuwhatif.scenario.storage import exists, read_file, write_file
from ipuwhatif.units import InputError


def failing(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "No space left on device; free some space, or save to another disk"),
        (errno.EDQUOT, "; free some space, or save to another disk"),
        (errno.EACCES, "Permission denied; save to a folder of your own"),
        (errno.EROFS, "Read-only file system; save to a folder of your own"),
        (errno.EIO, "; save to another folder"),
    ],
)
def test_that_a_file_that_cannot_be_written_says_what_to_do_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    path = tmp_path / "plan.ipuwhatif"
    write_file(path, b"old")
    monkeypatch.setattr("os.fsync", failing(number))
    with pytest.raises(InputError, match=r"plan\.ipuwhatif cannot be written") as caught:
        write_file(path, b"new")
    assert str(caught.value).endswith(advice)
    assert path.read_bytes() == b"old"


def test_that_a_place_that_cannot_be_is_told_with_a_better_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the folder .* does not exist; save to another folder"):
        write_file(tmp_path / "gone" / "plan.ipuwhatif", b"")
    with pytest.raises(InputError, match=r"is a folder; name a file in it$"):
        write_file(tmp_path, b"")
    with pytest.raises(InputError, match="choose a shorter name"):
        write_file(tmp_path / ("n" * 300), b"")
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / "a\0b", b"")


def test_that_a_file_marked_as_read_only_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(InputError, match="is read-only; save under another name"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_that_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "plan.ipuwhatif")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "plan.ipuwhatif").read_bytes() == b"new"


def test_that_a_name_that_nothing_can_have_is_not_there(tmp_path: Path) -> None:
    assert exists(tmp_path) and not exists(tmp_path / "gone") and not exists(tmp_path / ("n" * 300))
    with pytest.raises(InputError, match="File name too long"):
        read_file(tmp_path / ("n" * 300), 10)


def test_that_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="was it moved or renamed"):
        read_file(tmp_path / "gone.ipuwhatif", 10)
    (tmp_path / "plan.ipuwhatif").write_bytes(b"12345")
    assert read_file(tmp_path / "plan.ipuwhatif", 5) == b"12345"
    with pytest.raises(InputError, match=r"is larger than 4 bytes$"):
        read_file(tmp_path / "plan.ipuwhatif", 4)
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with pytest.raises(InputError, match="Permission denied; ask its owner for permission, or for a copy"):
        read_file(tmp_path / "plan.ipuwhatif", 10)
