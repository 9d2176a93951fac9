#!/usr/bin/env bash
# mlperf-logging 4.1.68 (the newest on PyPI when this was written), with numpy, scipy and pandas. Small install, no GPU.
#
# What it is: MLCommons' own checker of MLPerf Training results. It ships the reference convergence points (RCPs): for
# each round, benchmark and global batch size, how long the reference needed to reach the target in each of some runs.
#
# One expects: the list named "Epochs to converge" to hold epochs, or at least one unit that stays.
#
# Instead: under that one name stand epochs, shares of an epoch, optimizer steps, samples and tokens, with nothing in
# the file that says which, and the unit of a benchmark changes from one round to the next without a new name:
#   - U-Net3D counts epochs up to round 3.0 and training images from 3.1 on: 2300 becomes 386400, 168 images times as
#     much
#   - Stable Diffusion counts optimizer steps in 3.1 and images from 4.0 on: 5071.4 becomes 2596571.4, a batch of 512
#     times
#   - GPT-3 counts tokens: its first run at batch 1536, 1157627904, is 368 steps of 1536 sequences of 2048 tokens
#   - Llama 3.1 405B, the same kind of job two rounds later, counts sequences: 322560 are 280 steps of 1152
#   - Llama 2 70B LoRA is the one file of round 5.0 that names its unit, "samples to converge"; the class that reads it
#     puts the numbers under "Epochs to converge" all the same
# Besides, the seventh of the seven runs of GPT-3 at batch 3072 in 4.1 is more than ten times each of the others, so
# that the plain mean of the list is 2.5 times the mean that the checker itself computes, which leaves out best and
# worst.
#
# Seen (means over the runs):
#   unet3d            3.0.0  batch   56  Epochs to converge: 2300.0
#   unet3d            3.1.0  batch   56  Epochs to converge: 386400.0
#   stable_diffusion  3.1.0  batch  512  Epochs to converge: 5071.4
#   stable_diffusion  4.0.0  batch  512  Epochs to converge: 2596571.4
#   gpt3              4.0.0  batch 1536  Epochs to converge: 1199570944.0
#   llama31_405b      5.0.0  batch 1152  Epochs to converge: 322560.0
#   retinanet         5.0.0  batch  256  Epochs to converge: 4.0
#   rgat              5.0.0  batch 4096  Epochs to converge: 0.8
#   llama2_70b_lora   5.0.0  batch    8  Epochs to converge: 3187.2 (in its file: samples)
#   gpt3              4.1.0  batch 3072  Epochs to converge: 3012708644.6
#   plain mean 3012708645, without best and worst 1218025882
#
# Why it matters to who compares training systems: time to train is samples to converge over samples a second. Whoever
# reads these points by their name is wrong by the size of the data set, the batch or the sequence, and a trend of one
# benchmark over the rounds jumps by 168 or 512 in the middle. The unit has to be known for each benchmark and round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet mlperf-logging==4.1.68 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'EOF_PYTHON'
import json
from math import isclose
from pathlib import Path
from statistics import fmean

import mlperf_logging.rcp_checker as rcps
from mlperf_logging.rcp_checker.rcp_checker import RCP_Checker

HOME = Path(rcps.__file__).parent
EPOCHS, SAMPLES = "Epochs to converge", "samples to converge"


def runs(benchmark: str, ruleset: str, batch: int, name: str = EPOCHS) -> list[float]:
    points = json.loads((HOME / f"training_{ruleset}" / f"rcps_{benchmark}.json").read_text()).values()
    (point,) = [point for point in points if point["BS"] == batch]
    counts = [key for key in point if "onverge" in key]
    assert counts == [name], counts
    print(f"{benchmark:<17} {ruleset}  batch {batch:4}  {EPOCHS}: {fmean(point[name]):.1f}")
    return point[name]


# one benchmark, one name, two units
earlier, later = runs("unet3d", "3.0.0", 56), runs("unet3d", "3.1.0", 56)
assert sorted(168 * epochs for epochs in earlier) == sorted(later)
earlier, later = runs("stable_diffusion", "3.1.0", 512), runs("stable_diffusion", "4.0.0", 512)
assert sorted(512 * steps for steps in earlier) == sorted(later)

# one round or two, one name, other units still
tokens = runs("gpt3", "4.0.0", 1536)
assert min(tokens) > 1e9 and all(count % (1536 * 2048) == 0 for count in tokens)
sequences = runs("llama31_405b", "5.0.0", 1152)
assert max(sequences) < 1e6 and all(count % 1152 == 0 for count in sequences)
assert all(count == int(count) < 10 for count in runs("retinanet", "5.0.0", 256))
assert all(count < 1 for count in runs("rgat", "5.0.0", 4096))

# samples in the file, epochs once read
named = runs("llama2_70b_lora", "5.0.0", 8, SAMPLES)
(read,) = [p for p in RCP_Checker("training", "5.0.0", "llama2_70b_lora", False).rcp_data.values() if p["BS"] == 8]
assert SAMPLES not in read and sorted(read[EPOCHS]) == sorted(named)

# one run of seven
odd = sorted(runs("gpt3", "4.1.0", 3072))
(read,) = [p for p in RCP_Checker("training", "4.1.0", "gpt3", False).rcp_data.values() if p["BS"] == 3072]
print(f"plain mean {fmean(odd):.0f}, without best and worst {read['RCP Mean']:.0f}")
assert len(odd) == 7 and odd[-1] > 10 * odd[-2]
assert isclose(fmean(odd) / read["RCP Mean"], 2.473, rel_tol=1e-3)
print("as described")
EOF_PYTHON
