"""A price as the fields of a row have it: amount, currency, bought or rented, date and origin, each as it is typed."""

from ipuwhatif.records import Record
from ipuwhatif.scenario.prices.money import names_currency
from ipuwhatif.scenario.prices.prices import EXAMPLES, RENT, Price, amount_digits, own_price, written_date
from ipuwhatif.scenario.written_figures import TIME, take_apart
from ipuwhatif.units import typed


class PriceParts(Record, frozen=True):
    """The texts of a row. The amount may say more than itself ("$27.2/h 2021"), which then counts."""

    amount: str
    currency: str
    per: str  # BUY or RENT
    date: str
    origin: str

    @property
    def lacks_currency(self) -> bool:
        """Whether no currency is stated yet. InputError for an amount that is none."""
        return not self.currency.strip() and not names_currency(self._money_and_date()[0])

    @property
    def lacks_date(self) -> bool:
        """Whether no date is stated yet."""
        return not self._money_and_date()[1]

    def price(self, chips: int) -> Price:
        """The user's own price of a system of so many chips. InputError says what is wrong."""
        money, date = self._money_and_date()
        if not names_currency(money):
            money = f"{self.currency.strip()} {money}"
        if self.per == RENT and TIME not in take_apart(money, EXAMPLES).per:
            money = f"{money}/h"
        return own_price(money, date, self.origin, chips)

    def _money_and_date(self) -> tuple[str, str]:
        """What the amount says, and the date: that in the amount, else that of its own field."""
        words = typed(self.amount).split()
        date = written_date(words)
        return (" ".join(words[:-1]), date) if date else (" ".join(words), self.date.strip())


def parts_of(price: Price) -> PriceParts:
    """The texts that a price is shown with; they mean the same price."""
    return PriceParts(amount_digits(price), price.currency, price.per, price.date, price.origin)
