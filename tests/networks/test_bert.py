"""BERT-Large counted again from the sizes in its paper."""

import pytest

from ipuwhatif.networks.bert import bert_large
from ipuwhatif.networks.graph import ATTENTION, MATMUL

LAYERS, HIDDEN, FEED_FORWARD, HEADS, WORDS = 24, 1024, 4096, 16, 30522


def dense(size_in: int, size_out: int) -> int:
    return size_in * size_out + size_out


def published_parameters() -> int:
    normalisation = 2 * HIDDEN
    embedding = (WORDS + 512 + 2) * HIDDEN + normalisation
    layer = 4 * dense(HIDDEN, HIDDEN) + normalisation
    layer += dense(HIDDEN, FEED_FORWARD) + dense(FEED_FORWARD, HIDDEN) + normalisation
    words_head = dense(HIDDEN, HIDDEN) + normalisation + WORDS  # its matrix is the embedding's
    return embedding + LAYERS * layer + dense(HIDDEN, HIDDEN) + words_head + dense(HIDDEN, 2)


@pytest.mark.parametrize("tokens", [128, 256, 512])
def test_that_the_parameters_agree_to_the_unit_whatever_the_length(tokens: int) -> None:
    assert bert_large(tokens).parameters == published_parameters() == 336_226_108


@pytest.mark.parametrize(("tokens", "attended"), [(256, None), (512, 512), (512, 256)])
def test_that_the_forward_pass_agrees_with_an_independent_count(tokens: int, attended: int | None) -> None:
    seen = attended or tokens
    projections = 4 * tokens * HIDDEN**2
    feed_forward = 2 * tokens * HIDDEN * FEED_FORWARD
    attention = 2 * tokens * seen * HIDDEN  # scores and context
    masked = round(0.15 * tokens)
    heads = masked * (HIDDEN**2 + HIDDEN * WORDS) + HIDDEN**2 + 2 * HIDDEN
    multiplications = LAYERS * (projections + feed_forward + attention) + heads
    assert bert_large(tokens, attended).forward_flops == 2 * multiplications


def test_that_arithmetic_is_near_two_flops_a_weight_and_token() -> None:
    network = bert_large(512)
    in_layers = sum(op.parameters * op.count for op in network.ops if op.in_block and op.op_class == MATMUL)
    assert network.forward_flops == pytest.approx(2 * 512 * in_layers, rel=0.15)


def test_that_attention_takes_less_where_fewer_tokens_are_attended_to() -> None:
    whole, half = bert_large(512, 512), bert_large(512, 256)

    def attention(network):
        return sum(op.flops * op.count for op in network.ops if op.op_class == ATTENTION)

    assert attention(half) == attention(whole) / 2
    assert half.forward_flops - attention(half) == whole.forward_flops - attention(whole)


def test_that_the_blocks_hold_the_layers_and_nothing_else() -> None:
    network = bert_large(512)
    layer = 4 * dense(HIDDEN, HIDDEN) + dense(HIDDEN, FEED_FORWARD) + dense(FEED_FORWARD, HIDDEN) + 4 * HIDDEN
    assert network.blocks == 2 * LAYERS
    assert sum(op.parameters * op.count for op in network.ops if op.in_block) == LAYERS * layer


def test_that_a_layer_keeps_what_the_published_formula_counts() -> None:
    kept = sum(op.kept_bytes * op.count for op in bert_large(512).ops if op.in_block)
    assert kept == LAYERS * (34 * 512 * HIDDEN + 5 * HEADS * 512 * 512)  # arXiv:2205.05198, equation 1


def test_that_every_tensor_is_counted() -> None:
    # embeddings, normalisation; 16 a layer; pooler, transform, normalisation, bias of the words, next sentence
    assert bert_large(512).tensors == 3 + 2 + LAYERS * 16 + 2 + 2 + 2 + 1 + 2
