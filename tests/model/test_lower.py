"""What becomes of cases and layouts as arrays, held against the catalog and the networks."""

import numpy as np
import pytest

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.model.case import Case, Gains
from ipuwhatif.model.lower import Columns, lower, lower_columns
from ipuwhatif.model.parameters import parameters as all_parameters
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.statics.keys import StaticKey
from ipuwhatif.model.statics.values import VALUES
from ipuwhatif.model.time_to_train import evaluate
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import replace
from tests.model.prior import CENTER

RESNET = Case("resnet50", SystemChoice("ipu-pod", 64), "2021-12", "closed")
BERT = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "closed")
GPU = Case("bert-large", SystemChoice("dgx-a100", 64), "2021-12", "closed")
FLAT = Layout("best", 3840, 64, 1, 20, 3, optimizer="lars")
PIPED = Layout("best", 3072, 8, 8, 2, 96, samples_per_pack=2.0, blocks_per_stage=7, optimizer="lamb")
DENSE = Layout("best", 3072, 64, 1, 48, 1, optimizer="lamb")


def name_of(inputs, role: str, row: int = 0) -> str:
    names = [*(parameter.name for parameter in all_parameters()), "one", "zero"]
    return names[int(inputs.role[role][row])]


def test_that_values_are_those_of_chip_and_system(catalog: Catalog) -> None:
    inputs = lower(catalog, [RESNET], [FLAT])
    chip, system = catalog.chips["gc200"], catalog.systems["ipu-pod"]
    for name in ("peak_flops", "memory_bandwidth"):
        assert inputs.value[name][0] == chip.value(name)
    for name in ("link_bandwidth", "network_bandwidth", "streaming_bandwidth"):
        assert inputs.value[name][0] == system.value(name)
    assert inputs.value["parameters"][0] == 25_557_032
    assert set(inputs.value) == set(VALUES) and set(inputs.role) == set(ROLES)


def test_that_a_training_step_does_about_three_forward_passes_and_recomputes_on_ipus(catalog: Catalog) -> None:
    forward = network_for("resnet50", "gpu").forward_flops
    ipu = lower(catalog, [RESNET], [FLAT]).op_flops.sum()
    gpu = lower(catalog, [replace(RESNET, choice=SystemChoice("dgx-a100", 64))], [FLAT]).op_flops.sum()
    first = 2 * 7 * 7 * 3 * 64 * 112 * 112  # nothing needs the gradient of the picture
    assert gpu == pytest.approx(3 * forward - first, rel=1e-12)
    assert ipu == pytest.approx(4 * forward - first, rel=1e-12)


def test_that_a_stage_of_a_pipeline_does_its_share_of_the_blocks(catalog: Catalog) -> None:
    inputs = lower(catalog, [BERT], [PIPED])
    network = network_for("bert-large", "ipu")
    assert sorted(set(np.round(inputs.op_share[0], 12))) == [0.0, round(7 / 48, 12)]
    block = sum(op.parameters * op.count for op in network.ops if op.in_block) / 48
    outside = network.parameters - 48 * block
    # The stage of the embedding holds three blocks beside it, any other stage seven.
    assert inputs.held_parameters[0] == pytest.approx(max(outside + 3 * block, 7 * block), rel=1e-12)


def test_that_a_layout_without_a_pipeline_holds_everything(catalog: Catalog) -> None:
    inputs = lower(catalog, [GPU], [DENSE])
    assert (inputs.op_share == 1.0).all()
    assert inputs.held_parameters[0] == 336_226_108


def test_that_cases_beside_others_are_lowered_as_they_are_alone(catalog: Catalog) -> None:
    cases, layouts = [RESNET, BERT, GPU, RESNET], [FLAT, PIPED, DENSE, FLAT]
    together = lower(catalog, cases, layouts)
    for row, (case, layout) in enumerate(zip(cases, layouts, strict=True)):
        alone = lower(catalog, [case], [layout])
        for name in VALUES:
            assert together.value[name][row] == alone.value[name][0], name
        for name in ROLES:
            assert together.role[name][row] == alone.role[name][0], name
        for name in ("op_flops", "op_bytes", "op_weight_bytes", "op_launches"):
            # ops that pad the shorter list do no work
            assert getattr(together, name)[together.group[row]].sum() == getattr(alone, name)[0].sum(), name
        assert together.evaluation_every[row] == alone.evaluation_every[0]
        assert together.reference_floor[row] == alone.reference_floor[0]
    assert together.size == 4


def test_that_cases_of_one_key_are_lowered_the_same_with_one_value_for_all(catalog: Catalog) -> None:
    layouts = [FLAT, replace(FLAT, micro_batch=10, gradient_accumulation=6), replace(FLAT, replicas=32)]
    full = lower(catalog, [RESNET] * 3, layouts)
    columns = Columns(
        replicas=full.replicas,
        stages=full.stages,
        micro_batch=full.micro_batch,
        accumulation=full.accumulation,
        global_batch=full.global_batch,
        blocks_per_stage=np.zeros(3),
        batch_norm_group=full.batch_norm_group,
        off_chip=full.off_chip,
        cuda_graph=full.cuda_graph,
        **dict.fromkeys(("horizon_samples", "evaluation_every", "chips_per_instance", "samples"), np.zeros(1)),
        **dict.fromkeys(("tensor", "context", "interleaving"), np.ones(1)),
        **dict.fromkeys(("recomputed", "bits", "by_blocks", "gathers", "in_network"), np.zeros(1)),
    )
    (key,) = {StaticKey.of(RESNET, layout) for layout in layouts}
    narrow = lower_columns(catalog, (key,), columns)
    assert narrow.value["peak_flops"].shape == (1,) and full.value["peak_flops"].shape == (3,)
    assert (narrow.group == full.group).all() and len(narrow.first_of_group) == 2
    np.testing.assert_array_equal(
        evaluate(narrow, CENTER).time_to_train, evaluate(full, CENTER).time_to_train, strict=True
    )


def test_that_cases_with_the_same_micro_batch_share_a_group(catalog: Catalog) -> None:
    inputs = lower(catalog, [RESNET, GPU, RESNET, replace(RESNET, gains=Gains(compute=1.1))], [FLAT, DENSE, FLAT, FLAT])
    assert inputs.group[0] == inputs.group[2]
    assert len({*inputs.group.tolist()}) == len(inputs.first_of_group) == 3
    assert (inputs.group[inputs.first_of_group] == [0, 1, 2]).all()


def test_that_chips_that_stand_idle_do_not_count(catalog: Catalog) -> None:
    more = replace(RESNET, choice=SystemChoice("ipu-pod", 100))
    together = lower(catalog, [RESNET, more, BERT], [FLAT, FLAT, PIPED])
    assert together.chips.tolist() == [64, 64, 64]
    times = evaluate(together, CENTER)
    assert times.time_to_train[0, 0] == times.time_to_train[0, 1]


def test_that_a_drift_is_that_of_each_cases_rounds_and_nothing_at_the_latest(catalog: Catalog) -> None:
    older = replace(RESNET, release="2021-06")
    latest = lower(catalog, [RESNET, RESNET], [FLAT, FLAT])
    both = lower(catalog, [RESNET, older], [FLAT, FLAT])
    assert (latest.drifted("step_drift", CENTER) == 1.0).all()
    assert both.drifted("step_drift", CENTER).tolist() == [[1.0, both.drawn("step_drift", CENTER)[0, 1]]]


def test_that_gains_reach_the_model_and_nothing_else_changes(catalog: Catalog) -> None:
    moved = replace(RESNET, gains=Gains(1.3, 2.0, 1.1))
    plain, gained = lower(catalog, [RESNET], [FLAT]), lower(catalog, [moved], [FLAT])
    assert plain.factors == {}
    assert {name: value.tolist() for name, value in gained.factors.items()} == {
        "compute": [1.3],
        "link_bandwidth": [2.0],
        "clock": [1.1],
    }
    assert {name: value[0] for name, value in gained.value.items()} == {
        name: value[0] for name, value in plain.value.items()
    }


def test_that_the_anchor_release_carries_no_drift_and_an_older_one_its_own(catalog: Catalog) -> None:
    latest = lower(catalog, [RESNET], [FLAT])
    older = lower(catalog, [replace(RESNET, release="2021-06")], [FLAT])
    for role in ("micro_effect", "step_effect", "start_up_effect"):
        assert name_of(latest, role) == "one"
        assert name_of(older, role) == f"{role}.ipu.resnet50.2021-06"
    assert name_of(older, "recipe_effect") == "recipe_effect.resnet50/ipu.2021-06"


def test_that_a_chip_of_another_generation_has_its_own_effect(catalog: Catalog) -> None:
    bow = lower(catalog, [replace(RESNET, choice=SystemChoice("bow-pod", 64))], [FLAT])
    assert name_of(bow, "chip_effect") == "chip_effect.bow"
    assert name_of(lower(catalog, [RESNET], [FLAT]), "chip_effect") == "one"
    assert bow.value["clock_ratio"][0] == catalog.chips["bow"].value("clock") / catalog.chips["gc200"].value("clock")


def test_that_a_gpu_updates_its_weights_at_the_speed_of_its_memory(catalog: Catalog) -> None:
    older = lower(catalog, [replace(GPU, choice=SystemChoice("dgx-1", 64))], [DENSE])
    assert older.value["update_bandwidth_ratio"][0] == pytest.approx(
        catalog.chips["a100-80gb"].value("memory_bandwidth") / catalog.chips["v100-sxm2-16gb"].value("memory_bandwidth")
    )
    assert older.value["update_bandwidth_ratio"][0] > 1.0
    assert lower(catalog, [GPU], [DENSE]).value["update_bandwidth_ratio"][0] == 1.0


def test_that_momentum_pays_its_penalty_and_only_bert_knows_a_decay_length(catalog: Catalog) -> None:
    momentum = lower(catalog, [RESNET], [replace(FLAT, optimizer="sgd")])
    assert name_of(momentum, "optimizer_penalty") == "sgd_penalty.resnet50"
    assert name_of(lower(catalog, [RESNET], [FLAT]), "optimizer_penalty") == "one"
    assert name_of(lower(catalog, [RESNET], [FLAT]), "horizon") == "zero"
    assert name_of(lower(catalog, [GPU], [DENSE]), "horizon") == "horizon.bert-large"


def test_that_a_closed_score_of_the_last_round_may_not_beat_its_reference(catalog: Catalog) -> None:
    points = [point for point in catalog.references if point.workload == "bert-large" and point.mlperf_round == "v1.1"]
    batch = 3072
    (at_batch,) = [point.samples for point in points if point.global_batch == batch]
    # the curve never falls: a point above one of a larger batch is lowered to it, which leaves this one as it is
    assert all(point.samples >= at_batch for point in points if point.global_batch > batch)
    assert lower(catalog, [BERT], [PIPED]).reference_floor[0] == pytest.approx(at_batch, rel=1e-12)
    assert at_batch == pytest.approx(2.764e6, rel=0.001)  # what the entries of this batch were scaled to


def test_that_the_faster_of_two_families_of_reference_points_is_the_floor(catalog: Catalog) -> None:
    layout = replace(FLAT, replicas=16, micro_batch=16, gradient_accumulation=16, global_batch=4096)
    slower = {
        point.global_batch: point.samples
        for point in catalog.references
        if (point.recipe_family, point.mlperf_round) == ("tpu", "v1.1")
    }
    faster = {
        point.global_batch: point.samples
        for point in catalog.references
        if (point.recipe_family, point.mlperf_round) == ("ngc", "v1.1")
    }
    floor = lower(catalog, [RESNET], [layout]).reference_floor[0]
    assert faster[3264] < floor < faster[13056] < max(slower.values())
    assert floor < slower[4096]


def test_that_open_and_older_scores_have_no_reference(catalog: Catalog) -> None:
    assert lower(catalog, [replace(BERT, recipe="open")], [PIPED]).reference_floor[0] == 0.0
    assert lower(catalog, [replace(BERT, release="2021-06")], [PIPED]).reference_floor[0] == 0.0


def test_that_resnet_is_evaluated_every_fourth_epoch_unless_a_layout_says_otherwise(catalog: Catalog) -> None:
    images = catalog.workloads["resnet50"].data["dataset_samples"].value
    assert lower(catalog, [RESNET], [FLAT]).evaluation_every[0] == 4 * images
    assert lower(catalog, [RESNET], [replace(FLAT, evaluation_every=1e6)]).evaluation_every[0] == 1e6


def test_that_a_program_with_twice_the_chips_makes_them_wait_twice(catalog: Catalog) -> None:
    assert lower(catalog, [RESNET], [FLAT]).host_load[0] == 1.0
    assert lower(catalog, [RESNET], [replace(FLAT, chips_per_instance=4.0)]).host_load[0] == 2.0
    assert lower(catalog, [BERT], [replace(PIPED, chips_per_instance=8.0)]).host_load[0] == 1.0


def test_that_only_the_first_ipu_round_evaluated_on_sixteen_chips(catalog: Catalog) -> None:
    older = replace(RESNET, release="2021-06")
    assert lower(catalog, [older], [FLAT]).value["evaluation_chips"][0] == 16.0
    assert np.isinf(lower(catalog, [RESNET], [FLAT]).value["evaluation_chips"][0])


def test_that_no_recipe_is_known_until_somebody_says_so(catalog: Catalog) -> None:
    assert (lower(catalog, [RESNET, BERT], [FLAT, PIPED]).recipe_weight == 0.0).all()


@pytest.mark.parametrize("case", [replace(RESNET, workload="alexnet"), replace(RESNET, choice=SystemChoice("cray", 8))])
def test_that_a_key_the_catalog_lacks_is_a_key_error(catalog: Catalog, case: Case) -> None:
    with pytest.raises(KeyError):
        lower(catalog, [case], [FLAT])


def test_that_cases_and_layouts_must_be_as_many(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="shorter"):
        lower(catalog, [RESNET, RESNET], [FLAT])
