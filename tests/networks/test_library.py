"""Which network a workload runs on an architecture."""

import pytest

from ipuwhatif.networks.library import NETWORKS, network_for
from ipuwhatif.units import InputError
from tests.model.prior import CATALOG


def test_that_a_sequence_costs_the_same_tokens_packed_or_without_padding() -> None:
    packed, single = network_for("bert-large", "ipu"), network_for("bert-large", "gpu")
    per_pack = CATALOG.workloads["bert-large"].samples_per_pack("ipu", "2021-12")

    def dense_flops(network):
        return sum(op.flops * op.count for op in network.ops if op.op_class == "matmul" and op.in_block)

    assert dense_flops(packed) / per_pack == dense_flops(single)


@pytest.mark.parametrize("key", NETWORKS)
def test_that_parameters_do_not_depend_on_the_architecture(key: str) -> None:
    assert network_for(key, "ipu").parameters == network_for(key, "gpu").parameters


def test_that_a_network_is_built_once() -> None:
    assert network_for("deeplob", "gpu") is network_for("deeplob", "gpu")


def test_that_the_user_sets_the_emulator() -> None:
    assert network_for("weather-emulator", "ipu", (10, 20, 5)).parameters == 10 * 20 + 20 + 20 * 5 + 5
    assert network_for("weather-emulator", "ipu") == network_for("weather-emulator", "gpu", ())
    with pytest.raises(InputError):
        network_for("weather-emulator", "ipu", (10,))


def test_that_an_unknown_network_is_refused() -> None:
    with pytest.raises(KeyError):
        network_for("alexnet", "ipu")


def test_that_networks_of_sizes_that_somebody_tries_one_after_another_are_not_all_kept() -> None:
    for size in range(1, 300):
        network_for("weather-emulator", "ipu", (4, size, 3))
    assert network_for.cache_info().currsize < 200
