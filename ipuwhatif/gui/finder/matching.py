"""How entries are found by what is typed: the exact name first, then beginnings of words, then whatever is within."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.units import LONGEST_TEXT, half_width

#: How well a text was found: it is a name; whole words of one, in their order; the beginning of one; the beginnings of
#: words; inside a name; only in what is said of an entry.
NAME, WORDS, BEGINNING, BEGINNINGS, WITHIN, ELSEWHERE = range(6)
LEAST_PART = 3  # Latin letters of what is meant though it only stands within a name
_BREAKS = re.compile(r"[\s\-_:(),./×&…：（），、·]+")


def found(offered: Sequence[Entry], text: str) -> list[tuple[int, Entry]]:
    """The entries that have every word of a text, in any order, and how well; without a text all that can be chosen.

    The best come first. What cannot be chosen now comes last, unless it is what was named.
    """
    if len(text) > LONGEST_TEXT:  # nothing is called that
        return []
    words = words_of(text)
    if not words:
        return [] if text.strip() else [(ELSEWHERE, entry) for entry in offered if entry.possible]
    ranked = []
    for index, entry in enumerate(offered):
        rank = _rank(words, entry)
        if rank is not None:
            later = not entry.possible and rank > WORDS
            ranked.append((later, rank, not entry.possible, index, entry))
    return [(rank, entry) for _, rank, _, _, entry in sorted(ranked, key=lambda each: each[:4])]


def is_sure(text: str, matches: Sequence[tuple[int, Entry]]) -> bool:
    """Whether a text says enough for its best match to be meant: a letter or two stand within many names."""
    telling = any(len(word) >= LEAST_PART or not word.isascii() for word in words_of(text))
    return bool(words_of(text)) and (telling or any(rank < WITHIN for rank, _ in matches[:1]))


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters: "dgx", "a100", "8" and "gpus" of "DGX A100 (8 GPUs)"."""
    return tuple(filter(None, _BREAKS.split(half_width(text).casefold())))


def run_together(text: str) -> str:
    """A text in small letters without what parts its words: "b200" of "B 200"."""
    return "".join(words_of(text))


def has_words(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words are whole words of a name in their order, however they are parted: "b", "200" in "DGX B200"."""
    asked = "".join(words)
    ends = range(1, len(name) + 1)
    return any("".join(name[start:end]) == asked for end in ends for start in range(end))


def _rank(words: tuple[str, ...], entry: Entry) -> int | None:
    """How well all words are found; None where one is missing."""
    names = (entry.text, *entry.names)
    ranks = [_rank_in(words, words_of(name)) for name in names]
    known = [rank for rank in ranks if rank is not None]
    if known:
        return min(known)
    said = words_of(" ".join((*names, entry.kind, entry.told, entry.words)))
    return ELSEWHERE if all(any(each.startswith(word) for each in said) for word in words) else None


def _rank_in(words: tuple[str, ...], name: tuple[str, ...]) -> int | None:
    asked = "".join(words)
    if asked == "".join(name):
        return NAME
    if not all(any(word in each for each in name) for word in words) and asked[:1] not in {each[:1] for each in name}:
        return None  # most names, soon
    if has_words(words, name):
        return WORDS
    begun = ["".join(name[start:]).startswith(asked) for start in range(len(name))]
    if begun and begun[0]:
        return BEGINNING
    if any(begun) or all(any(each.startswith(word) for each in name) for word in words):
        return BEGINNINGS
    return WITHIN if all(any(word in each for each in name) for word in words) else None
