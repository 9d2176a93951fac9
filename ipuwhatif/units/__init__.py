"""Quantities as people write and read them: parsing with a unit into SI, printing with the unit that fits.

Everything inside the program is in the base units of `UNITS`; only this room knows prefixes and names.
"""

from ipuwhatif.units.faults import (
    LONGEST_FAULT,
    LONGEST_QUOTE,
    InputError,
    RefusedError,
    Said,
    misspelt,
    nearest,
    printable,
    quoted,
    reason_of,
    shortened,
    told,
)
from ipuwhatif.units.measures import UNITS, Unit, to_base
from ipuwhatif.units.printing import (
    STATED_DIGITS,
    format_duration,
    format_minutes,
    format_number,
    format_quantity,
    format_rate,
    rounded,
    stated_number,
)
from ipuwhatif.units.reading import (
    LONGEST_TEXT,
    Number,
    half_width,
    nearest_whole,
    parse_quantity,
    refuse_either,
    split_number,
    typed,
    unmistakable,
    whole_number,
)

__all__ = (
    "LONGEST_FAULT",
    "LONGEST_QUOTE",
    "LONGEST_TEXT",
    "STATED_DIGITS",
    "UNITS",
    "InputError",
    "Number",
    "RefusedError",
    "Said",
    "Unit",
    "format_duration",
    "format_minutes",
    "format_number",
    "format_quantity",
    "format_rate",
    "half_width",
    "misspelt",
    "nearest",
    "nearest_whole",
    "parse_quantity",
    "printable",
    "quoted",
    "reason_of",
    "refuse_either",
    "rounded",
    "shortened",
    "split_number",
    "stated_number",
    "to_base",
    "told",
    "typed",
    "unmistakable",
    "whole_number",
)
