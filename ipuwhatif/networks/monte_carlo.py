"""Hamiltonian Monte Carlo over a small Bayesian neural network: one gradient evaluation over the whole data set.

The published example is graphcore/examples, code_examples/tensorflow/mcmc/mcmc_tfp.py: 22 features, 40 hidden units, a
linear layer and a scalar one, 963 parameters, a Student-t likelihood and a normal prior, in single precision. It does
not print the number of rows of its data; 58,368 stands in the README of github.com/NVIDIA/mcmc-bnn-example, which
trains a network of the same widths on the same file.
"""

from collections.abc import Iterator

from ipuwhatif.networks.builders import dense, elementwise
from ipuwhatif.networks.graph import Network, Op, fold
from ipuwhatif.records import replace

FEATURES, HIDDEN, ROWS = 22, 40, 58368
SINGLE_PRECISION = 2.0  # bytes of single precision over those of half


def hamiltonian_monte_carlo(rows: int = ROWS) -> Network:
    """The op graph; 963 parameters. A sample is one leapfrog step: one gradient over all `rows` rows of data.

    The example draws a state from 1,000 such steps, and 500 states a chain. Chains exchange nothing.
    """
    ops = fold(_in_single_precision(op) for op in _ops(rows))
    source = "github.com/graphcore/examples, code_examples/tensorflow/mcmc"
    return Network("hmc", ops, blocks=0, source=source)


def _ops(rows: int) -> Iterator[Op]:
    wide = rows * HIDDEN
    yield elementwise("feature scaling", rows * FEATURES, rows * FEATURES, kept=rows * FEATURES)
    yield dense("hidden", rows, FEATURES, HIDDEN, bias=False, kept=False, first=True)
    yield elementwise("bias", wide, wide, parameters=HIDDEN)
    yield elementwise("tanh", wide, wide, kept=wide)
    yield dense("linear", rows, HIDDEN, 1, bias=False, kept=False)
    yield elementwise("bias", rows, rows, kept=rows, parameters=1)
    yield elementwise("scale and shift", rows, rows, kept=rows, parameters=2)
    yield elementwise("log-likelihood of the returns", 2 * rows, rows, kept=rows)
    yield elementwise("sum of the log-likelihood", rows, 1)
    states = FEATURES * HIDDEN + 2 * HIDDEN + 3
    yield elementwise("log-prior and its sum", states, 1)
    # momentum and position, read and written, and the gradient; all parameters lie in one tensor
    leapfrog = elementwise("leapfrog step", 3 * states, 2 * states)
    yield replace(leapfrog, tensors=1, backward_only=True)


def _in_single_precision(op: Op) -> Op:
    return replace(
        op,
        activation_bytes=op.activation_bytes * SINGLE_PRECISION,
        kept_bytes=op.kept_bytes * SINGLE_PRECISION,
        tensors=1 if op.backward_only else 0,
    )
