"""Jobs that are known by a stated ratio only: the user's own time over that ratio, and who stated it.

Nothing is projected here: the evidence holds no network and no measurement, so there is no interval.
"""

import re

from ipuwhatif.analysis.results import STATED
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.types import RELATIVE, Catalog, Claim, Statement, Workload
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import check_time
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

#: "Graphcore, as reported by AET, 2021-12-30": how a claim says who stated it and who printed that.
_STATED_BY = re.compile(r"(?P<stated>[^,]+), as reported by (?P<printed>[^,]+),")


class Relative(Record, frozen=True):
    """What a stated ratio makes of the user's own time. `time_s` is None until the user has given one."""

    workload: str
    name: str  # of the workload
    statement: Statement
    baseline_time_s: float | None
    time_s: float | None
    attribution: str  # "Graphcore stated 5 × (AET, 2021-12-30); no primary source found"
    notes: tuple[str, ...]
    basis: str = STATED

    @property
    def origin(self) -> Origin:
        return self.statement.origin


def relative(catalog: Catalog, scenario: Scenario) -> Relative:
    """The answer of a relative workload. InputError for any other, and for a statement or a time that cannot be."""
    workload = catalog.workloads[scenario.workload]
    if workload.kind != RELATIVE:
        raise InputError(_not_relative(catalog, workload))
    statement = _statement(workload, scenario.statement)
    time = scenario.baseline_time_s
    if time is not None:
        check_time(time)
    claim = next(each for each in catalog.claims if each.key == statement.key)
    found, _, more = claim.condition.partition("; ")
    return Relative(
        workload=workload.key,
        name=workload.name,
        statement=statement,
        baseline_time_s=time,
        time_s=None if time is None else time / statement.ratio,
        attribution=tr("{stated}; {found}", stated=_who_stated(statement, claim), found=found or tr("not checked")),
        notes=_notes(statement, more),
    )


def _statement(workload: Workload, key: str) -> Statement:
    if not key:
        return workload.statements[0]
    for statement in workload.statements:
        if statement.key == key:
            return statement
    keys = [statement.key for statement in workload.statements]
    raise InputError(
        tr(
            "no statement {key} about {name}; the nearest is {near}",
            key=quoted(key),
            name=workload.name,
            near=nearest(key, keys),
        )
    )


def _who_stated(statement: Statement, claim: Claim) -> str:
    match = _STATED_BY.match(claim.origin.note)
    return tr(
        "{stated} stated {ratio} × ({printed}, {date})",
        stated=match["stated"] if match else claim.origin.producer,
        ratio=format_number(statement.ratio),
        printed=match["printed"] if match else claim.origin.title,
        date=claim.origin.published or tr("date not known"),
    )


def _notes(statement: Statement, more: str) -> tuple[str, ...]:
    notes = [
        tr("the ratio is of {subject}; which systems were meant was not said", subject=statement.subject),
        tr("no network and no measurement is in the evidence: there is nothing to project and no interval"),
    ]
    return (*notes, more) if more else tuple(notes)


def _not_relative(catalog: Catalog, workload: Workload) -> str:
    known = tr(" and ").join(each.key for each in catalog.workloads.values() if each.kind == RELATIVE)
    return tr(
        "a time of your own counts for jobs that are known by a stated ratio only, {known}; {name} is projected",
        known=known,
        name=workload.name,
    )
