"""Hamiltonian Monte Carlo: a sample is one gradient over the whole data set."""

from ipuwhatif.networks.monte_carlo import hamiltonian_monte_carlo


def test_that_the_parameters_are_those_of_the_published_example() -> None:
    assert hamiltonian_monte_carlo().parameters == 22 * 40 + 40 + 40 + 3 == 963


def test_that_the_work_is_that_of_every_row() -> None:
    assert hamiltonian_monte_carlo(1000).forward_flops == 2 * 1000 * (22 * 40 + 40)
    assert hamiltonian_monte_carlo(2000).kept_bytes == 2 * hamiltonian_monte_carlo(1000).kept_bytes


def test_that_values_take_four_bytes() -> None:
    hidden = next(op for op in hamiltonian_monte_carlo(1000).ops if op.name == "hidden")
    assert hidden.activation_bytes == 4 * 1000 * (22 + 40)


def test_that_the_state_moves_once_for_each_gradient() -> None:
    moved = [op for op in hamiltonian_monte_carlo(1000).ops if op.backward_only]
    assert [op.activation_bytes for op in moved] == [4 * 5 * 963]
