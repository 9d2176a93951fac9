"""The assumptions behind a projection: every parameter that acts belongs to one of them."""

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.uncertainty.assumptions import GROUPS, groups_of
from ipuwhatif.analysis.uncertainty.fitted import inputs_behind
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.figures.why.parameter_names import group_names
from ipuwhatif.model.case import Case
from ipuwhatif.model.parameters import parameters
from ipuwhatif.model.roles.names import ROLES


def test_that_every_role_of_the_model_belongs_to_one_group_that_has_a_name() -> None:
    assert sorted(role for roles in GROUPS.values() for role in roles) == sorted(ROLES)
    assert list(group_names()) == list(GROUPS)


@pytest.mark.parametrize("workload", ["resnet50", "bert-large"])
@pytest.mark.parametrize(("system", "chips"), [("ipu-pod", 64), ("bow-pod", 64), ("dgx-a100", 8)])
def test_that_the_groups_of_a_vision_or_text_job_hold_all_parameters_it_uses(
    world: World, workload: str, system: str, chips: int
) -> None:
    projection = project(world, Case(workload, SystemChoice(system, chips), "2022-06", "closed"))
    inputs = inputs_behind(world, projection)
    used = {int(columns[0]) for columns in inputs.role.values()} | set(inputs.op_efficiency.ravel().tolist())
    grouped = [column for columns in groups_of(inputs).values() for column in columns]
    assert sorted(grouped) == sorted(column for column in used if column < len(parameters()))


@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "llama2-70b-lora", "llama31-8b"])
def test_that_the_groups_of_a_job_hold_all_parameters_it_uses(world: World, workload: str) -> None:
    recipe = world.catalog.workloads[workload].recipes[0]
    projection = project(world, Case(workload, SystemChoice("dgx-h100", 8), "2023-11", recipe))
    inputs = inputs_behind(world, projection)
    used = {int(columns[0]) for columns in inputs.role.values()} | set(inputs.op_efficiency.ravel().tolist())
    grouped = [column for columns in groups_of(inputs).values() for column in columns]
    assert sorted(grouped) == sorted(column for column in used if column < len(parameters()))
