"""What is taken as shown: by entries of the chip, of its architecture, of its physics; by published configurations."""

import pytest

from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.types import STATED, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.shown import ObservedRange, shown_to_work, sums_in_network
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import replace
from tests.model.prior import CATALOG, CENTER
from tests.refusals import refused


def shown(workload: str, system: str, release: str = "2021-12", software: str = "") -> ObservedRange:
    recipe = CATALOG.workloads[workload].recipes[0]
    return shown_to_work(CATALOG, Case(workload, SystemChoice(system, 8), release, recipe, software=software))


def test_that_a_chip_with_entries_goes_as_far_as_they_went() -> None:
    assert shown("resnet50", "ipu-pod").micro_batch == 20
    assert shown("bert-large", "dgx-1").micro_batch == 6  # of the V100 with 16 GB, where one of 32 GB took 64
    assert shown("bert-large", "dgx-a100-40gb").micro_batch < shown("bert-large", "dgx-a100").micro_batch


@pytest.mark.parametrize(
    ("system", "like"), [("dgx-h100", "dgx-a100"), ("bow-pod", "ipu-pod"), ("rtx-2080", "dgx-a100")]
)
def test_that_a_chip_without_entries_has_the_batches_of_its_architecture(system: str, like: str) -> None:
    for workload in ("resnet50", "bert-large"):
        assert shown(workload, system).batches == shown(workload, like).batches
        assert shown(workload, system).micro_batch >= shown(workload, like).micro_batch


def test_that_an_architecture_without_entries_follows_its_physics_without_graphs() -> None:
    cpu, gpu = shown("bert-large", "epyc-7742"), shown("bert-large", "dgx-a100")
    assert cpu.micro_batch >= gpu.micro_batch
    assert cpu.graph_micro_batch == 0 and gpu.graph_micro_batch > 0


@pytest.mark.parametrize("system", sorted(CATALOG.systems))
def test_that_every_job_with_a_network_has_something_shown_on_every_system(system: str) -> None:
    for workload in CATALOG.workloads.values():
        if workload.network and "language" not in workload.traits:
            found = shown(workload.key, system)
            assert 1 <= found.smallest_micro_batch <= found.micro_batch
            assert found.optimizer in OPTIMIZERS
            assert found.published == (workload.kind == STATED)


def test_that_a_published_configuration_is_that_of_the_framework_and_the_chip() -> None:
    assert shown("efficientnet-b4", "dgx-a100", software="pytorch-21.03").micro_batch == 128
    assert shown("efficientnet-b4", "dgx-a100", software="tensorflow2-21.09").micro_batch == 160
    assert shown("efficientnet-b4", "dgx-1", software="pytorch-21.03").micro_batch == 32
    assert shown("efficientnet-b4", "dgx-2h", software="pytorch-21.03").micro_batch == 64
    assert shown("efficientnet-b4", "ipu-pod").stages == 4
    assert shown("gpt2-xl", "tpu-v4") == shown("gpt2-xl", "gaudi") == shown("gpt2-xl", "dgx-a100")


def test_that_a_framework_brings_its_own_micro_batch_to_a_job_with_entries() -> None:
    plain, framed = shown("resnet50", "dgx-1"), shown("resnet50", "dgx-1", software="mxnet-20.12")
    assert (framed.micro_batch, framed.optimizer) == (192, "sgd")
    assert framed == replace(plain, micro_batch=192, optimizer="sgd", smallest_micro_batch=plain.smallest_micro_batch)


def test_that_evidence_without_entries_of_the_physics_is_refused_in_words() -> None:
    on_gpus = tuple(
        entry for entry in CATALOG.official if entry.choice and CATALOG.chip_of(entry.choice).architecture != "ipu"
    )
    left = replace(CATALOG, official=on_gpus, evidence_hash="without IPUs")
    case = Case("bert-large", SystemChoice("ipu-pod", 64), "2021-12", "closed")
    with refused("no entry shows how bert-large is laid out on a chip such as gc200"):
        shown_to_work(left, case)


def test_that_switches_sum_on_systems_whose_entries_have_let_them() -> None:
    shared = SharedCatalog(CATALOG)
    asked = (("dgx-a100", "2020-07"), ("dgx-a100", "2021-06"), ("dgx-h100", "2023-06"), ("gb200-nvl72", "2025-06"))
    assert [sums_in_network(shared, *each) for each in asked] == [False, True, True, False]


@pytest.mark.parametrize(
    ("system", "chips", "summed"), [("dgx-a100", 8, 0), ("dgx-a100", 1024, 1), ("ipu-pod", 256, 0)]
)
def test_that_a_searched_layout_lets_them_sum_where_there_are_machines_to_join(system, chips, summed) -> None:
    for workload in ("resnet50", "bert-large"):
        case = Case(workload, SystemChoice(system, chips), "2021-12", "closed")
        assert choose_layouts(CATALOG, [case], CENTER)[0].in_network == bool(summed)


def test_that_the_configuration_of_an_entry_says_whether_they_sum() -> None:
    told = {entry.key: entry.layout.in_network for entry in CATALOG.official if entry.layout is not None}
    assert told["v1.1/NVIDIA/dgxa100_n128_ngc21.09_mxnet/resnet/closed"]
    assert not told["v1.1/NVIDIA/dgxa100_n8_ngc21.09_mxnet/resnet/closed"]
    assert not told["v5.0/NVIDIA/tyche_ngpu512_ngc25.04_pytorch/bert/closed"]
