"""One function a command: ask the question, print the answer as text or JSON, return the exit code.

Everything heavy is imported inside the command that needs it, so that `list` starts at once and only
the app and pictures load Qt.
"""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli import console, opening
from ipuwhatif.cli.options import figure_writer
from ipuwhatif.cli.own import own_results
from ipuwhatif.texts import tr
from ipuwhatif.units import Said, printable, told

if TYPE_CHECKING:
    from ipuwhatif.catalog.types import Catalog

LISTS = ("workloads", "systems", "releases", "software", "levers")


def open_window(command: argparse.Namespace) -> int:
    return opening.open_window(command.smoke, None if command.file is None else Path(command.file))


def list_kind(command: argparse.Namespace) -> int:
    from ipuwhatif.cli import as_json, text
    from ipuwhatif.importers.mine import my_catalog
    from ipuwhatif.scenario.levers import load_levers

    answers: dict[str, tuple[Callable[[], str], Callable[[], Any]]] = {
        "workloads": (lambda: text.workloads_text(my_catalog()), lambda: as_json.workloads_json(my_catalog())),
        "systems": (lambda: text.systems_text(my_catalog()), lambda: as_json.systems_json(my_catalog())),
        "releases": (lambda: text.releases_text(my_catalog()), lambda: as_json.releases_json(my_catalog())),
        "software": (lambda: text.software_text(my_catalog()), lambda: as_json.software_json(my_catalog())),
        "levers": (lambda: text.levers_text(load_levers()), lambda: as_json.levers_json(load_levers())),
    }
    return console.answer(command.json, *answers[command.kind])


def project(command: argparse.Namespace) -> int:
    from ipuwhatif.cli.questions import scenarios
    from ipuwhatif.importers.mine import my_catalog

    catalog = my_catalog()
    return _relative(command, catalog) if scenarios.is_relative(command, catalog) else _projection(command)


def _relative(command: argparse.Namespace, catalog: "Catalog") -> int:
    """A job that is known by a stated ratio only: the user's own time over that ratio."""
    from ipuwhatif.analysis.relative import relative
    from ipuwhatif.cli import as_json, text
    from ipuwhatif.cli.questions import scenarios
    from ipuwhatif.figures.statement import statement_card

    scenario = scenarios.relative_scenario(command, catalog)
    answer = relative(catalog, scenario)
    card = statement_card(answer)
    return console.answer(
        command.json, lambda: text.statement_text(card), lambda: as_json.relative_json(answer, scenario, card)
    )


def _projection(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.project import project as project_case
    from ipuwhatif.analysis.results import Comparison
    from ipuwhatif.analysis.solving.own_site import learning
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli import as_json, text
    from ipuwhatif.cli.questions import scenarios
    from ipuwhatif.figures.compare.compare import compare_figure
    from ipuwhatif.figures.phrasing import projection_key
    from ipuwhatif.scenario.moved_levers import moved_levers
    from ipuwhatif.scenario.own_edits import learnt_from

    world = load_world()
    scenario, case = scenarios.projection_case(command, world.catalog)
    projection = project_case(learning(world, scenario), case)
    moved: tuple[Said, ...] = (
        *moved_levers(scenario, world.levers, world.catalog),
        *learnt_from(scenario, world.catalog),
    )

    def as_text() -> str:
        # headline, footnotes and sources of one system are those of a comparison with nothing else in it
        figure = compare_figure(Comparison((projection,), None, 0, moved), scenario)
        return text.projection_text(figure, projection_key(projection.choice), moved)

    return console.answer(
        command.json,
        as_text,
        lambda: {**as_json.projection_json(projection, world.catalog), "settings": [told(each) for each in moved]},
    )


def compare(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.compare import compare as compare_systems
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli import as_json
    from ipuwhatif.cli.questions import scenarios
    from ipuwhatif.cli.questions.prices import with_costs
    from ipuwhatif.export.terminal import table_text
    from ipuwhatif.export.ways import scaled_ways
    from ipuwhatif.figures.compare.compare import compare_figure

    write = None if command.output is None else figure_writer(command)
    world = load_world()
    scenario = with_costs(command, scenarios.comparison_scenario(command, world.catalog), world.catalog)
    scenario = own_results.with_own_marks(scenario, world.catalog) if command.own else scenario
    comparison = compare_systems(world, scenario)
    figure = compare_figure(comparison, scenario)
    ways = partial(scaled_ways, "compare", figure, lambda scale: compare_figure(comparison, scenario, scale=scale))
    written = () if write is None else write(figure, scenario, comparison.projections, ways)

    def as_text() -> str:
        return "\n".join((table_text(figure), *(tr("Written: {path}", path=printable(path)) for path in written)))

    return console.answer(
        command.json, as_text, lambda: as_json.comparison_json(comparison, scenario, figure, world.catalog)
    )


def scaling(command: argparse.Namespace) -> int:
    from ipuwhatif.analysis.scaling import scaling as scale_systems
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli import as_json
    from ipuwhatif.cli.questions import scenarios
    from ipuwhatif.export.terminal import table_text
    from ipuwhatif.export.ways import scaled_ways
    from ipuwhatif.figures.scaling.scaling import scaling_figure

    write = None if command.output is None else figure_writer(command)
    world = load_world()
    scenario = scenarios.scaling_scenario(command, world.catalog)
    scenario = own_results.with_own_marks(scenario, world.catalog) if command.own else scenario
    curves = scale_systems(world, scenario, command.low, command.high)
    figure = scaling_figure(curves, scenario)
    ways = partial(scaled_ways, "scaling", figure, lambda scale: scaling_figure(curves, scenario, scale=scale))
    written = () if write is None else write(figure, scenario, ways=ways)

    def as_text() -> str:
        return "\n".join((table_text(figure), *(tr("Written: {path}", path=printable(path)) for path in written)))

    return console.answer(command.json, as_text, lambda: as_json.scaling_json(curves, scenario, figure))
