"""Why a sweep is refused, in words."""

from ipuwhatif.analysis.sweep.reasons import (
    AxisFault,
    BrokenToml,
    EndsBelow,
    KeyFault,
    KnownAtTheEnd,
    LaterSoftware,
    NeedsAxis,
    NeedsChips,
    NeedsTarget,
    NoAmount,
    NoneOfTheSizes,
    NoRecipe,
    NoSoftware,
    NoSuchBits,
    NoSuchKind,
    NotFinite,
    PlanFault,
    PriceOfOneSystem,
    TooManyPlans,
    TooManyValues,
    TwoCurrencies,
    UnknownAxis,
    Wanted,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, quoted, told

# where it is wrong


@told.register
def _(said: AxisFault) -> str:
    return tr("axis {name}: {fault}", name=quoted(said.axis), fault=told(said.fault))


@told.register
def _(said: KeyFault) -> str:
    return tr("key {key}: {fault}", key=quoted(said.key), fault=told(said.fault))


# what a plan says


@told.register
def _(said: UnknownAxis) -> str:
    return tr("axis {name} is unknown; nearest: {nearest}", name=quoted(said.axis), nearest=said.nearest)


@told.register
def _(said: NeedsAxis) -> str:
    return tr("a sweep needs an axis {name}", name=said.axis)


_PLAN_FAULTS = {
    PlanFault.EMPTY: marked("it has no value"),
    PlanFault.STEP_OR_COUNT: marked("a range has a step or a count of values: one of the two"),
    PlanFault.SCALE: marked("its scale is linear, or log for a count of values above 0"),
    PlanFault.STEP: marked("its step is not above 0"),
    PlanFault.COUNT: marked("its count is no whole number from 2 on"),
}


@told.register
def _(said: PlanFault) -> str:
    return tr(_PLAN_FAULTS[said])


@told.register
def _(said: TooManyValues) -> str:
    most = format_number(said.most)
    return tr("{count} values are too many for an axis; the most is {most}", count=f"{said.count:,}", most=most)


@told.register
def _(said: EndsBelow) -> str:
    return tr("it ends at {high}, below its beginning at {low}", low=said.low, high=said.high)


@told.register
def _(said: NotFinite) -> str:
    return tr("its {key} is not a finite number", key=quoted(said.key))


_WANTED = {
    Wanted.NUMBER: marked("{value} is no number"),
    Wanted.CHIPS: marked("{value} is no number of chips"),
    Wanted.TEXT: marked("{value} is no text"),
}


@told.register
def _(said: NoSuchKind) -> str:
    return tr(_WANTED[said.wanted], value=quoted(said.value))


@told.register
def _(said: NeedsChips) -> str:
    return tr("{text} needs an axis chips, or a chip count: {example}", text=quoted(said.system), example=said.example)


@told.register
def _(said: NoneOfTheSizes) -> str:
    return tr(
        "axis chips: {name} has {low} to {high} {word}s, and none of the values is among them",
        name=quoted(said.system),
        low=format_number(said.low),
        high=format_number(said.high),
        word=tr(said.chip_word),
    )


@told.register
def _(said: BrokenToml) -> str:
    return tr("broken TOML: {reason}", reason=said.reason)


@told.register
def _(said: NeedsTarget) -> str:
    return tr('{name} needs a target: target = "30 min"', name=said.quantity)


@told.register
def _(said: KnownAtTheEnd) -> str:
    return tr("{name} is known only at the end: nothing is filtered by it", name=quoted(said.quantity))


@told.register
def _(said: TooManyPlans) -> str:
    if said.in_memory:
        return tr(
            "{count} plans are too many for memory, the most is {most}: write them to a file",
            count=format_number(said.count),
            most=format_number(said.most),
        )
    return tr("these are {count} plans; the most is {most}", count=f"{said.count:,}", most=format_number(said.most))


@told.register
def _(said: TwoCurrencies) -> str:
    return tr(
        "the prices {first} and {second} are in two currencies", first=quoted(said.first), second=quoted(said.second)
    )


@told.register
def _(said: PriceOfOneSystem) -> str:
    return tr(
        "axis {name}: {price} is of one system, and {system} has several sizes here; state it for a chip: "
        "2.99 USD/GPU-hour 2024",
        name=quoted(said.axis),
        price=quoted(said.price),
        system=said.system,
    )


# what no answer has


@told.register
def _(said: NoRecipe) -> str:
    return tr("{workload} has no recipe {recipe}", workload=said.workload, recipe=said.recipe)


@told.register
def _(said: NoAmount) -> str:
    return tr("{workload} trains to its target; no amount is stated for it", workload=said.workload)


@told.register
def _(said: NoSuchBits) -> str:
    return tr("products run in 16, 8 or 4 bit, not in {bits}", bits=said.bits)


@told.register
def _(said: NoSoftware) -> str:
    return tr("{workload} does not run {stack}: none was published", workload=said.workload, stack=said.stack)


@told.register
def _(said: LaterSoftware) -> str:
    return tr(
        "{key} is of {date}, later than software as of {release}", key=said.key, date=said.date, release=said.release
    )
