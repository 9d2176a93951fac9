"""Why a case does not fit, in words."""

from ipuwhatif.catalog.types import Catalog
from ipuwhatif.figures import phrases as phrases  # brings in the words
from ipuwhatif.model.case import Case
from ipuwhatif.model.layouts.layout import reason_not_to_fit
from ipuwhatif.units import told


def reason_told(catalog: Catalog, case: Case) -> str:
    """Empty where it fits."""
    return told(reason_not_to_fit(catalog, case))
