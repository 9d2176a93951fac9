"""How a language model is cut, in short and in full."""

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.figures.phrasing import cut_text, layout_text

CUT = Layout(
    "best", 2048, 16, 8, 2, 64, tensor_parallel=4, interleaving=12, precision="fp8", recomputed=0.25, optimizer="adam"
)


def test_that_a_cut_is_told_in_the_fields_short_forms() -> None:
    assert cut_text(CUT) == "TP 4 × PP 8 × DP 16"
    assert layout_text(CUT) == "best · batch 2,048 · TP 4 × PP 8 × DP 16"


def test_that_one_chip_a_replica_is_data_parallel_alone() -> None:
    assert cut_text(Layout("best", 8, 8, 1, 1, 1, precision="fp8")) == "DP 8"
