"""What a command line sets: levers and pinned parts of the layout. A setting that would do nothing is refused."""

import argparse
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ipuwhatif.catalog.types import Catalog, Layout, SystemChoice
from ipuwhatif.model.case import Case, Pins
from ipuwhatif.scenario.levers import COST, COST_FIELDS, EVERY, Lever, Levers, parse_setting
from ipuwhatif.scenario.scenario import PER_KW
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest


def lever_settings(
    texts: Sequence[str],
    points: Sequence[SystemChoice],
    levers: Levers,
    catalog: Catalog,
    costs: Collection[str] = COST_FIELDS,
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
    """The fields of costs that a command asks about: all of them `cost`, the power a comparison per kW."""
    if command.command == "cost":
        return COST_FIELDS
    return ("power_kw",) if getattr(command, "basis", None) == f"per-{PER_KW}" else ()


def _check_asked(name: str, lever: Lever, costs: Collection[str]) -> None:
    if lever.target != COST or lever.field in costs:
        return
    instead = tr("compare --basis per-{basis} or cost", basis=PER_KW) if lever.field == "power_kw" else tr("cost")
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


def pin_texts(pins: Pins) -> tuple[str, ...]:
    """The pinned parts of the layout that are no levers, in words: "micro-batch 20 pinned"."""
    return tuple(
        tr("{part} {value} pinned", part=part, value=format_number(value)) for part, value in _pinned_parts(pins)
    )


def _pinned_parts(pins: Pins) -> list[tuple[str, int]]:
    parts = (
        (tr("micro-batch"), pins.micro_batch),
        (tr("pipeline stages"), pins.pipeline_stages),
        (tr("gradient accumulation"), pins.gradient_accumulation),
    )
    return [(part, value) for part, value in parts if value is not None]


def without_product(case: Case) -> tuple[Case, int | None]:
    """A case whose micro-batch, accumulation and global batch are all pinned with the last left open, and that one.

    It follows from the other two and the replicas; `check_product` asks whether it does.
    """
    pins = case.pins
    if None in (pins.global_batch, pins.micro_batch, pins.gradient_accumulation):
        return case, None
    return replace(case, pins=replace(pins, global_batch=None)), pins.global_batch


def check_product(batch: int | None, layout: Layout) -> None:
    """InputError with the arithmetic where a layout has another global batch than the one that was pinned as well."""
    if batch is None or layout.global_batch == batch:
        return
    packed = "" if layout.samples_per_pack == 1 else f" × {format_number(layout.samples_per_pack)}"
    raise InputError(
        tr(
            "the pinned parts of the layout do not agree: {replicas} × {accumulation} × {micro}{packed} = {product} "
            "(replicas × gradient accumulation × micro-batch), not a global batch of {batch}; leave one of them out",
            replicas=format_number(layout.replicas),
            accumulation=format_number(layout.gradient_accumulation),
            micro=format_number(layout.micro_batch),
            packed=packed,
            product=format_number(layout.global_batch),
            batch=format_number(batch),
        )
    )


def check_batch(pins: Pins, layout: Layout, levers: Levers) -> None:
    """InputError where pinned parts of the layout make a global batch outside the range of the global_batch lever."""
    lever, batch = levers["global_batch"], layout.global_batch
    if not _pinned_parts(pins) or lever.minimum <= batch <= lever.maximum:
        return
    fault = tr(
        "the pinned layout has a global batch of {batch}, outside {range}",
        batch=format_number(batch),
        range=lever.range_text,
    )
    for part, value in reversed(_pinned_parts(pins)):
        each = batch / value  # global batch for a part of 1
        near = math.floor(lever.maximum / each) if batch > lever.maximum else math.ceil(lever.minimum / each)
        if part != tr("pipeline stages") and near >= 1:
            raise InputError(
                tr("{fault}; the nearest {part} is {near}", fault=fault, part=part, near=format_number(near))
            )
    bound = lever.maximum if batch > lever.maximum else lever.minimum
    raise InputError(tr("{fault}; the nearest is {bound}", fault=fault, bound=lever.format(bound)))
