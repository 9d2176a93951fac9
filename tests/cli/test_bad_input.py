"""Bad input on the command line: one line that names the fault, exit code 2, and nothing left behind."""

import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from ipuwhatif.cli import main
from ipuwhatif.export.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ["project", "-w", "resnet50", "-s", "ipu-pod:64"]
STATED = ["project", "-w", "efficientnet-b4", "-s", "dgx-a100"]

# what is typed -> the whole line: the fault, and the nearest valid choice
BAD_INPUT = {
    "an unknown list": (
        ["list", "workload"],
        (
            "argument KIND: 'workload' is not one of workloads, systems, releases, software, levers; the "
            "nearest is workloads"
        ),
    ),
    "an unknown option": ([*PROJECT, "--colour"], "nothing takes '--colour'; --help tells what is taken"),
    "an option with a letter left out": ([*PROJECT, "--jsn"], "nothing takes '--jsn'; the nearest is --json"),
    "a word too many": ([*PROJECT, "bert-large"], "nothing takes 'bert-large'; --help tells what is taken"),
    "a missing option": (["project", "-w", "resnet50"], "a projection needs a system: -s ipu-pod:64"),
    "an unknown workload": (
        ["project", "-w", "resnet5", "-s", "ipu-pod:64"],
        "unknown workload 'resnet5'; the nearest is resnet50",
    ),
    "a workload like no known one": (
        ["project", "-w", "mixtral", "-s", "ipu-pod:64"],
        "unknown workload 'mixtral', and none is like it; `ipuwhatif list workloads` names all, and -w transformer "
        "takes the sizes of a decoder-only model",
    ),
    "an unknown system": (
        ["project", "-w", "resnet50", "-s", "ipu-pood:64"],
        "unknown system 'ipu-pood:64'; nearest: ipu-pod:64",
    ),
    "an unknown preset": (["compare", "-s", "ipu-podd64"], "unknown system 'ipu-podd64'; nearest: ipu-pod64"),
    "an unknown family": (["scaling", "-s", "ipu-pods"], "unknown system family 'ipu-pods'; the nearest is ipu-pod"),
    "a family out of range": (
        ["scaling", "-s", "ipu-pod", "--from", "2000", "--to", "4000"],
        "IPU-POD has 1 to 1,024 IPUs, none of them in --from 2,000 --to 4,000; the nearest is 1,024",
    ),
    "a range that runs backwards": (
        ["scaling", "-s", "ipu-pod", "--from", "64", "--to", "16"],
        "chips from 64 to 16: the first must be at least 1 and not above the second",
    ),
    "a system without a name": (
        ["compare", "-s", "ipu-pod16,,dgx-a100"],
        "'ipu-pod16,,dgx-a100' has no system between two commas; write ipu-pod:64,dgx-a100",
    ),
    "no system": (["compare", "-s", ""], "'' has no system between two commas; write ipu-pod:64,dgx-a100"),
    "0 chips": (
        ["project", "-w", "resnet50", "-s", "ipu-pod:0"],
        "system 'ipu-pod:0': the chip count must be a whole number from 1 to 1,024; the nearest is ipu-pod:1",
    ),
    "7,000,000 chips": (
        ["project", "-w", "resnet50", "-s", "dgx-a100:7000000"],
        (
            "system 'dgx-a100:7000000': the chip count must be a whole number from 1 to 4,320; the nearest is "
            "dgx-a100:4320"
        ),
    ),
    "half a chip": (
        ["project", "-w", "resnet50", "-s", "ipu-pod:2,5"],
        ("system 'ipu-pod:2,5': the chip count must be a whole number from 1 to 1,024; the nearest is ipu-pod:2"),
    ),
    "nan chips": (
        ["project", "-w", "resnet50", "-s", "ipu-pod:nan"],
        "system 'ipu-pod:nan': the chip count must be a whole number from 1 to 1,024, such as ipu-pod:4",
    ),
    "an unknown release": ([*PROJECT, "--release", "2021-13"], "unknown release '2021-13'; the nearest is 2021-12"),
    "an unknown recipe": (
        [*PROJECT, "--recipe", "opened"],
        "unknown recipe of ResNet-50 'opened'; the nearest is closed",
    ),
    "a recipe of another workload": (
        [*PROJECT, "--recipe", "open"],
        "unknown recipe of ResNet-50 'open'; the nearest is closed",
    ),
    "an unknown layout policy": (
        [*PROJECT, "--layout", "bset"],
        "argument --layout: 'bset' is not one of best, as-submitted; the nearest is best",
    ),
    "a batch of -1": (
        [*PROJECT, "--global-batch", "-1"],
        "Global batch of '-1' is outside 1 to 86,016 samples; the nearest is 1 sample",
    ),
    "a batch of 0": (
        [*PROJECT, "--global-batch", "0"],
        "Global batch of '0' is outside 1 to 86,016 samples; the nearest is 1 sample",
    ),
    "a batch of nan": (
        [*PROJECT, "--global-batch", "nan"],
        "'nan' is no number; write for example 256 samples (Global batch: 1 to 86,016 samples)",
    ),
    "a batch that nothing can hold": (
        [*PROJECT, "--global-batch", "999999999999"],
        "Global batch of '999999999999' is outside 1 to 86,016 samples; the nearest is 86,016 samples",
    ),
    "a micro-batch that nothing can hold": (
        [*PROJECT, "--micro-batch", "999"],
        "a micro-batch of 999 of ResNet-50 does not fit on a GC200 IPU: the largest that does is 69",
    ),
    "a micro-batch out of range": (
        [*PROJECT, "--micro-batch", "999999999999"],
        "Micro-batch of '999999999999' is outside 1 to 4,096 samples; the nearest is 4,096 samples",
    ),
    "half a sample": (
        [*PROJECT, "--micro-batch", "2,5"],
        "argument --micro-batch: '2,5' is not a whole number from 1 on; the nearest is 2",
    ),
    "a batch with a decimal comma": (
        [*PROJECT, "--global-batch", "3200,5"],
        (
            "'3200,5': a comma groups thousands, as in 1,024; write a decimal point, as in 3200.5 (Global batch: 1"
            " to 86,016 samples)"
        ),
    ),
    "a number of words": (
        [*PROJECT, "--micro-batch", "two"],
        "argument --micro-batch: 'two' is not a whole number from 1 on, such as 16",
    ),
    "a number of twenty digits": (
        [*PROJECT, "--pipeline-stages", "9" * 20],
        "argument --pipeline-stages: '99999999999999999999' is too large",
    ),
    "an accumulation out of range": (
        [*PROJECT, "--gradient-accumulation", "100000000"],
        (
            "Gradient accumulation of '100000000' is outside 1 to 2,048 micro-batches; the nearest is 2,048 "
            "micro-batches"
        ),
    ),
    "a lever of nan": (
        [*PROJECT, "--set", "ipu.compute_gain=nan"],
        "'nan' is not a number with a unit; write for example 1.5 × (Compute gain: 0.50 to 2.00 ×)",
    ),
    "a lever out of range": (
        [*PROJECT, "--set", "ipu.compute_gain=1e308"],
        "Compute gain of '1e308' is outside 0.50 to 2.00 ×; the nearest is 2.00 ×",
    ),
    "an unknown lever": (
        [*PROJECT, "--set", "ipu.compute_gian=1.3"],
        "unknown lever 'ipu.compute_gian'; the nearest is ipu.compute_gain (0.50 to 2.00 ×)",
    ),
    "a lever without a value": (
        [*PROJECT, "--set", "ipu.compute_gain"],
        "'ipu.compute_gain' is no setting; write scope.lever=value: ipu.compute_gain=1.3",
    ),
    "a lever of nobody": (
        [*PROJECT, "--set", "ipx.compute_gain=1.3"],
        "no family or system 'ipx'; the nearest lever is ipu.compute_gain (0.50 to 2.00 ×)",
    ),
    "half a sample of a batch": (
        [*PROJECT, "--set", "ipu-pod:64.global_batch=2.5"],
        "Global batch of '2.5' is no whole number; the nearest is 2 samples",
    ),
    "power of a projection": (
        [*PROJECT, "--set", "ipu.power_kw=3"],
        ("lever ipu.power_kw changes no time: leave it out, or ask with ipuwhatif compare --basis per-kw or cost"),
    ),
    "power of a comparison of times": (
        ["compare", "--set", "ipu.power_kw=3"],
        ("lever ipu.power_kw changes no time: leave it out, or ask with ipuwhatif compare --basis per-kw or cost"),
    ),
    "a price of electricity per kW": (
        ["compare", "--basis", "per-kw", "--set", "all.electricity_price=0.1"],
        "lever all.electricity_price changes no time: leave it out, or ask with ipuwhatif cost",
    ),
    "a lifetime along the chips": (
        ["scaling", "--set", "ipu.lifetime_years=3"],
        "lever ipu.lifetime_years changes no time: leave it out, or ask with ipuwhatif cost",
    ),
    "cooling under a tornado": (
        ["sensitivity", "-w", "resnet50", "-s", "ipu-pod64", "--set", "all.cooling_overhead=1.2"],
        "lever all.cooling_overhead changes no time: leave it out, or ask with ipuwhatif cost",
    ),
    "a target of ages": (
        ["seek", "-w", "resnet50", "-s", "ipu-pod", "--target", "1e300 s"],
        "a job takes from 1 ms to 100 years; the nearest is 36,500 days",
    ),
    "less than a sample": (
        [*STATED, "--samples", "1e-9"],
        "'1e-9' is less than one of the images; write for example 350 epochs",
    ),
    "no layer between two commas": (
        ["compare", "-w", "weather-emulator", "--layers", "5,,5"],
        (
            "'5,,5' has no size between two commas or beside one; write for example 275, 256, 256, 256, 256, "
            "256, 256, 182"
        ),
    ),
    "a lever that is set twice": (
        [*PROJECT, "--set", "ipu.clock=1.1", "--set", "ipu.clock=1.2"],
        "lever ipu.clock is set twice; set it once",
    ),
    "a batch that is set twice": (
        [*PROJECT, "--set", "ipu-pod64.global_batch=3200", "--global-batch", "3264"],
        "lever ipu-pod:64.global_batch is set twice; set it once",
    ),
    "a lever of a family that is not asked about": (
        [*PROJECT, "--set", "gpu.compute_gain=1.3"],
        ("lever gpu.compute_gain moves nothing: gpu is not in this question; the nearest lever is ipu.compute_gain"),
    ),
    "a lever of a system that is not asked about": (
        ["compare", "--set", "ipu-pod:48.global_batch=3200"],
        (
            "lever ipu-pod:48.global_batch moves nothing: ipu-pod:48 is not in this question; the nearest lever"
            " is ipu-pod:64.global_batch"
        ),
    ),
    "a lever of a size that is not on the curve": (
        ["scaling", "-s", "ipu-pod", "--set", "ipu-pod:2.clock=1.1"],
        (
            "lever ipu-pod:2.clock moves nothing: ipu-pod:2 is not in this question; the nearest lever is ipu-"
            "pod:16.clock"
        ),
    ),
    "an option that is given twice": (
        [*PROJECT, "-w", "bert-large"],
        "argument -w/--workload: given twice; give it once",
    ),
    "two outputs": (["compare", "-o", "a.png", "-o", "b.png"], "argument -o/--output: given twice; give it once"),
    "an output without a name": (
        ["compare", "-o", ""],
        "cannot write to '': it has no extension; use one of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv",
    ),
    "a layout for scaling": (
        ["scaling", "--layout", "as-submitted"],
        (
            "scaling searches the layout at each chip count, so --layout as-submitted counts for nothing; leave"
            " it out, or ask with project or compare"
        ),
    ),
    "a subject that is the reference": (
        ["compare", "--subject", "dgx-a100"],
        "'dgx-a100' is the reference; the subject is another of the systems",
    ),
    "a subject that is not listed": (
        ["compare", "--subject", "ipu-pod32"],
        "the subject 'ipu-pod32' is not among the systems; the nearest is ipu-pod:16",
    ),
    "a reference that is not listed": (
        ["compare", "-s", "ipu-pod16,ipu-pod64", "--reference", "dgx-a100"],
        "the reference 'dgx-a100' is not among the systems; the nearest is ipu-pod:64",
    ),
    "too many systems": (
        ["compare", "-s", ",".join(f"ipu-pod:{chips}" for chips in range(1, 26))],
        "25 systems are too many to compare; the most is 24: leave out 1",
    ),
    "epochs of a job with a target": (
        [*PROJECT, "--epochs", "3"],
        "--epochs: resnet50 trains to its target, 75.9 % top-1; leave it out",
    ),
    "tokens of images": ([*STATED, "--tokens", "10 G"], "EfficientNet-B4 is not counted in tokens; use --epochs"),
    "epochs of tokens": (
        ["project", "-w", "gpt2-xl", "-s", "dgx-a100", "--epochs", "3"],
        "GPT-2 XL is not counted in epochs; use --tokens",
    ),
    "tokens that are hours": (
        ["project", "-w", "gpt2-xl", "-s", "dgx-a100", "--tokens", "10 h"],
        "'10 h': GPT-2 XL is counted in tokens; write for example 10 billion tokens",
    ),
    "epochs of nan": ([*STATED, "--epochs", "nan"], "'nan' is no amount of work; write for example 350 epochs"),
    "no epochs": ([*STATED, "--epochs", "0"], "'0' is not above 0; the nearest is 1 epoch"),
    "epochs without end": (
        [*STATED, "--epochs", "1e300"],
        "'1e300' is too much work; the nearest is 780.538 million epochs",
    ),
    "two amounts of work": (
        [*STATED, "--epochs", "3", "--samples", "5 M"],
        "--epochs and --samples state the amount of work more than once: give one of them",
    ),
    "layers of a network that is fixed": (
        [*STATED, "--layers", "5,5"],
        "--layers: that size of efficientnet-b4 is fixed; it is set for transformer, weather-emulator",
    ),
    "one layer": (
        ["compare", "-w", "weather-emulator", "--layers", "5"],
        "too few or too many layer sizes, 1; give 2 to 64, nearest: 2",
    ),
    "half a layer": (
        ["compare", "-w", "weather-emulator", "--layers", "5,2.5"],
        "'2.5' is no layer size; write for example 2",
    ),
    "what entries ran, of a job without any": (
        ["project", "-w", "gpt2-small", "-s", "dgx-a100:8", "--stack", "mlperf"],
        "--stack mlperf: gpt2-small has no MLPerf® entries; jobs with entries: resnet50, bert-large, llama2-70b-lora, "
        "llama31-405b, gpt3-175b; stacks of gpt2-small: vendor, framework, pytorch",
    ),
    "what entries ran, of a job that nothing else was published of either": (
        ["project", "-w", "hmc", "-s", "dgx-a100:8", "--stack", "mlperf"],
        "--stack mlperf: hmc has no MLPerf® entries; jobs with entries: resnet50, bert-large, llama2-70b-lora, "
        "llama31-405b, gpt3-175b",
    ),
    "a size of another network": (
        ["project", "-w", "mpt-7b", "-s", "dgx-a100:8", "--width", "512"],
        "--width: that size of mpt-7b is fixed; it is set for transformer",
    ),
    "heads that do not divide": (
        ["project", "-w", "transformer", "-s", "dgx-a100:8", "--heads", "33"],
        "the width 4,096 does not divide by 33 heads; nearest: 32",
    ),
    "software of nobody": (
        [*STATED, "--software", "pytorch-21.3"],
        "unknown software of efficientnet-b4 'pytorch-21.3'; the nearest is pytorch-21.03",
    ),
    "software where no GPU is asked about": (
        ["project", "-w", "efficientnet-b4", "-s", "ipu-pod16", "--software", "pytorch-21.03"],
        "pytorch-21.03 runs on GPUs, and no GPU is asked about: leave --stack out",
    ),
    "software where none was published": (
        ["project", "-w", "bert-large", "-s", "dgx-a100:8", "--software", "pytorch-21.03"],
        "--stack: no choice was published for bert-large, only for resnet50, efficientnet-b4, efficientnet-b4-g16, "
        "vit-b16, bert-large-128, bert-large-512, llama2-70b-lora, llama31-405b, gpt3-175b, llama31-8b, llama31-70b, "
        "transformer, mpt-125m, mpt-350m, mpt-760m, mpt-1b, mpt-3b, mpt-7b, mpt-13b, mpt-30b, mpt-70b, gpt2-small, "
        "gpt2-medium, gpt2-large, gpt2-xl",
    ),
    "a stated ratio without a time": (
        ["project", "-w", "insurance"],
        ('insurance is known by a stated ratio only: give what the job takes you today, --baseline-time "70.5 h"'),
    ),
    "a time without a unit": (
        ["project", "-w", "insurance", "--baseline-time", "70"],
        "'70' has no unit; write s, min, h or days",
    ),
    "a time below nothing": (["project", "-w", "insurance", "--baseline-time", "-1 h"], "'-1 h' is not above 0"),
    "a time of ages": (
        ["project", "-w", "insurance", "--baseline-time", "1e9 days"],
        "a job takes from 1 ms to 100 years; the nearest is 36,500 days",
    ),
    "a time for what is projected": (
        [*PROJECT, "--baseline-time", "70 h"],
        (
            "--baseline-time is for jobs that are known by a stated ratio only, insurance and weather; resnet50"
            " is projected: leave it out"
        ),
    ),
    "one of several statements": (
        ["project", "-w", "weather", "--baseline-time", "70 h"],
        (
            "there are several statements about weather: choose one with --statement weather-europe-cpu or "
            "weather-europe-gpu or weather-china-cpu"
        ),
    ),
    "a statement of nobody": (
        ["project", "-w", "weather", "--baseline-time", "70 h", "--statement", "weather-europe"],
        "unknown statement about weather 'weather-europe'; the nearest is weather-europe-gpu",
    ),
    "a lever of a stated ratio": (
        ["project", "-w", "insurance", "--baseline-time", "70 h", "--set", "ipu.clock=1.1"],
        "--set says nothing about insurance: only a ratio was stated",
    ),
    "a comparison of a stated ratio": (
        ["compare", "-w", "weather"],
        (
            "weather is known by a stated ratio only, there is no network to project: give what the job takes "
            'you today, ipuwhatif project -w weather --baseline-time "70.5 h"'
        ),
    ),
    "a curve of a stated ratio": (
        ["scaling", "-w", "insurance"],
        (
            "insurance is known by a stated ratio only, there is no network to project: give what the job takes"
            ' you today, ipuwhatif project -w insurance --baseline-time "70.5 h"'
        ),
    ),
    "no system that fits": (
        ["compare", "-w", "bert-large", "-s", "ipu-pod:1,ipu-pod:2"],
        (
            "BERT-Large does not fit on 1 IPU: the smallest number that does is 4 IPUs (a chip would need 1.42 "
            "GB; of its 900 MB, 720 MB are there for that); BERT-Large does not fit on 2 IPUs: the smallest "
            "number that does is 4 IPUs (in 2 pipeline stages a chip would need 742 MB; of its 900 MB, 720 MB "
            "are there for that)"
        ),
    ),
    "a line break in a name": (
        ["project", "-w", "resnet\n50", "-s", "ipu-pod:64"],
        "unknown workload 'resnet?50'; the nearest is resnet50",
    ),
    "an unknown extension": (
        ["compare", "-o", "chart.bmp"],
        (
            "cannot write 'chart.bmp': .bmp is not known; the nearest of .pptx, .xlsx, .pdf, .html, .png, .svg,"
            " .csv is .png"
        ),
    ),
    "dots of no file": (
        ["compare", "--dpi", "300"],
        "--dpi says how a .png file looks: name one, -o chart.png, or leave it out",
    ),
    "dots of a table": (
        ["compare", "--dpi", "300", "-o", "chart.csv"],
        "--dpi says how a .png file looks: name one, -o chart.png, or leave it out",
    ),
    "a theme of a table": (
        ["claims", "--theme", "dark", "-o", "chart.csv"],
        (
            "--theme says how a .pptx, .xlsx, .pdf, .html, .png or .svg file looks: name one, -o chart.pptx, or "
            "leave it out"
        ),
    ),
    "dots that are no number": (
        ["compare", "-o", "chart.png", "--dpi", "many"],
        "argument --dpi: 'many' is not from 24 to 768 dots per inch; write for example 300",
    ),
    "the app and a command": (
        ["--smoke", "compare"],
        "--smoke opens the app, no command goes with it; leave one of them out",
    ),
    "a price that nothing is compared by": (
        ["compare", "--price", "dgx-a100=27.2 USD/h 2021 a quote"],
        "a price counts for nothing per-system: add --basis per-money, or ask with cost",
    ),
    "a recipe of data sheets": (
        ["evidence", "--scope", "hardware", "--recipe", "closed"],
        "--recipe says nothing about data sheets, --scope hardware; leave it out",
    ),
    "a job of data sheets": (
        ["evidence", "--scope", "hardware", "-w", "bert-large"],
        "--workload says nothing about data sheets, --scope hardware; leave it out",
    ),
    "official results of data sheets": (
        ["evidence", "--scope", "hardware", "--hide-official"],
        "--hide-official says nothing about data sheets, --scope hardware; leave it out",
    ),
    "systems of evidence on a stated ratio": (
        ["evidence", "-w", "insurance", "-s", "ipu-pod16"],
        "--systems says nothing about insurance; leave it out",
    ),
    "official results on a stated ratio": (
        ["evidence", "-w", "insurance", "--hide-official"],
        "--hide-official says nothing about insurance; leave it out",
    ),
    "a system of a stated ratio": (
        ["project", "-w", "insurance", "-s", "ipu-pod16", "--baseline-time", "70 h"],
        "--system says nothing about insurance: only a ratio was stated",
    ),
    "a layout of a stated ratio": (
        ["project", "-w", "insurance", "--baseline-time", "70 h", "--layout", "as-submitted"],
        "--layout says nothing about insurance: only a ratio was stated",
    ),
    "software of a stated ratio": (
        ["project", "-w", "insurance", "--baseline-time", "70 h", "--release", "2021-06"],
        "--release says nothing about insurance: only a ratio was stated",
    ),
    "systems between other marks": (
        ["compare", "-s", "ipu-pod16;dgx-a100"],
        "'ipu-pod16;dgx-a100': systems stand between commas; write ipu-pod16,dgx-a100",
    ),
    "systems between blanks": (
        ["compare", "-s", "ipu-pod16 ipu-pod:1 024 dgx-a100"],
        "'ipu-pod16 ipu-pod:1 024 dgx-a100': systems stand between commas; write ipu-pod16,ipu-pod:1 024,dgx-a100",
    ),
    "a chip for a system": (["compare", "-s", "h100"], "unknown system 'h100'; nearest: dgx-h100"),
    "a chip in another machine": (
        ["compare", "-s", "hgx-a100:8"],
        "unknown system 'hgx-a100:8'; nearest: hgx-a100-80gb:8",
    ),
    "a lever of all systems that is of families": (
        [*PROJECT, "--set", "al.utilisation=50"],
        "no family or system 'al'; the nearest lever is all.initialisation_time (0.01 to 10,000 min)",
    ),
    "a chip for a family": (["scaling", "-s", "h100"], "unknown system family 'h100'; the nearest is dgx-h100"),
    "a lever of a chip": (
        [*PROJECT, "--set", "h100.clock=1.1"],
        "no family or system 'h100'; the nearest lever is dgx-h100.clock (0.70 to 1.50 ×)",
    ),
    "a batch that may be a thousand": (
        [*PROJECT, "--global-batch", "1.000"],
        "'1.000' may mean 1 or 1,000; write the one that is meant (Global batch: 1 to 86,016 samples)",
    ),
    "a micro-batch that may be a thousand": (
        [*PROJECT, "--micro-batch", "1.000"],
        "argument --micro-batch: '1.000' may mean 1 or 1,000; write the one that is meant",
    ),
    "chips that may be a thousand": (
        ["compare", "-s", "ipu-pod:1.024"],
        "'1.024' may mean 1.024 or 1,024; write the one that is meant",
    ),
    "epochs that may be a thousand": (
        [*STATED, "--epochs", "1.000"],
        "'1.000' may mean 1 or 1,000; write the one that is meant",
    ),
    "a layer that may be a thousand": (
        ["compare", "-w", "weather-emulator", "--layers", "1.024,5"],
        "'1.024' may mean 1.024 or 1,024; write the one that is meant",
    ),
    "millions with points": (
        [*PROJECT, "--pipeline-stages", "1.024.000"],
        "argument --pipeline-stages: '1.024.000': a comma groups thousands; write 1,024,000",
    ),
    "parts of a layout that do not agree": (
        [*PROJECT, "--micro-batch", "20", "--gradient-accumulation", "10", "--global-batch", "3300"],
        (
            "the pinned parts of the layout do not agree: micro-batch 20 × accumulation 10 = 200 does not go into a "
            "global batch of 3,300; the nearest is 3,200"
        ),
    ),
    "electricity in another currency than the prices": (
        [
            *["cost", "-s", "ipu-pod16,dgx-a100", "--price", "dgx-a100=27.2 USD/h 2021 a quote"],
            *["--set", "all.electricity_price=8 INR/kWh"],
        ],
        "'8 INR/kWh' is in INR, the prices are in USD; write it in the currency of the prices",
    ),
    "a power of one chip for a family": (
        ["cost", "-s", "ipu-pod16", "--set", "ipu.power_kw=300 W/chip"],
        ("'300 W/chip' is of a chip; set it for one system, ipu-pod:64.power_kw (Power: 0.05 to 5,000 kW)"),
    ),
    "no extension": (
        ["compare", "-o", "chart"],
        "cannot write to 'chart': it has no extension; use one of .pptx, .xlsx, .pdf, .html, .png, .svg, .csv",
    ),
}


@pytest.mark.parametrize("what", BAD_INPUT)
def test_that_bad_input_ends_in_one_line_and_exit_code_2(what: str, tmp_path: Path, monkeypatch, capfd) -> None:
    arguments, line = BAD_INPUT[what]
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert capfd.readouterr() == ("", f"ipuwhatif: {line}\n")
    assert list(tmp_path.iterdir()) == []


def test_that_an_unknown_command_is_refused_with_those_that_there_are(capfd) -> None:
    assert main(["projct", "-w", "resnet50"]) == 2
    out, err = capfd.readouterr()
    known = (
        "list, project, compare, scaling, seek, sensitivity, breakdown, memory, finish, cost, learnt, next, "
        "backtest, attribute, claims, evidence, roofline, measured, sweep, export, import, mine, network, results, "
        "price"
    )
    assert (out, err) == (
        "",
        f"ipuwhatif: argument COMMAND: 'projct' is not one of {known}; the nearest is project\n",
    )


def test_that_a_misspelt_option_is_told_the_nearest_also_of_a_group(capfd) -> None:
    assert main(["evidence", "--scope", "results", "--bechmark", "resnet"]) == 2
    line = "nothing takes '--bechmark', 'resnet'; the nearest is --benchmark"
    assert capfd.readouterr() == ("", f"ipuwhatif: {line}\n")


def _put(folder: Path, fault: str, ending: str) -> Path:
    """A name under which nothing can be written."""
    path = folder / f"chart{ending}"
    if fault == "a folder":
        path.mkdir()
    elif fault == "no folder":
        path = folder / "missing" / path.name
    elif fault == "too long":
        path = folder / ("n" * 300 + ending)
    elif fault == "read-only":
        path.write_bytes(b"mine")
        path.chmod(0o444)
    elif fault == "a device":
        path.symlink_to("/dev/full")
    elif fault == BESIDE:
        (folder / f"{path.name}.txt").mkdir()
    return path


FAULTS = {
    "a folder": "{path} is a folder; name a file in it",
    "no folder": "the folder {path.parent} does not exist",
    "too long": "{path} cannot be written: File name too long",
    "read-only": "{path} is read-only; choose another name",
    "a device": "{path} is no file; name a file",
    "a full disk": "{path} cannot be written: No space left on device",
    "no text beside": "{path}.txt is a folder; name a file in it",
}
BESIDE = "no text beside"  # a fault of pictures only


@pytest.mark.parametrize(
    ("fault", "ending"),
    [
        *((fault, ending) for fault in FAULTS if fault != BESIDE for ending in FORMATS),
        (BESIDE, ".png"),
        (BESIDE, ".svg"),
    ],
)
def test_that_an_output_that_cannot_be_written_is_refused_and_leaves_all_as_it_was(
    fault: str, ending: str, tmp_path: Path, capfd, monkeypatch
) -> None:
    path = _put(tmp_path, fault, ending)
    before = sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*"))
    if fault == "a full disk":

        def fail(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr("os.fsync", fail)
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", str(path)]) == 2
    assert capfd.readouterr() == ("", f"ipuwhatif: {FAULTS[fault].format(path=path)}\n")
    assert sorted(each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")) == before
    assert fault != "read-only" or path.read_bytes() == b"mine"


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a folder in which nobody may write, as /proc is on Linux"
)
def test_that_a_folder_in_which_nobody_may_write_is_refused(capfd) -> None:
    assert main(["compare", "-s", "ipu-pod16,dgx-a100", "-o", "/proc/self/chart.png"]) == 2
    reason = "cannot be written: No such file or directory"
    assert capfd.readouterr() == ("", f"ipuwhatif: /proc/self/chart.png {reason}\n")


def _broken_copy(tmp_path: Path, name: str) -> Path:
    for folder in ("ipuwhatif", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "resources" / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return tmp_path


# what is cut in half -> the line, but for what Python says of it
BROKEN = {
    "catalog/systems.json": "catalog/systems.json, line {last}: broken JSON: *",
    "evidence/hardware.csv": "evidence/hardware.csv, line {last}: 5 cells where the header has 11",
    "levers/levers.json": "levers/levers.json, line {last}: broken JSON: *",
    "calibration/parameters.json": "{path}: the calibration cannot be read (*); rebuild it: make calibrate",
    "calibration/draws.npz": "{path}: the calibration cannot be read (*); rebuild it: make calibrate",
}


@pytest.mark.parametrize("name", BROKEN)
def test_that_a_broken_resource_is_named_in_one_line(run, name: str, tmp_path: Path) -> None:
    answer = run(*PROJECT, cwd=_broken_copy(tmp_path, name), PYTHONPATH=str(tmp_path))
    assert (answer.returncode, answer.stdout) == (2, ""), answer.stderr
    path = tmp_path / "resources" / name
    last = path.read_bytes().count(b"\n") + 1
    before, any_reason, after = BROKEN[name].format(path=path, last=last).partition("*")
    pattern = re.escape(f"ipuwhatif: {before}") + (".+" if any_reason else "") + re.escape(f"{after}\n")
    assert re.fullmatch(pattern, answer.stderr), answer.stderr


def test_that_the_app_without_a_display_points_at_the_commands(run) -> None:
    answer = run()
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        "ipuwhatif: there is no display to open a window on; ask with: ipuwhatif compare, project, scaling or --help\n"
    )


def test_that_options_are_not_guessed_from_their_beginnings(capfd) -> None:
    assert main(["project", "--work", "resnet50", "-s", "ipu-pod:64"]) == 2
    assert capfd.readouterr() == ("", "ipuwhatif: the following arguments are required: -w/--workload\n")


def test_that_a_batch_and_what_it_is_made_of_may_all_be_given_where_they_agree(capsys) -> None:
    parts = ["--micro-batch", "20", "--gradient-accumulation", "10"]
    answers = []
    for question in ([*PROJECT, *parts], [*PROJECT, *parts, "--global-batch", "12,800"]):
        assert main([*question, "--json"]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0]["layout"] == answers[1]["layout"] and answers[0]["layout"]["global_batch"] == 12_800
    assert answers[0]["time_to_train_s"] == answers[1]["time_to_train_s"]


def test_that_chips_stay_idle_and_say_so_where_a_pinned_micro_batch_would_make_too_large_a_batch(capsys) -> None:
    assert main(["project", "-w", "resnet50", "-s", "dgx-a100:4320", "--micro-batch", "200"]) == 0
    assert "of 4320 GPUs stay idle" in " ".join(capsys.readouterr().out.replace(",", "").split())
