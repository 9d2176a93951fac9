"""Whom a headline speaks of besides subject and reference: the shortest of many."""

import pytest

from ipuwhatif.analysis.results import EXTRAPOLATED, Comparison
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.figures.spoken import SEVERAL
from ipuwhatif.records import replace
from tests.figures import samples

MANY = {
    "ipu-pod:16": 28.2,
    "ipu-pod:64": 8.57,
    "ipu-pod:128": 5.3,
    "ipu-pod:256": 3.48,
    "dgx-a100:8": 29.0,
    "dgx-a100:64": 4.55,
}


def headline(answer, **changes):
    return compare_figure(answer, samples.scenario(**changes)).headline


def test_that_a_headline_of_many_names_the_shortest_beside_the_two_that_it_speaks_of():
    told = headline(samples.comparison(MANY), show_official=False)
    assert told.text.endswith(" · shortest of 6: IPU-POD256 (256 IPUs) 3.48 min, projected")
    assert told.parts[-2].key == "projection/ipu-pod:256"


def test_that_an_official_score_that_is_the_shortest_is_told_with_the_other_two_scores():
    told = headline(samples.comparison(MANY))
    assert " · shortest of 6: IPU-POD256 (256 IPUs) 3.79 min · official MLPerf® Training v1.1 results [1]" in told.text
    assert "official/v1.1/Graphcore/ipu-pod256/resnet50/closed" in [part.key for part in told.parts]


def test_that_a_projection_that_is_the_shortest_says_so_behind_two_official_scores():
    far = samples.projection("ipu-pod:512", 2.5, basis=EXTRAPOLATED, beyond=("chips",))
    answer = samples.comparison(MANY)
    more = replace(answer, projections=(*answer.projections, far))
    assert headline(more).text.endswith(
        " results [1] · shortest of 7: IPU-POD512 (512 IPUs) 2.50 min, projected beyond the data"
    )


def test_that_the_shortest_keeps_apart_from_what_is_said_of_two_that_overlap():
    told = headline(samples.comparison(MANY | {"ipu-pod:16": 28.9}), show_official=False).text
    assert "projected: not to be told apart, the intervals overlap · shortest of 6: IPU-POD256" in told


@pytest.mark.parametrize("key", ["ipu-pod:256", "dgx-a100:8"])
def test_that_the_shortest_is_not_named_twice(key):
    answer = samples.comparison({**MANY, "dgx-a100:8": 1.0} if key == "dgx-a100:8" else MANY)
    assert "shortest" not in headline(replace(answer, subject=key), show_official=False).text


def test_that_two_of_a_few_speak_for_all():
    few = dict(list(MANY.items())[: SEVERAL - 2]) | {"dgx-a100:8": 29.0}
    assert len(few) == SEVERAL - 1
    assert "shortest" not in headline(samples.comparison(few)).text


def test_that_a_system_of_unsourced_figures_is_never_the_shortest():
    recalled = samples.projection("ipu-pod:512", 2.5, sourced=False)
    answer = samples.comparison(MANY)
    more = Comparison((*answer.projections, recalled), None, answer.reference)
    assert "IPU-POD512" not in headline(more).text and "shortest of 6" in headline(more).text


def test_that_of_sizes_that_print_one_time_the_smallest_is_named():
    flat = replace(samples.curve(chips=(16, 64, 256)), median=(1800.0, 300.0, 299.99))
    other = samples.curve("dgx-a100", "DGX A100", chips=(8, 16))
    text = scaling_figure(samples.scaling(flat, other), samples.scenario(show_official=False)).headline.text
    assert "shortest of all sizes: IPU-POD (64 IPUs) 5.00 min, projected" in text


def test_that_a_size_that_is_named_as_the_shortest_is_a_row_of_the_table():
    long = samples.curve(chips=(4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1080))
    flat = replace(long, median=(*long.median[:-2], long.median[-1], long.median[-1]))
    answer = samples.scaling(flat, samples.curve("dgx-a100", "DGX A100", chips=(8, 16)))
    figure = scaling_figure(answer, samples.scenario(show_official=False))
    assert "shortest of all sizes: IPU-POD (1,080 IPUs)" in figure.headline.text
    assert figure.headline.parts[-2].key in [row[0].key for row in figure.table.rows]
