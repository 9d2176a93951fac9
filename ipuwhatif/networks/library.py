"""The network that a workload runs on an architecture: how a sample meets the chip decides its length.

IPU entries of BERT pack two sequences, on average, into one sample of 512 tokens; GPU entries leave out the padding,
so that a sequence costs its own tokens. Both numbers agree: 512 / 2 = 256 tokens a sequence.
"""

from functools import cache

from ipuwhatif.networks.bert import POSITIONS, bert_large
from ipuwhatif.networks.graph import Network
from ipuwhatif.networks.resnet import resnet50

SEQUENCES_PER_PACK = 2  # `sequences_per_pack` of every IPU entry in the layouts table


@cache
def network_for(key: str, architecture: str) -> Network:
    """The op graph of one sample of a workload's network on an architecture; KeyError for an unknown network."""
    if key == "resnet50":
        return resnet50()
    if key == "bert-large":
        tokens = POSITIONS // SEQUENCES_PER_PACK
        return bert_large(POSITIONS, attended=POSITIONS) if architecture == "ipu" else bert_large(tokens)
    raise KeyError(key)


def samples_per_pack(key: str, architecture: str) -> float:
    """Samples of the workload in one sample of the network as the chip sees it."""
    return float(SEQUENCES_PER_PACK) if (key, architecture) == ("bert-large", "ipu") else 1.0
