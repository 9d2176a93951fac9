"""Whatever holds results of the user's own: a submission folder, a log, a summary, a table, told apart by its look."""

from pathlib import Path

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import exists, is_file, is_folder, read_bounded
from ipuwhatif.importers.mine import my_catalog
from ipuwhatif.importers.reasons import NobodyReads, OfPath, PathFault, Refused, Rows
from ipuwhatif.importers.results.own import Imported, OwnResult
from ipuwhatif.importers.results.own_table import is_own_table, read_own_table, table_text
from ipuwhatif.importers.results.submission import read_log, read_submission
from ipuwhatif.importers.results.summary import is_summary, read_summary
from ipuwhatif.importers.results.table import read_table_results
from ipuwhatif.importers.store import Brought, Store, read_store
from ipuwhatif.importers.tables.bringing import asking_for_others, named_after
from ipuwhatif.importers.tables.cells import MOST_BYTES, SUFFIXES
from ipuwhatif.importers.tables.reading import Said
from ipuwhatif.units import InputError, RefusedError, printable, reason_of

RESULTS = "results"
FILES = "*.csv *.tsv *.xlsx *.parquet *.json *.log *.txt"
_LOGS = (".txt", ".log")


def takes_results(path: Path) -> bool:
    """Whether a path is read here, by its name alone, or by a folder of a submission in it; never raises."""
    if is_folder(path):
        return any(is_folder(each) for each in (path / "results", path / "systems")) or path.name == "results"
    return path.suffix.casefold() in (*SUFFIXES, *_LOGS, ".json")


def read_results(path: Path, catalog: Catalog, mlperf_round: str = "", said: Said | None = None) -> Imported:
    """Everything that a file or a folder holds. InputError where there is nothing, with what is read.

    mlperf_round: of logs and summaries that do not say theirs; said: what the user says of a table and of names.
    """
    said = said or Said()
    if not exists(path):
        raise RefusedError(OfPath(PathFault.MISSING, printable(path)))
    if is_folder(path):
        return read_submission(path, catalog, mlperf_round, said.systems)
    suffix = path.suffix.casefold()
    if suffix in _LOGS:
        return read_log(path, catalog, mlperf_round, said.systems)
    if suffix in (".json", ".csv") and is_summary(path):
        return read_summary(path, catalog, mlperf_round)
    if suffix in SUFFIXES:
        own = _own_text(path) if suffix == ".csv" else None
        return read_table_results(path, catalog, said) if own is None else read_own_table(own, path.name, catalog)
    raise RefusedError(NobodyReads(path.name, (FILES,)))


def is_plain_table(path: Path) -> bool:
    """Whether a file is a table whose columns somebody named as they liked; never raises."""
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES or not is_file(path):
        return False
    try:
        return suffix != ".csv" or not (is_summary(path) or _own_text(path) is not None)
    except InputError:
        return False


def bring_results(path: Path, mlperf_round: str = "", said: Said | None = None) -> tuple[Brought, ...]:
    """The results of a path as one thing to keep; it asks whether the others are wanted where some cannot be read.

    mlperf_round, said: as in `read_results`. InputError where none can be read.
    """
    found = read_results(path, my_catalog(), mlperf_round, said)
    if not found.results:
        raise RefusedError(found.refused[0])
    return (asking_for_others(brought_of(found, path), found.refused, len(found.results), Rows.RESULTS),)


def brought_of(found: Imported, path: Path) -> Brought:
    """What was read, as one thing to keep, called after its file or folder."""
    return named_after(path, RESULTS, table_text(found.results))


def kept_results(catalog: Catalog, store: Store | None = None) -> Imported:
    """All results of the store together, the user's own where none is given."""
    store = read_store() if store is None else store
    results: list[OwnResult] = []
    refused: list[Refused] = []
    for kept in store.of_kind(RESULTS):
        try:
            found = read_own_table(kept.text, kept.name, catalog)
        except InputError as error:
            raise RefusedError(Refused(kept.name, reason_of(error))) from None
        results += found.results
        refused += found.refused
    return Imported(tuple(results), tuple(refused))


def _own_text(path: Path) -> str | None:
    """The text of a table that this program wrote; None for any other."""
    if not is_file(path):
        return None
    text = read_bounded(path, MOST_BYTES).decode("utf-8", "replace")
    return text if is_own_table(text) else None
