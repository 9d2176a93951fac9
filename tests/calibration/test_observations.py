"""What the fit may see, and what it may not."""

from collections.abc import Callable

import numpy as np
import pytest

from ipuwhatif.calibration.entries import is_language, vendors
from ipuwhatif.calibration.observations import observe, observe_language
from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.model.parameters import parameter_index
from ipuwhatif.model.parameters import parameters as all_parameters

Entry = Callable[[str], OfficialResult]
POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
NVIDIA_BERT = "v1.1/NVIDIA/dgxa100_ngc21.09_pytorch/bert/closed"


def test_that_measured_times_come_from_the_log(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD16)
    seen = observe(catalog, [row], [])
    assert row.training_s is not None and row.evaluation_s is not None and row.overhead_s is not None
    assert seen.throughput[0] == row.samples_to_target / row.training_s
    assert seen.measured_s[0] == row.measured_s
    assert seen.samples[0] == row.samples_to_target
    assert seen.start_up_s[0] + seen.evaluation_s[0] == pytest.approx(row.overhead_s, rel=1e-12)
    assert np.isnan(seen.overhead_s[0])  # told apart, so not asked for as a sum


def test_that_a_log_that_does_not_tell_training_apart_says_only_its_whole_time(catalog: Catalog, entry: Entry) -> None:
    seen = observe(catalog, [entry(NVIDIA_BERT)], [])
    assert np.isnan([seen.throughput[0], seen.start_up_s[0], seen.overhead_s[0]]).all()
    assert seen.measured_s[0] == entry(NVIDIA_BERT).measured_s


def test_that_what_ran_is_fitted_and_not_what_was_scored(catalog: Catalog) -> None:
    seen = observe(catalog, catalog.official, catalog.references)
    assert seen.inputs is not None
    assert (seen.inputs.reference_floor == 0.0).all()


def test_that_no_observation_knows_what_its_recipe_needed(catalog: Catalog) -> None:
    seen = observe(catalog, catalog.official, catalog.references)
    assert seen.inputs is not None
    assert (seen.inputs.recipe_weight == 0.0).all()


def test_that_a_row_left_out_leaves_no_trace(catalog: Catalog, entry: Entry) -> None:
    row = entry(POD16)
    rest = [other for other in catalog.official if other.key != row.key]
    seen, everything = observe(catalog, rest, catalog.references), observe(catalog, catalog.official, [])
    assert len(seen.rows) == len(everything.rows) - 1
    assert row not in seen.rows
    for values in (seen.throughput, seen.measured_s, seen.samples, seen.evaluation_s):
        assert len(values) == len(seen.rows) + len(seen.points)
    assert row.measured_s in everything.measured_s and row.measured_s not in seen.measured_s
    # two entries may have needed the same number of samples to the digit
    of_row = (everything.samples == row.samples_to_target).sum()
    assert (seen.samples == row.samples_to_target).sum() == of_row - 1


def test_that_points_left_out_leave_no_trace(catalog: Catalog) -> None:
    older = [point for point in catalog.references if point.mlperf_round == "v1.0"]
    seen = observe(catalog, catalog.official, older)
    assert seen.points == tuple(older)
    assert seen.inputs is not None and seen.inputs.size == len(seen.rows) + len(older)
    assert len(older) < len(catalog.references)


def test_that_each_point_lies_on_the_curve_of_its_family(catalog: Catalog) -> None:
    seen = observe(catalog, [], catalog.references)
    assert seen.inputs is not None and seen.rows == ()
    names = [parameter.name for parameter in all_parameters()]
    groups = {
        ("resnet50", "ngc"): "resnet50/gpu",
        ("resnet50", "tpu"): "resnet50/tpu",
        ("bert-large", "reference"): "bert-large/reference",
    }
    for column, point in enumerate(seen.points):
        group = groups[point.workload, point.recipe_family]
        for role in ("floor_effect", "critical_batch_effect", "rise_effect"):
            assert names[seen.inputs.role[role][column]] == f"{role}.{group}"
        assert seen.inputs.global_batch[column] == point.global_batch
        assert seen.samples[column] == point.samples
    assert np.isnan([seen.throughput, seen.measured_s, seen.evaluation_s, seen.start_up_s, seen.overhead_s]).all()


def test_that_nothing_at_all_is_an_answer_too(catalog: Catalog) -> None:
    seen = observe(catalog, [], [])
    assert seen.inputs is None
    assert seen.rows == () and len(seen.samples) == 0


def test_that_rows_of_one_recipe_know_how_many_they_are(catalog: Catalog, entry: Entry) -> None:
    both = [entry(NVIDIA_BERT), entry("v1.0/NVIDIA/dgxa100_ngc21.05_pytorch/bert/closed")]
    seen = observe(catalog, [*both, entry(POD16)], [])
    assert seen.same_recipe.tolist() == [2.0, 2.0, 1.0]
    assert observe(catalog, both[:1], []).same_recipe.tolist() == [1.0]


def test_that_only_usable_rows_are_observed(catalog: Catalog) -> None:
    seen = observe(catalog, catalog.official, [])
    assert seen.rows == tuple(row for row in catalog.official if usable(row) and not is_language(row.workload))
    assert seen.inputs is not None and seen.inputs.size == len(seen.rows) == 512


def test_that_language_models_are_observed_apart_and_depend_on_parameters_of_their_own(catalog: Catalog) -> None:
    seen = observe_language(catalog, catalog.official)
    assert seen.rows == tuple(row for row in catalog.official if usable(row) and is_language(row.workload))
    assert seen.inputs is not None
    names = [*(parameter.name for parameter in all_parameters()), "one", "zero"]
    played = {names[column] for columns in seen.inputs.role.values() for column in columns}
    assert all("language" in name for name in played - {"one", "zero"})


def test_that_near_copies_of_an_entry_share_its_weight(catalog: Catalog) -> None:
    seen = observe_language(catalog, catalog.official)
    cells = [(row.workload, catalog.chip_of(row.choice).key, row.choice.chips) for row in seen.rows if row.choice]
    assert seen.same_cell is not None
    assert seen.same_cell.tolist() == [float(cells.count(cell)) for cell in cells]
    assert max(seen.same_cell) > 10


def submitters(catalog: Catalog) -> dict[str, str]:
    """The parameter that stands for the submitter of each row."""
    seen = observe(catalog, catalog.official, [])
    assert seen.inputs is not None
    names = [*(parameter.name for parameter in all_parameters()), "one", "zero"]
    return {row.key: names[seen.inputs.role["submitter_effect"][i]] for i, row in enumerate(seen.rows)}


def test_that_rows_of_third_parties_carry_the_effect_of_their_submitter(catalog: Catalog) -> None:
    played = submitters(catalog)
    for row in catalog.official:
        own_servers = row.choice is not None and not catalog.systems[row.choice.system].listed
        if usable(row) and own_servers and not is_language(row.workload):
            assert played[row.key] == f"submitter_effect.{row.submitter}"


def test_that_rows_of_a_chips_own_vendor_carry_none(catalog: Catalog) -> None:
    played = submitters(catalog)
    own = {("Graphcore", "ipu"), ("NVIDIA", "gpu"), ("Google", "tpu"), ("Intel", "cpu"), ("Habana", "gaudi")}
    for row in catalog.official:
        if usable(row) and row.choice and not is_language(row.workload):
            architecture = catalog.chips[catalog.systems[row.choice.system].chip].architecture
            if (row.submitter, architecture) in own:
                assert played[row.key] == "one", row.key


def test_that_a_question_after_an_observation_knows_no_submitter(catalog: Catalog) -> None:
    rows = [row for row in catalog.official if row.submitter == "Dell"]
    assert observe(catalog, rows, []).inputs is not None
    again = observe(catalog, [entry for entry in catalog.official if entry.submitter == "NVIDIA"], [])
    assert again.inputs is not None
    assert (again.inputs.role["submitter_effect"] == parameter_index()["one"]).all()


def test_that_rows_of_others_than_the_two_vendors_are_trusted_loosely(catalog: Catalog) -> None:
    seen = observe(catalog, catalog.official, [])
    assert {row.submitter for row, loose in zip(seen.rows, seen.loose, strict=True) if not loose} == set(vendors())
    assert 0 < seen.loose.sum() == sum(row.submitter not in vendors() for row in seen.rows)


def test_that_published_figures_are_asked_for_beside_the_rows(catalog: Catalog) -> None:
    published = published_rows(catalog)
    seen = observe(catalog, [], [], published)
    assert seen.published == published and seen.rows == ()
    assert seen.inputs is not None and seen.inputs.size == len(published)
    assert seen.loose.all()  # any of them may be odd
    names = [*(parameter.name for parameter in all_parameters()), "one", "zero"]
    for column, row in enumerate(published):
        assert seen.throughput[column] == row.throughput
        assert seen.inputs.global_batch[column] == row.layout.global_batch
        effect = names[seen.inputs.role["software_effect"][column]]
        assert effect == (f"software_effect.{row.case.software}" if row.case.software else "one")


def test_that_published_figures_left_out_leave_no_trace(catalog: Catalog) -> None:
    without = observe(catalog, catalog.official, catalog.references)
    assert without.inputs is not None and without.inputs.size == len(without.rows) + len(without.points)
    some = published_rows(catalog)[:5]
    seen = observe(catalog, [], [], some)
    assert seen.inputs is not None and seen.inputs.size == 5


def test_that_entries_figures_and_points_stand_in_this_order(catalog: Catalog, entry: Entry) -> None:
    figure, point = published_rows(catalog)[0], catalog.references[0]
    seen = observe(catalog, [entry(POD16)], [point], [figure])
    assert seen.inputs is not None
    assert seen.inputs.global_batch.tolist() == [
        entry(POD16).global_batch,
        figure.layout.global_batch,
        point.global_batch,
    ]
    assert seen.throughput[1] == figure.throughput and np.isnan(seen.throughput[2])
    assert np.isnan(seen.samples[1]) and seen.samples[2] == point.samples
    assert seen.loose.tolist() == [False, True, False]


def test_that_rows_of_one_recipe_on_one_architecture_count_together_whoever_submitted(catalog: Catalog) -> None:
    seen = observe(catalog, catalog.official, [])
    most = max(seen.same_recipe)
    shared = {row.submitter for row, many in zip(seen.rows, seen.same_recipe, strict=True) if many == most}
    assert len(shared) > 3


def test_that_logs_of_tpus_say_what_they_tell_apart(catalog: Catalog, entry: Entry) -> None:
    """In v4.0 training, and evaluation and start-up together; in v4.1 nothing but the whole time."""
    told, whole = (entry(f"{mlperf}/Google/cloud-tpu-v5p-12288-maxtext/gpt3/closed") for mlperf in ("v4.0", "v4.1"))
    seen = observe_language(catalog, [told, whole])
    assert seen.throughput[0] == pytest.approx(told.global_batch / 6.21116)
    assert (seen.overhead_s[0], seen.measured_s[1]) == (told.overhead_s, whole.measured_s)
    assert np.isnan([seen.measured_s[0], seen.throughput[1], seen.overhead_s[1]]).all()
    assert np.isnan([*seen.evaluation_s, *seen.start_up_s]).all()


def test_that_no_other_language_model_is_observed_by_its_whole_time(catalog: Catalog) -> None:
    seen = observe_language(catalog, catalog.official)
    by_whole = [row for row, time in zip(seen.rows, seen.measured_s, strict=True) if not np.isnan(time)]
    assert len(by_whole) == 7
    assert {row.submitter for row in by_whole} == {"Google"}
