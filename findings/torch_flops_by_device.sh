#!/usr/bin/env bash
# torch 2.13.0. The install is big: some hundreds of MB, and much more where no CPU build of it is on offer. No GPU.
#
# What it is: `torch.utils.flop_counter.FlopCounterMode`, PyTorch's own counter of floating-point operations;
# Lightning's `measure_flops` is made of it. It watches the operations that are dispatched and sums those it has a
# formula for.
#
# One expects: the work of a network is in its shapes; the same module on the same shapes has the same count on any
# device, in training and in evaluation, or the counter says that it met something unknown.
#
# Instead: on a CPU some modules become one fused operation that the counter has no formula for, and it counts nothing,
# without a word. On the "meta" device, which computes shapes only, the same modules count in full.
#   - nn.LSTM counts 0 on the CPU, forward and backward; nn.GRU, with the same products, counts in full
#   - nn.TransformerEncoderLayer counts 0 in evaluation without gradients (its "fast path"), but in full in training
#   - scaled_dot_product_attention counts 0, so that of any network with it all but the attention is counted (issue
#     195460 of pytorch, closed after 2.13.0: newer versions may count this one)
#
# Seen (operations of one forward pass):
#   LSTM                        meta     1966080  cpu           0
#   GRU                         meta     1474560  cpu     1474560
#   encoder layer, training     meta     3276800  cpu     3276800
#   encoder layer, evaluation   meta     3276800  cpu           0
#   attention                   meta    33554432  cpu           0
#
# Why it matters to who compares training systems: work per sample is what a measured speed is turned into utilisation
# by, and it is often counted on a machine without the chip. A recurrent network of order books comes out with its
# convolutions only, and a language model loses the part that grows with the length, just where long contexts are
# compared. Count on "meta".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
from collections.abc import Callable

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention
from torch.utils.flop_counter import FlopCounterMode


def operations(run: Callable[[], object]) -> int:
    counter = FlopCounterMode(display=False)
    with counter:
        run()
    return counter.get_total_flops()


def on_both(name: str, count: Callable[[str], int]) -> tuple[int, int]:
    meta, cpu = count("meta"), count("cpu")
    print(f"{name:<26}  meta {meta:11d}  cpu {cpu:11d}")
    return meta, cpu


def recurrent(kind: type[nn.Module]) -> Callable[[str], int]:
    def count(device: str) -> int:
        module, steps = kind(32, 64, batch_first=True).to(device), torch.zeros(4, 10, 32, device=device)
        return operations(lambda: module(steps))

    return count


def encoder(training: bool) -> Callable[[str], int]:
    def count(device: str) -> int:
        layer = nn.TransformerEncoderLayer(64, 4, 256, batch_first=True).to(device).train(training)
        with torch.set_grad_enabled(training):
            return operations(lambda: layer(torch.zeros(2, 16, 64, device=device)))

    return count


def attention(device: str) -> int:
    query, key, value = torch.zeros(3, 1, 8, 128, 64, device=device)
    return operations(lambda: scaled_dot_product_attention(query, key, value))


def by_hand(gates: int) -> int:
    return 2 * 4 * 10 * gates * 64 * (32 + 64)  # batch, steps, gates, state, inputs and state


assert on_both("LSTM", recurrent(nn.LSTM)) == (by_hand(4), 0)
assert on_both("GRU", recurrent(nn.GRU)) == (by_hand(3), by_hand(3))
meta, cpu = on_both("encoder layer, training", encoder(True))
assert meta == cpu > 3_000_000
meta, cpu = on_both("encoder layer, evaluation", encoder(False))
assert meta > 3_000_000 and cpu == 0
assert on_both("attention", attention) == (4 * 8 * 128 * 128 * 64, 0)

module, steps = nn.LSTM(32, 64, batch_first=True), torch.zeros(4, 10, 32, requires_grad=True)
output, _ = module(steps)
assert operations(lambda: output.sum().backward()) == 0  # nor does its gradient
print("as described")
EOF_PYTHON
