"""Pins as they are told where a projection is: with the global batch that ran."""

from ipuwhatif.analysis.compare import compare
from ipuwhatif.analysis.world import load_world
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.compare.effective_batch import with_used_batches
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told
from tests.figures import samples

PAIR = replace(FIRST_START, systems=(SystemChoice("ipu-pod", 16), SystemChoice("dgx-a100", 8)))


def test_that_a_batch_that_cannot_be_split_is_told_as_it_ran() -> None:
    asked = PAIR.with_lever("ipu-pod:16.global_batch", 1000.0).with_lever("ipu.compute_gain", 1.3)
    answer = compare(load_world(), asked, draws=4)
    ran = answer.projections[0].layout.global_batch
    assert ran != 1000
    settings = tuple(map(told, with_used_batches(answer).settings))
    assert f"IPU-POD16 (16 IPUs) global batch {ran:,} samples" in settings
    assert "IPU compute gain 1.30 ×" in settings and not any("1,000" in each for each in settings)


def test_that_what_ran_as_it_was_asked_for_stays_as_it_is() -> None:
    for answer in (
        samples.comparison(),
        compare(load_world(), PAIR.with_lever("ipu-pod:16.global_batch", 1024.0), draws=4),
    ):
        assert with_used_batches(answer) is answer


def test_that_a_batch_of_a_family_is_told_as_it_ran_where_all_of_its_systems_ran_the_same() -> None:
    world, gpus = load_world(), [SystemChoice("dgx-a100", chips) for chips in (8, 64, 20)]
    asked = replace(FIRST_START, workload="gpt2-medium", recipe="stated", reference="dgx-a100:8")
    alike = replace(asked, systems=(SystemChoice("ipu-pod", 16), *gpus[:2])).with_lever("gpu.global_batch", 1016.0)
    together = with_used_batches(compare(world, alike, draws=4)).settings
    assert tuple(map(told, together)) == ("GPU global batch 1,024 samples",)
    apart = replace(asked, systems=tuple(gpus)).with_lever("gpu.global_batch", 1016.0)
    answer = compare(world, apart, draws=4)
    assert {each.layout.global_batch for each in answer.projections} == {1024, 1020}
    assert tuple(map(told, with_used_batches(answer).settings)) == ("GPU global batch 1,016 samples",)
