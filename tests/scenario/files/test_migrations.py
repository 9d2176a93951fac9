import pytest

from ipuwhatif.scenario.files import migrations
from ipuwhatif.scenario.files.file_format import VERSION
from ipuwhatif.scenario.files.migrations import migrated
from tests.refusals import refused

STEPS = {1: lambda values: {**values, "second": True}, 2: lambda values: {**values, "third": len(values)}}


def test_that_every_step_up_to_the_present_version_is_taken_in_order() -> None:
    assert migrated({"first": True}, 1, 3, STEPS) == {"first": True, "second": True, "third": 2}
    assert migrated({"first": True}, 2, 3, STEPS) == {"first": True, "third": 1}


@pytest.mark.parametrize("version", [3, 4])
def test_that_the_present_version_and_a_newer_one_stay_as_they_are(version: int) -> None:
    assert migrated({"first": True}, version, 3, STEPS) == {"first": True}


def test_that_a_version_that_nobody_wrote_is_refused_with_the_oldest() -> None:
    with refused("version 0 was never written; the oldest is 1"):
        migrated({}, 0, 3, STEPS)
    with refused("version 0 was never written; the oldest is 1"):
        migrated({}, 0, VERSION, migrations.MIGRATIONS)
