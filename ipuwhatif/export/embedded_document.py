"""The scenario that travels inside an exported file: how it is put there, and how it is found again.

A file from a stranger is data: only our own part of it is read, up to a limit, and nothing else is looked at.
"""

import base64
import binascii
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.export.office_properties import MOST_PART, PART, packed_in
from ipuwhatif.scenario.files.file_format import Opened, load_document, read_content
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable

LIMIT_BYTES = 1_000_000  # of a scenario
LIMIT_FILE_BYTES = 64_000_000  # of a file that may hold one
OLD_PART = "customXml/ipuwhatif-scenario.json"  # of an Office file by earlier versions, as it is
KEYWORD = "ipuwhatif-scenario"  # of a PNG chunk, an SVG or HTML element
ATTACHMENT = "scenario.ipuwhatif"  # of a PDF file
_GROWTH = 10_000  # bytes: what cannot be packed grows by less
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 100_000  # of a PNG file; the largest that is looked into has a tenth of them
_XML = re.compile(rb'<metadata id="ipuwhatif-scenario">([A-Za-z0-9+/=\s]{0,2000000})</metadata>')
_SCRIPT = re.compile(rb'<script type="application/json" id="ipuwhatif-scenario">([^<]{0,7000000})</script>')
#: What a script holds in place of "<" and "&"; any other escape, "\\\\" first of all, is one token and stays.
_ESCAPES: Mapping[bytes, bytes] = MappingProxyType({b"\\u003c": b"<", b"\\u0026": b"&"})
_ESCAPE = re.compile(rb"\\u003c|\\u0026|\\.")
_FILE_ENTRY = re.compile(
    rb"/F \(\xfe\xff" + re.escape(ATTACHMENT.encode("utf-16-be")) + rb"\)\s*/EF\s*<<\s*/F (\d{1,9}) 0 R"
)
_STREAM = re.compile(rb"stream\r?\n")
_ZIP_ENTRY = struct.Struct("<4s5H3I2H")  # what stands before the name of a file in an archive
_OFFICE_ENTRY = re.compile(
    rb"PK\x03\x04.{26}(" + re.escape(PART.encode()) + b"|" + re.escape(OLD_PART.encode()) + b")", re.DOTALL
)
#: Behind an element of ours, where earlier versions pass it over: the sum of the content.
_CHECK = re.compile(rb"\s*<!-- ipuwhatif-check ([0-9a-f]{8}) -->")


def png_with(picture: bytes, content: bytes) -> bytes:
    """A PNG file with the content in a compressed text chunk of its own, before the last chunk."""
    text = KEYWORD.encode() + b"\0\0" + zlib.compress(content, 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    end = picture.rindex(b"IEND") - 4
    return picture[:end] + chunk + picture[end:]


def svg_with(picture: bytes, content: bytes) -> bytes:
    """An SVG file with the content as its metadata, as letters and digits that no XML takes for markup."""
    place = picture.index(b">", picture.index(b"<svg")) + 1
    element = b'\n<metadata id="%s">%s</metadata>' % (KEYWORD.encode(), base64.b64encode(content))
    return picture[:place] + element + _check(content).encode() + picture[place:]


def html_script(content: bytes) -> str:
    """The element that holds the content in an HTML page; no text in it can end the element."""
    text = content.decode("ascii").replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="application/json" id="{KEYWORD}">{text}</script>{_check(content)}'


def opened_file(path: Path, catalog: Catalog, levers: Levers) -> Opened:
    """The document of a scenario file, or the one that travels inside an exported file. InputError names the file."""
    if path.suffix.casefold() not in SUFFIXES:
        return load_document(path, catalog, levers)
    data = read_file(path, LIMIT_FILE_BYTES)
    try:
        content = carried_in(data, path.suffix)
    except InputError as error:
        raise InputError(tr("{path}: {fault}", path=printable(path), fault=error)) from error
    return read_content(content, printable(path.name), catalog, levers)


def carries(path: Path) -> bool:
    """Whether a scenario, be it damaged, travels inside a file of one of SUFFIXES; not in one that cannot be read."""
    try:
        data = read_file(path, LIMIT_FILE_BYTES)
    except InputError:
        return False
    try:
        return _FINDERS[path.suffix.casefold()](data) is not None
    except InputError:  # damaged
        return True


def carried_in(data: bytes, suffix: str) -> bytes:
    """The content inside an exported file of a kind (".png", ".pptx"). InputError where there is none."""
    find = _FINDERS.get(suffix.casefold())
    found = find(data) if find is not None and len(data) <= LIMIT_FILE_BYTES else None
    if found is None:
        raise InputError(tr("there is no scenario in it; choose a file that IPU What-If has saved or exported"))
    if len(found) > LIMIT_BYTES:
        raise InputError(tr("the scenario in it is too large to be one of ours"))
    return found


def _in_png(data: bytes) -> bytes | None:
    place = len(_PNG_HEAD) if data.startswith(_PNG_HEAD) else len(data)
    for _ in range(MOST_CHUNKS):
        if place + 12 > len(data):
            break
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        head = b"zTXt" + KEYWORD.encode() + b"\0\0"
        if kind == b"zTXt" and data.startswith(head, place + 4):
            return _inflated(data, place + 4 + len(head), place + 8 + length)
        place += 12 + length
    return None


def _in_svg(data: bytes) -> bytes | None:
    found = _XML.search(data)
    try:
        return None if found is None else _checked(base64.b64decode(found[1], validate=False), found)
    except binascii.Error:
        return None


def _in_html(data: bytes) -> bytes | None:
    found = _SCRIPT.search(data)
    if found is None:
        return None
    return _checked(_ESCAPE.sub(lambda escape: _ESCAPES.get(escape[0], escape[0]), found[1]), found)


def _check(content: bytes) -> str:
    """The sum of the content, as a comment: neither base64 nor JSON tells that a letter has become another."""
    lines = content.replace(b"\r\n", b"\n")  # as mail and editors change them
    return f"<!-- ipuwhatif-check {zlib.crc32(lines):08x} -->"


def _checked(content: bytes, found: re.Match[bytes]) -> bytes:
    """The content of an element. InputError where the sum behind it is another; earlier versions wrote none."""
    check = _CHECK.match(found.string, found.end())
    if check is not None and check[0].strip() != _check(content).encode():
        raise _damaged()
    return content


def _damaged() -> InputError:
    return InputError(tr("the scenario in it is damaged; use another copy of the file"))


def _in_office(data: bytes) -> bytes | None:
    """Our own part of an archive, found by its name: a list of contents from a stranger could fill the memory."""
    for entry in _OFFICE_ENTRY.finditer(data):
        _, _, flags, method, _, _, check, packed, _, named, extra = _ZIP_ENTRY.unpack_from(data, entry.start())
        if named != len(entry[1]) or flags & 1 or method != zipfile.ZIP_DEFLATED:
            continue
        body = entry.end() + extra
        most = LIMIT_BYTES if entry[1] == OLD_PART.encode() else MOST_PART
        found = _inflated(data, body, body + packed if packed else len(data), -zlib.MAX_WBITS, most)
        # Programs that write an archive in one go put the sum behind the part, and none here.
        if found is not None and len(found) <= most and check not in (0, zlib.crc32(found)):
            raise _damaged()
        if entry[1] == OLD_PART.encode() or found is None:
            return found
        held = packed_in(found)
        if held is not None:
            content = _inflated(held, 0, len(held))
            if content is None:
                raise _damaged()
            return content
    return None


def _in_pdf(data: bytes) -> bytes | None:
    """The attachment of a PDF file that Qt wrote: a deflated object that the entry with its name points at."""
    entry = _FILE_ENTRY.search(data)
    place = -1 if entry is None else data.rfind(b"\n%s 0 obj" % entry[1])
    start = None if place < 0 else _STREAM.search(data, place, place + 2000)
    return None if start is None else _inflated(data, start.end(), len(data))


def _inflated(data: bytes, start: int, end: int, window: int = zlib.MAX_WBITS, most: int = LIMIT_BYTES) -> bytes | None:
    """What is packed between two places, no more than `most` of it and a byte; None where that is broken or cut off."""
    packed = memoryview(data)[start : min(end, start + most + _GROWTH)]
    stream = zlib.decompressobj(window)
    try:
        found = stream.decompress(packed, most + 1)
    except zlib.error:
        return None
    return found if stream.eof or len(found) > most else None


_FINDERS: Mapping[str, Callable[[bytes], bytes | None]] = MappingProxyType(
    {
        ".png": _in_png,
        ".svg": _in_svg,
        ".pdf": _in_pdf,
        ".html": _in_html,
        ".pptx": _in_office,
        ".xlsx": _in_office,
    }
)
SUFFIXES = tuple(_FINDERS)
