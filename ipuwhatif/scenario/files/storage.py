"""Files of the user's own: read within a limit, written all or nothing, with faults that say what to do about them."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.files import exists, is_file, is_folder, read_bounded, write_together
from ipuwhatif.scenario.files.reasons import Advised, FileAdvice, NoFile, ReadOnly
from ipuwhatif.units import InputError, RefusedError, printable, reason_of

#: What to do about the operating system's faults, by its numbers for them.
_READING = {
    errno.ENOENT: FileAdvice.FIND_IT,
    errno.ENOTDIR: FileAdvice.FIND_IT,
    errno.EACCES: FileAdvice.ASK_ITS_OWNER,
    errno.EPERM: FileAdvice.ASK_ITS_OWNER,
}
_WRITING = {
    errno.ENOSPC: FileAdvice.FREE_SPACE,
    getattr(errno, "EDQUOT", errno.ENOSPC): FileAdvice.FREE_SPACE,
    errno.EACCES: FileAdvice.OWN_FOLDER,
    errno.EPERM: FileAdvice.OWN_FOLDER,
    errno.EROFS: FileAdvice.OWN_FOLDER,
    errno.ENAMETOOLONG: FileAdvice.SHORTER_NAME,
}


def read_file(path: Path, limit_bytes: int) -> bytes:
    """The whole file. InputError says why it cannot be read and what to do; a pipe or a device is never waited for."""
    if exists(path) and not is_file(path):
        raise RefusedError(NoFile(printable(path)))
    try:
        return read_bounded(path, limit_bytes)
    except InputError as error:
        raise _advised(error, _READING, None) from error


def write_file(path: Path, data: bytes) -> None:
    """Write the whole file or nothing, through a link to where it points. InputError says what to do instead."""
    write_files({path: data})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or none. InputError says what to do instead."""
    for path in contents:
        if _is_locked(path):
            raise RefusedError(ReadOnly(printable(path)))
    try:
        write_together(contents)
    except InputError as error:
        elsewhere = None if any(map(is_folder, contents)) else FileAdvice.OTHER_FOLDER
        raise _advised(error, _WRITING, elsewhere) from error


def _is_locked(path: Path) -> bool:
    """Whether a file is marked as read-only: replacing it takes a permission on its folder only."""
    try:
        target = Path(os.path.realpath(path))
        return target.is_file() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK))
    except (OSError, ValueError):  # told by the writing itself
        return False


def _advised(error: InputError, advice: Mapping[int, FileAdvice], otherwise: FileAdvice | None) -> InputError:
    """The fault with what to do about it, as the operating system's number for it tells."""
    number = getattr(error.__cause__, "errno", None)
    told = advice.get(number, otherwise) if number is not None else otherwise
    return error if told is None else RefusedError(Advised(reason_of(error), told))
