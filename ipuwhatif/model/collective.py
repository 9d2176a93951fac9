"""The all-reduce of the gradients over a hierarchy of links: within a domain (a rack of IPUs, a DGX), then between.

Within a domain of m replicas a ring moves :math:`2 (m-1)/m` of the gradients over each chip's links (Patarasuk and
Yuan 2009, "Bandwidth optimal all-reduce algorithms for clusters of workstations", JPDC 69). Each chip then owns 1/m of
the sum and exchanges it with its peers in the other D - 1 domains: over a switched network by a ring through all n
chips, :math:`2 (n-1)/n` again, at a latency that grows with log2 D; between racks of IPUs over gateway links from rack
to rack, where time was seen to grow in proportion to D - 1 and fell by factors from one round to the next.

Where the switches sum ("SHARP": Graham et al. 2016, "Scalable Hierarchical Aggregation Protocol", COMHPC) a chip sends
its share up once and has the sum back, half of what a ring sends each way. Programs share the sum among the chips that
one operating system sees, as NVIDIA's distributed optimizer of BERT does unless told otherwise: where links join more
of them, 72 in a GB200 NVL72 of hosts with 4, each sends a quarter of the gradients to the network and not a 72nd.
"""

import numpy as np

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.parameters import FloatArray
from ipuwhatif.networks.graph import HALF_PRECISION_BYTES


def all_reduce_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Seconds of a step that the all-reduce adds after what overlaps with the backward pass; shape (draws, cases)."""
    gradients = HALF_PRECISION_BYTES * inputs.held_parameters
    used_chips = inputs.replicas * inputs.stages
    per_domain = inputs.value["chips_per_domain"]
    ranks = np.minimum(inputs.replicas, np.maximum(per_domain / inputs.stages, 1.0))
    domains = np.ceil(used_chips / per_domain)
    is_ipu = inputs.value["is_ipu"] > 0.0
    wider = inputs.factor("link_bandwidth")
    inside = 2.0 * (ranks - 1.0) / ranks * gradients / (inputs.value["link_bandwidth"] * wider)
    around = np.where(inputs.in_network > 0.0, 1.0, 2.0 * (inputs.replicas - 1.0) / inputs.replicas)
    around = np.where(domains > 1.0, around, 0.0)
    volume = np.where(is_ipu, domains - 1.0, around)
    shards = np.minimum(ranks, inputs.value["chips_per_host"])
    between = volume * gradients / shards / (inputs.value["network_bandwidth"] * wider)
    hops = np.where(is_ipu, domains - 1.0, np.log2(domains))
    changed = inputs.drawn("network_effect", parameters)
    moved = inside / inputs.drawn("link_efficiency", parameters)
    moved = moved + between / inputs.drawn("network_efficiency", parameters) * changed
    exposed = np.minimum((1.0 - inputs.drawn("overlap", parameters)) * inputs.factor("exposed"), 1.0)
    waited = inputs.drawn("network_latency", parameters) * changed * hops * inputs.factor("link_latency")
    return (exposed * moved + waited) / inputs.factor("communication")


def batch_norm_time(inputs: Inputs, parameters: FloatArray) -> FloatArray:
    """Seconds of a micro-batch that chips spend on normalising their samples together; shape (draws, cases).

    Each batch normalisation waits for the statistics of its group twice, forward and backward. They are a few numbers
    a channel, so that latency is all there is to it.
    """
    waits = 2.0 * inputs.value["batch_normalisations"] * np.log2(np.maximum(inputs.batch_norm_group, 1.0))
    changed = inputs.factor("communication")
    return inputs.drawn("link_latency", parameters) * waits / changed
