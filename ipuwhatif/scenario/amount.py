"""How much work a job without a quality target does: counted in epochs, tokens or samples, typed and printed as such.

The amount is what the user states; where nothing is stated it is the workload's default, an assumption with a source.
"""

import math
from collections.abc import Iterator, Mapping

from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import STATED, Workload
from ipuwhatif.records import Record
from ipuwhatif.scenario.reasons import (
    AmountBeyond,
    CountedOtherwise,
    LessThanOne,
    NoAmountToState,
    NoAmountTyped,
    NotCountedIn,
    TimeBeyond,
)
from ipuwhatif.scenario.written_figures import CHINESE_SCALES
from ipuwhatif.texts import marked
from ipuwhatif.units import STATED_DIGITS, RefusedError, Said, nearest, refuse_either, split_number, typed

EPOCHS, TOKENS, SAMPLES = "epochs", "tokens", "samples"
#: Most samples that can be stated; more would take longer than anything has been around for.
MOST_SAMPLES = 1e15
LEAST_SAMPLES = 1.0
LONGEST_S = 3.2e9  # a century; a longer job is a slip of the keyboard
SHORTEST_S = 1e-3
USUAL_DIGITS = 6  # an amount that takes more is told in the measure that takes the fewest
#: What a slider spans around the default: from a hundredth of it to ten times it.
SLIDER_SPAN = (0.01, 10.0)

_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "T": 1e12}
_SCALE_WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
#: What a measure is typed as in Chinese, by its key or its word.
CHINESE_WORDS: Mapping[str, tuple[str, ...]] = {
    EPOCHS: ("轮", "轮次"),
    TOKENS: ("词元",),
    SAMPLES: ("样本", "个样本"),
    "images": ("图像", "图片", "张", "张图像", "张图片"),
    "sequences": ("序列", "条", "条序列"),
    "columns": ("气柱",),
    "leapfrog steps": ("蛙跳步",),
    "windows": ("窗口",),
}


class Measure(Record, frozen=True):
    """One way to count a job's work: `word` names several of it in English, `samples` is what one of it takes."""

    key: str  # EPOCHS, TOKENS or SAMPLES
    word: str
    samples: float


def measures_of(workload: Workload) -> tuple[Measure, ...]:
    """The ways to count a job's work, the usual one first; none where the amount of work is not the user's to state."""
    if workload.kind != STATED:
        return ()
    found = []
    if workload.tokens_per_sample:
        found.append(Measure(TOKENS, marked("tokens"), 1.0 / workload.tokens_per_sample))
    if workload.data["dataset_samples"].value > 0.0:
        found.append(Measure(EPOCHS, marked("epochs"), workload.data["dataset_samples"].value))
    return (*found, Measure(SAMPLES, workload.sample_word, 1.0))


def stated_samples(workload: Workload, samples: float | None) -> float:
    """Samples that a job without a quality target processes: those stated, or the workload's default."""
    return workload.data["default_samples"].value if samples is None else samples


def amount_origin(workload: Workload) -> Origin:
    """Where the default amount of work comes from."""
    return workload.data["default_samples"].origin


class Amount(Record, frozen=True):
    """An amount of work as it is told: so many, and the English word for several of them."""

    value: float
    word: str


class OwnTime(Record, frozen=True):
    """A time that the user gave."""

    seconds: float


def amount_of(workload: Workload, samples: float | None) -> Amount:
    """The work in the job's usual measure, or in another that says it with every digit where that takes more than six.

    samples: as stated; None: the job's default.
    """
    stated = stated_samples(workload, samples)
    measure = min(measures_of(workload), key=lambda each: max(USUAL_DIGITS, _digits(stated / each.samples)))
    return Amount(float(f"{stated / measure.samples:.{STATED_DIGITS}g}"), measure.word)


def parse_amount(text: str, workload: Workload, measure: str | None = None) -> float:
    """Typed work as samples: "350", "350 epochs", "10 G", "10 billion tokens", "2 M images".

    measure: the only way to count that is meant, EPOCHS, TOKENS or SAMPLES; None takes the unit that was typed, the
    job's usual one without a unit. InputError names the fault and an amount that would be read.
    """
    allowed = measures_of(workload)
    if measure is not None:
        allowed = tuple(each for each in allowed if each.key == measure)
    if not allowed:
        raise RefusedError(_no_such_measure(workload, measure))
    number, rest = _split(text, workload)
    scale, found = _unit(rest, allowed, text, workload)
    samples = number * scale * found.samples
    if 0.0 < samples < LEAST_SAMPLES * (1.0 - 1e-5):  # a sample is printed to six digits of an epoch
        raise RefusedError(LessThanOne(text, workload.sample_word, amount_of(workload, None)))
    if not 0.0 < samples <= MOST_SAMPLES:
        most = float(f"{MOST_SAMPLES / allowed[0].samples:.{USUAL_DIGITS}g}") * allowed[0].samples
        bound = amount_of(workload, most) if samples > 0.0 else Amount(1.0, allowed[0].word)
        raise RefusedError(AmountBeyond(text, samples > 0.0, bound))
    return max(samples, LEAST_SAMPLES)


def check_time(seconds: float) -> None:
    """InputError for a time of the user's own that no job takes."""
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise RefusedError(TimeBeyond(seconds < SHORTEST_S))


def slider_range(workload: Workload) -> tuple[float, float]:
    """The samples that a slider spans; typed amounts may lie outside."""
    default = stated_samples(workload, None)
    return default * SLIDER_SPAN[0], default * SLIDER_SPAN[1]


def rounded_samples(workload: Workload, samples: float) -> float:
    """An amount as a slider sets it: two digits of the job's usual measure, and at least a sample."""
    measure = measures_of(workload)[0]
    return max(1.0, float(f"{samples / measure.samples:.2g}") * measure.samples)


def _digits(value: float) -> int:
    """How many digits say a stated number."""
    return len(f"{value:.11e}".partition("e")[0].rstrip("0").replace(".", ""))


def _split(text: str, workload: Workload) -> tuple[float, str]:
    found = split_number(typed(text))
    if found is None or not math.isfinite(found.value):
        raise RefusedError(NoAmountTyped(text, amount_of(workload, None)))
    if not any(found.rest.startswith(scale) for scale in (*_SCALES, *_SCALE_WORDS, *CHINESE_SCALES)):
        refuse_either(found.digits)
    return found.value, found.rest


def _unit(rest: str, allowed: tuple[Measure, ...], text: str, workload: Workload) -> tuple[float, Measure]:
    """Multiplier and measure of what stands after the number."""
    words = {word: measure for measure in reversed(allowed) for word in _words(measure)}
    for scale, word in _readings(rest):
        if not word:
            return scale, allowed[0]
        if word.casefold() in words:
            return scale, words[word.casefold()]
    units = tuple(measure.word for measure in allowed)
    raise RefusedError(CountedOtherwise(text, workload.name, units, amount_of(workload, None)))


def _readings(rest: str) -> Iterator[tuple[float, str]]:
    """Ways to read a unit: a word alone, a word after a multiplier, a word grown together with a letter for one."""
    yield 1.0, rest
    first, _, last = rest.partition(" ")
    scale = _SCALES.get(first) or _SCALE_WORDS.get(first.casefold())
    if scale:
        yield scale, last.strip()
    if rest[:1] in _SCALES:
        yield _SCALES[rest[0]], rest[1:]
    for word, scale in CHINESE_SCALES.items():
        if rest.startswith(word):
            yield scale, rest.removeprefix(word).strip()


def _words(measure: Measure) -> set[str]:
    names = {measure.key, measure.word.casefold()}
    chinese = (*CHINESE_WORDS.get(measure.key, ()), *CHINESE_WORDS.get(measure.word, ()))
    return {*names, *(name.removesuffix("s") for name in names), *chinese}


def _no_such_measure(workload: Workload, measure: str | None) -> Said:
    ways = [each.key for each in measures_of(workload)]
    if not ways:
        return NoAmountToState(workload.name)
    near = str(nearest(str(measure), ways)) if len(ways) == 1 else ways[0]
    return NotCountedIn(workload.name, str(measure), near)
