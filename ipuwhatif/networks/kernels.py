"""What the software that runs a network brings along, as far as that changes its op graph."""

from ipuwhatif.records import Record


class Kernels(Record, frozen=True):
    """What the software that runs a network brings along.

    fused_attention: one kernel from query to context. padded_vocabulary: scores of a multiple of 8 words. joined: ops
    that only move are joined, by a compiler or by hand. wide_loss: the loss is computed in single precision.
    """

    fused_attention: bool = False
    padded_vocabulary: bool = False
    joined: bool = True
    wide_loss: bool = False


ENTRIES = Kernels()
