"""Jobs that are known by a stated ratio only: the user's own time over that ratio, and who stated it.

Nothing is projected here: the evidence holds no network and no measurement, so there is no interval.
"""

import re

from ipuwhatif.analysis.refusals import NotRelative, RatioOf, RelativeNote, UnknownStatement
from ipuwhatif.analysis.results import STATED
from ipuwhatif.catalog.datum import Origin
from ipuwhatif.catalog.notes import Name
from ipuwhatif.catalog.types import RELATIVE, Catalog, Statement, Workload
from ipuwhatif.records import Record
from ipuwhatif.scenario.amount import check_time
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.units import RefusedError, Said, nearest

#: "Graphcore, as reported by AET, 2021-12-30": how a claim says who stated it and who printed that.
_STATED_BY = re.compile(r"(?P<stated>[^,]+), as reported by (?P<printed>[^,]+),")


class Relative(Record, frozen=True):
    """What a stated ratio makes of the user's own time. `time_s` is None until the user has given one."""

    workload: str
    name: Name  # of the workload
    statement: Statement
    baseline_time_s: float | None
    time_s: float | None
    stated_by: str  # "Graphcore"
    printed_in: str  # "AET"
    published: str | None  # "2021-12-30"
    condition: Said  # what was found on it, and what must be said with it; empty where nobody looked
    notes: tuple[Said, ...]
    basis: str = STATED

    @property
    def origin(self) -> Origin:
        return self.statement.origin


def relative(catalog: Catalog, scenario: Scenario) -> Relative:
    """The answer of a relative workload. InputError for any other, and for a statement or a time that cannot be."""
    workload = catalog.workloads[scenario.workload]
    if workload.kind != RELATIVE:
        raise RefusedError(_not_relative(catalog, workload))
    statement = _statement(workload, scenario.statement)
    time = scenario.baseline_time_s
    if time is not None:
        check_time(time)
    claim = next(each for each in catalog.claims if each.key == statement.key)
    match = _STATED_BY.match(str(claim.origin.note))
    return Relative(
        workload=workload.key,
        name=workload.name,
        statement=statement,
        baseline_time_s=time,
        time_s=None if time is None else time / statement.ratio,
        stated_by=match["stated"] if match else claim.origin.producer,
        printed_in=match["printed"] if match else claim.origin.title,
        published=claim.origin.published,
        condition=claim.condition,
        notes=(RatioOf(statement.subject), RelativeNote.NOTHING_TO_PROJECT),
    )


def _statement(workload: Workload, key: str) -> Statement:
    if not key:
        return workload.statements[0]
    for statement in workload.statements:
        if statement.key == key:
            return statement
    keys = [statement.key for statement in workload.statements]
    raise RefusedError(UnknownStatement(key, workload.name, nearest(key, keys)))


def _not_relative(catalog: Catalog, workload: Workload) -> NotRelative:
    known = tuple(each.key for each in catalog.workloads.values() if each.kind == RELATIVE)
    return NotRelative(known, workload.name)
