"""Ops of a network that somebody brings are written and read back as they are; what is no op is told by its line."""

import re

import pytest

from ipuwhatif.networks.graph import Op
from ipuwhatif.networks.library import network_for
from ipuwhatif.networks.own_graph import OwnGraph, blocks_of, is_transformer, ops_text, own_network, read_ops, remember
from ipuwhatif.records import replace
from ipuwhatif.units import InputError


@pytest.mark.parametrize("key", ["resnet50", "efficientnet-b4", "vit-b16", "bert-large-512", "deeplob", "lob-lstm"])
def test_that_the_ops_of_any_network_read_back_as_they_were(key):
    ops = network_for(key, "gpu").ops
    read = read_ops(ops_text(ops))
    assert read == tuple(replace(op, in_block=True) for op in ops)


def test_that_a_network_is_found_by_its_key_once_it_was_brought_in():
    ops = network_for("resnet50", "gpu").ops
    with pytest.raises(KeyError):
        own_network("own:nobody", (), network_for.__wrapped__.__defaults__[1])
    remember("own:of-a-test", OwnGraph("ops", "a file", ops=ops))
    found = network_for("own:of-a-test", "gpu")
    assert found.parameters == 25_557_032 and found.source == "a file"


def test_that_products_make_a_transformer_and_convolutions_none():
    assert is_transformer(network_for("bert-large-512", "gpu").ops)
    assert not is_transformer(network_for("resnet50", "gpu").ops)
    assert blocks_of(network_for("resnet50", "gpu").ops) == 18 and blocks_of([Op("x", "matmul", 1.0, 1.0)]) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("matmul,1,2,3,4,5,1,0,1,", "line 2 of its ops is none"),
        ("matrix,1,2,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,0,2,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,nan,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,inf,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,-2,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,1e300,3,4,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,2,3,4.5,5,1,0,1,0,,x", "line 2 of its ops is none"),
        ("matmul,1,2,3,4,5,1,0,1,0,z,x", "line 2 of its ops is none"),
        ('matmul,1,2,3,4,5,1,0,1,0,,"x', "line 2 of its ops is none"),
        ("elementwise,1,0,3,4,5,1,0,1,0,,x", "it has no op that multiplies"),
        ("", "it has no op that multiplies"),
    ],
)
def test_that_what_is_no_op_is_told_by_its_line(line, told):
    head = ops_text([])
    with pytest.raises(InputError, match=re.escape(told)):
        read_ops(head + line)


def test_that_more_ops_than_a_network_has_are_refused(monkeypatch):
    monkeypatch.setattr("ipuwhatif.networks.own_graph.MOST_OPS", 3)
    with pytest.raises(InputError, match="more than 3 ops"):
        read_ops(ops_text(network_for("resnet50", "gpu").ops))
