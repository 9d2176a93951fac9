"""Money as people write it: to buy a system, for an hour of it, and for a kilowatt hour."""

import re
from collections.abc import Iterable, Mapping

from ipuwhatif.records import Record
from ipuwhatif.scenario.prices.reasons import InHundredths, NoCurrency, PriceBeyond, UnknownCurrency, YenOrYuan
from ipuwhatif.scenario.times import HOUR
from ipuwhatif.scenario.written_figures import CHIP, ENERGY, SCALES, TIME, misspelled, no_figure, scaled, take_apart
from ipuwhatif.units import InputError, RefusedError, format_number, nearest, refuse_either

PRICES, ELECTRICITY = "149,995 USD, 27.2 USD/h", "0.15 USD/kWh"
#: What anything costs, whatever the currency.
LEAST_BUY, MOST_BUY = 1.0, 1e12
LEAST_HOUR, MOST_HOUR = 1e-3, 1e9
LEAST_ELECTRICITY, MOST_ELECTRICITY = 1e-3, 1e4
_ISO_4217 = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"""
#: The codes of the currencies that money is paid in.
CODES = frozenset(_ISO_4217.split())
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("$", "us$", "dollar", "us dollar", "美元", "美金"), "USD"),
    **dict.fromkeys(("€", "euro", "欧元"), "EUR"),
    **dict.fromkeys(("£", "pound", "pound sterling", "英镑"), "GBP"),
    **dict.fromkeys(("元", "人民币", "rmb", "yuan", "cn¥", "块"), "CNY"),
    **dict.fromkeys(("円", "日元", "yen", "jp¥"), "JPY"),
    **dict.fromkeys(("₹", "rupee", "rs", "卢比"), "INR"),
    **dict.fromkeys(("₩", "won", "韩元"), "KRW"),
    **dict.fromkeys(("hk$", "港元", "港币"), "HKD"),
    **dict.fromkeys(("nt$", "新台币", "台币"), "TWD"),
    **{"s$": "SGD", "新加坡元": "SGD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD"},
    **{code.casefold(): code for code in CODES},
}
_YEN_OR_YUAN = "¥"
#: Hundredths, by what they are of where that is said.
_CENTS: Mapping[str, str] = {
    **dict.fromkeys(("cent", "cents", "¢", "美分"), "USD"),
    **dict.fromkeys(("ct", "eurocent", "eurocents"), "EUR"),
    **dict.fromkeys(("p", "pence"), "GBP"),
    "分": "CNY",
}
_MILLIONS: Mapping[str, float] = {**SCALES, "m": 1e6}
_SIGNED = re.compile(r"[A-Za-z]{0,2}[$¥]|[€£₹₩]")


class Money(Record, frozen=True):
    """An amount to buy, for an hour or for a kilowatt hour; of one chip or of the whole."""

    amount: float
    currency: str
    per: str  # TIME for an hour, ENERGY for a kilowatt hour, empty to buy
    per_chip: bool


def read_price(text: str, examples: str = PRICES) -> Money:
    """A typed price without its date: "149,995 USD", "$2.99/GPU-hour", "1.2万元/月". InputError for what is none."""
    found, amount, currency = _read(text, examples)
    if set(found) - {TIME, CHIP}:
        raise no_figure(text, examples)
    if TIME not in found:
        money = Money(amount, currency, "", CHIP in found)
        check_amount(money)
        return money
    seconds = found[TIME]
    if seconds != HOUR:  # every digit of an hourly price is kept as it was stated
        amount = float(f"{amount / seconds * HOUR:.12g}")
    money = Money(amount, currency, TIME, CHIP in found)
    check_amount(money)
    return money


def names_currency(text: str) -> bool:
    """Whether a typed amount says in what currency it is: "27.2 USD/h" does, "150k" does not. InputError for none."""
    found = take_apart(text, PRICES)
    return bool(found.before or _scale_and_word(found.unit)[1])


def read_electricity(text: str) -> Money:
    """A typed price of a kilowatt hour: "$0.15/kWh", "150 USD/MWh", "0.65元/度"."""
    found, amount, currency = _read(text, ELECTRICITY)
    if set(found) != {ENERGY}:
        raise no_figure(text, ELECTRICITY)
    money = Money(float(f"{amount / found[ENERGY]:.12g}"), currency, ENERGY, False)
    check_amount(money)
    return money


def check_amount(money: Money) -> None:
    """InputError for an amount that nothing costs, with the range."""
    least, most, unit = {
        TIME: (LEAST_HOUR, MOST_HOUR, "/h"),
        ENERGY: (LEAST_ELECTRICITY, MOST_ELECTRICITY, "/kWh"),
        "": (LEAST_BUY, MOST_BUY, ""),
    }[money.per]
    if not least <= money.amount <= most:
        raise RefusedError(PriceBeyond(least, most, f"{money.currency}{unit}"))


def _read(text: str, examples: str) -> tuple[Mapping[str, float], float, str]:
    """What a price is per, its amount and its currency."""
    found = take_apart(text, examples)
    factor, word = _scale_and_word(found.unit)
    named = [each for each in (found.before, word) if each]
    if not named:
        raise RefusedError(NoCurrency(text, examples))
    if word.casefold() in _CENTS and not found.before:
        raise _in_cents(text, found.number, _CENTS[word.casefold()], found.per)
    codes = {_code(each, text, found.per, examples) for each in named}
    if len(codes) > 1:
        raise no_figure(text, examples)
    if factor == 1.0 and not found.per:  # a system for "149.995 EUR" costs a thousand times as much
        refuse_either(found.digits)
    return found.per, found.number * factor, codes.pop()


def _scale_and_word(unit: str) -> tuple[float, str]:
    """ "k USD", "million USD", "万美元", "k": the multiplier and the currency after it, if any."""
    folded = unit.casefold()
    if not folded or _code_of(folded) or folded in _CENTS:
        return 1.0, unit
    words = {"", *_NAMES, *(f"{name}s" for name in _NAMES if len(name) > 3)}
    return scaled(unit, words, _MILLIONS) or (1.0, unit)


def _code_of(word: str) -> str | None:
    folded = word.casefold()
    return _NAMES.get(folded) or (_NAMES.get(folded.removesuffix("s")) if len(folded) > 4 else None)


def _code(word: str, text: str, per: Iterable[str], examples: str) -> str:
    """The code of a currency's name or sign. InputError for one that is not known, or is that of two."""
    code = _code_of(word)
    if code is not None:
        return code
    if word == _YEN_OR_YUAN:
        if any("\u4e00" <= letter <= "\u9fff" for letter in text):
            return "CNY"
        raise RefusedError(YenOrYuan(text))
    if len(word) == 3 and word.isascii() and word.isalpha():
        near = nearest(word.upper(), sorted(_NAMES[name] for name in ("$", "€", "£", "元", "円", "₹", "₩")))
        raise RefusedError(UnknownCurrency(word, _in_full(near, per)))
    raise misspelled(text, word, [name for name in _NAMES if len(name) > 3], examples)


def _in_full(code: str | None, per: Iterable[str]) -> str:
    kinds = set(per)
    return f"{code}/h" if TIME in kinds else (f"{code}/kWh" if ENERGY in kinds else str(code))


def _in_cents(text: str, number: float, code: str, per: Iterable[str]) -> InputError:
    """Hundredths of what is guessed: the price in whole ones, to be written instead."""
    instead = f"{format_number(number / 100.0)} {_in_full(code, per)}"
    return RefusedError(InHundredths(text, instead))
