"""Which parameter plays which role for a kind of case."""

from itertools import product

import pytest

from ipuwhatif.model.parameters import ARCHITECTURES, OLDER_RELEASES, WORKLOADS, parameter_index
from ipuwhatif.model.roles import ROLES, convergence_group, roles_of

GENERATIONS = {"ipu": ("gc200", "bow"), "gpu": ("a100", "a100-40gb", "v100", "v100-450w")}


@pytest.mark.parametrize(
    ("workload", "architecture", "recipe", "release", "group"),
    [
        ("resnet50", "gpu", "closed", "2019-07", "resnet50/gpu-2019-07"),
        ("resnet50", "gpu", "closed", "2020-07", "resnet50/gpu"),
        ("resnet50", "ipu", "closed", "2019-07", "resnet50/ipu"),
        ("bert-large", "ipu", "open", "2021-12", "bert-large/ipu-open"),
        ("bert-large", "ipu", "closed", "2021-12", "bert-large/ipu"),
        ("bert-large", "gpu", "closed", "2019-07", "bert-large/gpu"),
    ],
)
def test_that_jobs_of_one_kind_share_a_convergence_curve(
    workload: str, architecture: str, recipe: str, release: str, group: str
) -> None:
    assert convergence_group(workload, architecture, recipe, release) == group


def test_that_every_role_of_every_kind_of_case_is_a_parameter() -> None:
    known = parameter_index()
    kinds = product(WORKLOADS, ARCHITECTURES, (*OLDER_RELEASES, "2021-12"), ("closed", "open"), ("sgd", "lars", "lamb"))
    for workload, chip, release, recipe, optimizer in kinds:
        for generation in GENERATIONS[chip]:
            roles = roles_of(workload, chip, generation, release, recipe, optimizer)
            assert tuple(roles) != () and set(roles) == set(ROLES)
            assert set(roles.values()) <= set(known), set(roles.values()) - set(known)


def test_that_every_parameter_of_time_has_a_role() -> None:
    played: set[str] = set()
    kinds = product(WORKLOADS, ARCHITECTURES, (*OLDER_RELEASES, "2021-12"), ("sgd", "lars", "lamb"))
    for workload, chip, release, optimizer in kinds:
        for generation in GENERATIONS[chip]:
            played |= set(roles_of(workload, chip, generation, release, "closed", optimizer).values())
    # Ops play the efficiencies; curves of a group ("/") may be those of reference points.
    elsewhere = {name for name in parameter_index() if name.startswith("efficiency.") or "/" in name}
    assert set(parameter_index()) == played | elsewhere


def test_that_open_and_closed_runs_differ_in_their_floor_only() -> None:
    closed = roles_of("bert-large", "ipu", "gc200", "2021-12", "closed", "lamb")
    open_run = roles_of("bert-large", "ipu", "gc200", "2021-12", "open", "lamb")
    assert {role for role in ROLES if closed[role] != open_run[role]} == {"floor_effect"}


def test_that_an_ipu_overlaps_nothing_and_a_gpu_streams_nothing() -> None:
    ipu = roles_of("resnet50", "ipu", "gc200", "2021-12", "closed", "lars")
    gpu = roles_of("resnet50", "gpu", "a100", "2021-12", "closed", "lars")
    assert (ipu["overlap"], ipu["link_latency"], ipu["graph_launch"]) == ("zero", "zero", "one")
    assert gpu["off_chip_efficiency"] == "one"
