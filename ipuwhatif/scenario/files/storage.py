"""Files of the user's own: read within a limit, written all or nothing, with faults that say what to do about them."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.files import exists, is_file, is_folder, read_bounded, write_together
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable


def read_file(path: Path, limit_bytes: int) -> bytes:
    """The whole file. InputError says why it cannot be read and what to do; a pipe or a device is never waited for."""
    if exists(path) and not is_file(path):
        raise InputError(tr("{path} is no file; choose a file", path=printable(path)))
    try:
        return read_bounded(path, limit_bytes)
    except InputError as error:
        raise _advised(error, _reading_advice(), "") from error


def write_file(path: Path, data: bytes) -> None:
    """Write the whole file or nothing, through a link to where it points. InputError says what to do instead."""
    write_files({path: data})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or none. InputError says what to do instead."""
    for path in contents:
        if _is_locked(path):
            raise InputError(tr("{path} is read-only; save under another name", path=printable(path)))
    try:
        write_together(contents)
    except InputError as error:
        elsewhere = "" if any(map(is_folder, contents)) else tr("save to another folder")
        raise _advised(error, _writing_advice(), elsewhere) from error


def _is_locked(path: Path) -> bool:
    """Whether a file is marked as read-only: replacing it takes a permission on its folder only."""
    try:
        target = Path(os.path.realpath(path))
        return target.is_file() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK))
    except (OSError, ValueError):  # told by the writing itself
        return False


def _advised(error: InputError, advice: Mapping[int, str], otherwise: str) -> InputError:
    """The fault with what to do about it, as the operating system's number for it tells."""
    number = getattr(error.__cause__, "errno", None)
    told = advice.get(number, otherwise) if number is not None else otherwise
    return InputError(tr("{fault}; {advice}", fault=error, advice=told)) if told else error


def _reading_advice() -> dict[int, str]:
    return {
        errno.ENOENT: tr("was it moved or renamed? Open it from where it is now"),
        errno.ENOTDIR: tr("was it moved or renamed? Open it from where it is now"),
        errno.EACCES: tr("ask its owner for permission, or for a copy"),
        errno.EPERM: tr("ask its owner for permission, or for a copy"),
    }


def _writing_advice() -> dict[int, str]:
    full = tr("free some space, or save to another disk")
    own = tr("save to a folder of your own")
    return {
        errno.ENOSPC: full,
        getattr(errno, "EDQUOT", errno.ENOSPC): full,
        errno.EACCES: own,
        errno.EPERM: own,
        errno.EROFS: own,
        errno.ENAMETOOLONG: tr("choose a shorter name"),
    }
