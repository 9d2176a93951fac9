"""Every text that somebody types is bounded before it is read: twice as much of it is at most twice the work."""

import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.cli.arguments import parse
from ipuwhatif.cli.questions.prices import parse_price as parse_system_price
from ipuwhatif.cli.questions.scenarios import comparison_scenario
from ipuwhatif.scenario.amount import parse_amount
from ipuwhatif.scenario.files.document import check_title
from ipuwhatif.scenario.levers import load_levers
from ipuwhatif.scenario.measurements import parse_measurement
from ipuwhatif.scenario.prices.money import read_electricity, read_price
from ipuwhatif.scenario.prices.prices import parse_price
from ipuwhatif.scenario.prices.rates import read_carbon, read_power, read_rate
from ipuwhatif.scenario.sizes import parse_layers
from ipuwhatif.scenario.times import names_time, parse_time
from ipuwhatif.scenario.typed_levers import parse_setting, parse_value
from ipuwhatif.units import InputError, parse_quantity, whole_number

CATALOG, LEVERS = load_catalog(), load_levers()
WORKLOADS = CATALOG.workloads


def compared(systems: str) -> object:
    return comparison_scenario(Namespace(systems=systems), CATALOG)


READERS: dict[str, Callable[[str], object]] = {
    "a time": parse_time,
    "the start of a time": names_time,
    "a rate": read_rate,
    "a power": read_power,
    "a carbon intensity": read_carbon,
    "an amount of money": read_price,
    "a price of electricity": read_electricity,
    "a price": lambda text: parse_price(text, "a quote", 8),
    "a price of a system": lambda text: parse_system_price(f"dgx-a100={text}", CATALOG),
    "a measurement": lambda text: parse_measurement(text, WORKLOADS["resnet50"], 16, lambda: 3200),
    "an amount of work": lambda text: parse_amount(text, WORKLOADS["efficientnet-b4"]),
    "layer sizes": lambda text: parse_layers(text, WORKLOADS["weather-emulator"]),
    "a whole number": whole_number,
    "a quantity": lambda text: parse_quantity(text, "B/s"),
    "a system": lambda text: parse_system(text, CATALOG),
    "a number of chips": lambda text: parse_system(f"ipu-pod:{text}", CATALOG),
    "a list of systems": compared,
    "a setting": lambda text: parse_setting(text, LEVERS, CATALOG),
    "a value of a setting": lambda text: parse_setting(f"ipu.clock={text}", LEVERS, CATALOG),
    **{f"a value of {key}": lambda text, lever=lever: parse_value(text, lever) for key, lever in LEVERS.items()},
    "a title": check_title,
    "a count on the command line": lambda text: parse(["scaling", "--from", text]),
    "dots per inch": lambda text: parse(["compare", "-o", "a.png", "--dpi", text]),
    "a word of a choice": lambda text: parse(["compare", "--basis", text]),
}
#: What a reader would go back and forth over: blanks, digits, groups, words, signs.
PATTERNS = (" ", "1", "1 ", "1,", "1.", "a", "a ", "1 h ", "/s", "每", "- ", "e1", ";")


def seconds(read: Callable[[str], object], text: str) -> float:
    """The least of some tries: what else the machine does only adds."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        with suppress(InputError):
            read(text)
        taken.append(time.perf_counter() - start)
    return min(taken)


@pytest.mark.parametrize("name", READERS)
def test_that_twice_the_text_is_no_more_than_about_twice_the_work(name: str) -> None:
    for pattern in PATTERNS:
        once, twice = (pattern * (length // len(pattern)) for length in (20_000, 40_000))
        # a square would be four times as much; what takes no time is not divided by
        assert seconds(READERS[name], twice) <= 3.0 * max(seconds(READERS[name], once), 1e-3), pattern


@pytest.mark.parametrize("name", READERS)
def test_that_a_text_of_megabytes_is_refused_in_a_short_line(name: str) -> None:
    for pattern in PATTERNS:
        try:
            READERS[name](pattern * 1_000_000)
        except InputError as error:
            assert len(str(error)) < 500
