"""The terms of the formula, the parts of the time and where inputs are from, in words."""

from ipuwhatif.analysis.reasons import Fitted, PartOfTime
from ipuwhatif.analysis.results import Input, Term
from ipuwhatif.catalog.datum import DERIVED, Origin
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_number, told


def term_name(term: Term) -> str:
    """What a term is called: "Training throughput"."""
    if term.key in _parts():
        return part_name(term.key)
    return {
        "time_to_train": tr("Time") if term.stated else tr("Time to train"),
        "samples_to_target": tr("Samples") if term.stated else tr("Samples to target"),
        "throughput": tr("Training throughput"),
        "step_time": tr("Step time"),
        "steps": tr("Steps"),
        "evaluations": tr("Evaluations"),
    }[term.key]


def part_name(part: str) -> str:
    """What a part of the time, a key of `Projection.breakdown_s`, is called: "All-reduce"."""
    return _parts()[part][0]


@told.register
def _(said: PartOfTime) -> str:
    return part_name(said.key)


def term_value(term: Term) -> str:
    """A term as printed, with its unit."""
    if term.unit == "s":
        return format_duration(term.value)
    if term.key == "evaluations":
        return format_number(term.value, 3)
    count = format_number(round(term.value))
    return tr("{rate} samples/s", rate=count) if term.unit == "samples/s" else count


def term_equation(term: Term) -> str:
    """What a term is worked out from: "samples to target / global batch"."""
    if term.key in _parts():
        return (_language_parts() if term.language else _parts())[term.key][1]
    if term.key == "step_time":
        return tr("{micro} micro-batch times + update + collective + host", micro=format_number(round(term.count)))
    return {
        "time_to_train": _time_equation(term),
        "samples_to_target": _samples_equation(term),
        "throughput": tr("global batch / step time"),
        "steps": tr("samples / global batch") if term.stated else tr("samples to target / global batch"),
        "evaluations": tr("samples to target / samples between two"),
    }[term.key]


def _time_equation(term: Term) -> str:
    if term.stated:
        return tr("start-up + steps · step time")
    return tr("start-up + steps · step time + evaluations · (evaluation + checkpoint)")


def _samples_equation(term: Term) -> str:
    if term.stated:
        return told(term.work)
    batch = format_number(term.count)
    if term.language:
        return tr("between the reference points, at global batch {batch}", batch=batch)
    return tr("convergence curve at global batch {batch}", batch=batch)


def _parts() -> dict[str, tuple[str, str]]:
    return {
        "compute": (
            tr("Arithmetic"),
            tr("steps · accumulation · Σ FLOPs / (peak · efficiency), ops bound by arithmetic"),
        ),
        "memory": (tr("Memory"), tr("steps · accumulation · Σ bytes / (bandwidth · efficiency), ops bound by memory")),
        "launch": (tr("Launch"), tr("steps · accumulation · kernels or supersteps · launch time")),
        "pipeline_bubble": (tr("Pipeline bubble"), tr("steps · 2 (stages − 1) · micro-batch time")),
        "collective": (tr("All-reduce"), tr("steps · (bytes / bus bandwidth not overlapped + latency)")),
        "update": (tr("Weight update"), tr("steps · parameters a chip · time a parameter")),
        "host_wait": (tr("Host wait"), tr("steps · synchronisation with the host")),
        "evaluation": (tr("Evaluation"), tr("evaluations · evaluation samples · cost of one / throughput")),
        "checkpoint": (tr("Checkpoint"), tr("evaluations · time to move the weights out")),
        "start_up": (tr("Start-up"), tr("time on the clock before training, by chips and release")),
    }


def _language_parts() -> dict[str, tuple[str, str]]:
    """The same of a language model."""
    return _parts() | {
        "compute": (
            tr("Arithmetic"),
            tr("steps · accumulation · FLOPs of products and attention / (best product · share)"),
        ),
        "memory": (tr("Memory"), tr("steps · accumulation · bytes of activations and weights / bandwidth")),
        "launch": (tr("Launch"), tr("steps · layers of a stage · time to start one")),
        "pipeline_bubble": (tr("Pipeline bubble"), tr("steps · (stages − 1) / pieces of a stage · micro-batch time")),
        "collective": (
            tr("All-reduce"),
            tr("steps · (accumulation · tensor, context and pipeline traffic + sum of the gradients), not hidden"),
        ),
    }


def input_origin(given: Input) -> Origin:
    """Where an input comes from: its source, or the calibration that it was fitted in."""
    origin = given.origin
    if isinstance(origin, Origin):
        return origin
    return _fitted_origin(origin)


def _fitted_origin(fitted: Fitted) -> Origin:
    return Origin(
        producer="ipuwhatif",
        title=tr("Calibration on MLPerf® entries up to {last} and published figures", last=fitted.last_round),
        locator=None,
        published=None,
        read=None,
        kind=DERIVED,
        note=tr("fitted to the evidence {hash}", hash=fitted.evidence_hash[:12]),
    )
