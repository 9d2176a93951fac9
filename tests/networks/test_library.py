"""Which network a workload runs on an architecture."""

import pytest

from ipuwhatif.networks.library import network_for, samples_per_pack


def test_that_a_sequence_costs_the_same_tokens_packed_or_without_padding() -> None:
    packed, single = network_for("bert-large", "ipu"), network_for("bert-large", "gpu")
    assert samples_per_pack("bert-large", "ipu") == 2.0
    assert samples_per_pack("bert-large", "gpu") == 1.0

    def dense_flops(network):
        return sum(op.flops * op.count for op in network.ops if op.op_class == "matmul" and op.in_block)

    assert dense_flops(packed) / 2.0 == dense_flops(single)


@pytest.mark.parametrize("key", ["resnet50", "bert-large"])
def test_that_parameters_do_not_depend_on_the_architecture(key: str) -> None:
    assert network_for(key, "ipu").parameters == network_for(key, "gpu").parameters


def test_that_pictures_are_not_packed() -> None:
    assert samples_per_pack("resnet50", "ipu") == samples_per_pack("resnet50", "gpu") == 1.0


def test_that_an_unknown_network_is_refused() -> None:
    with pytest.raises(KeyError):
        network_for("alexnet", "ipu")
