"""What fills the memory of each system's fullest chip, and what would make a job fit where it does not."""

from collections.abc import Iterator

from ipuwhatif.analysis.beside import check_one_job
from ipuwhatif.analysis.compare import reasons_of
from ipuwhatif.analysis.results import Missing
from ipuwhatif.analysis.solving.reasons import EachLacks, Question
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.case import Case, PinnedCut, Pins
from ipuwhatif.model.holding import Holding, fewest_to_fit, holding_of, least_holding
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.memory import PARTS
from ipuwhatif.model.precision import FP8
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.records import Record, field_names, replace
from ipuwhatif.scenario.moved_levers import Lettered, moved_levers
from ipuwhatif.scenario.resolve import case_of
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import InputError, RefusedError, Said

CHIPS, MEMORY, RECOMPUTE, PRECISION = "chips", "memory", "recompute", "precision"
MEMORY_LEVER = "on_chip_memory_gain"
#: Parts of a layout, and of a language model's cut, that the user may hold.
PINNED = field_names(Pins)
PINNED_CUT = field_names(PinnedCut)
#: Rounding of a memory that is just enough.
_ROOM = 1.0 + 1e-6


class Advice(Record, frozen=True):
    """One change with which the job fits, all else as it is asked: `what` is CHIPS, MEMORY or a part of a layout.

    value: of the chips, the bytes of a chip's memory, or what the layout then has. least: nobody has shown that so much
    is enough, but less is not.
    """

    what: str
    value: float | str
    least: bool = False


class Row(Record, frozen=True):
    """One system: its holding is that of the projected layout, or where nothing fits of the one that asks least."""

    choice: SystemChoice
    name: str
    family: str
    chip_word: str
    case: Case
    holding: Holding
    origin: Origin  # of the size of the memory
    reason: Said = ""  # why it cannot run the job
    advice: tuple[Advice, ...] = ()
    scenario: str = ""  # letter of the scenario that it is of, where that stands beside the one that is looked at

    @property
    def fits(self) -> bool:
        """Whether the job runs there, which is to say that all parts have room."""
        return not self.reason and self.holding.fits


class Memory(Record, frozen=True):
    """The systems of a scenario whose memory can be told, in its order, and the others with the reason."""

    rows: tuple[Row, ...]
    missing: tuple[Missing, ...]
    settings: tuple[Said, ...]  # every moved lever
    catalog: Catalog
    spoken: tuple[str, ...] = ()  # keys of the subject and the reference; of two scenarios none

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that any system has, in the order in which they are stacked."""
        return tuple(part for part in PARTS if any(row.holding.parts[part] > 0.0 for row in self.rows))


def memory(world: World, scenario: Scenario) -> Memory:
    """What fills a chip of each system of a scenario. InputError where no system is ticked, or none can be told of."""
    if not scenario.systems:
        raise RefusedError(Question.NO_SYSTEM)
    cases = {choice: case_of(scenario, choice, world.levers, world.catalog) for choice in scenario.systems}
    reasons = reasons_of(world, list(cases.values()))
    running = [case for choice, case in cases.items() if choice not in reasons]
    layouts = choose_layouts(world.catalog, running, world.calibration.center) if running else ()
    found = dict(zip([case.choice for case in running], layouts, strict=True))
    rows = [_row(world, case, found.get(choice), reasons.get(choice, "")) for choice, case in cases.items()]
    rows_told = tuple(row for row in rows if isinstance(row, Row))
    missing = tuple(row for row in rows if isinstance(row, Missing))
    if not rows_told:
        raise RefusedError(EachLacks(tuple(dict.fromkeys(each.reason for each in missing))))
    settings = moved_levers(scenario, world.levers, world.catalog)
    return Memory(rows_told, missing, settings, world.catalog, (scenario.spoken_of, scenario.reference))


def beside(looked_at: tuple[str, Memory], other: tuple[str, Memory]) -> Memory:
    """The rows of two scenarios, each a letter and its answer: a system's pair together, every name with its letter.

    InputError for two jobs.
    """
    check_one_job(*((letter, found.rows[0].case.workload) for letter, found in (looked_at, other)))
    pairs: dict[SystemChoice, list[Row]] = {}
    for letter, found in sorted((looked_at, other), key=lambda side: side[0]):
        for row in found.rows:
            name = f"{letter} · {row.name}"
            pairs.setdefault(row.choice, []).append(
                replace(row, name=name, scenario="" if letter == looked_at[0] else letter)
            )
    settings = tuple(
        Lettered(letter, setting)
        for letter, found in sorted((looked_at, other), key=lambda side: side[0])
        for setting in found.settings
    )
    rows = tuple(row for pair in pairs.values() for row in pair)
    return Memory(rows, looked_at[1].missing, settings, looked_at[1].catalog)


def _row(world: World, case: Case, layout: Layout | None, reason: Said) -> Row | Missing:
    catalog, choice = world.catalog, case.choice
    system, name = catalog.systems[choice.system], system_name(choice, catalog)
    try:
        holding = least_holding(catalog, case) if layout is None else holding_of(catalog, case, layout)
    except InputError:
        return Missing(choice, name, system.family, reason)
    if layout is None and holding.fits:  # memory is not what stands in the way
        return Missing(choice, name, system.family, reason)
    origin = catalog.chip_of(choice).data["memory_size"].origin
    if layout is None:
        advice = tuple(_advice(world, case, holding))
    else:  # an entry's own layout is kept, also on a smaller memory than it ran on
        advice = () if holding.fits else (Advice(MEMORY, holding.memory_to_fit),)
    return Row(choice, name, system.family, system.chip_word, case, holding, origin, reason, advice)


def _advice(world: World, case: Case, holding: Holding) -> Iterator[Advice]:
    """Changes that make a case fit, each alone: every one is put to the model."""
    bound = holding.layout is None
    fewest = fewest_to_fit(world.catalog, case)
    if fewest and (bound or _fits(world, replace(case, choice=SystemChoice(case.choice.system, fewest)))):
        yield Advice(CHIPS, fewest, bound)
    for what, changed in _released(world, case):
        if _fits(world, changed):
            (layout,) = choose_layouts(world.catalog, [changed], world.calibration.center)
            yield Advice(what, getattr(layout, "recomputed" if what == RECOMPUTE else what))
    gain = case.gains.on_chip_memory * holding.memory_to_fit / holding.memory * _ROOM
    within = gain <= world.levers[MEMORY_LEVER].maximum
    if within and (bound or _fits(world, replace(case, gains=replace(case.gains, on_chip_memory=gain)))):
        yield Advice(MEMORY, holding.memory_to_fit, bound)


def _fits(world: World, case: Case) -> bool:
    return not reason_not_to_fit(world.catalog, case)


def _released(world: World, case: Case) -> Iterator[tuple[str, Case]]:
    """The case with one pinned part left to the search, for each; and in 8 bit where nobody holds the precision."""
    for what in PINNED:
        if getattr(case.pins, what) is not None:
            yield what, replace(case, pins=replace(case.pins, **{what: None}))
    for what in PINNED_CUT:
        if pinned := getattr(case.cut, what):
            free = "" if isinstance(pinned, str) else None
            yield what, replace(case, cut=replace(case.cut, **{what: free}))  # type: ignore[arg-type]
    if is_language_model(world.catalog.workloads[case.workload]) and not case.cut.precision:
        yield PRECISION, replace(case, cut=replace(case.cut, precision=FP8))
