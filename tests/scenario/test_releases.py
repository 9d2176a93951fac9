"""The release that a job is asked about where nobody says which."""

from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.scenario.edits import set_workload
from ipuwhatif.scenario.releases import usual_release
from ipuwhatif.scenario.scenario import FIRST_START

CATALOG = load_catalog()


def test_that_a_language_model_is_asked_about_with_the_newest_software_of_entries() -> None:
    assert usual_release(CATALOG.workloads["llama31-405b"], CATALOG) == "2025-06"
    assert usual_release(CATALOG.workloads["resnet50"], CATALOG) == FIRST_START.release


def test_that_the_software_follows_the_kind_of_job_and_stays_inside_of_it() -> None:
    language = set_workload(FIRST_START, "llama2-70b-lora", CATALOG).scenario
    assert language.release == "2025-06"
    assert set_workload(language, "gpt3-175b", CATALOG).scenario.release == "2025-06"
    assert set_workload(language, "bert-large", CATALOG).scenario.release == FIRST_START.release
