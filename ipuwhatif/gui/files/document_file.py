"""A document and its file: what is written, whether another program has changed it, what a newer version left in it."""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.export import embedded_document
from ipuwhatif.figures.scenarios.documents import left_out_text
from ipuwhatif.files import exists
from ipuwhatif.gui.files.proposed_name import proposed_name
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.file_format import LIMIT_BYTES, Opened, read_content
from ipuwhatif.scenario.files.storage import read_file
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, printable, told

if TYPE_CHECKING:
    from ipuwhatif.analysis.world import World


def read_document(path: Path, world: "World") -> tuple[Opened, str | None]:
    """What a file holds, or has inside, and its fingerprint where it is a document itself. InputError for any fault."""
    if path.suffix.casefold() in embedded_document.SUFFIXES:
        return embedded_document.opened_file(path, world.catalog, world.levers), None
    data = read_file(path, LIMIT_BYTES)
    return read_content(data, printable(path.name), world.catalog, world.levers), fingerprint(data)


def name_for(document: Document, world: "World") -> str:
    """A name for a file of it: the title of the scenario that is looked at, or its job."""
    job = told(world.catalog.workloads[document.scenario.workload].name)
    return proposed_name(document.titles[document.active] or job, tr("scenario"))


def fingerprint(data: bytes) -> str:
    return sha256(data).hexdigest()


def answered(document: Document, world: "World") -> Document:
    """The document with the answers that go into its file; a fault in those keeps nobody's work from the disk."""
    from ipuwhatif.analysis.kept_answers import with_answers

    try:
        return with_answers(world, document)
    except Exception:
        import traceback

        from ipuwhatif.gui.start.fault_log import write_log

        write_log(traceback.format_exc())
        return document


def changed_elsewhere(path: Path, seen: str | None) -> bool:
    """Whether a file holds something else than when it was last seen here; one that is gone does not."""
    if not exists(path):
        return False
    try:
        return fingerprint(read_file(path, LIMIT_BYTES)) != seen
    except InputError:
        return True


def newer_file_text(name: str, opened: Opened) -> str:
    """What is told of a document that a newer version wrote."""
    return tr(
        "{name} was written by a newer version of IPU What-If. {left_out} Saving asks for another name.",
        name=name,
        left_out=left_out_text(opened),
    )
