"""Files that can be trusted: where the shipped resources lie, reading with a limit, writing all or nothing.

Every fault is an InputError with one clear sentence.
"""

import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path

from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, printable

RESOURCE_LIMIT = 16_000_000  # bytes; the largest shipped resource is far below
TEMPORARY = ".ipuwhatif.tmp"  # ends the name of a file that is being written
_STALE_S = 86_400.0  # by then nobody is writing it any more
#: In the app's language; the operating system would say them in its own.
_REASONS = {
    errno.ENOENT: marked("No such file or directory"),
    errno.EACCES: marked("Permission denied"),
    errno.EPERM: marked("Operation not permitted"),
    errno.ENOSPC: marked("No space left on device"),
    errno.EROFS: marked("Read-only file system"),
    errno.EISDIR: marked("Is a directory"),
    errno.ENOTDIR: marked("Not a directory"),
    errno.ENAMETOOLONG: marked("File name too long"),
    errno.ELOOP: marked("Too many levels of symbolic links"),
    errno.EBUSY: marked("Device or resource busy"),
    errno.EIO: marked("Input/output error"),
}


def reason_of(error: OSError | ValueError) -> str:
    """Why the operating system refused a file, in a few words."""
    if isinstance(error, ValueError) and "null" in str(error):  # each Python words it otherwise
        return tr("the name holds a null character")
    number, words = getattr(error, "errno", None), getattr(error, "strerror", None)
    return tr(_REASONS[number]) if number in _REASONS else words or str(error)


def _resource_roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    roots = [package / "resources", package.parent / "resources"]  # an installed wheel; a source tree
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        roots = [Path(bundle) / "ipuwhatif" / "resources", Path(bundle) / "resources", *roots]
    return roots


def resource(*parts: str) -> Path:
    """The path of a shipped resource, such as `resource("evidence", "hardware.csv")`.

    Found in a source tree, an installed wheel and a PyInstaller bundle; InputError when it is in none of them.
    """
    for root in _resource_roots():
        path = root.joinpath(*parts)
        # Only our own folders count: a stranger's "resources" beside the package has no catalog.
        if is_folder(root / "catalog") and exists(path):
            return path
    name = "/".join(("resources", *parts))
    raise InputError(tr("{name} is missing: the installation is incomplete", name=name))


def exists(path: Path) -> bool:
    """Whether there is something under this name; False where that cannot be found out, and for an impossible name."""
    return _seen(path.exists)


def is_file(path: Path) -> bool:
    """Whether this is a file; False where that cannot be found out."""
    return _seen(path.is_file)


def is_folder(path: Path) -> bool:
    """Whether this is a folder; False where that cannot be found out."""
    return _seen(path.is_dir)


def absolute(path: Path) -> Path:
    """The path from the root on; as it is where the folder that the program was started in is gone."""
    try:
        return path.absolute()
    except OSError:
        return path


def _seen(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except (OSError, ValueError):  # a folder that may not be looked into, a share that is gone; a null character
        return False


def unreadable(path: Path, error: OSError | ValueError) -> InputError:
    """The refusal of a file or folder that the operating system does not let read."""
    return InputError(tr("{path} cannot be read: {reason}", path=printable(path), reason=reason_of(error)))


def read_bounded(path: Path, limit_bytes: int) -> bytes:
    """The whole file; InputError when it cannot be read or holds more than `limit_bytes`."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limit_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise unreadable(path, error) from error
    if len(data) > limit_bytes:
        raise InputError(tr("{path} is larger than {limit} bytes", path=printable(path), limit=f"{limit_bytes:,}"))
    return data


def write_atomic(path: Path, data: bytes) -> None:
    """Write the whole file or nothing: a fault leaves an older file as it was and no temporary file behind.

    Raises InputError when the folder is missing, the file or the folder is read-only, or the path is no file.
    """
    write_together({path: data})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or none, as `write_atomic` writes one; through a link to where it points."""
    made: dict[Path, tuple[Path, Path]] = {}  # temporary files, and what each becomes
    fresh: list[Path] = []  # files that were not there before
    path = Path()
    try:
        for path in contents:
            _check_place(path)
        for path, data in contents.items():
            target = Path(os.path.realpath(path))
            descriptor, name = tempfile.mkstemp(TEMPORARY, temporary_start(target), target.parent)
            made[path] = Path(name), target
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(_mode_for(target))
        for path in contents:
            temporary, target = made[path]
            old = target.exists()
            temporary.replace(target)
            fresh += [] if old else [target]
        fresh.clear()
        for _, target in made.values():
            _tidy(target)
    except InputError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        told = tr("{path} cannot be written: {reason}", path=printable(path), reason=reason_of(error))
        raise InputError(told) from error
    finally:
        for left in (*(temporary for temporary, _ in made.values()), *fresh):
            with suppress(OSError):  # a share that is gone takes its files with it
                left.unlink(missing_ok=True)


def temporary_start(target: Path) -> str:
    return f".{target.name[:40]}."


def _tidy(target: Path) -> None:
    """Remove what a kill in the middle of writing the same file has left: files of ours and this user's, a day old."""
    with suppress(OSError):  # what cannot be tidied is in nobody's way
        for left in target.parent.glob(f"{escape(temporary_start(target))}????????{TEMPORARY}"):
            status = left.lstat()
            # A time that is far ahead is of a clock that was wrong.
            old = abs(time.time() - status.st_mtime) > _STALE_S
            if old and stat.S_ISREG(status.st_mode) and status.st_uid == getattr(os, "getuid", lambda: 0)():
                left.unlink(missing_ok=True)


def _check_place(path: Path) -> None:
    """InputError, or the OSError of the operating system, where no file of this name can be written."""
    if path.is_dir():
        raise InputError(tr("{path} is a folder; name a file in it", path=printable(path)))
    if not path.parent.is_dir():
        raise InputError(tr("the folder {folder} does not exist", folder=printable(path.parent)))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise InputError(tr("{path} is no file; name a file", path=printable(path)))
    # Replacing a file takes a permission on its folder only: one marked as read-only would be lost unasked.
    if not (mode & 0o222 and os.access(path, os.W_OK)):
        raise InputError(tr("{path} is read-only; choose another name", path=printable(path)))


def _mode_for(path: Path) -> int:
    """The mode of the file that is replaced, or what a new file would get: mkstemp alone makes files private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
