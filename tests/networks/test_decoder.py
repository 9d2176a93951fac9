"""Decoder-only transformers against the released models' counts and the rule of two operations a weight and token."""

import pytest

from ipuwhatif.networks.decoder import DECODERS, decoder, decoder_sizes
from ipuwhatif.units import InputError

PARAMETERS = {
    "llama2-70b-lora": 68_976_648_192,
    "llama31-8b": 8_030_261_248,
    "llama31-70b": 70_553_706_496,
    "llama31-405b": 405_853_388_800,
    "gpt3-175b": 174_615_846_912,
}


@pytest.mark.parametrize(("key", "parameters"), PARAMETERS.items())
def test_that_the_parameters_agree_to_the_unit(key: str, parameters: int) -> None:
    assert decoder(key).parameters == DECODERS[key].parameters == parameters


def test_that_the_counts_follow_from_the_printed_sizes() -> None:
    attention = 2 * 16384 * 16384 + 2 * 16384 * 1024
    layer = attention + 3 * 16384 * 53248 + 2 * 16384
    assert PARAMETERS["llama31-405b"] == 126 * layer + 2 * 128256 * 16384 + 16384
    layer = 12 * 12288**2 + 13 * 12288
    assert PARAMETERS["gpt3-175b"] == 96 * layer + (51200 + 2048) * 12288 + 2 * 12288


@pytest.mark.parametrize("key", PARAMETERS)
def test_that_work_is_two_flops_a_weight_and_token_and_half_of_the_scores(key: str) -> None:
    sizes = DECODERS[key]
    weights = sizes.layers * sizes.layer_products + sizes.head_weights
    scores = sizes.layers * sizes.tokens * sizes.hidden
    assert decoder(key).forward_flops == 2 * sizes.tokens * (weights + scores)


@pytest.mark.parametrize("key", PARAMETERS)
def test_that_a_pipeline_spreads_the_layers_and_nothing_else(key: str) -> None:
    sizes, network = DECODERS[key], decoder(key)
    assert network.blocks == sizes.layers
    in_blocks = sum(op.parameters * op.count for op in network.ops if op.in_block)
    assert in_blocks == sizes.layers * sizes.layer_parameters


def test_that_adapters_of_rank_16_beside_attention_are_what_is_trained() -> None:
    sizes = DECODERS["llama2-70b-lora"]
    assert sizes.trained_parameters == sizes.adapter_parameters == 44_564_480
    assert DECODERS["llama31-70b"].trained_parameters == DECODERS["llama31-70b"].parameters


def test_that_a_network_by_its_sizes_is_the_network_of_those_sizes() -> None:
    own, named = decoder("transformer"), decoder("llama31-8b")
    assert own.parameters == named.parameters and own.ops == named.ops
    small = decoder_sizes("transformer", (2, 64, 4, 2, 256, 1000, 128))
    # embedding and scores, two layers of attention, gated feed-forward and two norms each, and the last norm
    attention, feed_forward = 2 * 64 * (64 + 32), 3 * 64 * 256
    assert small.parameters == 2 * 1000 * 64 + 2 * (attention + feed_forward + 2 * 64) + 64


def test_that_a_decoder_runs_on_samples_of_another_length() -> None:
    assert decoder_sizes("mpt-7b", (512,)).tokens == 512
    assert decoder_sizes("mpt-7b", (512,)).positions == 512 and decoder_sizes("llama31-8b", (512,)).positions == 0
    assert decoder("llama31-8b", (512,)).forward_flops < decoder("llama31-8b").forward_flops / 16


def test_that_a_layer_unlike_llamas_has_what_its_form_says() -> None:
    row = (2, 64, 4, 2, 256, 1000, 128)
    plain, own = decoder_sizes("transformer", row), decoder_sizes("transformer", (*row, 16, 2, 1))
    assert (
        own.parameters == plain.parameters
        and decoder("transformer", (*row, 16, 2, 1)).ops == decoder("transformer", row).ops
    )
    tied = decoder_sizes("transformer", (*row, 16, 1, 1))
    assert plain.parameters - tied.parameters == 1000 * 64
    biased, normed = (decoder_sizes("transformer", (*row, 16, 2, form)) for form in (2, 3))
    assert biased.parameters - plain.parameters == 2 * (64 + 2 * 32)
    assert normed.parameters - plain.parameters == 2 * 2 * 16
    wide = decoder_sizes("transformer", (*row, 32, 2, 1))
    assert (wide.query_width, wide.key_value_width) == (128, 64)
    assert wide.parameters - plain.parameters == 2 * 2 * 64 * (64 + 32)


@pytest.mark.parametrize("form", [1, 2, 3, 4])
def test_that_ops_and_sizes_of_each_form_count_the_same_parameters(form: int) -> None:
    row = (3, 64, 4, 2, 256, 1000, 128, 32, 1, form)
    sizes, network = decoder_sizes("transformer", row), decoder("transformer", row)
    assert network.parameters == sizes.parameters
    assert sum(op.parameters * op.count for op in network.ops if op.in_block) == 3 * sizes.layer_parameters


def test_that_a_rank_after_all_sizes_freezes_everything_but_adapters() -> None:
    sizes = (80, 8192, 64, 8, 28672, 32000, 8192, 128, 2, 1)
    whole, adapted = decoder_sizes("transformer", sizes), decoder_sizes("transformer", (*sizes, 16))
    assert adapted.parameters == whole.parameters == PARAMETERS["llama2-70b-lora"]
    assert (whole.adapter, whole.trained_parameters) == (0, whole.parameters)
    assert adapted.trained_parameters == DECODERS["llama2-70b-lora"].trained_parameters == 44_564_480
    with pytest.raises(InputError, match="rank of adapters 5,000 is not from 1 to 4,096"):
        decoder_sizes("transformer", (*sizes, 5_000))
