"""The answers that a document was saved with: the times of each system, and what they had been computed from.

They are kept with the scenario that they answer, so that they stay comparable when that is edited afterwards.
"""

import re
from collections.abc import Mapping

from ipuwhatif.records import Record
from ipuwhatif.scenario.files.reasons import DocumentFault, KeptTimeBeyond
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError

LONGEST_S = 1e18  # no time that is projected is as long as that
DIGITS = 6  # of a kept time: twice what is printed
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Times(Record, frozen=True):
    """One system's projected time to train with its interval, and its official score where there is one; seconds."""

    median_s: float
    low_s: float
    high_s: float
    official_s: float | None = None


class KeptAnswers(Record, frozen=True):
    """The answers to one scenario. `times` by the key of a system: those that could run the job."""

    evidence: str  # hash of the evidence that the model had learned from
    model: str  # hash of what it had learned, and of the version of the program
    scenario: Scenario
    times: Mapping[str, Times]


def check_times(times: Times) -> None:
    """InputError for times that nothing takes."""
    values = [times.median_s, times.low_s, times.high_s, *([] if times.official_s is None else [times.official_s])]
    if not all(0.0 < value <= LONGEST_S for value in values):
        raise RefusedError(KeptTimeBeyond(f"{LONGEST_S:g}"))
    if times.low_s > times.high_s:
        raise RefusedError(DocumentFault.INTERVAL)


def check_hash(text: str) -> None:
    """InputError for what is no hash."""
    if not _HASH.fullmatch(text):
        raise RefusedError(DocumentFault.HASH)
