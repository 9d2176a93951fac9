"""What is said of a text that nothing is called: one sentence, with the nearest names that there are."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches

from ipuwhatif.catalog.names import short_name, system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.gui.answering.view_options import MONEY, view_name
from ipuwhatif.gui.finder.entry import Entry
from ipuwhatif.gui.finder.matching import found, run_together, words_of
from ipuwhatif.texts import tr
from ipuwhatif.units import LONGEST_TEXT, quoted

MOST_NEAR = 3
_ALIKE, _MUCH_ALIKE = 0.6, 0.7  # from 0 to 1, of chips and of words; below that nobody could have meant a name
_LONG = 5  # letters of a word that stands for a name
CURRENCY_SIGNS = "$€£¥₹₩"
_NUMBERED = re.compile(r"([a-z]+)(\d+)[a-z]*", re.ASCII)


def unknown(text: str, offered: Sequence[Entry], catalog: Catalog) -> tuple[str, tuple[Entry, ...]]:
    """What is said of a text, and the entries that are named in it."""
    if len(text) > LONGEST_TEXT:
        return tr("Nothing is called {text}: that is longer than any name.", text=quoted(text)), ()
    asked = quoted(text.strip())
    mentioned = _mentioned(text, offered)
    if mentioned:
        names = tr(", ").join(each.text for each in mentioned)
        return tr("Nothing is called {text}; named in it: {names}.", text=asked, names=names), mentioned
    if any(sign in text for sign in CURRENCY_SIGNS):
        priced = tuple(each for each in offered if each.text == view_name(MONEY))
        return tr("A price is stated for each system, where Cost asks for money."), priced
    systems = _near_systems(text, offered, catalog)
    if systems:
        names = tr(", ").join(short_name(choice, catalog) for choice in systems)
        told = tr("No chip or system is called {text}; the nearest: {names}.", text=asked, names=names)
        by_name = {each.text: each for each in offered}
        return told, tuple(by_name[system_name(choice, catalog)] for choice in systems)
    near = _near_entries(text, offered)
    if near:
        names = tr(", ").join(each.text for each in near)
        return tr("Nothing is called {text}; the nearest: {names}.", text=asked, names=names), near
    if any(letter.isdigit() for letter in text):
        hint = tr(
            "Nothing is called {text}; a lever is set by whole words, a space and its value: micro-batch 4.", text=asked
        )
        return hint, ()
    return tr("Nothing is called {text}: no view, system, workload, lever or command.", text=asked), ()


def _mentioned(text: str, offered: Sequence[Entry]) -> tuple[Entry, ...]:
    """Views, workloads and systems whose whole name stands in a longer text, those with the longest names first."""
    words, kinds = words_of(text), (tr("view"), tr("workload"), tr("system"))
    spans = {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    named = {
        entry: max(
            (len(name) for each in (entry.text, *entry.names) if (name := run_together(each)) in spans), default=0
        )
        for entry in offered
        if entry.kind in kinds and entry.possible
    }
    told = sorted((entry for entry, letters in named.items() if letters >= _LONG), key=lambda entry: -named[entry])
    return tuple(told[:MOST_NEAR])


def _near_systems(text: str, offered: Sequence[Entry], catalog: Catalog) -> tuple[SystemChoice, ...]:
    """Presets whose chip or name is spelled much like a word that nothing is called, each system once."""
    words = [word for word in words_of(text) if not found(offered, word)]
    asked = [word for word in dict.fromkeys((run_together(text), *words)) if _NUMBERED.match(word)]
    ranked: dict[str, tuple[float, SystemChoice]] = {}
    for choice in catalog.presets.values():
        name = short_name(choice, catalog)
        spelled = {run_together(name), *words_of(name), *words_of(catalog.chip_of(choice).name)}
        numbered = [each for each in spelled if _NUMBERED.fullmatch(each)]
        likeness = max((_likeness(word, each) for word in asked for each in numbered), default=0.0)
        if likeness > ranked.get(choice.system, (_ALIKE, choice))[0]:
            ranked[choice.system] = likeness, choice
    best = sorted(ranked.values(), key=lambda each: -each[0])
    return tuple(choice for _, choice in best[:MOST_NEAR])


def _likeness(word: str, name: str) -> float:
    """How much alike two numbered names are: above 1 with the same letters, the more so the nearer their numbers."""
    asked, known = _NUMBERED.match(word), _NUMBERED.match(name)
    if asked is not None and known is not None and asked[1] == known[1]:
        numbers = float(asked[2][:15]), float(known[2][:15])
        return 1.0 + (min(numbers) + 1.0) / (max(numbers) + 1.0)
    return SequenceMatcher(None, name, word[:100]).ratio()


def _near_entries(text: str, offered: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries with a name, or a long word of one, that is spelled much like the whole text."""
    by_name: dict[str, Entry] = {}
    for entry in offered:
        for name in (entry.text, *entry.names):
            by_name.setdefault(run_together(name), entry)
    for entry in offered:
        for word in words_of(entry.text):
            if len(word) >= _LONG:
                by_name.setdefault(word, entry)
    close = get_close_matches(run_together(text), list(by_name), n=MOST_NEAR, cutoff=_MUCH_ALIKE)
    return tuple(dict.fromkeys(by_name[name] for name in close))
