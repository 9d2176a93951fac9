"""Stories: every step of the shipped ones asks something that can be answered, and a faulty file says where."""

import json
from pathlib import Path

import pytest

from ipuwhatif.analysis.world import World, load_world
from ipuwhatif.files import resource
from ipuwhatif.scenario.scenario import FIRST_START
from ipuwhatif.scenario.stories import FILE, load_stories, read_stories
from tests.refusals import refused


@pytest.fixture
def world() -> World:
    return load_world()


def test_that_the_articles_story_has_its_steps_in_order(world: World) -> None:
    story = next(each for each in load_stories(world.catalog, world.levers) if each.key == "article")
    workloads = [step.scenario.workload for step in story.steps]
    assert workloads.index("bert-large") == workloads.index("efficientnet-b4") - 1
    assert [step.question for step in story.steps][:3] == ["breakdown", "breakdown", "scaling"]
    assert any(step.scenario.target_s == 60.0 for step in story.steps)


def test_that_a_step_says_only_where_it_differs_from_the_first_start(world: World) -> None:
    story = load_stories(world.catalog, world.levers)[-1]
    assert story.steps[0].scenario == FIRST_START


def test_that_no_text_of_a_story_holds_a_figure_that_could_go_stale(world: World) -> None:
    """Counts of chips, years and the level of intervals are no results."""
    for story in load_stories(world.catalog, world.levers):
        for step in story.steps:
            for text in (step.title, step.text, step.speaker):
                assert "min " not in text and " ×" not in text and text.replace("80 %", "").count("%") == 0, text


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "question",
            3,
            ("stories.json, $.stories[article].steps[0]: key 'question' is not a text"),
        ),
        (
            "change",
            ["v1.0/Graphcore/ipu-pod16-TF1/resnet/closd"],
            (
                "stories.json, $.stories[article].steps[0]: result "
                "'v1.0/Graphcore/ipu-pod16-TF1/resnet/closd' is unknown; nearest: "
                "v1.0/Graphcore/ipu-pod16-TF1/resnet/closed"
            ),
        ),
        (
            "change",
            ["v1.0/Graphcore/ipu-pod16-TF1/resnet/closed"],
            "stories.json, $.stories[article].steps[0]: a change is between two results, not 1",
        ),
        (
            "selection",
            "ipu-pod:32",
            (
                "stories.json, $.stories[article].steps[0]: system 'ipu-pod:32' "
                "is not in its scenario; nearest: ipu-pod:256"
            ),
        ),
        (
            "lever",
            "ipu.compute_gian",
            (
                "stories.json, $.stories[article].steps[0]: unknown lever "
                "'ipu.compute_gian'; the nearest is ipu.compute_gain (0.50 to 2.00 ×)"
            ),
        ),
        (
            "lever",
            "nobody.compute_gain",
            (
                "stories.json, $.stories[article].steps[0]: no family or system "
                "'nobody'; the nearest lever is bow.compute_gain (0.50 to 2.00 ×)"
            ),
        ),
        (
            "lever",
            "ipu-pod:64.micro_batch",
            (
                "stories.json, $.stories[article].steps[0]: '' is no number; write for example 16 samples "
                "(Micro-batch: 1 to 4,096 samples)"
            ),
        ),
        (
            "scenario",
            {"workload": "resnet51"},
            "stories.json, scenario.scenarios[0]: workload 'resnet51' is unknown; nearest: resnet50",
        ),
        ("colour", "red", "stories.json, $.stories[article].steps[0]: key 'colour' is unknown; nearest: scenario"),
    ],
)
def test_that_a_fault_of_a_story_is_named(world: World, tmp_path: Path, name: str, value: object, told: str) -> None:
    values = json.loads((resource("stories") / FILE).read_text(encoding="utf-8"))
    values["stories"][0]["steps"][0][name] = value
    (tmp_path / FILE).write_text(json.dumps(values), encoding="utf-8")
    with refused(f"{tmp_path.name}/{told}" if told.startswith("stories.json, $") else told):
        read_stories(tmp_path, world.catalog, world.levers)


def test_that_a_story_without_steps_is_refused(world: World, tmp_path: Path) -> None:
    story = {"key": "none", "title": "None", "summary": "Nothing", "steps": []}
    (tmp_path / FILE).write_text(json.dumps({"stories": [story]}), encoding="utf-8")
    with refused(f"{tmp_path.name}/stories.json, $.stories[none]: a story without steps"):
        read_stories(tmp_path, world.catalog, world.levers)
