"""What a file says of the job: its layout, amount of work, sizes, software, and the time of the user's own."""

from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import RELATIVE, STATED, TARGET, Workload
from ipuwhatif.model.case import BEST, LAYOUT_POLICIES
from ipuwhatif.scenario.amount import LEAST_SAMPLES, MOST_SAMPLES, check_time
from ipuwhatif.scenario.fields.reading import ObjectReader
from ipuwhatif.scenario.files.reasons import NoSubmittedLayout, SamplesBeyond, SaysNothingOf
from ipuwhatif.scenario.sizes import has_layers, parse_layers


def policy(reading: ObjectReader, workload: Workload) -> str:
    policy = one_of(reading.node, "policy", LAYOUT_POLICIES)
    if policy != BEST and workload.kind != TARGET:
        raise reading.node.refuse(NoSubmittedLayout(workload.key, BEST))
    return policy


def samples(reading: ObjectReader, workload: Workload) -> float | None:
    samples = reading.node.optional_number("samples")
    if samples is not None:
        _check_fits(reading, "samples", workload.kind == STATED)
        if not LEAST_SAMPLES <= samples <= MOST_SAMPLES:
            raise reading.node.refuse(SamplesBeyond(MOST_SAMPLES))
    return samples


def layers(reading: ObjectReader, workload: Workload) -> tuple[int, ...]:
    sizes = reading.node.wholes("layers")
    if sizes:
        _check_fits(reading, "layers", has_layers(workload))
        reading.told(lambda: parse_layers(", ".join(str(size) for size in sizes), workload))
    return sizes


def software(reading: ObjectReader, workload: Workload) -> str:
    if reading.node.optional_text("software") is None:
        return ""
    choices = software_choices(workload, reading.catalog)
    _check_fits(reading, "software", bool(choices))
    return one_of(reading.node, "software", choices)


def baseline_time(reading: ObjectReader, workload: Workload) -> float | None:
    seconds = reading.node.optional_number("baseline_time_s")
    if seconds is not None:
        _check_fits(reading, "baseline_time_s", workload.kind == RELATIVE)
        reading.told(lambda: check_time(seconds))
    return seconds


def statement(reading: ObjectReader, workload: Workload) -> str:
    if reading.node.optional_text("statement") is None:
        return ""
    _check_fits(reading, "statement", workload.kind == RELATIVE)
    return one_of(reading.node, "statement", tuple(each.key for each in workload.statements))


def _check_fits(reading: ObjectReader, name: str, fits: bool) -> None:
    """InputError for a value that says nothing about the workload."""
    if not fits:
        raise reading.node.refuse(SaysNothingOf(name))
