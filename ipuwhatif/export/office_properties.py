"""The scenario inside a PowerPoint or Excel file, as custom properties of the document.

Parts that no program knows are dropped by LibreOffice, openpyxl and others when they save a file again; custom
properties are kept by all of them. A property holds up to 255 letters in Excel, so the content, packed and written as
base64, is cut into as many as it takes.
"""

import base64
import binascii
import io
import re
import zipfile
import zlib

NAME = "ipuwhatif-scenario-"  # of a property, followed by its number
PART = "docProps/custom.xml"
_LONGEST = 255  # letters of a property
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of all custom properties
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
_PROPERTY = re.compile(
    rb'<(?:\w{1,20}:)?property\b[^<>]{0,300}\bname="'
    + NAME.encode()
    + rb'(\d{4})"[^<>]{0,300}>\s{0,20}<(?:\w{1,20}:)?lpwstr(?:\s[^<>]{0,300})?>([A-Za-z0-9+/=]{1,255})<'
)
MOST_PART = 3_000_000  # bytes of the part that are looked at: 1 MB that cannot be packed, as base64 in XML


def office_with(document: bytes, content: bytes) -> bytes:
    """A PowerPoint or Excel file with the content as custom properties; other parts stay as they are."""
    source, target = io.BytesIO(document), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "[Content_Types].xml":
                override = f'<Override PartName="/{PART}" ContentType="{_TYPE}"/></Types>'
                data = data.replace(b"</Types>", override.encode())
            elif item.filename == "_rels/.rels":
                relation = f'<Relationship Id="rIdIpuwhatif" Type="{_RELATION}" Target="{PART}"/></Relationships>'
                data = data.replace(b"</Relationships>", relation.encode())
            new.writestr(item, data)
        stamp = zipfile.ZipInfo(PART, date_time=(1980, 1, 1, 0, 0, 0))
        stamp.compress_type = zipfile.ZIP_DEFLATED
        new.writestr(stamp, properties_with(content))
    return target.getvalue()


def properties_with(content: bytes) -> bytes:
    """The part of a document that holds the content in properties."""
    text = base64.b64encode(zlib.compress(content, 9)).decode("ascii")
    pieces = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
    listed = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number + 2}" name="{NAME}{number:04}"><vt:lpwstr>{piece}</vt:lpwstr>'
        "</property>"
        for number, piece in enumerate(pieces)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<Properties {_SPACES}>{listed}</Properties>".encode("ascii")


def packed_in(part: bytes) -> bytes | None:
    """What properties of a document's own part hold, still packed by zlib; None where there are none of ours."""
    pieces = {int(number): piece for number, piece in _PROPERTY.findall(part[:MOST_PART])}
    if not pieces:
        return None
    try:
        return base64.b64decode(b"".join(piece for _, piece in sorted(pieces.items())), validate=True)
    except binascii.Error:
        return b""
