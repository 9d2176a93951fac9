"""Every kind of file that can be brought in: one row of a table for each."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ipuwhatif.files import exists, is_folder
from ipuwhatif.importers.chips import read_chip, takes_chip
from ipuwhatif.importers.jobs import NETWORK
from ipuwhatif.importers.mine import CHIP, PRICES
from ipuwhatif.importers.networks.bring import FILES as NETWORK_FILES
from ipuwhatif.importers.networks.bring import bring_network, takes_network
from ipuwhatif.importers.prices.reader import FILES as PRICE_FILES
from ipuwhatif.importers.prices.reader import bring_prices, takes_prices
from ipuwhatif.importers.profile_files import read_profile_file, takes_profile
from ipuwhatif.importers.profiles import PROFILE
from ipuwhatif.importers.reasons import Another, Double, NobodyReads, OfPath, PathFault, refused_path
from ipuwhatif.importers.results.reader import FILES, RESULTS, bring_results, takes_results
from ipuwhatif.importers.store import Brought, Store
from ipuwhatif.records import Record
from ipuwhatif.texts import marked
from ipuwhatif.units import RefusedError, printable

MOST_FILES = 1_000  # of a folder


class Reader(Record, frozen=True):
    """What reads one kind of file, or of folder."""

    kind: str  # of what it makes: "chip"
    word: str  # the same for people, marked
    files: str  # what it takes, as people name it: "*.toml"
    takes: Callable[[Path], bool]  # by the name, or by what a folder holds; never raises
    read: Callable[[Path], Sequence[Brought]]  # InputError names file, key or line, and what to write


#: The first that takes a file reads it.
READERS: tuple[Reader, ...] = (
    Reader(NETWORK, marked("network"), NETWORK_FILES, takes_network, bring_network),
    Reader(PRICES, marked("prices"), PRICE_FILES, takes_prices, bring_prices),
    Reader(PROFILE, marked("profile"), "*.toml", takes_profile, read_profile_file),
    Reader(CHIP, marked("chip"), "*.toml", takes_chip, read_chip),
    Reader(RESULTS, marked("results"), FILES, takes_results, bring_results),
)


def ending_of(kind: str) -> str:
    """How the file of an exported thing ends: tables are CSV, all else is TOML."""
    return ".csv" if kind in (PRICES, RESULTS) else ".toml"


def bring(path: Path, readers: Sequence[Reader] = READERS) -> tuple[Brought, ...]:
    """What a file, a folder that a reader takes as a whole, or each file of a folder holds. Nothing is kept yet.

    InputError for the first fault: whoever asks keeps all of it or nothing.
    """
    if not exists(path):
        raise RefusedError(OfPath(PathFault.MISSING, printable(path)))
    reader = _reader_of(path, readers)
    if reader is not None:
        return tuple(reader.read(path))
    endings = tuple(dict.fromkeys(each.files for each in readers))
    if not is_folder(path):
        raise RefusedError(NobodyReads(path.name, endings))
    taken = [(reader, file) for file in _files(path) if (reader := _reader_of(file, readers)) is not None]
    if not taken:
        raise RefusedError(OfPath(PathFault.NOTHING_TO_READ, printable(path), endings=endings))
    return tuple(thing for reader, file in taken for thing in reader.read(file))


def replaced(things: Sequence[Brought], store: Store) -> tuple[Another, ...]:
    """What of the store the things would take the place of, a question each; the same once more is none."""
    present = {(each.kind, each.name): each.text for each in store.kept}
    return tuple(
        Another(Double.TO_BE_REPLACED, each.name)
        for each in things
        if present.get((each.kind, each.name), each.text) != each.text
    )


def _reader_of(path: Path, readers: Sequence[Reader]) -> Reader | None:
    return next((each for each in readers if each.takes(path)), None)


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise refused_path(PathFault.NOT_READ, folder, error) from error
    if len(files) > MOST_FILES:
        raise RefusedError(OfPath(PathFault.TOO_MANY_FILES, printable(folder), most=MOST_FILES))
    return files
