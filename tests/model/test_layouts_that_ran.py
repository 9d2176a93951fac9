"""What somebody ran is answered: memory is the limit, and it holds every micro-batch of the evidence."""

import pytest

from ipuwhatif.calibration.published import published_rows
from ipuwhatif.catalog.evidence.usable import usable
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST, Case, Pins
from ipuwhatif.model.layouts.layout import choose_layouts, reason_not_to_fit
from ipuwhatif.records import replace
from tests.model.prior import CATALOG, CENTER


def of_entries() -> dict[tuple[str, str], Case]:
    """The largest micro-batch of each job on each chip, pinned; language models are cut, and tried elsewhere."""
    found: dict[tuple[str, str], Case] = {}
    for entry in CATALOG.official:
        if not (usable(entry) and entry.workload and entry.choice and entry.layout) or entry.layout.precision:
            continue
        key = entry.workload, CATALOG.chip_of(entry.choice).key
        pinned = Pins(micro_batch=entry.layout.micro_batch)
        if key not in found or (found[key].pins.micro_batch or 0) < entry.layout.micro_batch:
            found[key] = Case(entry.workload, entry.choice, entry.release, entry.division, pins=pinned)
    return found


def of_published() -> dict[tuple[str, str, str], Case]:
    found: dict[tuple[str, str, str], Case] = {}
    for row in published_rows(CATALOG):
        if row.layout.pipeline_stages > 1:
            continue
        key = row.case.workload, CATALOG.chip_of(row.case.choice).key, row.case.software
        pinned = replace(row.case, policy=BEST, pins=Pins(micro_batch=row.layout.micro_batch))
        if key not in found or (found[key].pins.micro_batch or 0) < row.layout.micro_batch:
            found[key] = pinned
    return found


@pytest.mark.parametrize("known", [of_entries(), of_published()], ids=["entries", "published figures"])
def test_that_every_micro_batch_that_ran_is_answered(known: dict[tuple[str, ...], Case]) -> None:
    refused = {key for key, asked in known.items() if reason_not_to_fit(CATALOG, asked)}
    assert len(known) > 25
    assert not refused


@pytest.mark.parametrize(
    ("workload", "system", "chips", "release", "micro_batch"),
    [
        ("resnet50", "dgx-1", 8, "2019-07", 256),
        ("resnet50", "dgx-a100", 8, "2021-12", 1280),
        ("vit-b16", "dgx-a100", 8, "2021-12", 512),
        ("gpt2-small", "dgx-a100", 8, "2023-11", 64),
        ("gpt2-xl", "dgx-a100", 8, "2023-11", 16),
        ("bert-large", "bow-pod", 16, "2022-06", 3),
    ],
)
def test_that_a_micro_batch_that_no_entry_ran_is_kept_where_memory_holds_it(
    workload: str, system: str, chips: int, release: str, micro_batch: int
) -> None:
    recipe = CATALOG.workloads[workload].recipes[0]
    asked = Case(workload, SystemChoice(system, chips), release, recipe, pins=Pins(micro_batch=micro_batch))
    assert choose_layouts(CATALOG, [asked], CENTER)[0].micro_batch == micro_batch
