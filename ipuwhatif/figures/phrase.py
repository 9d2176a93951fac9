"""How a kind of value gets its words: a text with the fields of the value in their places."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from ipuwhatif.records import Record, field_names
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, quoted, shortened, told

MOST_LISTED = 5  # texts from elsewhere in one of ours


def phrase(kind: type[Record], text: str | Mapping[StrEnum, str], *quotes: str, counts: Sequence[str] = ()) -> None:
    """What a value of a kind says: `text`, of several the one that its first field chooses.

    Its fields stand there as they are told, those named in `quotes` in quotes, whole numbers named in `counts` with
    thousands in groups.
    """
    names = field_names(kind)

    def word(said: Record, name: str) -> str:
        value = getattr(said, name)
        return quoted(value) if name in quotes else format_number(value) if name in counts else _word(value)

    def words(said: Record) -> str:
        chosen = text if isinstance(text, str) else text[getattr(said, names[0])]
        return tr(chosen, **{name: word(said, name) for name in names if f"{{{name}}}" in chosen})

    told.register(kind, words)


def phrases(kind: type[StrEnum], texts: Mapping[StrEnum, str]) -> None:
    """What each member of a kind says."""
    told.register(kind, lambda said: tr(texts[said]))


def _word(value: object) -> str:
    if isinstance(value, tuple):
        return tr(", ").join(map(told, value))
    return format_number(value) if isinstance(value, float) else told(value)


def some_of(texts: Sequence[str]) -> str:
    """The first few texts of a file, each as a short printable line, and how many more there are."""
    first = tr(", ").join(map(shortened, texts[:MOST_LISTED]))
    more = len(texts) - MOST_LISTED
    return first if more <= 0 else tr("{first} and {count} more", first=first, count=format_number(more))
