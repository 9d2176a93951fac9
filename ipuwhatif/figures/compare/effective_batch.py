"""Moved levers as the projections on show took them: a pinned global batch that cannot be split evenly is another."""

from ipuwhatif.analysis.results import Comparison
from ipuwhatif.analysis.world import load_world
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.scenario.names import scope_name
from ipuwhatif.texts import tr

_LEVER = "global_batch"


def with_used_batches(comparison: Comparison) -> Comparison:
    """The comparison with settings that name the global batches that ran, not those that were asked for.

    A batch that was pinned for several systems is named where all of them ran the same.
    """
    ran: dict[str, set[int]] = {}  # by the text of the pin as it was asked for
    named: dict[str, str] = {}
    for each in comparison.projections:
        asked, batch = each.case.pins.global_batch, each.layout.global_batch
        if asked is None:
            continue
        family = load_world().catalog.systems[each.choice.system].family
        for scope in (each.choice.key, family, EVERY):
            ran.setdefault(_text(scope, asked), set()).add(batch)
            named[_text(scope, asked)] = _text(scope, batch)
    settings = tuple(named[text] if len(ran.get(text, ())) == 1 else text for text in comparison.settings)
    return comparison if settings == comparison.settings else replace(comparison, settings=settings)


def _text(scope: str, batch: int) -> str:
    """What the pin reads as where moved levers are told: "IPU-POD16 (16 IPUs) global batch 1,024 samples"."""
    world = load_world()
    lever = world.levers[_LEVER]
    return tr(
        "{whose} {lever} {value}",
        whose=scope_name(scope, world.catalog),
        lever=lever.name[0].lower() + lever.name[1:],
        value=lever.format(batch),
    )
