"""Why a target cannot be met, and how it was sought, in words."""

from ipuwhatif.analysis.reasons import PartOfTime
from ipuwhatif.analysis.seek.reasons import (
    AllGains,
    BatchNeedsMore,
    BeyondRange,
    ChangesNothing,
    FitsFrom,
    HowSought,
    LeastOverBatch,
    LeastOverChips,
    MoreIsAdded,
    NoMore,
    NothingToMove,
    NotSoughtOver,
    RestIdle,
    Share,
    StillLess,
    StillMore,
    Target,
    Tried,
    TwiceTheBatch,
    UntouchedAlone,
)
from ipuwhatif.figures.phrasing import chips_text
from ipuwhatif.figures.scenarios.lever_words import range_text, value_text
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number, quoted, told

# what is asked

_TARGET = {Target.NO_TIME: marked("a target is a time above 0, such as 1 min")}


@told.register
def _(said: Target) -> str:
    return tr(_TARGET[said])


@told.register
def _(said: NothingToMove) -> str:
    return tr("nothing to move is called {name}; the nearest is {near}", name=quoted(said.name), near=said.nearest)


@told.register
def _(said: NotSoughtOver) -> str:
    return tr("a target is not sought over {name}; seek over chips, any or a gain", name=quoted(tr(said.lever)))


# how it was sought

_HOW = {
    HowSought.SEARCHED_ANEW: marked("the layout is searched anew at each chip count"),
    HowSought.CHEAPEST: marked(
        "cheapest: the least sum of |ln| of the changes of compute gain, link bandwidth gain and clock"
    ),
    HowSought.ALONG_THE_SAME: marked(
        "the ends of the interval are met along the same combination, by more or less of it"
    ),
    HowSought.NOTHING_MOVES: marked("nothing has to move; where the high end needs more, all three move alike"),
}


@told.register
def _(said: HowSought) -> str:
    return tr(_HOW[said])


@told.register
def _(said: Tried) -> str:
    if said.machine > 1:
        return tr("tried in whole machines of {machine} {word}s", machine=said.machine, word=tr(said.chip_word))
    return tr("every number of {word}s was tried", word=tr(said.chip_word))


@told.register
def _(said: FitsFrom) -> str:
    return tr("the job fits from {first} {word}s on", first=said.chips, word=tr(said.chip_word))


# why it cannot be met


@told.register
def _(said: Share) -> str:
    """ "arithmetic 48.1 s (29 %), all-reduce 43.9 s (27 %)" """
    return tr(", ").join(
        tr(
            "{part} {time} ({share} %)",
            part=_part(part),
            time=format_duration(seconds),
            share=format_number(100.0 * seconds / said.total, 2),
        )
        for part, seconds in said.parts
    )


def _part(key: str) -> str:
    name = told(PartOfTime(key))
    return name[:1].lower() + name[1:]


@told.register
def _(said: LeastOverChips) -> str:
    reached = tr(
        "the least time is {time}, with {chips}: {parts}",
        time=format_duration(said.share.total),
        chips=chips_text(said.chip_word, said.chips),
        parts=told(said.share),
    )
    if isinstance(said.why, NoMore):
        return tr("{reached}; {name} has no more than that", reached=reached, name=said.why.system)
    return tr("{reached}; {why}", reached=reached, why=told(said.why))


def _about(said: RestIdle | BatchNeedsMore | MoreIsAdded) -> str:
    return tr("beyond about {chips}", chips=chips_text(said.chip_word, said.about))


@told.register
def _(said: RestIdle) -> str:
    return tr(
        "{about} the rest stays idle: no run in the evidence shows that a global batch of {batch} in "
        "micro-batches of {micro}, which would fill {chips}, works",
        about=_about(said),
        batch=format_number(said.batch),
        micro=format_number(said.micro_batch),
        chips=format_number(said.chips),
    )


@told.register
def _(said: BatchNeedsMore) -> str:
    return tr(
        "{about} the batch that fills them needs more {words} than it saves: {after} at a batch of {batch} "
        "with {chips}, {before} with {fewer}",
        about=_about(said),
        words=tr(said.counted_in),
        after=format_number(said.after, 3),
        batch=format_number(said.batch),
        before=format_number(said.before, 3),
        chips=chips_text(said.chip_word, said.chips),
        fewer=format_number(said.about),
    )


@told.register
def _(said: MoreIsAdded) -> str:
    needed = tr("the {words} that a larger batch needs", words=tr(said.counted_in))
    texts = [
        tr("{cause} (+{time})", cause=needed if part is None else _part(part), time=format_duration(seconds))
        for part, seconds in said.causes
    ]
    return tr(
        "{about} more is added than the shorter work a chip saves: with all of {chips} at work {causes}",
        about=_about(said),
        causes=tr(", ").join(texts),
        chips=chips_text(said.chip_word, said.chips),
    )


@told.register
def _(said: ChangesNothing) -> str:
    return tr("this lever changes nothing here, it takes {time} at any value", time=format_duration(said.time))


@told.register
def _(said: StillLess) -> str:
    words = {"value": value_text(said.lever, said.value), "time": format_duration(said.time)}
    if said.end:
        return tr("at {value}, the end of the range, it takes {time}, less than the target", **words)
    return tr("at {value}, the slowest of the range, it takes {time}, less than the target", **words)


@told.register
def _(said: StillMore) -> str:
    words = {
        "value": value_text(said.lever, said.value),
        "time": format_duration(said.share.total),
        "parts": told(said.share),
    }
    if said.why is None:
        return tr("at {value}, the fastest of the range, it takes {time}: {parts}", **words)
    reached = tr("at {value}, the end of the range, it takes {time}: {parts}", **words)
    return tr("{reached}; {why}", reached=reached, why=told(said.why))


@told.register
def _(said: UntouchedAlone) -> str:
    return tr("what this lever does not touch takes {rest} alone", rest=format_duration(said.rest))


@told.register
def _(said: BeyondRange) -> str:
    return tr("the target lies beyond the range of the lever, {range}", range=range_text(said.lever))


@told.register
def _(said: LeastOverBatch) -> str:
    sides = [
        tr(
            "the least time is {time}, at a global batch of {batch}: {parts}",
            time=format_duration(said.share.total),
            batch=format_number(said.batch),
            parts=told(said.share),
        )
    ]
    if said.half is not None:
        sides.append(tr("half of it takes {time}, its steps being many", time=format_duration(said.half)))
    if said.twice is not None:
        sides.append(told(said.twice))
    return tr("; ").join(sides)


@told.register
def _(said: TwiceTheBatch) -> str:
    if not said.counted_in:
        return tr("twice of it takes {time}", time=format_duration(said.time))
    return tr(
        "twice of it takes {time}, since it needs {after} {word} in place of {before}",
        time=format_duration(said.time),
        after=format_number(said.after, 3),
        before=format_number(said.before, 3),
        word=tr(said.counted_in),
    )


@told.register
def _(said: AllGains) -> str:
    return tr(
        "with every gain at the end of its range it takes {time}: {parts}",
        time=format_duration(said.share.total),
        parts=told(said.share),
    )
