"""Why a price or a measurement of a system is not taken, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.scenario.prices.reasons import (
    InHundredths,
    NoCurrency,
    NoCurrencyCode,
    NoDate,
    NoDatedPrice,
    NotCountedSo,
    OtherCurrency,
    PriceBeyond,
    PriceFault,
    ThroughputBeyond,
    Undated,
    UnknownCurrency,
    YenOrYuan,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import quoted, told

phrase(ThroughputBeyond, marked("a throughput is from {least} to {most} samples/s"))
phrase(PriceBeyond, marked("a price is from {least} to {most} {unit}"))
phrase(NoCurrency, marked("{text} has no currency; write for example {examples}"), "text")
phrase(YenOrYuan, marked("{text}: ¥ is the sign of CNY and of JPY; write one of them"), "text")
phrase(UnknownCurrency, marked("{word} is no known currency; the nearest is {near}"), "word")
phrase(InHundredths, marked("{text} is in hundredths; write for example {example}"), "text")
phrase(NoCurrencyCode, marked("{text} is no currency; write three letters, such as USD"), "text")
phrase(NoDate, marked("{text} is no date; write for example 2021-12"), "text")
phrases(PriceFault, {PriceFault.NOBODY_SAYS: marked("a price says who states it, on one line")})
phrase(Undated, marked("{text} has no date; write since when it holds: {examples}"), "text")
phrase(NoDatedPrice, marked("{text} is no price; write amount, currency and date: {examples}"), "text")


@told.register
def _(said: NotCountedSo) -> str:
    return tr("{unit}: {name} is counted in {words}", unit=quoted(said.unit), name=said.name, words=tr(said.words))


@told.register
def _(said: OtherCurrency) -> str:
    return tr(
        "{text} is in {typed}, the prices are in {prices}; write it in the currency of the prices",
        text=quoted(said.text),
        typed=said.typed,
        prices=tr(" and ").join(said.prices),
    )
