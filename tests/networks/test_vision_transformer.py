"""ViT-B/16 counted again from the sizes in its paper."""

import pytest

from ipuwhatif.networks.vision_transformer import vit_b16

LAYERS, HIDDEN, FEED_FORWARD, TOKENS, CLASSES = 12, 768, 3072, 197, 1000


def test_that_the_parameters_agree_to_the_unit() -> None:
    layer = 4 * (HIDDEN**2 + HIDDEN) + 2 * HIDDEN * FEED_FORWARD + FEED_FORWARD + HIDDEN + 4 * HIDDEN
    embedding = 3 * 16 * 16 * HIDDEN + HIDDEN + HIDDEN + TOKENS * HIDDEN
    head = 2 * HIDDEN + HIDDEN * CLASSES + CLASSES
    assert vit_b16().parameters == embedding + LAYERS * layer + head == 86_567_656


def test_that_the_forward_pass_agrees_with_an_independent_count() -> None:
    layer = TOKENS * (4 * HIDDEN**2 + 2 * HIDDEN * FEED_FORWARD) + 2 * TOKENS**2 * HIDDEN
    work = 196 * 3 * 16 * 16 * HIDDEN + LAYERS * layer + HIDDEN * CLASSES
    assert vit_b16().forward_flops == 2 * work
    assert work == pytest.approx(17.6e9, rel=0.005)  # the size that is printed


def test_that_the_blocks_hold_the_layers_and_the_tensors_are_all_counted() -> None:
    network = vit_b16()
    assert network.blocks == 24
    assert network.tensors == 3 + 1 + 12 * 12 + 2 + 2
