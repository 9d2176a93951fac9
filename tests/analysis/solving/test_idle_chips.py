"""Chips that stay idle, and batches that were not asked for, are told with the reason."""

import pytest

from ipuwhatif.analysis.solving.idle_chips import layout_notes
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import AS_SUBMITTED, BEST, Case, Pins
from ipuwhatif.units import told
from tests.model.prior import CATALOG, layout_of


def notes(workload: str, system: str, chips: int, policy: str = BEST, **pins: int) -> tuple[str, ...]:
    recipe = CATALOG.workloads[workload].recipes[0]
    case = Case(workload, SystemChoice(system, chips), "2021-12", recipe, policy, Pins(**pins))
    return tuple(map(told, layout_notes(CATALOG, case, layout_of(case))))


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (notes("resnet50", "dgx-a100", 8), ()),
        (notes("gpt2-medium", "dgx-a100", 8, global_batch=1000), ()),
        (notes("bert-large", "ipu-pod", 7), ("3 of 7 IPUs stay idle: a pipeline takes 4",)),
        (
            notes("resnet50", "dgx-a100", 4320, AS_SUBMITTED, global_batch=100),
            ("4,220 of 4,320 GPUs stay idle: a global batch of 100 has no sample for each of them",),
        ),
        (
            notes("gpt2-small", "dgx-a100", 1000),
            ("488 of 1,000 GPUs stay idle: a global batch of 512 has no sample for each of them",),
        ),
        (
            notes("gpt2-medium", "dgx-a100", 1000, micro_batch=4),
            (
                "872 of 1,000 GPUs stay idle: all of them would make a global batch of 4,000 or more; "
                "512 is the largest of this job",
            ),
        ),
        (
            notes("gpt2-medium", "dgx-a100", 8, global_batch=17),
            ("7 of 8 GPUs stay idle: no split over all of them comes within 1 % of a global batch of 17",),
        ),
        (
            notes("resnet50", "ipu-pod", 65),
            ("1 of 65 IPUs stay idle: with all of them at work the job would take longer",),
        ),
        (
            notes("gpt2-medium", "dgx-a100", 8, global_batch=1016),
            ("a global batch of 1,016 runs as 1,024, 8 replicas × micro-batch 8 × accumulation 16",),
        ),
    ],
)
def test_that_idle_chips_and_another_batch_are_told_with_the_reason(
    notes: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert notes == expected
