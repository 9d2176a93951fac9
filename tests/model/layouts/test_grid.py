"""The search over a grid: what the search of cases finds but for a last bit, each chip count under each choice."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Assumed, Case, Gains
from ipuwhatif.model.factors import GAINS
from ipuwhatif.model.layouts.grid import ANSWERS, TIME, alike, chips_that_run, grid_of, solve_grid
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.layouts.search import search
from ipuwhatif.model.lower import lower
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.time_to_train import PARTS, evaluate
from ipuwhatif.records import replace
from tests.model.prior import CATALOG, CENTER
from tests.model.space import UNPINNED, cases

LAST_BIT = 1e-14  # numpy rounds it by where an array lies in memory

SHARED = SharedCatalog(CATALOG)
MOVED = ("compute", "clock", "link_bandwidth", "samples", "critical_batch", "attention", "update", "rounds")
ONE = SystemChoice("ipu-pod", 1)
CASE = Case("resnet50", ONE, "2021-12", "closed")
COUNTS = (1, 3, 8, 16, 64, 100, 256, 1024)


def under(case: Case, chips: int, factors: dict[str, float]) -> Case:
    """A case of the same kind at a chip count under a choice."""
    return replace(
        case,
        choice=replace(case.choice, chips=chips),
        gains=Gains(on_chip_memory=case.gains.on_chip_memory, **{n: v for n, v in factors.items() if n in GAINS}),
        assumed=Assumed(**{name: value for name, value in factors.items() if name not in GAINS}),
    )


@settings(max_examples=40, deadline=None)
@given(case=cases(UNPINNED), data=st.data())
def test_that_a_grid_finds_what_a_search_of_its_cases_finds(case: Case, data: st.DataObject) -> None:
    assume(case.policy != AS_SUBMITTED)
    kind = Kind.of(case)
    system = CATALOG.systems[case.choice.system]
    asked = [count for count in COUNTS if system.minimum_chips <= count <= system.maximum_chips]
    few, _ = chips_that_run(SHARED, kind, asked)
    chips = asked[few:]
    assume(chips)
    names = data.draw(st.lists(st.sampled_from(MOVED), max_size=3, unique=True))
    table = np.array(data.draw(st.lists(st.tuples(*(st.floats(0.7, 1.5) for _ in names)), min_size=1, max_size=3)))
    factors = {name: table[:, [column]] for column, name in enumerate(names)}
    stated = np.full((len(table), 1), case.samples or 0.0)
    found = solve_grid(grid_of(SHARED, [(kind, chips)]), factors, stated, CENTER, ANSWERS)
    for row, values in enumerate(table.tolist()):
        questions = [under(case, count, dict(zip(names, values, strict=True))) for count in chips]
        known = search(CATALOG, questions, CENTER)
        for column, (question, layout) in enumerate(zip(questions, known.layouts, strict=True)):
            outcome = evaluate(lower(CATALOG, [question], [layout]), CENTER)
            assert found["global_batch"][row, column] == layout.global_batch
            assert found["replicas"][row, column] == layout.replicas
            assert found[TIME][row, column] == pytest.approx(outcome.time_to_train[0, 0], rel=LAST_BIT)
            parts = [outcome.parts[part][0, 0] for part in PARTS]
            assert [found[part][row, column] for part in PARTS] == pytest.approx(parts, rel=LAST_BIT, abs=1e-15)


def test_that_kinds_that_are_alike_find_the_same_side_by_side() -> None:
    kinds = [
        Kind("resnet50", "ipu-pod", release, "closed", "best", *Kind.of(CASE)[5:]) for release in ("2021-06", "2021-12")
    ]
    assert alike(SHARED, kinds[0]) == alike(SHARED, kinds[1])
    together = solve_grid(grid_of(SHARED, [(kind, (16, 64)) for kind in kinds]), {}, np.zeros((1, 1)), CENTER, ANSWERS)
    for place, kind in enumerate(kinds):
        alone = solve_grid(grid_of(SHARED, [(kind, (16, 64))]), {}, np.zeros((1, 1)), CENTER, ANSWERS)
        for name in ANSWERS:
            np.testing.assert_allclose(together[name][:, 2 * place : 2 * place + 2], alone[name], rtol=LAST_BIT)


def test_that_chip_counts_that_are_too_few_are_told_with_their_reason() -> None:
    kind = Kind.of(replace(CASE, workload="bert-large"))
    few, reason = chips_that_run(SHARED, kind, (1, 2, 4, 16))
    assert few == 2 and reason == reason_not_to_fit(CATALOG, replace(CASE, workload="bert-large", choice=ONE))


def test_that_counts_which_fill_as_many_replicas_share_what_is_tried_and_find_what_a_search_finds() -> None:
    case = replace(CASE, workload="bert-large")
    chips = tuple(range(4, 141))
    grid = grid_of(SHARED, [(Kind.of(case), chips)])
    assert len(grid.pack.count) == len({count // 4 for count in chips})  # its shortest pipeline has 4 stages
    found = solve_grid(grid, {}, np.zeros((1, 1)), CENTER, (TIME, "global_batch", "replicas", "stages"))
    known = search(CATALOG, [under(case, count, {}) for count in chips], CENTER)
    np.testing.assert_allclose(found[TIME][0], known.times, rtol=LAST_BIT)
    layouts = [(each.global_batch, each.replicas, each.pipeline_stages) for each in known.layouts]
    assert list(zip(*(found[name][0].astype(int) for name in ("global_batch", "replicas", "stages")), strict=True)) == (
        layouts
    )
