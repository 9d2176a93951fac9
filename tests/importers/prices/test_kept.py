"""A kept list reads back as the same; what somebody changed into no price is told by its row."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.own_prices import OwnPrice
from ipuwhatif.importers.mine import my_catalog, my_faults
from ipuwhatif.importers.prices.kept import list_text, read_list_text
from ipuwhatif.importers.prices.reader import bring_prices
from ipuwhatif.importers.reasons import Refused
from ipuwhatif.importers.store import FOLDER_VARIABLE, Brought, keep
from ipuwhatif.importers.tables.reasons import ColumnFault, OfColumn, RowKind, RowOf
from ipuwhatif.units import InputError

PRICE = OwnPrice("p.csv, row 2", "H100", ("dgx-h100",), 1, True, 2.99, "USD", "hour", "2025-03", "us-east", "quote 17")


def told(reason: str):
    return pytest.raises(InputError, match=re.escape(reason))


_WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20)


@given(
    st.lists(
        st.builds(
            OwnPrice,
            place=_WORDS.filter(str.strip),
            item=_WORDS,
            systems=st.just(("dgx-h100", "hgx-h100")),
            chips=st.integers(0, 4096),
            each=st.booleans(),
            amount=st.floats(1.0, 1e8),
            currency=st.sampled_from(("USD", "EUR", "CNY")),
            per=st.sampled_from(("buy", "hour")),
            date=st.sampled_from(("2025", "2025-03", "2025-03-31")),
            region=_WORDS,
            source=_WORDS,
        ),
        max_size=5,
    )
)
def test_that_what_is_written_reads_back_as_the_same(prices):
    assert read_list_text(list_text(prices), "list") == tuple(prices)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",hour,", ",week,", "list, row 2: 'week yes' is not one of buy yes, hour no"),
        ("2.99", "much", "list, row 2: column 'price': 'much' is not a number above 0"),
        ("2.99", "nan", "list, row 2: a price is from "),
        ("USD", "us", "list, row 2: 'us' is no currency"),
        ("2025-03", "March", "list, row 2: 'March' is no date"),
        (",1,yes", ",-1,yes", "list, row 2: column 'chips': '-1' is not a whole number"),
        (",us-east", "", "list, row 2: the row has not as many cells as the head"),
    ],
)
def test_that_what_was_changed_into_no_price_is_told_by_its_row(old, new, reason):
    with told(reason):
        read_list_text(list_text([PRICE]).replace(old, new), "list")


def test_that_a_kept_list_is_in_the_catalog_and_a_damaged_one_is_left_out_with_its_fault(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    keep([Brought("prices", "mine", list_text([PRICE]), "p.csv"), Brought("prices", "bad", "no list", "x.csv")])
    assert my_catalog().own_prices == (PRICE,) and load_catalog().own_prices == ()
    assert my_faults() == ()  # a list without a row has none to be wrong
    keep([Brought("prices", "bad", list_text([PRICE]).replace("2.99", "x"), "x.csv")])
    assert my_catalog().own_prices == (PRICE,)
    fault = OfColumn(ColumnFault.NOT_ABOVE_0, "price", "x")
    assert my_faults() == (Refused(RowOf(RowKind.ROW, "bad", 2), fault),)


def test_that_an_exported_list_comes_in_as_it_was(tmp_path):
    (tmp_path / "mine.csv").write_text(list_text([PRICE]))
    (thing,) = bring_prices(tmp_path / "mine.csv")
    assert (thing.kind, thing.name, thing.text) == ("prices", "mine", list_text([PRICE]))
