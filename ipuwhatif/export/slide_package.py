"""Office files as packages of parts: the same bytes for the same content, and one part taken out of them."""

import io
import re
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def settled(document: bytes) -> bytes:
    """The same document with every part dated at the first day that a zip file knows."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            item = zipfile.ZipInfo(name, _EARLIEST)
            item.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(item, old.read(name))
    return target.getvalue()


def part_of(document: bytes, pattern: str) -> bytes:
    """The first part of a document whose name matches; KeyError where there is none."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            if re.fullmatch(pattern, name):
                return archive.read(name)
    raise KeyError(pattern)
