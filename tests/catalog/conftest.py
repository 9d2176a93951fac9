"""The shipped catalog, loaded once, and copies of the resources that a test may damage."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def evidence_rows() -> Callable[[str], list[dict[str, str]]]:
    """Evidence tables read by nothing but the csv module: what the catalog is held against."""

    def rows(name: str) -> list[dict[str, str]]:
        with resource("evidence", name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    return rows


@pytest.fixture(scope="session")
def entry_rows(evidence_rows: Callable[[str], list[dict[str, str]]]) -> list[dict[str, str]]:
    """The entries of both tables, in their order."""
    return [
        row
        for file in ("mlperf_training_to_v1.1.csv", "mlperf_training_v2.0_to_v5.0.csv")
        for row in evidence_rows(file)
    ]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the catalog and the evidence."""
    for name in ("catalog", "evidence"):
        shutil.copytree(resource(name), tmp_path / name)
    return tmp_path
