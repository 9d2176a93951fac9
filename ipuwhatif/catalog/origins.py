"""Where each row comes from: `origins.json` says, per evidence file and per source, how an Origin is made.

A row without an origin is refused; what is not known of an origin is None.
"""

import re
import string
from collections.abc import Mapping
from pathlib import Path

from ipuwhatif.catalog.datum import ORIGIN_KINDS, READ, RECALLED, Origin
from ipuwhatif.catalog.documents import Node, read_document
from ipuwhatif.catalog.notes import text_of, together
from ipuwhatif.catalog.reasons import Flaw, Flawed
from ipuwhatif.catalog.tables import Row
from ipuwhatif.records import Record, replace
from ipuwhatif.units import Said, nearest

_BARE_NAME = re.compile(r"MLPerf(?!®)")


class FileRule(Record, frozen=True):
    """How every row of one file becomes an Origin: templates over its columns."""

    producer: str
    title: str
    locator: str
    kind: str
    columns: tuple[str, ...]  # that the templates use


class Source(Record, frozen=True):
    """A producer, known by how its addresses or titles start."""

    starts: str
    producer: str
    published: str | None


class OriginRules(Record, frozen=True):
    """Everything `origins.json` says."""

    files: Mapping[str, FileRule]
    sources: tuple[Source, ...]
    recalled_producer: str
    recalled_title: str


def check_kind(node: Node, kind: str) -> str:
    """The kind of an origin, refused when it is none of `ORIGIN_KINDS`."""
    if kind not in ORIGIN_KINDS:
        raise node.refuse(_unknown_kind(kind))
    return kind


def _unknown_kind(kind: str) -> Flawed:
    return Flawed(Flaw.ORIGIN_KIND_UNKNOWN, kind, nearest=nearest(kind, ORIGIN_KINDS))


def read_origin(node: Node) -> Origin:
    """An Origin that is written out in a document."""
    origin = Origin(
        producer=node.text("producer"),
        title=node.text("title"),
        locator=node.optional_text("locator"),
        published=node.optional_text("published"),
        read=node.optional_text("read"),
        kind=check_kind(node, node.text("kind")),
        note=text_of(node.text("note", "")),
    )
    node.close()
    return origin


def read_rules(folder: Path) -> OriginRules:
    """The rules of `folder/origins.json`."""
    root = read_document(folder, "origins.json")
    files = root.child("files")
    rules = {name: _file_rule(files.child(name)) for name in files.names()}
    sources = []
    for node in root.children("sources"):
        sources.append(Source(node.text("starts"), node.text("producer"), node.optional_text("published")))
        node.close()
    recalled = root.child("recalled")
    made = OriginRules(rules, tuple(sources), recalled.text("producer"), recalled.text("title"))
    recalled.close()
    root.close()
    return made


def _file_rule(node: Node) -> FileRule:
    producer, title, locator = (node.text(name) for name in ("producer", "title", "locator"))
    try:
        names = [name for text in (producer, title, locator) for _, name, _, _ in string.Formatter().parse(text)]
    except ValueError as error:
        raise node.refuse(Flawed(Flaw.BROKEN_TEMPLATE, value=str(error))) from None
    columns = tuple(dict.fromkeys(name for name in names if name is not None))
    rule = FileRule(producer, title, locator, check_kind(node, node.text("kind")), columns)
    node.close()
    return rule


def file_origin(rules: OriginRules, row: Row, published: str | None) -> Origin:
    """The Origin of a row by its file's rule; `published` is the date of its MLPerf round."""
    name = row.file.rpartition("/")[2]
    if name not in rules.files:
        raise row.refuse(Flaw.NO_RULE)
    rule = rules.files[name]
    for column in rule.columns:
        if not row.cells.get(column):
            raise row.refuse(Flawed(Flaw.ORIGIN_EMPTY, column))
    producer, title, locator = (text.format_map(row.cells) for text in (rule.producer, rule.title, rule.locator))
    # Some submitters' folders have blanks in their names, which a link must not.
    return Origin(producer, title, locator.replace(" ", "%20"), published, None, rule.kind)


def row_origin(rules: OriginRules, row: Row) -> Origin:
    """The Origin of a row that names its own source in source_url, source_title, kind and note."""
    kind = row.text("kind")
    if kind not in ORIGIN_KINDS:
        raise row.refuse(_unknown_kind(kind))
    address, title, note = row.text("source_url"), row.text("source_title"), row.text("note")
    if kind == RECALLED:
        return Origin(rules.recalled_producer, rules.recalled_title, None, None, None, RECALLED, note)
    if not title:
        raise row.refuse(Flawed(Flaw.ORIGIN_EMPTY, "source_title"))
    source = next((source for source in rules.sources if (address or title).startswith(source.starts)), None)
    if source is None:
        raise row.refuse(Flawed(Flaw.NO_PRODUCER, address or title))
    # Some addresses carry a remark, such as the commit: a link must not.
    locator, opened, remark = address.partition("(")
    notes = [text for text in (note, remark.rstrip(")") if opened else "") if text]
    signed = _BARE_NAME.sub("MLPerf®", title)
    return Origin(source.producer, signed, locator.strip() or None, source.published, None, kind, "; ".join(notes))


def with_kind(origin: Origin, kind: str, note: Said) -> Origin:
    """The origin of a figure that was computed from the original one; a recalled figure stays recalled."""
    final = kind if origin.kind == READ else origin.kind
    return replace(noted(origin, note), kind=final)


def noted(origin: Origin, note: Said) -> Origin:
    """The origin with a further note, if it is not empty."""
    return replace(origin, note=together(origin.note, note)) if note else origin
