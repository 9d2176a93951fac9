"""What the user has changed against the default, as rows of a Why: levers, assumptions, pins, software, work."""

from ipuwhatif.analysis.results import Projection
from ipuwhatif.catalog.software import software_as_of
from ipuwhatif.charts.spec import WhyRow
from ipuwhatif.figures.job_titles import amount_words
from ipuwhatif.figures.scenarios.lever_words import lever_name, value_text
from ipuwhatif.figures.scenarios.sizes import layers_title
from ipuwhatif.model.case import Case, PinnedCut
from ipuwhatif.model.precision import PRECISIONS
from ipuwhatif.scenario.levers import APART, ASSUMED, ASSUMPTION, CUT, GAIN, Lever
from ipuwhatif.scenario.sizes import layers_text
from ipuwhatif.texts import tr


def changed_rows(projection: Projection) -> tuple[WhyRow, ...]:
    """Everything of its case that is not as it was found, with its value and what it acts on; none where nothing is."""
    case, world, job = projection.case, projection.world, projection.job
    rows = []
    for lever in world.levers.values():
        value = _value(case, lever)
        if value is not None and value != lever.default:
            rows.append(WhyRow(lever_name(lever), value_text(lever, value), f"{_kind(lever)} · {tr(lever.effect)}"))
    if case.software:
        software = software_as_of(world.catalog, case.software, case.release)
        rows.append(WhyRow(tr("Software"), software.name, tr("in the place of the release's own"), software.origin))
    if case.layers:
        rows.append(WhyRow(layers_title(job), layers_text(case.layers, job), tr("a network of your own")))
    work = "" if case.samples is None else amount_words(job, case.samples)
    if work:
        rows.append(WhyRow(tr("Amount of work"), work))
    return tuple(rows)


def _value(case: Case, lever: Lever) -> float | None:
    """What a lever stands at in a case; None where nothing holds it, or where it changes no time."""
    if lever.target in APART:
        return None
    if lever.target == CUT:
        return _cut_value(case.cut, lever.field)
    of = {GAIN: case.gains, ASSUMED: case.assumed}.get(lever.target, case.pins)
    value = getattr(of, lever.field)
    return None if value is None else float(value)


def _cut_value(cut: PinnedCut, field: str) -> float | None:
    """What a lever stands at that holds a language model cut in some way."""
    if field == "product_bits":
        return float(PRECISIONS[cut.precision].bits) if cut.precision else None
    if field == "recompute_layers":
        return float(cut.recompute == "full") if cut.recompute else None
    value: int | None = getattr(cut, field)
    return None if value is None else float(value)


def _kind(lever: Lever) -> str:
    return tr("assumption") if lever.kind == ASSUMPTION else tr("lever")
