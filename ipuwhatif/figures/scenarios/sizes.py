"""What the sizes of a network are called, and how they are typed."""

from ipuwhatif.catalog.types import Workload
from ipuwhatif.networks.size_bounds import FORMS
from ipuwhatif.scenario.sizes import SizesOf, sizes_of
from ipuwhatif.texts import tr
from ipuwhatif.units import told


@told.register
def _(said: SizesOf) -> str:
    return {
        SizesOf.LAYERS: tr("Layer sizes"),
        SizesOf.TRANSFORMER: tr("Sizes"),
        SizesOf.SEQUENCE: tr("Tokens of a sequence"),
    }[said]


def layers_title(workload: Workload) -> str:
    """What the sizes of a job are."""
    return told(sizes_of(workload.network))


def layers_hint(workload: Workload) -> str:
    """How the sizes are typed."""
    return {
        SizesOf.LAYERS: tr("Sizes from the input to the output, between commas"),
        SizesOf.TRANSFORMER: tr(
            "Layers, width, heads, key-value heads, feed-forward width, vocabulary, tokens of a sequence; of a layer "
            "unlike Llama's then the width of a head, the matrices of the vocabulary (1 or 2) and one of {forms}; "
            "then the rank of adapters, if only they are trained",
            forms=", ".join(FORMS),
        ),
        SizesOf.SEQUENCE: tr("As many tokens in every sequence; the amount of work stays that of its tokens"),
    }[sizes_of(workload.network)]
