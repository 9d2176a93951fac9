"""Results become runs of a profile, or it is said why not."""

import pytest

from ipuwhatif.analysis.learnt.believable import believable
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.importers.results.own import OwnResult
from ipuwhatif.importers.results.own_table import table_text
from ipuwhatif.importers.store import Kept, Store, hash_of
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement
from ipuwhatif.units import InputError, told

DGX = SystemChoice("dgx-a100", 8)


def result(job: str = "resnet50", value: float = 1_860.0, quantity: str = TIME, choice: SystemChoice | None = DGX):
    known = None if job == "rgat" else job
    return OwnResult(
        f"runs.csv, {job}", "our box", 8, job, Measurement(quantity, value), choice, known, release="2021-12"
    )


def store(*results: OwnResult, name: str = "runs") -> Store:
    text = table_text(results)
    return Store((Kept("results", name, text, "runs.csv, imported", hash_of(text)),))


def test_that_runs_name_where_they_were_read_and_the_hash_of_it(world: World) -> None:
    kept = store(result(), result("bert-large", 1_440.0))
    found = believable(world, kept)
    assert [(run.workload, run.system, run.release) for run in found.runs] == [
        ("resnet50", "dgx-a100:8", "2021-12"),
        ("bert-large", "dgx-a100:8", "2021-12"),
    ]
    assert {run.hash for run in found.runs} == {kept.kept[0].hash}
    assert found.runs[0].read_from == "runs.csv, resnet50" and not found.refused


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (result("rgat"), "this benchmark has no model here"),
        (result(choice=None), "the catalog does not hold this system"),
        (result(value=1.0), "too far to project from"),
        (result("gpt2-xl"), "only a throughput can be learnt from"),
    ],
)
def test_that_what_is_no_ground_is_left_out_with_the_reason(world: World, bad: OwnResult, why: str) -> None:
    found = believable(world, store(result(), bad))
    assert len(found.runs) == 1 and why in told(found.refused[0].reason)


def test_that_software_is_taken_where_the_job_has_a_choice_of_it(world: World) -> None:
    kept = store(result(), result("vit-b16", 3_000.0, THROUGHPUT))
    found = believable(world, kept, software="pytorch-21.03")
    assert "pytorch-21.03" in {run.software for run in found.runs}


def test_that_names_choose_and_unknown_ones_are_told(world: World) -> None:
    assert believable(world, store(result()), ["runs"]).runs
    with pytest.raises(InputError, match="no results of yours are called others; there are runs"):
        believable(world, store(result()), ["others"])
    with pytest.raises(InputError, match="nothing of yours is a result yet"):
        believable(world, Store())
