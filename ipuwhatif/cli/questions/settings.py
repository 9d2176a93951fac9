"""What a command line sets: levers and pinned parts of the layout. A setting that would do nothing is refused."""

import argparse
import math
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.scenario.levers import APART, COST_FIELDS, EVERY, RUN, RUN_FIELDS, Lever, Levers
from ipuwhatif.scenario.scenario import PER_KW
from ipuwhatif.scenario.typed_levers import parse_setting
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, nearest


def lever_settings(
    texts: Sequence[str],
    points: Sequence[SystemChoice],
    levers: Levers,
    catalog: Catalog,
    costs: Collection[str] = (*COST_FIELDS, *RUN_FIELDS),
) -> Mapping[str, float]:
    """Typed settings as the levers of a scenario; `points` are the systems and sizes that the question projects.

    A lever set to its default is no setting. InputError for a lever that is set twice, that reaches no point, or that
    changes costs of which none of `costs` is asked about.
    """
    found: dict[str, float] = {}
    for text in texts:
        name, value = parse_setting(text, levers, catalog)
        if name in found:
            raise InputError(tr("lever {name} is set twice; set it once", name=name))
        _check_reach(name, points, catalog)
        _check_asked(name, levers[name.rpartition(".")[2]], costs)
        found[name] = value
    moved = {name for name, value in found.items() if value != levers[name.rpartition(".")[2]].default}
    # The default of one system still counts where its whole family is moved.
    return MappingProxyType(
        {name: value for name, value in found.items() if name in moved or _family_name(name, catalog) in moved}
    )


def asked_costs(command: argparse.Namespace) -> tuple[str, ...]:
    """The fields apart from times that a command asks about: costs by `cost`, the power by a comparison per kW."""
    if command.command in ("cost", "finish"):
        return COST_FIELDS if command.command == "cost" else RUN_FIELDS
    return ("power_kw",) if getattr(command, "basis", None) == f"per-{PER_KW}" else ()


def _check_asked(name: str, lever: Lever, costs: Collection[str]) -> None:
    if lever.target not in APART or lever.field in costs:
        return
    instead = tr("compare --basis per-{basis} or cost", basis=PER_KW) if lever.field == "power_kw" else tr("cost")
    instead = tr("finish") if lever.target == RUN else instead
    raise InputError(
        tr("lever {name} changes no time: leave it out, or ask with ipuwhatif {instead}", name=name, instead=instead)
    )


def _family_name(name: str, catalog: Catalog) -> str:
    """The same lever of the whole family: "ipu.clock" for "ipu-pod:64.clock"."""
    scope, _, key = name.rpartition(".")
    system = scope.partition(":")[0]
    return f"{catalog.systems[system].family}.{key}" if system in catalog.systems else name


def _check_reach(name: str, points: Sequence[SystemChoice], catalog: Catalog) -> None:
    scope, _, key = name.rpartition(".")
    families = dict.fromkeys(catalog.systems[point.system].family for point in points)
    keys = [point.key for point in points]
    if scope in families or scope in keys or scope == EVERY:
        return
    system, colon, chips = scope.partition(":")
    sizes = [point.chips for point in points if colon and point.system == system]
    if sizes:
        size = min(sizes, key=lambda each: abs(math.log(each / int(chips))))
        near: str | None = f"{system}:{size}"
    else:
        near = nearest(scope, keys if colon else families)
    raise InputError(
        tr(
            "lever {name} moves nothing: {scope} is not in this question; the nearest lever is {near}",
            name=name,
            scope=scope,
            near=f"{near}.{key}",
        )
    )
