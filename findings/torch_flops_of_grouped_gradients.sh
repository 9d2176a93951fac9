#!/usr/bin/env bash
# torch 2.13.0. The install is big: some hundreds of MB, and much more where no CPU build of it is on offer. No GPU.
#
# What it is: `torch.utils.flop_counter.FlopCounterMode`, PyTorch's own counter of floating-point operations, over a
# backward pass. Forward passes of grouped convolutions are counted rightly.
#
# One expects: the backward pass of a convolution is two of its size, for the gradients of its input and its weights, so
# that training is three forward passes, whatever the number of groups.
#
# Instead: the gradient of the weights is counted as if there were no groups. For G groups the backward pass comes out
# at 1 + G forward passes. (Pull request 183405 of pytorch proposes to divide by the groups; 2.13.0 does not, newer
# versions were not tried.)
#
# Seen (forward, backward over forward):
#   dense 3x3, 64 channels             37748736   2.0
#   4 groups of 16 channels             9437184   5.0
#   depthwise, 64 groups of one          589824  65.0
#   inverted bottleneck, depthwise      8404992  24.6
#   the same in groups of 16           28311552   8.0
#
# Why it matters to who compares training systems: EfficientNet, MobileNet and ConvNeXt are made of such layers. From
# these counts the training of this block, as in EfficientNet, is more than eight times the work it is, and so would be
# a utilisation. Between designs it misleads as well: in groups of 16, as networks were changed for IPUs, the block
# takes 3.4 times the work of the depthwise one, but is counted as 1.2 times. Count the forward pass and take three
# times that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def passes(name: str, network: nn.Module, channels: int) -> tuple[int, int]:
    """Operations of the forward and of the backward pass; shapes alone, nothing is computed."""
    images = torch.zeros(2, channels, 16, 16, device="meta", requires_grad=True)
    forward, backward = FlopCounterMode(display=False), FlopCounterMode(display=False)
    with forward:
        output = network.to("meta")(images)
    with backward:
        output.sum().backward()
    there, back = forward.get_total_flops(), backward.get_total_flops()
    print(f"{name:<32} {there:10d} {back / there:5.1f}")
    return there, back


def convolution(groups: int) -> nn.Module:
    return nn.Conv2d(64, 64, 3, padding=1, groups=groups, bias=False)


def bottleneck(width: int, group_width: int) -> nn.Module:
    wide = width * 6
    middle = nn.Conv2d(wide, wide, 3, padding=1, groups=wide // group_width, bias=False)
    return nn.Sequential(nn.Conv2d(width, wide, 1, bias=False), middle, nn.Conv2d(wide, width, 1, bias=False))


dense = 2 * 2 * 16 * 16 * 3 * 3 * 64 * 64
for name, groups in (("dense 3x3, 64 channels", 1), ("4 groups of 16 channels", 4), ("depthwise, 64 groups of one", 64)):
    there, back = passes(name, convolution(groups), 64)
    assert there == dense // groups  # rightly
    assert back == there * (1 + groups)  # not twice
narrow, narrow_back = passes("inverted bottleneck, depthwise", bottleneck(24, 1), 24)
grouped, grouped_back = passes("the same in groups of 16", bottleneck(24, 16), 24)
assert (narrow + narrow_back) / (3 * narrow) > 8
assert grouped / narrow > 3.3 and (grouped + grouped_back) / (narrow + narrow_back) < 1.2
print("as described")
EOF_PYTHON
