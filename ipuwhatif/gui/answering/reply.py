"""What the window shows of an answer: a figure, or the words that stand in its place."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.charts.spec import Figure
from ipuwhatif.records import Record, field

if TYPE_CHECKING:
    from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.scenario.edits import Edit


class Goal(Record, frozen=True):
    """What meets the target, in words; `key` leads to its why, `values` are what `system` can be given for it."""

    words: str
    key: str = ""
    values: Mapping[str, float] | None = None
    is_fault: bool = False  # the words say what is wrong with the target as typed
    system: SystemChoice | None = None


UNDO, FIND = "undo", "find"  # what a way out does where it is no edit: the last step back, a system by its name


class WayOut(Record, frozen=True):
    """What can be done where there is no answer: its words, and the edit that does it, or UNDO or FIND.

    With `read` it is typed: what a text means as an edit, InputError for one that means nothing; `example` is one.
    `tip` tells more of it.
    """

    words: str
    edit: Edit | None = None
    act: str = ""
    read: Callable[[str], Edit] | None = None
    example: str = ""
    tip: str = ""


class PricesAsked(Record, frozen=True):
    """What an answer about money needs to be told: `words` over the table of prices, and what is lacking of each."""

    words: str
    lacking: Mapping[SystemChoice, str] = field(default_factory=lambda: MappingProxyType({}))  # what to state, in words
    per: str = ""  # BUY where nothing but a purchase price counts
    spread: tuple[str, ...] = ()  # families whose bought systems are spread over a lifetime and its use
    lacks_spread: bool = False  # such a lifetime or its use is still to be stated
    counted: tuple[SystemChoice, ...] = ()  # systems with a projection: the price of another changes nothing

    @property
    def is_needed(self) -> bool:
        """Whether anything is still to be stated."""
        return bool(self.lacking) or self.lacks_spread


class Reply(Record, frozen=True):
    """A figure, or the words that stand in its place; where some systems cannot run, words beside a figure.

    `detail`: the model's own words, for whoever wants to know more. `layouts`: the layout of each system that has an
    answer, by its key. `reasons`: why systems cannot run the job. `card`: what stands in the place of charts for a job
    that is known by a stated ratio only. `wide`: the table is what is looked at, and can be filtered and sorted.
    """

    figure: Figure | None
    message: str = ""
    detail: str = ""
    layouts: Mapping[str, Layout] = field(default_factory=lambda: MappingProxyType({}))
    reasons: Mapping[SystemChoice, str] = field(default_factory=lambda: MappingProxyType({}))
    card: "StatementCard | None" = None
    goal: Goal = Goal("")
    wide: bool = False
    prices: PricesAsked | None = None  # of an answer about money
    ways: tuple[WayOut, ...] = ()  # what can be done about what the message says
