#!/usr/bin/env bash
# torch 2.13.0 with onnx 1.23.2 and onnxscript 0.7.2, both exporters of torch.onnx. The install is big: torch
# alone is some hundreds of MB, and much more where no CPU build of it is on offer. Needs no GPU.
#
# What it is: a network is written to an ONNX file, and its parameters are counted by adding up the sizes of the file's
# initializers, as counters and viewers of ONNX files do.
#
# One expects: as many parameters as the module has, whatever their values are.
#
# Instead, initializers that hold the same values are written once, and all nodes that need one share it. A fresh layer
# norm or batch norm has ones and zeros: four layer norms of 64 features leave one pair of 64 in the file. The count
# falls short by everything that was initialised alike, and comes out right once the same module has been trained (here:
# filled with random numbers). Whoever exports an architecture from its class to count it, without loading weights, gets
# too few; from the file nothing can be told of a merged weight, since tied weights look the same.
#
# Seen:
#   untrained  newer exporter  module 17152  file 16768
#   untrained  older exporter  module 17152  file 16768
#   random     newer exporter  module 17152  file 17152
#   random     older exporter  module 17152  file 17152
#
# Why it matters to who compares training systems: parameters give the memory of weights, gradients and optimizer and
# the bytes of an all-reduce. For a transformer the loss is small; for networks whose layers are mostly norms, or that
# were initialised with constants, it is not. Count from the module, or from a file with real weights.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet torch==2.13.0 onnx==1.23.2 onnxscript==0.7.2 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON' 2>/dev/null
import math
import warnings

import onnx
import torch

warnings.simplefilter("ignore")
torch.manual_seed(0)
layers = [torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.LayerNorm(64)) for _ in range(4)]
network = torch.nn.Sequential(*layers)
count = sum(parameter.numel() for parameter in network.parameters())
merged = 3 * (64 + 64)  # of four layer norms with the same ones and zeros


def in_file(newer: bool) -> int:
    torch.onnx.export(network, (torch.zeros(1, 64),), "network.onnx", dynamo=newer, verbose=False)
    return sum(math.prod(each.dims) for each in onnx.load("network.onnx").graph.initializer)


for state, missing in (("untrained", merged), ("random", 0)):
    if state == "random":
        for parameter in network.parameters():
            torch.nn.init.normal_(parameter)
    for newer in (True, False):
        found = in_file(newer)
        print(f"{state:<10} {'newer' if newer else 'older'} exporter  module {count}  file {found}")
        assert found == count - missing, (state, newer, found)
EOF_PYTHON
