"""How a kind of value gets its words: a text with the fields of the value in their places."""

from collections.abc import Mapping
from enum import StrEnum

from ipuwhatif.records import Record, field_names
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, quoted, told


def phrase(kind: type[Record], text: str, *quotes: str) -> None:
    """What a value of a kind says: `text`, with its fields as they are told, those named in `quotes` in quotes."""
    names = field_names(kind)

    def words(said: Record) -> str:
        values = {name: getattr(said, name) for name in names}
        return tr(text, **{name: quoted(value) if name in quotes else _word(value) for name, value in values.items()})

    told.register(kind, words)


def phrases(kind: type[StrEnum], texts: Mapping[StrEnum, str]) -> None:
    """What each member of a kind says."""
    told.register(kind, lambda said: tr(texts[said]))


def _word(value: object) -> str:
    return format_number(value) if isinstance(value, float) else told(value)
