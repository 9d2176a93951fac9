"""The reply to a goal seek."""

from collections.abc import Mapping

from ipuwhatif.analysis.results import Projection
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.records import Record
from ipuwhatif.units import Said

CHIPS, ANY = "chips", "any"
#: What was moved -> its value: "chips", or the name of a lever in a scenario, "ipu.compute_gain".
Values = Mapping[str, float]


class GoalAnswer(Record, frozen=True):
    """The reply to a goal seek. `values` is None where nothing meets the target; `reason` then says why.

    The ends are the answers that the low and the high end of the projection's interval would give, None where they
    have none: with `certain` the target is met at the high end too, which nine draws in ten stay below.
    """

    over: str  # CHIPS, ANY or a lever's name in the scenario
    choice: SystemChoice  # the system as asked; over chips its size says nothing
    target_s: float
    values: Values | None
    projection: Projection  # with the answer put in, or the least time where there is no answer
    present: Projection | None  # with nothing moved; None over chips
    hopeful: Values | None
    certain: Values | None
    binds: str  # key of the largest part of the projection's time
    reason: Said = ""
    notes: tuple[Said, ...] = ()
    settings: tuple[Said, ...] = ()  # levers that were moved before, in words
