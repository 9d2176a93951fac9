"""The all-reduce by hand, inside a domain and between domains."""

import numpy as np
import pytest

from ipuwhatif.model.collective import all_reduce_time, batch_norm_time
from tests.model.synthetic import VALUES, inputs, parameters

GRADIENTS = 2e9  # bytes: 1e9 parameters in half precision
IPU = {"is_ipu": 1.0, "chips_per_domain": 64.0}
KNOWN = parameters(link_efficiency=0.5, network_efficiency=0.5, network_latency=1e-4, overlap=0.75)
OPEN = parameters(link_efficiency=0.5, network_efficiency=0.5, network_latency=1e-4, overlap=0.0)


def test_that_one_chip_sends_nothing() -> None:
    assert all_reduce_time(inputs(replicas=1), KNOWN)[0, 0] == 0.0


def test_that_a_ring_inside_a_machine_moves_seven_quarters_of_the_gradients() -> None:
    moved = 2 * 7 / 8 * GRADIENTS / (1e11 * 0.5)
    assert all_reduce_time(inputs(), OPEN)[0, 0] == pytest.approx(moved, rel=1e-12)
    assert all_reduce_time(inputs(), KNOWN)[0, 0] == pytest.approx(moved / 4, rel=1e-12)


def test_that_machines_exchange_their_shares_over_a_switched_network() -> None:
    inside = 2 * 7 / 8 * GRADIENTS / (1e11 * 0.5)
    between = 2 * 31 / 32 * GRADIENTS / 8 / (2.5e10 * 0.5)  # an eighth each, on a ring through all 32
    hops = 2  # log2 of four machines
    expected = 0.25 * (inside + between) + 1e-4 * hops
    assert all_reduce_time(inputs(replicas=32), KNOWN)[0, 0] == pytest.approx(expected, rel=1e-12)


def test_that_switches_that_sum_halve_what_a_chip_sends() -> None:
    inside = 2 * 7 / 8 * GRADIENTS / (1e11 * 0.5)
    between = GRADIENTS / 8 / (2.5e10 * 0.5)  # once up and, beside it, once back
    expected = 0.25 * (inside + between) + 1e-4 * 2
    assert all_reduce_time(inputs(replicas=32, in_network=1), KNOWN)[0, 0] == pytest.approx(expected, rel=1e-12)


def test_that_a_chip_sends_what_it_shares_with_those_of_its_host() -> None:
    rack = {"chips_per_domain": 72.0}
    silent = parameters(link_efficiency=0.5, network_efficiency=0.5, network_latency=0.0, overlap=0.0)
    whole, of_hosts = (
        all_reduce_time(inputs(rack | {"chips_per_host": host}, replicas=144), silent)[0, 0] for host in (np.inf, 4.0)
    )
    more = 2 * 143 / 144 * GRADIENTS * (1 / 4 - 1 / 72) / (2.5e10 * 0.5)
    assert of_hosts - whole == pytest.approx(more, rel=1e-9)
    one_rack = (all_reduce_time(inputs(rack | {"chips_per_host": host}), silent)[0, 0] for host in (np.inf, 4.0))
    assert len(set(one_rack)) == 1  # links join all of it


def test_that_the_ring_through_all_gpus_hardly_grows_and_the_chain_of_racks_does() -> None:
    silent = parameters(link_efficiency=0.5, network_efficiency=0.5, network_latency=0.0, overlap=0.0)

    def between(values: dict[str, float], chips: int, domain: int) -> float:
        known = VALUES | values
        inside = 2 * (domain - 1) / domain * GRADIENTS / (known["link_bandwidth"] * 0.5)
        return float(all_reduce_time(inputs(values, replicas=chips), silent)[0, 0]) - inside

    assert between({}, 1024, 8) / between({}, 16, 8) == pytest.approx((1023 / 1024) / (15 / 16), rel=1e-9)
    assert between(IPU, 1024, 64) / between(IPU, 128, 64) == pytest.approx(15.0, rel=1e-9)


def test_that_one_machine_needs_no_network() -> None:
    no_network = {"network_bandwidth": 1e-9}
    assert all_reduce_time(inputs(no_network), KNOWN)[0, 0] == all_reduce_time(inputs(), KNOWN)[0, 0]
    full_rack = inputs(IPU | no_network, replicas=64)
    assert all_reduce_time(full_rack, OPEN)[0, 0] == all_reduce_time(inputs(IPU, replicas=64), OPEN)[0, 0]


def test_that_latency_is_never_hidden_behind_the_backward_pass() -> None:
    hidden = parameters(link_efficiency=0.5, network_efficiency=0.5, network_latency=1e-4, overlap=1.0)
    assert all_reduce_time(inputs(replicas=32), hidden)[0, 0] == pytest.approx(2e-4, rel=1e-12)


def test_that_racks_of_ipus_pass_the_gradients_from_one_to_the_next() -> None:
    inside = 2 * 63 / 64 * GRADIENTS / (1e11 * 0.5)
    between = 3 * GRADIENTS / 64 / (2.5e10 * 0.5)
    expected = inside + between + 1e-4 * 3
    assert all_reduce_time(inputs(IPU, replicas=256), OPEN)[0, 0] == pytest.approx(expected, rel=1e-12)


def test_that_a_pipeline_leaves_fewer_ranks_in_a_rack_with_less_to_send() -> None:
    case = inputs(IPU, replicas=8, stages=8, held_parameters=1.25e8)
    assert all_reduce_time(case, OPEN)[0, 0] == pytest.approx(2 * 7 / 8 * 2.5e8 / (1e11 * 0.5), rel=1e-12)


def test_that_wider_links_speed_up_bytes_and_no_latency() -> None:
    plain = all_reduce_time(inputs(replicas=32), KNOWN)[0, 0]
    wide = all_reduce_time(inputs(replicas=32, link_bandwidth=2.0), KNOWN)[0, 0]
    assert wide - 2e-4 == pytest.approx((plain - 2e-4) / 2, rel=1e-12)


def test_that_the_clock_does_nothing_on_the_links() -> None:
    fast = inputs(IPU, replicas=256, clock=2.0, compute=4.0)
    assert all_reduce_time(fast, OPEN)[0, 0] == all_reduce_time(inputs(IPU, replicas=256), OPEN)[0, 0]


def test_that_a_rack_that_is_not_full_counts_as_a_rack() -> None:
    assert all_reduce_time(inputs(IPU, replicas=64), OPEN)[0, 0] < all_reduce_time(inputs(IPU, replicas=65), OPEN)[0, 0]


def test_that_a_group_that_normalises_together_waits_twice_a_layer_and_level() -> None:
    known = parameters(link_latency=1e-5)
    # 53 normalisations, forward and backward, over three levels of two
    assert batch_norm_time(inputs(batch_norm_group=8), known)[0, 0] == pytest.approx(2 * 53 * 3 * 1e-5, rel=1e-12)
    assert batch_norm_time(inputs(batch_norm_group=1), known)[0, 0] == 0.0
    assert batch_norm_time(inputs({"batch_normalisations": 0.0}, batch_norm_group=8), known)[0, 0] == 0.0
