"""`make translations`: brings the catalogs in `resources/i18n` in step with the source, and compiles them.

Texts are what `tr` and `marked` are given in the program, and the fields of resources that are shown in words. A text
that is gone leaves the catalog; a new one is added without a translation, and the run names how many wait for one.
"""

import ast
import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.figures.roofline.op_names import op_phrases
from ipuwhatif.figures.why.phrases import datum_words
from ipuwhatif.networks.library import network_for
from ipuwhatif.texts import CHINESE, DOMAIN, LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
DATE = datetime(2026, 1, 1, tzinfo=UTC)
SAYING = ("tr", "marked")

#: Fields that are shown in words, by file. Names of systems, titles and addresses of sources stay as they are.
_NOTES = frozenset({"note"})
SHOWN: dict[str, frozenset[str]] = {
    "calibration/track_record.json": frozenset({"title", "reason"}),
    "catalog/chips.json": _NOTES,
    "catalog/layouts.json": _NOTES,
    "catalog/published.json": _NOTES,
    "catalog/releases.json": _NOTES,
    "catalog/software.json": _NOTES,
    "catalog/systems.json": _NOTES | {"chip_word"},
    "catalog/workloads.json": frozenset({"name", "note", "sample_word", "target_words"}),
    "claims/claims.json": frozenset({"key", "name"}),
    "economics/fits.json": frozenset({"note", "reason"}),
    "economics/footprints.json": frozenset({"note", "leaves_out"}),
    "economics/interruptions.json": frozenset({"name", "note"}),
    "legal/mlperf.json": frozenset({"starts_from", "target"}),
    "levers/levers.json": frozenset({"name", "unit", "unset", "effect", "title", "note"}),
    "results/suite.json": frozenset({"task", "words"}),
    "stories/stories.json": frozenset({"title", "summary", "text", "speaker"}),
}
TABLES: dict[str, tuple[str, ...]] = {
    "evidence/claims.csv": ("subject", "stated", "quantity", "condition"),
    "results/folders_without_row.csv": ("reason",),
    "results/mlperf_all_benchmarks_v2.0_to_v5.0.csv": ("score_valid",),
}


def texts() -> Iterator[tuple[str, str]]:
    """File and text of everything that is to be translated."""
    for path in sorted((ROOT / "ipuwhatif").rglob("*.py")):
        for text in said(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix(), text
    yield from (("resources/catalog", words) for words in _datum_words())
    yield from (("ipuwhatif/networks", phrase) for name in _op_names() for phrase in op_phrases(name))
    for name, fields in SHOWN.items():
        if not (ROOT / "resources" / name).exists():
            continue
        for text in _fields(json.loads((ROOT / "resources" / name).read_text(encoding="utf-8")), fields):
            yield f"resources/{name}", text
    for name, columns in TABLES.items():
        for row in csv.DictReader(io.StringIO((ROOT / "resources" / name).read_text(encoding="utf-8"))):
            yield from ((f"resources/{name}", row[column]) for column in columns)


def said(source: str) -> Iterator[str]:
    """What a module gives to `tr` and `marked`, f-strings included, which extractors of gettext pass over."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING and node.args:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def _datum_words() -> set[str]:
    """What figures of chips, systems and workloads are called, from their keys."""
    catalog = load_catalog()
    things = (*catalog.chips.values(), *catalog.systems.values(), *catalog.workloads.values())
    return {datum_words(datum.key) for thing in things for datum in thing.data.values()}


def _op_names() -> set[str]:
    """The ops of every network on every architecture that lays it out in its own way."""
    keys = {each.network for each in load_catalog().workloads.values() if each.network}
    graphs = (network_for(key, architecture) for key in keys for architecture in ("ipu", "gpu"))
    return {op.name for graph in graphs for op in graph.ops}


def _fields(node: object, names: frozenset[str]) -> Iterator[str]:
    """The texts of the fields, however deep they lie."""
    if isinstance(node, list):
        for each in node:
            yield from _fields(each, names)
    if isinstance(node, dict):
        for name, value in node.items():
            if name in names and isinstance(value, str):
                yield value
            yield from _fields(value, names)


def template() -> Catalog:
    """Every text with the files that it is in."""
    catalog = Catalog(domain=DOMAIN, project="ipuwhatif", fuzzy=False)
    for file, text in texts():
        # a joiner such as ", " is a text, a figure of a table is none
        if any(letter.isalpha() for letter in text) or (file.startswith("ipuwhatif/") and text):
            catalog.add(text, locations=[(file, 0)])
    for message in catalog:
        message.locations = sorted(set(message.locations))
        message.flags.discard("python-format")  # places are "{name}"; a per cent sign is one
    return catalog


def path_of(language: str) -> Path:
    """The catalog that people write; the compiled one lies beside it."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(language: str) -> Catalog:
    """The catalog of a language as it is written."""
    with path_of(language).open("rb") as stream:
        return read_po(stream, locale=language, domain=DOMAIN)


def compiled(catalog: Catalog) -> bytes:
    """What `gettext` reads."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def updated(language: str) -> Catalog:
    """The catalog of a language with the texts of today."""
    catalog = load(language)
    catalog.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = DATE  # the same texts make the same files
    return catalog


def main() -> int:
    """Write catalog and compiled catalog; 1 while a text waits for its translation."""
    waiting = 0
    for language in (each for each in LANGUAGES if path_of(each).exists()):
        catalog = updated(language)
        with path_of(language).open("wb") as stream:
            write_po(stream, catalog, width=120, include_lineno=False, sort_output=True)
        path_of(language).with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{language}: {len(catalog)} texts, {len(missing)} without a translation")
        waiting += len(missing)
        for text in missing[:20]:
            print(f"  {text}")
    return 1 if waiting else 0


if __name__ == "__main__":
    assert CHINESE in LANGUAGES
    sys.exit(main())
