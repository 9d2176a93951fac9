"""GPT-2's four sizes against the released models' counts and the rule of two operations a weight and token."""

import pytest

from ipuwhatif.networks.gpt2 import POSITIONS, SIZES, VOCABULARY, gpt2

PARAMETERS = {
    "gpt2-small": 124_439_808,
    "gpt2-medium": 354_823_168,
    "gpt2-large": 774_030_080,
    "gpt2-xl": 1_557_611_200,
}


@pytest.mark.parametrize(("key", "parameters"), PARAMETERS.items())
def test_that_the_parameters_agree_to_the_unit(key: str, parameters: int) -> None:
    layers, hidden, _ = SIZES[key]
    counted = (VOCABULARY + POSITIONS) * hidden + layers * (12 * hidden**2 + 13 * hidden) + 2 * hidden
    assert gpt2(key).parameters == counted == parameters


@pytest.mark.parametrize("key", PARAMETERS)
def test_that_work_is_two_flops_a_weight_and_token_and_attention(key: str) -> None:
    layers, hidden, _ = SIZES[key]
    network = gpt2(key)
    weights = layers * 12 * hidden**2 + VOCABULARY * hidden
    scores = 2 * layers * POSITIONS * hidden
    assert network.forward_flops == 2 * POSITIONS * (weights + scores)
    assert network.forward_flops == pytest.approx(2 * POSITIONS * network.parameters, rel=0.25)


@pytest.mark.parametrize("key", PARAMETERS)
def test_that_the_blocks_hold_the_layers_and_nothing_else(key: str) -> None:
    layers, hidden, _ = SIZES[key]
    network = gpt2(key)
    assert network.blocks == 2 * layers
    in_blocks = sum(op.parameters * op.count for op in network.ops if op.in_block)
    assert in_blocks == layers * (12 * hidden**2 + 13 * hidden)


def test_that_the_small_one_has_the_released_number_of_tensors() -> None:
    assert gpt2("gpt2-small").tensors == 148


def test_that_a_layer_keeps_what_the_published_formula_counts() -> None:
    layers, hidden, heads = SIZES["gpt2-xl"]
    kept = sum(op.kept_bytes * op.count for op in gpt2("gpt2-xl").ops if op.in_block)
    assert kept == layers * (34 * POSITIONS * hidden + 5 * heads * POSITIONS**2)


def test_that_a_vocabulary_of_an_odd_number_of_words_is_read_badly_unless_it_is_padded() -> None:
    for padded in (False, True):
        (scores,) = (op for op in gpt2("gpt2-small", padded=padded).ops if op.name == "vocabulary projection")
        assert scores.aligned is padded


def test_that_fused_attention_brings_no_score_to_memory() -> None:
    stored, fused = gpt2("gpt2-small"), gpt2("gpt2-small", fused=True)
    scores = 12 * 12 * 1024 * 1024 * 2.0  # layers, heads, tokens by tokens, half precision
    moved = [sum(op.activation_bytes * op.count for op in graph.ops) for graph in (stored, fused)]
    assert moved[0] - moved[1] == pytest.approx(6 * scores)  # written and read by each product, twice by the softmax
    assert stored.forward_flops == fused.forward_flops and stored.parameters == fused.parameters
