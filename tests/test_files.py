"""Files: resources are found wherever the program lies, and writing is all or nothing."""

import errno
import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from ipuwhatif import files
from ipuwhatif.catalog.load import evidence_hash
from ipuwhatif.files import exists, is_folder, read_bounded, resource, write_atomic, write_together
from ipuwhatif.scenario.files import storage
from ipuwhatif.texts import CHINESE, ENGLISH, set_language
from ipuwhatif.units import InputError
from tests.refusals import refused


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_that_a_resource_is_found_in_the_source_tree() -> None:
    assert resource("evidence", "hardware.csv").is_file()
    assert (resource() / "catalog").is_dir()


def test_that_a_missing_resource_is_refused_by_name() -> None:
    with refused("resources/evidence/nothing.csv is missing: the installation is incomplete"):
        resource("evidence", "nothing.csv")


@pytest.mark.parametrize("inside", ["resources", "ipuwhatif/resources"])
def test_that_a_resource_is_found_in_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    (tmp_path / inside / "catalog").mkdir(parents=True)
    (tmp_path / inside / "catalog" / "chips.json").write_text("{}")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("catalog", "chips.json") == tmp_path / inside / "catalog" / "chips.json"


def test_that_a_resource_is_found_in_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "ipuwhatif"
    (package / "resources" / "catalog").mkdir(parents=True)
    (tmp_path / "site-packages" / "resources").mkdir()  # another project's folder must not be taken for ours
    monkeypatch.setattr(files, "__file__", str(package / "files.py"))
    assert resource("catalog") == package / "resources" / "catalog"


def test_that_a_file_is_written_whole_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    write_atomic(path, b"first")
    write_atomic(path, b"second")
    assert path.read_bytes() == b"second"
    assert _names(tmp_path) == ["chart.svg"]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_that_a_new_file_is_as_readable_as_any_other_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    write_atomic(tmp_path / "new", b"x")
    assert (tmp_path / "new").stat().st_mode == ordinary.stat().st_mode
    ordinary.chmod(0o640)
    write_atomic(ordinary, b"x")
    assert ordinary.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_that_a_failure_leaves_the_old_file_and_no_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "chart.svg"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    with refused(f"{path} cannot be written: No space left on device"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["chart.svg"]


def test_that_a_disk_that_goes_after_the_writing_takes_nothing_back(tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "unlink", fail)
    write_atomic(tmp_path / "chart.svg", b"new")
    assert (tmp_path / "chart.svg").read_bytes() == b"new"
    monkeypatch.setattr("os.fsync", fail)
    with refused(f"{tmp_path}/chart.svg cannot be written: Input/output error"):
        write_atomic(tmp_path / "chart.svg", b"newer")


def test_that_an_interrupt_leaves_no_temporary_file_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "chart.svg", b"new")
    assert _names(tmp_path) == []


def test_that_an_unwritable_place_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with refused(f"the folder {tmp_path}/missing does not exist"):
        write_atomic(tmp_path / "missing" / "chart.svg", b"x")
    with refused(f"{tmp_path} is a folder; name a file in it"):
        write_atomic(tmp_path, b"x")
    with refused(f"{tmp_path}/a?b cannot be written: the name holds a null character"):
        write_atomic(tmp_path / "a\0b", b"x")
    long = tmp_path / ("n" * 300)
    with refused(f"{long} cannot be written: File name too long"):
        write_atomic(long, b"x")


def test_that_a_read_only_place_is_refused_even_for_root() -> None:
    with refused("/proc/self/chart.svg cannot be written: No such file or directory"):
        write_atomic(Path("/proc/self/chart.svg"), b"x")


def test_that_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "chart.svg"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with refused(f"{tmp_path}/chart.svg is read-only; choose another name"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old" and _names(tmp_path) == ["chart.svg"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there, and there are no such devices")
def test_that_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "link.svg").symlink_to(tmp_path / "chart.svg")
    write_atomic(tmp_path / "link.svg", b"new")
    assert (tmp_path / "link.svg").is_symlink() and (tmp_path / "chart.svg").read_bytes() == b"new"
    (tmp_path / "full.svg").symlink_to("/dev/full")
    for path in (tmp_path / "full.svg", Path("/dev/full")):
        with refused(f"{path} is no file; name a file"):
            write_atomic(path, b"x")
    assert Path("/dev/full").is_char_device() and (tmp_path / "full.svg").is_symlink()


@pytest.mark.parametrize("fault", ["folder", "long", "read-only", "disk"])
def test_that_of_several_files_none_is_written_where_one_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    first, second = tmp_path / "chart.png", tmp_path / ("n" * 300 if fault == "long" else "chart.png.txt")
    first.write_bytes(b"old")
    if fault == "folder":
        second.mkdir()
    elif fault == "read-only":
        second.write_bytes(b"mine")
        second.chmod(0o444)
    elif fault == "disk":
        real, written = os.fsync, []

        def fail(descriptor: int) -> None:
            written.append(descriptor)
            if len(written) == 2:
                raise OSError(28, "No space left on device")
            real(descriptor)

        monkeypatch.setattr("os.fsync", fail)
    before = _names(tmp_path)
    with pytest.raises(InputError):
        write_together({first: b"new", second: b"new"})
    assert first.read_bytes() == b"old" and _names(tmp_path) == before


def test_that_a_new_file_goes_where_the_one_after_it_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def fail(source: Path, target: Path) -> Path:
        if target.name == "b":
            raise OSError(5, "Input/output error")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", fail)
    with refused(f"{tmp_path}/b cannot be written: Input/output error"):
        write_together({tmp_path / "a": b"x", tmp_path / "b": b"x"})
    assert _names(tmp_path) == []


def test_that_reading_stops_at_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "scenario"
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with refused(f"{tmp_path}/scenario is larger than 4 bytes"):
        read_bounded(path, 4)
    with refused(f"{tmp_path}/nothing cannot be read: No such file or directory"):
        read_bounded(tmp_path / "nothing", 5)
    with refused(f"{tmp_path} cannot be read: Is a directory"):
        read_bounded(tmp_path, 5)
    with refused(f"{tmp_path}/a?b cannot be read: the name holds a null character"):
        read_bounded(tmp_path / "a\0b", 5)


@pytest.mark.parametrize(
    ("language", "words"), [(ENGLISH, "No such file or directory"), (CHINESE, "没有这个文件或文件夹")]
)
def test_that_a_reason_is_told_in_the_apps_language_whatever_the_system_speaks(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_language(language, resource("i18n"))

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOENT, "Aucun fichier ou dossier de ce nom")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=words):
        read_bounded(tmp_path / "scenario", 5)


def left_by_a_kill(path: Path, days: float) -> Path:
    """The temporary file of a save that was killed, with its date so many days from now."""
    descriptor, name = tempfile.mkstemp(files.TEMPORARY, files.temporary_start(path), path.parent)
    os.close(descriptor)
    then = time.time() + days * 86_400
    os.utime(name, (then, then))
    return Path(name)


def test_that_what_kills_have_left_goes_with_the_next_save(tmp_path: Path) -> None:
    """Those of the clock that was wrong too; what may still be written stays, and what is not ours."""
    path = tmp_path / "plan [1].ipuwhatif"
    for days in (-2, -400, 40_000):
        left_by_a_kill(path, days)
    kept = [left_by_a_kill(path, -0.5), left_by_a_kill(tmp_path / "plan 1.ipuwhatif", -2)]
    others = [tmp_path / f".{path.name}.abcdefgh.tmp", tmp_path / f".{path.name}.notes.ipuwhatif.tmp"]
    for each in others:
        each.write_bytes(b"of somebody")
        os.utime(each, (1e9, 1e9))
    write_atomic(path, b"x")
    assert _names(tmp_path) == sorted(each.name for each in (path, *kept, *others))


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_that_no_link_folder_or_file_of_another_user_is_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "chart.svg"
    (tmp_path / ".chart.svg.abcdefgh.ipuwhatif.tmp").mkdir()
    (tmp_path / ".chart.svg.linklink.ipuwhatif.tmp").symlink_to(tmp_path / "nowhere")
    theirs = left_by_a_kill(path, -2)
    before = _names(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: theirs.stat().st_uid + 1)
    write_atomic(path, b"x")
    assert _names(tmp_path) == sorted([*before, "chart.svg"])


def test_that_a_save_is_safe_where_nothing_can_be_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "chart.svg"
    left_by_a_kill(path, -2)

    def fail(*_: object, **__: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", fail)
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"


def forbidding(monkeypatch: pytest.MonkeyPatch, number: int = errno.EACCES) -> None:
    """As in a folder that may not be looked into, or on a share that is gone: nothing can be found out."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    for name in ("stat", "lstat", "exists", "is_dir", "is_file", "open", "iterdir", "unlink"):
        monkeypatch.setattr(Path, name, refuse)


def test_that_a_place_that_may_not_be_looked_into_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = Path("/share/plan.ipuwhatif"), resource("catalog")
    monkeypatch.setattr(tempfile, "mkstemp", lambda *_: pytest.fail("nothing is written there"))
    forbidding(monkeypatch)
    assert not exists(path) and not is_folder(path.parent)
    for act, line in (
        (lambda: write_atomic(path, b"x"), "/share/plan.ipuwhatif cannot be written: Permission denied"),
        (lambda: read_bounded(path, 5), "/share/plan.ipuwhatif cannot be read: Permission denied"),
        (lambda: resource("catalog"), "resources/catalog is missing: the installation is incomplete"),
        (lambda: evidence_hash(folder.parent), f"{folder} cannot be read: Permission denied"),
        (
            lambda: storage.read_file(path, 5),
            "/share/plan.ipuwhatif cannot be read: Permission denied; ask its owner for permission, or for a copy",
        ),
        (
            lambda: storage.write_file(path, b"x"),
            "/share/plan.ipuwhatif cannot be written: Permission denied; save to a folder of your own",
        ),
    ):
        with refused(line):
            act()


def test_that_a_share_that_goes_while_it_is_written_to_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        forbidding(monkeypatch, errno.EIO)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", gone)
    with refused(f"{tmp_path}/chart.svg cannot be written: Input/output error"):
        write_atomic(tmp_path / "chart.svg", b"x")
    monkeypatch.undo()
