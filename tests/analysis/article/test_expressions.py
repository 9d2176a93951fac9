"""Expressions over evidence: a closed set, one kind of figures at a time, refused in one line."""

import json
from pathlib import Path

import pytest

from ipuwhatif.analysis.article.expressions import evaluate, read_expression
from ipuwhatif.analysis.world import World
from ipuwhatif.catalog.documents import read_document
from ipuwhatif.units import InputError

POD16 = "v1.1/Graphcore/ipu-pod16-TF1/resnet/closed"
SCORE = {"official": POD16, "figure": "score"}
OLDER = {"official": "v1.0/Graphcore/ipu-pod16-TF1/resnet/closed", "figure": "score"}
HOURS = {"published": {"model": "EfficientNet-B4", "platform": "IPU-POD16", "unit": "s", "producer": "AET (ChinaAET)"}}
LEAST = {"least_time": {"workload": "resnet50", "recipe": "closed", "release": "2021-12", "system": "ipu-pod"}}


def read(folder: Path, expression: object):
    (folder / "expression.json").write_text(json.dumps(expression), "utf-8")
    return read_expression(read_document(folder, "expression.json"))


def value(world: World, folder: Path, expression: object):
    return evaluate(read(folder, expression), world)


@pytest.mark.parametrize(
    ("expression", "number", "measure"),
    [
        (SCORE, 1700.07, "time"),
        ({**SCORE, "figure": "throughput"}, 29067.9, "rate"),
        ({**SCORE, "figure": "samples"}, 48684346, "samples"),
        ({**SCORE, "figure": "scale"}, 1.0, "factor"),
        ({"operation": "ratio", "of": OLDER, "over": SCORE}, 1.3099, "ratio"),
        ({"operation": "difference", "of": OLDER, "minus": SCORE}, 526.842, "time"),
        ({"operation": "less", "from": OLDER, "to": SCORE}, 0.23658, "less"),
        ({"operation": "change", "from": OLDER, "to": SCORE}, -0.23658, "change"),
        (HOURS, 20.7 * 3600, "time"),
    ],
)
def test_that_every_leaf_and_operation_computes(
    world: World, tmp_path: Path, expression: object, number: float, measure: str
) -> None:
    found = value(world, tmp_path, expression)
    assert found.number == pytest.approx(number, rel=1e-4)
    assert found.measure == measure
    assert found.sources


def test_that_each_source_is_named_once(world: World, tmp_path: Path) -> None:
    twice = {"operation": "ratio", "of": SCORE, "over": {"operation": "difference", "of": OLDER, "minus": SCORE}}
    assert [source.key for source in value(world, tmp_path, twice).sources] == [POD16, OLDER["official"]]


def test_that_the_least_time_is_below_every_size_of_the_family(world: World, tmp_path: Path) -> None:
    from ipuwhatif.analysis.project import project_all
    from ipuwhatif.catalog.types import SystemChoice
    from ipuwhatif.model.case import Case

    found = value(world, tmp_path, LEAST)
    cases = [Case("resnet50", SystemChoice("ipu-pod", chips), "2021-12", "closed") for chips in (16, 64, 256, 1024)]
    assert found.number <= min(answer.time_to_train_s.median for answer in project_all(world, cases))
    (source,) = found.sources
    assert source.projection is not None and source.projection.time_to_train_s.median == found.number


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ({}, "no expression"),
        ({**SCORE, **HOURS}, "no expression"),
        ({"eval": "1/0"}, "no expression"),
        ({"operation": "ratoi", "of": SCORE, "over": SCORE}, "nearest: ratio"),
        ({"operation": "ratio", "of": SCORE}, "'over' is missing"),
        ({"operation": "ratio", "of": SCORE, "over": SCORE, "by": SCORE}, "'by' is unknown"),
        ({"operation": "ratio", "of": 2, "over": SCORE}, "not an object"),
        ({**SCORE, "figure": "__class__"}, "figure '__class__' is unknown"),
        ({"official": POD16}, "'figure' is missing"),
        ({"published": {**HOURS["published"], "line": "5"}}, "'line' is unknown"),
    ],
)
def test_that_what_is_no_expression_is_refused(tmp_path: Path, expression: object, words: str) -> None:
    with pytest.raises(InputError, match=words) as fault:
        read(tmp_path, expression)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ({"official": POD16[:-1], "figure": "score"}, f"the nearest is {POD16}"),
        ({"operation": "ratio", "of": HOURS, "over": SCORE}, "may not be compared"),
        ({"operation": "difference", "of": LEAST, "minus": SCORE}, "may not be compared"),
        ({"operation": "ratio", "of": SCORE, "over": {**SCORE, "figure": "samples"}}, "joins time and samples"),
        (
            {"operation": "ratio", "of": SCORE, "over": {"operation": "difference", "of": SCORE, "minus": SCORE}},
            "figure that is 0",
        ),
        (
            {"official": "v1.1/NVIDIA/dgxa100_ngc21.09_pytorch/bert/closed", "figure": "throughput"},
            "has no throughput",
        ),
        ({"published": {**HOURS["published"], "platform": "IPU-POD17"}}, "0 published results"),
        ({"published": {**HOURS["published"], "platform": "DGX A100 80GB", "producer": "NVIDIA"}}, "2 published"),
        ({"least_time": {**LEAST["least_time"], "system": "ipu-pood"}}, "nearest: ipu-pod"),
    ],
)
def test_that_what_cannot_be_computed_is_refused(world: World, tmp_path: Path, expression: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        value(world, tmp_path, expression)
