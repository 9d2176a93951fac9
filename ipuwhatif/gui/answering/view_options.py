"""How a scenario is looked at: the views of each question, what a goal is sought over, the ends of a change.

Nothing of it is part of the scenario: it is neither saved nor undone.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.catalog.types import OfficialResult, SystemChoice
from ipuwhatif.gui.answering.question import BREAKDOWN, COST, EVIDENCE
from ipuwhatif.records import Record
from ipuwhatif.scenario.files.document import Beside
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.suite_results import Wanted

TIMES, SHARES, CHANGE, MEMORY, FINISH = "times", "shares", "change", "memory", "finish"
MONEY, ENERGY, CARBON = "money", "energy", "carbon"
ENTRIES, RESULTS, MINE, LEARNT, NEXT, HARDWARE, ROOFLINE, ARTICLE, RECORD, ERRORS, PROBABILITIES = (
    "entries",
    "results",
    "mine",
    "learnt",
    "next",
    "hardware",
    "roofline",
    "article",
    "record",
    "errors",
    "probabilities",
)
#: The views of a question, the first shown first; a question without views has one.
VIEWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        BREAKDOWN: (TIMES, SHARES, MEMORY, FINISH, CHANGE),
        COST: (MONEY, ENERGY, CARBON),
        EVIDENCE: (ENTRIES, RESULTS, MINE, LEARNT, NEXT, HARDWARE, ROOFLINE, ARTICLE, RECORD, ERRORS, PROBABILITIES),
    }
)
OF_BACK_TESTS = (RECORD, ERRORS, PROBABILITIES)  # views of one back-test
CHIPS, ANY = "chips", "any"  # what a goal is sought over, beside the keys of levers


class Change(Record, frozen=True):
    """Two ends whose difference is split into its causes: two scenarios, or two official results."""

    name: str  # "A to B"
    before: Scenario | OfficialResult
    after: Scenario | OfficialResult


class ViewOptions(Record, frozen=True):
    """How the window looks at the scenario at this moment."""

    selection: SystemChoice | None = None
    view: str = ""  # one of VIEWS of the question; empty: its first
    over: str = CHIPS  # CHIPS, ANY or the key of a lever
    change: Change | None = None
    protocol: str = ""  # key of a back-test; empty: the first that is shown
    beside: Beside | None = None  # None: the scenario alone
    wanted: "Wanted | None" = None  # which official results of any benchmark; None: every one
    scale: str = ""  # of the axis of time, "log" or "linear"; empty: as the chart has it of itself
    chips: tuple[int, int] | None = None  # from how many chips to how many; None: as far as systems reach

    def view_of(self, question: str) -> str:
        """The view of a question."""
        views = VIEWS.get(question, ("",))
        return self.view if self.view in views else views[0]


def view_name(view: str) -> str:
    """What a view is called in the list beside the tabs."""
    return {
        TIMES: tr("In time"),
        SHARES: tr("As shares of the time"),
        MEMORY: tr("Memory"),
        FINISH: tr("Finish, with failures"),
        CHANGE: tr("Change, split into causes"),
        MONEY: tr("Money to train once"),
        ENERGY: tr("Energy to train once"),
        CARBON: tr("Carbon to train once"),
        ENTRIES: tr("Entries and published figures"),
        RESULTS: tr("Official results, v2.0 to v5.0"),
        MINE: tr("Your own results"),
        LEARNT: tr("What your results move"),
        NEXT: tr("What to measure next"),
        HARDWARE: tr("Data sheets"),
        ROOFLINE: tr("Roofline of the chips"),
        ARTICLE: tr("Article check"),
        RECORD: tr("Track record"),
        ERRORS: tr("Track record by chip"),
        PROBABILITIES: tr("Track record of probabilities"),
    }[view]
