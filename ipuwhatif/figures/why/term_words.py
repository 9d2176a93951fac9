"""The terms of the formula, the parts of the time and where inputs are from, in words."""

from ipuwhatif.analysis.reasons import Fitted, PartOfTime
from ipuwhatif.analysis.results import Input, Term
from ipuwhatif.catalog.datum import DERIVED, Origin
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, format_number, told

#: What each part of a time is called, and what it is worked out from.
_PARTS = {
    "compute": (
        marked("Arithmetic"),
        marked("steps · accumulation · Σ FLOPs / (peak · efficiency), ops bound by arithmetic"),
    ),
    "memory": (
        marked("Memory"),
        marked("steps · accumulation · Σ bytes / (bandwidth · efficiency), ops bound by memory"),
    ),
    "launch": (marked("Launch"), marked("steps · accumulation · kernels or supersteps · launch time")),
    "pipeline_bubble": (marked("Pipeline bubble"), marked("steps · 2 (stages − 1) · micro-batch time")),
    "collective": (marked("All-reduce"), marked("steps · (bytes / bus bandwidth not overlapped + latency)")),
    "update": (marked("Weight update"), marked("steps · parameters a chip · time a parameter")),
    "host_wait": (marked("Host wait"), marked("steps · synchronisation with the host")),
    "evaluation": (marked("Evaluation"), marked("evaluations · evaluation samples · cost of one / throughput")),
    "checkpoint": (marked("Checkpoint"), marked("evaluations · time to move the weights out")),
    "start_up": (marked("Start-up"), marked("time on the clock before training, by chips and release")),
}
#: The same of a language model.
_LANGUAGE_PARTS = _PARTS | {
    "compute": (
        marked("Arithmetic"),
        marked("steps · accumulation · FLOPs of products and attention / (best product · share)"),
    ),
    "memory": (marked("Memory"), marked("steps · accumulation · bytes of activations and weights / bandwidth")),
    "launch": (marked("Launch"), marked("steps · layers of a stage · time to start one")),
    "pipeline_bubble": (
        marked("Pipeline bubble"),
        marked("steps · (stages − 1) / pieces of a stage · micro-batch time"),
    ),
    "collective": (
        marked("All-reduce"),
        marked("steps · (accumulation · tensor, context and pipeline traffic + sum of the gradients), not hidden"),
    ),
}
_NAMES = {
    "time_to_train": marked("Time to train"),
    "samples_to_target": marked("Samples to target"),
    "throughput": marked("Training throughput"),
    "step_time": marked("Step time"),
    "steps": marked("Steps"),
    "evaluations": marked("Evaluations"),
}
#: Of a job without a quality target.
_STATED_NAMES = {"time_to_train": marked("Time"), "samples_to_target": marked("Samples")}
_EQUATIONS = {
    "time_to_train": marked("start-up + steps · step time + evaluations · (evaluation + checkpoint)"),
    "throughput": marked("global batch / step time"),
    "steps": marked("samples to target / global batch"),
    "evaluations": marked("samples to target / samples between two"),
}
_STATED_EQUATIONS = {
    "time_to_train": marked("start-up + steps · step time"),
    "steps": marked("samples / global batch"),
}


def term_name(term: Term) -> str:
    """What a term is called: "Training throughput"."""
    if term.key in _PARTS:
        return part_name(term.key)
    return tr(_STATED_NAMES[term.key] if term.stated and term.key in _STATED_NAMES else _NAMES[term.key])


def part_name(part: str) -> str:
    """What a part of the time, a key of `Projection.breakdown_s`, is called: "All-reduce"."""
    return tr(_PARTS[part][0])


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
    if term.key in _PARTS:
        return tr((_LANGUAGE_PARTS if term.language else _PARTS)[term.key][1])
    if term.key == "samples_to_target":
        return _samples_equation(term)
    if term.key == "step_time":
        return tr("{micro} micro-batch times + update + collective + host", micro=format_number(round(term.count)))
    return tr(_STATED_EQUATIONS[term.key] if term.stated and term.key in _STATED_EQUATIONS else _EQUATIONS[term.key])


def _samples_equation(term: Term) -> str:
    if term.stated:
        return told(term.work)
    batch = format_number(term.count)
    if term.language:
        return tr("between the reference points, at global batch {batch}", batch=batch)
    return tr("convergence curve at global batch {batch}", batch=batch)


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
