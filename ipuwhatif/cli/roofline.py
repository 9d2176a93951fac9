"""`roofline`: where the ops of a job stand under the roofs of each chip."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.options import drawn, writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_job, add_question
from ipuwhatif.cli.suite_results import origin_json
from ipuwhatif.texts import tr

if TYPE_CHECKING:
    from ipuwhatif.analysis.roofline_points import ChipRoofline, OpPoint, Roof, Roofline
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.scenario import Scenario


def add_command(subcommands: Subcommands) -> Parser:
    roofs = subcommands.add_parser("roofline", help=tr("the ops of a job under the roofs of each chip"))
    add_question(roofs)
    add_job(roofs)
    add_output(roofs)
    roofs.set_defaults(answer=roofline, reference=None)
    return roofs


def roofline(command: argparse.Namespace) -> int:
    """Roofs and ops of a job on each distinct chip of the systems."""
    from ipuwhatif.analysis.roofline import roofline as roofline_of
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import comparison_scenario
    from ipuwhatif.figures.roofline.roofline import roofline_figure

    write, world = writer_of(command), load_world()
    scenario = comparison_scenario(command, world.catalog)
    answer = roofline_of(world, scenario)
    figure = roofline_figure(answer, scenario)
    return drawn(command, figure, write, scenario, lambda: _roofline_json(answer, scenario, figure))


def _roofline_json(answer: "Roofline", scenario: "Scenario", figure: "Figure") -> dict[str, Any]:
    return {
        "workload": answer.job.key,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "levers": dict(scenario.levers),
        "headline": figure.headline.text,
        "chips": [_chip_json(chip) for chip in answer.chips],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _chip_json(chip: "ChipRoofline") -> dict[str, Any]:
    """Times in seconds, work in FLOPs and bytes, of one micro-batch; shares are of a step."""
    return {
        "system": chip.choice.key,
        "chip": chip.chip,
        "data_sheet": _roof_json(chip.sheet),
        "calibrated": {name: _roof_json(roof) for name, roof in chip.calibrated.items()},
        "efficiency": dict(chip.efficiency),
        "memory_efficiency": chip.memory_efficiency,
        "micro_batch": chip.layout.micro_batch,
        "micro_batch_s": chip.micro_batch_s,
        "framework_calls_s": chip.calls_s,
        "step_s": chip.step_s,
        "sources": [origin_json(chip.peak.origin), origin_json(chip.bandwidth.origin)],
        "ops": [_op_json(op) for op in chip.ops],
    }


def _op_json(op: "OpPoint") -> dict[str, Any]:
    return {
        "op": op.name,
        "class": op.op_class,
        "count": op.count,
        "flops": op.flops,
        "bytes": op.moved,
        "intensity": op.intensity,
        "flops_per_s": op.rate,
        "compute_s": op.compute_s,
        "memory_s": op.memory_s,
        "launch_s": op.launch_s,
        "share": op.share,
        "bound": op.bound,
    }


def _roof_json(roof: "Roof") -> dict[str, float]:
    return {"flops_per_s": roof.peak, "bytes_per_s": roof.bandwidth, "ridge": roof.ridge}
