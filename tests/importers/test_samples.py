"""The samples that the help names are read as they lie there, without a question."""

import pytest

from ipuwhatif.files import resource
from ipuwhatif.importers.readers import bring


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("my-chip.toml", "chip"),
        ("my-network.json", "network"),
        ("my-prices.csv", "prices"),
        ("my-runs.csv", "results"),
    ],
)
def test_that_a_sample_is_read_without_a_question(file, kind):
    path = resource("samples") / file
    (thing,) = bring(path)
    assert (thing.kind, thing.asks) == (kind, ())
    for code in ("en", "zh_CN"):
        assert f"`{file}`" in (resource("help", code) / "yours.md").read_text("utf-8")
