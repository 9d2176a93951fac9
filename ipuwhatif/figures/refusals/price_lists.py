"""Why a price list, or a row of one, is not taken, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.importers.prices.reasons import ListFault, NoList, NoPer, NotAmong, PerFault, RowFault
from ipuwhatif.texts import marked

phrase(
    NoList,
    {
        ListFault.EMPTY: marked("{file} is empty"),
        ListFault.NO_TOML: marked("{file} is no TOML: {reason}"),
        ListFault.NO_PRICES: marked("{file} holds no prices; write a table [[prices]] for each"),
        ListFault.UNKNOWN_KEY: marked("{file}: key {key} is unknown; nearest: {nearest}"),
    },
    "key",
)
phrases(
    RowFault,
    {
        RowFault.NO_PRICE: marked("no price stands there"),
        RowFault.NO_CURRENCY: marked("no currency; write a column of it, or say it (--currency USD)"),
        RowFault.NO_DATE: marked("it has no date; write a column of it, or say since when it holds (--date 2025-03)"),
    },
)
phrase(
    NoPer,
    {
        PerFault.UNKNOWN: marked("{text} does not say per what a price is; write one of {words}"),
        PerFault.MISSING: marked("it does not say per what; write a column of it, or say it (--per {words})"),
    },
    "text",
)
phrase(NotAmong, marked("{word} is not one of {words}"), "word")
