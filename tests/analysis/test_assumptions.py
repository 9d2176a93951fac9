"""The assumptions behind a projection: every parameter that acts belongs to one of them."""

import pytest

from ipuwhatif.analysis.assumptions import GROUPS, group_names, groups_of
from ipuwhatif.analysis.fitted import inputs_behind
from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.parameters import parameters
from ipuwhatif.model.roles import ROLES


def test_that_every_role_of_the_model_belongs_to_one_group() -> None:
    assert sorted(role for roles in GROUPS.values() for role in roles) == sorted(ROLES)


def test_that_every_group_has_a_name() -> None:
    assert set(GROUPS) <= set(group_names())


@pytest.mark.parametrize("workload", ["resnet50", "bert-large"])
@pytest.mark.parametrize(("system", "chips"), [("ipu-pod", 64), ("bow-pod", 64), ("dgx-a100", 8)])
def test_that_the_groups_of_a_job_hold_all_parameters_it_uses(
    world: World, workload: str, system: str, chips: int
) -> None:
    projection = project(world, Case(workload, SystemChoice(system, chips), "2022-06", "closed"))
    inputs = inputs_behind(world, projection)
    used = {int(columns[0]) for columns in inputs.role.values()} | set(inputs.op_efficiency.ravel().tolist())
    grouped = [column for columns in groups_of(inputs).values() for column in columns]
    assert sorted(grouped) == sorted(column for column in used if column < len(parameters()))
