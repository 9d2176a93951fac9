"""Roofline: the ops add up to the projection, none stands above a roof, and roofs follow the hardware levers."""

import pytest

from ipuwhatif.analysis.roofline import roofline
from ipuwhatif.analysis.roofline_points import COMPUTE, LAUNCH, MEMORY
from ipuwhatif.analysis.solving.solve import solve
from ipuwhatif.catalog.types import RELATIVE, SystemChoice
from ipuwhatif.model.roles.language import is_language_model
from ipuwhatif.networks.library import network_for
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.units import told
from tests.refusals import refused

SYSTEMS = tuple(SystemChoice(*each) for each in (("ipu-pod", 64), ("dgx-a100", 8), ("dgx-1", 8), ("tpu-v3", 16)))
LEVERS = {
    "ipu.clock": 1.2,
    "ipu.compute_gain": 1.3,
    "gpu.memory_bandwidth_gain": 1.5,
    "gpu.matmul": 0.8,
    "ipu.launch_cost": 2.0,
}


def asked(world, workload, **changes):
    recipe = world.catalog.workloads[workload].recipes[0]
    return replace(FIRST_START, workload=workload, recipe=recipe, systems=SYSTEMS, **changes)


def assert_adds_up(world, answer):
    """The parts of the projection that its micro-batches make, from the ops and the calls of the framework."""
    cases = [chip.case for chip in answer.chips]
    solution = solve(world, cases, draws=2)
    steps = solution.center.samples[0] / [chip.layout.global_batch for chip in answer.chips]
    for column, chip in enumerate(answer.chips):
        assert solution.layouts[column] == chip.layout
        micro_batches = steps[column] * chip.layout.gradient_accumulation
        launched = sum(op.launch_s for op in chip.ops) + chip.calls_s
        mine = {
            COMPUTE: sum(op.compute_s for op in chip.ops),
            MEMORY: sum(op.memory_s for op in chip.ops),
            LAUNCH: launched,
        }
        for part, seconds in mine.items():
            theirs = float(solution.center.parts[part][0, column])
            assert micro_batches * seconds == pytest.approx(theirs, rel=1e-9, abs=1e-12), (chip.chip, part)
        assert chip.step_s == pytest.approx(float(solution.center.step_time[0, column]))
        assert sum(mine.values()) == pytest.approx(chip.micro_batch_s)


def test_that_the_ops_of_every_job_add_up_to_its_projection(world):
    for workload in world.catalog.workloads.values():
        if is_language_model(workload):
            with refused(f"{workload.name} is timed as a whole, not op by op: there is no roofline to draw"):
                roofline(world, asked(world, workload.key))
        elif workload.kind != RELATIVE:
            assert_adds_up(world, roofline(world, asked(world, workload.key)))


def test_that_they_add_up_under_levers_and_assumptions(world):
    answer = roofline(world, asked(world, "bert-large", levers=LEVERS))
    assert len(answer.settings) == len(LEVERS)
    assert_adds_up(world, answer)


@pytest.mark.parametrize("workload", ["resnet50", "bert-large", "efficientnet-b4", "gpt2-xl", "deeplob"])
def test_that_no_op_is_above_the_roof_of_its_class(world, workload):
    for chip in roofline(world, asked(world, workload)).chips:
        for op in chip.ops:
            wide = op.op_class == "grouped_convolution" and chip.family != "ipu"  # wider groups go faster on a GPU
            if op.flops and not wide:
                assert op.rate <= chip.calibrated[op.op_class].rate(op.intensity) * (1 + 1e-9), (chip.chip, op)


def test_that_an_op_far_from_every_launch_reaches_its_roof(world):
    chip = next(each for each in roofline(world, asked(world, "bert-large")).chips if each.chip == "A100 80 GB")
    op = next(each for each in chip.ops if each.name == "feed-forward up")
    assert op.bound == COMPUTE
    assert op.rate == pytest.approx(chip.calibrated["matmul"].peak, rel=0.02)


def test_that_flops_are_those_of_the_network_over_its_passes(world):
    chip = next(each for each in roofline(world, asked(world, "resnet50")).chips if each.chip == "A100 80 GB")
    flops = sum(op.flops for op in chip.ops) / chip.layout.micro_batch
    # forward, gradient of the data, gradient of the weights: three times the forward work, but for the first layer
    assert 2.9 * 2 * 4.09e9 < flops < 3.0 * 2 * 4.12e9


def test_that_a_narrow_group_lowers_the_rate_and_not_the_work(world):
    chips = {each.chip: each for each in roofline(world, asked(world, "efficientnet-b4")).chips}
    ipu, gpu = chips["GC200 IPU"], chips["A100 80 GB"]
    name = "convolution in groups of 1 5 × 5, 960 to 960, 24 × 24"
    narrow, other = (next(op for op in chip.ops if op.name == name) for chip in (ipu, gpu))
    assert narrow.rate < ipu.calibrated["grouped_convolution"].peak / 15.0
    # an IPU computes the activations again, four passes where a GPU has three; a stage of its pipeline holds a part
    held = ipu.layout.blocks_per_stage / network_for("efficientnet-b4", "ipu").blocks
    per_sample = narrow.flops / ipu.layout.micro_batch / held, other.flops / gpu.layout.micro_batch
    assert per_sample[0] / per_sample[1] == pytest.approx(4.0 / 3.0)


def test_that_the_data_sheet_is_the_roof_until_its_hardware_is_moved(world):
    plain = roofline(world, asked(world, "resnet50")).chips
    moved = roofline(world, asked(world, "resnet50", levers={"ipu.clock": 1.2})).chips
    for before, after in zip(plain, moved, strict=True):
        assert (before.sheet.peak, before.sheet.bandwidth) == (before.peak.value, before.bandwidth.value)
        factor = 1.2 if before.family == "ipu" else 1.0
        assert after.sheet.peak == pytest.approx(factor * before.sheet.peak)
        assert after.sheet.bandwidth == pytest.approx(factor * before.sheet.bandwidth)


def test_that_each_chip_stands_once_by_its_first_system_that_can_run(world):
    systems = (SystemChoice("ipu-pod", 4), SystemChoice("ipu-pod", 16), SystemChoice("ipu-pod", 64))
    answer = roofline(world, replace(asked(world, "bert-large"), systems=systems))
    assert [chip.chip for chip in answer.chips] == ["GC200 IPU"]
    named = roofline(world, replace(asked(world, "resnet50"), systems=(SystemChoice("bow-pod", 16),)))
    assert [chip.choice.key for chip in named.chips] == ["bow-pod:16"]


def test_that_a_system_that_cannot_run_is_told(world):
    pair = (SystemChoice("ipu-pod", 1), SystemChoice("dgx-a100", 8))
    job = replace(asked(world, "gpt2-xl"), systems=pair)
    answer = roofline(world, job)
    assert [chip.chip for chip in answer.chips] == ["A100 80 GB"]
    assert len(answer.notes) == 1 and "GPT-2 XL" in told(answer.notes[0])
    with refused(
        "GPT-2 XL does not fit on 1 IPU: the smallest number that does is 16 IPUs (a chip would need 6.75 GB; of "
        "its 900 MB, 720 MB are there for that)"
    ):
        roofline(world, replace(job, systems=pair[:1]))
    with refused("no system is ticked: pick at least one"):
        roofline(world, replace(job, systems=()))
