"""What a system does, draws and causes, as people write it: rates, power, and the carbon of a kilowatt hour."""

from collections.abc import Mapping

from ipuwhatif.records import Record
from ipuwhatif.scenario.reasons import NotFromTo
from ipuwhatif.scenario.times import read_unit
from ipuwhatif.scenario.written_figures import CHIP, ENERGY, STEP, TIME, misspelled, no_figure, scaled, take_apart
from ipuwhatif.units import InputError, RefusedError, Said

SAMPLES, TOKENS, STEPS = "samples", "tokens", "steps"
RATES = "3,900 samples/s, 3.5 k tokens/s/GPU, 85 ms/step"
POWERS, CARBONS = "300 W, 6.5 kW", "400 g/kWh, 0.4 kg/kWh"
LEAST_RATE, MOST_RATE = 1e-6, 1e12  # a second
LEAST_POWER, MOST_POWER = 1.0, 5e6  # W
LEAST_CARBON, MOST_CARBON = 1.0, 1500.0  # g/kWh

#: What is done a second, singular -> SAMPLES, TOKENS, STEPS, or the samples of a kind of job.
THINGS: Mapping[str, str] = {
    **dict.fromkeys(("sample", "example", "样本"), SAMPLES),
    **dict.fromkeys(("image", "img", "张", "图", "图像", "图片", "张图", "张图片", "张图像"), "images"),
    **dict.fromkeys(("sequence", "seq", "序列", "条", "条序列"), "sequences"),
    **dict.fromkeys(("token", "tok", "词元"), TOKENS),
    **dict.fromkeys(("step", "it", "iter", "iteration", "batch", "步", "次迭代", "迭代"), STEPS),
}
_POWERS: Mapping[str, float] = {
    **dict.fromkeys(("W", "w", "watt", "瓦", "瓦特"), 1.0),
    **dict.fromkeys(("kW", "kw", "KW", "Kw", "kilowatt", "千瓦"), 1e3),
    **dict.fromkeys(("MW", "megawatt", "兆瓦"), 1e6),
}
_GRAMS: Mapping[str, float] = {
    **dict.fromkeys(("g", "gram", "gramme", "克"), 1.0),
    **dict.fromkeys(("kg", "kilogram", "kilo", "千克", "公斤"), 1e3),
    **dict.fromkeys(("t", "ton", "tonne", "吨"), 1e6),
    **dict.fromkeys(("lb", "pound", "磅"), 453.59237),
}
_GASES = ("co2-eq", "co2eq", "co2e", "co2", "二氧化碳当量", "二氧化碳")


class TypedRate(Record, frozen=True):
    """So many a second of THINGS, or of the samples by the word that a job has for them; of a chip or of the system."""

    value: float
    thing: str
    per_chip: bool


def read_rate(text: str, words: Mapping[str, str] = THINGS, examples: Said = RATES) -> TypedRate:
    """A typed rate: "12,000 images/s", "3.5 k tok/s/GPU", "85 ms/step", "每秒 1.2万张". InputError for what is none."""
    found = take_apart(text, examples)
    kinds = set(found.per) - {CHIP}
    if found.before or kinds not in ({TIME}, {STEP}):
        raise no_figure(text, examples)
    if kinds == {STEP}:
        seconds = read_unit(found.unit)
        if seconds is None:
            raise no_figure(text, examples)
        value, thing = found.number * seconds, STEPS
        value = 1.0 / value if value > 0.0 else value
    else:
        known = scaled(found.unit, {*words, *(f"{word}s" for word in words), "batches"})
        if known is None or found.unit == "B":  # bytes, where nothing else is counted
            raise _no_thing(text, found.unit, words, examples)
        scale, word = known
        thing = words.get(word) or words.get(word.removesuffix("s")) or words[word.removesuffix("es")]
        value = found.number * scale / found.per[TIME]
    if thing == STEPS and CHIP in found.per:  # all chips take a step together
        raise no_figure(text, examples)
    _check(value, LEAST_RATE, MOST_RATE, f"{thing}/s", text)
    return TypedRate(value, thing, CHIP in found.per)


def read_power(text: str) -> tuple[float, bool]:
    """A typed power in W, and whether it is that of one chip: "6.5 kW", "300 W/GPU"."""
    found = take_apart(text, POWERS)
    watts = _POWERS.get(found.unit) or _POWERS.get(found.unit.casefold().removesuffix("s"), 0.0)
    if found.unit == "mW":  # a thousandth of a watt by the letter, a megawatt by the intent
        watts = 0.0
    if found.before or set(found.per) - {CHIP} or not watts:
        raise misspelled(text, found.unit, [each for each in _POWERS if len(each) > 2], POWERS)
    value = found.number * watts
    _check(value, LEAST_POWER, MOST_POWER, "W", text)
    return value, CHIP in found.per


def read_carbon(text: str) -> float:
    """A typed carbon intensity in g/kWh: "0.4 kg CO2e/kWh", "852 lb/MWh", "0.581 吨/兆瓦时"."""
    found = take_apart(text, CARBONS)
    word = found.unit.casefold().replace("₂", "2")
    word = next((word.removesuffix(gas) for gas in _GASES if word.endswith(gas)), word).strip()
    word = word.removesuffix(" of").strip()
    grams = _GRAMS.get(word) or _GRAMS.get(word.removesuffix("s"))
    if found.before or grams is None or not found.is_per(ENERGY):
        raise no_figure(text, CARBONS)
    value = float(f"{found.number * grams / found.per[ENERGY]:.12g}")
    _check(value, LEAST_CARBON, MOST_CARBON, "g/kWh", text)
    return value


def _check(value: float, least: float, most: float, unit: str, text: str) -> None:
    """InputError for what cannot be, with the range."""
    if not least <= value <= most:
        raise RefusedError(NotFromTo(text, least, most, unit))


def _no_thing(text: str, unit: str, words: Mapping[str, str], examples: Said) -> InputError:
    return misspelled(text, unit, [f"{word}s/s" for word in words if word.isascii()], examples)
