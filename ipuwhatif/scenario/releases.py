"""The software that a job is asked about where nobody says which: its evidence begins years after that of others."""

from ipuwhatif.catalog.types import LANGUAGE, Catalog, Workload
from ipuwhatif.scenario.scenario import FIRST_START


def usual_release(workload: Workload, catalog: Catalog) -> str:
    """That of the first start; of language models that of the newest entries."""
    if LANGUAGE not in workload.traits:
        return FIRST_START.release
    return max(release.key for release in catalog.releases.values() if release.mlperf_round)


def release_for(release: str, before: Workload, after: Workload, catalog: Catalog) -> str:
    """The release that another workload is shown with: the present one, unless only one of the two is a language model.

    The evidence of language models and that of other jobs have no release in common.
    """
    if (LANGUAGE in before.traits) == (LANGUAGE in after.traits):
        return release
    return usual_release(after, catalog)
