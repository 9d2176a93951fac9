"""The formula with its numbers put in: what was multiplied and added up to each value of a projection."""

from ipuwhatif.analysis.results import Projection, Quantity, Term
from ipuwhatif.charts.spec import WhyRow
from ipuwhatif.figures.times import time_text
from ipuwhatif.figures.why.term_words import term_equation, term_name, term_value
from ipuwhatif.model.time_to_train import STEP_PARTS
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, rounded

#: Parts that a micro-batch is made of.
MICRO_PARTS = ("compute", "memory", "launch")
OVERHEADS = ("evaluation", "checkpoint")
#: Of what is multiplied and added up: so many that a pocket calculator comes to the three digits of the result.
WORKING_DIGITS = 5
NOTHING = 5e-4  # share of a sum that none of its three digits shows


def formula_rows(projection: Projection) -> tuple[WhyRow, ...]:
    """The terms above the parts, each with what it comes from; the parts have a section of their own."""
    whole = [term for term in projection.terms if term.key not in projection.breakdown_s]
    return tuple(
        WhyRow(term_name(term), _term_value(term, projection), _term_detail(term, projection)) for term in whole
    )


def part_rows(projection: Projection) -> tuple[WhyRow, ...]:
    """Where the time goes: each part with its share, how often it comes and what one of it takes."""
    total = projection.time_to_train_s.median
    terms = {term.key: term for term in projection.terms}
    rows = []
    for key, seconds in projection.breakdown_s.items():
        if seconds > 0.0:
            name, equation = (term_name(terms[key]), term_equation(terms[key])) if key in terms else (key, "")
            how = tr("; ").join(each for each in (_repeated(key, seconds, projection), equation) if each)
            share = _share(seconds / total)
            rows.append(WhyRow(name, time_text(seconds), f"{share} · {how}" if how else share))
    rows.append(WhyRow(tr("Together"), time_text(total), tr("the projected median")))
    return tuple(rows)


def interval_text(quantity: Quantity) -> str:
    """An interval of times: "26.9 min to 29.7 min"."""
    return tr("{low} to {high}", low=time_text(quantity.low), high=time_text(quantity.high))


def numbers_text(projection: Projection) -> str:
    """The whole time as a sum: "start-up 25.112 s + 3,461 steps × 0.48013 s + 38 evaluations × 1.9012 s = 28.4 min"."""
    parts, total = projection.breakdown_s, projection.time_to_train_s.median
    start_up = parts.get("start_up", 0.0)
    summands = [tr("start-up {time}", time=_working(start_up))] if start_up > NOTHING * total else []
    stepped = sum(parts.get(part, 0.0) for part in STEP_PARTS)
    steps = _whole_steps(projection)
    summands.append(tr("{steps} steps × {time}", steps=format_number(steps), time=_working(stepped / steps)))
    evaluated = sum(parts.get(part, 0.0) for part in OVERHEADS)
    count = _evaluations(projection)
    if evaluated > 0.0 and count is not None:
        summands.append(
            tr("{count} evaluations × {time}", count=format_number(count, 3), time=_working(evaluated / count))
        )
    elif evaluated > 0.0:
        summands.append(tr("evaluations {time}", time=_working(evaluated)))
    return tr("{sum} = {total}", sum=" + ".join(summands), total=time_text(total))


def _term_value(term: Term, projection: Projection) -> str:
    """A term's value; rates and counts with three digits, as more would claim to know more than the model does."""
    if term.key == "throughput":
        return _rate(projection.throughput_samples_per_s.median)
    if term.key == "time_to_train":
        return time_text(projection.time_to_train_s.median)
    counts = {"samples_to_target": projection.samples_to_target.median, "steps": _steps(projection)}
    return _count(counts[term.key]) if term.key in counts else term_value(term)


def _term_detail(term: Term, projection: Projection) -> str:
    samples, batch = projection.samples_to_target, projection.layout.global_batch
    if term.key == "time_to_train":
        return numbers_text(projection)
    if term.key == "step_time":
        return _step_text(projection)
    if term.key == "steps":
        return tr(
            "{equation}: {a} / {b}", equation=term_equation(term), a=_count(samples.median), b=format_number(batch)
        )
    if term.key == "samples_to_target" and samples.high > samples.low:
        return tr("{equation}; {interval}", equation=term_equation(term), interval=_within(samples))
    if term.key == "throughput":
        rate = projection.throughput_samples_per_s
        step = time_text(batch / rate.median)
        numbers = tr("{batch} / {step}", batch=format_number(batch), step=step)
        return tr(
            "{equation}: {numbers}; {interval}", equation=term_equation(term), numbers=numbers, interval=_within(rate)
        )
    return term_equation(term)


def _step_text(projection: Projection) -> str:
    """One step as a sum: "13 × micro-batch of 10.213 ms + all-reduce 2.3604 ms + ... = 0.140 s"."""
    steps, accumulation = _steps(projection), projection.layout.gradient_accumulation
    terms = {term.key: term for term in projection.terms}
    each = {part: projection.breakdown_s.get(part, 0.0) / steps for part in STEP_PARTS}
    micro = _working(sum(each[part] for part in MICRO_PARTS) / accumulation)
    summands = [tr("{count} × micro-batch of {time}", count=format_number(accumulation), time=micro)]
    for part, seconds in each.items():
        if part not in MICRO_PARTS and seconds > NOTHING * sum(each.values()):
            name = term_name(terms[part]) if part in terms else part
            summands.append(tr("{part} {time}", part=name[:1].lower() + name[1:], time=_working(seconds)))
    return tr("{sum} = {total}", sum=" + ".join(summands), total=time_text(sum(each.values())))


def _repeated(part: str, seconds: float, projection: Projection) -> str:
    """How often a part comes and what one of it takes: "11,914 steps × 0.10112 s"; empty for what comes once."""
    if part in STEP_PARTS:
        steps = _whole_steps(projection)
        return tr("{steps} steps × {time}", steps=format_number(steps), time=_working(seconds / steps))
    count = _evaluations(projection) if part in OVERHEADS else None
    if count is None:
        return ""
    return tr("{count} evaluations × {time}", count=format_number(count, 3), time=_working(seconds / count))


def _steps(projection: Projection) -> float:
    return projection.samples_to_target.median / projection.layout.global_batch


def _whole_steps(projection: Projection) -> int:
    """Steps as they are counted, so that what is printed multiplies; a job of less than one has one."""
    return max(round(_steps(projection)), 1)


def _working(seconds: float) -> str:
    return time_text(seconds, WORKING_DIGITS)


def _evaluations(projection: Projection) -> float | None:
    """How many evaluations, as the projection prints it, so that what is printed multiplies; None where not told."""
    return next((rounded(term.value, 3) for term in projection.terms if term.key == "evaluations"), None)


def _within(quantity: Quantity) -> str:
    return tr(
        "{low} to {high} with {level} % probability",
        low=_count(quantity.low),
        high=_count(quantity.high),
        level=format_number(100.0 * quantity.level, 2),
    )


def _rate(samples_per_s: float) -> str:
    return tr("{rate} samples/s", rate=_count(samples_per_s))


def _count(value: float) -> str:
    return format_number(value, 3)


def _share(part: float) -> str:
    return tr("< 0.1 %") if part < 1e-3 else tr("{share} %", share=format_number(100.0 * part, 3))
