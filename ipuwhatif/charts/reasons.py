"""Why a chart is not drawn as it is asked for, as a value. Worded in `figures/refusals/typed.py`."""

from ipuwhatif.records import Record


class NoTheme(Record, frozen=True):
    name: str
    known: tuple[str, ...]
