"""What a document was saved with beside what is projected now: how far each time has moved, and why.

The cause is told by what differs: the evidence that the model has learned from, what it has learned, or both.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.analysis.compare import reasons_not_to_run
from ipuwhatif.analysis.project import project_all
from ipuwhatif.analysis.solving.own_site import learning
from ipuwhatif.analysis.solving.solution_cache import model_hash
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.records import Record, replace
from ipuwhatif.scenario.files.document import NETWORK, Document
from ipuwhatif.scenario.files.kept_answers import DIGITS, KeptAnswers, Times, check_times
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, format_duration

ROUNDING = 5e-4  # half of the last of three digits, of the times in which that is least
#: Why a time has moved: by which hashes differ. ELSEWHERE: by none of them. OWN: the file brought another chip of the
#: user's own along than the one of that name that is used here, PROFILE another profile.
EVIDENCE, MODEL, BOTH, ELSEWHERE, OWN, PROFILE = "evidence", "model", "both", "elsewhere", "own", "profile"


class Move(Record, frozen=True):
    """One system of one scenario whose kept and present times differ by more than rounding.

    `kept` is None where the system could not run the job then, `now` where it cannot today.
    """

    place: int  # of the scenario in the document
    choice: SystemChoice
    name: str
    family: str
    kept: Times | None
    now: Times | None
    change: float | None  # of the median, relative: 0.031 for 3.1 % more; None where one of the two is missing
    reason: str  # EVIDENCE, MODEL, BOTH, ELSEWHERE, OWN or PROFILE


class Moves(Record, frozen=True):
    """Everything that has moved in a document, in its order; `compared` counts the times that were held together."""

    moves: tuple[Move, ...] = ()
    compared: int = 0

    @property
    def largest(self) -> Move:
        """The one to tell first: of all that have two medians the one that has moved most."""
        return max(self.moves, key=lambda move: -1.0 if move.change is None else abs(move.change))

    @property
    def reason(self) -> str:
        """Why all of it has moved."""
        for own in (OWN, PROFILE):
            if self.moves and all(move.reason == own for move in self.moves):
                return own
        return _reason(
            any(move.reason in (EVIDENCE, BOTH) for move in self.moves),
            any(move.reason in (MODEL, BOTH) for move in self.moves),
        )


def answers_of(world: World, scenario: Scenario) -> KeptAnswers | None:
    """What is projected now for a scenario, as a document keeps it; None where nothing is."""
    times = _times(world, scenario)
    if not times:
        return None
    return KeptAnswers(world.calibration.evidence_hash, model_hash(world), scenario, times)


def with_answers(world: World, document: Document) -> Document:
    """The document as it is to be saved: answers to every scenario, kept ones where it has them, else those of now.

    Chips and profiles of the user's own go along.
    """
    return with_own_things(world, document).with_kept(
        [document.kept_at(place) or answers_of(world, scenario) for place, scenario in enumerate(document.scenarios)]
    )


def with_own_things(world: World, document: Document) -> Document:
    """The document with the texts of those of the user's own chips, networks and profiles that it is about.

    A chip or network of a run in a profile goes along as well: without it, the profile could not be read.
    """
    scenarios = (*document.scenarios, *(each.scenario for each in document.kept if each is not None))
    profiles = {scenario.profile for scenario in scenarios} & set(world.profiles)
    used = {choice.system for scenario in scenarios for choice in scenario.systems}
    runs = [run for name in profiles for run in world.profiles[name].runs]
    used |= {run.system.partition(":")[0] for run in runs}
    own = {key: chip.text for key, chip in world.catalog.own.items() if key in used}
    asked = {scenario.workload for scenario in scenarios} | {run.workload for run in runs}
    own |= {f"{NETWORK}{key}": job.own for key in asked if (job := world.catalog.workloads[key]).own}
    taken = tuple((name, world.profiles[name].text) for name in sorted(profiles))
    if not (own or taken or document.own or document.profiles):
        return document
    return replace(document, own=tuple(sorted(own.items())), profiles=taken)


def unsettled(world: World, document: Document) -> Document:
    """The document with only those of its kept answers that are not what is projected now."""
    if not document.kept:
        return document
    moved = {move.place for move in moves_of(world, document).moves}
    return document.with_kept([kept if place in moved else None for place, kept in enumerate(document.kept)])


def moves_of(world: World, document: Document) -> Moves:
    """How far the kept answers of a document are from what is projected now.

    Both are of the scenario as it was saved: one that has been edited since is compared as it was.
    """
    moves: list[Move] = []
    compared = 0
    for place, kept in enumerate(document.kept):
        if kept is None:
            continue
        now = _times(world, kept.scenario)
        reason = (
            PROFILE
            if _is_other_profile(world, document, kept.scenario.profile)
            else _reason(kept.evidence != world.calibration.evidence_hash, kept.model != model_hash(world))
        )
        for choice in kept.scenario.systems:
            before, after = kept.times.get(choice.key), now.get(choice.key)
            compared += before is not None or after is not None
            if _is_moved(before, after):
                change = None if before is None or after is None else after.median_s / before.median_s - 1.0
                name, family = system_name(choice, world.catalog), world.catalog.systems[choice.system].family
                why = OWN if _is_another(world, document, choice) else reason
                moves.append(Move(place, choice, name, family, before, after, change, why))
    return Moves(tuple(moves), compared)


def _is_another(world: World, document: Document, choice: SystemChoice) -> bool:
    """Whether the file of a document brought another chip of the user's own along than the one that is here."""
    own, brought = world.catalog.own.get(choice.system), dict(document.own).get(choice.system)
    return own is not None and brought is not None and own.text != brought


def _is_other_profile(world: World, document: Document, name: str) -> bool:
    """Whether the file of a document brought another profile along than the one of that name that is here."""
    here, brought = world.profiles.get(name), dict(document.profiles).get(name)
    return here is not None and brought is not None and here.text != brought


def _reason(evidence: bool, model: bool) -> str:
    """By whether the evidence is another one, and the model."""
    if evidence and model:
        return BOTH
    return EVIDENCE if evidence else MODEL if model else ELSEWHERE


def _is_moved(before: Times | None, after: Times | None) -> bool:
    if before is None or after is None:
        return before is not after
    if before.official_s != after.official_s:
        return True
    pairs = ((before.median_s, after.median_s), (before.low_s, after.low_s), (before.high_s, after.high_s))
    return any(_differ(*pair) for pair in pairs)


def _differ(old: float, new: float) -> bool:
    """Whether two times read differently, and not only because a last digit was about to turn."""
    return abs(new / old - 1.0) > ROUNDING and format_duration(new) != format_duration(old)


def _times(world: World, scenario: Scenario) -> Mapping[str, Times]:
    """The times that are projected now, by system; of those that can run the job."""
    if world.catalog.workloads[scenario.workload].kind == RELATIVE:
        return MappingProxyType({})
    try:
        reasons = reasons_not_to_run(world, scenario)
        choices = [choice for choice in scenario.systems if choice not in reasons]
        cases = [case_of(scenario, choice, world.levers, world.catalog) for choice in choices]
        projections = project_all(learning(world, scenario), cases)
    except InputError:  # what cannot be answered is told where it is asked
        return MappingProxyType({})
    found = {}
    for each in projections:
        time, official = each.time_to_train_s, each.official
        score = None if official is None else _rounded(official.score_s)
        times = Times(_rounded(time.median), _rounded(time.low), _rounded(time.high), score)
        try:
            check_times(times)
        except InputError:  # longer than anything: no number to keep
            continue
        found[each.choice.key] = times
    return MappingProxyType(found)


def _rounded(seconds: float) -> float:
    """As many digits as are kept: the same on every machine."""
    return float(f"{seconds:.{DIGITS}g}")
