"""Layouts: as submitted, searched, pinned; what does not fit and what is said then."""

import pytest
from hypothesis import given, settings

from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, BEST, Case, Pins
from ipuwhatif.model.layouts.layout import choose_layouts, submitted
from ipuwhatif.model.lower import lower
from ipuwhatif.model.shown import shown_to_work
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.records import replace
from ipuwhatif.units import InputError
from tests.model.prior import CATALOG, CENTER, layout_of, time_of
from tests.model.reasons import reason_told
from tests.model.space import cases
from tests.refusals import refused

BERT = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "closed")
RESNET = Case("resnet50", SystemChoice("ipu-pod", 16), "2021-12", "closed")
GPUS = Case("resnet50", SystemChoice("dgx-a100", 8), "2021-12", "closed")


def with_chips(case: Case, chips: int, **changes: object) -> Case:
    return replace(case, choice=replace(case.choice, chips=chips), **changes)


def test_that_a_submitted_layout_is_the_entrys_own() -> None:
    entry = next(e for e in CATALOG.official if e.key == "v1.1/Graphcore/ipu-pod64-POPART-closed/bert/closed")
    assert entry.layout is not None
    layout = layout_of(replace(BERT, policy=AS_SUBMITTED))
    assert layout == submitted(entry.layout)
    assert (layout.replicas, layout.pipeline_stages, layout.micro_batch, layout.gradient_accumulation) == (8, 8, 2, 96)
    assert layout.recipe_batch == layout.global_batch == 3072


def test_that_a_count_nobody_submitted_is_answered_with_the_counts_that_exist() -> None:
    case = with_chips(BERT, 48, policy=AS_SUBMITTED)
    with refused(
        "no closed entry as of 2021-12 with 48 IPUs of IPU-POD: entries exist with 16, 64, 128 IPUs; use the "
        "layout policy best"
    ):
        choose_layouts(CATALOG, [case], None)  # type: ignore[arg-type]
    assert "16, 64, 128" in reason_told(CATALOG, case)


def test_that_a_system_nobody_submitted_is_answered_with_the_other_policy() -> None:
    bow = replace(BERT, choice=SystemChoice("bow-pod", 64), policy=AS_SUBMITTED)
    assert "no entry of this kind exists; use the layout policy best" in reason_told(CATALOG, bow)


def test_that_an_entry_with_an_optimizer_that_is_not_modelled_is_refused() -> None:
    case = Case("resnet50", SystemChoice("tpu-v4", 128), "2021-06", "open", AS_SUBMITTED)
    assert "distributed shampoo, an update that is not modelled" in reason_told(CATALOG, case)


@pytest.mark.parametrize("chips", [1, 2, 3])
def test_that_too_few_chips_are_answered_with_the_smallest_number_that_fits(chips: int) -> None:
    with pytest.raises(InputError, match="the smallest number that does is 4 IPUs"):
        choose_layouts(CATALOG, [with_chips(BERT, chips)], None)  # type: ignore[arg-type]
    assert reason_told(CATALOG, with_chips(BERT, 4)) == ""


@pytest.mark.parametrize("chips", [5, 6, 7, 9, 63, 65])
def test_that_chips_that_fill_no_pipeline_stay_idle(chips: int) -> None:
    layout = layout_of(with_chips(BERT, chips))
    used = layout.replicas * layout.pipeline_stages
    assert 0 < chips - used < layout.pipeline_stages


def test_that_one_fault_among_many_cases_is_said() -> None:
    with refused(
        "BERT-Large does not fit on 3 IPUs: the smallest number that does is 4 IPUs (in 2 pipeline stages a chip "
        "would need 742 MB; of its 900 MB, 720 MB are there for that)"
    ):
        choose_layouts(CATALOG, [RESNET, with_chips(BERT, 3)], CENTER)


def test_that_the_best_layout_is_no_slower_than_any_other_that_was_tried() -> None:
    best = layout_of(RESNET)
    for accumulation in (1, 5, 10, 20, 40):
        layout = layout_of(replace(RESNET, pins=Pins(gradient_accumulation=accumulation)))
        assert layout.gradient_accumulation == accumulation
        inside = shown_to_work(CATALOG, RESNET).batches
        if inside[0] <= layout.global_batch <= inside[1]:
            assert time_of(RESNET, best) <= time_of(RESNET, layout)


def test_that_a_search_stays_where_convergence_was_measured() -> None:
    for case in (RESNET, with_chips(RESNET, 1), with_chips(GPUS, 4320), BERT, with_chips(BERT, 1024)):
        smallest, largest = shown_to_work(CATALOG, case).batches
        assert smallest <= layout_of(case).global_batch <= largest


def test_that_a_search_never_takes_more_than_an_entry_showed_to_fit() -> None:
    assert shown_to_work(CATALOG, RESNET).micro_batch == 20
    assert shown_to_work(CATALOG, GPUS).micro_batch == 516
    for case in (RESNET, GPUS, with_chips(GPUS, 3)):
        assert layout_of(case).micro_batch <= shown_to_work(CATALOG, case).micro_batch


@pytest.mark.parametrize("policy", [BEST, AS_SUBMITTED])
@pytest.mark.parametrize("case", [RESNET, BERT, GPUS])
def test_that_what_memory_does_not_hold_is_refused_under_both_policies(case: Case, policy: str) -> None:
    largest = shown_to_work(CATALOG, case).micro_batch
    assert not reason_told(CATALOG, replace(case, policy=policy, pins=Pins(micro_batch=largest + 1)))
    too_much = replace(case, policy=policy, pins=Pins(micro_batch=10_000))
    assert "a micro-batch of 10,000 of" in reason_told(CATALOG, too_much)
    too_deep = replace(case, policy=policy, pins=Pins(pipeline_stages=64))
    assert "64 pipeline stages do not fit" in reason_told(CATALOG, too_deep)


def test_that_a_pipeline_deeper_than_the_system_is_refused() -> None:
    case = replace(with_chips(BERT, 8), pins=Pins(pipeline_stages=16))
    assert reason_told(CATALOG, case) == (
        "BERT-Large in 16 pipeline stages does not fit on 8 IPUs: the smallest number that does is 16 IPUs"
    )


@pytest.mark.parametrize("policy", [BEST, AS_SUBMITTED])
def test_that_a_batch_pinned_with_its_parts_is_taken_where_they_agree_and_refused_where_not(policy: str) -> None:
    case = replace(RESNET, policy=policy, pins=Pins(global_batch=3200, micro_batch=20, gradient_accumulation=10))
    layout = layout_of(case)
    assert (layout.replicas, layout.micro_batch, layout.gradient_accumulation) == (16, 20, 10)
    assert reason_told(CATALOG, replace(case, pins=replace(case.pins, global_batch=3300))) == (
        "the pinned parts of the layout do not agree: micro-batch 20 × accumulation 10 = 200 does not go into a global "
        "batch of 3,300; the nearest is 3,200"
    )
    assert reason_told(CATALOG, replace(case, pins=replace(case.pins, global_batch=6400))) == (
        "the pinned parts of the layout do not agree: micro-batch 20 × accumulation 10 = 200, and a global batch of "
        "6,400 takes 32 replicas, 32 IPUs of the 16"
    )


def test_that_pinning_the_submitted_batch_changes_nothing() -> None:
    for entry in CATALOG.official:
        if entry.layout is None or entry.choice is None or entry.workload is None:
            continue
        case = Case(entry.workload, entry.choice, entry.release, entry.division, AS_SUBMITTED)
        if entry.layout.optimizer not in OPTIMIZERS:
            continue
        layout = layout_of(case)
        assert layout_of(replace(case, pins=Pins(global_batch=layout.global_batch))) == layout, entry.key


def test_that_any_part_of_a_submitted_layout_that_is_pinned_as_it_was_run_leaves_it() -> None:
    """An entry's own load of its stages and place of its optimizer's state are not worked out anew."""
    tried = 0
    for entry in CATALOG.official:
        if entry.workload is None or entry.choice is None or entry.layout is None:
            continue
        case = Case(entry.workload, entry.choice, entry.release, entry.division, AS_SUBMITTED)
        if entry.layout.optimizer not in OPTIMIZERS:
            continue
        layout = layout_of(case)
        for part in ("micro_batch", "pipeline_stages", "gradient_accumulation"):
            pinned = replace(case, pins=Pins(**{part: getattr(layout, part)}))
            assert layout_of(pinned) == layout, (entry.key, part)
            tried += 1
    assert tried


@pytest.mark.parametrize("part", ["micro_batch", "gradient_accumulation"])
def test_that_one_pinned_part_of_a_submitted_layout_changes_that_part_and_the_batch(part: str) -> None:
    plain = layout_of(replace(RESNET, policy=AS_SUBMITTED))
    value = getattr(plain, part) // 2
    pinned = layout_of(replace(RESNET, policy=AS_SUBMITTED, pins=Pins(**{part: value})))
    batch = plain.global_batch * value // getattr(plain, part)
    assert pinned == replace(plain, **{part: value, "global_batch": batch})


def test_that_a_submitted_layout_in_one_pipeline_over_all_chips_has_one_replica() -> None:
    one = layout_of(replace(with_chips(BERT, 16), policy=AS_SUBMITTED, pins=Pins(pipeline_stages=16)))
    assert (one.pipeline_stages, one.replicas) == (16, 1)


def test_that_the_optimizers_state_of_a_submitted_layout_moves_with_a_pinned_pipeline() -> None:
    plain = layout_of(replace(BERT, policy=AS_SUBMITTED))
    short = layout_of(replace(BERT, policy=AS_SUBMITTED, pins=Pins(pipeline_stages=4)))
    deep = layout_of(replace(BERT, policy=AS_SUBMITTED, pins=Pins(pipeline_stages=16)))
    assert (plain.off_chip_state, short.off_chip_state, deep.off_chip_state) == (False, True, False)


def test_that_a_pinned_pipeline_changes_the_replicas_and_the_load_of_its_stages() -> None:
    plain = layout_of(replace(BERT, policy=AS_SUBMITTED))
    deep = layout_of(replace(BERT, policy=AS_SUBMITTED, pins=Pins(pipeline_stages=16)))
    assert (plain.pipeline_stages, plain.replicas, plain.blocks_per_stage) == (8, 8, 7)
    assert (deep.pipeline_stages, deep.replicas, deep.blocks_per_stage) == (16, 4, 4)


@pytest.mark.parametrize(("stages", "release", "blocks"), [(4, "2021-12", 13), (8, "2021-12", 7), (4, "2021-06", 14)])
def test_that_the_fullest_stage_holds_what_the_entries_show(stages: int, release: str, blocks: int) -> None:
    case = replace(BERT, release=release, pins=Pins(pipeline_stages=stages))
    assert layout_of(case).blocks_per_stage == blocks


def test_that_optimizer_state_leaves_the_chip_where_the_entries_moved_it() -> None:
    short = layout_of(replace(BERT, pins=Pins(pipeline_stages=4)))
    long = layout_of(replace(BERT, pins=Pins(pipeline_stages=8)))
    assert short.off_chip_state and not long.off_chip_state


@pytest.mark.parametrize(
    ("case", "pinned", "split"),
    [
        (RESNET, 1, (1, 1, 1)),  # one replica has work
        (RESNET, 3200, (3200, 20, 10)),
        (RESNET, 3333, (3344, 19, 11)),  # nearly as near as 16 × 13, and faster
        (GPUS, 1, (1, 1, 1)),
        (GPUS, 3265, (3264, 408, 1)),  # no second micro-batch for a batch that is rounded to one
        (GPUS, 3333, (3336, 417, 1)),
        (GPUS, 4333, (4336, 271, 2)),
        (with_chips(GPUS, 64), 3264, (3264, 51, 1)),
    ],
)
def test_that_a_pinned_batch_is_split_as_entries_of_the_architecture_split_it(
    case: Case, pinned: int, split: tuple[int, int, int]
) -> None:
    layout = layout_of(replace(case, pins=Pins(global_batch=pinned)))
    assert (layout.global_batch, layout.micro_batch, layout.gradient_accumulation) == split


def test_that_a_pinned_batch_with_a_pinned_accumulation_finds_its_micro_batch() -> None:
    pins = Pins(global_batch=1600, gradient_accumulation=10)
    for policy in (BEST, AS_SUBMITTED):
        layout = layout_of(replace(RESNET, policy=policy, pins=pins))
        assert (layout.micro_batch, layout.gradient_accumulation, layout.global_batch) == (10, 10, 1600)


@pytest.mark.parametrize(("chips", "micro_batch", "group"), [(8, 408, 1), (8, 16, 2), (8, 4, 8), (2, 1, 2), (1, 1, 1)])
def test_that_as_many_samples_are_normalised_together_as_in_any_entry_and_there_are_chips(
    chips: int, micro_batch: int, group: int
) -> None:
    case = replace(with_chips(GPUS, chips), pins=Pins(micro_batch=micro_batch))
    assert layout_of(case).batch_norm_group == group


@pytest.mark.parametrize(("release", "optimizer"), [("2020-07", "sgd"), ("2021-06", "sgd"), ("2021-12", "lars")])
def test_that_a_search_uses_the_optimizer_of_the_latest_entries_of_its_release_else_of_the_first(
    release: str, optimizer: str
) -> None:
    assert layout_of(replace(RESNET, release=release)).optimizer == optimizer


def test_that_a_network_without_batch_normalisation_has_no_group() -> None:
    assert layout_of(with_chips(BERT, 16)).batch_norm_group == 1


@settings(max_examples=150)
@given(case=cases())
def test_that_a_layout_multiplies_out_and_fits_the_chips(case: Case) -> None:
    layout = layout_of(case)
    assert layout.policy == case.policy
    assert layout.global_batch == (
        layout.replicas * layout.gradient_accumulation * layout.micro_batch * layout.samples_per_pack
    )
    assert min(layout.replicas, layout.pipeline_stages, layout.micro_batch, layout.gradient_accumulation) >= 1
    assert 1 <= layout.replicas * layout.pipeline_stages <= case.choice.chips
    assert layout.micro_batch <= max(shown_to_work(CATALOG, case).micro_batch, case.pins.micro_batch or 0)


@settings(max_examples=150)
@given(case=cases())
def test_that_pinned_parts_are_kept(case: Case) -> None:
    layout = layout_of(case)
    for part in ("micro_batch", "pipeline_stages", "gradient_accumulation"):
        pinned = getattr(case.pins, part)
        assert pinned is None or getattr(layout, part) == pinned, part


def test_that_work_is_stated_in_tokens_whatever_the_length_of_a_sequence() -> None:
    """A quarter of the tokens in a sequence takes four times the sequences, for about the same time."""
    choice = SystemChoice("dgx-a100", 8)
    cases = [Case("mpt-7b", choice, "2025-06", "stated", layers=layers) for layers in ((), (512,))]
    layouts = [layout_of(case) for case in cases]
    pairs = zip(cases, layouts, strict=True)
    whole, short = (evaluate(lower(CATALOG, [case], [layout]), CENTER) for case, layout in pairs)
    assert short.samples[0, 0] == 4.0 * whole.samples[0, 0]
    assert 0.6 < short.time_to_train[0, 0] / whole.time_to_train[0, 0] < 1.2  # more updates, shorter attention
