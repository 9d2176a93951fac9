"""The six limit-order-book networks against the counts of their paper, arXiv:2105.10430, Table 8."""

import pytest

from ipuwhatif.networks.graph import ATTENTION, DENSE_CONVOLUTION, RECURRENT
from ipuwhatif.networks.order_book import order_book_network

PARAMETERS = {
    "lob-mlp": 256_515,
    "lob-cnn": 17_635,
    "lob-lstm": 60_099,
    "deeplob": 105_347,
    "deeplob-seq2seq": 176_419,
    "deeplob-attention": 177_699,
}


@pytest.mark.parametrize(("key", "parameters"), PARAMETERS.items())
def test_that_the_parameters_agree_to_the_unit(key: str, parameters: int) -> None:
    assert order_book_network(key).parameters == parameters


def recurrent(key: str) -> list[tuple[int, int, int]]:
    ops = order_book_network(key).ops
    return [(op.parameters, op.steps, op.tensors) for op in ops if op.op_class == RECURRENT]


def lstm(size_in: int, units: int) -> int:
    return 4 * units * (size_in + units + 1)


def test_that_recurrent_layers_take_a_step_for_each_moment_on_the_same_weights() -> None:
    assert recurrent("lob-lstm") == [(lstm(40, 64), 50, 3), (lstm(64, 64), 50, 3)]
    assert recurrent("deeplob") == [(lstm(192, 32), 50, 3)]
    assert recurrent("deeplob-seq2seq") == [(lstm(192, 64), 50, 3), (lstm(67, 64), 5, 3)]


def test_that_the_work_of_a_recurrent_layer_counts_every_step() -> None:
    step = 2 * (40 + 64) * 256 + 2 * (64 + 64) * 256
    assert order_book_network("lob-lstm").forward_flops == 50 * step + 2 * 64 * 3


def test_that_the_trunk_has_fourteen_convolutions_each_with_a_bias_and_an_activation() -> None:
    ops = order_book_network("deeplob").ops
    assert sum(op.count for op in ops if op.op_class == DENSE_CONVOLUTION) == 14
    # one for the classes as well
    assert sum(op.count for op in ops if op.name == "bias") == 15
    assert sum(op.count for op in ops if op.name == "activation") == 15


def test_that_attention_looks_at_every_state_at_each_step_of_the_decoder() -> None:
    ops = [op for op in order_book_network("deeplob-attention").ops if op.op_class == ATTENTION]
    assert [(op.flops, op.steps) for op in ops] == [(2 * 50 * 64, 5), (2 * 50 * 64, 5)]


def test_that_each_launch_is_counted() -> None:
    def launches(key: str) -> int:
        return sum(op.count * op.steps for op in order_book_network(key).ops)

    assert launches("lob-mlp") == 6  # product, bias, activation, twice
    assert launches("lob-cnn") == 6 * 3 + 2
    assert launches("deeplob-attention") > launches("deeplob-seq2seq") > launches("deeplob")


def test_that_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        order_book_network("lob-transformer")
