"""Why what is typed is not taken, in words: times, amounts, sizes, levers, headlines and profiles."""

from ipuwhatif.charts.reasons import NoTheme
from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.figures.scenarios.lever_words import lever_name, range_text
from ipuwhatif.scenario.levers import FaultyLever, LeverFault
from ipuwhatif.scenario.reasons import (
    AmountBeyond,
    AtLever,
    BeforeStart,
    CountedOtherwise,
    Examples,
    ForExample,
    HeadlineFault,
    HeadlineTooLong,
    LessThanOne,
    MisspeltWord,
    NoAmountToState,
    NoAmountTyped,
    NobodyOfThatName,
    NoClock,
    NoDay,
    NoDeadline,
    NoNumber,
    NoProductsOfBits,
    NoProfileName,
    NoProfileText,
    NoSetting,
    NoSize,
    NoSizes,
    NoStart,
    NotAboveNothing,
    NotCountedIn,
    NotFromTo,
    NothingLearnt,
    NoTime,
    NotUnderstood,
    NoUnitOfTime,
    NoWholeNumber,
    OfOneChip,
    OutsideRange,
    ProfileFault,
    ProfileTooLarge,
    RatioOnly,
    SizeMissing,
    TimeBeyond,
    TooFewOrManyRuns,
    TooManySystems,
    UnknownLever,
    UnknownUnitOfTime,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, quoted, told

phrase(NotUnderstood, marked("{text} is not understood; write for example {examples}"), "text")
phrase(
    MisspeltWord,
    marked("{text}: {word} is unknown; the nearest is {near}; write for example {examples}"),
    "text",
    "word",
)
phrase(NotAboveNothing, marked("{text} is not above 0"), "text")
phrase(NotFromTo, marked("{text} is not from {least} to {most} {unit}"), "text")

# times and days

phrases(Examples, {Examples.TIMES: marked("1.5 h, 90 min, 1 h 30 min or 3 days")})
phrase(NoTime, marked("{text} is no time; write for example {examples}"), "text")
phrase(NoUnitOfTime, marked("{text} has unit {unit}, which is no time; write for example {examples}"), "text", "unit")
phrase(UnknownUnitOfTime, marked("{text} has unit {unit}; the nearest is {near}"), "text", "unit")
phrase(NoClock, marked("{text} is no time of a clock; write hours, minutes and seconds, 0:28:24"), "text")
phrase(NoDay, marked("{text} is no day; write year, month and day: 2027-03-14"), "text")
phrase(NoDeadline, marked("{reason}, or a day such as {day}"))
phrase(TooManySystems, marked("At most {most} systems at once: untick one first."))
phrase(NoStart, marked("{day} is a day, and no day is stated on which the run begins: state the start as well"))
phrase(BeforeStart, marked("{day} is before the start, {start}; write a later day"))


@told.register
def _(said: TimeBeyond) -> str:
    near = tr("1 ms") if said.too_short else tr("36,500 days")
    return tr("a job takes from 1 ms to 100 years; the nearest is {near}", near=near)


# how much work, and of which network

phrase(NoAmountTyped, marked("{text} is no amount of work; write for example {example}"), "text")
phrase(
    NoAmountToState,
    marked("{name} has no amount of work to state: it trains to its target quality or is known by a ratio only"),
)
phrase(NotCountedIn, marked("{name} is not counted in {measure}; use --{near}"))
phrase(SizeMissing, marked("{text} has no size between two commas or beside one; write for example {example}"), "text")
phrase(NoSize, marked("{word} is no layer size; write for example {size}"), "word")
phrase(NoSizes, marked("no layer sizes; write for example {example}"))
phrase(ForExample, marked("{fault}; for example {examples}"))


@told.register
def _(said: LessThanOne) -> str:
    return tr(
        "{text} is less than one of the {samples}; write for example {example}",
        text=quoted(said.text),
        samples=tr(said.samples),
        example=told(said.example),
    )


@told.register
def _(said: AmountBeyond) -> str:
    reason = tr("is too much work") if said.too_much else tr("is not above 0")
    text, bound = quoted(said.text), told(said.bound)
    return tr("{text} {reason}; the nearest is {bound}", text=text, reason=reason, bound=bound)


@told.register
def _(said: CountedOtherwise) -> str:
    return tr(
        "{text}: {name} is counted in {units}; write for example {example}",
        text=quoted(said.text),
        name=said.name,
        units=tr(" or ").join(map(tr, said.units)),
        example=told(said.example),
    )


# levers

phrase(NoNumber, marked("{text} is no number; write for example {example}"), "text")
phrase(OfOneChip, marked("{text} is of a chip; set it for one system, ipu-pod:64.power_kw"), "text")
phrase(NoSetting, marked("{text} is no setting; write scope.lever=value: {example}"), "text")


@told.register
def _(said: AtLever) -> str:
    lever = said.lever
    return tr("{fault} ({name}: {range})", fault=told(said.fault), name=lever_name(lever), range=range_text(lever))


@told.register
def _(said: NoWholeNumber) -> str:
    return tr(
        "{name} of {value} is no whole number; the nearest is {nearest}",
        name=lever_name(said.nearest.lever),
        value=quoted(said.text),
        nearest=told(said.nearest),
    )


@told.register
def _(said: OutsideRange) -> str:
    return tr(
        "{name} of {value} is outside {range}; the nearest is {nearest}",
        name=lever_name(said.nearest.lever),
        value=quoted(said.text),
        range=range_text(said.nearest.lever),
        nearest=told(said.nearest),
    )


@told.register
def _(said: UnknownLever) -> str:
    name, reach = quoted(said.name), range_text(said.lever)
    return tr("unknown lever {name}; the nearest is {known} ({range})", name=name, known=said.known, range=reach)


@told.register
def _(said: NobodyOfThatName) -> str:
    return tr(
        "no family or system {scope}; the nearest lever is {known} ({range})",
        scope=quoted(said.scope),
        known=said.known,
        range=range_text(said.lever),
    )


_FAULTY = {
    LeverFault.EMPTY_RANGE: marked("the range {range} is empty or not above 0"),
    LeverFault.DEFAULT_OUTSIDE: marked("the default {default} is outside {range}"),
    LeverFault.NO_FAMILY: marked("no family has this lever"),
    LeverFault.PARTS: marked("the parts do not rise from above the minimum to the maximum"),
}


@told.register
def _(said: FaultyLever) -> str:
    return tr(_FAULTY[said.fault], range=range_text(said.lever), default=said.lever.default)


phrase(NoProductsOfBits, marked("products run in 16, 8 or 4 bit, not in {bits}"))
phrase(
    RatioOnly,
    marked(
        "{workload} is known by a stated ratio only, there is no network to project: give what the job takes you "
        'today, ipuwhatif project -w {workload} --baseline-time "70.5 h"'
    ),
)

# themes, headlines and profiles

phrase(NoTheme, marked("no theme is called {name}; themes: {known}"), "name")

phrases(
    HeadlineFault,
    {
        HeadlineFault.EMPTY: marked("A headline is empty: write one, or take the one by rule"),
        HeadlineFault.SEVERAL_LINES: marked("A headline stands on one line and holds only letters that print"),
    },
)


@told.register
def _(said: HeadlineTooLong) -> str:
    return tr(
        "A headline has at most {most} letters; this one has {count}: shorten it by {over}",
        most=said.most,
        count=format_number(said.count),
        over=format_number(said.count - said.most),
    )


phrase(NoProfileName, marked("{name} is no name; write small letters, digits and hyphens, up to 60"), "name")
phrase(NoProfileText, marked("{file} is no profile: {reason}"))
phrases(
    ProfileFault,
    {
        ProfileFault.HEAD: marked("name, made and calibration are a name, a day and a hash"),
        ProfileFault.TIME_OR_RATE: marked("write either time_s or samples_per_s"),
    },
)
phrases(
    NothingLearnt,
    {
        NothingLearnt.RATIO_ONLY: marked("the job is known by a stated ratio only: there is nothing to project"),
        NothingLearnt.NO_TIME_OF_ITS_OWN: marked(
            "its time depends on the amount of work: only a throughput can be learnt from"
        ),
    },
)


@told.register
def _(said: ProfileTooLarge) -> str:
    return tr("{name} is larger than {limit} bytes", name=quoted(said.name), limit=f"{said.limit:,}")


@told.register
def _(said: TooFewOrManyRuns) -> str:
    return tr("a profile has from 1 to {most} runs", most=format_number(said.most))
