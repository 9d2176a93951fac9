"""The shipped stories in the user's language."""

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.records import replace
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.stories import Story, StoryStep, load_stories
from ipuwhatif.texts import tr


def told_stories(catalog: Catalog, levers: Levers) -> tuple[Story, ...]:
    """The shipped stories with their texts translated. InputError names file, story and reason."""
    return tuple(map(_story, load_stories(catalog, levers)))


def _story(story: Story) -> Story:
    return replace(story, title=tr(story.title), summary=tr(story.summary), steps=tuple(map(_step, story.steps)))


def _step(step: StoryStep) -> StoryStep:
    return replace(step, title=tr(step.title), text=tr(step.text), speaker=tr(step.speaker))
