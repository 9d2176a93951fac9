"""The shipped catalog and the model at the centre of its priors: what holds there does not wait for a calibration."""

from ipuwhatif.catalog.job_layout import Layout
from ipuwhatif.catalog.load import load_catalog
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import choose_layouts
from ipuwhatif.model.lower import lower
from ipuwhatif.model.parameters import natural, prior_center
from ipuwhatif.model.time_to_train import evaluate

CATALOG = load_catalog()
CENTER = natural(prior_center()[None])


def layout_of(case: Case) -> Layout:
    (layout,) = choose_layouts(CATALOG, [case], CENTER)
    return layout


def time_of(case: Case, layout: Layout) -> float:
    """Seconds of a case under a layout."""
    return float(evaluate(lower(CATALOG, [case], [layout]), CENTER).time_to_train[0, 0])
