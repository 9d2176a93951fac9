"""From keywords to the command line's own question, and from its answer to columns of numbers."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipuwhatif.analysis.compare import compare as compare_systems
from ipuwhatif.analysis.evidence import WORKLOAD
from ipuwhatif.analysis.evidence import evidence as evidence_on
from ipuwhatif.analysis.results import Projection, Quantity, ScalingCurve
from ipuwhatif.analysis.scaling import scaling as scale_systems
from ipuwhatif.analysis.world import load_world
from ipuwhatif.api.answer import Answer, Column
from ipuwhatif.cli.arguments import parse
from ipuwhatif.cli.evidence import evidence_scenario
from ipuwhatif.cli.questions.prices import with_costs
from ipuwhatif.cli.questions.scenarios import comparison_scenario, scaling_scenario
from ipuwhatif.figures.compare.compare import compare_figure
from ipuwhatif.figures.evidence.evidence import evidence_figure
from ipuwhatif.figures.scaling.scaling import scaling_figure
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError

if TYPE_CHECKING:
    from ipuwhatif.api.plans import Plans

Progress = Callable[[int, int], None]
#: What an option may be given as; True sets one that takes no value, None leaves it out.
Option = str | float | bool | Sequence[str] | None
#: Options that say what a command prints or writes, not what is asked.
_OF_THE_COMMAND_LINE = ("output", "json", "theme", "dpi", "scope")
_QUANTITIES = {"time_to_train": "s", "throughput": "samples/s", "samples_to_target": "samples"}


def compare(
    workload: str,
    systems: str | Iterable[str],
    *,
    levers: Mapping[str, str | float] | None = None,
    **options: Option,
) -> Answer:
    """Several systems on one workload: `compare("resnet50", ["ipu-pod64", "dgx-a100"], release="2021-12")`.

    levers: what `--set` takes, by key: {"ipu.compute_gain": 1.3}. options: those of `ipuwhatif compare`, such as
    release, recipe, layout, reference, price, tokens, stack. Columns: medians and 80 % intervals in base units,
    official scores as published, and on what each projection stands. InputError as on the command line.
    """
    command = _command("compare", workload, systems, levers, options)
    world = load_world()
    scenario = with_costs(command, comparison_scenario(command, world.catalog), world.catalog)
    comparison = compare_systems(world, scenario)
    columns, units = _projected(comparison.projections)
    return Answer(compare_figure(comparison, scenario), columns, units, scenario, comparison.projections)


def scaling(
    workload: str,
    systems: str | Iterable[str],
    first: int = 16,
    last: int = 1024,
    *,
    levers: Mapping[str, str | float] | None = None,
    **options: Option,
) -> Answer:
    """Time-to-train from `first` to `last` chips: `scaling("bert-large", ["ipu-pod", "dgx-a100"])`, a row a point.

    levers and options as in `compare`. InputError as on the command line.
    """
    command = _command("scaling", workload, systems, levers, {**options, "from": first, "to": last})
    world = load_world()
    scenario = scaling_scenario(command, world.catalog)
    curves = scale_systems(world, scenario, command.low, command.high)
    points = [(curve, row) for curve in curves.curves for row in range(len(curve.chips))]
    columns: dict[str, Column] = {
        "system": [curve.system for curve, _ in points],
        "chips": [curve.chips[row] for curve, row in points],
        **_ends("time_to_train", [_point(curve, row) for curve, row in points]),
        "inside_the_data": [curve.calibrated[row] for curve, row in points],
        "beyond": [", ".join(curve.beyond[row]) for curve, row in points],
        "global_batch": [curve.layouts[row].global_batch for curve, row in points],
    }
    return Answer(scaling_figure(curves, scenario), columns, _units(columns), scenario)


def evidence(workload: str, **options: Option) -> Answer:
    """Every official entry and published figure on a job, as printed, with the model's in-sample answer beside it.

    options: those of `ipuwhatif evidence` but scope and its filters. `unit` says what `value` and `model` are in;
    `model` is missing where the model does not learn from a row, and `left_out` says why.
    """
    command = parse(["evidence", "-w", workload, *_words(options)])
    world = load_world()
    scenario = evidence_scenario(command, world.catalog)
    answer = evidence_on(world, scenario, WORKLOAD)
    rows = answer.rows
    columns: dict[str, Column] = {
        "kind": [row.kind for row in rows],
        "key": [row.key for row in rows],
        "producer": [row.producer for row in rows],
        "system": [row.system for row in rows],
        "chips": [row.chips for row in rows],
        "dated": [row.dated for row in rows],
        "value": [row.value for row in rows],
        "unit": [row.unit for row in rows],
        "model": [None if row.model is None else row.model.median for row in rows],
        "model_low": [None if row.model is None else row.model.low for row in rows],
        "model_high": [None if row.model is None else row.model.high for row in rows],
        "left_out": [row.left_out for row in rows],
        "source": [row.origin.title for row in rows],
    }
    return Answer(evidence_figure(answer, scenario, world.catalog), columns, {}, scenario)


def sweep(plan: str | Path | Mapping[str, object], progress: Progress | None = None) -> "Plans":
    """Every plan of a sweep, a row each: `sweep({"axes": {"workload": "resnet50", ...}}).to_frame()`.

    plan: a TOML file as `ipuwhatif sweep` takes it, or what stands in one. progress: told plans that are done, of all.
    InputError for a plan that asks what nothing answers.
    """
    from ipuwhatif.analysis.sweep.plan import load_plan, read_plan
    from ipuwhatif.api.plans import Plans

    world = load_world()
    asked = read_plan(dict(plan), world) if isinstance(plan, Mapping) else load_plan(Path(plan), world)
    return Plans(asked, progress)


def _command(
    name: str,
    workload: str,
    systems: str | Iterable[str],
    levers: Mapping[str, str | float] | None,
    options: Mapping[str, Option],
) -> argparse.Namespace:
    """The parsed command line that asks the same."""
    listed = systems if isinstance(systems, str) else ",".join(systems)
    settings = [f"--set={key}={value}" for key, value in (levers or {}).items()]
    return parse([name, f"--workload={workload}", f"--systems={listed}", *settings, *_words(options)])


def _words(options: Mapping[str, Option]) -> list[str]:
    """Options as words of a command line; one that is a sequence is repeated."""
    words = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if name in _OF_THE_COMMAND_LINE:
            raise InputError(
                tr("{option} is for the command line: an answer has .save() and .to_frame()", option=option)
            )
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
        elif isinstance(value, str | int | float):
            words.append(f"{option}={value}")
        else:
            words += [f"{option}={each}" for each in value]
    return words


def _projected(projections: Sequence[Projection]) -> tuple[Mapping[str, Column], Mapping[str, str]]:
    columns: dict[str, Column] = {
        "system": [each.choice.key for each in projections],
        "chips": [each.choice.chips for each in projections],
        **_ends("time_to_train", [each.time_to_train_s for each in projections]),
        "official": [None if each.official is None else each.official.score_s for each in projections],
        **_ends("throughput", [each.throughput_samples_per_s for each in projections]),
        **_ends("samples_to_target", [each.samples_to_target for each in projections]),
        "basis": [each.basis for each in projections],
        "beyond": [", ".join(each.beyond) for each in projections],
        "global_batch": [each.layout.global_batch for each in projections],
    }
    return columns, {**_units(columns), "official": "s"}


def _ends(name: str, quantities: Sequence[Quantity]) -> dict[str, Column]:
    """A quantity as three columns: its median, and both ends of its interval."""
    return {
        name: [each.median for each in quantities],
        f"{name}_low": [each.low for each in quantities],
        f"{name}_high": [each.high for each in quantities],
    }


def _point(curve: ScalingCurve, row: int) -> Quantity:
    return Quantity(curve.median[row], curve.low[row], curve.high[row])


def _units(columns: Iterable[str]) -> dict[str, str]:
    return {name: unit for name in columns for start, unit in _QUANTITIES.items() if name.startswith(start)}
