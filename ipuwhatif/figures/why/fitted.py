"""The calibrated parameters behind a projection as a section of its Why: value, draws, effect, and what tells them."""

from collections.abc import Sequence

from ipuwhatif.analysis.uncertainty.fitted import Fitted
from ipuwhatif.calibration.ensemble import LEVEL
from ipuwhatif.charts.spec import WhyRow, WhySection
from ipuwhatif.figures.why.parameter_names import parameter_name, parameter_text
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number


def fitted_section(found: Sequence[Fitted]) -> WhySection:
    """Each parameter with the interval of its draws, and what moving it through them alone does to the time."""
    return WhySection(tr("Fitted parameters"), tuple(_row(each) for each in found))


def _row(fitted: Fitted) -> WhyRow:
    part = fitted.part
    told = (
        tr("told by the evidence")
        if fitted.told
        else tr("hardly told by the evidence: {reason}", reason=part.parameter.reason)
    )
    detail = tr(
        "{level} % of the draws from {low} to {high}, which moves the time by {swing} %; {told}",
        level=format_number(100.0 * LEVEL, 2),
        low=parameter_text(part.parameter, part.low),
        high=parameter_text(part.parameter, part.high),
        swing=format_number(100.0 * fitted.swing, 2),
        told=told,
    )
    return WhyRow(parameter_name(part.parameter), parameter_text(part.parameter, part.center), detail)
