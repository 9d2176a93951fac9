"""What the calibrated parameters are called in front of people: whose they are is told by what they stand beside."""

from collections.abc import Mapping

from ipuwhatif.catalog.priors.priors import Prior
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_number


def parameter_name(parameter: Prior) -> str:
    """A parameter in words: "Efficiency of dense convolutions", "Launch cost"; its own name where it has no words."""
    stem, _, rest = parameter.name.partition(".")
    if stem == "efficiency":
        return _classes().get(rest.rpartition(".")[2], parameter.name)
    return _stems().get(stem, parameter.name)


def parameter_text(parameter: Prior, value: float) -> str:
    """A value of a parameter as printed: "33.5 %", "2.03 µs", "1.10"."""
    if parameter.transform == "logit":
        return tr("{number} %", number=format_number(100.0 * value, 3))
    return format_duration(value) if parameter.unit == "s" else format_number(value, 3)


def group_names() -> Mapping[str, str]:
    """What each group of assumptions is called."""
    return {
        "ops": tr("Arithmetic efficiency of the chip"),
        "memory": tr("Memory efficiency"),
        "launch": tr("Launch cost"),
        "chip": tr("Chip against its data sheet"),
        "software": tr("Software of the release"),
        "host": tr("Host wait of a step"),
        "update": tr("Weight update"),
        "links": tr("Link efficiency"),
        "network": tr("Network efficiency and latency"),
        "overlap": tr("Overlap of all-reduce and backward pass"),
        "floor": tr("Convergence: samples at small batches"),
        "rise": tr("Convergence: rise with the batch"),
        "start_up": tr("Start-up"),
        "evaluation": tr("Evaluation"),
        "checkpoint": tr("Checkpoint"),
    }


def _classes() -> Mapping[str, str]:
    return {
        "dense_convolution": tr("Efficiency of dense convolutions"),
        "grouped_convolution": tr("Efficiency of grouped convolutions"),
        "matmul": tr("Efficiency of matrix products"),
        "attention": tr("Efficiency of attention"),
    }


def _stems() -> Mapping[str, str]:
    return {**_of_step(), **_of_software(), **_of_language(), **_around_steps(), **_of_convergence()}


def _of_step() -> Mapping[str, str]:
    """What a chip and its links reach in a step."""
    return {
        "unaligned_efficiency": tr("Efficiency of products of odd sizes"),
        "memory_efficiency": tr("Memory efficiency"),
        "memory_effect": tr("Memory of this chip against its arithmetic"),
        "launch": tr("Launch of an op"),
        "graph_launch": tr("Launch from a graph, against one by one"),
        "small_step_launch": tr("Launch from a framework for prototyping"),
        "small_step_fixed": tr("Host wait of a small step"),
        "step_fixed": tr("Host wait of a step"),
        "clock_share": tr("Share of the step's end that follows the clock"),
        "update": tr("Update of one weight"),
        "off_chip_efficiency": tr("Streaming of the optimizer's state"),
        "link_efficiency": tr("Link efficiency"),
        "link_latency": tr("Link latency"),
        "network_efficiency": tr("Network efficiency"),
        "network_latency": tr("Network latency"),
        "network_effect": tr("Exchange between racks in this round's software"),
        "overlap": tr("Overlap of all-reduce and backward pass"),
        "submitter_effect": tr("Submitter against the chip's vendor"),
        "chip_effect": tr("Chip against its data sheet"),
        "matmul_effect": tr("Matrix products of the chip against its convolutions"),
        "host_effect": tr("Hosts of this chip"),
    }


def _of_software() -> Mapping[str, str]:
    """How software of a round, of a class and of a framework departs from the rest."""
    return {
        "drift": tr("Software drift of a round"),
        "micro_effect": tr("Micro-batch in this round's software"),
        "stack_effect": tr("Software of this class against tuned entries"),
        "stack_fit": tr("Software of this class on networks of this kind"),
        "framework_effect": tr("This framework against others of its class"),
        "framework_fit": tr("This framework on networks of this kind"),
        "software_effect": tr("This release of the framework against others"),
        "channels_effect": tr("Images with their channels first"),
        "sixteen_bit": tr("Products in 16 bit, against those in 8 bit"),
        "elementwise_traffic": tr("Bytes of ops that nobody joined"),
        "framework_launch": tr("Launch from a framework, against tuned entries"),
        "framework_step": tr("What a framework does between two steps"),
        "update_effect": tr("Update of each tensor by itself"),
        "input_loss": tr("Pictures: loss a doubling of the chips of a host"),
        "step_drift": tr("Drift of the host wait"),
        "step_effect": tr("Host wait in this round's software"),
    }


def _around_steps() -> Mapping[str, str]:
    """What a run takes beside its steps."""
    return {
        "start_up": tr("Start-up before training"),
        "joining": tr("Joining the hosts of 64 chips"),
        "joining_growth": tr("Growth of joining with the chips"),
        "start_up_drift": tr("Drift of the start-up"),
        "start_up_effect": tr("Start-up in this round's software"),
        "evaluation": tr("Evaluation of a sample, against training it"),
        "checkpoint": tr("Checkpoint"),
    }


def _of_convergence() -> Mapping[str, str]:
    """The samples that a job takes to its target."""
    return {
        "floor": tr("Samples to target at small batches"),
        "floor_effect": tr("Samples at small batches, this kind of system"),
        "slope": tr("Rise of samples below the critical batch"),
        "critical_batch": tr("Critical batch"),
        "critical_batch_effect": tr("Critical batch, this kind of system"),
        "rise": tr("Rise of samples beyond the critical batch"),
        "rise_effect": tr("Rise of samples, this kind of system"),
        "far_batch": tr("Far batch"),
        "far_rise": tr("Rise of samples beyond the far batch"),
        "recipe_effect": tr("Recipe of this round"),
        "sgd_penalty": tr("Momentum SGD against LARS"),
        "horizon": tr("Effect of a longer learning-rate decay"),
        "horizon_ratio": tr("Usual length of the learning-rate decay"),
        "horizon_slope": tr("Growth of the learning-rate decay with the batch"),
    }


def _of_language() -> Mapping[str, str]:
    """Parameters of language models alone."""
    return {
        "product_efficiency": tr("Products against the best one that was measured"),
        "product_start": tr("Tokens that starting a product costs"),
        "attention_share": tr("Attention against the best product"),
        "activation_traffic": tr("Bytes of activations, over those counted"),
        "weight_traffic": tr("Moving weights, as far as products do not hide it"),
        "tensor_exposed": tr("Tensor parallel traffic that is not hidden"),
        "context_exposed": tr("Context parallel traffic that is not hidden"),
        "stage_exposed": tr("Pipeline traffic that is not hidden"),
        "gradient_exposed": tr("Sum of the gradients that is not hidden"),
        "sharded_exposed": tr("Shared weights: traffic that is not hidden"),
        "attention_before": tr("Attention of before the chip"),
        "language_published": tr("Published software against tuned entries"),
        "language_class": tr("Software of this class against the other"),
        "language_framework": tr("This framework against others of its class"),
        "language_software": tr("This release of the framework against others"),
        "language_traffic": tr("Bytes of activations in this framework"),
        "language_casts": tr("Casts to few bits that are not hidden"),
        "block_casts": tr("Casts that scale by blocks of values"),
        "wide_layers": tr("Layers kept in 16 bit beside those in 4"),
        "layer_start": tr("Start of a layer"),
        "step_start": tr("Start of a step"),
        "graph_start": tr("Start inside a graph, against one by one"),
        "scale_loss": tr("Loss a doubling of the chips"),
        "round_gain": tr("Gain of the software a round"),
        "young_loss": tr("What software lacks in a chip's first round"),
        "adapter_cost": tr("Cost of adapters"),
        "language_chip": tr("Products of the chip on language models"),
        "language_near": tr("Entries near by against the rest of the model"),
        "tabled_effect": tr("Samples of scored runs against the reference points"),
    }
