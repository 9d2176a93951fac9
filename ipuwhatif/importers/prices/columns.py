"""The columns of a price list: what each is called, in which words people write it, and its unit."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from ipuwhatif.importers.tables.columns import Kind, plain_words, words_and_unit
from ipuwhatif.texts import marked

ITEM, CHIPS, AMOUNT, CURRENCY, PER = "item", "chips", "price", "currency", "per"
DATE, REGION, SOURCE = "date", "region", "source"
#: What a column can hold, in words.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        ITEM: marked("system or chip"),
        CHIPS: marked("chips"),
        AMOUNT: marked("price"),
        CURRENCY: marked("currency"),
        PER: marked("per what"),
        DATE: marked("date"),
        REGION: marked("region"),
        SOURCE: marked("source"),
    }
)
_WORDS: Mapping[str, tuple[str, ...]] = {
    ITEM: (
        *("item", "system", "machine", "instance", "instance type", "sku", "chip", "gpu", "accelerator", "server"),
        *(
            "gpu model",
            "gpu type",
            "product",
            "name",
            "hardware",
            "platform",
            "node",
            "系统",
            "芯片",
            "实例",
            "机型",
            "产品",
        ),
    ),
    CHIPS: (
        *("chips", "gpus", "ipus", "tpus", "accelerators", "gpu count", "chip count", "number of gpus", "num gpus"),
        *("gpus per instance", "gpus per node", "# gpus", "芯片数", "卡数"),
    ),
    AMOUNT: (
        *("price", "amount", "cost", "rate", "list price", "on demand", "on-demand", "on demand price", "unit price"),
        *("hourly price", "hourly rate", "hourly cost", "on-demand price", "价格", "单价", "金额", "费用"),
    ),
    CURRENCY: ("currency", "ccy", "币种", "货币"),
    PER: ("per", "per what", "unit", "billing unit", "pricing unit", "billing", "basis", "计价单位", "单位", "计费"),
    DATE: ("date", "as of", "since", "valid from", "price date", "quoted on", "日期", "截至"),
    REGION: ("region", "zone", "location", "area", "地区", "区域", "地域"),
    SOURCE: ("source", "origin", "url", "quote", "provider", "vendor", "cloud", "reference", "来源", "供应商"),
}
_PER_HEAD = re.compile(r"(?P<words>.+?)(?:\s*/\s*| per )(?P<per>.+)")
_CODE = re.compile(r"(?P<words>.+?)[\s_](?:in[\s_])?(?P<code>usd|eur|gbp|cny|rmb|jpy|inr|krw|chf|cad|aud)", re.I)
_MONEY = re.compile(
    r"(?:usd|eur|gbp|cny|rmb|jpy|inr|krw|chf|us\$|[$€£¥元])\s*/.+", re.I
)  # a head that is a unit itself
_HOURLY = re.compile(r"hourly (price|rate|cost)")


def split_head(head: str) -> tuple[str, str]:
    """The words of a head and its unit: "price_per_gpu_hour" is "price" and "/gpu hour", "Price (USD/h)" "USD/h"."""
    if _MONEY.fullmatch(head.strip()):
        return "price", head.strip()
    found = words_and_unit(head)
    words, unit = found if found is not None else (plain_words(head), "")
    if unit and unit.casefold() == "h" and words.endswith((" per", "/")):  # "price_per_h"
        words, unit = f"{words.removesuffix(' per').removesuffix('/')} per h", ""
    per = _PER_HEAD.fullmatch(words)
    if per is not None:
        words, unit = per["words"].strip(), f"{unit}/{per['per'].strip()}"
    code = _CODE.fullmatch(words)
    if code is not None:
        words, unit = code["words"].strip(), f"{code['code'].upper()}{unit}"
    if _HOURLY.fullmatch(words) and "/" not in unit:
        unit = f"{unit}/h"
    return words, unit


def _field_of(head: str) -> str | None:
    """What a head says its column holds; "Price" alone may have a unit that is a currency."""
    if plain_words(head) in _WORDS[PER]:
        return PER
    words, _ = split_head(head)
    return next((field for field, known in _WORDS.items() if words in known), None)


PRICE_TABLE = Kind(
    fields=FIELDS, needed=(ITEM, AMOUNT), one_of=(), numbers=(CHIPS, AMOUNT), field_of=_field_of, split=split_head
)
