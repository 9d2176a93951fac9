"""Office files as packages of parts: the same bytes for the same content, and one part taken out of them."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pptx.opc.serialized import _PhysPkgWriter
    from pptx.presentation import Presentation as Deck

_EARLIEST = (1980, 1, 1, 0, 0, 0)


class _Archive:
    """What the library's writer writes its parts to, in place of its own, which fails by a clock before 1980."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def write(self, name: str, content: bytes) -> None:
        item = zipfile.ZipInfo(name.removeprefix("/"), _EARLIEST)
        item.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(item, content)


def deck_bytes(deck: "Deck") -> bytes:
    """The deck as a file, with every part dated at the first day that a zip file knows."""
    from pptx.opc.serialized import PackageWriter

    target, package = io.BytesIO(), deck.part.package
    writer = PackageWriter(target, package._rels, tuple(package.iter_parts()))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        parts = cast("_PhysPkgWriter", _Archive(archive))
        writer._write_content_types_stream(parts)
        writer._write_pkg_rels(parts)
        writer._write_parts(parts)
    return target.getvalue()


def with_edited(document: bytes, pattern: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The document with every part whose name matches as `edit` makes it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, edit(content) if re.fullmatch(pattern, item.filename) else content)
    return target.getvalue()


def part_of(document: bytes, pattern: str) -> bytes:
    """The first part of a document whose name matches; KeyError where there is none."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            if re.fullmatch(pattern, name):
                return archive.read(name)
    raise KeyError(pattern)
