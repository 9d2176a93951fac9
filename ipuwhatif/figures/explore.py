"""What Explore says in words: the axes of its picture, one plan, and the best of all."""

from collections.abc import Sequence

from ipuwhatif.analysis.explore import Plans, choice_of, release_words
from ipuwhatif.analysis.results import Projection
from ipuwhatif.analysis.sweep.axes import CHIPS
from ipuwhatif.analysis.sweep.costs import ENERGY
from ipuwhatif.analysis.sweep.plan import SweepPlan
from ipuwhatif.analysis.sweep.quantities import CHIP_HOURS
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.names import system_name
from ipuwhatif.charts.log_axis import log_axis
from ipuwhatif.charts.spec import Axis
from ipuwhatif.charts.ticks import chip_axis, time_axis, time_text
from ipuwhatif.figures.words import basis_text
from ipuwhatif.scenario.levers import EVERY
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def cost_name(cost: str) -> str:
    """What time is shown against, as the title of an axis."""
    return {CHIPS: tr("Chips"), ENERGY: tr("Energy to train once (kWh)"), CHIP_HOURS: tr("Chip-hours")}[cost]


def cost_axis(cost: str, low: float, high: float) -> Axis:
    """An axis of a cost between two values."""
    if cost == CHIPS:
        return chip_axis([max(1, round(low)), max(2, round(high))], cost_name(cost))
    return log_axis(cost_name(cost), low, high)


def time_axis_between(timed: str, low: float, high: float) -> Axis:
    """An axis of time [s] between two values, in the unit that people say such times in."""
    return time_axis([low, high], "log", timed)[0]


def chosen_text(projection: Projection) -> str:
    """How sure a chosen plan is: its interval, and on what it stands."""
    time = projection.time_to_train_s
    return tr(
        "80 % interval {low} to {high}, {basis}",
        low=time_text(time.low),
        high=time_text(time.high),
        basis=basis_text(projection.basis, projection.beyond),
    )


def plan_text(world: World, plan: SweepPlan, plans: Plans, row: int) -> str:
    """One plan in a line: its system, time, batch and what is varied."""
    parts = [
        system_name(choice_of(plan, plans, row), world.catalog),
        time_text(float(plans.time_s[row])),
        tr("batch {count}", count=format_number(float(plans.batch[row]))),
    ]
    if len(release_words(plan)) > 1:
        parts.append(tr("software as of {release}", release=release_words(plan)[int(plans.release[row])]))
    for name, values in plans.levers.items():
        lever = world.levers[name.removeprefix(f"{EVERY}.")]
        parts.append(tr("{lever} {value}", lever=lever.name.lower(), value=lever.format(float(values[row]))))
    energy = float(plans.cost[ENERGY][row])
    if energy == energy:  # nan where no source tells the power
        parts.append(tr("{energy} kWh", energy=format_number(energy, 3)))
    return " · ".join(parts)


def front_text(world: World, plan: SweepPlan, plans: Plans, rows: Sequence[int], cost: str) -> str:
    """Which plans are the best: the fastest, and how many stand on the front."""
    if not len(rows):
        return tr("No plan has a figure for this axis; choose another.")
    return tr(
        "{count} of {total} plans are on the front: none is both faster and takes less ({cost}). The fastest: "
        "{fastest}. Projections at the central parameters, no official results; a click on a plan tells its interval "
        "and basis.",
        count=format_number(len(rows)),
        total=format_number(len(plans)),
        cost=cost_name(cost).partition(" (")[0].lower(),
        fastest=plan_text(world, plan, plans, int(rows[-1])),
    )
