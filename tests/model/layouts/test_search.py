"""The search: the least of all candidates, whatever stands beside a case, within memory and what was shown."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import STATED, SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, Case, Gains, Pins
from ipuwhatif.model.layouts.candidates import candidates_of, dense_groups, layouts_of
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.model.layouts.pipelines import plan_of
from ipuwhatif.model.layouts.search import search
from ipuwhatif.model.layouts.split_grid import spread
from ipuwhatif.model.layouts.splits import fewer_chips
from ipuwhatif.model.lower import lower
from ipuwhatif.model.memory import bytes_needed, needs, room, sizes_of
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.roles.software import kernels_of, software_of
from ipuwhatif.model.shown import Kind, shown_to_work
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from tests.model.prior import CATALOG, CENTER, layout_of, time_of
from tests.model.space import UNPINNED, cases
from tests.refusals import refused

SEARCHED = cases().filter(lambda case: case.policy != AS_SUBMITTED)


def tried(case: Case) -> tuple[list[Layout], FloatArray]:
    """All candidates of a case, as layouts: on all of its chips, and on fewer. And what their times are taken for."""
    plan = plan_of(SharedCatalog(CATALOG), Kind.of(case))
    candidates = candidates_of(plan, [case.choice.chips, *fewer_chips(plan, [case.choice.chips])])
    return layouts_of(plan, candidates, np.arange(len(candidates.group))), candidates.handicap


def sweep(workload: str, system: str, low: int, high: int) -> list[Case]:
    recipe = CATALOG.workloads[workload].recipes[0]
    return [Case(workload, SystemChoice(system, chips), "2021-12", recipe) for chips in range(low, high + 1)]


@settings(max_examples=80, deadline=None)
@given(case=SEARCHED)
def test_that_the_chosen_layout_takes_the_least_time_of_all_that_were_tried(case: Case) -> None:
    found = search(CATALOG, [case], CENTER)
    layouts, handicap = tried(case)
    times = evaluate(lower(CATALOG, [case] * len(layouts), layouts), CENTER).time_to_train[0]
    assert found.layouts[0] in layouts
    taken = layouts.index(found.layouts[0])
    assert times[taken] * handicap[taken] <= (times * handicap).min() * (1 + 1e-12)
    assert found.times[0] == pytest.approx(time_of(case, found.layouts[0]), rel=1e-12)


@settings(max_examples=80, deadline=None)
@given(case=SEARCHED)
def test_that_a_chosen_layout_fits_memory_and_what_was_shown(case: Case) -> None:
    assume(not is_language_model(CATALOG.workloads[case.workload]))  # whose memory is another
    layout, shown = layout_of(case), shown_to_work(CATALOG, case)
    chip = CATALOG.chips[CATALOG.systems[case.choice.system].chip]
    workload = CATALOG.workloads[case.workload]
    software = software_of(CATALOG, workload, chip.architecture, case.release, case.software)
    sizes = sizes_of(workload.network, chip.architecture, case.layers, kernels_of(software))
    needed = needs(
        sizes,
        chip.architecture,
        layout.optimizer,
        layout.pipeline_stages,
        layout.blocks_per_stage,
        off_chip=layout.off_chip_state,
    )
    assert bytes_needed(needed, layout.micro_batch) <= room(chip, case.gains.on_chip_memory)
    assert layout.micro_batch <= max(shown.micro_batch, case.pins.micro_batch or 0)
    free = case.pins.global_batch is None and case.pins.gradient_accumulation is None and case.pins.micro_batch is None
    if shown.published and shown.batches[1] and free:
        assert layout.global_batch <= shown.batches[1]
    if shown.published and not shown.batches[1] and free:
        assert layout.gradient_accumulation == 1


@settings(max_examples=30, deadline=None)
@given(several=st.lists(cases(), min_size=2, max_size=8), data=st.data())
def test_that_a_case_gets_the_same_layout_in_any_order_and_company(several: list[Case], data: st.DataObject) -> None:
    together = choose_layouts(CATALOG, several, CENTER)
    order = data.draw(st.permutations(range(len(several))))
    shuffled = choose_layouts(CATALOG, [several[place] for place in order], CENTER)
    assert [together[place] for place in order] == list(shuffled)
    assert [layout_of(case) for case in several] == list(together)


def test_that_a_large_sweep_is_cut_into_packs_that_change_nothing() -> None:
    questions = sweep("bert-large", "ipu-pod", 4, 1024) + sweep("resnet50", "dgx-a100", 1, 700)
    found = search(CATALOG, questions, CENTER)
    for place in (0, 4, 60, 255, 256, 257, 1020, 1021, 1030, 1720):
        assert found.layouts[place] == layout_of(questions[place])
    again = evaluate(lower(CATALOG, questions, found.layouts), CENTER).time_to_train[0]
    np.testing.assert_allclose(found.times, again, rtol=1e-12)


def test_that_gains_that_differ_inside_a_kind_are_each_case_its_own() -> None:
    plain = sweep("resnet50", "ipu-pod", 14, 19)
    moved = [replace(case, gains=Gains(compute=1 + 0.3 * place)) for place, case in enumerate(plain)]
    found = search(CATALOG, moved, CENTER)
    assert list(found.layouts) == [layout_of(case) for case in moved]
    np.testing.assert_allclose(found.times, [search(CATALOG, [case], CENTER).times[0] for case in moved], rtol=1e-12)
    assert (found.times[1:] < search(CATALOG, plain, CENTER).times[1:]).all()


def test_that_samples_that_a_user_states_are_taken_case_by_case() -> None:
    case = Case("gpt2-small", SystemChoice("dgx-a100", 8), "2021-12", "stated")
    default, double, four = search(
        CATALOG, [case, replace(case, samples=2e7), replace(case, samples=4e7)], CENTER
    ).times  # fmt: skip
    assert default < double < four < 2 * double


def test_that_nothing_asked_is_nothing_found() -> None:
    assert search(CATALOG, [], CENTER).layouts == ()


@settings(max_examples=40, deadline=None)
@given(case=cases(UNPINNED), stages=st.sampled_from([1, 2, 4, 8, 16]))
def test_that_a_part_that_the_search_chose_changes_nothing_when_pinned(case: Case, stages: int) -> None:
    if case.policy == AS_SUBMITTED:
        return
    best = layout_of(case)
    pinned = replace(case, pins=Pins(pipeline_stages=best.pipeline_stages))
    assert search(CATALOG, [pinned], CENTER).times[0] <= time_of(case, best) * (1 + 1e-12)
    elsewhere = replace(case, pins=Pins(pipeline_stages=stages))
    if not reason_not_to_fit(CATALOG, elsewhere):
        assert layout_of(elsewhere).pipeline_stages == stages


@pytest.mark.parametrize("workload", sorted(key for key, job in CATALOG.workloads.items() if job.network))
@pytest.mark.parametrize("system", ["ipu-pod", "dgx-a100", "tpu-v4", "epyc-7742"])
def test_that_twice_the_chips_take_no_longer_while_all_of_them_have_work(workload: str, system: str) -> None:
    """Powers of two, start-up and the joining of hosts aside: those grow with the chips, whether they work or not."""
    largest = CATALOG.systems[system].chips_per_domain if workload == "hmc" else 256
    recipe = CATALOG.workloads[workload].recipes[0]
    counts = [2**power for power in range(9) if 2**power <= min(largest, CATALOG.systems[system].maximum_chips)]
    questions = [Case(workload, SystemChoice(system, chips), "2021-12", recipe) for chips in counts]
    questions = [case for case in questions if not reason_not_to_fit(CATALOG, case)]
    if system not in ("dgx-a100", "tpu-v4") and is_language_model(CATALOG.workloads[workload]):
        assert questions == []  # no entry shows how they are laid out there
        return
    if not questions:
        assert (workload, system) == ("llama31-405b", "tpu-v4")  # its state alone takes more than so many chips hold
        return
    layouts = choose_layouts(CATALOG, questions, CENTER)
    outcome = evaluate(lower(CATALOG, questions, layouts), CENTER)
    training = outcome.time_to_train[0] - outcome.parts["start_up"][0]
    assert (training[1:] <= 1.02 * training[:-1]).all()


@st.composite
def growing(draw: st.DrawFn) -> list[Case]:
    """A target workload on some chips of a system, and on more of them."""
    workload = CATALOG.workloads[draw(st.sampled_from(["resnet50", "bert-large"]))]
    system = CATALOG.systems[draw(st.sampled_from(sorted(CATALOG.systems)))]
    recipe = draw(st.sampled_from(workload.recipes))
    chips = draw(st.integers(1, system.maximum_chips))
    more = draw(st.integers(chips, min(system.maximum_chips, chips + 8)) | st.integers(chips, system.maximum_chips))
    release = draw(st.sampled_from(sorted(CATALOG.releases)))
    pair = [Case(workload.key, SystemChoice(system.key, count), release, recipe) for count in (chips, more)]
    assume(not any(reason_not_to_fit(CATALOG, case) for case in pair))
    return pair


@settings(max_examples=250, deadline=None)
@given(pair=growing())
@example(pair=sweep("resnet50", "ipu-pod", 64, 65))
@example(pair=sweep("bert-large", "bow-pod", 448, 1015)[:: 1015 - 448])
@example(pair=sweep("bert-large", "dgx-a100", 3276, 3277))
def test_that_more_chips_do_not_make_a_target_workload_slower(pair: list[Case]) -> None:
    fewer, more = search(CATALOG, pair, CENTER).times
    assert more <= 1.02 * fewer


def test_that_a_part_of_a_torus_works_alone_where_all_of_it_would_be_slower() -> None:
    slices = [Case("resnet50", SystemChoice("tpu-v5p", chips), "2025-06", "closed") for chips in (4096, 8960)]
    some, every = search(CATALOG, slices, CENTER).times
    assert every <= 1.005 * some


def test_that_a_part_of_a_rack_stands_idle_where_it_would_cost_more_than_it_does() -> None:
    layouts = search(CATALOG, sweep("resnet50", "ipu-pod", 64, 66), CENTER).layouts
    assert [layout.replicas for layout in layouts] == [64, 64, 64]
    assert search(CATALOG, sweep("resnet50", "ipu-pod", 128, 128), CENTER).layouts[0].replicas == 128


def test_that_chips_that_the_largest_batch_has_no_sample_for_stand_idle() -> None:
    (layout,) = search(CATALOG, sweep("bert-large", "dgx-a100", 3277, 3277), CENTER).layouts
    assert (layout.replicas, layout.micro_batch, layout.gradient_accumulation) == (3277, 5, 1)
    assert layout.global_batch <= shown_to_work(CATALOG, sweep("bert-large", "dgx-a100", 8, 8)[0]).batches[1]


def test_that_fewer_chips_are_whole_racks_or_doubled_machines_and_none_of_a_published_batch() -> None:
    def counts(workload: str, system: str, *asked: int, **pins: int) -> list[int]:
        case = replace(sweep(workload, system, 300, 300)[0], pins=Pins(**pins))
        return fewer_chips(plan_of(SharedCatalog(CATALOG), Kind.of(case)), asked)

    assert counts("resnet50", "ipu-pod", 300) == [64, 128, 192, 256]
    assert counts("resnet50", "dgx-a100", 20, 300) == [8, 16, 32, 64, 128, 256]
    assert counts("gpt2-medium", "ipu-pod", 300) == []
    assert counts("resnet50", "ipu-pod", 300, global_batch=4096) == [64, 128, 192, 256]
    assert counts("gpt2-medium", "ipu-pod", 300, global_batch=4096) == [64, 128, 192, 256]


def test_that_one_fault_among_many_is_said() -> None:
    with refused(
        "BERT-Large does not fit on 3 IPUs: the smallest number that does is 4 IPUs (in 2 pipeline stages a chip "
        "would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        search(CATALOG, sweep("bert-large", "ipu-pod", 3, 70), CENTER)


def test_that_a_small_batch_leaves_chips_idle_where_that_is_faster() -> None:
    batch = CATALOG.workloads["lob-lstm"]
    assert batch.kind == STATED
    layout = layout_of(sweep("lob-lstm", "ipu-pod", 64, 64)[0])
    assert layout.global_batch == 16 and layout.replicas <= 16


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 4096), (15, 516), (3, 3)])
def test_that_a_spread_goes_from_end_to_end_in_growing_steps(first: int, last: int) -> None:
    values = spread(first, last)
    assert values[0] == first and values[-1] == last and list(values) == sorted(set(values))
    assert all(after <= before * 1.2 for before, after in pairwise(values) if before >= 10)


def test_that_rows_of_a_group_agree_and_its_first_row_stands_for_it() -> None:
    generator = np.random.default_rng(5)
    keys = [generator.integers(0, size, 300).astype(np.intp) for size in (4, 3, 9)]
    first, group = dense_groups(*keys)
    assert set(group.tolist()) == set(range(len(first)))
    for key in keys:
        assert (key[first][group] == key).all()
    assert len(first) == len({tuple(row) for row in np.stack(keys, axis=1).tolist()})
    assert (group[first] == np.arange(len(first))).all()
