"""Time to train from its terms.

.. math::
    t = t_{start} + \\frac{S(B)}{B}\\,t_{step} + \\frac{S(B)}{e}\\,(t_{eval} + t_{checkpoint}), \\qquad
    t_{step} = (GA + fill)\\,t_{micro} + t_{update} + t_{collective} + t_{host}

S(B) are the samples to the target at the global batch B, e those between two evaluations, GA the micro-batches between
two updates; fill are the micro-batches that a pipeline waits for.

One case at the central parameters and ten thousand cases at hundreds of draws are the same call.
"""

import numpy as np

from ipuwhatif.model.collective import all_reduce_time, batch_norm_time
from ipuwhatif.model.convergence import samples_to_target
from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.language.language import language_parts
from ipuwhatif.model.parameters import JOINING_CHIPS, FloatArray
from ipuwhatif.model.roofline import micro_batch_time
from ipuwhatif.model.step import host_wait, pipeline_fill, update_time
from ipuwhatif.records import Record

PARTS = (
    "compute",
    "memory",
    "launch",
    "pipeline_bubble",
    "collective",
    "update",
    "host_wait",
    "evaluation",
    "checkpoint",
    "start_up",
)
STEP_PARTS = PARTS[:7]
#: Name of the factor on every part of a step by which the user's own site is slower than the evidence tells.
OWN_SITE = "own_site"


class Outcome(Record, frozen=True):
    """What the model says; every array has the shape (draws, cases). Seconds, samples, samples/s."""

    parts: dict[str, FloatArray]  # of the time to train, in the order of PARTS
    step_time: FloatArray
    samples: FloatArray
    throughput: FloatArray

    @property
    def time_to_train(self) -> FloatArray:
        """The sum of the parts, added in their order, so that the parts add up to it exactly."""
        return sum((self.parts[part] for part in PARTS), np.zeros(()))

    @property
    def training_time(self) -> FloatArray:
        return self.samples / self.throughput

    def at(self, draws: slice) -> "Outcome":
        """The outcome at some of its draws, which holds no others: where it is kept, they are not."""
        parts = {part: values[draws].copy() for part, values in self.parts.items()}
        return Outcome(parts, self.step_time[draws].copy(), self.samples[draws].copy(), self.throughput[draws].copy())


def evaluate(inputs: Inputs, parameters: FloatArray) -> Outcome:
    """The model. parameters: natural values, shape (draws, parameters); draws may be 1."""
    step = step_parts(inputs, parameters)
    step_time = sum((step[name] for name in STEP_PARTS), np.zeros(()))
    samples = samples_to_target(inputs, parameters)
    throughput = inputs.global_batch / step_time
    steps = samples / inputs.global_batch
    parts = {name: steps * step[name] for name in STEP_PARTS} | overheads(inputs, parameters, samples, throughput)
    return Outcome(parts=parts, step_time=step_time, samples=samples, throughput=throughput)


def throughput_of(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Samples a second while training, shape (draws, cases): what `evaluate` says of it, without the rest."""
    step = step_parts(inputs, parameters)
    return inputs.global_batch / sum((step[name] for name in STEP_PARTS), np.zeros(()))


def step_parts(inputs: Inputs, parameters: FloatArray) -> dict[str, FloatArray]:
    """Seconds of a step by STEP_PARTS, shape (draws, cases) each."""
    parts = _parts_by_kind(inputs, parameters)
    if OWN_SITE not in inputs.factors:
        return parts
    return {name: values * inputs.factor(OWN_SITE) for name, values in parts.items()}


def _parts_by_kind(inputs: Inputs, parameters: FloatArray) -> dict[str, FloatArray]:
    """The same as the evidence tells it."""
    of_language = inputs.value["is_language"] > 0.0
    if of_language.all():
        return language_parts(inputs, parameters)
    if of_language.any():
        pairs = language_parts(inputs, parameters), _parts_of_ops(inputs, parameters)
        return {name: np.where(of_language, pairs[0][name], pairs[1][name]) for name in STEP_PARTS}
    return _parts_of_ops(inputs, parameters)


def _parts_of_ops(inputs: Inputs, parameters: FloatArray) -> dict[str, FloatArray]:
    """The same of a network that is timed op by op."""
    micro = micro_batch_time(inputs, parameters)
    return {
        "compute": inputs.accumulation * micro.compute,
        "memory": inputs.accumulation * micro.memory,
        "launch": inputs.accumulation * micro.launch,
        "pipeline_bubble": pipeline_fill(inputs) * micro.total,
        "collective": all_reduce_time(inputs, parameters) + inputs.accumulation * batch_norm_time(inputs, parameters),
        "update": update_time(inputs, parameters),
        "host_wait": host_wait(inputs, parameters),
    }


def overheads(
    inputs: Inputs, parameters: FloatArray, samples: FloatArray, throughput: FloatArray
) -> dict[str, FloatArray]:
    """Seconds on the clock outside training, of a run that needs so many samples; shape (draws, cases) each."""
    evaluations = samples / inputs.evaluation_every
    slowness = inputs.drawn("evaluation", parameters)
    start_up = inputs.drawn("start_up", parameters) * inputs.drifted("start_up_drift", parameters)
    start_up = start_up * inputs.drawn("start_up_effect", parameters)
    growth = (inputs.chips / JOINING_CHIPS) ** inputs.drawn("joining_growth", parameters)
    joining = inputs.drawn("joining", parameters) * growth * inputs.factor("start_up")
    # Where only some of the chips evaluate, an evaluation takes longer by the share that stands by.
    standing_by = np.maximum(inputs.chips / inputs.value["evaluation_chips"], 1.0)
    return {
        "evaluation": evaluations * slowness * standing_by * inputs.value["evaluation_samples"] / throughput,
        "checkpoint": evaluations * inputs.drawn("checkpoint", parameters),
        "start_up": start_up + joining,
    }
