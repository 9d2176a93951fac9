"""The dense emulator follows the sizes that the user sets and refuses what is out of bounds."""

import pytest

from ipuwhatif.networks.emulator import DEFAULT_LAYERS, dense_emulator
from ipuwhatif.networks.graph import ELEMENTWISE, MATMUL
from ipuwhatif.units import InputError


def test_that_the_sizes_make_the_network() -> None:
    network = dense_emulator((5, 7, 3))
    assert network.parameters == 5 * 7 + 7 + 7 * 3 + 3
    assert network.forward_flops == 2 * (5 * 7 + 7 * 3)
    assert sum(op.count for op in network.ops if op.op_class == MATMUL) == 2
    assert sum(op.count for op in network.ops if op.op_class == ELEMENTWISE) == 1


def test_that_only_the_first_layer_needs_no_gradient_of_its_input() -> None:
    network = dense_emulator((8, 8, 8, 8))
    assert [(op.data_gradient, op.count) for op in network.ops if op.op_class == MATMUL] == [(False, 1), (True, 2)]


def test_that_the_default_reads_a_column_and_gives_its_wind_increments() -> None:
    assert DEFAULT_LAYERS[0] == 275 and DEFAULT_LAYERS[-1] == 182
    assert dense_emulator().parameters > 0


@pytest.mark.parametrize("layers", [(2, 1), (1,) * 64, (1_000_000, 1_000_000)])
def test_that_the_bounds_themselves_are_valid(layers: tuple[int, ...]) -> None:
    assert dense_emulator(layers).parameters > 0


@pytest.mark.parametrize(
    ("layers", "nearest"), [((), "2"), ((5,), "2"), ((5,) * 65, "64"), ((5, 0), "1"), ((1_000_001, 5), "1,000,000")]
)
def test_that_sizes_out_of_bounds_are_refused_with_the_nearest(layers: tuple[int, ...], nearest: str) -> None:
    with pytest.raises(InputError, match=f"nearest: {nearest}$"):
        dense_emulator(layers)
