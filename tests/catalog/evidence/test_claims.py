"""The article's claims: every row as written, attributed to the article and to no person."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.units import InputError, told

Rows = Callable[[str], list[dict[str, str]]]


def test_that_claims_agree_with_the_table(catalog: Catalog, evidence_rows: Rows) -> None:
    for claim, row in zip(catalog.claims, evidence_rows("claims.csv"), strict=True):
        assert (claim.key, told(claim.subject), told(claim.stated)) == (row["id"], row["subject"], row["stated"])
        assert (claim.value, claim.unit, claim.quantity) == (float(row["value"]), row["unit"], row["quantity"])
        assert (claim.tolerance, told(claim.condition)) == (row["tolerance"], row["condition"])


def test_that_claims_are_dated_and_attributed_to_the_article(catalog: Catalog) -> None:
    origins = {claim.origin for claim in catalog.claims}
    assert {(origin.producer, origin.published, origin.kind) for origin in origins} == {
        ("AET (ChinaAET)", "2021-12-30", "read")
    }
    assert {origin.note for origin in origins} == {"Graphcore, as reported by AET, 2021-12-30"}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("resnet-pod64-time,", "resnet-pod16-time,", "line 3: duplicate key 'resnet-pod16-time'"),
        ("28.33 min,28.33,min", "28.33 min,nan,min", "line 2: column 'value': 'nan' is not a finite number"),
        ("28.33 min,28.33,min", "28.33 min,28.33,mins", "line 2: column 'unit': 'mins' is unknown; nearest: min"),
        (
            '0.5 %,,"Graphcore, as reported by AET, 2021-12-30"',
            "0.5 %,,Graphcore",
            "line 2: origin is missing: 'Graphcore' does not say who, by whom and when",
        ),
        (
            '0.5 %,,"Graphcore, as reported by AET, 2021-12-30"',
            '0.5 %,,"Graphcore, as reported by XYZ, 2021-12-30"',
            "line 2: origin is missing: origins.json names no producer",
        ),
    ],
)
def test_that_a_damaged_claim_is_refused(copied: Path, old: str, new: str, named: str) -> None:
    path = copied / "evidence" / "claims.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert f"evidence/claims.csv, {named}" in str(caught.value)
