"""Why results are not learnt from, in words."""

from ipuwhatif.analysis.learnt.reasons import NotLearnt, UnknownResults
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import told

_NOT_LEARNT = {
    NotLearnt.NO_RESULT: marked("nothing of yours is a result yet; bring one in with: ipuwhatif import FILE"),
    NotLearnt.NOTHING_FOLLOWED: marked(
        "projections follow none of your results yet: choose a profile (--profile NAME, or Scenario, Follow a "
        'profile), or state a measurement (--measured "ipu-pod:16=33 min", or “Project from it”)'
    ),
    NotLearnt.NO_MODEL: marked("this benchmark has no model here"),
    NotLearnt.UNKNOWN_SYSTEM: marked("the catalog does not hold this system"),
}


@told.register
def _(said: NotLearnt) -> str:
    return tr(_NOT_LEARNT[said])


@told.register
def _(said: UnknownResults) -> str:
    return tr(
        "no results of yours are called {name}; there are {known}", name=said.name, known=tr(", ").join(said.known)
    )
