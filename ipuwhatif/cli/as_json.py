"""Answers as plain JSON values: times in seconds, one object a projection, the same keys in every command."""

from collections.abc import Mapping
from typing import Any

from ipuwhatif.analysis.kept_answers import Moves
from ipuwhatif.analysis.relative import Relative
from ipuwhatif.analysis.results import Comparison, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import STATED, Catalog, OfficialResult, Workload
from ipuwhatif.charts.spec import Figure
from ipuwhatif.figures.scenarios.amounts import amount_text
from ipuwhatif.figures.scenarios.lever_words import lever_name
from ipuwhatif.figures.statement import StatementCard
from ipuwhatif.model.case import Case
from ipuwhatif.records import asdict, replace
from ipuwhatif.scenario.amount import amount_origin, stated_samples
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.levers import Levers
from ipuwhatif.scenario.prices.prices import Price
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.scenario.sizes import tokens_of
from ipuwhatif.texts import tr
from ipuwhatif.units import told


def projection_json(projection: Projection, catalog: Catalog) -> dict[str, Any]:
    """One projection; the parts of `breakdown_s` add up to the median.

    A job without a quality target has its amount of work beside it, and whose number that is.
    """
    layout = projection.layout
    workload = catalog.workloads[projection.case.workload]
    return {
        "workload": projection.case.workload,
        "system": projection.choice.key,
        "chips": projection.choice.chips,
        "release": projection.case.release,
        "recipe": projection.case.recipe,
        "basis": projection.basis,
        "beyond": list(projection.beyond),
        "time_to_train_s": _quantity(projection.time_to_train_s),
        "official_s": None if projection.official is None else projection.official.score_s,
        "throughput_samples_per_s": _quantity(projection.throughput_samples_per_s),
        "samples_to_target": _quantity(projection.samples_to_target),
        "layout": {
            "policy": layout.policy,
            "global_batch": layout.global_batch,
            "replicas": layout.replicas,
            "pipeline_stages": layout.pipeline_stages,
            "micro_batch": layout.micro_batch,
            "gradient_accumulation": layout.gradient_accumulation,
            **cut_json(layout),
        },
        "breakdown_s": dict(projection.breakdown_s),
        "evidence": [result.key for result in projection.evidence],
        "notes": [told(note) for note in projection.notes],
        **({"work": _work(workload, projection.case)} if workload.kind == STATED else {}),
    }


def cut_json(layout: Layout) -> dict[str, Any]:
    """How a language model is cut over the chips of a replica; nothing of other jobs."""
    if not layout.precision:
        return {}
    return {
        "tensor_parallel": layout.tensor_parallel,
        "context_parallel": layout.context_parallel,
        "interleaving": layout.interleaving,
        "recomputed": layout.recomputed,
        "precision": layout.precision,
    }


def _work(workload: Workload, case: Case) -> dict[str, Any]:
    origin, tokens = amount_origin(workload), tokens_of(workload, case.layers)
    return {
        "amount": amount_text(workload, case.samples),
        "samples": stated_samples(workload, case.samples) * workload.tokens_per_sample / tokens
        if tokens
        else stated_samples(workload, case.samples),
        "assumption": case.samples is None,
        "origin": None
        if case.samples is not None
        else {"producer": origin.producer, "title": origin.title, "note": told(origin.note)},
        "software": case.software or None,
        "layers": list(case.layers) or None,
    }


def relative_json(answer: Relative, scenario: Scenario, card: StatementCard) -> dict[str, Any]:
    """A stated ratio applied to the user's own time, under the keys of a projection; what there is not is null."""
    statement = answer.statement
    return {
        "workload": answer.workload,
        "system": None,
        "chips": None,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "basis": answer.basis,
        "beyond": [],
        "time_to_train_s": {"median": answer.time_s, "low": None, "high": None, "level": None},
        "official_s": None,
        "throughput_samples_per_s": None,
        "samples_to_target": None,
        "layout": None,
        "breakdown_s": None,
        "evidence": [],
        "notes": list(card.notes),
        "baseline_time_s": answer.baseline_time_s,
        "statement": {
            "statement": statement.key,
            "subject": told(statement.subject),
            "baseline": statement.baseline,
            "ratio": statement.ratio,
            "attribution": card.attribution,
        },
    }


def comparison_json(comparison: Comparison, scenario: Scenario, figure: Figure, catalog: Catalog) -> dict[str, Any]:
    """Several projections with the headline and the footnotes that go with them."""
    if comparison.units:  # nothing derived stands beside official results
        comparison = replace(comparison, projections=tuple(replace(e, official=None) for e in comparison.projections))
    baseline = None if comparison.units else comparison.baseline
    return {
        **_question(scenario),
        "reference": comparison.projections[comparison.reference].choice.key,
        "headline": figure.headline.text,
        "projections": [projection_json(projection, catalog) for projection in comparison.projections],
        **_by(comparison, scenario),
        "baseline": None if baseline is None else [projection_json(projection, catalog) for projection in baseline],
        "missing": [{"system": each.choice.key, "reason": told(each.reason)} for each in comparison.missing],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def _by(comparison: Comparison, scenario: Scenario) -> dict[str, Any]:
    """What systems are compared by other than the time, its units by system, and unit-hours that training once uses."""
    if not comparison.units:
        return {}
    pairs = list(zip(comparison.projections, comparison.units, strict=True))
    return {
        "compared": f"per-{scenario.basis}",
        "units": {each.choice.key: unit.value for each, unit in pairs},
        "unit_hours": {
            each.choice.key: _quantity(_scaled(each.time_to_train_s, unit.value / 3600.0))
            for each, unit in pairs
            if unit.value is not None
        },
        "left_out": {each.choice.key: told(unit.words) for each, unit in pairs if unit.value is None},
    }


def _scaled(quantity: Quantity, factor: float) -> Quantity:
    return Quantity(quantity.median * factor, quantity.low * factor, quantity.high * factor, quantity.level)


def scaling_json(scaling: Scaling, scenario: Scenario, figure: Figure) -> dict[str, Any]:
    """Curves over chip counts; the lists of one curve have equal length."""
    return {
        **_question(scenario),
        "headline": figure.headline.text,
        "curves": [_curve(curve) for curve in scaling.curves],
        "notes": [told(note) for note in scaling.notes],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def workloads_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "workload": each.key,
            "name": told(each.name),
            "sector": each.sector,
            "kind": each.kind,
            "recipes": list(each.recipes),
            "target": told(each.target),
            "default_amount": amount_text(each, None) if each.kind == STATED else None,
            "software": list(software_choices(each, catalog)),
            "statements": [statement.key for statement in each.statements],
        }
        for each in catalog.workloads.values()
    ]


def software_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "software": each.key,
            "name": each.name,
            "class": each.stack,
            "framework": each.framework,
            "date": each.date,
            "traits": list(each.traits),
        }
        for each in catalog.software.values()
    ]


def systems_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "system": each.key,
            "name": each.name,
            "family": each.family,
            "chip": catalog.chips[each.chip].name,
            "minimum_chips": each.minimum_chips,
            "maximum_chips": each.maximum_chips,
            "presets": {name: choice.chips for name, choice in catalog.presets.items() if choice.system == each.key},
        }
        for each in catalog.systems.values()
        if each.listed
    ]


def releases_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [{"release": each.key, "mlperf_round": each.mlperf_round or None} for each in catalog.releases.values()]


def levers_json(levers: Levers) -> list[dict[str, Any]]:
    return [
        {
            "lever": each.key,
            "name": lever_name(each),
            "families": list(each.families),
            "unit": each.unit,
            "minimum": each.minimum,
            "maximum": each.maximum,
            "default": each.default,
            "effect": tr(each.effect),
        }
        for each in levers.values()
    ]


def _question(scenario: Scenario) -> dict[str, Any]:
    levers: Mapping[str, float] = scenario.levers
    return {
        "workload": scenario.workload,
        "release": scenario.release,
        "recipe": scenario.recipe,
        "layout_policy": scenario.policy,
        "levers": dict(levers),
    }


def price_json(price: Price) -> dict[str, Any]:
    """A price, with whose word it is and whether it counts."""
    return {
        "amount": price.amount,
        "currency": price.currency,
        "per": price.per,
        "date": price.date,
        "origin": price.origin,
        "kind": price.kind,
        "confirmed": price.confirmed,
    }


def moves_json(moves: Moves, document: Document) -> list[dict[str, Any]]:
    """What has moved since a document was saved: "kept" was saved with it, "now" is projected now."""
    return [
        {
            "scenario": document.letter(move.place),
            "system": move.choice.key,
            "kept": None if move.kept is None else asdict(move.kept),
            "now": None if move.now is None else asdict(move.now),
            "change": move.change,
            "reason": move.reason,
        }
        for move in moves.moves
    ]


def quantity_json(quantity: Quantity | None) -> dict[str, float] | None:
    """A derived figure with its interval; null where an input is missing."""
    return None if quantity is None else _quantity(quantity)


def _quantity(quantity: Quantity) -> dict[str, float]:
    return {"median": quantity.median, "low": quantity.low, "high": quantity.high, "level": quantity.level}


def _curve(curve: ScalingCurve) -> dict[str, Any]:
    return {
        "system": curve.system,
        "chips": list(curve.chips),
        "time_to_train_s": {"median": list(curve.median), "low": list(curve.low), "high": list(curve.high)},
        "basis": ["calibrated" if inside else "extrapolated" for inside in curve.calibrated],
        "baseline_median_s": None if curve.baseline_median is None else list(curve.baseline_median),
        "official": [_official(result) for result in curve.official],
    }


def _official(result: OfficialResult) -> dict[str, Any]:
    return {"entry": result.key, "chips": result.chips, "score_s": result.score_s}
