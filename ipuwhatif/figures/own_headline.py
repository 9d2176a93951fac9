"""A headline that the user wrote, in the place of the one by rule; the notes tell both."""

from ipuwhatif.analysis.solving.lazy import Lazy
from ipuwhatif.charts.spec import Figure, Headline, HeadlinePart
from ipuwhatif.records import replace
from ipuwhatif.scenario.scenario import Scenario
from ipuwhatif.texts import tr


def with_own_headline(figure: Figure, scenario: Scenario, page: str) -> Figure:
    """The figure with the headline that the scenario has for its page, if any.

    Numbers go on as the scenario moves, a written headline does not: what the rule says stands among the notes.
    """
    own, by_rule = scenario.headlines.get(page), figure.headline.text
    if own is None or own == by_rule:
        return figure
    note = tr("The headline is the author's own. By rule it reads: {headline}", headline=by_rule)
    notices = figure.notices
    return replace(
        figure, headline=Headline((HeadlinePart(own),), by_rule=by_rule), notices=Lazy(lambda: (note, *notices))
    )
