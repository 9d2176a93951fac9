#!/usr/bin/env bash
# lightning-fabric 2.6.6 (the newest on PyPI when this was written) on torch 2.13.0. The install is big: torch alone is
# some hundreds of MB, and much more where no CPU build of it is on offer. Needs no GPU: the name that the driver would
# give is put in its place; nothing else is changed.
#
# What it is: Fabric's and Lightning's throughput monitors divide the operations a second by the peak of the chip, from
# a table that is looked up by the name of the device, and log the quotient as MFU.
#
# One expects: one kind of peak for all chips: products in that type on tensor cores, of dense matrices, for one device.
#
# Instead, they are of several kinds:
#   - H100 SXM and PCIe have dense peaks; the rows of H200 and H100 NVL hold NVIDIA's figures for matrices of which two
#     in four numbers are zero: twice the dense ones for H200 SXM, which has the compute of H100 SXM, and more than
#     twice for the smaller H100 NVL. Issue 21677 of pytorch-lightning is about these; 2.6.6 does not have its fix.
#   - the rows of H200 are never reached by the name that an SXM board has, "NVIDIA H200": the lookup gives a warning
#     and no peak, so that there is no MFU at all
#   - "NVIDIA L40S" and "NVIDIA L40" contain "L4" and get the peak of an L4, 121; NVIDIA states 362 for an L40S and 181
#     for an L40, dense. There is a row for L40, reached only by names with "Tesla" in them.
#   - RTX A6000, A40 and the GeForce cards have, for BF16 and FP16, the peak of the ordinary units: on A6000 and A40
#     half of what the very same rows say of TF32, although BF16 is the faster type on their tensor cores
#
# Seen (TFLOP/s):
#   NVIDIA A100-SXM4-80GB      BF16   312.0  TF32   156.0
#   NVIDIA H100 80GB HBM3      BF16   989.4  TF32   494.7
#   NVIDIA H100 NVL            BF16  1978.8  TF32   989.4
#   NVIDIA H200                none
#   (table) h200 sxm1          BF16  2000.0  TF32   990.0
#   NVIDIA L4                  BF16   121.0  TF32    60.0
#   NVIDIA L40S                BF16   121.0  TF32    60.0
#   NVIDIA RTX A6000           BF16    38.7  TF32    77.4
#
# Why it matters to who compares training systems: an MFU in a log of Lightning is only comparable between A100, H100
# SXM and H100 PCIe. The same efficiency reads less than half on an H100 NVL, three times on an L40S and four times on
# an A6000, where it can exceed 100 %. Take operations a second from such a log and divide by a peak of known kind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet lightning-fabric==2.6.6 torch==2.13.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
import warnings
from unittest import mock

import torch
from lightning_fabric.utilities import throughput

warnings.simplefilter("ignore")
GPU = torch.device("cuda", 0)


def peaks(name: str) -> tuple[float, float] | None:
    """Peaks in BF16 and TF32 of the device of this name, in TFLOP/s."""
    with mock.patch.object(torch.cuda, "get_device_name", return_value=name):
        found = [throughput.get_available_flops(GPU, kind) for kind in (torch.bfloat16, "tfloat32")]
    if None in found:
        assert found == [None, None]
        print(f"{name:<25}  none")
        return None
    half, full = (peak / 1e12 for peak in found)
    print(f"{name:<25}  BF16 {half:7.1f}  TF32 {full:7.1f}")
    return half, full


assert peaks("NVIDIA A100-SXM4-80GB") == (312.0, 156.0)
assert peaks("NVIDIA H100 80GB HBM3") == (989.4, 494.7)
assert peaks("NVIDIA H100 NVL") == (1978.8, 989.4)  # twice the SXM board, which is the faster one
assert peaks("NVIDIA H200") is None
row = throughput._CUDA_FLOPS["h200 sxm1"]
print(f"(table) h200 sxm1          BF16 {row[torch.bfloat16] / 1e12:7.1f}  TF32 {row['tfloat32'] / 1e12:7.1f}")
assert (row[torch.bfloat16], row["tfloat32"]) == (2000e12, 990e12)
assert peaks("NVIDIA L4") == peaks("NVIDIA L40S") == (121.0, 60.0)
assert peaks("NVIDIA RTX A6000") == (38.7, 77.4)  # the narrower type as the slower
print("as described")
EOF_PYTHON
