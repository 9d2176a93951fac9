import errno
import os
from pathlib import Path

import pytest

from ipuwhatif.files import absolute, exists, is_file, is_folder
from ipuwhatif.scenario.files.storage import read_file, write_file
from tests.refusals import refused


def failing(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "No space left on device; free some space, or save to another disk"),
        (errno.EDQUOT, "Disk quota exceeded; free some space, or save to another disk"),
        (errno.EACCES, "Permission denied; save to a folder of your own"),
        (errno.EROFS, "Read-only file system; save to a folder of your own"),
        (errno.EIO, "Input/output error; save to another folder"),
    ],
)
def test_that_a_file_that_cannot_be_written_says_what_to_do_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    path = tmp_path / "plan.ipuwhatif"
    write_file(path, b"old")
    monkeypatch.setattr("os.fsync", failing(number))
    with refused(f"{path} cannot be written: {advice}"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"


def test_that_a_place_that_cannot_be_is_told_with_a_better_one(tmp_path: Path) -> None:
    with refused(f"the folder {tmp_path}/gone does not exist; save to another folder"):
        write_file(tmp_path / "gone" / "plan.ipuwhatif", b"")
    with refused(f"{tmp_path} is a folder; name a file in it"):
        write_file(tmp_path, b"")
    long = tmp_path / ("n" * 300)
    with refused(f"{long} cannot be written: File name too long; choose a shorter name"):
        write_file(long, b"")
    with refused(f"{tmp_path}/a?b cannot be written: the name holds a null character; save to another folder"):
        write_file(tmp_path / "a\0b", b"")


def test_that_a_file_marked_as_read_only_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "plan.ipuwhatif"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with refused(f"{tmp_path}/plan.ipuwhatif is read-only; save under another name"):
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
    long = tmp_path / ("n" * 300)
    with refused(f"{long} cannot be read: File name too long"):
        read_file(long, 10)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_that_what_nobody_may_look_at_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number) -> None:
    (tmp_path / "plan.ipuwhatif").write_bytes(b"")
    assert is_folder(tmp_path) and is_file(tmp_path / "plan.ipuwhatif")
    monkeypatch.setattr(Path, "stat", failing(number))
    monkeypatch.setattr(os, "stat", failing(number))
    for look in (exists, is_file, is_folder):
        assert not look(tmp_path) and not look(tmp_path / "plan.ipuwhatif")


def test_that_a_name_stays_as_it_is_where_the_folder_of_the_start_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert absolute(Path("plan.ipuwhatif")) == Path.cwd() / "plan.ipuwhatif"
    monkeypatch.setattr(os, "getcwd", failing(errno.ENOENT))
    assert absolute(Path("plan.ipuwhatif")) == Path("plan.ipuwhatif")


def test_that_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with refused(
        f"{tmp_path}/gone.ipuwhatif cannot be read: No such file or directory; was it moved or renamed? Open it "
        "from where it is now"
    ):
        read_file(tmp_path / "gone.ipuwhatif", 10)
    (tmp_path / "plan.ipuwhatif").write_bytes(b"12345")
    assert read_file(tmp_path / "plan.ipuwhatif", 5) == b"12345"
    with refused(f"{tmp_path}/plan.ipuwhatif is larger than 4 bytes"):
        read_file(tmp_path / "plan.ipuwhatif", 4)
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    with refused(
        f"{tmp_path}/plan.ipuwhatif cannot be read: Permission denied; ask its owner for permission, or for a copy"
    ):
        read_file(tmp_path / "plan.ipuwhatif", 10)
