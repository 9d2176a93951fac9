"""What keeps a run from having a finish that can be told, in words."""

from ipuwhatif.analysis.finish.reasons import Hopeless, Lacks
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_duration, told

_LACKS = {
    Lacks.CHECKPOINT_COST: marked("checkpoints are taken: state how long one stops training, or the storage bandwidth"),
    Lacks.RESTART_TIME: marked("failures are counted: state how long a restart takes"),
    Lacks.REPAIR_TIME: marked("spares are counted: state how long a repair takes"),
}


@told.register
def _(said: Lacks) -> str:
    return tr(_LACKS[said])


@told.register
def _(said: Hopeless) -> str:
    return tr(
        "{name} would fail every {time}, too often for a run to end: state fewer failures, or checkpoints and restarts "
        "that take less",
        name=said.system,
        time=format_duration(said.every_s),
    )
