"""What is known before any measurement, read from its tables; a fault is refused with file, key and reason."""

import json
import shutil
from pathlib import Path

import pytest

from ipuwhatif.catalog.priors.read import read_priors
from ipuwhatif.catalog.types import Catalog
from ipuwhatif.files import resource
from tests.catalog.tables import classic_points
from tests.refusals import refused


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("priors", "catalog"):
        shutil.copytree(resource(folder), tmp_path / folder)
    return tmp_path


def change(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / "priors" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "generations.json",
            '"spread": 0.04,',
            '"spraed": 0.04,',
            "priors/generations.json, $.generations[a100-40gb]: key 'spread' is missing",
        ),
        (
            "generations.json",
            '"reference_of": "ipu"',
            '"reference_of": "ipv"',
            "priors/generations.json, $.generations[gc200]: reference_of 'ipv' is unknown; nearest: ipu",
        ),
        (
            "generations.json",
            '"kernels_since": "2022-11"',
            '"kernels_since": "2022-10"',
            "priors/generations.json, $.generations[h100]: kernels_since '2022-10' is unknown; nearest: 2022-11",
        ),
        (
            "submitters.json",
            '"key": "Azure"',
            '"key": "Baidu"',
            "priors/submitters.json, $.submitters[Baidu]: duplicate key 'Baidu'",
        ),
        (
            "curves.json",
            '"workload": "resnet50"',
            '"workload": "resnet"',
            "priors/curves.json, $.curves[resnet50/ipu]: workload 'resnet' is unknown; nearest: resnet50",
        ),
        (
            "workloads.json",
            '"between_recipes": 0.025',
            '"between_recipes": "little"',
            "priors/workloads.json, $.workloads[resnet50]: key 'between_recipes' is not a finite number",
        ),
        (
            "parameters.json",
            '"generation.spread"',
            '"generation.width"',
            "priors/parameters.json, $.blocks[6].parameters[0]: key 'generation.width' is unknown",
        ),
        (
            "parameters.json",
            '{"each": ["architecture"]',
            '{"each": ["architectures"]',
            "priors/parameters.json, $.blocks[0]: each 'architectures' is unknown; nearest: architecture",
        ),
        (
            "parameters.json",
            '"median": 0.7, "spread": 0.8, "transform": "logit"',
            '"median": 1.7, "spread": 0.8, "transform": "logit"',
            "priors/parameters.json, $.blocks[1].parameters[3]: "
            "'off_chip_efficiency.ipu': the prior has no place on its scale",
        ),
        (
            "parameters.json",
            '"name": "off_chip_efficiency.ipu"',
            '"name": "graph_launch.gpu"',
            "priors/parameters.json, $.blocks[1]: duplicate key 'graph_launch.gpu'",
        ),
        (
            "parameters.json",
            '"ipu.matmul": 0.35',
            '"ipu.matmuls": 0.35',
            "priors/parameters.json, $.blocks[0].parameters[0].median: key 'ipu.matmul' is missing",
        ),
    ],
)
def test_that_a_fault_is_refused_with_its_place_and_reason(
    copy: Path, name: str, old: str, new: str, told: str
) -> None:
    change(copy, name, old, new)
    with refused(told):
        read_priors(copy)


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [("true", "false", 0), ('"mlperf_round": "v2.0"', '"mlperf_round": "v2.0", "anchor": true', 2)],
)
def test_that_efficiencies_are_stated_for_one_release_and_no_more(copy: Path, old: str, new: str, count: int) -> None:
    change(copy, "../catalog/releases.json", old, new)
    with refused(f"catalog/releases.json, $: the anchor is one release, here {count}"):
        read_priors(copy)


def test_that_a_broken_or_missing_table_is_named(copy: Path) -> None:
    change(copy, "curves.json", "{", "[")
    with refused("priors/curves.json, line 2: broken JSON: Expecting ',' delimiter"):
        read_priors(copy)


def test_that_a_run_follows_the_narrowest_curve(catalog: Catalog) -> None:
    priors = read_priors(resource())
    for workload in (key for key, prior in priors.workloads.items() if not prior.tabled):
        for stack, generation in (("ipu", "gc200"), ("gpu", "a100"), ("gpu", "a30"), ("other", "gaudi")):
            for recipe in catalog.workloads[workload].recipes:
                for release in priors.releases:
                    found = priors.curve_of(workload, stack, generation, recipe, release)
                    run = {"stack": stack, "generation": generation, "recipe": recipe, "release": release}
                    assert found.workload == workload and found.meets(run)
                    rivals = [each for each in priors.curves if each.workload == workload and each.meets(run)]
                    assert [each.narrowness() for each in rivals].count(found.narrowness()) == 1


def test_that_every_family_of_reference_points_lies_on_one_curve(catalog: Catalog) -> None:
    priors = read_priors(resource())
    for point in classic_points(catalog):
        on = [each for each in priors.curves if point.recipe_family in each.references]
        assert [each.workload for each in on] == [point.workload]


def test_that_every_row_gives_a_reason() -> None:
    for path in sorted(resource("priors").glob("*.json")):
        for rows in json.loads(path.read_text(encoding="utf-8")).values():
            for row in rows:
                known = {"reference_of", "vendor", "architecture", "workload", "parameters"} & set(row)
                assert row.get("reason") or known, (path.name, row)
