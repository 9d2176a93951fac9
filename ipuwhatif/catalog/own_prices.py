"""Prices of the user's own lists, and the systems that each of them is of. They are offered, and never a default."""

from ipuwhatif.records import Record


class OwnPrice(Record, frozen=True):
    """A row of a price list: of so many chips of one of the systems, to buy or for an hour."""

    place: str  # "prices.csv, row 3"
    item: str  # as the list calls it
    systems: tuple[str, ...]  # keys: of a chip all systems that have it
    chips: int  # that the amount is of; 0: of a whole machine
    each: bool  # of each chip: any number of them costs as many times as much
    amount: float
    currency: str
    per: str  # "buy" or "hour"
    date: str
    region: str = ""
    source: str = ""

    def times(self, system: str, chips: int, chips_per_machine: int) -> int:
        """How many of it a system of so many chips takes; 0 where it is no price of that system."""
        if system not in self.systems:
            return 0
        part = self.chips or chips_per_machine
        count, rest = divmod(chips, part)
        return count if not rest and (count == 1 or self.each or part == chips_per_machine) else 0
