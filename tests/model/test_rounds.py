"""Which release tells of another, and the order that follows: older software is slower, software to come is not."""

import pytest

from ipuwhatif.analysis.solving.solve import solve_center
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.types import TARGET, Catalog, SystemChoice
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.model.roles.roles import ToldBy
from ipuwhatif.model.rounds import chip_family, told_by
from ipuwhatif.records import replace
from tests.model.prior import CATALOG


@pytest.mark.parametrize(
    ("workload", "chip", "release", "chips", "stack"),
    [
        ("resnet50", "gc200", "2021-12", "2021-12", "2021-12"),
        ("resnet50", "gc200", "2019-07", "2021-06", "2021-06"),  # the first round of IPUs
        ("resnet50", "bow", "2022-06", "2022-06", "2022-06"),
        ("resnet50", "bow", "2021-06", "2022-06", "2021-06"),  # its first; GC200 chips ran the older software
        ("resnet50", "bow", "2020-07", "2022-06", "2021-06"),
        ("resnet50", "a100-pcie-80gb", "2020-07", "2020-07", "2020-07"),  # another board of the chip ran it
        ("resnet50", "a100-80gb", "2019-07", "2020-07", "2019-07"),
        ("resnet50", "v100-sxm2-16gb", "2022-06", "2022-06", "2022-06"),  # later than its last entry: as other GPUs did
        ("bert-large", "a100-80gb", "2020-07", "2021-06", "2021-06"),  # the entries of that round had a lower target
        ("bert-large", "h100-sxm", "2019-07", "2022-11", "2022-11"),
        ("resnet50", "h100-sxm", "2019-07", "2022-11", "2022-11"),
        (
            "bert-large",
            "b300-sxm",
            "2021-12",
            "2025-06",
            "2025-06",
        ),  # without entries: its first round, or the last there is
        ("resnet50", "gc200", "2022-11", "2022-06", "2022-06"),  # a release to come
        ("efficientnet-b4", "gc200", "2019-07", "2019-07", "2019-07"),  # published figures are of no release
    ],
)
def test_that_entries_tell_of_a_release_and_the_nearest_where_there_are_none(
    workload: str, chip: str, release: str, chips: str, stack: str
) -> None:
    assert told_by(CATALOG, CATALOG.workloads[workload], CATALOG.chips[chip], release) == ToldBy(chips, stack)


def test_that_without_entries_of_its_chip_a_release_is_told_by_the_stack() -> None:
    without = replace(
        CATALOG,
        official=tuple(each for each in CATALOG.official if not _ran_on(CATALOG, each.choice, "bow")),
        evidence_hash="without Bow",
    )
    told = told_by(without, CATALOG.workloads["resnet50"], CATALOG.chips["bow"], "2020-07")
    assert told == ToldBy("2021-06", "2021-06")


def test_that_nothing_is_faster_before_the_first_entries_of_its_chip_nor_slower_after_the_last_round(
    world: World,
) -> None:
    releases = sorted(world.catalog.releases)
    cases = [case for case in _closed_cases(world.catalog) if not reason_not_to_fit(world.catalog, case)]
    assert {chip_family(world.catalog.chip_of(case.choice)) for case in cases} >= {
        "gc200",
        "bow",
        "a100",
        "v100",
        "h100",
    }
    asked = [replace(case, release=release) for case in cases for release in releases]
    times = solve_center(world, asked).time_to_train[0].reshape(len(cases), len(releases))
    for case, row in zip(cases, times, strict=True):
        as_of = dict(zip(releases, row, strict=True))
        ran = [
            each.release
            for each in world.catalog.official
            if each.workload == case.workload
            and _ran_on(world.catalog, each.choice, chip_family(world.catalog.chip_of(case.choice)))
        ]
        first = min(ran, default=releases[0])
        for release in releases:
            assert release >= first or as_of[release] >= as_of[first], (case, release)
        assert as_of["2026-06"] <= as_of["2025-11"] <= as_of["2025-06"], case


def _ran_on(catalog: Catalog, choice: SystemChoice | None, family: str) -> bool:
    return choice is not None and chip_family(catalog.chip_of(choice)) == family


def _closed_cases(catalog: Catalog) -> list[Case]:
    return [
        Case(workload.key, SystemChoice(system.key, chips), "2021-12", "closed")
        for workload in catalog.workloads.values()
        if workload.kind == TARGET
        for system in catalog.systems.values()
        for chips in sorted({system.chips_per_machine, 64})  # how many there are does not matter to what tells of them
        if system.minimum_chips <= chips <= system.maximum_chips
    ]
