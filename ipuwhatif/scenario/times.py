"""Times as people write them: "1.5 h", "1 hour 30 minutes", "0:28:24", "1-02:30:00", "PT1H30M", "1小时30分"."""

import re
from collections.abc import Mapping

from ipuwhatif.scenario.amount import check_time
from ipuwhatif.scenario.reasons import Examples, NoClock, NotAboveNothing, NoTime, NoUnitOfTime, UnknownUnitOfTime
from ipuwhatif.scenario.written_figures import plain
from ipuwhatif.units import InputError, RefusedError, Said, misspelt, parse_quantity, split_number

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
_UNITS: Mapping[str, float] = {
    **dict.fromkeys(("us", "µs", "μs", "microsecond"), 1e-6),
    **dict.fromkeys(("ms", "msec", "millisecond"), 1e-3),
    **dict.fromkeys(("s", "sec", "second"), 1.0),
    **dict.fromkeys(("m", "min", "minute"), MINUTE),
    **dict.fromkeys(("h", "hr", "hour"), HOUR),
    **dict.fromkeys(("d", "day"), DAY),
    **dict.fromkeys(("w", "wk", "week"), 7.0 * DAY),
}
_CHINESE_UNITS: Mapping[str, float] = {
    **{"微秒": 1e-6, "毫秒": 1e-3, "秒钟": 1.0, "秒": 1.0, "分钟": MINUTE, "分": MINUTE},
    **{"小时": HOUR, "小時": HOUR, "时": HOUR, "天": DAY, "日": DAY, "周": 7.0 * DAY, "星期": 7.0 * DAY},
}
#: A clock, with days before it or not; as programs write an elapsed time.
_CLOCK = re.compile(
    r"(?:(?P<d>\d+)(?:-| ?days?,? ))?(?P<h>\d+):(?P<m>[0-5]\d):(?P<s>[0-5]\d(?:\.\d+)?)", re.ASCII | re.IGNORECASE
)
_ISO = re.compile(r"P(?:(?P<d>\d+)D)?(?:T(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?", re.ASCII)
_LATIN = re.compile(r"-?(?P<word>[A-Za-zµμ]+)\.?")
_CHINESE = re.compile(rf"[个個]?(?P<half>半?)[个個]?(?P<word>{'|'.join(_CHINESE_UNITS)})(?P<more>半?)")
_NUMERAL = re.compile(r"(?P<tens>[一二三四五六七八九]?)十(?P<ones>[一二三四五六七八九]?)|[一二两三四五六七八九]|(?=半)")
_NUMERALS = {numeral: float(value) for value, numeral in enumerate("半一二三四五六七八九")} | {"两": 2.0}
_MINUTES = re.compile(r"\D[0-5]\d\Z", re.ASCII)
_LINK = re.compile(r" ?(?:,|\band\b)? ?", re.IGNORECASE)
_MARKS = re.compile(r"(?P<m>\d+)['′] ?(?P<s>\d+)[\"″]", re.ASCII)


def parse_time(text: str) -> float:
    """A typed time in seconds. InputError for what is no time, with what would be, and for one that no job takes."""
    seconds = read_time(text)
    check_time(seconds)
    return seconds


def read_time(text: str, examples: Said = Examples.TIMES) -> float:
    """The same for any time above 0, however short or long; `examples` are told where not times alone are read."""
    written = plain(text)
    clock = _CLOCK.fullmatch(written) or (_ISO.fullmatch(written) if len(written) > 2 else None)
    if clock is not None:
        days, hours, minutes, seconds = (float(clock[name] or 0.0) for name in ("d", "h", "m", "s"))
        time = days * DAY + hours * HOUR + minutes * MINUTE + seconds
    elif ":" in written:
        raise RefusedError(NoClock(text))
    else:
        time = _sum(written, text, examples)
    if not time > 0.0:
        raise RefusedError(NotAboveNothing(text))
    return time


def names_time(text: str) -> bool:
    """Whether a text begins like a time, "90 mi", "0:28": then a fault in it is worth telling."""
    try:
        number = split_number(plain(text))
    except InputError:
        return False
    if number is None:
        return False
    return number.rest[:1] == ":" or _unit(number.rest) is not None


def read_unit(text: str) -> float | None:
    """The seconds of a unit alone, "ms" or "毫秒"; None for what is none."""
    unit = _unit(text)
    return unit[1] if unit is not None and unit[2] == len(text) and not unit[0] else None


def _sum(written: str, text: str, examples: Said) -> float:
    """The parts of a time, each of a smaller unit than the one before: "1 h 30 min"."""
    time, least, rest = 0.0, float("inf"), written
    while rest or least == float("inf"):
        value, rest = _value(rest, text, examples)
        minutes = not rest and least == HOUR and _MINUTES.search(written) is not None  # "1h02"
        unit = (0.0, MINUTE, 0) if minutes else _unit(rest)
        if unit is None:
            raise _no_unit(rest, text, examples)
        half, seconds, length = unit
        if seconds >= least or value < 0.0:
            raise RefusedError(NoTime(text, examples) if value >= 0.0 else NotAboveNothing(text))
        time, least = time + (value + half) * seconds, seconds
        link = _LINK.match(rest, length)
        rest = rest[link.end() if link else length :]
    return time


def _value(text: str, whole: str, examples: Said) -> tuple[float, str]:
    """The number that a part begins with, in digits or in Chinese numerals below a hundred, and what follows it."""
    numeral = _NUMERAL.match(text)
    if numeral is None:
        number = split_number(text)
        if number is None:
            raise RefusedError(NoTime(whole, examples))
        return number.value, number.rest
    rest = text[numeral.end() :].strip()
    if "十" not in numeral[0]:
        return (_NUMERALS[numeral[0]] if numeral[0] else 0.0), rest
    return 10.0 * _NUMERALS.get(numeral["tens"], 1.0) + _NUMERALS.get(numeral["ones"], 0.0), rest


def _unit(text: str) -> tuple[float, float, int] | None:
    """The unit that a text begins with: the half that is added to its number, its seconds, and how long it is."""
    chinese = _CHINESE.match(text.replace("个 ", "个"))
    if chinese is not None:
        return 0.5 * bool(chinese["half"] or chinese["more"]), _CHINESE_UNITS[chinese["word"]], chinese.end()
    latin = _LATIN.match(text)
    word = "" if latin is None else latin["word"]
    if latin is None or word in ("M", "W"):  # "M" is a month to some and a million to others, "W" is power
        return None
    folded = word.casefold()
    seconds = _UNITS.get(word) or _UNITS.get(folded) or _UNITS.get(folded.removesuffix("s"))
    return None if seconds is None else (0.0, seconds, latin.end())


def _no_unit(rest: str, text: str, examples: Said) -> InputError:
    if not rest:
        try:
            parse_quantity(text, "s")  # says which units there are
        except InputError as error:
            return error
    marks = _MARKS.fullmatch(plain(text))
    if marks is not None:
        examples = f"{marks['m']} min {marks['s']} s"
    near = misspelt(rest, [unit for unit in _UNITS if len(unit) > 2], 0.75)
    if near is not None:
        return RefusedError(UnknownUnitOfTime(text, rest, near))
    return RefusedError(NoUnitOfTime(text, examples, rest) if rest.isalpha() else NoTime(text, examples))
