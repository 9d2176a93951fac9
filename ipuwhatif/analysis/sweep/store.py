"""Parts of a sweep as files: written whole or not at all, found again after a kill, told from those of another plan.

A Parquet sweep is a folder of part files, which pandas, Spark and the like read as one table. A CSV sweep gathers its
parts in a folder beside the file that they become.
"""

import io
import json
import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipuwhatif.analysis.sweep.columns import Column, Table, Texts
from ipuwhatif.analysis.sweep.reasons import AnotherSweep, Needs, NoFolder, SweepEnding, Unwritable
from ipuwhatif.analysis.sweep.waiting import shares_of, waiting_bytes, with_shares
from ipuwhatif.files import exists, is_file, is_folder, read_bounded, reason_of, write_atomic
from ipuwhatif.records import Record, tagged
from ipuwhatif.units import InputError, RefusedError, printable

if TYPE_CHECKING:
    import pandas

PARQUET, CSV = ".parquet", ".csv"
MARK = "_plan.json"  # readers of Parquet folders pass over names that begin with "_"
_MARK_LIMIT, WAITING_LIMIT = 1_000_000, 1_000_000_000


class Store(Record, frozen=True):
    """Where the parts of a plan lie. Part `number` holds the plans from number × chunk on."""

    path: Path  # what the user named
    folder: Path
    suffix: str
    key: str  # of the plan
    plans: int
    chunk: int

    @property
    def parts(self) -> int:
        return -(-self.plans // self.chunk)

    def span(self, number: int) -> tuple[int, int]:
        """The numbers of the plans of a part."""
        return number * self.chunk, min((number + 1) * self.chunk, self.plans)

    def file(self, number: int) -> Path:
        return self.folder / f"part-{number:07d}{self.suffix}"

    def told(self, number: int) -> Path:
        """What is told of a part that is done."""
        return self.folder / f"_part-{number:07d}.json"

    def waiting(self, number: int) -> Path:
        """A part that is done but for the shares that no part can tell alone."""
        return self.folder / f"_part-{number:07d}.npz"

    @property
    def missing(self) -> list[int]:
        """The parts that are still to do."""
        return [number for number in range(self.parts) if not is_file(self.told(number))]


def check_path(path: Path) -> None:
    """InputError for a name that no sweep is written to, and where what writes it is not installed."""
    if path.suffix.casefold() not in (PARQUET, CSV):
        raise RefusedError(SweepEnding(printable(path), (PARQUET, CSV)))
    if path.suffix.casefold() == PARQUET and find_spec("pyarrow") is None:
        raise RefusedError(Needs.PYARROW)


def open_store(path: Path, key: str, plans: int, chunk: int) -> Store:
    """A new place for the parts of a plan, or the one that was begun for it. InputError where another is there."""
    check_path(path)
    suffix = path.suffix.casefold()
    folder = path if suffix == PARQUET else path.with_name(f"{path.name}.parts")
    try:
        # An empty folder is what a kill or a full disk leaves before the first mark.
        if exists(folder) and not (is_folder(folder) and next(folder.iterdir(), None) is None):
            return _begun(Store(path, folder, suffix, key, plans, chunk))
        if not is_folder(folder.parent):
            raise RefusedError(NoFolder(printable(folder.parent)))
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error
    store = Store(path, folder, suffix, key, plans, chunk)
    write_atomic(folder / MARK, json.dumps({"plan": key, "plans": plans, "chunk": chunk}).encode())
    return store


def _begun(store: Store) -> Store:
    try:
        mark = json.loads(read_bounded(store.folder / MARK, _MARK_LIMIT))
        chunk = mark["chunk"] if (mark["plan"], mark["plans"]) == (store.key, store.plans) else 0
    except (InputError, ValueError, KeyError, TypeError):
        chunk = 0
    if not isinstance(chunk, int) or chunk < 1:
        raise RefusedError(AnotherSweep(printable(store.folder)))
    return Store(store.path, store.folder, store.suffix, store.key, store.plans, chunk)


def frame_of(table: Table) -> "pandas.DataFrame":
    """A table as pandas has it: texts are categories, the same in each part."""
    import pandas

    def column(values: Column) -> "pandas.Categorical | Column":
        return pandas.Categorical.from_codes(values.codes, values.words) if isinstance(values, Texts) else values

    return pandas.DataFrame({name: column(values) for name, values in table.columns.items()})


def write_part(store: Store, number: int, table: Table) -> None:
    """Write a part, then what is told of it: a kill between the two does the part again.

    Where shares among all plans are kept, a part waits for the others as plain arrays beside its leaders.
    """
    if table.leaders:
        write_atomic(store.waiting(number), waiting_bytes(table))
    else:
        _write_table(store, number, table)
    left_out = [(tagged(reason), count) for reason, count in table.left_out.items()]
    told = {"asked": table.asked, "rows": table.rows, "left_out": left_out}
    write_atomic(store.told(number), json.dumps(told, ensure_ascii=False).encode())


def _write_table(store: Store, number: int, table: Table) -> None:
    frame, buffer = frame_of(table), io.BytesIO()
    if store.suffix == PARQUET:
        frame.to_parquet(buffer, index=False)
    else:
        frame.to_csv(buffer, index=False, header=number == 0, lineterminator="\n")
    write_atomic(store.file(number), buffer.getvalue())


def told_of(store: Store, number: int) -> Mapping[str, Any]:
    """What was told of a part: plans asked for, rows, and plans left out by reason. InputError where it is damaged."""
    found: Mapping[str, Any] = json.loads(read_bounded(store.told(number), _MARK_LIMIT))
    return found


def finish(store: Store) -> None:
    """Write what waited for the last part, and make one file of a CSV sweep; a fault leaves all parts as they are."""
    _write_shares(store)
    if store.suffix != CSV:
        return
    gathered = store.folder / "_all.csv"
    try:
        with gathered.open("wb") as whole:
            for number in range(store.parts):
                with store.file(number).open("rb") as part:
                    shutil.copyfileobj(part, whole)
            whole.flush()
            os.fsync(whole.fileno())
        gathered.replace(store.path)
        # Under another name first: what a kill leaves of it is then no sweep to go on with.
        done = store.folder.with_suffix(".done")
        shutil.rmtree(done, ignore_errors=True)
        shutil.rmtree(store.folder.rename(done))
    except OSError as error:
        raise _refused(store.path, error) from error


def _write_shares(store: Store) -> None:
    """The parts that wait, with the share of the draws in which each plan leads among all."""
    waiting = [number for number in range(store.parts) if is_file(store.waiting(number))]
    if len(waiting) == store.parts:  # fewer are what a kill has left of them, with all parts written
        found = shares_of(read_bounded(store.waiting(number), WAITING_LIMIT) for number in waiting)
        for number in waiting:
            _write_table(store, number, with_shares(read_bounded(store.waiting(number), WAITING_LIMIT), found))
    for number in waiting:
        store.waiting(number).unlink()


def _refused(path: Path, error: OSError) -> InputError:
    return RefusedError(Unwritable(printable(path), reason_of(error)))
