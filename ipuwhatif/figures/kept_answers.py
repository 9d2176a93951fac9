"""What has moved since a document was saved, in words: one line, and a small table."""

from ipuwhatif.analysis.kept_answers import BOTH, ELSEWHERE, EVIDENCE, MODEL, OWN, PROFILE, Move, Moves
from ipuwhatif.analysis.results import Quantity
from ipuwhatif.charts.palette import system_tint
from ipuwhatif.charts.spec import Cell, Column, TableSpec
from ipuwhatif.charts.ticks import MINUTES, TimeUnit, time_unit
from ipuwhatif.figures.attribution.attribution_words import NO_CHANGE, change_text
from ipuwhatif.figures.cells import interval_text, score_cell, time_cell
from ipuwhatif.figures.times import time_text
from ipuwhatif.scenario.files.document import Document
from ipuwhatif.scenario.files.kept_answers import Times
from ipuwhatif.texts import tr
from ipuwhatif.units import format_minutes, format_number


def moved_line(moves: Moves) -> str:
    """How much has moved, what most of all, and why; "" where nothing has."""
    if not moves.moves:
        return ""
    return tr(
        "{count} of {all} times have moved since this was saved, most of all {largest}: {reason}.",
        count=format_number(len(moves.moves)),
        all=format_number(moves.compared),
        largest=_largest(moves.largest),
        reason=reason_text(moves.reason),
    )


def moved_table(moves: Moves, document: Document) -> TableSpec:
    """A row for each time that has moved: what was saved, what is projected now, how far apart they are, and why."""
    unit = time_unit([times.median_s for move in moves.moves for times in (move.kept, move.now) if times is not None])
    columns = (
        Column(tr("System")),
        Column(tr("Saved ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Now ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("80 % interval ({unit})", unit=unit.symbol), "decimal"),
        Column(tr("Change"), "decimal"),
        Column(tr("Why")),
    )
    rows = [(row, move) for move in moves.moves for row in _rows(move, document, unit)]
    tints = tuple(system_tint(move.family, move.choice.chips, move.choice.system) for _, move in rows)
    return TableSpec(columns, tuple(row for row, _ in rows), tints)


def reason_text(reason: str) -> str:
    """Why a time has moved."""
    return {
        EVIDENCE: tr("new evidence"),
        MODEL: tr("new fit or version"),
        BOTH: tr("new evidence and fit"),
        ELSEWHERE: tr("the program has changed"),
        OWN: tr("another chip of your own"),
        PROFILE: tr("another profile of your own"),
    }[reason]


def _largest(move: Move) -> str:
    name = move.name
    if move.kept is None:
        return tr("{name}, which could not run the job then ({now} now)", name=name, now=_time(move.now))
    if move.now is None:
        return tr("{name}, which has no projection now ({kept} then)", name=name, kept=_time(move.kept))
    return tr(
        "{name}, from {kept} to {now} ({change})",
        name=name,
        kept=_time(move.kept),
        now=_time(move.now),
        change=change_text(move.kept.median_s, move.now.median_s),
    )


def _time(times: Times | None) -> str:
    return NO_CHANGE if times is None else time_text(times.median_s)


def _rows(move: Move, document: Document, unit: TimeUnit) -> list[tuple[Cell, ...]]:
    """A projection, and under it its official score where that is another one."""
    name = _whose(move, document)
    change = NO_CHANGE if move.kept is None or move.now is None else change_text(move.kept.median_s, move.now.median_s)
    why = Cell(reason_text(move.reason))
    rows: list[tuple[Cell, ...]] = [(Cell(name), *_cells(move.kept, unit), *_cells(move.now, unit), Cell(change), why)]
    scores = [None if times is None else times.official_s for times in (move.kept, move.now)]
    if scores[0] != scores[1]:
        kept, now = (Cell(_score(score, unit)) for score in scores)
        difference = NO_CHANGE if scores[0] is None or scores[1] is None else change_text(scores[0], scores[1])
        official = Cell(tr("{name}, official", name=name))
        rows.append((official, kept, Cell(""), now, Cell(""), Cell(difference), why))
    return rows


def _score(seconds: float | None, unit: TimeUnit) -> str:
    """An official score as it is published."""
    if seconds is None:
        return NO_CHANGE
    return score_cell(seconds).text if unit == MINUTES else format_minutes(seconds)


def _cells(times: Times | None, unit: TimeUnit) -> tuple[Cell, Cell]:
    """A time and its interval."""
    if times is None:
        return Cell(NO_CHANGE), Cell("")
    ends = [time_cell(seconds, unit).number for seconds in (times.low_s, times.high_s)]
    interval = interval_text(Quantity(times.median_s, times.low_s, times.high_s), unit)
    return time_cell(times.median_s, unit), Cell(interval, None, "", (ends[0] or 0.0, ends[1] or 0.0))


def _whose(move: Move, document: Document) -> str:
    """The system, with the letter of its scenario where there are several, or where that was edited since."""
    kept = document.kept_at(move.place)
    edited = kept is not None and kept.scenario != document.scenarios[move.place]
    if len(document.scenarios) == 1 and not edited:
        return move.name
    letter = document.letter(move.place)
    whose = tr("{letter} as saved", letter=letter) if edited else letter
    return tr("{scenario} · {system}", scenario=whose, system=move.name)
