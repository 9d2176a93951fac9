"""The whole lever space as hypothesis strategies: workloads, systems, chip counts, releases, policies and pins."""

from math import exp, log

from hypothesis import reject
from hypothesis import strategies as st

from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, BEST, Assumed, Case, Gains, Pins
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.records import field_names, replace
from tests.model.prior import CATALOG


def factors(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(log(low), log(high)).map(exp) | st.just(1.0)


GAINS = st.builds(
    Gains,
    compute=factors(0.25, 4),
    link_bandwidth=factors(0.25, 4),
    clock=factors(0.5, 2),
    peak=factors(0.25, 4),
    memory_bandwidth=factors(0.25, 4),
    on_chip_memory=factors(0.5, 4),
    link_latency=factors(0.1, 4),
    communication=factors(0.25, 4),
    host_input=factors(0.25, 4),
    samples=factors(0.5, 2),
    rounds=st.just(0.0) | st.floats(0.0, 3.0),
)
ASSUMED = st.just(Assumed()) | st.builds(Assumed, **{name: factors(0.25, 4) for name in field_names(Assumed)})
PINS = st.builds(
    Pins,
    global_batch=st.none() | st.integers(1, 200_000),
    micro_batch=st.none() | st.integers(1, 64),
    pipeline_stages=st.sampled_from([None, None, 1, 4, 8, 16]),
    gradient_accumulation=st.none() | st.integers(1, 2_000),
)


@st.composite
def _searched(draw: st.DrawFn, pins: st.SearchStrategy[Pins]) -> Case:
    catalog = CATALOG
    workload = catalog.workloads[draw(st.sampled_from(sorted(catalog.workloads)))]
    system = catalog.systems[draw(st.sampled_from(sorted(catalog.systems)))]
    largest = system.maximum_chips
    # half of the counts evenly on a logarithmic axis, so that small systems are tried as often as large ones
    chips = draw(
        st.integers(system.minimum_chips, largest) | st.floats(0, log(largest)).map(lambda value: round(exp(value)))
    )
    return Case(
        workload.key,
        SystemChoice(system.key, chips),
        draw(st.sampled_from(sorted(catalog.releases))),
        draw(st.sampled_from(workload.recipes)),
        BEST,
        draw(pins),
        draw(GAINS),
        draw(ASSUMED),
    )


@st.composite
def _submitted(draw: st.DrawFn, pins: st.SearchStrategy[Pins]) -> Case:
    entries = [
        entry
        for entry in CATALOG.official
        if entry.layout is not None and entry.workload is not None and entry.choice is not None
    ]
    entry = draw(st.sampled_from(entries))
    assert entry.workload is not None and entry.choice is not None
    division = entry.division
    return Case(
        entry.workload, entry.choice, entry.release, division, AS_SUBMITTED, draw(pins), draw(GAINS), draw(ASSUMED)
    )


@st.composite
def cases(draw: st.DrawFn, pins: st.SearchStrategy[Pins] = PINS) -> Case:
    """A case that has a layout: pins that do not fit are let go one by one, a system that never fits is rejected."""
    case = draw(st.one_of(_searched(pins), _searched(pins), _submitted(pins)))
    catalog = CATALOG
    for part in (None, "gradient_accumulation", "micro_batch", "pipeline_stages", "global_batch"):
        if part is not None:
            case = replace(case, pins=replace(case.pins, **{part: None}))
        if not reason_not_to_fit(catalog, case):
            return case
    reject()


UNPINNED = st.just(Pins())
