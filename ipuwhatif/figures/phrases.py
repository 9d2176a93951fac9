"""The words of what is found, noted and refused below: importing this brings in every module that has some of them."""

from ipuwhatif.figures.article import phrases as article_phrases
from ipuwhatif.figures.attribution import phrases as attribution_phrases
from ipuwhatif.figures.cost import phrases as cost_phrases
from ipuwhatif.figures.refusals import layouts as refused_layouts
from ipuwhatif.figures.why import phrases as why_phrases
from ipuwhatif.figures.why import term_words
from ipuwhatif.units import told

__all__ = (
    "article_phrases",
    "attribution_phrases",
    "cost_phrases",
    "refused_layouts",
    "term_words",
    "told",
    "why_phrases",
)
