"""Price lists of the user's own from the command line: `ipuwhatif price import FILE`, `price list|show|remove`.

What is kept is offered wherever a price is to be stated, beside the known prices; none is ever a default.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.cli import console
from ipuwhatif.cli.own import mine
from ipuwhatif.cli.own.own_results import add_columns, pairs, stated_systems
from ipuwhatif.cli.parser import Parser, Subcommands, one_of
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, quoted, told

if TYPE_CHECKING:
    from ipuwhatif.catalog.own_prices import OwnPrice
    from ipuwhatif.catalog.types import SystemChoice
    from ipuwhatif.importers.store import Kept
    from ipuwhatif.importers.tables.reading import Said

ACTIONS = ("import", "list", "show", "remove")
COLUMN = "price=Rate"


def add_command(subcommands: Subcommands) -> Parser:
    """The parser of `price`."""
    told = tr("price lists of your own: import, list, show or remove them; what they hold is offered, never assumed")
    parser = subcommands.add_parser("price", help=told)
    parser.add_argument("action", metavar="ACTION", type=one_of(ACTIONS), help=", ".join(ACTIONS))
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help=tr("of a list; to import, a file: .csv, .xlsx or .toml")
    )
    add_columns(parser, COLUMN)
    parser.add_argument("--currency", metavar="CODE", help=tr("of rows that name none, such as USD"))
    parser.add_argument("--per", metavar="WHAT", help=tr("of rows that do not say: GPU-hour, instance-hour, purchase"))
    parser.add_argument("--date", metavar="DATE", help=tr("of rows that name none, such as 2025-03"))
    parser.add_argument("--yes", action="store_true", help=tr("import what can be read"))
    parser.set_defaults(answer=prices)
    return parser


def prices(command: argparse.Namespace) -> int:
    """What is kept of price lists, one of them, or what becomes of one."""
    _check(command)
    return {"import": _import, "list": _list, "show": _show, "remove": _remove}[command.action](command)


def _check(command: argparse.Namespace) -> None:
    """InputError where an action has too little or too much to go with it."""
    if command.action == "list" and command.name is not None:
        raise InputError(tr("the list is of everything; to see one: ipuwhatif price show {name}", name=command.name))
    if command.action == "import" and command.name is None:
        raise InputError(tr("which file? Write its name, ipuwhatif price import prices.csv"))
    if command.action in ("show", "remove") and command.name is None:
        raise InputError(tr("which one? Write its name, as ipuwhatif price list shows it"))
    said = command.column or command.system or command.decimal or command.currency or command.per or command.date
    if command.action != "import" and (said or command.yes):
        raise InputError(tr("what says how a file is read goes with price import; leave it out"))


def _import(command: argparse.Namespace) -> int:
    from ipuwhatif.files import exists
    from ipuwhatif.importers.mine import my_catalog
    from ipuwhatif.importers.prices.reader import bring_prices
    from ipuwhatif.units import printable

    path = Path(command.name)
    if not exists(path):
        raise InputError(tr("{path} does not exist; was it moved or renamed?", path=printable(path)))
    systems = stated_systems(command.system, my_catalog())
    return mine.keep_things(command, bring_prices(path, _said(command, systems)))


def _said(command: argparse.Namespace, systems: "dict[str, SystemChoice]") -> "Said":
    from ipuwhatif.importers.tables.reading import COMMA, POINT, Said

    if command.decimal not in ("", COMMA, POINT):
        raise InputError(tr("--decimal is comma or point, not {word}", word=quoted(command.decimal)))
    units = {"currency": command.currency, "per": command.per, "date": command.date}
    return Said(
        columns=pairs("--column", command.column, COLUMN),
        units={name: word for name, word in units.items() if word},
        systems=systems,
        decimal=command.decimal,
    )


def _list(command: argparse.Namespace) -> int:
    from ipuwhatif.importers.mine import PRICES, own_prices
    from ipuwhatif.importers.store import read_store

    kept, faults = read_store().of_kind(PRICES), own_prices()[1]

    def lines() -> Iterator[str]:
        if not kept and not faults:
            yield tr("No price list is imported yet; bring one in with: ipuwhatif price import FILE")
        for each in kept:
            yield f"{each.name}  {each.hash[:12]}  {mine.origin_text(each)}"
            yield from (f"  {price_line(price)}" for price in _prices(each))
        yield from (tr("Left out: {fault}", fault=told(fault)) for fault in faults)

    return console.answer(
        command.json,
        lambda: "\n".join(lines()),
        lambda: {"lists": [_values(each) for each in kept], "left_out": list(map(told, faults))},
    )


def price_line(price: "OwnPrice") -> str:
    """A price of a list with what it is of, in a line."""
    from ipuwhatif.figures.scenarios.own_figures import price_text
    from ipuwhatif.scenario.prices.prices import OWN, Price

    shown = price_text(Price(price.amount, price.currency, price.per, price.date, price.place, OWN))
    chips = tr("each chip") if price.each else tr("chips: {count}", count=price.chips or tr("of a machine"))
    systems = ", ".join(price.systems)
    parts = (f"{price.item} ({systems}; {chips}): {shown}", price.region, price.source, price.place)
    return "; ".join(part for part in parts if part)


def _show(command: argparse.Namespace) -> int:
    thing = _found(command)
    return console.answer(command.json, lambda: thing.text, lambda: {**_values(thing), "text": thing.text})


def _remove(command: argparse.Namespace) -> int:
    from ipuwhatif.importers.store import remove

    thing = _found(command)
    remove(thing)
    told = tr("Removed: {kind} {name}", kind=thing.kind, name=thing.name)
    return console.answer(command.json, lambda: told, lambda: {"removed": mine.values_of(thing)})


def _found(command: argparse.Namespace) -> "Kept":
    from ipuwhatif.importers.mine import PRICES
    from ipuwhatif.importers.store import Store, find, read_store

    return find(command.name, Store(read_store().of_kind(PRICES)))


def _prices(thing: "Kept") -> "tuple[OwnPrice, ...]":
    """The prices of a list; none of a damaged one, whose fault is told beside."""
    from ipuwhatif.importers.prices.kept import read_list_text

    try:
        return read_list_text(thing.text, thing.name)
    except InputError:
        return ()


def _values(thing: "Kept") -> dict[str, object]:
    from ipuwhatif.records import asdict

    return {**mine.values_of(thing), "prices": [asdict(each) for each in _prices(thing)]}
