"""A document as another calibration would have saved it."""

from ipuwhatif.analysis.kept_answers import with_answers
from ipuwhatif.analysis.world import World
from ipuwhatif.records import replace
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.kept_answers import KeptAnswers, Times

OTHER_EVIDENCE, OTHER_MODEL = "0" * 64, "f" * 64


def saved_before(
    world: World,
    document: Document,
    factor: float = 1.1,
    evidence: str | None = OTHER_EVIDENCE,
    model: str | None = None,
) -> Document:
    """The document with kept answers that are `factor` times those of now; None leaves a hash as it is."""

    def before(kept: KeptAnswers | None) -> KeptAnswers | None:
        if kept is None:
            return None
        times = {key: scaled(each, factor) for key, each in kept.times.items()}
        return replace(kept, times=times, evidence=evidence or kept.evidence, model=model or kept.model)

    return document.with_kept([before(kept) for kept in with_answers(world, document).kept])


def scaled(times: Times, factor: float) -> Times:
    return Times(times.median_s * factor, times.low_s * factor, times.high_s * factor, times.official_s)
