"""Amounts of work, times of the user's own and days, as people say them; what they say can be typed."""

from ipuwhatif.catalog.types import Workload
from ipuwhatif.scenario.amount import Amount, OwnTime, amount_of
from ipuwhatif.scenario.dates import Calendar
from ipuwhatif.scenario.times import DAY, HOUR, MINUTE
from ipuwhatif.texts import CHINESE, ENGLISH, language, marked, tr
from ipuwhatif.units import stated_number, told, unmistakable

#: What is printed, by language; Chinese counts in powers of ten thousand.
_PRINTED = {ENGLISH: {"million": 1e6, "billion": 1e9, "trillion": 1e12}, CHINESE: {"亿": 1e8, "万亿": 1e12}}
_UNITS = ((marked("days"), DAY), (marked("h"), HOUR), (marked("min"), MINUTE), (marked("s"), 1.0), ("ms", 1e-3))


def amount_text(workload: Workload, samples: float | None) -> str:
    """The work as it was stated: "350 epochs", "10 billion tokens", "1 epoch"; it parses back."""
    return amount_words(amount_of(workload, samples))


@told.register
def amount_words(amount: Amount) -> str:
    """The same of an amount."""
    value, name = amount.value, tr(amount.word)
    scale, word = next(
        ((scale, word) for word, scale in reversed(_PRINTED[language()].items()) if value >= scale), (1.0, "")
    )
    number = stated_number(value / scale)  # written out: 1.0e-5 epochs would not be read by people
    number = number if word else unmistakable(number)
    unit = name.removesuffix("s") if value == 1.0 else name
    if word and language() == CHINESE:  # no space parts them in that language
        return tr("{number} {unit}", number=number, unit=f"{word}{unit}")
    return tr("{number} {unit}", number=f"{number} {word}" if word else number, unit=unit)


def own_time_text(seconds: float) -> str:
    """A time that the user gave, in the unit that says it in the fewest digits: "70.5 h", "3 days"; it parses back."""
    ways = []
    for unit, factor in _UNITS:
        number = stated_number(seconds / factor)
        if seconds >= factor or unit == "ms":
            ways.append(f"{number} {tr('day') if unit == 'days' and number == '1' else tr(unit)}")
    return min(ways, key=lambda way: sum(letter.isdigit() for letter in way))


@told.register
def _(said: OwnTime) -> str:
    return own_time_text(said.seconds)


@told.register
def _(said: Calendar) -> str:
    return {Calendar.BEYOND: tr("beyond the calendar")}[said]
