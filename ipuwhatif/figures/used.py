"""Moved levers as the projections on show took them: a pinned global batch that cannot be split evenly is another."""

from dataclasses import replace

from ipuwhatif.analysis.results import Comparison, Projection
from ipuwhatif.analysis.world import load_world
from ipuwhatif.scenario.edits import scope_name
from ipuwhatif.texts import tr

_LEVER = "global_batch"


def with_used_batches(comparison: Comparison) -> Comparison:
    """The comparison with settings that name the global batches that ran, not those that were asked for."""
    settings = comparison.settings
    for each in comparison.projections:
        if each.case.pins.global_batch not in (None, each.layout.global_batch):
            settings = tuple(_used(text, each) for text in settings)
    return comparison if settings == comparison.settings else replace(comparison, settings=settings)


def _used(text: str, projection: Projection) -> str:
    """The text of the projection's own pin with the batch that ran; any other text as it is."""
    asked, ran = projection.case.pins.global_batch, projection.layout.global_batch
    return _text(projection, ran) if asked is not None and text == _text(projection, asked) else text


def _text(projection: Projection, batch: int) -> str:
    """What the pin reads as where moved levers are told: "IPU-POD16 (16 IPUs) global batch 1,024 samples"."""
    world = load_world()
    lever = world.levers[_LEVER]
    return tr(
        "{whose} {lever} {value}",
        whose=scope_name(projection.choice.key, world.catalog),
        lever=lever.name[0].lower() + lever.name[1:],
        value=lever.format(batch),
    )
