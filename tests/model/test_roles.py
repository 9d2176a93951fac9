"""Which parameter plays which role for a kind of case."""

from collections.abc import Iterator

import pytest

from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.priors.priors import OPTIMIZERS
from ipuwhatif.catalog.stacks import SOFTWARE_CLASSES, Software
from ipuwhatif.catalog.types import RELATIVE, STATED
from ipuwhatif.model.parameters import known, parameter_index
from ipuwhatif.model.roles.convergence import convergence_curve
from ipuwhatif.model.roles.kinds import stack_of
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.model.roles.names import ROLES
from ipuwhatif.model.roles.roles import roles_of
from ipuwhatif.model.roles.software import software_of
from ipuwhatif.model.rounds import told_by
from tests.model.prior import CATALOG

JOBS = {key: workload for key, workload in CATALOG.workloads.items() if workload.kind != RELATIVE}
EFFECTS = ("micro_effect", "step_effect", "start_up_effect")


def roles(
    workload: str = "resnet50",
    system: str = "dgx-a100",
    release: str = "2021-12",
    recipe: str = "closed",
    optimizer: str = "lars",
    software: str = "",
) -> dict[str, str]:
    """Roles of a kind of case by keys of the catalog, with the software that it runs."""
    job, machine = CATALOG.workloads[workload], CATALOG.systems[system]
    chip = CATALOG.chips[machine.chip]
    runs = software_of(CATALOG, job, chip.architecture, release, software)
    return roles_of(job, chip, machine, release, recipe, optimizer, runs, told_by(CATALOG, job, chip, release))


def kinds() -> Iterator[dict[str, str]]:
    for key, job in JOBS.items():
        for system in CATALOG.systems:
            for release in CATALOG.releases:
                for recipe in job.recipes:
                    for optimizer in OPTIMIZERS:
                        yield roles(key, system, release, recipe, optimizer)
    for software in CATALOG.software.values():
        for system in ("dgx-a100", "dgx-h100"):
            if not software.of_language:
                yield roles("efficientnet-b4", system, recipe="stated", software=software.key)
                yield roles("gpt2-small", system, recipe="stated", software=software.key)
            if software.of_language or software.framework in SOFTWARE_CLASSES:
                yield roles("llama31-8b", system, recipe="stated", software=software.key)


@pytest.mark.parametrize(
    ("workload", "chip", "recipe", "release", "group"),
    [
        ("resnet50", "v100-sxm2-16gb", "closed", "2019-07", "resnet50/gpu-2019-07"),
        ("resnet50", "a100-80gb", "closed", "2020-07", "resnet50/gpu"),
        ("resnet50", "gc200", "closed", "2019-07", "resnet50/ipu"),
        ("bert-large", "gc200", "open", "2021-12", "bert-large/ipu-open"),
        ("bert-large", "a100-80gb", "open", "2021-12", "bert-large/ipu-open"),
        ("bert-large", "gc200", "closed", "2021-12", "bert-large/ipu"),
        ("bert-large", "v100-sxm2-16gb", "closed", "2019-07", "bert-large/gpu"),
        ("bert-large", "a100-80gb", "closed", "2022-06", "bert-large/gpu"),
        ("bert-large", "h100-sxm", "closed", "2019-07", "bert-large/gpu-2022-11"),  # it never ran older recipes
        ("bert-large", "a30", "closed", "2022-06", "bert-large/a30"),
        ("bert-large", "a30", "closed", "2023-11", "bert-large/a30"),
        ("resnet50", "a30", "closed", "2023-11", "resnet50/gpu"),
        ("resnet50", "tpu-v3", "closed", "2021-06", "resnet50/tpu"),
        ("resnet50", "epyc-7742", "closed", "2019-07", "resnet50/tpu"),
        ("bert-large", "gaudi", "closed", "2021-12", "bert-large/reference"),
    ],
)
def test_that_jobs_of_one_kind_share_a_convergence_curve(
    workload: str, chip: str, recipe: str, release: str, group: str
) -> None:
    assert convergence_curve(workload, CATALOG.chips[chip], recipe, release).key == group


def test_that_every_role_of_every_kind_of_case_is_a_parameter() -> None:
    there = set(parameter_index())
    for found in kinds():
        assert set(found) == set(ROLES)
        assert set(found.values()) <= there, set(found.values()) - there


def test_that_every_parameter_has_a_role() -> None:
    played = {name for found in kinds() for name in found.values()}
    # Ops play the efficiencies, entries the submitters, numbers of chips the rows near by.
    elsewhere = {
        name
        for name in parameter_index()
        if name.startswith(("efficiency.", "unaligned_efficiency.", "submitter_effect.", "language_near."))
    }
    idle = set(parameter_index()) - played - elsewhere
    assert {name for name in idle if not _of_no_entry(name)} <= {
        "recipe_effect.resnet50/gpu.2019-07",
        *(name for name in idle if name.startswith("recipe_effect.bert-large/gpu.") and name[-7:] >= "2022-11"),
    }  # another curve
    others = {each.key for each in known().submitters.values() if not each.vendor}
    assert {name.removeprefix("submitter_effect.") for name in elsewhere if "submitter" in name} == others


def _of_no_entry(name: str) -> bool:
    """Whether a parameter is of a release that no entry of its stack and workload is of: another tells of that one."""
    _, *run, release = name.split(".")
    if not run or release not in CATALOG.releases:
        return False
    stack, workload = run if len(run) == 2 else reversed(run[0].removesuffix("-open").split("/"))
    return (stack, workload, release) not in {
        (stack_of(CATALOG.chip_of(entry.choice).architecture), entry.workload, entry.release)
        for entry in CATALOG.official
        if usable(entry) and entry.choice is not None
    }


def test_that_open_and_closed_runs_differ_in_their_floor_only() -> None:
    closed = roles("bert-large", "ipu-pod", optimizer="lamb")
    open_run = roles("bert-large", "ipu-pod", recipe="open", optimizer="lamb")
    assert {role for role in ROLES if closed[role] != open_run[role]} == {"floor_effect"}


def test_that_an_ipu_overlaps_nothing_and_a_gpu_streams_nothing() -> None:
    ipu, gpu = roles(system="ipu-pod"), roles()
    assert (ipu["overlap"], ipu["link_latency"], ipu["graph_launch"]) == ("zero", "zero", "one")
    assert gpu["off_chip_efficiency"] == "one"


def test_that_a_release_of_entries_drifts_and_departs_and_the_latest_does_not_depart() -> None:
    latest, older, next_one = roles(), roles(release="2020-07"), roles(release="2022-06")
    for found in (latest, older, next_one):
        assert (found["drift"], found["step_drift"]) == ("drift.gpu", "step_drift.gpu")
    for role in EFFECTS:
        assert latest[role] == "one"
        assert older[role] == f"{role}.gpu.resnet50.2020-07"
        assert next_one[role] == f"{role}.gpu.resnet50.2022-06"
    assert latest["recipe_effect"] == "one"
    assert next_one["recipe_effect"] == "recipe_effect.resnet50/gpu.2022-06"


def test_that_published_software_replaces_drift_and_departures_and_has_its_own_effect() -> None:
    for release in CATALOG.releases:
        found = roles("efficientnet-b4", release=release, recipe="stated", software="pytorch-21.03")
        assert found["software_effect"] == "software_effect.pytorch-21.03"
        assert {found[role] for role in ("drift", "step_drift", *EFFECTS)} == {"one"}
    entry = roles("resnet50", release="2020-07", software="mxnet-20.12")
    assert entry["software_effect"] == "software_effect.mxnet-20.12"
    assert {entry[role] for role in ("drift", "step_drift", *EFFECTS)} == {"one"}
    assert roles()["software_effect"] == "one"


def test_that_a_job_runs_the_newest_of_its_framework_that_a_release_can_know() -> None:
    job = CATALOG.workloads["efficientnet-b4"]

    def key(release: str, software: str = "", architecture: str = "gpu") -> str:
        found: Software | None = software_of(CATALOG, job, architecture, release, software)
        return "" if found is None else found.key

    assert job.frameworks[0] == "tensorflow2"
    assert key("2021-12") == key("2022-06") == "tensorflow2-21.09"
    assert key("2021-06") == "tensorflow2-21.02"
    assert key("2019-07") == "tensorflow2-21.02"  # none is that old: the oldest
    assert key("2019-07", "pytorch-21.11") == "pytorch-21.11"
    assert key("2021-12", architecture="ipu") == key("2021-12", "pytorch-21.11", "ipu") == ""


def test_that_jobs_of_entries_run_what_the_entries_ran_unless_told_otherwise() -> None:
    job = CATALOG.workloads["resnet50"]
    assert software_of(CATALOG, job, "gpu", "2021-12", "") is None
    assert software_of(CATALOG, job, "gpu", "2021-12", "mxnet-20.12") == CATALOG.software["mxnet-20.12"]


def test_that_jobs_without_entries_drift_and_do_not_depart() -> None:
    for key, job in JOBS.items():
        if job.kind == STATED and not is_language_model(job):
            found = roles(key, "ipu-pod", "2021-06", "stated")
            assert found["drift"] == "drift.ipu" and {found[role] for role in EFFECTS} == {"one"}
            assert {found[role] for role in ROLES[ROLES.index("slope") :]} == {"one"}
            assert found["start_up"] == "start_up.ipu.resnet50"


@pytest.mark.parametrize(
    ("workload", "system", "chip_effect", "matmul_effect"),
    [
        ("resnet50", "dgx-a100", "one", "one"),
        ("bert-large", "ipu-pod", "one", "one"),
        ("resnet50", "dgx-1", "chip_effect.v100", "one"),
        ("bert-large", "dgx-1", "chip_effect.v100", "matmul_effect.v100"),
        ("gpt2-small", "bow-pod", "chip_effect.bow", "matmul_effect.bow"),
        ("vit-b16", "rtx-2080", "chip_effect.rtx-2080", "matmul_effect.rtx-2080"),
        ("efficientnet-b4", "tpu-v4", "chip_effect.tpu-v4", "one"),
        ("deeplob-attention", "rtx-2080", "chip_effect.rtx-2080", "one"),
    ],
)
def test_that_a_chip_has_its_effect_and_transformers_one_more_for_matrix_products(
    workload: str, system: str, chip_effect: str, matmul_effect: str
) -> None:
    found = roles(workload, system, recipe=CATALOG.workloads[workload].recipes[0])
    assert (found["chip_effect"], found["matmul_effect"]) == (chip_effect, matmul_effect)


@pytest.mark.parametrize(
    ("system", "parameter"),
    [
        ("ipu-pod", "ipu"),
        ("bow-pod", "ipu"),
        ("dgx-a100", "gpu"),
        ("hgx-v100", "gpu"),
        ("pcie-a100-40gb-bridge", "bridge"),
        ("rtx-2080", "pcie"),
        ("pcie-a100-80gb", "pcie"),
        ("switched-a100-80gb", "pcie-switch"),
        ("tpu-v4", "ici"),
        ("gaudi", "other"),
        ("epyc-7742", "other"),
    ],
)
def test_that_the_class_of_the_links_chooses_their_efficiency(system: str, parameter: str) -> None:
    assert roles(system=system)["link_efficiency"] == f"link_efficiency.{parameter}"


def test_that_servers_of_others_have_a_network_latency_of_their_own() -> None:
    for key, system in CATALOG.systems.items():
        latency = roles(system=key)["network_latency"]
        if system.network_class != "ndr":  # of later adapters one latency is known, whoever built the server
            assert (latency == "network_latency.servers") == (not system.listed), key
    assert roles()["network_latency"] == "network_latency.gpu"
    assert roles(system="ipu-pod")["network_latency"] == "network_latency.ipu"
    assert roles(system="tpu-v4")["network_latency"] == "network_latency.other"


def test_that_only_finance_on_other_chips_than_ipus_launches_slowly_and_waits_for_no_host() -> None:
    gpu, ipu = roles("deeplob", "rtx-2080", recipe="stated"), roles("deeplob", "ipu-pod", recipe="stated")
    assert (gpu["launch_effect"], gpu["step_fixed"]) == ("small_step_launch.gpu", "zero")
    assert (ipu["launch_effect"], ipu["step_fixed"]) == ("one", "small_step_fixed.ipu")
    assert (roles()["launch_effect"], roles()["step_fixed"]) == ("one", "step_fixed.gpu")
    assert roles("efficientnet-b4", recipe="stated")["launch_effect"] == "one"


def test_that_chips_behind_caches_launch_as_gpus_do() -> None:
    launches = {roles(system=system)["launch"] for system in ("dgx-a100", "tpu-v4", "gaudi", "epyc-7742")}
    assert launches == {"launch.gpu"}
    assert roles(system="ipu-pod")["launch"] == roles(system="bow-pod")["launch"] == "launch.ipu"


def test_that_joining_is_shared_over_workloads_and_start_up_is_not() -> None:
    for system, stack in (("ipu-pod", "ipu"), ("dgx-a100", "gpu"), ("tpu-v4", "other")):
        found = [roles(workload, system) for workload in ("resnet50", "bert-large")]
        assert [each["joining"] for each in found] == [f"joining.{stack}"] * 2
        assert [each["joining_growth"] for each in found] == [f"joining_growth.{stack}"] * 2
        starts = [each["start_up"] for each in found]
        assert starts == [f"start_up.{stack}.resnet50", f"start_up.{stack}.bert-large"]


def test_that_a_submitter_has_no_effect_on_a_question() -> None:
    assert {found["submitter_effect"] for found in kinds()} == {"one"}


@pytest.mark.parametrize("system", ["tpu-v3", "tpu-v4", "tpu-v5e", "tpu-v5p", "tpu-v6e"])
def test_that_compiled_programs_hide_their_traffic_and_evaluate_in_their_own_way(system: str) -> None:
    entered, stated = roles("gpt3-175b", system, "2024-11"), roles("llama31-8b", system, recipe="stated")
    for found in (entered, stated):
        assert found["language_chip"] == f"language_chip.{system}"
        assert found["tensor_exposed"] == "tensor_exposed.language.compiled"
        assert found["sharded_exposed"] == "sharded_exposed.language.compiled"
        assert found["language_class"] == "one"  # no software is named on TPUs
    assert (entered["evaluation"], stated["evaluation"]) == ("evaluation.language.compiled", "zero")


def test_that_a_chip_whose_best_product_is_unknown_may_reach_more_or_less_in_language_models() -> None:
    spread = {prior.name: prior.spread for prior in known().parameters}
    wide = [key for key in CATALOG.chips if key.startswith("tpu")]
    assert {spread[f"language_chip.{key}"] for key in wide} == {0.2}
    assert spread["language_chip.h100"] == 0.1
