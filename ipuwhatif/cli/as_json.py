"""Answers as plain JSON values: times in seconds, one object a projection, the same keys in every command."""

from collections.abc import Mapping
from typing import Any

from ipuwhatif.analysis.results import Comparison, Projection, Quantity, Scaling, ScalingCurve
from ipuwhatif.catalog.types import Catalog, OfficialResult
from ipuwhatif.figures.spec import Figure
from ipuwhatif.scenario.document import Document
from ipuwhatif.scenario.levers import Levers


def projection_json(projection: Projection) -> dict[str, Any]:
    """One projection; the parts of `breakdown_s` add up to the median."""
    layout = projection.layout
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
        },
        "breakdown_s": dict(projection.breakdown_s),
        "evidence": [result.key for result in projection.evidence],
        "notes": list(projection.notes),
    }


def comparison_json(comparison: Comparison, document: Document, figure: Figure) -> dict[str, Any]:
    """Several projections with the headline and the footnotes that go with them."""
    baseline = comparison.baseline
    return {
        **_question(document),
        "reference": comparison.projections[comparison.reference].choice.key,
        "headline": figure.headline.text,
        "projections": [projection_json(projection) for projection in comparison.projections],
        "baseline": None if baseline is None else [projection_json(projection) for projection in baseline],
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def scaling_json(scaling: Scaling, document: Document, figure: Figure) -> dict[str, Any]:
    """Curves over chip counts; the lists of one curve have equal length."""
    return {
        **_question(document),
        "headline": figure.headline.text,
        "curves": [_curve(curve) for curve in scaling.curves],
        "notes": list(scaling.notes),
        "notices": list(figure.notices),
        "footnotes": [note.text for note in figure.footnotes],
    }


def workloads_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {"workload": each.key, "name": each.name, "recipes": list(each.recipes), "target": each.target}
        for each in catalog.workloads.values()
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
    ]


def releases_json(catalog: Catalog) -> list[dict[str, Any]]:
    return [{"release": each.key, "mlperf_round": each.mlperf_round} for each in catalog.releases.values()]


def levers_json(levers: Levers) -> list[dict[str, Any]]:
    return [
        {
            "lever": each.key,
            "name": each.name,
            "families": list(each.families),
            "unit": each.unit,
            "minimum": each.minimum,
            "maximum": each.maximum,
            "default": each.default,
            "effect": each.effect,
        }
        for each in levers.values()
    ]


def _question(document: Document) -> dict[str, Any]:
    levers: Mapping[str, float] = document.levers
    return {
        "workload": document.workload,
        "release": document.release,
        "recipe": document.recipe,
        "layout_policy": document.policy,
        "levers": dict(levers),
    }


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
