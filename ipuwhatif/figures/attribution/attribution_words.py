"""How the parts of a change are said: their names, their factors with units, and changes with a sign."""

from ipuwhatif.analysis.attribution.attribution import (
    CHECKPOINT,
    EVALUATION,
    OFFICIAL,
    OUTSIDE,
    SAMPLES,
    SCALE,
    START_UP,
    THROUGHPUT,
    Attribution,
    End,
)
from ipuwhatif.catalog.names import system_name
from ipuwhatif.catalog.types import Catalog, SystemChoice
from ipuwhatif.figures.phrasing import overlap, score_range
from ipuwhatif.figures.times import time_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_minutes, format_number, format_rate

NO_CHANGE = "–"


def part_name(key: str, kind: str) -> str:
    """A part of the change of two official scores or, by `kind`, of two projections."""
    return {
        THROUGHPUT: tr("throughput"),
        SAMPLES: tr("convergence (samples to target)"),
        EVALUATION: tr("evaluation"),
        CHECKPOINT: tr("checkpoints"),
        # logs do not set checkpoints and the like apart; the model does
        START_UP: tr("start-up and other") if kind == OFFICIAL else tr("start-up"),
        OUTSIDE: tr("evaluation, start-up and other"),
        SCALE: tr("factor in the official score"),
    }[key]


def factor_text(key: str, value: float, sample_word: str) -> str:
    """A factor with its unit: "29,068 images/s", "2.47 min"."""
    if key == THROUGHPUT:
        return format_rate(value, sample_word)
    if key == SAMPLES:
        return format_number(round(value))
    return format_number(value) if key == SCALE else format_duration(value)


def end_time(end: End) -> str:
    """An official score as published, or a projected time."""
    return format_minutes(end.time_s) if end.kind == OFFICIAL else time_text(end.time_s)


def change_text(before: float, after: float) -> str:
    """A relative change with its sign: "−13.6 %"."""
    return NO_CHANGE if before == 0 else tr("{percent} %", percent=change_number(before, after))


def change_number(before: float, after: float) -> str:
    """The same without its unit: "−13.6"."""
    return NO_CHANGE if before == 0 else minus(f"{100.0 * (after / before - 1.0):+.1f}")


def signed_time(seconds: float) -> str:
    """Seconds as people say them, with a sign: "−5.21 min"."""
    sign = "−" if seconds < 0 else "+" if seconds > 0 else ""
    return f"{sign}{format_duration(abs(seconds))}"


def minus(text: str) -> str:
    """The text with a true minus."""
    return text.replace("-", "−")


def end_choice(end: End) -> SystemChoice | None:
    """The system of an end; None where the catalog has no such system."""
    if end.projection is not None:
        return end.projection.choice
    return None if end.official is None else end.official.choice


def end_title(end: End) -> str:
    """An end by all that tells it from others: "Graphcore, IPU-POD16, v1.1, closed"."""
    if end.official is not None:
        return tr(
            "{submitter}, {system}, {round}, {division}",
            submitter=end.official.submitter,
            system=end.official.system_name,
            round=end.official.mlperf_round,
            division=tr(end.official.division),
        )
    assert end.projection is not None
    return tr(
        "{name}, {recipe}, software as of {release}",
        name=end.projection.name,
        recipe=end.projection.case.recipe,
        release=end.projection.case.release,
    )


def end_system(end: End, catalog: Catalog) -> str:
    """ "IPU-POD64 (64 IPUs)"; the submitted name where the catalog has no such system."""
    choice = end_choice(end)
    if choice is not None:
        return system_name(choice, catalog)
    return end_title(end) if end.official is None else end.official.system_name


def end_state(end: End) -> str:
    """What dates an end: the version of an official result, the software of a projection."""
    if end.official is not None:
        return end.official.mlperf_round
    assert end.projection is not None
    return tr("software as of {release}", release=end.projection.case.release)


def one_system(answer: Attribution) -> bool:
    """Whether both ends are of one system, and of one submitter where they are official."""
    first, second = answer.before, answer.after
    if (
        first.official is not None
        and second.official is not None
        and first.official.submitter != second.official.submitter
    ):
        return False
    return end_choice(first) is not None and end_choice(first) == end_choice(second)


def end_names(answer: Attribution, catalog: Catalog) -> tuple[str, str]:
    """Both ends by system, with the version or software where they differ or the systems do not."""
    first, second = (end_system(end, catalog) for end in (answer.before, answer.after))
    states = end_state(answer.before), end_state(answer.after)
    if states[0] == states[1] and first != second:
        return first, second
    return (
        tr("{name}, {state}", name=first, state=states[0]),
        tr("{name}, {state}", name=second, state=states[1]),
    )


def undecided(answer: Attribution) -> bool:
    """Whether two projections' intervals overlap, or two scores lie within their scatter: no ratio may be stated."""
    first, second = answer.before, answer.after
    if first.projection is not None and second.projection is not None:
        return overlap(first.projection.time_to_train_s, second.projection.time_to_train_s)
    assert first.official is not None and second.official is not None
    return overlap(score_range(first.official), score_range(second.official))
