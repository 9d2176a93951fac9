"""Parts that wait for the last one: their tables as plain arrays, and who leads in each draw among their plans."""

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from ipuwhatif.analysis.sweep.columns import Column, Table, Texts
from ipuwhatif.analysis.sweep.drawn import Leaders, leading
from ipuwhatif.model.parameters import FloatArray, IntArray
from ipuwhatif.records import field_names

_LEADERS = field_names(Leaders)
Arrays = dict[str, npt.NDArray[Any]]
Shares = dict[
    str, tuple[IntArray, FloatArray]
]  # by quantity: the plans that lead in some draw, ascending, and how often


def waiting_bytes(table: Table) -> bytes:
    """A table with its leaders as the bytes of an array file."""
    arrays: Arrays = {}
    for name, column in table.columns.items():
        if isinstance(column, Texts):
            arrays |= {f"codes/{name}": column.codes, f"words/{name}": np.array(column.words)}
        else:
            arrays[f"values/{name}"] = column
    for name, leaders in table.leaders.items():
        arrays |= {f"leaders/{name}/{each}": getattr(leaders, each) for each in _LEADERS}
    arrays["draws"] = np.array([table.draws])
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def shares_of(parts: Iterable[bytes]) -> Shares:
    """The share of the draws in which each plan leads among the plans of all parts."""
    found: dict[str, Leaders] = {}
    draws = 1
    for data in parts:
        arrays = _read(data)
        draws = int(arrays["draws"][0])
        for name in {key.split("/")[1] for key in arrays if key.startswith("leaders/")}:
            own = Leaders(*(arrays[f"leaders/{name}/{each}"] for each in _LEADERS))
            found[name] = leading(Leaders.joined([found[name], own])) if name in found else own
    counted = {name: np.unique(leaders.plan, return_counts=True) for name, leaders in found.items()}
    return {name: (plans, counts / draws) for name, (plans, counts) in counted.items()}


def with_shares(data: bytes, shares: Shares) -> Table:
    """The table of a part with the shares of its plans."""
    arrays = _read(data)
    columns: dict[str, Column] = {}
    for key in arrays:
        what, _, name = key.partition("/")
        if what == "codes":
            columns[name] = Texts(arrays[key], tuple(arrays[f"words/{name}"].tolist()))
        elif what == "values":
            columns[name] = arrays[key]
    return with_shares_of(Table(columns, 0, {}), shares)


def with_shares_of(table: Table, shares: Shares) -> Table:
    """A table whose shares are known; plans that lead in no draw have a share of 0."""
    columns = dict(table.columns)
    for name, (plans, often) in shares.items():
        if len(plans):
            place = np.searchsorted(plans, table.plan).clip(0, len(plans) - 1)
            own = np.where(plans[place] == table.plan, often[place], 0.0)
            columns[name] = columns[name] + own  # 0 so far, or nan where it cannot be told
    return Table(columns, table.asked, table.left_out)


def _read(data: bytes) -> Arrays:
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
