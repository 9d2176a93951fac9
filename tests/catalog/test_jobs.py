"""Workloads: with a target, with an amount of work that the user states, and with nothing but a stated ratio."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ipuwhatif.catalog.datum import DERIVED
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.catalog.types import RELATIVE, STATED, TARGET, Catalog
from ipuwhatif.networks.library import MPT_SIZES
from ipuwhatif.units import InputError, told

Rows = Callable[[str], list[dict[str, str]]]
ORDER_BOOK = ("lob-mlp", "lob-cnn", "lob-lstm", "deeplob", "deeplob-seq2seq", "deeplob-attention")


def test_that_every_workload_of_the_design_is_there(catalog: Catalog) -> None:
    kinds = {
        kind: [key for key, job in catalog.workloads.items() if job.kind == kind] for kind in (TARGET, STATED, RELATIVE)
    }
    assert kinds[TARGET] == ["resnet50", "bert-large", "llama2-70b-lora", "llama31-405b", "gpt3-175b"]
    assert kinds[STATED] == [
        "resnet50-dp", "efficientnet-b4", "efficientnet-b4-g16", "vit-b16", "bert-large-128", "bert-large-512",
        "llama31-8b", "llama31-70b", "transformer", *(f"mpt-{size}" for size in MPT_SIZES),
        "gpt2-small", "gpt2-medium", "gpt2-large", "gpt2-xl", *ORDER_BOOK, "hmc",
        "weather-emulator",
    ]  # fmt: skip
    assert kinds[RELATIVE] == ["insurance", "weather"]


@pytest.mark.parametrize(
    ("key", "epochs"),
    [("resnet50-dp", 100), ("efficientnet-b4", 350), ("efficientnet-b4-g16", 350), ("vit-b16", 300)]
    + [(key, 200) for key in ORDER_BOOK],
)
def test_that_the_default_amount_of_work_is_whole_epochs_and_says_so(catalog: Catalog, key: str, epochs: int) -> None:
    data = catalog.workloads[key].data
    assert data["default_samples"].value == epochs * data["dataset_samples"].value > 0
    assert told(data["default_samples"].origin.note).startswith(f"{epochs} epochs of ")
    assert data["default_samples"].origin.kind == DERIVED
    assert data["evaluation_samples"].value == 0


def test_that_an_assumed_amount_of_work_is_called_one(catalog: Catalog) -> None:
    assumed = {
        key
        for key, job in catalog.workloads.items()
        if job.kind == STATED and "an assumption" in told(job.data["default_samples"].origin.note)
    }
    sourced = {"resnet50-dp", "hmc", *ORDER_BOOK}
    assert assumed == {key for key, job in catalog.workloads.items() if job.kind == STATED} - sourced


def test_that_images_and_windows_are_those_of_the_evidence(catalog: Catalog, evidence_rows: Rows) -> None:
    jobs = catalog.workloads
    images = jobs["resnet50"].data["dataset_samples"].value
    assert {
        jobs[key].data["dataset_samples"].value
        for key in ("resnet50-dp", "efficientnet-b4", "efficientnet-b4-g16", "vit-b16")
    } == {images}
    windows = {row["variant"] for row in evidence_rows("published_results_to_2021.csv") if row["model"] == "DeepLOB"}
    assert windows == {"105347 params"}
    assert {jobs[key].data["dataset_samples"].value for key in ORDER_BOOK} == {254_701}


def test_that_gpt2_defaults_to_ten_billion_tokens(catalog: Catalog) -> None:
    for size in ("small", "medium", "large", "xl"):
        job = catalog.workloads[f"gpt2-{size}"]
        assert job.tokens_per_sample == 1024
        assert job.data["default_samples"].value * job.tokens_per_sample == 10e9


def test_that_a_network_has_the_key_of_its_workload(catalog: Catalog) -> None:
    for key, job in catalog.workloads.items():
        assert job.network == ("" if job.kind == RELATIVE else key)
        assert bool(job.benchmark) == bool(job.target) == (job.kind == TARGET)
        assert job.sector in ("vision", "language", "finance", "insurance", "weather")
        assert bool(job.sample_word) == (job.kind != RELATIVE)


def test_that_a_relative_workload_has_the_stated_ratios_with_their_origin(catalog: Catalog) -> None:
    claims = {claim.key: claim for claim in catalog.claims}
    statements = {
        key: [(item.key, item.baseline, item.ratio) for item in catalog.workloads[key].statements]
        for key in ("insurance", "weather")
    }
    assert statements == {
        "insurance": [("insurance-5x", "GPU", 5)],
        "weather": [
            ("weather-europe-cpu", "CPU", 50),
            ("weather-europe-gpu", "GPU", 5),
            ("weather-china-cpu", "CPU", 60),
        ],
    }
    for job in catalog.workloads.values():
        assert bool(job.statements) == (job.kind == RELATIVE)
        assert all(item.origin == claims[item.key].origin for item in job.statements)


def test_that_frameworks_are_those_of_the_published_software(catalog: Catalog) -> None:
    known = {software.framework for software in catalog.software.values()}
    for job in catalog.workloads.values():
        assert set(job.frameworks) <= known
    assert catalog.workloads["efficientnet-b4"].frameworks == ("tensorflow2", "pytorch")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"kind": "stated"', '"kind": "said"', "resnet50-dp]: kind 'said' is unknown; nearest: stated"),
        ('"claim": "insurance-5x"', '"claim": "insurance-5"', "claim 'insurance-5' is unknown; nearest: insurance-5x"),
        ('"claim": "insurance-5x"', '"claim": "bert-gain-pod16"', "claim 'bert-gain-pod16' is no ratio"),
        ('"default_samples": {', '"target_quality": {', "attribute 'target_quality' is unknown"),
        ('"sector": "vision"', '"sector": ""', "'sector' is not a text"),
        ('"tokens_per_sample": 1024', '"tokens_per_sample": 0', "gpt2-small]: key 'tokens_per_sample' is not a whole"),
    ],
)
def test_that_a_damaged_workload_is_refused(copied: Path, old: str, new: str, named: str) -> None:
    path = copied / "catalog" / "workloads.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(copied)
    assert named in str(caught.value)


def test_that_nothing_but_bert_on_ipus_and_on_gaudis_of_v1_1_is_packed(catalog: Catalog) -> None:
    releases, architectures = sorted(catalog.releases), {chip.architecture for chip in catalog.chips.values()}
    packed = {
        (job.key, architecture, release)
        for job in catalog.workloads.values()
        for architecture in architectures
        for release in releases
        if job.samples_per_pack(architecture, release) != 1.0
    }
    assert {each for each in packed if each[1] == "ipu"} == {("bert-large", "ipu", release) for release in releases}
    assert {each for each in packed if each[1] != "ipu"} == {
        ("bert-large", "gaudi", release) for release in releases if release >= "2021-12"
    }


def test_that_logs_that_count_packs_are_told_in_samples(catalog: Catalog) -> None:
    (entry,) = (each for each in catalog.official if each.key == "v1.1/Intel-HabanaLabs/HLS-1H-N16/bert/closed")
    assert (entry.per_count, entry.global_batch, entry.samples_to_target) == (2.0, 2 * 3072, 2 * 1751040.0)
    assert entry.layout is not None
    assert (entry.layout.replicas, entry.layout.micro_batch, entry.layout.gradient_accumulation) == (64, 24, 2)
    # From v2.0 on the logs count sequences, in as many steps of as many packs as before.
    (later,) = (each for each in catalog.official if each.key == "v2.0/Intel-HabanaLabs/HLS-1H-N32/bert/closed")
    assert (later.per_count, later.global_batch, later.samples_to_target) == (1.0, 2 * 3072, 2 * 1751040.0)
    assert later.layout is not None
    assert (later.layout.replicas, later.layout.micro_batch, later.layout.samples_per_pack) == (128, 24, 2.0)
    others = {each.submitter for each in catalog.official if each.per_count != 1.0}
    assert others == {"Intel-HabanaLabs"}
