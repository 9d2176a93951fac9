"""`memory`: what fills a chip of each system, as text, JSON or a chart."""

import argparse
from typing import TYPE_CHECKING, Any

from ipuwhatif.cli.options import drawn, writer_of
from ipuwhatif.cli.parser import Parser, Subcommands, add_output
from ipuwhatif.cli.question_options import add_job, add_pins, add_question
from ipuwhatif.texts import tr
from ipuwhatif.units import told

if TYPE_CHECKING:
    from ipuwhatif.analysis.memory import Memory, Row
    from ipuwhatif.catalog.job_layout import Layout
    from ipuwhatif.charts.spec import Figure
    from ipuwhatif.scenario.scenario import Scenario


def add_command(subcommands: Subcommands) -> Parser:
    parser = subcommands.add_parser("memory", help=tr("what fills the memory of a chip, and what would make a job fit"))
    add_question(parser)
    add_pins(parser)
    add_job(parser)
    add_output(parser)
    parser.set_defaults(answer=memory, reference=None)
    return parser


def memory(command: argparse.Namespace) -> int:
    """What fills the fullest chip of each system, and what would make the job fit where it does not."""
    from ipuwhatif.analysis.memory import memory as what_is_held
    from ipuwhatif.analysis.world import load_world
    from ipuwhatif.cli.questions.scenarios import memory_question
    from ipuwhatif.figures.breakdown.memory import memory_figure

    write = writer_of(command)
    world = load_world()
    scenario = memory_question(command, world.catalog)
    answer = what_is_held(world, scenario)
    figure = memory_figure(answer)
    return drawn(command, figure, write, scenario, lambda: _memory_json(answer, scenario, figure))


def _memory_json(answer: "Memory", scenario: "Scenario", figure: "Figure") -> dict[str, Any]:
    return {
        "workload": scenario.workload,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "settings": [told(setting) for setting in answer.settings],
        "headline": figure.headline.text,
        "systems": [_row_json(row) for row in answer.rows],
        "missing": [{"system": each.choice.key, "reason": told(each.reason)} for each in answer.missing],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _row_json(row: "Row") -> dict[str, Any]:
    """Bytes on the fullest chip; the parts add up to `needed_bytes`. `layout` is null where none is known."""
    holding = row.holding
    return {
        "system": row.choice.key,
        "chips": row.choice.chips,
        "fits": row.fits,
        "parts_bytes": dict(holding.parts),
        "needed_bytes": holding.needed,
        "memory_bytes": holding.memory,
        "free_bytes": holding.free,
        "first_part_without_room": holding.beyond or None,
        "would_fit": [{"what": each.what, "value": each.value, "at_least": each.least} for each in row.advice],
        "reason": told(row.reason) if row.reason else None,
        "layout": None if holding.layout is None else _layout_json(holding.layout),
    }


def _layout_json(layout: "Layout") -> dict[str, Any]:
    """What of a layout decides what a chip holds."""
    from ipuwhatif.cli.as_json import cut_json

    return {
        "replicas": layout.replicas,
        "pipeline_stages": layout.pipeline_stages,
        "micro_batch": layout.micro_batch,
        "off_chip_state": layout.off_chip_state,
        **cut_json(layout),
    }
