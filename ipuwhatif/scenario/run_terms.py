"""What stops a run as people write it: "419 in 54 days on 16,384 chips", "2e-5 /chip-hour", "2 TB/s", "1 h 30 min"."""

import re
from collections.abc import Mapping

from ipuwhatif.scenario.reasons import NotAboveNothing
from ipuwhatif.scenario.times import DAY, HOUR, MINUTE, read_time
from ipuwhatif.scenario.written_figures import misspelled, no_figure, plain
from ipuwhatif.units import RefusedError, split_number

_TIMES: Mapping[str, float] = {"s": 1.0, "min": MINUTE, "h": HOUR}
_THOUSAND = 1000.0
#: Chip-days of what failures are counted per.
_CHIP_DAYS: Mapping[str, float] = {
    "chip-hour": 1.0 / 24.0,
    "chip-day": 1.0,
    "1000 chip-days": _THOUSAND,
    "1,000 chip-days": _THOUSAND,
    "芯片小时": 1.0 / 24.0,
    "芯片天": 1.0,
    "千芯片天": _THOUSAND,
}
_PER = re.compile(r"(?:/|per |每)\s*(?P<what>.+)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<failures>[\d,]+)(?: failures| interruptions)? in (?P<time>.+) on (?P<chips>[\d,]+)(?: [A-Za-z]+)?",
    re.IGNORECASE | re.ASCII,
)
_BYTES: Mapping[str, float] = {"MB/s": 1e-3, "GB/s": 1.0, "TB/s": 1e3, "PB/s": 1e6}
RATES = "419 in 54 days on 16,384 chips, 2e-5 /chip-hour"
BANDWIDTHS = "2 TB/s, 400 GB/s"


def failure_rate(failures: float, seconds: float, chips: float) -> float:
    """Failures per 1,000 chip-days, from so many in a time [s] on so many chips."""
    return failures * _THOUSAND * DAY / (seconds * chips)


def read_run_term(text: str, unit: str) -> float:
    """A typed term in the unit of its lever: a time, a bandwidth, a rate of failures. InputError for any other text."""
    if unit in _TIMES:
        return read_time(text) / _TIMES[unit]
    return _bandwidth(text) if unit == "GB/s" else _failures(text)


def _bandwidth(text: str) -> float:
    number = split_number(plain(text))
    if number is None:
        raise no_figure(text, BANDWIDTHS)
    factor = _BYTES.get(number.rest.strip())
    if factor is None:
        raise misspelled(text, number.rest, _BYTES, BANDWIDTHS)
    return _above_nothing(float(f"{number.value * factor:.12g}"), text)


def _failures(text: str) -> float:
    written = plain(text)
    counted = _COUNTED.fullmatch(written)
    if counted is not None:
        failures, chips = (float(counted[name].replace(",", "") or 0.0) for name in ("failures", "chips"))
        if not chips:
            raise no_figure(text, RATES)
        rate = failure_rate(failures, read_time(counted["time"], RATES), chips)
        return _above_nothing(float(f"{rate:.4g}"), text)  # a count tells no more digits, and published ones have these
    number = split_number(written)
    per = None if number is None else _PER.fullmatch(number.rest.strip())
    if number is None or per is None:
        raise no_figure(text, RATES)
    word = per["what"].casefold()
    days = _CHIP_DAYS.get(word) or _CHIP_DAYS.get(word.removesuffix("s"))
    if days is None:
        raise misspelled(text, per["what"], _CHIP_DAYS, RATES)
    return _above_nothing(float(f"{number.value * _THOUSAND / days:.12g}"), text)


def _above_nothing(value: float, text: str) -> float:
    if not value > 0.0:
        raise RefusedError(NotAboveNothing(text))
    return value
