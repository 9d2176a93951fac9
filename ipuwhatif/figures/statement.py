"""The card of a job that is known by a stated ratio only: the user's time, the ratio, who stated it, and no chart."""

from ipuwhatif.analysis.relative import Relative
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.charts.spec import Headline, HeadlinePart, WhyRow
from ipuwhatif.figures.scenarios.amounts import own_time_text
from ipuwhatif.figures.times import time_text
from ipuwhatif.records import Record
from ipuwhatif.texts import tr
from ipuwhatif.units import format_number, told


class StatementCard(Record, frozen=True):
    """`value` is the one number: what the job would take by the stated ratio, empty until a time is given."""

    headline: Headline
    title: str
    value: str
    rows: tuple[WhyRow, ...]
    attribution: str
    notes: tuple[str, ...]
    origin: Origin


def statement_card(answer: Relative) -> StatementCard:
    """Everything the card says, in words; nothing on it is a projection and nothing has an interval."""
    statement = answer.statement
    found, _, more = told(answer.condition).partition("; ")
    value = "" if answer.time_s is None else time_text(answer.time_s)
    today = tr("not given yet") if answer.baseline_time_s is None else own_time_text(answer.baseline_time_s)
    rows = (
        WhyRow(tr("Today, on a {baseline}", baseline=statement.baseline), today),
        WhyRow(
            tr("Stated ratio"),
            tr("{ratio} ×, {subject}", ratio=format_number(statement.ratio), subject=told(statement.subject)),
        ),
        WhyRow(tr("By that ratio"), value or "–"),
        WhyRow(tr("Basis"), tr("stated; no interval")),
    )
    # A stated ratio enters no headline: what it is and who stated it is on the card.
    said = tr("{name}: known by a stated ratio only; nothing measured, nothing projected", name=answer.name)
    return StatementCard(
        headline=Headline((HeadlinePart(said),)),
        title=tr("{name}: a stated ratio applied to your own time", name=answer.name),
        value=value,
        rows=rows,
        attribution=_attribution(answer, found),
        notes=(*map(told, answer.notes), *filter(None, (more,))),
        origin=answer.origin,
    )


def _attribution(answer: Relative, found: str) -> str:
    """ "Graphcore stated 5 × (AET, 2021-12-30); no primary source found"."""
    stated = tr(
        "{stated} stated {ratio} × ({printed}, {date})",
        stated=answer.stated_by,
        ratio=format_number(answer.statement.ratio),
        printed=answer.printed_in,
        date=answer.published or tr("date not known"),
    )
    return tr("{stated}; {found}", stated=stated, found=found or tr("not checked"))
