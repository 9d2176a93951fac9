"""argparse as the commands need it: faults are InputErrors, and its own words are in the user's language."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from ipuwhatif.charts.palette import THEMES
from ipuwhatif.cli import console
from ipuwhatif.export.formats import DEFAULT_DPI, FORMATS, HIGHEST_DPI, LOWEST_DPI, PRINT_DPI
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import InputError, format_number, nearest, nearest_whole, parse_quantity, quoted, whole_number

TOO_LARGE = 10**15  # for any count; what a system or a batch can be is told by those who know
#: What argparse itself says; it asks gettext, which `texts.library_words` leads to our catalogs.
_OWN_WORDS = (
    marked("usage: "),
    marked("positional arguments"),
    marked("options"),
    marked("show this help message and exit"),
    marked("unrecognized arguments: %s"),
    marked("the following arguments are required: %s"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("expected one argument"),
    marked("ignored explicit argument %r"),
)


class Once(argparse.Action):
    """Stores the value of an option, and refuses a second one: the first would count for nothing."""

    given = False

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        if self.given:
            raise argparse.ArgumentError(self, tr("given twice; give it once"))
        self.given = True
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """argparse without its usage dump on faults, without guessing abbreviated options or dropping repeated ones."""

    def __init__(self, **settings: object) -> None:
        self.options: list[str] = []  # that are taken, as they are typed
        super().__init__(allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self.register("action", None, Once)

    def add_argument(self, *names: str, **settings: object) -> argparse.Action:
        action = super().add_argument(*names, **settings)  # type: ignore[arg-type]
        self.options.extend(action.option_strings)
        return action

    def error(self, message: str) -> NoReturn:
        raise InputError(message)

    def print_help(self, file: object = None) -> None:
        console.say(self.format_help().rstrip())


Subcommands: TypeAlias = "argparse._SubParsersAction[Parser]"  # a type without a public name


def add_output(parser: "Parser", required: bool = False) -> None:
    """The options of everything that leaves a file behind."""
    endings = " ".join(FORMATS)
    told = tr("one of {endings}", endings=endings) if required else tr("write it as well: {endings}", endings=endings)
    parser.add_argument("-o", "--output", required=required, metavar="FILE", help=told)
    parser.add_argument(
        "--dpi",
        type=_dots,
        metavar="DPI",
        help=tr(
            "dots per inch of a .png file, {low} to {high} (default: {usual})",
            low=format_number(LOWEST_DPI),
            high=format_number(HIGHEST_DPI),
            usual=format_number(DEFAULT_DPI),
        ),
    )
    parser.add_argument(
        "--theme",
        type=one_of(tuple(THEMES)),
        metavar="THEME",
        help=tr("of the file: {words} (default: {word})", words=", ".join(THEMES), word=next(iter(THEMES))),
    )
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help=tr("of a .pptx file: your company's own, .pptx or .potx")
    )


def check_output(command: argparse.Namespace) -> None:
    """InputError for a property of a file where no such file is asked for."""
    output = getattr(command, "output", None)
    ending = "" if output is None else Path(output).suffix.casefold()
    for option, endings in (
        ("dpi", (".png",)),
        ("theme", tuple(each for each in FORMATS if each != ".csv")),
        ("template", (".pptx",)),
    ):
        if getattr(command, option, None) is not None and ending not in endings and (not ending or ending in FORMATS):
            raise InputError(
                tr(
                    "--{option} says how a {endings} file looks: name one, -o chart{first}, or leave it out",
                    option=option,
                    endings=tr(" or ").join((", ".join(endings[:-1]), endings[-1])) if endings[1:] else endings[0],
                    first=endings[0],
                )
            )


def _dots(text: str) -> float:
    """Dots per inch of a picture."""
    try:
        return parse_quantity(text, "1", minimum=LOWEST_DPI, maximum=HIGHEST_DPI)
    except InputError:
        low, high = format_number(LOWEST_DPI), format_number(HIGHEST_DPI)
        fault = tr("{text} is not from {low} to {high} dots per inch", text=quoted(text), low=low, high=high)
        raise argparse.ArgumentTypeError(
            tr("{fault}; write for example {example}", fault=fault, example=format_number(PRINT_DPI))
        ) from None


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Accepts one of the words; the fault names the nearest."""

    def accept(text: str) -> str:
        if text not in words:
            fault = tr("{word} is not one of {words}", word=quoted(text), words=", ".join(words))
            raise argparse.ArgumentTypeError(
                tr("{fault}; the nearest is {word}", fault=fault, word=nearest(text, words))
            )
        return text

    return accept


def check_command(words: Sequence[str], commands: Subcommands) -> None:
    """InputError for an unknown command, with the nearest; argparse names them all and leaves the search to the reader.

    The words are those of a command line, none of whose options before the command takes a value.
    """
    named = next((word for word in words if word == "--" or not word.startswith("-")), None)
    if named is None:
        return
    try:
        one_of(tuple(commands.choices or ()))(named)
    except argparse.ArgumentTypeError as error:
        raise InputError(str(argparse.ArgumentError(commands, str(error)))) from None


def count(text: str) -> int:
    """A whole number from 1 on, "3,264" and "3 264" too. The sizes that make sense are the model's to say."""
    try:
        number = whole_number(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if number is not None and number >= 1:
        return number
    closest = nearest_whole(text, 1, TOO_LARGE)
    if closest is None:
        fault = tr("{number} is not a whole number from 1 on, such as 16", number=quoted(text))
    elif closest == TOO_LARGE:
        fault = tr("{number} is too large", number=quoted(text))
    else:
        near = format_number(closest)
        fault = tr("{number} is not a whole number from 1 on; the nearest is {near}", number=quoted(text), near=near)
    raise argparse.ArgumentTypeError(fault)
