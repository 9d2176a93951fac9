"""The words of what systems take, and of what to state where that is not known."""

from ipuwhatif.analysis.cost.reasons import (
    AtPrice,
    ChipCount,
    CostLack,
    InOtherCurrency,
    LeftOut,
    MachinesAt,
    MachinesOf,
    NoPower,
    NoPrice,
    NoRackUnits,
    NotSpread,
    PowerFromMemory,
    PowerOfWholeMachines,
    PriceWanted,
    RackUnitsOfWholeMachines,
    RentOnly,
    Spread,
    StatedPower,
    UnconfirmedPrice,
)
from ipuwhatif.figures.phrasing import chips_text
from ipuwhatif.figures.scenarios.own_figures import origin_text, price_text
from ipuwhatif.texts import tr
from ipuwhatif.units import STATED_DIGITS, format_number, format_quantity, told


@told.register
def _(said: ChipCount) -> str:
    return chips_text(said.word, said.chips)


@told.register
def _(said: StatedPower) -> str:
    return tr("{power}, as stated", power=format_quantity(said.power_w, "W", STATED_DIGITS))


@told.register
def _(said: MachinesAt) -> str:
    machines, power = _times(said.count, said.machine), format_quantity(said.power_w, "W")
    return tr("{machines} at {power}", machines=machines, power=power)


@told.register
def _(said: MachinesOf) -> str:
    return tr("{machines} of {height}", machines=_times(said.count, said.machine), height=said.height)


def _times(count: int, machine: str) -> str:
    return tr("{count} × {machine}", count=format_number(count), machine=machine)


@told.register
def _(said: NoPower) -> str:
    return tr("state the power of {name}: no source that was read gives it", name=said.name)


@told.register
def _(said: PowerFromMemory) -> str:
    return tr(
        "state the power of {name}: {power} for a {machine} was only recalled",
        name=said.name,
        power=format_quantity(said.power_w, "W"),
        machine=said.machine,
    )


@told.register
def _(said: PowerOfWholeMachines) -> str:
    part = _whole_machines(said.machine_chips, said.chip_word)
    return tr("state the power of {name}: {part}", name=said.name, part=part)


@told.register
def _(said: RackUnitsOfWholeMachines) -> str:
    part = _whole_machines(said.machine_chips, said.chip_word)
    return tr("no rack units of {name}: {part}", name=said.name, part=part)


def _whole_machines(chips: int, word: str) -> str:
    return tr("it is known for whole machines of {count} {chips}s", count=chips, chips=tr(word))


@told.register
def _(said: NoRackUnits) -> str:
    return tr("no source that was read gives the rack units of {name}", name=said.name)


@told.register
def _(said: LeftOut) -> str:
    return {LeftOut.HOSTS_AND_SWITCHES: tr("hosts and switches")}[said]


@told.register
def _(said: AtPrice) -> str:
    return tr("{price}, {origin}", price=price_text(said.price), origin=origin_text(said.price))


@told.register
def _(said: NoPrice) -> str:
    return tr("state a price for {name}", name=said.name)


@told.register
def _(said: PriceWanted) -> str:
    return tr("state the price of {name} in {currency}", name=said.name, currency=said.currency)


@told.register
def _(said: UnconfirmedPrice) -> str:
    price = price_text(said.price)
    return tr("confirm the recalled price of {name}, {price}, or state another", name=said.name, price=price)


@told.register
def _(said: RentOnly) -> str:
    return tr("state what {name} costs to buy: {price} is a rent", name=said.name, price=price_text(said.price))


@told.register
def _(said: InOtherCurrency) -> str:
    return tr(
        "the price of {name} is in {currency}, that of others in {other}: state it in {other}",
        name=said.name,
        currency=said.currency,
        other=said.other,
    )


@told.register
def _(said: NotSpread) -> str:
    text = {
        Spread.LIFETIME_AND_UTILISATION: tr("state lifetime and utilisation of {name}, over which its price is spread"),
        Spread.LIFETIME: tr("state the lifetime of {name}, over which its price is spread"),
        Spread.UTILISATION: tr("state the utilisation of {name}: how much of its lifetime it trains"),
    }[said.lacks]
    return text.format(name=said.name)


@told.register
def _(said: CostLack) -> str:
    return {CostLack.CARBON_INTENSITY: tr("state the carbon intensity of the electricity")}[said]
