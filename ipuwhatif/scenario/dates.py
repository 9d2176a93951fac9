"""Days of the calendar for a run: when it begins, by when it is to be done, on which day it ends."""

import math
import re
from datetime import date, timedelta
from enum import StrEnum

from ipuwhatif.scenario.amount import OwnTime
from ipuwhatif.scenario.reasons import BeforeStart, NoDay, NoDeadline, NoStart
from ipuwhatif.scenario.times import DAY, parse_time
from ipuwhatif.scenario.written_figures import plain
from ipuwhatif.units import InputError, RefusedError, Said, reason_of

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)
_WRITTEN = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)


def parse_date(text: str) -> str:
    """A typed day, "2027-03-14" or "2027年3月14日", as ISO 8601 writes it. InputError for what is none."""
    found = _WRITTEN.fullmatch(plain(text))
    try:
        day = None if found is None else date(*map(int, found.groups()))
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise RefusedError(NoDay(text))
    return day.isoformat()


def parse_deadline(text: str, start: str) -> float:
    """A typed deadline, a time or a day, in seconds from the first moment of the day `start`, which may be empty.

    A day is over when it counts as met. InputError for a day without a start, and for one that is over before it.
    """
    if not re.match(r"\d{4}[-/.年]\d", plain(text)):
        try:
            return parse_time(text)
        except InputError as error:
            if not start:
                raise
            raise RefusedError(NoDeadline(reason_of(error), start)) from None
    day = parse_date(text)
    if not start:
        raise RefusedError(NoStart(day))
    seconds = ((date.fromisoformat(day) - date.fromisoformat(start)).days + 1) * DAY
    if seconds <= 0.0:
        raise RefusedError(BeforeStart(day, start))
    return seconds


def written_deadline(seconds: float, start: str) -> Said:
    """A deadline [s] as it is typed: the day at whose end it lies after a stated start, else the time."""
    return day_of(start, seconds) if start and seconds % DAY == 0.0 else OwnTime(seconds)


class Calendar(StrEnum):
    BEYOND = "beyond"


def day_of(start: str, seconds: float) -> str | Calendar:
    """The day in which a moment lies, so many seconds above 0 from the first moment of the day `start`."""
    try:
        day = date.fromisoformat(start) + timedelta(days=max(math.ceil(seconds / DAY - 1e-9), 1) - 1)
    except OverflowError:
        return Calendar.BEYOND
    return day.isoformat()
