"""What a system takes, on what that rests, and what to state where it is not known; worded in `figures/cost/phrases`.

`name` is always that of the system.
"""

from enum import StrEnum

from ipuwhatif.records import Record
from ipuwhatif.scenario.prices.prices import Price


class ChipCount(Record, frozen=True):
    """So many chips, by the word for one of them."""

    word: str
    chips: int


class StatedPower(Record, frozen=True):
    """A power that the user states."""

    power_w: float


class MachinesAt(Record, frozen=True):
    """Machines, each of which draws so much at most."""

    count: int
    machine: str
    power_w: float


class MachinesOf(Record, frozen=True):
    """Machines, each of which fills so much of a rack, as printed."""

    count: int
    machine: str
    height: str


class NoPower(Record, frozen=True):
    """No source that was read gives the power."""

    name: str


class PowerFromMemory(Record, frozen=True):
    """The power of a machine was only recalled."""

    name: str
    machine: str
    power_w: float


class PowerOfWholeMachines(Record, frozen=True):
    """The power is known for whole machines of so many chips, and the system is none."""

    name: str
    machine_chips: int
    chip_word: str


class NoRackUnits(Record, frozen=True):
    """No source that was read gives the rack units."""

    name: str


class RackUnitsOfWholeMachines(Record, frozen=True):
    """The rack units are known for whole machines of so many chips, and the system is none."""

    name: str
    machine_chips: int
    chip_word: str


class LeftOut(StrEnum):
    """What a figure does not count, where no source says so but its nature does."""

    HOSTS_AND_SWITCHES = "hosts and switches"


class AtPrice(Record, frozen=True):
    """A purchase price that counts."""

    price: Price


class NoPrice(Record, frozen=True):
    """No price is stated."""

    name: str


class PriceWanted(Record, frozen=True):
    """A price in this currency is not stated."""

    name: str
    currency: str


class UnconfirmedPrice(Record, frozen=True):
    """A price that was recalled waits for the user to confirm it."""

    name: str
    price: Price


class RentOnly(Record, frozen=True):
    """A price to buy is asked for, and what is stated is a rent."""

    name: str
    price: Price


class InOtherCurrency(Record, frozen=True):
    """A price in one currency, those of others in another."""

    name: str
    currency: str
    other: str


class Spread(StrEnum):
    """What a purchase price is spread over."""

    LIFETIME_AND_UTILISATION = "lifetime and utilisation"
    LIFETIME = "lifetime"
    UTILISATION = "utilisation"


class NotSpread(Record, frozen=True):
    """What is not stated, so that a purchase price is of no hour."""

    name: str
    lacks: Spread


class CostLack(StrEnum):
    """What is to be stated for all systems."""

    CARBON_INTENSITY = "carbon intensity"
