"""The terms of a language model's step, each against what can be worked out by hand."""

import numpy as np
import pytest

from ipuwhatif.model.inputs import Inputs
from ipuwhatif.model.language import language, language_shares, language_traffic
from ipuwhatif.model.time_to_train import STEP_PARTS, evaluate, step_parts
from tests.model.synthetic import column, inputs, parameters

OF_LANGUAGE = {"is_language": 1.0}
SHARES = parameters(
    product_efficiency=0.5, product_start=1.0, attention_share=0.5, tensor_exposed=0.5, context_exposed=0.5,
    stage_exposed=0.5, gradient_exposed=0.5, layer_start=1e-3, step_start=0.02, graph_start=0.25, scale_loss=0.02,
    round_gain=0.05, young_loss=0.08,
)  # fmt: skip


def case(values: dict[str, float] | None = None, **changes: object) -> Inputs:
    """One micro-batch of a sample of 1,000 tokens on 8 chips."""
    return inputs(OF_LANGUAGE | (values or {}), **({"micro_batch": 1, "global_batch": 8} | changes))


def seconds(values: np.ndarray) -> float:
    return float(np.ravel(values)[0])


def test_that_products_take_two_flops_a_weight_token_and_pass() -> None:
    flops = 2 * (8 * 1e8 + 1e8) * 3 * 1000
    expected = flops / (1e14 * 0.8 * 0.5) * (1 + 1 / 1000)
    assert seconds(language.products_time(case(), SHARES)) == pytest.approx(expected)


def test_that_8_bit_speeds_up_the_layers_and_not_the_scores_of_the_next_token() -> None:
    layers, head = 2 * 8 * 1e8 * 3 * 1000, 2 * 1e8 * 3 * 1000
    expected = (layers / 2e14 + head / 1e14) / (0.8 * 0.5) * (1 + 1 / 1000)
    assert seconds(language.products_time(case(bits=8), SHARES)) == pytest.approx(expected)


def test_that_4_bit_speeds_up_the_layers_that_are_not_kept_in_16() -> None:
    kept, others, head = 2 / 8, 6 / 8, 2 * 1e8 * 3 * 1000
    layers = 2 * 8 * 1e8 * 3 * 1000
    expected = (layers * (others / 4e14 + kept / 1e14) + head / 1e14) / (0.8 * 0.5) * (1 + 1 / 1000)
    wide = parameters(product_efficiency=0.5, wide_layers=2.0)
    assert seconds(language.products_time(case(bits=4, by_blocks=1), wide)) == pytest.approx(expected)


def test_that_a_network_of_few_layers_trains_in_16_bit_where_all_are_kept() -> None:
    kept = parameters(product_efficiency=0.5, wide_layers=20.0)
    in_four, in_sixteen = (seconds(language.products_time(case(bits=bits), kept)) for bits in (4, 16))
    assert in_four == pytest.approx(in_sixteen)


def test_that_casts_by_blocks_cost_more_and_fewer_bits_less() -> None:
    casts = parameters(language_casts=1.0, block_casts=1.5)
    plain = seconds(language.activation_time(case(), casts))
    whole, blocks, four = (
        seconds(language.activation_time(case(bits=bits, by_blocks=by_blocks), casts)) - plain
        for bits, by_blocks in ((8, 0), (8, 1), (4, 1))
    )
    assert (blocks / whole, four / blocks) == (pytest.approx(1.5), pytest.approx(3 / 4))


def test_that_frozen_weights_save_a_pass_and_recomputed_layers_add_one() -> None:
    plain = seconds(language.products_time(case(), SHARES))
    assert seconds(language.products_time(case({"passes": 2.0}), SHARES)) == pytest.approx(plain * 2 / 3)
    again = seconds(language.products_time(case(recomputed=1), SHARES))
    assert again == pytest.approx(plain * (8 * 4 + 3) / (9 * 3))


def test_that_attention_grows_with_the_square_of_the_tokens() -> None:
    once = seconds(language.attention_time(case(), SHARES))
    assert once == pytest.approx(2 * 1000 * 1000 * 4000 * 8 * 3.5 / (1e14 * 0.8 * 0.5))
    assert seconds(language.attention_time(case({"tokens": 2000.0}), SHARES)) == pytest.approx(4 * once)


def test_that_chips_that_share_weights_gather_them_and_sum_their_gradients_each_micro_batch() -> None:
    shared = case(gathers=2, accumulation=3)
    trained = 8 * 1e8 + 2 * 1e8
    moved = trained * (2 * 2.0 + 4.0)
    links = moved * 7 / 8 / seconds(language_traffic.link_rate(shared, column(8), column(0)))
    exposed = parameters(sharded_exposed=0.5)
    assert seconds(language_traffic.sharded_time(shared, exposed)) == pytest.approx(links * 0.5)
    assert seconds(language_traffic.gradient_time(shared, exposed)) == 0.0
    assert seconds(language_traffic.sharded_time(case(), exposed)) == 0.0
    over_network = language_traffic.sharded_time(case(gathers=2, replicas=64, chips=64), exposed)
    outside = moved / 8 / seconds(language_traffic.network_rate(shared))
    assert seconds(over_network) == pytest.approx((links + outside) * 0.5)


def test_that_published_software_multiplies_the_work_of_a_chip_and_not_what_chips_send() -> None:
    plain, slow = parameters(), parameters(language_class=1.5, language_software=1.2)
    before, after = (language.language_parts(case(tensor=2), each) for each in (plain, slow))
    assert seconds(after["compute"]) == pytest.approx(1.8 * seconds(before["compute"]))
    assert seconds(after["memory"]) == pytest.approx(1.8 * seconds(before["memory"]))
    assert seconds(after["collective"]) == pytest.approx(seconds(before["collective"]))


def test_that_casts_to_8_bit_cost_bytes_where_nothing_fuses_them() -> None:
    wide = 1e8 / 4000 - 2 * (4000 + 1000)
    assert seconds(language.cast_bytes(case(bits=8))) == pytest.approx(4 * (6 * 4000 + 2 * 1000 + wide) * 8)
    assert seconds(language.cast_bytes(case())) == 0.0
    fused, plain = (
        seconds(language.activation_time(case(bits=8), parameters(language_casts=each))) for each in (0.0, 1.0)
    )
    rate = seconds(language.memory_rate(case()))
    assert plain - fused == pytest.approx(1000 * seconds(language.cast_bytes(case(bits=8))) / rate)


def test_that_attention_of_before_the_chip_is_slower_on_it() -> None:
    new, old = (
        seconds(language.attention_time(case(), parameters(attention_share=0.5, attention_before=each)))
        for each in (1.0, 0.5)
    )
    assert old == pytest.approx(2 * new)


def test_that_no_product_is_faster_than_the_data_sheet() -> None:
    least = 2 * (8 * 1e8 + 1e8) * 3 * 1000 / 1e14
    assert seconds(language.products_time(case(matmul=100), SHARES)) >= least


def test_that_tensor_parallel_chips_halve_the_work_and_send_what_they_share() -> None:
    two = case(tensor=2)
    assert seconds(language.attention_time(two, SHARES)) == pytest.approx(
        seconds(language.attention_time(case(), SHARES)) / 2
    )
    sent = 8 * 1000 * 4000 * 8 * 2 / 2  # transfers, tokens, hidden, layers, bytes, (tp - 1) / tp
    assert seconds(language_traffic.tensor_time(two, SHARES)) == pytest.approx(0.5 * sent / (0.8 * 1e11))
    assert seconds(language_traffic.tensor_time(case(), SHARES)) == 0.0


def test_that_tensor_parallel_chips_of_two_domains_meet_over_the_network() -> None:
    wide = case(tensor=16)
    sent = 8 * 1000 * 4000 * 8 * 2 * 15 / 16
    assert seconds(language_traffic.tensor_time(wide, SHARES)) == pytest.approx(0.5 * sent / (0.8 * 2.5e10))


def test_that_a_mesh_leads_one_link_to_each_peer() -> None:
    switched, meshed = case(context=2), case({"meshed": 1.0}, context=2)
    assert seconds(language_traffic.context_time(meshed, SHARES)) == pytest.approx(
        7 * seconds(language_traffic.context_time(switched, SHARES))
    )


def test_that_a_torus_leads_the_links_of_its_axes_to_those_who_lie_on_them() -> None:
    """Tensor parallel chips on one of three axes, the replicas that share their weights on the other two."""
    torus, exposed = {"torus_axes": 3.0}, parameters(tensor_exposed=1.0, sharded_exposed=1.0)
    cut, switched = (case(each, gathers=2, tensor=2, replicas=4) for each in (torus, {}))
    inside, outside = (
        seconds(time(cut, exposed)) / seconds(time(switched, exposed))
        for time in (language_traffic.tensor_time, language_traffic.sharded_time)
    )
    assert inside == pytest.approx(3.0)
    assert outside == pytest.approx(1.5)
    alone, plain = (case(each, gathers=2) for each in (torus, {}))
    assert seconds(language_traffic.sharded_time(alone, exposed)) == pytest.approx(
        seconds(language_traffic.sharded_time(plain, exposed))
    )


def test_that_gradients_are_summed_by_levels() -> None:
    """16 replicas in two domains of 8: each brings an eighth of the sum to the network."""
    size = 6 * (8 * 1e8 + 2 * 1e8)
    expected = 0.5 * (size * 7 / 8 / (0.8 * 1e11) + size / 8 / (0.8 * 2.5e10))
    assert seconds(language_traffic.gradient_time(case(replicas=16, chips=16), SHARES)) == pytest.approx(expected)
    inside = 0.5 * size * 7 / 8 / (0.8 * 1e11)
    assert seconds(language_traffic.gradient_time(case(), SHARES)) == pytest.approx(inside)


def test_that_only_trained_weights_are_summed() -> None:
    frozen = case({"frozen": 1.0, "trained_parameters": 1e6})
    assert seconds(language_shares.trained_held(frozen)) == 1e6


def test_that_pieces_of_a_stage_shorten_the_bubble() -> None:
    whole = language.language_parts(case(stages=4, accumulation=4), SHARES)
    pieces = language.language_parts(case(stages=4, accumulation=4, interleaving=2), SHARES)
    micro = sum(seconds(whole[part]) for part in ("compute", "memory")) / 4
    assert seconds(whole["pipeline_bubble"]) > 3 * micro
    assert seconds(pieces["pipeline_bubble"]) < seconds(whole["pipeline_bubble"])


def test_that_a_graph_saves_starts() -> None:
    assert seconds(language.launch_time(case(), SHARES)) == pytest.approx(8e-3)
    assert seconds(language.host_time(case(cuda_graph=1), SHARES)) == pytest.approx(0.02 / 4)


def test_that_software_gains_a_round_and_chips_lose_a_doubling() -> None:
    assert seconds(language.slowdown(case({"rounds_ago": -5.0}), SHARES)) == pytest.approx(1.0)
    assert seconds(language.slowdown(case({"rounds_ago": -3.0}), SHARES)) == pytest.approx(np.exp(2 * 0.05))
    many = case({"rounds_ago": -5.0}, chips=32)
    assert seconds(language.slowdown(many, SHARES)) == pytest.approx(np.exp(2 * 0.02))


def test_that_the_software_of_a_chips_first_round_is_slower() -> None:
    new = case({"rounds_ago": -5.0, "chip_rounds_ago": -5.0})
    assert seconds(language.slowdown(new, SHARES)) == pytest.approx(np.exp(0.08))
    grown = case({"rounds_ago": -5.0, "chip_rounds_ago": -3.0})
    assert seconds(language.slowdown(grown, SHARES)) == pytest.approx(1.0)


def test_that_the_parts_are_those_of_every_step_and_add_up() -> None:
    parts = step_parts(case(tensor=2, stages=2, accumulation=4), SHARES)
    assert tuple(parts) == STEP_PARTS
    assert all(seconds(each) >= 0.0 for each in parts.values())
    whole = evaluate(case(tensor=2, stages=2, accumulation=4), SHARES)
    assert seconds(whole.step_time) == pytest.approx(sum(seconds(parts[name]) for name in STEP_PARTS))


def test_that_beside_a_network_of_ops_each_keeps_its_own_step() -> None:
    values = {"is_language": column(1, 0)}
    alone = [step_parts(inputs({"is_language": float(kind)}), SHARES) for kind in (1, 0)]
    mixed = inputs()
    mixed.value["is_language"] = values["is_language"]
    together = step_parts(mixed, SHARES)
    for name in STEP_PARTS:
        np.testing.assert_allclose(
            np.broadcast_to(together[name], (1, 2))[0], [seconds(each[name]) for each in alone], rtol=1e-12
        )


@pytest.mark.parametrize("faster", ["compute", "peak", "clock", "memory_bandwidth", "link_bandwidth", "communication"])
def test_that_a_faster_system_is_never_slower(faster: str) -> None:
    cut = {"tensor": 2, "stages": 2, "accumulation": 4, "context": 2}
    slow, quick = (sum(map(seconds, step_parts(case(**cut, **gain), SHARES).values())) for gain in ({}, {faster: 2.0}))
    assert quick < slow
