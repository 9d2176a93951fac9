"""Documents to start from, shipped with the program: whole stories of several scenarios, opened as untitled copies."""

from pathlib import Path

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.scenario import SUFFIX
from ipuwhatif.texts import marked

FOLDER = "examples"


class Example(Record, frozen=True):
    """One shipped document; `name` and `description` are in English, to be translated where they are shown."""

    key: str  # "one-minute": the name of its file
    name: str
    description: str  # one line
    path: Path


def examples() -> tuple[Example, ...]:
    """Every example, in the order in which they are offered. InputError where one is missing."""
    return tuple(
        Example(key, name, description, resource(FOLDER, f"{key}{SUFFIX}")) for key, name, description in _told()
    )


def load_example(example: Example, catalog: Catalog, levers: Levers) -> Document:
    """The document of an example, read as strictly as any file. InputError for a fault."""
    from ipuwhatif.scenario.files.file_format import load_document  # menus list examples long before one is opened

    return load_document(example.path, catalog, levers).document


def _told() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            "half-a-year-of-software",
            marked("Half a year of software"),
            marked("ResNet-50 from v1.0 to v1.1 of MLPerf® Training, and two EfficientNets on the same systems"),
        ),
        (
            "one-minute",
            marked("What one minute would take"),
            marked("ResNet-50 on the largest systems: a target, Bow, and gains of software and links"),
        ),
        (
            "bert-large-two-divisions",
            marked("BERT-Large, open against closed"),
            marked("Both divisions, software one round later, and an assumption about large batches"),
        ),
    )
