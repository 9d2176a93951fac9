"""Why what was fitted cannot be used, in words."""

from ipuwhatif.calibration.reasons import (
    NoSuchEntry,
    NoSuchFigure,
    NotAboveZero,
    Outdated,
    RecordFault,
    StoreFault,
    Unusable,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import quoted, told


@told.register
def _(said: Outdated) -> str:
    return tr("{reason}; make it again: make track-record", reason=told(said.reason))


_RECORD = {
    RecordFault.OTHER_EVIDENCE: marked("the track record is of other evidence"),
    RecordFault.SPEEDS_OF_OTHER_EVIDENCE: marked("the record of speeds is of other evidence"),
    RecordFault.NO_BACKTEST: marked("there is no back-test"),
    RecordFault.INTERVAL: marked("an interval ends before it starts"),
}


@told.register
def _(said: RecordFault) -> str:
    return tr(_RECORD[said])


@told.register
def _(said: NoSuchEntry) -> str:
    return tr("there is no entry {key}", key=quoted(said.key))


@told.register
def _(said: NoSuchFigure) -> str:
    return tr("there is no figure {key}", key=quoted(said.key))


@told.register
def _(said: NotAboveZero) -> str:
    return tr("key {key} is not above 0", key=quoted(said.key))


_UNUSABLE = {
    StoreFault.UNREADABLE: marked("{path}: the calibration cannot be read ({reason}); rebuild it: make calibrate"),
    StoreFault.OTHER_PARAMETERS: marked("{path}: the calibration is of other parameters; rebuild it: make calibrate"),
    StoreFault.DRAWS: marked("{path}: the draws do not fit the parameters; rebuild it: make calibrate"),
    StoreFault.SHAPES: marked("{path}: the shapes of the scatter cannot be read; make track-record"),
}


@told.register
def _(said: Unusable) -> str:
    return tr(_UNUSABLE[said.fault], path=said.path, reason=said.reason)
