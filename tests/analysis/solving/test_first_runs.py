"""The first run of a chip, and software that is older than it."""

import pytest

from ipuwhatif.analysis.project import project
from ipuwhatif.analysis.solving.first_runs import first_run, is_before_first_run, old_software_note
from ipuwhatif.analysis.solving.notes import NoRunOfChip
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.units import told

POD16, DGX1, H100 = SystemChoice("ipu-pod", 16), SystemChoice("dgx-1", 8), SystemChoice("dgx-h100", 8)
BOW16 = SystemChoice("bow-pod", 16)
NEVER_RUN = SystemChoice("mi250x", 8)


def test_that_no_entry_of_a_chip_is_older_than_its_first_run(world: World) -> None:
    for entry in world.catalog.official:
        if entry.choice is not None:
            first = first_run(world.catalog, entry.choice)
            assert first is not None and first <= entry.release
            assert not is_before_first_run(world.catalog, entry.choice, entry.release)


@pytest.mark.parametrize(
    ("choice", "release", "old"),
    [
        (POD16, "2019-07", True),
        (POD16, "2020-07", True),
        (POD16, "2021-06", False),
        (BOW16, "2021-12", True),
        (BOW16, "2022-06", False),
        (DGX1, "2019-07", False),
        (H100, "2021-12", True),
        (H100, "2022-06", True),
        (H100, "2022-11", False),
        (NEVER_RUN, "2021-06", True),
        (NEVER_RUN, "2021-12", False),
    ],
)
def test_that_software_is_old_before_the_first_run(world: World, choice: SystemChoice, release: str, old: bool) -> None:
    assert is_before_first_run(world.catalog, choice, release) == old
    assert bool(old_software_note(world.catalog, choice, release)) == old


def test_that_the_note_names_chip_software_and_first_run_and_stands_beside_the_projection(world: World) -> None:
    note = NoRunOfChip("GC200 IPU", "2019-07", "2021-05")
    words = "the evidence holds no run of the GC200 IPU with software of 2019-07: its first is of 2021-05"
    assert told(note) == words and note in project(world, Case("resnet50", POD16, "2019-07", "closed")).notes
    later = project(world, Case("resnet50", POD16, "2021-06", "closed")).notes
    assert not any(isinstance(each, NoRunOfChip) for each in later)
    assert "or any other" in told(old_software_note(world.catalog, NEVER_RUN, "2020-07"))
