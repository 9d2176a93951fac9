"""The words of what is found, noted and refused below: importing this brings in every module that has some of them."""

from ipuwhatif.figures import setting_phrases
from ipuwhatif.figures.article import phrases as article_phrases
from ipuwhatif.figures.attribution import phrases as attribution_phrases
from ipuwhatif.figures.compare import goal_phrases
from ipuwhatif.figures.cost import phrases as cost_phrases
from ipuwhatif.figures.explore import phrases as explore_phrases
from ipuwhatif.figures.finish import phrases as finish_phrases
from ipuwhatif.figures.learnt import phrases as learnt_phrases
from ipuwhatif.figures.refusals import calibration as refused_calibration
from ipuwhatif.figures.refusals import comparisons as refused_comparisons
from ipuwhatif.figures.refusals import documents as refused_documents
from ipuwhatif.figures.refusals import layouts as refused_layouts
from ipuwhatif.figures.refusals import own_figures as refused_figures
from ipuwhatif.figures.refusals import sweep_files as refused_sweep_files
from ipuwhatif.figures.refusals import sweeps as refused_sweeps
from ipuwhatif.figures.refusals import systems as refused_systems
from ipuwhatif.figures.refusals import typed as refused_texts
from ipuwhatif.figures.scenarios import amounts, changes, names, own_figures, sizes
from ipuwhatif.figures.why import phrases as why_phrases
from ipuwhatif.figures.why import stated_phrases, term_words
from ipuwhatif.units import told

__all__ = (
    "amounts",
    "article_phrases",
    "attribution_phrases",
    "changes",
    "cost_phrases",
    "explore_phrases",
    "finish_phrases",
    "goal_phrases",
    "learnt_phrases",
    "names",
    "own_figures",
    "refused_calibration",
    "refused_comparisons",
    "refused_documents",
    "refused_figures",
    "refused_layouts",
    "refused_sweep_files",
    "refused_sweeps",
    "refused_systems",
    "refused_texts",
    "setting_phrases",
    "sizes",
    "stated_phrases",
    "term_words",
    "told",
    "why_phrases",
)
