"""Bad input told in one line: the fault, what was written, and the nearest that would be read."""

from collections.abc import Iterable, Sequence
from functools import singledispatch
from importlib import import_module

from ipuwhatif.records import Record

#: Letters of a message, and letters of one text from elsewhere in it.
LONGEST_FAULT, LONGEST_QUOTE = 2_000, 60


#: What is found, noted or refused, as data: a record, a member of a `StrEnum`, or what is a text already.
Said = Record | str


class InputError(ValueError):
    """Bad input, told in one line that names the fault and the nearest valid choice.

    The line has an end whatever it quotes: a window would take a minute to break a million letters into lines.
    """

    def __init__(self, text: str) -> None:
        super().__init__(_with_an_end(text))


class RefusedError(InputError):
    """Bad input as data: `reason` says what is wrong and of what.

    Its words are those of `told`, in the language of whoever reads them.
    """

    def __init__(self, reason: Said) -> None:
        ValueError.__init__(self, reason)
        self.reason = reason

    def __str__(self) -> str:
        return _with_an_end(told(self.reason))


def reason_of(error: InputError) -> Said:
    """What an error says, to be told within another."""
    return error.reason if isinstance(error, RefusedError) else str(error)


#: The modules with the words for the kinds of a module, which register them; brought in with the first that is told.
words_of: dict[str, tuple[str, ...]] = {}


@singledispatch
def told(said: object) -> str:
    """The words of what was found, noted or refused below `figures/`, which registers a function for each kind of it.

    What is a text already is told as it stands, and so is an error.
    """
    kind = type(said)
    for module in words_of.get(kind.__module__, ()):
        import_module(module)
    words = told.dispatch(kind)
    return words(said) if words is not told.dispatch(object) else repr(said) if isinstance(said, Record) else str(said)


def _with_an_end(text: str) -> str:
    head, tail = LONGEST_FAULT * 3 // 4, LONGEST_FAULT // 4
    return text if len(text) <= LONGEST_FAULT else f"{text[:head]} … {text[-tail:]}"


def quoted(text: object) -> str:
    """The text as one short printable line in quotes, for an error message."""
    return f"'{shortened(text)}'"


def shortened(text: object, most: int = LONGEST_QUOTE) -> str:
    """The text as one printable line of at most so many letters; "…" stands for the rest."""
    whole = str(text)
    return f"{printable(whole[:most])}…" if len(whole) > most else printable(whole)


def printable(text: object) -> str:
    """The text on one line: what does not print, such as a line break in a file's name, becomes "?"."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(text))


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice that is spelled most like `name`, or None when there is no choice at all."""
    names = sorted(choice for choice in set(choices) if choice)
    as_written = _most_alike(name[:100], names, 0.6)
    if as_written is not None:
        return as_written
    folded = {choice.casefold(): choice for choice in names}
    found = _most_alike(name.casefold()[:100], list(folded), 0.0)
    return folded[found] if found is not None else (names[0] if names else None)


def _most_alike(word: str, names: Sequence[str], likeness: float) -> str | None:
    """The name most like a word; of several that are as much alike the one that begins like it the longest."""
    import difflib  # for faults only

    def begins_alike(name: str) -> int:
        return next(
            (place for place, pair in enumerate(zip(name, word, strict=False)) if len(set(pair)) > 1), len(word)
        )

    found = difflib.get_close_matches(word, names, n=8, cutoff=likeness)
    ratios = [difflib.SequenceMatcher(None, name, word).ratio() for name in found]
    best = [name for name, ratio in zip(found, ratios, strict=True) if ratio == max(ratios)]
    return max(best, key=begins_alike, default=None)


def misspelt(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The word that another is spelled much like, from 0 to 1; None where nobody could have meant any of them."""
    import difflib  # for faults only

    return next(iter(difflib.get_close_matches(word.casefold()[:100], list(known), n=1, cutoff=likeness)), None)
