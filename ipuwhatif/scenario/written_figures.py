"""Figures as people write them, "$2.99/GPU-hour" or "每秒 1.2万个样本": a number, what it counts, and per what.

One reader for prices, rates, power and carbon; what they count is theirs to know. Every step goes through a text once.
"""

import re
from collections.abc import Iterable, Mapping

from ipuwhatif.records import Record
from ipuwhatif.scenario.reasons import MisspeltWord, NotUnderstood
from ipuwhatif.units import InputError, RefusedError, Said, misspelt, split_number, typed

TIME, CHIP, STEP, ENERGY = "time", "chip", "step", "energy"

_CHIPS = ("gpu", "ipu", "tpu", "hpu", "npu", "chip", "device", "accelerator", "card", "卡", "芯片")
_STEPS = ("step", "it", "iter", "iteration", "batch", "步", "次迭代", "迭代")
#: Seconds of what a rate or a price is per; a month is the twelfth of a year, as cloud providers reckon it.
PERIODS: Mapping[str, float] = {
    **dict.fromkeys(("s", "sec", "second", "秒", "秒钟"), 1.0),
    **dict.fromkeys(("min", "minute", "分钟"), 60.0),
    **dict.fromkeys(("h", "hr", "hour", "小时", "时", "个小时"), 3600.0),
    **dict.fromkeys(("d", "day", "天", "日"), 86400.0),
    **dict.fromkeys(("w", "week", "周", "星期"), 604800.0),
    **dict.fromkeys(("mo", "month", "月", "个月"), 2628000.0),
    **dict.fromkeys(("y", "yr", "year", "年"), 31536000.0),
}
#: Kilowatt hours.
_ENERGIES: Mapping[str, float] = {
    **dict.fromkeys(("kwh", "kw·h", "kw-h", "kilowatt-hour", "kilowatt hour", "度", "度电", "千瓦时"), 1.0),
    **dict.fromkeys(("mwh", "mw·h", "megawatt-hour", "megawatt hour", "兆瓦时"), 1000.0),
}
_PER: Mapping[str, tuple[str, float]] = {
    **{word: (TIME, seconds) for word, seconds in PERIODS.items()},
    **{word: (ENERGY, hours) for word, hours in _ENERGIES.items()},
    **dict.fromkeys(_CHIPS, (CHIP, 1.0)),
    **dict.fromkeys(_STEPS, (STEP, 1.0)),
}
#: Multipliers of Chinese numbers, longest first.
CHINESE_SCALES: Mapping[str, float] = {
    "万亿": 1e12,
    "千亿": 1e11,
    "百亿": 1e10,
    "十亿": 1e9,
    "千万": 1e7,
    "百万": 1e6,
    "亿": 1e8,
    "万": 1e4,
    "千": 1e3,
}
#: Multipliers, longest first: "k", "million", "万".
SCALES: Mapping[str, float] = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    **CHINESE_SCALES,
    **{"mn": 1e6, "bn": 1e9, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12},
}
_EACH_WORDS = sorted((*_PER, *(f"{chip}{hour}" for chip in _CHIPS for hour in ("小时", "时"))), key=len, reverse=True)
_EACH = re.compile(rf"(?:每\s*(?P<per>{'|'.join(map(re.escape, _EACH_WORDS))})|单卡)\s*", re.IGNORECASE)
_SLASH = re.compile(r"\s?(?:/|\bper\b|\ban?\b(?= (?:sec|min|hour|day|week|month|year))|每)\s?", re.IGNORECASE)
_EVERY = re.compile(r"(?: |^)(hour|dai|week|month|year)ly\b", re.IGNORECASE)
_ABOUT = re.compile(r"\A(?:~|≈|about |approx\.? |approximately |around |约|大约|大概)\s*", re.IGNORECASE)
_SIGNS = {"-": "-", "−": "-", "+": "+"}


class WrittenFigure(Record, frozen=True):
    """A figure taken apart. `per` has how much of TIME, CHIP, STEP, ENERGY it is per: an hour is 3600 s."""

    before: str  # what stands before the number: "$"
    number: float
    digits: str  # of the number, as written
    unit: str  # what it counts, as written: "k samples"
    per: Mapping[str, float]

    def is_per(self, *kinds: str) -> bool:
        """Whether it is per these and nothing else."""
        return set(self.per) == set(kinds)


def no_figure(text: str, examples: Said) -> InputError:
    """A text that is not read, with what would be."""
    return RefusedError(NotUnderstood(text, examples))


def misspelled(text: str, word: str, known: Iterable[str], examples: Said) -> InputError:
    """A word that is not known, with the one that is spelled most like it where one is."""
    near = misspelt(word, known)
    if near is None:
        return no_figure(text, examples)
    return RefusedError(MisspeltWord(text, examples, word, near))


def plain(text: str) -> str:
    """A typed text of one line and single blanks, without "about" before it. InputError for one that is too long."""
    return _ABOUT.sub("", " ".join(typed(text).split()))


def is_rate(text: str) -> bool:
    """Whether a text says per what: "85 ms/step", "每秒 12 步"."""
    return len(_SLASH.split(plain(text))) > 1 or _EACH.match(plain(text)) is not None


def take_apart(text: str, examples: Said) -> WrittenFigure:
    """A typed figure as number, unit and what it is per. InputError for what is none; `examples` says what would be."""
    rest, pers = _said_first(plain(text))
    start = next((index for index in range(len(rest)) if _begins_number(rest, index)), None)
    if start is None:
        raise no_figure(text, examples)
    before = rest[:start].strip()
    sign = _SIGNS.get(before[-1:], "")
    number = split_number(("-" if sign == "-" else "") + rest[start:])
    if number is None:
        raise no_figure(text, examples)
    unit, *others = (part.strip() for part in _SLASH.split(_EVERY.sub(_each_time, number.rest)))
    per: dict[str, float] = {}
    for word in (*pers, *others):
        for kind, amount in _pers(word, text, unit, examples):
            if kind in per:
                raise no_figure(text, examples)
            per[kind] = amount
    return WrittenFigure(before[: len(before) - len(sign)].strip(), number.value, number.digits, unit, per)


def scaled(unit: str, known: Iterable[str], scales: Mapping[str, float] = SCALES) -> tuple[float, str] | None:
    """Multiplier and word of a unit: "k samples", "Mtok", "万样本"; None where the word is none of `known`."""
    words = set(known)
    for scale, factor in (("", 1.0), *scales.items()):
        if unit.startswith(scale) or (len(scale) > 2 and unit.casefold().startswith(scale)):
            word = unit[len(scale) :].strip().casefold().removeprefix("个").strip()
            if word in words:
                return factor, word
    return None


def _begins_number(text: str, index: int) -> bool:
    digits = text[index + 1 : index + 2] if text[index] == "." else text[index]
    return digits.isascii() and digits.isdigit()


def _said_first(text: str) -> tuple[str, list[str]]:
    """What Chinese says before the number, "每卡每秒": the rest of the text, and what it is per."""
    pers = []
    match = _EACH.match(text)
    while match:
        pers.append(match["per"] or "卡")
        text = text[match.end() :]
        match = _EACH.match(text)
    return text, pers


def _each_time(match: re.Match[str]) -> str:
    return f"/{match[1].casefold().replace('dai', 'day')}"


def _pers(word: str, text: str, unit: str, examples: Said) -> list[tuple[str, float]]:
    """What a word says a figure is per: one thing, or a chip and a time, "GPU-hour", "卡时"."""
    folded = word.casefold().rstrip(".")
    for each in (folded, folded.removesuffix("s"), folded.removesuffix("es")):
        if each in _PER:
            return [_PER[each]]
    for chip in _CHIPS:
        time = folded.removeprefix(chip).lstrip(" -·").removesuffix("s")
        if folded.startswith(chip) and time in PERIODS:
            return [_PER[chip], _PER[time]]
    raise misspelled(text, word, _PER, examples)
