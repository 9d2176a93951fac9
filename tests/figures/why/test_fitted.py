from ipuwhatif.analysis.solving.point import project_point
from ipuwhatif.analysis.uncertainty.fitted import fitted_of
from ipuwhatif.analysis.world import load_world
from ipuwhatif.figures.why.fitted import fitted_section
from ipuwhatif.scenario.scenario import FIRST_START


def test_that_parameters_show_value_draws_effect_and_what_tells_them() -> None:
    world = load_world()
    section = fitted_section(fitted_of(world, project_point(world, FIRST_START, "ipu-pod", 16)))
    rows = {row.name: row for row in section.rows}
    convolutions = rows["Efficiency of dense convolutions"]
    assert convolutions.value.endswith(" %")
    assert convolutions.detail.startswith("80 % of the draws from ") and "moves the time by" in convolutions.detail
    assert convolutions.detail.endswith("told by the evidence")
    assert "hardly told by the evidence: collectives on the 2D torus" in rows["Link efficiency"].detail
