"""Where the words are of what is found, noted and refused below: `told` brings them in with the first of a kind."""

from ipuwhatif.units.faults import told, words_of

__all__ = ("told",)

#: By module of the kinds below `figures/`, modules of `figures/` that word them.
WORDED = {
    "analysis.article.reasons": ("article.phrases",),
    "analysis.attribution.reasons": ("attribution.phrases",),
    "analysis.cost.reasons": ("cost.phrases",),
    "analysis.explore.reasons": ("explore.phrases",),
    "analysis.finish.reasons": ("finish.phrases",),
    "analysis.learnt.reasons": ("learnt.phrases",),
    "analysis.reasons": ("why.phrases", "why.term_words"),
    "analysis.refusals": ("refusals.comparisons",),
    "analysis.seek.reasons": ("compare.goal_phrases",),
    "analysis.solving.notes": ("why.stated_phrases",),
    "analysis.solving.reasons": ("refusals.systems",),
    "analysis.sweep.reasons": ("refusals.sweep_files", "refusals.sweeps"),
    "catalog.notes": ("evidence.note_words",),
    "catalog.reasons": ("refusals.resources",),
    "calibration.reasons": ("refusals.calibration",),
    "charts.reasons": ("refusals.typed",),
    "charts.ticks": ("times",),
    "importers.networks.reasons": ("networks.file_phrases",),
    "importers.prices.reasons": ("refusals.price_lists",),
    "importers.reasons": ("refusals.own_things",),
    "importers.results.reasons": ("refusals.results",),
    "importers.tables.reasons": ("refusals.tables",),
    "model.reasons": ("refusals.layouts",),
    "networks.reasons": ("networks.phrases",),
    "scenario.amount": ("scenarios.amounts",),
    "scenario.changes": ("scenarios.changes",),
    "scenario.dates": ("scenarios.amounts",),
    "scenario.files.document": ("scenarios.documents",),
    "scenario.files.reasons": ("refusals.documents",),
    "scenario.levers": ("refusals.typed",),
    "scenario.measurements": ("scenarios.own_figures",),
    "scenario.moved_levers": ("scenarios.changes",),
    "scenario.names": ("scenarios.names",),
    "scenario.prices.prices": ("scenarios.own_figures",),
    "scenario.prices.reasons": ("refusals.own_figures",),
    "scenario.reasons": ("refusals.typed", "scenarios.lever_words", "scenarios.own_figures"),
    "scenario.sizes": ("scenarios.sizes",),
    "units.reasons": ("refusals.quantities",),
}
words_of.update(
    (f"ipuwhatif.{kinds}", tuple(f"ipuwhatif.figures.{words}" for words in worded)) for kinds, worded in WORDED.items()
)
