"""How a statement of the article is told: what was computed, why the verdict, and where figures are from."""

from ipuwhatif.analysis.article.claims import Compared, Hope, Reading, Verdict
from ipuwhatif.analysis.article.expressions import CHANGE, FACTOR, LESS, RATE, SAMPLES, TIME, Source, Value
from ipuwhatif.analysis.attribution.attribution import OFFICIAL
from ipuwhatif.catalog.datum import DERIVED, Origin
from ipuwhatif.catalog.types import Claim
from ipuwhatif.texts import tr
from ipuwhatif.units import format_duration, format_minutes, format_number, format_rate, to_base, told


def computed_text(verdict: Verdict) -> str:
    """What was computed, with its unit; empty where nothing was."""
    return "" if verdict.shown is None else reading_text(verdict.shown)


def reading_text(reading: Reading) -> str:
    """A figure with its unit: an official score as published, a part as percent, a rate with its unit."""
    return _value_text(reading.found)


def _value_text(value: Value) -> str:
    number, measure = value.number, value.measure
    if measure == TIME:
        return _time_text(number, {source.kind for source in value.sources})
    if measure == LESS:
        word = tr("{percent} % less") if number >= 0 else tr("{percent} % more")
        return word.format(percent=_percent(abs(number)))
    if measure == CHANGE:
        return tr("{percent} %", percent=f"{'+' if number > 0 else '−' if number < 0 else ''}{_percent(abs(number))}")
    if measure == RATE:
        return format_rate(number)
    if measure == SAMPLES:
        return format_number(round(number))
    if measure == FACTOR:
        return format_number(number)
    # A tie such as 10.25 is rounded up, as people do.
    return tr("{ratio} times", ratio=format_number(number * (1.0 + 1e-12), 3))


def _time_text(seconds: float, kinds: set[str]) -> str:
    if kinds == {OFFICIAL}:
        return format_minutes(seconds)
    hours = seconds / to_base(1.0, "h", "s")
    # "70.5 h" is how it was printed; days would be a second figure for the same thing
    return tr("{hours} h", hours=format_number(hours, 3)) if 1.0 <= hours < 100.0 else format_duration(seconds)


def _percent(part: float) -> str:
    """One decimal, as scores repeat within percents."""
    return f"{100.0 * part:.1f}"


def reason_text(verdict: Verdict) -> str:
    """Why a verdict is what it is."""
    reason = verdict.reason
    if reason is None:
        return tr("no evidence that was read holds the quantity")
    return _hope_text(reason) if isinstance(reason, Hope) else _compared_text(reason)


def _compared_text(reason: Compared) -> str:
    texts = [_case_text(case, reason.cases) for case in reason.shown]
    compared = tr("computed {computed}, stated {stated}", computed=tr(", ").join(texts), stated=told(reason.stated))
    if 0 < reason.agree < reason.cases:
        return tr("{compared}: holds for {count} of {all}", compared=compared, count=reason.agree, all=reason.cases)
    if reason.tolerance is None:
        return compared
    if not reason.agree:
        return tr("{compared}: not within {tolerance}", compared=compared, tolerance=reason.tolerance)
    return tr("{compared}: within {tolerance}", compared=compared, tolerance=reason.tolerance)


def _case_text(case: Reading, cases: int) -> str:
    text = reading_text(case)
    return text if cases == 1 else tr("{text} ({case})", text=text, case=case.name)


def _hope_text(hope: Hope) -> str:
    """What the model says to a statement about later rounds, with its interval and basis."""
    projection, time = hope.projection, hope.projection.time_to_train_s
    beyond = (
        tr(", beyond the data: {axes}", axes=tr(", ").join(map(tr, projection.beyond))) if projection.beyond else ""
    )
    return tr(
        "a hope for later, which no result up to now can confirm or refute; the model's least time with software as "
        "of {release} is {time} ({level} % interval {low} to {high}{beyond}), on {name}",
        release=projection.case.release,
        time=format_duration(time.median),
        level=round(100 * time.level),
        low=format_duration(time.low),
        high=format_duration(time.high),
        beyond=beyond,
        name=projection.name,
    )


def source_origin(source: Source) -> Origin:
    """Where a figure is from; of a projection, over which chip counts it is the least."""
    if source.origin is not None:
        return source.origin
    low, high = source.over or (None, None)
    title = tr("projection, least time over {low} to {high} chips", low=low, high=high)
    return Origin("ipuwhatif", title, None, None, None, DERIVED)


def subject_text(claim: Claim) -> str:
    """What a statement speaks of."""
    return told(claim.subject)
