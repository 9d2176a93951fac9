"""The kind of case that a unit of plans asks about, as `project` would resolve it; refused where nothing can run it."""

from functools import lru_cache

from ipuwhatif.analysis.sweep.axes import (
    AMOUNT,
    LAYOUT,
    MLPERF,
    PRECISION,
    RECIPE,
    RECOMPUTED,
    RELEASE,
    STACK,
    WORKLOAD,
)
from ipuwhatif.analysis.sweep.blocks import Unit
from ipuwhatif.analysis.sweep.reasons import LaterSoftware, NoAmount, NoRecipe, NoSoftware, NoSuchBits
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.software import software_as_of, software_choices, usual_class
from ipuwhatif.catalog.types import STATED, TARGET, Catalog, Workload
from ipuwhatif.model.case import BEST, PinnedCut, Pins
from ipuwhatif.model.language.language_cuts import RECOMPUTE
from ipuwhatif.model.precision import BY_BITS
from ipuwhatif.model.shown import Kind
from ipuwhatif.model.statics.keys import SharedCatalog
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import parse_amount
from ipuwhatif.scenario.levers import GAIN, PIN
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.units import RefusedError


class Asked(Record, frozen=True):
    """A kind of cases, and the samples that the plan states for it; None where the job tells them."""

    kind: Kind
    samples: float | None


def asked_of(unit: Unit, world: World) -> Asked:
    """What a unit asks. InputError where its workload has no such recipe, software or amount."""
    said, catalog = unit.values(), world.catalog
    workload = catalog.workloads[str(said[WORKLOAD])]
    release = str(said.get(RELEASE, usual_release(workload, catalog)))
    pins, cut, memory = dict[str, int](), dict[str, int](), 1.0
    for name, value in said.items():
        lever = world.levers.get(name)
        if lever is None:
            continue
        if lever.target == GAIN:
            memory = float(value)
        else:
            (pins if lever.target == PIN else cut)[lever.field] = round(float(value))
    kind = Kind(
        workload=workload.key,
        system=unit.block.system,
        release=release,
        recipe=_recipe(said.get(RECIPE), workload),
        policy=str(said.get(LAYOUT, BEST)),
        pins=Pins(**pins),
        software=stack_key(SharedCatalog(catalog), str(said.get(STACK, MLPERF)), workload.key, release)
        if STACK in said
        else "",
        layers=workload.sizes,
        memory=memory,
        cut=_cut(cut, str(said.get(PRECISION, "")), str(said.get(RECOMPUTED, ""))),
    )
    return Asked(kind, _samples(said.get(AMOUNT), workload))


def _recipe(asked: str | float | None, workload: Workload) -> str:
    if asked is None or asked in workload.recipes:
        return str(asked or workload.recipes[0])
    raise RefusedError(NoRecipe(workload.name, asked))


def _samples(amount: str | float | None, workload: Workload) -> float | None:
    if amount is None:
        return None
    if workload.kind != STATED:
        raise RefusedError(NoAmount(workload.name))
    return parse_amount(str(amount), workload)


def _cut(held: dict[str, int], precision: str, recompute: str) -> PinnedCut:
    bits = held.get("product_bits")
    if bits is not None and bits not in BY_BITS:
        raise RefusedError(NoSuchBits(bits))
    layers = RECOMPUTE[recompute] if recompute else held.get("recompute_layers")
    return PinnedCut(
        tensor_parallel=held.get("tensor_parallel"),
        context_parallel=held.get("context_parallel"),
        precision=precision or ("" if bits is None else BY_BITS[bits]),
        recompute="" if layers is None else "full" if layers else "none",
    )


@lru_cache(maxsize=1024)
def stack_key(shared: SharedCatalog, key: str, name: str, release: str) -> str:
    """The published software that a stack means for a workload as of a release; "" for what it runs by default."""
    catalog: Catalog = shared.catalog
    workload = catalog.workloads[name]
    usual = usual_class(workload) or (MLPERF if workload.kind == TARGET else "")
    if key == usual:
        return ""
    choices = software_choices(workload, catalog)
    frameworks = {catalog.software[each].framework for each in choices if each in catalog.software}
    if key not in (*choices, *frameworks):
        raise RefusedError(NoSoftware(workload.name, key))
    found = software_as_of(catalog, key, release)
    if found.date > release:
        raise RefusedError(LaterSoftware(key, found.date, release))
    return found.key if key in frameworks else key
