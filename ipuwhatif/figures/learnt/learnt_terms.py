"""What the heads of the tables of what is learnt, and of what to measure next, mean."""

from ipuwhatif.calibration.own_runs import EFFECTS
from ipuwhatif.figures.learnt.moved import effect_name
from ipuwhatif.texts import tr


def learnt_heads() -> tuple[tuple[str, str], ...]:
    """Each head with its meaning; "{name}" stands for any name."""
    before, after = tr("as projected without your own results."), tr("as your own results let it be projected.")
    by_effect = tr("The part of the step's change that follows from what these runs have in common with yours.")
    return (
        (tr("Before ({unit})", unit="{unit}"), before),
        (tr("After ({unit})", unit="{unit}"), after),
        (tr("80 % interval before"), before),
        (tr("80 % interval after"), after),
        (tr("Time moves (%)"), tr("How much the projected time changes by your own results.")),
        (tr("Width of the interval (% of before)"), tr("The width of the interval after, as a share of that before.")),
        (tr("Step moves (%)"), tr("How much a step changes; the parts beside it add up to it.")),
        *((tr("by {effect} (%)", effect=effect_name(name).lower()), by_effect) for name in EFFECTS),
        (tr("Chip-hours"), tr("Chips times the time that the measurement is taken to hold them.")),
        (tr("Off the intervals (%)"), tr("How much narrower the intervals asked about are expected to be after it.")),
        (tr("Off per chip-hour (%)"), tr("The same for each chip-hour: the most for what it costs comes first.")),
        (tr("{name}: ± (%)", name="{name}"), tr("Half the width of the interval of this projection, once it is told.")),
    )
